// Puts the rows of <ol data-ordered> in order, inside a form: each row has a field [data-place] with
// its number, which is what is sent. With this script the numbers make way for Omhoog and Omlaag
// (buttons [data-move]) and for dragging; without it one types them.

import "../vendor/Sortable.min.js";

function rowsOf(list) {
  return [...list.querySelectorAll(":scope > [data-row]")];
}

function number(list) {
  const rows = rowsOf(list);
  for (const [index, row] of rows.entries()) {
    const place = row.querySelector("[data-place] input");
    if (place.value !== String(index + 1)) {
      place.value = index + 1;
      place.dispatchEvent(new Event("input", { bubbles: true }));
    }
    row.querySelector('[data-move="up"]').disabled = index === 0;
    row.querySelector('[data-move="down"]').disabled = index === rows.length - 1;
  }
}

function tell(list, row) {
  const place = rowsOf(list).indexOf(row) + 1;
  list.nextElementSibling.textContent = `${row.dataset.row} staat nu op plaats ${place}.`;
}

function move(list, row, button) {
  if (button.dataset.move === "up") row.previousElementSibling?.before(row);
  else row.nextElementSibling?.after(row);
  number(list);
  tell(list, row);
  const other = row.querySelector("[data-move]:not(:disabled)");
  (button.disabled ? other : button).focus();
}

function makeOrdered(list) {
  const live = document.createElement("p");
  live.className = "small muted no-print";
  live.setAttribute("role", "status");
  list.after(live);
  const rows = rowsOf(list);
  const place = (row) => Number(row.querySelector("[data-place] input").value);
  list.append(...rows.sort((one, other) => place(one) - place(other)));
  for (const row of rows) {
    row.querySelector("[data-place]").hidden = true;
    for (const shown of row.querySelectorAll("[data-handle], [data-moves]")) shown.hidden = false;
    for (const button of row.querySelectorAll("[data-move]")) {
      button.addEventListener("click", () => move(list, row, button));
    }
  }
  number(list);
  self.Sortable.create(list, {
    handle: "[data-handle]",
    draggable: "[data-row]",
    onEnd: (event) => {
      number(list);
      tell(list, event.item);
    },
  });
}

export function start() {
  for (const list of document.querySelectorAll("[data-ordered]")) makeOrdered(list);
}
