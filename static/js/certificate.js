// Waits for PDFs, so that nobody has to press "Check again": soon at first, then more and more rarely. The links
// stay for whoever does not want to wait, and for when this gives up after some minutes.
const places = [...document.querySelectorAll("[data-making]")];
const LONGEST = 15_000;
let wait = 1_000;
let left = 5 * 60_000;

function show(place) {
  const focused = place.contains(document.activeElement);
  const link = document.createElement("a");
  Object.assign(link, { href: place.dataset.pdf, textContent: place.dataset.download });
  if (place.dataset.ready) {
    const [words, way] = [document.createElement("p"), document.createElement("p")];
    words.textContent = place.dataset.ready;
    link.className = "go";
    way.append(link);
    place.replaceChildren(words, way);
  } else {
    place.replaceChildren(link);
  }
  if (focused) link.focus();
}

async function look() {
  try {
    const answer = await fetch(places[0].dataset.making, { headers: { Accept: "application/json" } });
    const { making } = await answer.json();
    for (const place of places.filter((one) => making[one.dataset.print] !== "waiting")) {
      if (making[place.dataset.print] === "ready") show(place);
      places.splice(places.indexOf(place), 1);
    }
  } catch {
    // A dead line is no reason to stop asking.
  }
  left -= wait;
  wait = Math.min(wait * 1.5, LONGEST);
  if (places.length && left > 0) setTimeout(look, wait);
}

if (places.length) setTimeout(look, wait);
