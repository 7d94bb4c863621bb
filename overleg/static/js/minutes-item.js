// One item of the verslag on the writing screen: its text saves itself, and what could not be saved
// waits in the browser (minutes-drafts.js) and goes later. Saves go one after the other.

import { clearWrong, focusWrong, showWrong } from "./field-errors.js";
import { forgetDraft, keepDraft, keptDraft } from "./minutes-drafts.js";
import { drawn, enhanceWithin } from "./richtext.js";

const AFTER_TYPING_MS = 2000;
const AT_MOST_MS = 8000;
const AGAIN_MS = 4000;
const TEXT = ["csrf_token", "text_html", "text_html-format"];
const HOW = ["in_favour", "against", "abstained", "reservations"];
const OUTCOME = ["kind", "outcome_html", "agreed_by", ...HOW];
const ACTION = ["action_text", "action_who", "action_due_on"];

const SAYS = {
  waiting: "Nog niet bewaard",
  saving: "Wordt bewaard",
  offline: "Geen verbinding: uw tekst wacht in deze browser. Zodra het kan, wordt hij bewaard.",
  failed: "Bewaren lukt nu niet: uw tekst wacht in deze browser. We proberen het opnieuw.",
  signedOut: "U bent afgemeld: uw tekst wacht in deze browser. Meld u in een ander venster aan.",
};

export class Item {
  constructor(article, desk) {
    this.desk = desk;
    this.article = article;
    this.id = article.dataset.item;
    this.edition = Number(article.dataset.edition);
    this.drafts = JSON.parse(article.dataset.drafts);
    this.writing = desk.writing;
    this.place = article.querySelector("[data-write]");
    this.read = article.querySelector("[data-read]");
    this.link = article.querySelector("[data-open]");
    this.state = article.querySelector("[data-save-state]");
    this.form = this.place.querySelector("form");
    this.area = this.form.elements.text_html;
    this.isOpen = !this.place.hidden;
    this.form.elements.action_who.setAttribute("list", "wie-kan");
    this.form.addEventListener("input", (event) => this.typed(event));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      desk.finish(this, event.submitter?.value === "next");
    });
    for (const choice of this.kinds()) {
      choice.addEventListener("change", () => {
        clearWrong(this.form);
        this.begin(choice.value);
      });
    }
  }

  kinds() {
    return [...this.form.querySelectorAll('input[name="kind"]')];
  }

  say(text, isRefused = false) {
    this.state.classList.toggle("is-refused", isRefused);
    if (this.state.textContent !== text) this.state.textContent = text;
  }

  // Makes editors of the fields, the first time; resolves when they hold their text.
  async prepare() {
    this.prepared ??= this.draw();
    await this.prepared;
  }

  async draw() {
    this.place.removeAttribute("data-later");
    await enhanceWithin(this.place);
    // Who types faster than this script loads has typed in the textarea itself.
    this.text = "typed" in this.area.dataset ? undefined : this.area.value;
  }

  async open() {
    this.place.hidden = false;
    if (this.read) this.read.hidden = true;
    this.link.hidden = true;
    this.article.classList.add("is-open");
    this.isOpen = true;
    await this.prepare();
  }

  close() {
    this.save();
    if (this.prepared && this.read) this.showText();
    this.place.hidden = true;
    if (this.read) this.read.hidden = false;
    this.link.hidden = false;
    this.article.classList.remove("is-open");
    this.isOpen = false;
  }

  showText() {
    const shown = this.read.querySelector(":scope > .prose") ?? document.createElement("div");
    shown.className = "prose";
    shown.dir = "auto";
    shown.innerHTML = this.area.value;
    this.read.querySelector(":scope > .muted")?.remove();
    this.read.prepend(shown);
  }

  focus(name = "text_html") {
    const field = this.form.elements[name];
    (document.getElementById(`${field.id}-editor`) ?? field).focus();
  }

  load(name, html) {
    const field = this.form.elements[name];
    const editor = document.getElementById(`${field.id}-editor`)?.editor;
    if (editor) editor.loadHTML(html);
    else field.value = html;
  }

  // An outcome begins with the words of its kind, unless somebody wrote words of their own.
  async begin(kind) {
    await this.prepare();
    const { value } = this.form.elements.outcome_html;
    if (value && value !== this.begun) return;
    this.load("outcome_html", this.drafts[kind] ?? "");
    this.begun = this.form.elements.outcome_html.value;
  }

  async choose(number) {
    const choice = this.kinds()[number];
    if (!choice) return;
    choice.checked = true;
    // Drawing the last key takes the focus back to the discussion.
    await drawn();
    await this.begin(choice.value);
    this.writeOn();
  }

  // The words an outcome begins with stop at a colon: one goes on typing after it.
  writeOn() {
    this.focus("outcome_html");
    const field = this.form.elements.outcome_html;
    const editor = document.getElementById(`${field.id}-editor`)?.editor;
    if (!editor) return;
    const isBegun = field.value === this.begun;
    const text = editor.getDocument().toString().trimEnd();
    editor.setSelectedRange(text.length);
    if (text.endsWith(":")) editor.insertString(" ");
    if (isBegun) this.begun = field.value;
  }

  hasMore() {
    const typed = new FormData(this.form);
    return [...OUTCOME, ...ACTION].some((name) => typed.get(name));
  }

  isWaiting() {
    return Boolean(this.prepared) && (this.area.value !== this.text || this.hasMore());
  }

  typed(event) {
    const wrong = event.target.closest(".field-wrong");
    if (wrong) clearWrong(wrong);
    if (event.target === this.area && this.area.value === this.text) return;
    this.keep();
    if (event.target !== this.area || this.stopped) return;
    this.since ??= Date.now();
    this.say(SAYS.waiting);
    this.plan(Math.max(0, Math.min(AFTER_TYPING_MS, this.since + AT_MOST_MS - Date.now())));
  }

  keep() {
    const fields = [...new FormData(this.form)].filter(
      ([name]) => !["csrf_token", "sent_as", "started_from"].includes(name),
    );
    const { edition, writing, wantsAll } = this;
    keepDraft(this.id, { edition, writing, wantsAll, fields });
  }

  plan(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  // Saves everything of this item, the last key pressed included.
  async finish() {
    this.say(SAYS.saving);
    await drawn();
    const goesOn = await this.save(true);
    if (!goesOn) focusWrong(this.form);
    return goesOn;
  }

  // Resolves to whether the page can go on: kept, or waiting for the line to come back. Who typed an
  // outcome or an action meanwhile stays with it.
  async save(all = false) {
    if (!this.prepared) return true;
    while (this.running) await this.running;
    if (all) this.wantsAll = true;
    if (this.stopped) return false;
    if (!this.wantsAll && this.area.value === this.text) return true;
    clearTimeout(this.timer);
    this.running = this.send();
    try {
      return await this.running;
    } finally {
      this.running = null;
    }
  }

  async send() {
    const all = Boolean(this.wantsAll);
    const text = this.area.value;
    const data = new FormData();
    for (const [name, value] of new FormData(this.form)) {
      if ((all && name !== "sent_as") || TEXT.includes(name)) data.append(name, value);
    }
    data.set("csrf_token", this.desk.token);
    data.set("started_from", this.edition);
    data.set(all ? "done" : "writing_id", all ? "1" : this.writing);
    this.since = null;
    this.keep();
    let answer;
    try {
      answer = await fetch(`${this.desk.saveUrl}?punt=${this.id}`, {
        method: "POST",
        body: data,
        redirect: "manual",
      });
    } catch {
      return this.later(SAYS.offline);
    }
    if (answer.type === "opaqueredirect") return this.later(SAYS.signedOut);
    let told;
    try {
      told = await answer.json();
    } catch {
      await this.desk.refreshToken();
      return this.later(SAYS.failed);
    }
    if (all) await drawn();
    return this.follow(told, text, all ? data : null);
  }

  later(reason) {
    this.say(reason);
    this.plan(AGAIN_MS);
    return true;
  }

  // `sent` is the whole form as it went, or nothing where only the text did.
  follow(told, text, sent) {
    if (told.state === "saved") {
      this.edition = told.edition;
      this.text = text;
      if (sent) this.settle(told, sent);
      if (this.area.value !== text) this.plan(AFTER_TYPING_MS);
      else if (!this.wantsAll) this.say(sent ? this.withWhatIsUnfinished(told.message) : told.message);
      if (this.isWaiting()) this.keep();
      else forgetDraft(this.id);
      return !sent || !this.hasMore();
    }
    this.wantsAll = false;
    this.say(told.message, true);
    if (told.state === "incomplete") {
      this.showWrong(told.errors ?? {});
      return false;
    }
    this.stopped = true;
    if (told.state === "conflict") this.showBoth(told);
    return false;
  }

  showWrong(errors) {
    clearWrong(this.form);
    for (const [name, message] of Object.entries(errors)) {
      const field = document.getElementById(`${name}-${this.id}`);
      if (field) showWrong(field, message);
    }
  }

  withWhatIsUnfinished(message) {
    const told = this.article.querySelector("[data-results] [data-unfinished]");
    return told ? `${message}. ${told.textContent}` : message;
  }

  // The outcome and the action stand with the others now; there may be another to add. What was typed
  // since they were sent stays: an outcome as a whole, as its words show under its kind alone.
  settle(told, sent) {
    this.wantsAll = false;
    clearWrong(this.form);
    for (const results of this.article.querySelectorAll("[data-results]")) {
      results.innerHTML = told.results;
    }
    const typed = new FormData(this.form);
    const isAsSent = (name) => typed.get(name) === sent.get(name);
    for (const name of ACTION.filter(isAsSent)) this.form.elements[name].value = "";
    if (!OUTCOME.every(isAsSent)) return;
    for (const none of this.form.querySelectorAll('[type="radio"][value=""]')) none.checked = true;
    for (const name of HOW) {
      if (this.form.elements[name]) this.form.elements[name].value = "";
    }
    this.load("outcome_html", "");
    this.begun = "";
  }

  showBoth(told) {
    const box = document.createElement("div");
    box.innerHTML = told.html;
    box.querySelector("[data-mine]").innerHTML = this.area.value;
    const resume = () => {
      box.remove();
      this.stopped = false;
      this.edition = told.edition;
    };
    box.querySelector('[data-choose="mine"]').addEventListener("click", () => {
      resume();
      this.text = undefined;
      this.save();
      this.focus();
    });
    box.querySelector('[data-choose="theirs"]').addEventListener("click", () => {
      resume();
      this.load("text_html", told.theirs);
      this.text = this.area.value;
      forgetDraft(this.id);
      this.say(`U nam de tekst van ${told.name}.`);
      this.focus();
    });
    this.place.prepend(box);
    if (!this.isOpen) this.desk.open(this);
  }

  // What waited in this browser goes back in its fields and is sent, with where it started from.
  async recover() {
    const draft = keptDraft(this.id);
    if (!draft) return;
    await this.prepare();
    this.edition = draft.edition;
    this.writing = draft.writing;
    this.wantsAll = draft.wantsAll;
    for (const [name, value] of draft.fields) this.putBack(name, value);
    this.text = undefined;
    await this.save();
  }

  putBack(name, value) {
    const field = this.form.elements[name];
    if (!field) return;
    if (name.endsWith("_html")) this.load(name, value);
    else if (!name.endsWith("-format")) field.value = value;
  }

  // Somebody else saved this item, and nothing was typed here meanwhile.
  takeOver(article) {
    const fresh = article.querySelector('textarea[name="text_html"]');
    this.edition = Number(article.dataset.edition);
    if (this.prepared) {
      this.load("text_html", fresh.dataset.html);
      this.text = this.area.value;
    } else {
      this.area.dataset.html = fresh.dataset.html;
      this.area.value = fresh.value;
    }
    const results = article.querySelector("[data-results]").innerHTML;
    for (const place of this.article.querySelectorAll("[data-results]")) place.innerHTML = results;
    if (this.read) this.read.innerHTML = article.querySelector("[data-read]").innerHTML;
  }
}
