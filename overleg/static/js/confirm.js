// Ask once more before something final: <form data-confirm="wie er iets van merkt">.
// Without this script the form simply goes: the page itself says who will be told.

function ask(question, label) {
  const dialog = document.createElement("dialog");
  dialog.className = "confirm";
  dialog.setAttribute("aria-labelledby", "confirm-question");

  const text = document.createElement("p");
  text.id = "confirm-question";
  text.textContent = question;

  const go = document.createElement("button");
  go.className = "button button-primary";
  go.textContent = label;
  go.value = "go";

  const stay = document.createElement("button");
  stay.className = "button button-secondary";
  stay.textContent = "Annuleren";
  stay.value = "";

  const form = document.createElement("form");
  form.method = "dialog";
  const actions = document.createElement("div");
  actions.className = "actions";
  actions.append(go, stay);
  form.append(text, actions);
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "go");
      dialog.remove();
    });
  });
}

export function start() {
  const agreed = new WeakSet();
  for (const form of document.querySelectorAll("form[data-confirm]")) {
    form.addEventListener("submit", async (event) => {
      if (agreed.delete(form)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const button = event.submitter;
      const label = button?.querySelector("span")?.textContent ?? "Doorgaan";
      if (!(await ask(form.dataset.confirm, label))) {
        button?.focus();
        return;
      }
      agreed.add(form);
      form.requestSubmit(button);
    });
  }
}
