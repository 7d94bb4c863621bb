// Drag the rows of <ol data-sortable data-url="...">; each row has data-id and data-title, a row
// with data-fixed keeps its place. Beside it stand Omhoog and Omlaag, plain forms that always work.
// After a drop the ids go to data-url in their new order; with data-reload the page is then read
// anew, for what depends on the order (clock times, numbers).
// A list with data-takes takes the cards of every <ul data-pool>: a dropped card sends its own form,
// with the row it was dropped before in the field "voor".

import "../vendor/Sortable.min.js";

const POOL = "pool";
const MOVED = "overleg-moved";
const PLACED = "overleg-placed";
const NOT_SAVED = "De volgorde is niet bewaard. Vernieuw de pagina en probeer het opnieuw.";

function csrfToken() {
  return document.querySelector('input[name="csrf_token"]')?.value ?? "";
}

function liveRegion() {
  const live = document.createElement("p");
  live.className = "small muted no-print";
  live.setAttribute("role", "status");
  return live;
}

async function save(list) {
  const body = new URLSearchParams({ csrf_token: csrfToken() });
  for (const row of list.querySelectorAll(":scope > [data-id]")) body.append("ids", row.dataset.id);
  const answer = await fetch(list.dataset.url, {
    method: "POST",
    body,
    headers: { "X-Requested-With": "fetch" },
    redirect: "manual",
  });
  // A redirect may lead to the sign-in page, so only a real answer (204) means it was saved.
  if (!answer.ok) throw new Error(String(answer.status));
}

function animation() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150;
}

function sendCard(card) {
  const form = card.querySelector("form");
  let row = card.nextElementSibling;
  while (row && !row.dataset.id) row = row.nextElementSibling;
  const before = document.createElement("input");
  Object.assign(before, { type: "hidden", name: "voor", value: row?.dataset.id ?? "" });
  form.append(before);
  form.requestSubmit();
}

function makePool(pool) {
  for (const handle of pool.querySelectorAll("[data-handle]")) handle.hidden = false;
  self.Sortable.create(pool, {
    handle: "[data-handle]",
    draggable: "li",
    sort: false,
    animation: animation(),
    group: { name: POOL, pull: true, put: false },
  });
}

function makeSortable(list) {
  const live = liveRegion();
  list.after(live);
  for (const handle of list.querySelectorAll("[data-handle]")) handle.hidden = false;
  let before = [];
  const sortable = self.Sortable.create(list, {
    handle: "[data-handle]",
    draggable: "[data-id]:not([data-fixed])",
    animation: animation(),
    group: { name: "list", pull: false, put: "takes" in list.dataset ? [POOL] : false },
    onAdd: (event) => sendCard(event.item),
    dataIdAttr: "data-id",
    onStart: () => {
      before = sortable.toArray();
    },
    onEnd: async (event) => {
      if (event.oldIndex === event.newIndex) return;
      const title = event.item.dataset.title ?? "";
      live.textContent = "De volgorde wordt bewaard…";
      try {
        await save(list);
      } catch {
        sortable.sort(before, true);
        live.textContent = NOT_SAVED;
        return;
      }
      const place = [...list.querySelectorAll(":scope > [data-id]")].indexOf(event.item) + 1;
      live.textContent = `${title} staat nu op plaats ${place}.`;
      if ("reload" in list.dataset) location.reload();
    },
  });
}

// With the keyboard: Alt and an arrow anywhere in a row presses its Omhoog or Omlaag. After a press the
// same button of that row is at hand again on the page that follows.
function makeKeys(list) {
  const buttons = (row) => [...row.querySelectorAll(".move-buttons button")];
  const [id, place] = (sessionStorage.getItem(MOVED) ?? "").split(" ");
  sessionStorage.removeItem(MOVED);
  const moved = id && list.querySelector(`:scope > [data-id="${id}"]`);
  if (moved) {
    const [up, down] = buttons(moved);
    const same = place === "0" ? up : down;
    (same.disabled ? moved.querySelector("a") : same).focus();
  }
  list.addEventListener("submit", (event) => {
    const row = event.target.closest("[data-id]");
    if (!row) return;
    const pressed = buttons(row).findIndex((button) => event.target.contains(button));
    if (pressed >= 0) sessionStorage.setItem(MOVED, `${row.dataset.id} ${pressed}`);
  });
  list.addEventListener("keydown", (event) => {
    const step = ["ArrowUp", "ArrowDown"].indexOf(event.key);
    const row = event.target.closest("[data-id]");
    if (!event.altKey || step < 0 || !row) return;
    event.preventDefault();
    const button = buttons(row)[step];
    if (!button || button.disabled) return;
    event.target.blur();
    button.click();
  });
}

// With the keyboard: after the button of a card was pressed, the next card is at hand on the page that
// follows, or the heading when none is left.
function makePoolKeys(pools) {
  const cards = pools.flatMap((pool) => [...pool.children]).filter((card) => card.checkVisibility());
  const place = sessionStorage.getItem(PLACED);
  sessionStorage.removeItem(PLACED);
  const heading = document.getElementById("wachtend");
  if (place !== null && heading) {
    const next = cards[place] ?? cards.at(-1);
    if (!next) heading.tabIndex = -1;
    (next?.querySelector("button") ?? heading).focus();
  }
  for (const [index, card] of cards.entries()) {
    card.querySelector("button").addEventListener("click", (event) => {
      const byKeyboard = event.detail === 0;
      if (byKeyboard) sessionStorage.setItem(PLACED, index);
    });
  }
}

export function start() {
  for (const list of document.querySelectorAll("[data-sortable]")) {
    makeSortable(list);
    makeKeys(list);
  }
  const pools = [...document.querySelectorAll("[data-pool]")];
  for (const pool of pools) makePool(pool);
  makePoolKeys(pools);
}
