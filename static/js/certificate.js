// Waits for the PDF, so that nobody has to press "Check again". Gives up after a minute: the link stays.
const place = document.querySelector("[data-making]");
const ready = document.getElementById("pdf-ready");
let left = 30;

async function look() {
  try {
    const answer = await fetch(place.dataset.making, { headers: { Accept: "application/json" } });
    const { making } = await answer.json();
    if (making === "ready") {
      const focused = place.contains(document.activeElement);
      place.replaceChildren(ready.content.cloneNode(true));
      if (focused) place.querySelector("a").focus();
      return;
    }
    if (making !== "waiting") return;
  } catch {
    // A dead line is no reason to stop asking.
  }
  left -= 1;
  if (left > 0) setTimeout(look, 2000);
}

if (place && ready) setTimeout(look, 1000);
