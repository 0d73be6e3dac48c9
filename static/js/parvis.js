// Small comforts for every page; each page works without them.

// The page with errors opens at its summary, another one at what it names (autofocus does it in most browsers).
const errors = document.getElementById("errors");
const told = errors || (location.hash ? null : document.querySelector("[autofocus]"));
if (told && document.activeElement !== told) told.focus();
// A page that answers what was sent would ask to send it again when one comes back to it: from now on the page of
// the form stands there.
const { sent } = document.documentElement.dataset;
if (sent) history.replaceState(history.state, "", sent + location.search);

// Quick exit: this entry of the history is replaced, not followed by another one.
const leave = document.querySelector("[data-leave]");
const go = () => location.replace(leave.href);
if (leave) {
  leave.addEventListener("click", (event) => {
    event.preventDefault();
    go();
  });
  if (document.documentElement.dataset.escape === "on") {
    let presses = [];
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      presses = [...presses.filter((at) => event.timeStamp - at < 2000), event.timeStamp];
      if (presses.length >= 3) go();
    });
  }
}

// A page of somebody who may have signed out since is never shown again from a browser's memory.
addEventListener("pageshow", (event) => {
  if (event.persisted && document.querySelector("details.account")) location.reload();
});

// The language switch keeps the place on the page.
for (const link of document.querySelectorAll("a[data-language]")) {
  link.addEventListener("click", () => {
    link.hash = location.hash;
  });
}
for (const button of document.querySelectorAll("button[name=switch_to]")) {
  button.addEventListener("click", () => {
    if (button.form.method === "get") button.form.action = button.form.action.split("#")[0] + location.hash;
  });
}

// On a wide window the menu is a row by the style sheet alone, where a browser knows ::details-content.
const places = document.querySelector(".top .menu");
const isRow = (menu) => menu === places && menu.classList.contains("row");
const spread = () => {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  places.open = places.classList.toggle("row", document.body.clientWidth >= 56 * rem);
};
if (places && !CSS.supports("selector(::details-content)")) {
  spread();
  addEventListener("resize", spread);
}

// An open menu closes with Escape and when the focus leaves it. Who opens the menu of a narrow window sees the
// account in it at once.
for (const menu of document.querySelectorAll(".top details")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest("details[open]") === menu && !isRow(menu)) {
      menu.open = false;
      menu.firstElementChild.focus();
    }
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = isRow(menu);
  });
  menu.addEventListener("toggle", () => {
    for (const inner of menu.querySelectorAll("details")) inner.open = menu.open && !isRow(menu);
  });
}

// A definition opens over the page without leaving a step in the history; Escape leads back to the word.
addEventListener("click", (event) => {
  const link = event.target.closest?.("a.term, a.back");
  if (link?.getAttribute("href")[0] !== "#" || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const at = scrollY;
  location.replace(link.hash);
  scrollTo(0, at);
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelector(".words :target .back")?.click();
});

// What is printed shows all that can be opened.
addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("main details:not([open])")) {
    part.dataset.opened = part.name ?? "";
    part.name = ""; // of several with one name only one can be open
    part.open = true;
  }
});
addEventListener("afterprint", () => {
  for (const part of document.querySelectorAll("details[data-opened]")) {
    part.open = false;
    part.name = part.dataset.opened;
    delete part.dataset.opened;
  }
});

// What follows is for bad lines: waiting longer and longer, but no longer than until the line is back.
export const MOST_FAULTS = 6; // of the site itself, one after the other: then it is not asked again by itself
export const pause = (tries) =>
  new Promise((done) => {
    const timer = setTimeout(done, [2, 4, 8, 15, 30][Math.min(tries, 4)] * 1000);
    addEventListener("online", () => (clearTimeout(timer), done()), { once: true });
  });

// A browser keeps no more than 64 KiB alive while it leaves a page, and refuses what is larger at once. A slow line
// has two seconds for each kilobyte of a long text, and twice as long each time.
export const post = (url, body, token, more = {}, tries = 0) => {
  const bytes = body instanceof URLSearchParams ? String(body).length : Infinity;
  const wait = (15000 + (bytes < Infinity ? bytes * 2 : 600000)) * 2 ** Math.min(tries, 4);
  return fetch(url, {
    method: "POST",
    body,
    headers: { Accept: "application/json", "X-CSRF-Token": token, ...more },
    keepalive: bytes < 30000,
    signal: AbortSignal.timeout?.(wait),
  });
};

// The same page at another place is still asked for again: what stands on it has changed.
function follow(to) {
  if (to.pathname + to.search !== location.pathname + location.search) return location.assign(to);
  history.replaceState("go", "", to);
  location.reload();
}
if (history.state === "go") {
  history.replaceState(null, "");
  if (location.hash) location.replace(location.hash);
}

// <form data-keep="words" data-keep-faulty="words">: a failed sending says the words, whether the line or the site
// failed, keeps the page and is tried again.
function keeping(form) {
  let status;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.sending) return;
    form.dataset.sending = "yes";
    const button = event.submitter;
    const data = new FormData(form);
    if (button?.name) data.append(button.name, button.value);
    else if (form.contains(document.activeElement)) data.set("at", document.activeElement.id);
    const body = form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
    for (let tries = 0, faults = 0; ; ) {
      let faulty = false;
      try {
        const headers = { "X-Parvis-Send": "1", Accept: "text/html" };
        const answer = await post(form.action, body, data.get("csrf_token"), headers, tries);
        const go = answer.headers.get("X-Parvis-Go");
        if (go) return follow(new URL(go, location));
        faulty = answer.status >= 500;
        if (!faulty || ++faults === MOST_FAULTS) break;
        throw new Error(answer.status);
      } catch {
        if (!status) {
          status = document.createElement("p");
          status.className = "notice caution";
          status.setAttribute("role", "status");
          form.append(status);
        }
        status.textContent = faulty ? form.dataset.keepFaulty : form.dataset.keep;
        await pause(tries++);
      }
    }
    // What is not a redirect is a page: the browser shows it by sending the form itself.
    if (button?.name) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: button.name, value: button.value });
      form.append(field);
    }
    HTMLFormElement.prototype.submit.call(form);
  });
  addEventListener("pageshow", () => delete form.dataset.sending);
}

for (const form of document.querySelectorAll("form[data-keep]")) keeping(form);

// The section where one leaves a lesson is kept, so that any device goes on from there.
const read = document.querySelector('form[action$="/read"], form[action$="/place"]');
if (read) {
  const heads = [...document.querySelectorAll(".lesson h2[id]")];
  let kept = "";
  addEventListener("visibilitychange", () => {
    const here = document.hidden && heads.findLast?.((head) => head.getBoundingClientRect().top < innerHeight / 2);
    if (!here || here.id === kept) return;
    kept = here.id;
    const body = new URLSearchParams({ anchor: kept });
    post(read.action.replace(/[a-z]+$/, "place"), body, read.elements.csrf_token.value).catch(() => {});
  });
}

if (document.querySelector("form[data-save-url]")) import("./answers.js");
