// Small comforts on every page; loads the other modules only where a page needs them.

const modules = {
  "form[data-confirm]": "./confirm.js",
  "form[data-keep]": "./again.js",
  "textarea[data-rich]": "./richtext.js",
  "[data-sortable]": "./sortable.js",
  "[data-ordered]": "./ordered.js",
  "form[data-durations]": "./durations.js",
  "[data-copy]": "./copy.js",
  "[data-counted]": "./counted.js",
  "[data-waiting]": "./waiting.js",
  "[data-autosave]": "./autosave.js",
  "[data-questions]": "./questions.js",
  "[data-minutes]": "./minutes.js",
};

const loading = Object.entries(modules)
  .filter(([selector]) => document.querySelector(selector))
  .map(([, path]) => import(path).then((module) => module.start()));

const drawn = Promise.all(loading);
const kept = Object.keys(sessionStorage).some((key) => key.startsWith("overleg:"));
const started =
  kept || document.querySelector("form[data-keep]")
    ? import("./unsaved.js").then((module) => module.start(drawn))
    : drawn;
// Says to programs that use the page that every script has taken its place.
started.finally(() => document.documentElement.toggleAttribute("data-ready", true));

document.querySelector("[data-error-summary]")?.focus();

// On a phone the bars scroll: show where one is.
for (const here of document.querySelectorAll(".main-nav [aria-current], .tabs [aria-current]")) {
  const bar = here.closest("ul");
  bar.scrollLeft = here.offsetLeft - (bar.clientWidth - here.offsetWidth) / 2;
}

const menus = [...document.querySelectorAll("details.menu")];

function closeMenus(except) {
  for (const menu of menus) if (menu !== except) menu.open = false;
}

document.addEventListener("click", (event) => {
  closeMenus(event.target.closest("details.menu"));
});

document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && menus.find((menu) => menu.open);
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
