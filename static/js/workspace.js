// A lesson that saves itself: each block two seconds after it was changed, by itself, with a copy on this device
// until the server has said yes. Bold and emphasis by a button or Ctrl+B, Ctrl+I. Everything works without this.
import { pause, post } from "./parvis.js";

const store = `parvis-workspace:${location.pathname.replace(/\/save$/, "")}`;
const QUIET = 2000; // milliseconds after the last change
const TEXTS = '[name^="t:"]';
const STOPS = "a[href], button, input:not([type=hidden]), select, textarea, summary";
const GAP = /\n[ \t]*\n\s*/; // an empty line, which begins a new block

// What was typed and not yet saved is kept on this device; it goes when the server has it.
const kept = () => {
  try {
    return JSON.parse(localStorage.getItem(store)) || {};
  } catch {
    return {};
  }
};
const keepAll = (all) => {
  try {
    if (Object.keys(all).length) localStorage.setItem(store, JSON.stringify(all));
    else localStorage.removeItem(store);
  } catch {
    // a full or closed store: the page itself still has the text
  }
};

function writing(form) {
  const words = form.dataset;
  const status = form.querySelector(".save-state");
  const token = form.elements.csrf_token.value;
  const changed = new Map(); // key of a block -> timer
  let busy = Promise.resolve();
  let leaving = false;
  let apart = false; // somebody else has changed what was changed here: the button shows both texts

  const say = (text, kind = "") => {
    const line = document.createElement("p");
    line.className = kind;
    line.textContent = text;
    status.replaceChildren(line);
  };
  const named = (name) => form.elements.namedItem(name);
  const keyOf = (control) => control.name.split(":").slice(1, 3).join(":");
  const also = (key) => (named(`also:${key}`)?.value ?? "").split(" ").filter(Boolean);
  const keep = (key, text) => {
    const all = kept();
    if (text === null) delete all[key];
    else all[key] = { text, at: named(`at:${key}`).value };
    keepAll(all);
  };

  async function send(key) {
    const box = named(`t:${key}`);
    const typed = box?.value;
    if (apart || typed?.trim() === "") return; // an emptied block is removed by the button alone
    const body = new URLSearchParams();
    for (const one of form.elements) {
      if (keyOf(one) === key && (one.type !== "checkbox" || one.checked)) body.append(one.name, one.value);
    }
    for (const other of also(key)) body.append(`at:${other}`, named(`at:${other}`).value);
    say(words.saving);
    for (let tries = 0; ; ) {
      let told, answer;
      try {
        answer = await post(form.action, body, token, {}, tries);
        if (answer.status >= 500 || answer.status === 429) throw new Error(answer.status);
        told = await answer.json();
      } catch {
        say(answer?.status >= 500 ? words.faulty : words.failed, "caution");
        await pause(tries++);
        continue;
      }
      if (!answer.ok) {
        apart ||= answer.status === 409;
        return say(told.words, "caution");
      }
      for (const [saved, at] of Object.entries(told.at)) {
        if (named(`at:${saved}`)) named(`at:${saved}`).value = at;
      }
      if (box) box.defaultValue = typed;
      if (box?.value === typed) keep(key, null);
      else if (box) keep(key, box.value);
      return told.again;
    }
  }
  async function save(key) {
    if (await send(key)) await redraw(key);
    if (!changed.size && status.textContent === words.saving) say(words.saved);
  }
  const queue = (key) => {
    changed.delete(key);
    busy = busy.then(() => save(key));
  };
  const note = ({ target }) => {
    if (!target.name || target.type === "hidden") return;
    const key = keyOf(target);
    if (!named(`at:${key}`)) return;
    if (target.name === `t:${key}`) keep(key, target.value);
    clearTimeout(changed.get(key));
    changed.set(key, setTimeout(queue, QUIET, key));
  };
  form.addEventListener("input", note);
  form.addEventListener("change", note);
  form.addEventListener("submit", ({ submitter }) => {
    leaving = true;
    for (const timer of changed.values()) clearTimeout(timer);
    const [deed, keys = ""] = (submitter?.value ?? "").split("=");
    if (deed === "delete") for (const key of keys.split(",")) keep(key, null);
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden || leaving) return;
    for (const [key, timer] of changed) {
      clearTimeout(timer);
      queue(key);
    }
  });

  // An empty line has made two blocks of one: the boxes are drawn anew, and whoever types goes on where they were.
  async function redraw(key) {
    for (let tries = 0; ; ) {
      for (const [other, timer] of changed) {
        if (other === key) continue;
        clearTimeout(timer);
        changed.delete(other);
        await send(other);
      }
      let fresh;
      try {
        const page = await (await fetch(location.pathname)).text();
        fresh = new DOMParser().parseFromString(page, "text/html").querySelector("form[data-workspace]");
      } catch {
        say(words.failed, "caution");
        await pause(tries++);
        continue;
      }
      if (!fresh) return location.reload();
      if ([...changed.keys()].every((one) => one === key)) return swap(key, fresh);
    }
  }
  function swap(key, fresh) {
    const of = (root, tag) => [...root.querySelectorAll(`[name^="t:${tag}:"]`)];
    const split = named(`t:${key}`);
    const to = (box, part = 0) => {
      const tag = box.name.split(":")[1];
      const [before, after] = [of(form, tag), of(fresh, tag)];
      const [at, more] = [before.indexOf(box), Math.max(0, after.length - before.length)];
      if (box === split) return after[at + Math.min(part, more)];
      return after[before.includes(split) && at > before.indexOf(split) ? at + more : at];
    };
    const moved = [];
    for (const box of form.querySelectorAll(TEXTS)) {
      if (box === split || box.value === box.defaultValue) continue;
      if (to(box)?.defaultValue !== box.defaultValue) return location.reload();
      moved.push([to(box), box.value]);
    }
    const parts = split.value.split(GAP);
    if (split.value !== split.defaultValue) {
      const into = new Map();
      parts.forEach((part, n) => into.set(to(split, n), [into.get(to(split, n)), part].filter(Boolean).join("\n\n")));
      for (const [box, text] of into) if (box.value !== text) moved.push([box, text]);
    }

    const here = document.activeElement;
    const scope = here.closest(".side-of, .block");
    const box = scope && form.contains(scope) && (here.matches(TEXTS) ? here : scope.querySelector(TEXTS));
    const stop = box && [...box.closest(".side-of").querySelectorAll(STOPS)].indexOf(here);
    const caret = box === here ? box.value.slice(0, box.selectionStart).split(GAP) : [""];
    const next = box && to(box, caret.length - 1);
    const height = here.getBoundingClientRect().top;

    clearTimeout(changed.get(key));
    changed.delete(key);
    keepAll({});
    for (const block of form.querySelectorAll(":scope > .block")) block.remove();
    status.before(...fresh.querySelectorAll(":scope > .block"));
    marks();
    for (const [there, text] of moved) {
      there.value = text;
      if (text.trim()) there.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (!next) return;
    const again = here.matches(TEXTS) ? next : next.closest(".side-of").querySelectorAll(STOPS)[stop] ?? next;
    again.focus({ preventScroll: true });
    if (again === next) next.setSelectionRange(caret.at(-1).length, caret.at(-1).length);
    scrollBy(0, again.getBoundingClientRect().top - height);
  }

  // Two buttons for the words that are chosen.
  const around = (control, sign) => {
    const { selectionStart: from, selectionEnd: to, value } = control;
    control.focus();
    control.setRangeText(sign + value.slice(from, to) + sign, from, to, "select");
    control.dispatchEvent(new Event("input", { bubbles: true }));
  };
  function marks() {
    for (const control of form.querySelectorAll("textarea:not([readonly])")) {
      const place = control.parentElement.querySelector(".mark-words");
      for (const [label, sign] of [
        [words.stress, "*"],
        [words.bold, "**"],
      ]) {
        const button = document.createElement("button");
        Object.assign(button, { type: "button", className: "plain", textContent: label });
        const about = document.createElement("span");
        about.className = "unseen";
        about.textContent = ` – ${control.labels[0]?.textContent.trim()}`;
        button.append(about);
        button.addEventListener("click", () => around(control, sign));
        place?.after(button);
      }
      control.parentElement.querySelector(".pens")?.remove();
    }
  }
  marks();
  form.addEventListener("keydown", (event) => {
    const sign = { b: "**", i: "*" }[event.key];
    if (!sign || !(event.ctrlKey || event.metaKey) || !event.target.matches("textarea:not([readonly])")) return;
    event.preventDefault();
    around(event.target, sign);
  });

  // Text that was not saved before (a crash, a sign-out, a dead line) comes back where it stood.
  const plain = (text) => text.replace(/[^\S\n]+$/gm, "").trim();
  const there = new Set([...form.querySelectorAll(TEXTS)].map((one) => plain(one.value)));
  let found = false;
  for (const [key, { text, at }] of Object.entries(kept())) {
    const [control, place] = [named(`t:${key}`), named(`at:${key}`)];
    if (!control || text.split(GAP).every((part) => there.has(plain(part)))) keep(key, null);
    else {
      control.value = text;
      place.value = at;
      found = true;
      if (text.trim()) changed.set(key, setTimeout(queue, QUIET, key));
    }
  }
  if (found) say(words.kept, "caution");
}

const form = document.querySelector("form[data-workspace]");
if (form) writing(form);
// Two texts for one block: once one is chosen, or the lesson is opened without this one, nothing is to come back.
document.querySelector("form[data-unsettled]")?.addEventListener("submit", () => keepAll({}));
document.querySelector("[data-forget]")?.addEventListener("click", () => keepAll({}));
