// Whoever comes back to a form that was sent, and sends it again, sends the same form and not another
// one: what tells one opening of a page from another (data-opening) is then that of the page that was
// left. The server takes the same form in once.

const OPENINGS = "form[data-keep] input[data-opening]";

function keyOf(field) {
  return `${field.form.getAttribute("action")} ${field.name}`;
}

export function start() {
  const left = history.state?.opened ?? {};
  for (const field of document.querySelectorAll(OPENINGS)) field.value = left[keyOf(field)] ?? field.value;

  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const sent = [...document.querySelectorAll(OPENINGS)].filter((field) => field.form === event.target);
    const opened = Object.fromEntries(sent.map((field) => [keyOf(field), field.value]));
    if (sent.length) history.replaceState({ ...history.state, opened: { ...left, ...opened } }, "");
  });
}
