// Answers that save themselves, each change within two seconds; steps that are put in order by buttons; and on a
// narrow screen one question at a time. Each works without this.
// <form data-save-url="…"> with the hidden fields `save`, which counts the saves, `known`, the newest save that
// this page has seen, and `was`, marks of what stood on it then: once another tab has saved, what is empty here erases
// nothing, and what was not changed here puts nothing back. Inside it stands
// <div role="status" data-saved="…" data-failed="…" data-faulty="…"></div>, which says that saving works once, and each
// time it fails: for want of a connection, or because the site itself cannot.
import { MOST_FAULTS, pause, post } from "./parvis.js";

function saving(form) {
  const status = form.querySelector("[data-saved]");
  const { save: number, known, was } = form.elements;
  const token = form.elements.csrf_token.value;
  let changed = false;
  let behind = false;
  let busy = false;
  let timer = 0;
  let said = "";
  const say = (words, kind = "") => {
    if (!status || !words || words === said) return;
    said = words;
    const line = document.createElement("p");
    line.className = kind;
    line.textContent = words;
    status.replaceChildren(line);
  };

  async function save() {
    clearTimeout(timer);
    timer = 0;
    if (busy || !changed) return;
    busy = true;
    for (let tries = 0, faults = 0; changed; ) {
      changed = false;
      const body = new URLSearchParams(new FormData(form));
      const next = Number(number?.value || 0) + 1;
      body.set("save", next);
      let faulty = false;
      try {
        const answer = await post(form.dataset.saveUrl, body, token, {}, tries);
        faulty = answer.status >= 500;
        if (faulty) faults++;
        if (answer.status >= 500 || answer.status === 429) throw new Error(answer.status);
        const told = await answer.json();
        if (!answer.ok) {
          say(told.words, "caution");
          break;
        }
        if (number) number.value = Math.max(told.saved, Number(number.value));
        behind ||= told.late;
        if (known && !behind) known.value = number.value;
        if (was && !told.late) was.value = told.was;
        changed ||= told.late;
        if (!changed) say(status?.dataset.saved);
        tries = faults = 0;
      } catch {
        changed = true;
        say(faulty ? status?.dataset.faulty : status?.dataset.failed, "caution");
        if (faults === MOST_FAULTS) break;
        await pause(tries++);
      }
    }
    busy = false;
  }

  const note = () => {
    changed = true;
    timer ||= setTimeout(save, 1200);
  };
  form.addEventListener("input", note);
  form.addEventListener("change", note);
  addEventListener("visibilitychange", () => document.hidden && save());
  addEventListener("beforeunload", (event) => {
    if (changed && !form.dataset.sending) event.preventDefault();
  });
  return save;
}

// Steps: a place is what somebody chose; the first button gives a step the next free place, then two move it.
function ordering(list) {
  const rows = [...list.children];
  const words = list.dataset;
  const field = list.closest(".field");
  const status = document.createElement("div");
  status.setAttribute("role", "status");
  status.className = "unseen";
  field.append(status);
  const name = (row) => row.querySelector("label").textContent.trim();
  const place = (row) => Number(row.querySelector("select").value);
  const at = (number) => rows.find((row) => place(row) === number);
  const free = () => rows.findIndex((_, index) => !at(index + 1)) + 1;
  const fill = (text, row) =>
    text.replace("{step}", name(row)).replace("{place}", place(row) || free()).replace("{count}", rows.length);

  const tell = (row) => {
    const line = document.createElement("p");
    const twin = place(row) && rows.find((one) => one !== row && place(one) === place(row));
    const said = twin ? words.twice.replace("{other}", name(twin)) : place(row) ? words.told : words.free;
    line.textContent = fill(said, row);
    status.classList.toggle("unseen", !twin);
    status.replaceChildren(line);
    for (const one of rows) one.classList.toggle("moved", one === row);
  };
  const put = (row, number) => {
    row.querySelector("select").value = number || "";
  };
  const button = (row, kind) => {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", className: `second ${kind}` });
    const [shown, behind] = [document.createElement("span"), document.createElement("span")];
    behind.className = "unseen";
    behind.textContent = ` – ${name(row)}`;
    made.append(shown, behind);
    made.addEventListener("click", () => press(row, kind, made));
    return made;
  };

  function press(row, kind, made) {
    if (made.getAttribute("aria-disabled")) return;
    const here = place(row);
    const there = kind === "next" ? free() : here + (kind === "up" ? -1 : 1);
    const other = kind === "next" ? null : at(there);
    if (other) put(other, here);
    put(row, there);
    sort();
    draw();
    tell(row);
    const [next, up, down] = row.querySelectorAll(".nudge button");
    const wanted = kind === "down" ? down : up;
    (next.hidden ? wanted : next).focus();
    list.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // Rows change places when a button is pressed or the list is left, never under a list that is open.
  function sort() {
    const order = [...rows].sort((one, other) => (place(one) || 99) - (place(other) || 99));
    order.forEach((row, index) => list.children[index] !== row && list.insertBefore(row, list.children[index]));
  }

  function draw() {
    for (const row of rows) {
      const [next, up, down] = row.querySelectorAll(".nudge button");
      const number = place(row);
      next.hidden = number > 0;
      up.hidden = down.hidden = !number;
      next.firstChild.textContent = fill(words.next, row);
      row.classList.toggle("put", number > 0);
      for (const [one, stop] of [
        [up, number === 1],
        [down, number === rows.length],
      ])
        stop ? one.setAttribute("aria-disabled", "true") : one.removeAttribute("aria-disabled");
    }
  }

  for (const row of rows) {
    const nudge = document.createElement("span");
    nudge.className = "nudge";
    const [next, up, down] = ["next", "up", "down"].map((kind) => button(row, kind));
    up.firstChild.textContent = words.up;
    down.firstChild.textContent = words.down;
    nudge.append(next, up, down);
    row.append(nudge);
    row.querySelector("select").addEventListener("change", () => {
      draw();
      tell(row);
    });
  }
  list.classList.add("ready");
  list.addEventListener("focusout", (event) => list.contains(event.relatedTarget) || sort());
  sort();
  draw();
}

// One question at a time where the screen is narrow and nobody has chosen otherwise.
function stepping(form, save) {
  const parts = [...form.querySelectorAll(":scope > .question")];
  const acts = form.querySelector(":scope > .acts");
  const end = acts.querySelector("button");
  const lede = document.querySelector("main .lede");
  const narrow = matchMedia("(max-width: 599.98px)");
  const [next, previous] = ["next", "previous"].map((kind) => {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", textContent: form.dataset[kind] });
    if (kind === "previous") made.className = "second";
    made.addEventListener("click", () => {
      go(here + (kind === "next" ? 1 : -1));
      history.pushState(null, "", `#${parts[here].id}`);
      arrive();
    });
    return made;
  });
  const bar = form.querySelector(":scope > .thin");
  const place = document.createElement("input");
  Object.assign(place, { type: "hidden", name: "at" });
  let here = 0;

  const wanted = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1)); // our ids are plain
    return target ? parts.findIndex((part) => part.contains(target)) : -1;
  };
  const first = () => {
    const faulty = parts.findIndex((part) => part.classList.contains("wrong"));
    const empty = parts.findIndex((part) => part.classList.contains("here"));
    return [wanted(), faulty, empty, 0].find((at) => at >= 0);
  };

  function go(to) {
    here = Math.min(Math.max(to, 0), parts.length - 1);
    const last = here === parts.length - 1;
    parts.forEach((part, at) => (part.hidden = narrow.matches && at !== here));
    next.hidden = !narrow.matches || last;
    previous.hidden = !narrow.matches || here === 0;
    end.hidden = narrow.matches && !last;
    bar.value = here + 1;
    place.value = narrow.matches ? parts[here].id : "";
    if (narrow.matches) save();
  }
  function arrive() {
    if (lede) lede.hidden = here > 0;
    const head = parts[here].querySelector("h2");
    head.tabIndex = -1;
    head.focus({ preventScroll: true });
    parts[here].scrollIntoView();
  }

  form.append(place);
  acts.prepend(next, previous);
  form.classList.add("stepped");
  go(first());
  narrow.addEventListener("change", () => go(here));
  addEventListener("popstate", () => narrow.matches && (go(Math.max(wanted(), 0)), arrive()));
  addEventListener("hashchange", () => {
    const to = wanted();
    if (narrow.matches && to >= 0 && to !== here) go(to);
    document.getElementById(location.hash.slice(1))?.focus();
  });
}

for (const list of document.querySelectorAll(".steps[data-next]")) ordering(list);
for (const form of document.querySelectorAll("form[data-save-url]")) {
  const save = saving(form);
  if (form.dataset.next) stepping(form, save);
}
