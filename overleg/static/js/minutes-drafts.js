// What was typed at the verslag and is not kept by the server yet. It waits in this browser, per
// person and item, also when the page is closed; it goes away once the server says that it is kept.

const PREFIX = `overleg-verslag:${document.body.dataset.person}:`;

export function keepDraft(item, draft) {
  try {
    localStorage.setItem(PREFIX + item, JSON.stringify(draft));
  } catch {
    // The browser keeps nothing (full, or forbidden): the text itself is still on the page.
  }
}

export function keptDraft(item) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + item));
  } catch {
    return null;
  }
}

export function forgetDraft(item) {
  try {
    localStorage.removeItem(PREFIX + item);
  } catch {
    // Then nothing was kept either.
  }
}
