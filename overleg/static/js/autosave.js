// A draft saves itself while somebody types: <div data-autosave="address" data-form="id of the form">.
// The first time makes the draft; from then on the page is that draft's. What could not be saved
// waits in the form (and in unsaved.js), and the page says so. Without this script a button saves.

const AFTER_TYPING_MS = 2000;
const AT_MOST_MS = 10000;
const AGAIN_MS = 5000;

const SAYS = {
  waiting: "Nog niet bewaard",
  offline: "Geen verbinding: uw tekst wacht hier. Zodra het kan, wordt hij bewaard.",
  failed: "Bewaren lukt nu niet: uw tekst wacht hier. We proberen het opnieuw.",
  signedOut: "U bent afgemeld: uw tekst wacht hier. Kies “Bewaar als concept” en meld u aan.",
  conflict: "Neem over wat u wilt houden en kies “Bewaar als concept”.",
};

class Saver {
  constructor(place) {
    this.address = place.dataset.autosave;
    this.form = document.getElementById(place.dataset.form);
    this.state = this.form.querySelector("[data-save-state]");
    this.changes = 0;
    this.saved = 0;
    this.stopped = false;
    this.form.addEventListener("input", () => this.typed());
    this.form.addEventListener("submit", (event) => this.leave(event));
    addEventListener("online", () => this.save());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.save();
    });
  }

  say(text) {
    if (this.state.textContent !== text) this.state.textContent = text;
  }

  plan(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  typed() {
    if (this.stopped) return;
    this.changes += 1;
    this.since ??= Date.now();
    this.say(SAYS.waiting);
    this.plan(Math.max(0, Math.min(AFTER_TYPING_MS, this.since + AT_MOST_MS - Date.now())));
  }

  // Whoever presses a button while this saves goes on with what was saved, not against it.
  async leave(event) {
    clearTimeout(this.timer);
    this.stopped = true;
    if (!this.running) return;
    event.preventDefault();
    await this.running;
    this.form.requestSubmit(event.submitter);
  }

  save() {
    if (this.stopped || this.running || this.changes === this.saved) return;
    clearTimeout(this.timer);
    this.running = this.send().finally(() => {
      this.running = null;
    });
  }

  async send() {
    const sending = this.changes;
    this.since = null;
    const data = new FormData(this.form);
    for (const name of ["files", "sent_as"]) data.delete(name);
    let answer;
    try {
      answer = await fetch(this.address, { method: "POST", body: data, redirect: "manual" });
    } catch {
      this.say(SAYS.offline);
      this.plan(AGAIN_MS);
      return;
    }
    if (answer.type === "opaqueredirect") {
      this.say(SAYS.signedOut);
      return;
    }
    try {
      this.follow(await answer.json(), sending);
    } catch {
      this.say(SAYS.failed);
      this.plan(AGAIN_MS);
    }
  }

  follow(told, sending) {
    if (told.state === "saved") {
      this.form.elements.revision.value = told.revision;
      this.saved = sending;
      if (location.pathname !== told.page) history.replaceState(null, "", told.page);
      if (this.changes !== sending) {
        this.plan(AFTER_TYPING_MS);
        return;
      }
      this.say(told.message);
      this.form.dispatchEvent(new CustomEvent("autosaved"));
      return;
    }
    this.say(told.message);
    if (told.state === "incomplete") return;
    this.stopped = true;
    if (told.state === "conflict") this.showBoth(told);
  }

  showBoth(told) {
    const box = document.createElement("div");
    box.className = "stack";
    box.innerHTML = told.html;
    this.form.before(box);
    this.form.elements.revision.value = told.revision;
    this.say(`${told.message} ${SAYS.conflict}`);
    box.scrollIntoView();
  }
}

export function start() {
  for (const place of document.querySelectorAll("[data-autosave]")) new Saver(place);
}
