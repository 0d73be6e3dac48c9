"""Colours: each pair of tokens computed in each theme (WCAG 1.4.6, 1.4.11), and no colour beside them."""

import re

import pytest

from tests.house.tree import ROOT, files

TEXT = ("ink", "muted", "accent", "link", "positive", "caution", "error", "you")
LINES = ("line", "sun")
GROUNDS = ("paper", "surface", "tint", "sheet")
BLOCK = re.compile(r"([^{}]+){([^{}]*--paper:[^{}]*)}")
TOKEN = re.compile(r"--([\w-]+):\s*([^;]+);")
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|lab|lch)\(", re.IGNORECASE)
#: What a rule of a theme may set beside its tokens: paint, which moves nothing and hides nothing.
PAINT = {
    "color-scheme",
    "color",
    "background",
    "background-color",
    "border-color",
    "fill",
    "stroke",
    "filter",
}
PHYSICAL = re.compile(
    r"(?:^|[;{\s])(?:(?:margin|padding|border)-(?:left|right|top|bottom)(?:-\w+)?|left|right|top|bottom)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)


def sheet() -> str:
    text = "\n".join(path.read_text("utf-8") for path in files("static") if path.suffix == ".css")
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


def test_a_sheet_without_its_comments_is_whole() -> None:
    """They are left out of what is sent, so that nothing else may look like one."""
    assert "/*" not in sheet()
    assert "*/" not in sheet()
    assert sheet().count("{") == sheet().count("}") > 500


def themes() -> list[tuple[str, dict[str, str]]]:
    """Return each theme's tokens, those that it does not name being those of the first."""
    found = [
        (selector.split("{")[-1].strip(), dict(TOKEN.findall(body)))
        for selector, body in BLOCK.findall(sheet())
    ]
    first = found[0][1] if found else {}
    return [
        (f"{number} {selector}", {**first, **tokens})
        for number, (selector, tokens) in enumerate(found, start=1)
    ]


def luminance(colour: str) -> float:
    """Return the relative luminance of #rgb or #rrggbb (WCAG 2.2, definition)."""
    digits = colour.strip().removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777", "#fff") == pytest.approx(4.48, abs=0.01)


def test_there_are_a_light_and_a_dark_theme() -> None:
    grounds = [luminance(tokens["paper"]) for _, tokens in themes()]
    assert max(grounds) > 0.8
    assert min(grounds) < 0.05


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize(
    ("token", "least"), [*((token, 7.0) for token in TEXT), *((token, 3.0) for token in LINES)]
)
def test_every_pair_can_be_read(token: str, least: float, ground: str) -> None:
    measured = {theme: contrast(tokens[token], tokens[ground]) for theme, tokens in themes()}
    assert {theme: round(value, 2) for theme, value in measured.items() if value < least} == {}


def test_colours_stand_in_tokens_only() -> None:
    beside = COLOUR.findall(re.sub(r"--[\w-]+:\s*[^;]+;", "", sheet()))
    assert beside == []


def of_a_theme() -> list[tuple[str, str]]:
    """Return the rules that hold in one theme alone, on screens: selector and body."""
    on_screen = sheet().partition("@media print")[0]
    dark = re.findall(r"@media[^{]*prefers-color-scheme[^{]*{((?:[^{}]*{[^{}]*})*)", on_screen)
    rules = re.findall(r"([^{}]+){([^{}]*)}", on_screen)
    chosen = [rule for rule in rules if "data-theme" in rule[0]]
    return [*chosen, *(rule for block in dark for rule in re.findall(r"([^{}]+){([^{}]*)}", block))]


def test_a_theme_changes_colours_and_nothing_else() -> None:
    """The tests in a browser lean on it: layout and structure are looked at in one theme."""
    found = of_a_theme()
    assert len(found) >= 4
    assert [
        f"{selector.strip()}: {name}"
        for selector, body in found
        for name in re.findall(r"([\w-]+)\s*:", re.sub(r":[^;]*", ":", body))
        if name not in PAINT and not name.startswith("--")
    ] == []


def test_sides_are_logical_so_that_right_to_left_is_free() -> None:
    assert [match.group().strip() for match in PHYSICAL.finditer(sheet())] == []


def test_static_files_ask_no_other_host() -> None:
    asking = [
        f"{path.relative_to(ROOT)}: {address}"
        for path in files("static")
        if path.suffix in {".css", ".js", ".svg", ".html"}
        for address in re.findall(r"(?:https?:)?//[\w.-]+\.\w{2,}", path.read_text("utf-8"))
        if "www.w3.org" not in address
    ]
    assert asking == []
