// A <textarea data-rich data-html="..."> becomes a small editor (Trix). The textarea stays in the
// form: the editor writes its HTML there, and the hidden <name>-format says so. Without this script
// the textarea takes plain text. Trix finds the nonce for its style sheet in <meta name="csp-nonce">.

import Trix from "../vendor/trix.esm.min.js";

const SPRITE = new URL("../vendor/icons.svg", import.meta.url).pathname;

Object.assign(Trix.config.lang, {
  bold: "Vet",
  italic: "Cursief",
  link: "Koppeling",
  unlink: "Koppeling weghalen",
  bullets: "Opsomming",
  numbers: "Genummerde lijst",
  undo: "Ongedaan maken",
  redo: "Opnieuw doen",
  url: "Webadres",
  urlPlaceholder: "https://…",
  remove: "Weghalen",
});

const CAME_BACK = performance.getEntriesByType("navigation").some((each) => each.type !== "navigate");
const LONGEST_FRAME_MS = 100;
const ATTRIBUTES = [
  ["bold", "type-bold", "Vet", "b"],
  ["italic", "type-italic", "Cursief", "i"],
  ["href", "link-45deg", "Koppeling", "k"],
  null,
  ["bullet", "list-ul", "Opsomming"],
  ["number", "list-ol", "Genummerde lijst"],
];
const ACTIONS = [
  ["undo", "arrow-counterclockwise", "Ongedaan maken", "z"],
  ["redo", "arrow-clockwise", "Opnieuw doen", "shift+z"],
];

function button(kind, [name, icon, title, key], more = "") {
  const keyed = key ? ` data-trix-key="${key}"` : "";
  return `<button type="button" data-trix-${kind}="${name}"${keyed} title="${title}" aria-label="${title}"
    tabindex="0"${more}><svg class="icon" aria-hidden="true"><use href="${SPRITE}#${icon}"></use></svg></button>`;
}

function toolbar(id) {
  const bar = document.createElement("trix-toolbar");
  bar.id = `${id}-toolbar`;
  const gap = '<span class="rich-gap"></span>';
  const attributes = ATTRIBUTES.map((each) => (each ? button("attribute", each) : gap)).join("");
  const actions = ACTIONS.map((each) => button("action", each, " disabled")).join("");
  bar.innerHTML = `
    <div class="rich-buttons" role="group" aria-label="Opmaak">${attributes}${gap}${actions}</div>
    <div data-trix-dialogs>
      <div class="rich-link" data-trix-dialog="href" data-trix-dialog-attribute="href">
        <input type="url" class="input" name="href" aria-label="Webadres" placeholder="https://…"
               required data-trix-input disabled>
        <button type="button" class="button button-secondary" data-trix-method="setAttribute">Koppelen</button>
        <button type="button" class="button button-quiet" data-trix-method="removeAttribute">Weghalen</button>
      </div>
    </div>`;
  return bar;
}

function asHtml(plain) {
  const holder = document.createElement("div");
  for (const paragraph of plain.split(/\n{2,}/)) {
    const block = document.createElement("div");
    paragraph.split("\n").forEach((line, index) => {
      if (index > 0) block.append(document.createElement("br"));
      block.append(line);
    });
    holder.append(block);
  }
  return plain.trim() ? holder.innerHTML : "";
}

function enhance(area) {
  const bar = toolbar(area.id);
  const label = document.querySelector(`label[for="${CSS.escape(area.id)}"]`);
  if (label && !label.id) label.id = `${area.id}-label`;

  // Who types faster than this script loads has typed in the textarea itself. On coming back, the
  // browser puts there what an editor wrote.
  const changed = area.value !== area.defaultValue;
  const written = changed && CAME_BACK;
  area.toggleAttribute("data-typed", changed);
  if (!written) area.value = (!changed && area.dataset.html) || asHtml(area.value);
  area.hidden = true;
  const format = area.form?.elements.namedItem(`${area.name}-format`);
  if (format) format.value = "html";

  const editor = document.createElement("trix-editor");
  editor.id = `${area.id}-editor`;
  editor.className = area.className;
  editor.setAttribute("toolbar", bar.id);
  editor.setAttribute("input", area.id);
  editor.setAttribute("aria-multiline", "true");
  for (const name of ["aria-describedby", "aria-invalid", "lang", "dir"]) {
    if (area.hasAttribute(name)) editor.setAttribute(name, area.getAttribute(name));
  }
  if (label) editor.setAttribute("aria-labelledby", label.id);
  label?.addEventListener("click", () => editor.focus());
  // The error summary links to the textarea, which is hidden now.
  for (const link of document.querySelectorAll(`a[href="#${CSS.escape(area.id)}"]`)) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      editor.focus();
    });
  }
  const ready = new Promise((resolve) => {
    editor.addEventListener("trix-initialize", resolve, { once: true });
  });
  area.after(bar, editor);
  return ready.then(() => {
    editor.addEventListener("trix-change", () => {
      area.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
}

// Makes editors of what was put on the page later; resolves when each holds its text. What is still
// hidden (data-later) waits for its own turn, and what is an editor already stays so.
export function enhanceWithin(place) {
  const areas = [...place.querySelectorAll("textarea[data-rich]:not([hidden])")];
  return Promise.all(areas.filter((area) => !area.closest("[data-later]")).map(enhance));
}

// Resolves when the editors have written the last key in their textareas: they do so with the next
// frame, which a page that is not shown does not get.
export function drawn() {
  return new Promise((resolve) => {
    requestAnimationFrame(() => resolve());
    setTimeout(resolve, LONGEST_FRAME_MS);
  });
}

// Resolves when every editor holds its text.
export function start() {
  // Files are added as annexes of the thing itself, where their circle and version are known.
  document.addEventListener("trix-file-accept", (event) => event.preventDefault());
  document.addEventListener("trix-attachment-add", (event) => event.attachment.remove());
  return enhanceWithin(document);
}
