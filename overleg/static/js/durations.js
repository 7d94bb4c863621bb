// The minutes of each point of an agenda, <form data-durations> with a number beside every point
// (attribute form). A number that changed is sent at once, and what depends on it (clock times, the
// total, the checks, what can be undone) is read from the answer; Enter goes on to the next point.
// Without this the button "Bewaar de minuten" sends them all.

const PARTS = [".minutes-bar", ".checks", "#ongedaan"];
const NOT_SAVED = "Niet bewaard. Kijk de minuten na en druk op “Bewaar de minuten”.";

function take(part, fresh) {
  if (part && fresh) part.replaceChildren(...fresh.childNodes);
  if (part && fresh) part.className = fresh.className;
}

// What was sent becomes what the server made of it; what was typed since then stays.
function settle(form, page, sent) {
  for (const field of form.elements) {
    const fresh = field.name && page.querySelector(`[name="${field.name}"][form="${form.id}"]`);
    if (fresh && field.value === sent.get(field.name)) field.value = fresh.value;
  }
}

function show(page) {
  for (const name of PARTS) take(document.querySelector(name), page.querySelector(name));
  for (const row of document.querySelectorAll(".prepare-row")) {
    const fresh = page.querySelector(`.prepare-row[data-id="${row.dataset.id}"]`);
    if (fresh) take(row.querySelector(".agenda-when"), fresh.querySelector(".agenda-when"));
  }
}

async function send(form) {
  const sent = new FormData(form);
  const answer = await fetch(form.action, {
    method: "POST",
    body: sent,
    headers: { "X-Requested-With": "fetch" },
  });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  // A redirect may lead to the sign-in page, so only the page itself means it was saved.
  if (!answer.ok || !page.getElementById(form.id)) throw new Error(String(answer.status));
  settle(form, page, sent);
  show(page);
  return page.querySelector('[data-flash="warning"]')?.textContent ?? "De minuten zijn bewaard.";
}

function watch(form) {
  const numbers = [...form.elements].filter((field) => field.type === "number");
  const button = form.querySelector("button");
  const hint = form.querySelector(".hint");
  const live = form.querySelector("[role=status]");
  let sending = null;
  let again = false;

  async function sendAll() {
    let told = "";
    // In the place of the hint, so that the points stay where they are.
    hint.hidden = true;
    live.textContent = "De minuten worden bewaard…";
    do {
      again = false;
      told = await send(form).catch(() => "");
    } while (again);
    sending = null;
    live.textContent = told || NOT_SAVED;
    button.hidden = Boolean(told);
    return Boolean(told);
  }

  const keep = () => {
    if (sending) again = true;
    else sending = sendAll();
  };

  button.hidden = true;
  hint.hidden = false;
  for (const [place, number] of numbers.entries()) {
    number.addEventListener("focus", () => number.select());
    number.addEventListener("change", () => number.reportValidity() && keep());
    number.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      const next = numbers[place + 1];
      if (next) next.focus();
      else number.blur();
    });
  }
  // Who goes on to something else while a number is on its way, goes once it has arrived.
  const onward = (event) => {
    const way = event.target.closest("main a[href], main button");
    if (!sending || !way || form.contains(way)) return;
    event.preventDefault();
    event.stopPropagation();
    sending.then((saved) => saved && way.click());
  };
  document.addEventListener("click", onward, true);
}

export function start() {
  for (const form of document.querySelectorAll("form[data-durations]")) watch(form);
}
