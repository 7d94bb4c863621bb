// The writing screen of the verslag: item by item, by keyboard alone, with others at once. Each item
// has its own form; without this script "Schrijven" opens one and a button saves it.

import { Item } from "./minutes-item.js";

const HEAR_MS = 5000;

class Desk {
  constructor(root) {
    this.saveUrl = root.dataset.save;
    this.hearUrl = root.dataset.hear;
    this.writing = root.dataset.writing;
    this.others = root.querySelector("[data-others]");
    this.items = [...document.querySelectorAll("article[data-item]")].map(
      (article) => new Item(article, this),
    );
    this.token = document.querySelector('input[name="csrf_token"]').value;
    this.current = this.items.find((item) => item.isOpen);
    for (const item of this.items) {
      item.link.addEventListener("click", (event) => {
        event.preventDefault();
        this.open(item);
      });
    }
    document.addEventListener("keydown", (event) => this.pressed(event), true);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.current?.save();
    });
    addEventListener("online", () => {
      for (const item of this.items) if (item.isWaiting()) item.save();
      this.hear();
    });
    addEventListener("pagehide", () => {
      navigator.sendBeacon(this.hearUrl, new URLSearchParams({ csrf_token: this.token }));
    });
  }

  async start() {
    await this.current?.prepare();
    await Promise.all(this.items.map((item) => item.recover()));
    this.hear();
  }

  async open(item) {
    if (this.current !== item) this.current?.close();
    this.current = item;
    history.replaceState(null, "", `?punt=${item.id}`);
    await item.open();
    item.article.scrollIntoView({ block: "start" });
    item.focus();
    this.hear();
  }

  step(by) {
    const at = this.items.indexOf(this.current) + by;
    if (this.items[at]) this.open(this.items[at]);
  }

  async finish(item, goOn) {
    if ((await item.finish()) && goOn && this.current === item) this.step(1);
  }

  pressed(event) {
    const act = this.deedOf(event);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  deedOf(event) {
    const { current } = this;
    const number = /^Digit([0-8])$/.exec(event.code)?.[1];
    if (event.altKey && !event.ctrlKey && !event.metaKey) {
      if (event.key === "ArrowDown") return () => this.step(1);
      if (event.key === "ArrowUp") return () => this.step(-1);
      if (!current || number === undefined) return null;
      if (number === "0") return () => current.focus();
      if (number === "8") return () => current.focus("action_text");
      return () => current.choose(Number(number));
    }
    if (current && (event.ctrlKey || event.metaKey) && !event.altKey) {
      if (event.key === "Enter") return () => this.finish(current, true);
      if (event.key.toLowerCase() === "s") return () => this.finish(current, false);
    }
    return null;
  }

  // Tells where one writes, and hears who else does; again and again while the page is open.
  async hear() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.hear(), HEAR_MS);
    const punt = this.current?.isOpen ? this.current.id : "";
    let told;
    try {
      const answer = await fetch(`${this.hearUrl}?punt=${punt}`, {
        method: "POST",
        body: new URLSearchParams({ csrf_token: this.token }),
        redirect: "manual",
      });
      told = await answer.json();
    } catch {
      return; // No connection: the next turn tries again.
    }
    this.show(told.others);
    await this.catchUp(told.editions);
  }

  show(others) {
    const words = others.map((each) => `${each.name} schrijft bij punt ${each.number}.`).join(" ");
    if (this.others.textContent !== words) this.others.textContent = words;
    for (const item of this.items) {
      const here = others.filter((each) => each.item === item.id).map((each) => each.name);
      const badge = item.article.querySelector("[data-writer]");
      badge.hidden = here.length === 0;
      badge.textContent = here.length ? `${here.join(", ")} schrijft hier` : "";
    }
  }

  async catchUp(editions) {
    const behind = this.items.filter(
      (item) => (editions[item.id] ?? 0) > item.edition && !item.running && !item.isWaiting(),
    );
    if (!behind.length) return;
    const page = await this.fetchPage();
    if (!page) return;
    for (const item of behind) {
      const fresh = page.getElementById(item.article.id);
      if (fresh && !item.running && !item.isWaiting()) item.takeOver(fresh);
    }
  }

  async fetchPage() {
    try {
      const answer = await fetch(location.href, { headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok) return null;
      return new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch {
      return null;
    }
  }

  // After signing in again in another window the forms of this page need its token.
  async refreshToken() {
    const page = await this.fetchPage();
    const token = page?.querySelector('input[name="csrf_token"]')?.value;
    if (token) this.token = token;
  }
}

export function start() {
  return Promise.all(
    [...document.querySelectorAll("[data-minutes]")].map((root) => new Desk(root).start()),
  );
}
