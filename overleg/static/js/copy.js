// Copy an address or a text: <button data-copy="..." hidden>. Shown only where copying works.

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
        await navigator.clipboard.writeText(button.dataset.copy);
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
