"""The walk: what no rule engine sees, checked on the page as it is laid out.

Reflow at 320 px (WCAG 1.4.10), text spacing (1.4.12), focus visible, in order, unobscured and never trapped
(2.1.1, 2.1.2, 2.4.3, 2.4.7, 2.4.11), control size (2.5.5), forced colours, reduced motion (2.3.3). Each check
gives sentences, empty when all is well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

from selenium.webdriver.common.keys import Keys

from tests.pages.browser import Browser

MOST_STOPS = 500
AGAIN = 3  # times that a page which moved is opened again

_REFLOW = """
const wide = document.scrollingElement.scrollWidth - document.documentElement.clientWidth;
if (wide <= 0) return [];
const inBox = e => { for (let p = e.parentElement; p; p = p.parentElement) {
  const o = getComputedStyle(p).overflowX;
  if ((o === 'auto' || o === 'scroll') && p.tabIndex >= 0) return true; }
  return false; };
const culprits = [...document.body.querySelectorAll('*')].filter(e => !inBox(e) &&
  e.getBoundingClientRect().right > document.documentElement.clientWidth + 1).slice(-3)
  .map(e => e.tagName.toLowerCase() + (e.id ? '#' + e.id : '') + '.' + e.className);
return ['page is ' + wide + ' px too wide: ' + culprits.join(', ')];
"""

_SPACING = """
const sheet = new CSSStyleSheet();
sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important;'
  + ' word-spacing: .16em !important } p { margin-block-end: 2em !important }');
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
const cut = [...document.body.querySelectorAll('*')].filter(e => {
  const s = getComputedStyle(e);
  if (s.overflow === 'visible' || s.clipPath !== 'none' || !e.textContent.trim()) return false;
  if (s.position === 'absolute' && e.clientWidth <= 1) return false;
  const hidden = v => v === 'hidden' || v === 'clip';
  return (hidden(s.overflowX) && e.scrollWidth > e.clientWidth + 1) ||
         (hidden(s.overflowY) && e.scrollHeight > e.clientHeight + 1);
}).map(e => 'text is cut with wide spacing in ' + e.tagName.toLowerCase() + '.' + e.className);
const wide = document.scrollingElement.scrollWidth - document.documentElement.clientWidth;
document.adoptedStyleSheets = document.adoptedStyleSheets.filter(s => s !== sheet);
return wide > 0 ? [...cut, 'with wide spacing the page is ' + wide + ' px too wide'] : cut;
"""

_SMALL = """
return [...document.querySelectorAll('button, select, summary, input:not([type=hidden]), textarea, a.button')]
  .filter(e => e.offsetParent !== null && !e.disabled).map(e => {
    const box = (['radio', 'checkbox'].includes(e.type) && (e.closest('label') || e.labels[0])) || e;
    const r = box.getBoundingClientRect();
    return r.height < 43.5 && r.width ? (e.tagName + ' ' + (e.name || e.textContent.trim()).slice(0, 30) +
      ' is ' + Math.round(r.height) + ' px high') : '';
  }).filter(Boolean);
"""

_MOTION = """
return [...document.querySelectorAll('*')].filter(e => {
  const s = getComputedStyle(e), longest = v => Math.max(...v.split(',').map(parseFloat));
  return (s.animationName !== 'none' && longest(s.animationDuration) > 0.01)
    || longest(s.transitionDuration) > 0.01;
}).slice(0, 5).map(e => 'moves although reduced motion is asked for: ' + e.tagName + '.' + e.className);
"""

_EDGES = """
return [...document.querySelectorAll('button, .button, input:not([type=hidden]), select, textarea')]
  .filter(e => e.offsetParent !== null).filter(e => {
    const s = getComputedStyle(e);
    return !['radio', 'checkbox'].includes(e.type) && !s.textDecorationLine.includes('underline') &&
      (parseFloat(s.borderTopWidth) < 1 || s.borderTopStyle === 'none');
  }).map(e => 'no border in forced colours: ' + e.tagName + '.' + e.className);
"""

#: Under forced colours a bar and its part get one ground, unless the sheet gives them two.
_FAR = """
return [...document.querySelectorAll('progress')].filter(e => e.offsetParent !== null)
  .filter(e => getComputedStyle(e).forcedColorAdjust !== 'none')
  .map(e => 'the part that is done cannot be seen: ' + e.className);
"""

_SHIFTS = """
const done = arguments[arguments.length - 1];
let sum = 0; const moved = [];
const count = list => list.forEach(e => { if (e.hadRecentInput) return; sum += e.value;
  moved.push(...e.sources.map(s => s.node?.nodeName?.toLowerCase() + '.' + (s.node?.className || ''))); });
const seen = new PerformanceObserver(list => count(list.getEntries()));
seen.observe({type: 'layout-shift', buffered: true});
setTimeout(() => { count(seen.takeRecords()); seen.disconnect();
  done(sum ? ['moved by ' + sum.toFixed(4) + ' as it opened: ' + moved.slice(0, 3).join(', ')] : []); }, 60);
"""

_EARLY = """
return [...document.querySelectorAll('[tabindex]')].filter(e => e.tabIndex > 0)
  .map(e => 'tabindex above 0 on ' + e.tagName + ' ' + e.textContent.trim().slice(0, 40));
"""

_FOCUSED = """
const look = () => {
const e = document.activeElement;
if (!e || e === document.body || e === document.documentElement) return null;
if (!window.__walk) window.__walk = new Map();
const still = window.__walked === e; window.__walked = e;
const seen = window.__walk.get(e) || 0; window.__walk.set(e, seen + 1);
const parts = ['AUDIO', 'VIDEO'].includes(e.tagName) || e.type === 'date';
const s = getComputedStyle(e), r = e.getBoundingClientRect();
const name = e.tagName.toLowerCase() + ' "' + (e.getAttribute('aria-label') || e.textContent || e.name || '')
  .trim().slice(0, 40) + '"';
const faults = [];
const outlined = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2;
if (!outlined) faults.push('focus does not show on ' + name);
if (r.width * r.height === 0) faults.push('focus is on something without size: ' + name);
else {
  const area = box => box.width * box.height;
  const first = [...e.getClientRects()].reduce((one, other) => area(other) > area(one) ? other : one);
  const y = Math.min(Math.max(first.top + Math.min(first.height, 20) / 2, 0), innerHeight - 1);
  const edge = Math.min(first.width, 20) / 2, label = e.labels && e.labels[0];
  const at = x => document.elementFromPoint(Math.min(Math.max(x, 0), innerWidth - 1), y);
  const own = top => !top || e.contains(top) || top.contains(e) || (label && label.contains(top));
  if (first.bottom < 0 || first.top > innerHeight) faults.push('focus is out of sight: ' + name);
  else {
    const tops = [at(first.left + edge), at(first.left + first.width / 2), at(first.right - edge),
      ...[...e.getClientRects()].map(r =>
        document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2))];
    if (!tops.some(own)) faults.push('focus is covered by ' + tops[0].tagName + ': ' + name);
  }
}
return {seen, still, parts, name, faults};
};
window.__stops = [];
if (!window.__looks) addEventListener('keyup', e => e.key === 'Tab' && __looks(), true);
window.__looks = () => __stops.push(look());
"""
AT_ONCE = 40  # presses between two looks at what they found: each look is a way to the browser and back


def layout(browser: Browser) -> list[str]:
    """Check reflow and text spacing at the width that the browser has now."""
    return [*_ask(browser, _REFLOW), *_ask(browser, _SPACING)]


_WISHES = """
for (const name of ['size', 'space', 'font']) delete document.documentElement.dataset[name];
Object.assign(document.documentElement.dataset, arguments[0]);
"""


def reflow(browser: Browser, width: int, **wishes: str) -> list[str]:
    """Check reflow at a width for somebody who wants to read in a way of their own (`data-` of the root)."""
    before = browser.run("return {...document.documentElement.dataset}")
    browser.device(width=width)
    browser.run(_WISHES, wishes)
    found = _ask(browser, _REFLOW)
    browser.run(_WISHES, before)
    return found


def steady(browser: Browser, again: Callable[[], object]) -> list[str]:
    """Check that nothing jumps while the page opens; to be asked before the device is changed.

    `again` opens the page once more. A busy machine stops the browser anywhere in a page, which is then shown
    in halves and may move: that only ever adds movement, and comes now and then. What the page does itself
    comes each time, and that alone is a fault. (What a page does that is shown in halves: `test_frame`.)
    """
    moved = _moved(browser)
    for _ in range(AGAIN):
        if not moved:
            break
        again()
        moved = _moved(browser)
    return moved


def _moved(browser: Browser) -> list[str]:
    return cast("list[str]", browser.driver.execute_async_script(_SHIFTS))


def controls(browser: Browser) -> list[str]:
    """Check that controls are 44 px high and that nothing moves against the reader's wish."""
    return [*_ask(browser, _SMALL), *_ask(browser, _MOTION)]


def edges(browser: Browser) -> list[str]:
    """Check, under forced colours, that controls keep an edge, or the line of a link, and bars their part."""
    return [*_ask(browser, _EDGES), *_ask(browser, _FAR)]


def keyboard(browser: Browser) -> list[str]:
    """Tab through the whole page: everything shows its focus, nothing traps it, nothing is skipped."""
    browser.run(
        "window.__walk = window.__walked = undefined; const start = document.createElement('span');"
        " start.tabIndex = -1; document.body.prepend(start); start.focus(); start.remove(); scrollTo(0, 0)"
    )
    wanted = browser.run(
        "const radios = new Set(); return [...document.querySelectorAll('a[href], button,"
        " input:not([type=hidden]),"
        ' select, textarea, summary, [tabindex="0"]\')].filter(e => e.checkVisibility() && !e.disabled'
        " && e.tabIndex >= 0 && !(e.type === 'radio' && (radios.has(e.name) || !radios.add(e.name)))).length"
    )
    faults = _ask(browser, _EARLY)
    stops = 0
    for here in _stops(browser, wanted):
        if here and here["still"] and here["parts"]:
            continue  # the browser's own buttons inside a player
        if here and here["still"]:
            faults.append(f"the focus is trapped on {here['name']}")
        if here is None or here["seen"]:
            break
        stops += 1
        faults += here["faults"]
    if stops < wanted:
        faults.append(f"Tab reaches {stops} of {wanted} controls")
    return faults


def _stops(browser: Browser, wanted: int) -> Iterator[dict[str, Any] | None]:
    """Press Tab many times and yield what had the focus each time that the key was up again.

    A player keeps the key to itself while one of its own buttons has the focus.
    """
    browser.run(_FOCUSED)
    players = bool(browser.find_all("audio, video"))
    left = MOST_STOPS
    while left:
        presses = min(left, wanted + 1, AT_ONCE)
        browser.press(*[Keys.TAB] * presses)
        seen = browser.run("return __stops.splice(0)")
        assert len(seen) == presses or players, f"{presses} presses of Tab, {len(seen)} keys up"
        yield from seen
        left -= presses


def _ask(browser: Browser, script: str) -> list[str]:
    return cast("list[str]", browser.run(script))
