// A part of the page that waits for the worker, <section id="x" data-waiting="x">, is read anew every
// few seconds until nothing in it waits. Without this the link "Vernieuwen" does the same.

const EVERY_MS = 3000;

async function refresh(part) {
  const answer = await fetch(location.href, { headers: { "X-Requested-With": "fetch" } });
  if (!answer.ok) return part;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(part.id);
  if (!fresh || part.contains(document.activeElement)) return part;
  part.replaceWith(fresh);
  return fresh;
}

async function watch(part) {
  let here = part;
  while (here.dataset.waiting) {
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    try {
      here = await refresh(here);
    } catch {
      // No connection: the next turn tries again.
    }
  }
}

export function start() {
  for (const part of document.querySelectorAll("[data-waiting]")) watch(part);
}
