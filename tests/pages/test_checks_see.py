"""Every check of a page is shown a page with the fault that it is for, and a page without any."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium.webdriver.support.ui import WebDriverWait

from tests.pages import axe, walk
from tests.pages.browser import Browser, is_refused_page
from tests.pages.hands import PATIENCE

pytestmark = [pytest.mark.browser]

STYLE = """
body { margin: 0; font: 18px/1.6 sans-serif; color: #000; background: #fff }
button { min-height: 44px; border: 2px solid #000; background: #fff; color: #000 }
:focus-visible { outline: 3px solid #00c; outline-offset: 3px }
"""
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>{style}{more}</style></head>
<body><main><h1>A page</h1><p>Some words.</p><button>First</button> <button>Second</button>{body}</main>
</body></html>"""


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Show:
    return Show(browser, tmp_path / "page.html")


class Show:
    """Shows a page that is written for one test."""

    def __init__(self, browser: Browser, path: Path) -> None:
        self.browser, self._path = browser, path

    def __call__(self, body: str = "", more: str = "", page: str = PAGE) -> Browser:
        """Open a page with this in it."""
        html = page.replace("{style}", STYLE).replace("{more}", more).replace("{body}", body)
        self._path.write_text(html, "utf-8")
        self.browser.open(self._path.as_uri())
        self.browser.complaints()
        return self.browser


def test_a_good_page_has_no_fault(show: Show) -> None:
    browser = show()
    assert axe.problems(browser) == []
    assert [*walk.layout(browser), *walk.controls(browser), *walk.keyboard(browser)] == []
    browser.device(forced=True)
    assert walk.edges(browser) == []


@pytest.mark.parametrize(
    ("rule", "body", "more"),
    [
        ("label", "<input>", ""),
        (axe.CONTRAST, '<p class="x">Pale words</p>', ".x { color: #707070 }"),
        (axe.CONTRAST, '<p class="x">Very pale words</p>', ".x { color: #ddd }"),
        (axe.CONTRAST, '<p class="x">Large pale words</p>', ".x { color: #ddd; font-size: 3rem }"),
        (axe.CONTRAST, '<p class="x">Words that cannot be seen</p>', ".x { color: #fff; background: #fff }"),
        ("image-alt", '<img src="x.png">', ""),
        (
            "target-size",
            '<button class="x">A</button><button class="x">B</button>',
            ".x { min-height: 10px; height: 10px; width: 10px; padding: 0; font-size: 6px }",
        ),
        ("heading-order", "<h4>Too deep</h4>", ""),
        ("landmark-no-duplicate-main", "</main><main><p>Again</p></main><main>", ""),
        (
            "aria-valid-attr-value",
            '<p aria-labelledby="nowhere">x</p><div role="checkbox" aria-checked="maybe">x</div>',
            "",
        ),
        ("label-content-name-mismatch", '<button aria-label="Other">Words</button>', ""),
        ("nested-interactive", "<button>Out <a href='#a'>in</a></button>", ""),
    ],
)
def test_axe_sees(show: Show, rule: str, body: str, more: str) -> None:
    assert rule in {problem.rule for problem in axe.problems(show(body, more))}


def test_axe_tells_what_it_cannot_decide(show: Show) -> None:
    more = ".x { background: linear-gradient(#000, #fff) }"
    for colours_alone in (False, True):
        found = axe.problems(show('<p class="x">Words on a slope</p>', more), colours_alone=colours_alone)
        assert any(not problem.sure and problem.rule == axe.CONTRAST for problem in found)


def test_layout_sees_a_page_that_is_too_wide(show: Show) -> None:
    browser = show('<p class="x">Wide</p>', ".x { width: 2000px }")
    assert any("too wide" in fault and "p.x" in fault for fault in walk.layout(browser))


def test_reflow_sees_what_only_large_letters_push_out(show: Show) -> None:
    more = "[data-size=largest] { font-size: 200% } .x { width: 15rem }"
    browser = show('<p class="x">Wide</p>', more)
    assert walk.reflow(browser, 320) == []
    assert any("p.x" in fault for fault in walk.reflow(browser, 320, size="largest"))
    assert browser.run("return document.documentElement.dataset.size") is None


def test_layout_allows_a_wide_table_in_a_box_that_the_keyboard_reaches(show: Show) -> None:
    browser = show(
        '<div class="x" tabindex="0"><p>Wide</p></div>', ".x { overflow-x: auto } .x p { width: 2000px }"
    )
    assert walk.layout(browser) == []


def test_layout_sees_text_that_is_cut_when_spaced(show: Show) -> None:
    browser = show(
        '<p class="x">Words that just fit into their box and no more than that at all</p>',
        ".x { width: 20em; height: 2.3em; overflow: hidden; line-height: 1.1 }",
    )
    assert any("cut" in fault for fault in walk.layout(browser))


@pytest.mark.parametrize(
    ("words", "body", "more"),
    [
        ("px high", '<button class="x">Low</button>', ".x { min-height: 0; height: 30px }"),
        ("px high", '<input aria-label="Low" class="x">', ".x { height: 30px; box-sizing: border-box }"),
        (
            "moves",
            '<p class="x">Moves</p>',
            "@keyframes a { to { opacity: 0 } } .x { animation: a 1s infinite }",
        ),
        ("moves", '<p class="x">Moves</p>', ".x { transition: color .5s }"),
    ],
)
def test_controls_sees(show: Show, words: str, body: str, more: str) -> None:
    assert any(words in fault for fault in walk.controls(show(body, more)))


@pytest.mark.parametrize(
    ("words", "body", "more"),
    [
        ("does not show", '<button class="x">Dim</button>', ".x:focus-visible { outline: 0 }"),
        (
            "is covered",
            '<button>Under</button><div class="x"></div>',
            ".x { position: fixed; inset: 0; background: #fff; z-index: 1 }",
        ),
        ("out of sight", '<button class="x">Away</button>', ".x { position: fixed; top: -500px }"),
        ("tabindex above 0", '<button tabindex="3">Early</button>', ""),
        ("without size", '<a href="#a" class="x"></a>', ""),
    ],
)
def test_keyboard_sees(show: Show, words: str, body: str, more: str) -> None:
    assert any(words in fault for fault in walk.keyboard(show(body, more)))


def test_keyboard_sees_a_trap(show: Show) -> None:
    browser = show('<button id="trap">Trap</button><button>After</button>')
    browser.run(
        "document.getElementById('trap').addEventListener('keydown',"
        " e => e.key === 'Tab' && e.preventDefault())"
    )
    found = walk.keyboard(browser)
    assert any("trapped" in fault for fault in found)
    assert any("Tab reaches 3 of 4" in fault for fault in found)


MOVES = """<script>
requestAnimationFrame(() => requestAnimationFrame(() => {
  document.querySelector('h1').style.marginTop = '100px';
  requestAnimationFrame(() => setTimeout(() => { window.moved = true; }));
}));
</script>"""


@pytest.mark.parametrize(("times", "found"), [(1, 0), (9, 1)])
def test_steady_sees_what_moves_each_time(times: int, found: int, show: Show) -> None:
    pages = iter([MOVES] * times)

    def opened() -> None:
        browser = show(next(pages, "<script>window.moved = true</script>"))
        WebDriverWait(browser.driver, PATIENCE, 0.05).until(lambda _: browser.run("return window.moved"))

    opened()
    assert len(walk.steady(show.browser, opened)) == found


def test_edges_sees_a_control_that_only_a_shadow_carries(show: Show) -> None:
    browser = show('<button class="x">Flat</button>', ".x { border: 0; box-shadow: 0 0 3px #000 }")
    browser.device(forced=True)
    assert any("no border" in fault for fault in walk.edges(browser))


def test_edges_sees_a_bar_whose_part_is_lost(show: Show) -> None:
    browser = show('<progress value="1" max="2" aria-label="Half"></progress>')
    browser.device(forced=True)
    assert any("cannot be seen" in fault for fault in walk.edges(browser))


def test_the_console_tells_of_a_blocked_style(show: Show) -> None:
    page = PAGE.replace(
        "<style>", '<meta http-equiv="Content-Security-Policy" content="style-src \'self\'"><style>'
    )
    browser = show.browser
    path = show._path  # noqa: SLF001  # written before it is opened, so that nothing is read away
    path.write_text(page.replace("{style}", STYLE).replace("{more}", "").replace("{body}", ""), "utf-8")
    browser.open(path.as_uri())
    assert any("Content Security Policy" in words for words in browser.complaints())


def test_a_refused_page_is_no_fault_and_a_missing_file_is_one() -> None:
    told = (
        "http://127.0.0.1/{} - Failed to load resource: the server responded with a status of 404 (NOT FOUND)"
    )
    assert is_refused_page(told.format("en/nowhere"))
    assert not is_refused_page(told.format("assets/0/css/gone.css"))
    assert not is_refused_page("Refused to apply inline style")
