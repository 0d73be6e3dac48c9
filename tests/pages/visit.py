"""A visit over a slow line: what came, how heavy it was, when it was seen, whether it moved.

Read from the browser's own timing entries, so that what is counted is what a learner pays for.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from werkzeug.test import run_wsgi_app

from tests.pages.browser import Browser
from tests.pages.server import Live

KBIT = 1024 / 8
LATE = 2500  # milliseconds after which nothing more is asked for, not even an icon
PIECE = 150  # bytes of a page that comes in pieces, or more, up to the end of a tag
PAUSE = 0.03  # seconds between two pieces: more than the browser needs to show one
_SEEN = """
const done = arguments[arguments.length - 1];
const entry = performance.getEntriesByType('navigation')[0];
const all = [entry, ...performance.getEntriesByType('resource')];
const last = (type, read) => { let value = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) value = read(e, value); })
    .observe({type, buffered: true});
  return () => value; };
const paint = last('largest-contentful-paint', e => e.startTime);
const shift = last('layout-shift', (e, sum) => e.hadRecentInput ? sum : sum + e.value);
setTimeout(() => done({
  bytes: all.reduce((sum, e) => sum + e.transferSize, 0),
  requests: all.filter(e => e.transferSize > 0).length,
  hosts: [...new Set(all.map(e => new URL(e.name).host))],
  painted: paint(), shifted: shift(),
}), arguments[0]);
"""


@dataclass(frozen=True)
class Visit:
    """What one page cost: bytes on the wire, requests, hosts asked, milliseconds until seen, layout shift."""

    bytes: int
    requests: int
    hosts: tuple[str, ...]
    painted: float
    shifted: float


def slow_line(browser: Browser, *, on: bool) -> None:
    """Be on a slow line: 400 kbit/s, 400 ms round trip."""
    browser.command("Network.enable")
    browser.command(
        "Network.emulateNetworkConditions",
        offline=False,
        latency=400 if on else 0,
        downloadThroughput=400 * KBIT if on else -1,
        uploadThroughput=400 * KBIT if on else -1,
    )


def slow_phone(browser: Browser, *, on: bool) -> None:
    """Be an old phone on a slow line: a quarter of this machine's speed, 360 pixels wide."""
    if on:
        browser.device(width=360, height=740)
    slow_line(browser, on=on)
    browser.command("Emulation.setCPUThrottlingRate", rate=4 if on else 1)


@contextmanager
def in_pieces(live: Live) -> Iterator[None]:
    """Let the pages of a site come in pieces, so that each is seen before all of it is there.

    So it is on a bad line, and whenever a busy machine stops the browser in the middle of a page.
    """
    whole = live.app.wsgi_app

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ.pop("HTTP_ACCEPT_ENCODING", None)
        body, status, headers = run_wsgi_app(whole, environ, buffered=True)
        start_response(status, headers.to_wsgi_list())
        return _pieces(b"".join(body)) if "text/html" in headers["Content-Type"] else body

    live.app.wsgi_app = answer  # type: ignore[method-assign]
    try:
        yield
    finally:
        live.app.wsgi_app = whole  # type: ignore[method-assign]


def _pieces(page: bytes) -> Iterator[bytes]:
    start = page.index(b"<body")
    yield page[:start]
    time.sleep(5 * PAUSE)  # until the style sheet is there: before, nothing is seen
    for tag in re.finditer(rb"<[^>]*>", page):
        if tag.end() - start >= PIECE:
            yield page[start : tag.end()]
            start = tag.end()
            time.sleep(PAUSE)
    yield page[start:]


def first_visit(browser: Browser, address: str, *, tries: int = 5) -> Visit:
    """Return what a first visit costs."""
    return _best([_without_cache(browser, address) for _ in range(tries)])


def next_visit(browser: Browser, address: str, *, tries: int = 3) -> Visit:
    """Return what a visit costs somebody who has seen another page."""
    return _best([visit(browser, address) for _ in range(tries)])


def _without_cache(browser: Browser, address: str) -> Visit:
    browser.command("Network.clearBrowserCache")
    return visit(browser, address)


def _best(seen: Sequence[Visit]) -> Visit:
    """Return the quickest of some visits, because a busy machine only ever adds time, and movement as well.

    What is sent does not depend on the machine: the most counts.
    """
    return replace(
        min(seen, key=lambda one: one.painted),
        shifted=min(one.shifted for one in seen),
        bytes=max(one.bytes for one in seen),
        requests=max(one.requests for one in seen),
    )


def visit(browser: Browser, address: str) -> Visit:
    """Open a page and give what it cost."""
    browser.open(address)
    seen = browser.driver.execute_async_script(_SEEN, LATE)
    return Visit(seen["bytes"], seen["requests"], tuple(seen["hosts"]), seen["painted"], seen["shifted"])
