// Answers that save themselves, each change within two seconds.
// <form data-save-url="…"> with the hidden fields `save`, which counts the saves, and `known`, the newest save that
// this page has seen: once another tab has saved, what is empty here no longer erases anything. Inside it stands
// <p role="status" data-saving="…" data-saved="…" data-failed="…"></p>.
import { pause, post } from "./parvis.js";

function saving(form) {
  const status = form.querySelector("[data-saved]");
  const { save: number, known } = form.elements;
  const token = form.elements.csrf_token.value;
  let changed = false;
  let behind = false;
  let busy = false;
  let timer = 0;
  const say = (words) => status && words && (status.textContent = words);

  async function save() {
    timer = 0;
    if (busy || !changed) return;
    busy = true;
    for (let tries = 0; changed; ) {
      changed = false;
      say(status?.dataset.saving);
      const body = new URLSearchParams(new FormData(form));
      const next = Number(number?.value || 0) + 1;
      body.set("save", next);
      try {
        const answer = await post(form.dataset.saveUrl, body, token);
        if (answer.status >= 500 || answer.status === 429) throw new Error(answer.status);
        const told = await answer.json();
        if (!answer.ok) {
          say(told.words);
          break;
        }
        if (number) number.value = Math.max(told.saved, Number(number.value));
        behind ||= told.late;
        if (known && !behind) known.value = number.value;
        changed ||= told.late;
        if (!changed) say(status?.dataset.saved);
        tries = 0;
      } catch {
        changed = true;
        say(status?.dataset.failed);
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
}

for (const form of document.querySelectorAll("form[data-save-url]")) saving(form);
