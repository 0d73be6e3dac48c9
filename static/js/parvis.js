// Small comforts for every page; each page works without them.

// The page with errors opens at its summary (autofocus does it in most browsers).
const errors = document.getElementById("errors");
if (errors && document.activeElement !== errors) errors.focus();

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

// The language switch keeps the place on the page.
for (const link of document.querySelectorAll("a[data-language]")) {
  link.addEventListener("click", () => {
    link.hash = location.hash;
  });
}

// An open menu closes with Escape and when the focus leaves it.
for (const menu of document.querySelectorAll("details.account")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.firstElementChild.focus();
    }
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
}

// What is printed shows all that can be opened.
addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("main details:not([open])")) {
    part.open = true;
    part.dataset.opened = "";
  }
});
addEventListener("afterprint", () => {
  for (const part of document.querySelectorAll("details[data-opened]")) {
    part.open = false;
    delete part.dataset.opened;
  }
});

// What follows is for bad lines: waiting longer and longer, but no longer than until the line is back.
export const pause = (tries) =>
  new Promise((done) => {
    const timer = setTimeout(done, [2, 4, 8, 15, 30][Math.min(tries, 4)] * 1000);
    addEventListener("online", () => (clearTimeout(timer), done()), { once: true });
  });

export const post = (url, body, token, more = {}) =>
  fetch(url, {
    method: "POST",
    body,
    headers: { Accept: "application/json", "X-CSRF-Token": token, ...more },
    keepalive: true,
    signal: AbortSignal.timeout?.(15000),
  });

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

// <form data-keep="words">: a failed sending says the words, keeps the page and is tried again.
function keeping(form) {
  let status;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.sending) return;
    form.dataset.sending = "yes";
    const button = event.submitter;
    const data = new FormData(form);
    if (button?.name) data.append(button.name, button.value);
    const body = form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
    const url = button?.getAttribute("formaction") || form.action;
    for (let tries = 0; ; ) {
      try {
        const answer = await post(url, body, data.get("csrf_token"), { "X-Parvis-Send": "1", Accept: "text/html" });
        const go = answer.headers.get("X-Parvis-Go");
        if (go) return follow(new URL(go, location));
        if (answer.status < 500) break;
        throw new Error(answer.status);
      } catch {
        if (!status) {
          status = document.createElement("p");
          status.className = "notice caution";
          status.setAttribute("role", "status");
          form.append(status);
        }
        status.textContent = form.dataset.keep;
        await pause(tries++);
      }
    }
    // What is not a redirect is a page: the browser shows it by sending the form itself.
    if (button?.name) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: button.name, value: button.value });
      form.append(field);
    }
    form.action = url;
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
