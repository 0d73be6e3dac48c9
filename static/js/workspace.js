// A lesson that saves itself: each block two seconds after it was changed, by itself, with a copy on this device
// until the server has said yes. Bold and emphasis by a button or Ctrl+B, Ctrl+I. Everything works without this.
import { pause, post } from "./parvis.js";

const form = document.querySelector("form[data-workspace]");
const words = form.dataset;
const status = form.querySelector(".save-state");
const token = form.elements.csrf_token.value;
const store = `parvis-workspace:${location.pathname}`;
const changed = new Map(); // key of a block -> timer
let busy = Promise.resolve();
let leaving = false;

const say = (text, kind = "") => {
  const line = document.createElement("p");
  line.className = kind;
  line.textContent = text;
  status.replaceChildren(line);
};
const named = (name) => form.elements.namedItem(name);
const keyOf = (control) => control.name.split(":").slice(1, 3).join(":");
const fields = (key) =>
  [...form.elements].filter((one) => one.name.startsWith("at:") ? one.name === `at:${key}` : one.name.includes(`:${key}`) && keyOf(one) === key);

// What was typed and not yet saved is kept on this device; it goes when the server has it.
const kept = () => {
  try {
    return JSON.parse(localStorage.getItem(store)) || {};
  } catch {
    return {};
  }
};
const keep = (key, text) => {
  const all = kept();
  if (text === null) delete all[key];
  else all[key] = { text, at: named(`at:${key}`).value };
  try {
    if (Object.keys(all).length) localStorage.setItem(store, JSON.stringify(all));
    else localStorage.removeItem(store);
  } catch {
    // a full or closed store: the page itself still has the text
  }
};

async function save(key) {
  const body = new URLSearchParams();
  for (const one of fields(key)) {
    if (one.type !== "checkbox" || one.checked) body.append(one.name, one.value);
  }
  const typed = named(`t:${key}`)?.value;
  say(words.saving);
  for (let tries = 0; ; ) {
    try {
      const answer = await post(`${form.action}`, body, token, {}, tries);
      if (answer.status >= 500 || answer.status === 429) throw new Error(answer.status);
      const told = await answer.json();
      if (!answer.ok) return say(told.words, "caution");
      const at = told.at[key];
      if (at) named(`at:${key}`).value = at;
      if (named(`t:${key}`)?.value === typed) keep(key, null);
      if (!changed.size) say(words.saved);
      return;
    } catch {
      say(words.failed, "caution");
      await pause(tries++);
    }
  }
}
const queue = (key) => {
  changed.delete(key);
  busy = busy.then(() => save(key));
};
const note = (event) => {
  const control = event.target;
  if (!control.name || control.type === "hidden") return;
  const key = keyOf(control);
  if (!named(`at:${key}`)) return;
  if (control.name === `t:${key}`) keep(key, control.value);
  clearTimeout(changed.get(key));
  changed.set(key, setTimeout(queue, 2000, key));
};
form.addEventListener("input", note);
form.addEventListener("change", note);
form.addEventListener("submit", () => {
  leaving = true;
  for (const timer of changed.values()) clearTimeout(timer);
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden || leaving) return;
  for (const [key, timer] of changed) {
    clearTimeout(timer);
    queue(key);
  }
});

// Text that was not saved before (a crash, a sign-out, a dead line) comes back where it stood.
const left = kept();
let found = false;
for (const [key, { text, at }] of Object.entries(left)) {
  const [control, place] = [named(`t:${key}`), named(`at:${key}`)];
  if (!control || control.value === text) keep(key, null);
  else {
    control.value = text;
    place.value = at;
    found = true;
    changed.set(key, setTimeout(queue, 2000, key));
  }
}
if (found) say(words.kept, "caution");

// Two buttons for the words that are chosen.
const around = (control, sign) => {
  const { selectionStart: from, selectionEnd: to, value } = control;
  control.focus();
  control.setRangeText(sign + value.slice(from, to) + sign, from, to, "select");
  control.dispatchEvent(new Event("input", { bubbles: true }));
};
for (const control of form.querySelectorAll("textarea:not([readonly])")) {
  const place = control.parentElement.querySelector(".mark-words");
  for (const [label, sign] of [
    [words.stress, "*"],
    [words.bold, "**"],
  ]) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "plain", textContent: label });
    const of = document.createElement("span");
    of.className = "unseen";
    of.textContent = ` – ${control.labels[0]?.textContent.trim()}`;
    button.append(of);
    button.addEventListener("click", () => around(control, sign));
    place?.after(button);
  }
  control.addEventListener("keydown", (event) => {
    const sign = { b: "**", i: "*" }[event.key];
    if (!sign || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    around(control, sign);
  });
}
