// What is wrong with a field of a form that saves itself, shown as the server's own pages show it
// (components/forms.html) and told to who comes to the field.

const SPRITE = new URL("../vendor/icons.svg", import.meta.url).pathname;

function controlOf(field) {
  return document.getElementById(`${field.id}-editor`) ?? field;
}

function describe(control, ids) {
  if (ids.length) control.setAttribute("aria-describedby", ids.join(" "));
  else control.removeAttribute("aria-describedby");
}

function described(control) {
  return (control.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
}

export function showWrong(field, message) {
  const box = field.closest(".field, .segments");
  if (!box) return;
  const error = document.createElement("p");
  error.className = "field-error";
  error.id = `${field.id}-error`;
  error.innerHTML = `<svg class="icon" aria-hidden="true"><use href="${SPRITE}#exclamation-circle"></use></svg>
    <span><span class="visually-hidden">Fout: </span></span>`;
  error.lastElementChild.append(message);
  (box.querySelector(".hint") ?? box.querySelector("label, legend")).after(error);
  box.classList.add("field-wrong");
  const control = controlOf(field);
  if (control.tagName !== "FIELDSET") control.setAttribute("aria-invalid", "true");
  describe(control, [...described(control), error.id]);
}

// Goes to the first field of this place that is wrong.
export function focusWrong(place) {
  place.querySelector(".field-wrong")?.querySelector("[aria-invalid], [type=radio]")?.focus();
}

// Forgets what was wrong in this place: a form, or the box of one field.
export function clearWrong(place) {
  const boxes = place.matches(".field-wrong") ? [place] : place.querySelectorAll(".field-wrong");
  for (const box of boxes) {
    const error = box.querySelector(".field-error");
    box.classList.remove("field-wrong");
    for (const control of [box, ...box.querySelectorAll("[aria-invalid]")]) {
      control.removeAttribute("aria-invalid");
      describe(control, described(control).filter((id) => id !== error?.id));
    }
    error?.remove();
  }
}
