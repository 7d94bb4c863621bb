// How many ticks a button takes along: <span data-counted="name" data-one="…" data-many="… # …">
// in a button counts the ticked boxes of that name in its form. Without any, and without this, its
// own words stand.

function watch(label) {
  const { form } = label.closest("button");
  const { counted, one, many } = label.dataset;
  const unsaid = label.textContent;
  const count = () => {
    const number = form.querySelectorAll(`[name="${counted}"]:checked`).length;
    label.textContent = { 0: unsaid, 1: one }[number] ?? many.replace("#", number);
  };
  form.addEventListener("change", count);
  // A browser that goes back puts the ticks as they were after this script ran.
  addEventListener("pageshow", count);
  count();
}

export function start() {
  for (const label of document.querySelectorAll("[data-counted]")) watch(label);
}
