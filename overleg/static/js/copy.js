// Copy an address or a text: <button data-copy="..." hidden>. Shown only where copying works.
// With data-copy-rich="id" the looks of that element go along, for who pastes them in Word.

export function start() {
  if (!navigator.clipboard) return;
  const live = document.createElement("div");
  live.className = "visually-hidden";
  live.setAttribute("role", "status");
  document.body.append(live);

  for (const button of document.querySelectorAll("[data-copy]")) {
    const face = button.querySelector("span") ?? button;
    const label = face.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await copy(button.dataset.copy, document.getElementById(button.dataset.copyRich));
        face.textContent = "Gekopieerd";
      } catch {
        face.textContent = "Kopiëren lukte niet";
      }
      live.textContent = face.textContent;
      setTimeout(() => {
        face.textContent = label;
        live.textContent = "";
      }, 3000);
    });
  }
}

function copy(text, rich) {
  if (!rich || !window.ClipboardItem) return navigator.clipboard.writeText(text);
  const item = new ClipboardItem({
    "text/plain": new Blob([text], { type: "text/plain" }),
    "text/html": new Blob([rich.innerHTML], { type: "text/html" }),
  });
  return navigator.clipboard.write([item]);
}
