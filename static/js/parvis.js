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

// A form that would be lost on a dead line, and answers that save themselves.
if (document.querySelector("form[data-keep], form[data-save-url]")) import("./answers.js");
