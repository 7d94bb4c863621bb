// Another body or kind asks other questions: they are put on the form at once, with what was typed.
// Without this script "Verder" does it; and saving lays them out too.

import { enhanceWithin } from "./richtext.js";

const CHOICES = ["body_id", "kind"];

async function swap(place, form, isLast) {
  const data = new FormData(form);
  for (const name of ["files", "sent_as"]) data.delete(name);
  let told;
  try {
    const answer = await fetch(place.dataset.questions, {
      method: "POST",
      body: data,
      redirect: "manual",
    });
    told = await answer.json();
  } catch {
    return;
  }
  if (!isLast()) return;
  place.innerHTML = told.html;
  await enhanceWithin(place);
}

export function start() {
  for (const place of document.querySelectorAll("[data-questions]")) {
    const form = place.closest("form");
    let asked = 0;
    for (const name of CHOICES) {
      form.querySelector(`select[name="${name}"]`)?.addEventListener("change", () => {
        asked += 1;
        const mine = asked;
        swap(place, form, () => mine === asked);
      });
    }
  }
}
