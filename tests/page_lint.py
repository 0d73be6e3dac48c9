"""The linter that every page passes on its way to a test.

Checks what needs no browser: valid HTML5, one `h1` that the title starts with, language and direction,
unique ids, labelled fields, headings in order, no inline script or style, French typography; and what Nu
(the validator of the W3C) and a screen reader would tell: native tables without roles of their own,
captions at an end of their figures, nothing to open outside a landmark, what was done taking the focus
when a page opens with it.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from xml.etree.ElementTree import Element

import html5lib

from lms.core.locales import direction

XHTML = "{http://www.w3.org/1999/xhtml}"
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}
TABLE = {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
LANDMARKS = {"main", "nav", "header", "footer", "aside"}
NBSP = "\u00a0"
BARE_COLON = re.compile(r"\w :(?=\s|$)|\w:(?=\s)|«(?!\u00a0)|(?<!\u00a0)»|[ \u00a0][;!?](?=\s|$)")
#: What the HTML5 parser calls an error but the standard allows.
ALLOWED_PARSE_ERRORS: frozenset[str] = frozenset()


def _tag(element: Element) -> str:
    name = str(element.tag)  # a comment has a function here
    return name.removeprefix(XHTML) if name.startswith(XHTML) else ""


def text_of(element: Element) -> str:
    """Return the words of an element, white space folded."""
    return re.sub(r"[ \t\r\n]+", " ", "".join(element.itertext())).strip(" \n")


@lru_cache(maxsize=16)
def parse(html: str) -> tuple[Element, list[str]]:
    """Parse strictly; give the tree and the parser's complaints, both only to be read.

    What reads a page after the linter gets the tree that is there: parsing is most of what a page costs here.
    """
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"))
    tree = parser.parse(html)
    return tree, [code for _, code, _ in parser.errors if code not in ALLOWED_PARSE_ERRORS]


def lint(html: str) -> list[str]:
    """List what is wrong with a page, in words."""
    tree, complaints = parse(html)
    everything = [element for element in tree.iter() if _tag(element)]
    return [
        *(f"not valid HTML5: {complaint}" for complaint in complaints),
        *_language(tree),
        *_headings(everything),
        *_title(everything),
        *_ids(everything),
        *_labels(everything),
        *_switches(tree, everything),
        *_inline(everything),
        *_native(everything),
        *_landmarks(tree),
        *_outcomes(everything),
        *_french(tree),
    ]


def _language(tree: Element) -> list[str]:
    lang = tree.get("lang", "")
    wanted = direction(lang)
    return [
        *([] if lang else ["no lang on html"]),
        *([] if tree.get("dir") == wanted else [f"dir is {tree.get('dir')} where {wanted} is meant"]),
    ]


def _headings(everything: list[Element]) -> list[str]:
    levels = [int(_tag(element)[1]) for element in everything if re.fullmatch(r"h[1-6]", _tag(element))]
    problems = [] if levels.count(1) == 1 else [f"{levels.count(1)} h1"]
    last = 0
    for level in levels:
        if level > last + 1 and last:
            problems.append(f"heading jumps from h{last} to h{level}")
        last = level
    return problems


def _title(everything: list[Element]) -> list[str]:
    titles = [text_of(element) for element in everything if _tag(element) == "title" and element.text]
    names = [element for element in everything if _tag(element) == "h1"]
    if not titles or not names:
        return ["no title or no h1"]
    neutral = names[0].get("data-window-title")
    start = neutral or text_of(names[0])
    stripped = re.sub(r"^(Error|Erreur\u00a0?): ?", "", titles[0]).strip(f" {NBSP}:")
    return [] if stripped.startswith(start) else [f"title {titles[0]!r} does not start with {start!r}"]


def _ids(everything: list[Element]) -> list[str]:
    ids = [element.get("id", "") for element in everything if element.get("id") is not None]
    problems = [
        f"id {name!r} stands twice"
        for name in sorted(name for name, times in Counter(ids).items() if times > 1)
    ]
    known = set(ids)
    for element in everything:
        for attribute in ("aria-describedby", "aria-labelledby", "for", "aria-controls", "form"):
            missing = [name for name in element.get(attribute, "").split() if name not in known]
            problems += [f"{attribute} names {name!r}, which is not there" for name in missing]
        target = element.get("href", "")
        if _tag(element) == "a" and target.startswith("#") and len(target) > 1 and target[1:] not in known:
            problems.append(f"link to {target}, which is not there")
    return problems


def _labels(everything: list[Element]) -> list[str]:
    labelled = {element.get("for") for element in everything if _tag(element) == "label"}
    inside = {id(child) for label in everything if _tag(label) == "label" for child in label.iter()}
    problems = []
    for element in everything:
        tag = _tag(element)
        if tag not in {"input", "select", "textarea"} or element.get("type", "text") in UNLABELLED:
            continue
        named = element.get("aria-label") or element.get("aria-labelledby") or element.get("id") in labelled
        if not named and id(element) not in inside:
            problems.append(f"{tag} {element.get('name')!r} has no label")
    buttons = [element for element in everything if _tag(element) == "button"]
    silent = [button for button in buttons if not text_of(button) and not button.get("aria-label")]
    return [*problems, *("a button without words" for _ in silent)]


def _native(everything: list[Element]) -> list[str]:
    problems = []
    for element in everything:
        tag, role = _tag(element), element.get("role", "")
        if tag in TABLE and role:
            problems.append(f"role {role} on a native {tag}")
        if tag == "figure":
            inside = [_tag(child) for child in element if _tag(child)]
            if "figcaption" in inside[1:-1]:
                problems.append("figcaption is neither first nor last in its figure")
    return problems


def _landmarks(tree: Element) -> list[str]:
    found = [element for element in tree.iter() if _tag(element) in LANDMARKS]
    inside = {id(child) for landmark in found for child in landmark.iter()}
    outside = [one for one in tree.iter() if _tag(one) == "summary" and id(one) not in inside]
    return [f"outside every landmark: {text_of(one)!r}" for one in outside if found]


def _outcomes(everything: list[Element]) -> list[str]:
    """Find what was done and takes no focus: a live region that is full when a page opens is not announced.

    What a script fills later (`data-…`) may hold words from the beginning; the focus may have a better place.
    """
    if any(element.get("autofocus") is not None for element in everything):
        return []
    return [
        f"what was done does not take the focus: {text_of(element)[:40]!r}"
        for element in everything
        if element.get("role") == "status" and text_of(element) and not _is_filled_later(element)
    ]


def _is_filled_later(element: Element) -> bool:
    return any(str(name).startswith("data-") for name in element.attrib)


def _switches(tree: Element, everything: list[Element]) -> list[str]:
    """Find a way to another language that is not said in that language (WCAG 3.1.2)."""
    ways = [(one, one.get("hreflang")) for one in everything if _tag(one) == "a" and one.get("hreflang")]
    ways += [(one, one.get("value")) for one in everything if one.get("name") == "switch_to"]
    return [
        f"{text_of(one)!r} leads to {wanted} and is marked as {one.get('lang')}"
        for one, wanted in ways
        if wanted != tree.get("lang") and one.get("lang") != wanted
    ]


def _inline(everything: list[Element]) -> list[str]:
    problems = []
    for element in everything:
        tag = _tag(element)
        if tag == "style" or (tag == "script" and not element.get("src")):
            problems.append(f"inline {tag}")
        problems += [
            f"{name} on {tag}"
            for name in element.attrib
            if name == "style" or re.fullmatch(r"on[a-z]+", str(name))
        ]
        for name in ("src", "href"):
            if tag in {"script", "img", "link", "video", "audio", "source", "iframe"} and re.match(
                r"(?:https?:)?//", element.get(name, "")
            ):
                problems.append(f"{tag} asks another host for {element.get(name)}")
    return problems


def _runs(element: Element, lang: str) -> list[str]:
    if _tag(element) in {"script", "style", "code", "pre", "textarea"} or element.get("translate") == "no":
        return []
    here = element.get("lang", lang)
    found = [element.text or ""] if here.startswith("fr") else []
    for child in element:
        found += _runs(child, here)
        if here.startswith("fr"):
            found.append(child.tail or "")
    return found


def _french(tree: Element) -> list[str]:
    return [
        f"French typography: …{run[max(0, hit.start() - 20) : hit.end() + 10]!r}…"
        for run in _runs(tree, tree.get("lang", ""))
        for hit in BARE_COLON.finditer(run)
        if "://" not in run[hit.start() : hit.end() + 3]
    ]
