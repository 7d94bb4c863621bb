// Nothing typed is lost: the text of <form data-keep> waits in this browser tab until it is saved.
// It is offered again after signing in, after a failed request or after leaving the page. It is
// kept per person, and thrown away at signing out.

const PREFIX = "overleg:";
const SKIPPED = new Set(["password", "file", "hidden", "submit", "button"]);

const { page, person } = document.body.dataset;

function drafts() {
  return Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, draft) {
  try {
    sessionStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // The tab's storage is full: the text itself is still on the page.
  }
}

// The box of a file that the server kept stands in the form only when that came back.
function fieldsOf(form) {
  return [...form.elements].filter(
    (field) => field.name && field.name !== "kept_file" && !SKIPPED.has(field.type),
  );
}

function valuesOf(form) {
  return fieldsOf(form).map((field) => {
    const choice = field.type === "checkbox" || field.type === "radio";
    if (choice) return [field.name, field.checked ? "on" : "", field.value];
    return [field.name, field.value];
  });
}

function putBack(form, values) {
  fieldsOf(form).forEach((field, index) => {
    const [name, value, choice] = values[index] ?? [];
    if (name !== field.name) return;
    if (choice === undefined) field.value = value;
    else if (choice === field.value) field.checked = value === "on";
    const editor = document.getElementById(`${field.id}-editor`);
    if (editor?.editor) editor.editor.loadHTML(value);
  });
}

function offer(form, key, draft) {
  const box = document.createElement("div");
  box.className = "notice notice-info";
  box.setAttribute("role", "status");
  box.innerHTML = `<div class="notice-body"><p><strong>Wat u typte, staat er nog.</strong>
    Dit formulier werd de vorige keer niet bewaard.</p><div class="actions">
    <button type="button" class="button button-primary">Terugzetten</button>
    <button type="button" class="button button-secondary">Weggooien</button></div></div>`;
  const [restore, forget] = box.querySelectorAll("button");
  restore.addEventListener("click", () => {
    putBack(form, draft.values);
    box.remove();
    fieldsOf(form)[0]?.focus();
  });
  forget.addEventListener("click", () => {
    sessionStorage.removeItem(key);
    box.remove();
  });
  form.before(box);
}

function isChanged(field) {
  if (field.type === "checkbox" || field.type === "radio") {
    return field.checked !== field.defaultChecked;
  }
  if (field.type === "select-one") {
    const first = Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
    return field.selectedIndex !== first;
  }
  // A hidden one is already an editor, which rewrote it and says whether something was typed before.
  if (field.hidden) return "typed" in field.dataset;
  return "defaultValue" in field && field.value !== field.defaultValue;
}

function keyOf(form) {
  return `${PREFIX}${location.pathname}#${form.getAttribute("action")}`;
}

async function keep(form, ready) {
  let key = keyOf(form);
  const draft = read(key);
  const keepNow = (sent) => write(key, { person, sent, values: valuesOf(form) });

  form.addEventListener("input", () => keepNow(false));
  form.addEventListener("submit", () => keepNow(true));
  // A draft that saved itself has its text on the server, and an address of its own.
  form.addEventListener("autosaved", () => {
    sessionStorage.removeItem(key);
    key = keyOf(form);
  });
  // Who types faster than this script loads has already changed a field.
  if (!draft && fieldsOf(form).some(isChanged)) keepNow(false);
  if (!draft || form.querySelector("[aria-invalid]")) return;
  if (document.querySelector("[data-as-typed]")) return;

  // The editors rewrite their textareas while starting; only after that can the two be compared.
  await ready;
  if (JSON.stringify(draft.values) === JSON.stringify(valuesOf(form))) {
    sessionStorage.removeItem(key);
  } else {
    offer(form, key, draft);
  }
}

// The first page after sending a form tells whether it was saved.
function settle() {
  const saved = document.querySelector('[data-flash="success"]');
  const here = `${PREFIX}${location.pathname}#`;
  for (const key of drafts()) {
    const draft = read(key);
    if (!draft || (person && draft.person !== person)) sessionStorage.removeItem(key);
    else if (!draft.sent) continue;
    else if (page === "sign-in" || page === "error") write(key, { ...draft, sent: false });
    else if (saved || !key.startsWith(here)) sessionStorage.removeItem(key);
  }
}

// `ready` resolves when the other scripts of the page have drawn their fields; what is returned,
// when every form is kept.
export function start(ready) {
  settle();
  const forms = [...document.querySelectorAll("form[data-keep]")];
  const keeping = forms.map((form) => keep(form, ready));
  document.querySelector("form[data-sign-out]")?.addEventListener("submit", () => {
    for (const key of drafts()) sessionStorage.removeItem(key);
  });
  return Promise.all([ready, ...keeping]);
}
