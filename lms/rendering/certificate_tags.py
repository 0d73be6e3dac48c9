"""What the layout engine leaves out of a PDF's tag tree, put back before the file is written.

The engine (WeasyPrint 70) tags what it draws, but drops the language of parts, writes words of other scripts
in the order in which they are drawn, and gives a picture's place in its own measure. Each element of the
sheet makes one element of the tag tree, so both are walked side by side; if they ever differ, nothing is
written. Holds no drawing. Called by `certificate_pdf`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

_TAGS = {"h1": "/H1", "p": "/P", "div": "/Div", "span": "/Span", "a": "/Link", "img": "/Figure"}
_POINTS = 0.75  # of a CSS pixel
#: Beyond this letter, scripts may be drawn in another order than they are read, or joined into one drawing.
_PLAIN = "\u058f"


@dataclass(frozen=True, slots=True)
class Part:
    """An element of the sheet: its tag, its language (or the one it inherits), and its own words."""

    tag: str
    lang: str
    text: str


@dataclass(slots=True)
class Tagged:
    """An element of the tag tree, and the runs of words directly in it."""

    entry: dict[str, Any]
    runs: list[dict[str, Any]] = field(default_factory=list)


class TagsDiffer(RuntimeError):
    """The tag tree does not mirror the sheet, so it cannot be repaired, and must not be handed out."""


def parts(element: Element, lang: str) -> Iterator[Part]:
    """Go through a sheet's body in reading order."""
    for child in element:
        if not isinstance(child.tag, str):
            continue
        here = child.get("lang", lang)
        yield Part(child.tag, here, " ".join((child.text or "").split()))
        yield from parts(child, here)


def _kids(pdf: Any, entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for kid in entry["K"]:
        if not isinstance(kid, int):
            found = pdf.objects[int(kid.split()[0])]
            if found.get("Type") == "/StructElem":
                yield found


def _is_run(entry: dict[str, Any]) -> bool:
    return entry["S"] == "/Span" and all(isinstance(kid, int) for kid in entry["K"])


def tagged(pdf: Any, entry: dict[str, Any]) -> Iterator[Tagged]:
    """Go through the tag tree below an element in reading order, words gathered into what holds them."""
    for kid in _kids(pdf, entry):
        if _is_run(kid):
            continue
        yield Tagged(kid, [one for one in _kids(pdf, kid) if _is_run(one)])
        yield from tagged(pdf, kid)


def repair(pdf: Any, body: Element, page_height: float, text: Any) -> None:
    """Give every element its language, words their reading order, and pictures their place in points.

    `pdf` is the engine's unwritten file, `page_height` is in CSS pixels and `text` makes a PDF string.
    ISO 32000-1 14.9.2 (language), 14.9.4 (actual text), 14.8.5.4.3 (BBox).

    Raises: TagsDiffer when the tag tree does not mirror the sheet.
    """
    root = pdf.objects[int(pdf.catalog["StructTreeRoot"].split()[0])]
    document = next(_kids(pdf, root))
    main = body.get("lang", "")
    document["Lang"] = text(main)
    wanted, found = list(parts(body, main)), list(tagged(pdf, document))
    if [_TAGS.get(one.tag) for one in wanted] != [one.entry["S"] for one in found]:
        raise TagsDiffer
    for part, tag in zip(wanted, found, strict=True):
        _mend(part, tag, page_height, text)


def _mend(part: Part, tag: Tagged, page_height: float, text: Any) -> None:
    tag.entry["Lang"] = text(part.lang)
    if any(sign.isalpha() and sign > _PLAIN for sign in part.text):
        (tag.runs[0] if len(tag.runs) == 1 else tag.entry)["ActualText"] = text(part.text)
    if part.tag == "img":
        left, top, right, bottom = (side * _POINTS for side in tag.entry["A"]["BBox"])
        height = page_height * _POINTS
        tag.entry["A"]["BBox"][:] = [left, height - bottom, right, height - top]
