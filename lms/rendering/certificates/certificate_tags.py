"""What the layout engine leaves out of a PDF's tag tree, put back before the file is written.

The engine (WeasyPrint 70) tags what it draws, but drops the language of parts, writes words of other scripts
in the order in which they are drawn, and gives a picture's place in its own measure. Each element of the
sheet makes one element of the tag tree, so both are walked side by side; if they ever differ, nothing is
written. What is read for an element stands in the tag tree, and once more on what is drawn for it: readers
that copy and search look there alone (decision 0079). Holds no drawing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from unicodedata import combining
from xml.etree.ElementTree import Element

from lms.rendering.certificates.reading_back import is_right_to_left

_TAGS = {"h1": "/H1", "p": "/P", "div": "/Div", "span": "/Span", "a": "/Link", "img": "/Figure"}
_POINTS = 0.75  # of a CSS pixel
#: Beyond this letter, scripts may be drawn in another order than they are read, or joined into one drawing.
_PLAIN = "\u058f"
#: The class of an element whose words are one, over however many lines they are drawn: a person's name.
_WHOLE = "name"


@dataclass(frozen=True, slots=True)
class TaggedPart:
    """An element of the sheet: its tag, its language (or the one it inherits), and its own words.

    `is_whole` says that its words are one, however many lines they take.
    """

    tag: str
    lang: str
    text: str
    is_whole: bool

    @property
    def is_drawn_otherwise(self) -> bool:
        """Whether what is drawn may read otherwise than what was written."""
        return any(_is_odd(sign) for sign in self.text)


@dataclass(slots=True)
class Tagged:
    """An element of the tag tree, and the runs of words directly in it."""

    entry: dict[str, Any]
    runs: list[dict[str, Any]] = field(default_factory=list)


class TagsDiffer(RuntimeError):
    """The tag tree does not mirror the sheet, so it cannot be repaired, and must not be handed out."""


def _is_odd(sign: str) -> bool:
    return bool(combining(sign)) or (sign.isalpha() and sign > _PLAIN)


def parts(element: Element, lang: str) -> Iterator[TaggedPart]:
    """Go through a sheet's body in reading order."""
    for child in element:
        if not isinstance(child.tag, str):
            continue
        here = child.get("lang", lang)
        text = " ".join((child.text or "").split())
        yield TaggedPart(child.tag, here, text, _WHOLE in child.get("class", "").split())
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
    """Return every element its language, words their reading order, and pictures their place in points.

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
    drawn = _Drawn(pdf, root)
    for part, tag in zip(wanted, found, strict=True):
        tag.entry["Lang"] = text(part.lang)
        if part.tag == "img":
            _place(tag.entry["A"]["BBox"], page_height)
        elif part.text and (part.is_whole or part.is_drawn_otherwise):
            _say(part, tag, drawn, text)


def _place(box: list[float], page_height: float) -> None:
    left, top, right, bottom = (side * _POINTS for side in box)
    height = page_height * _POINTS
    box[:] = [left, height - bottom, right, height - top]


def _say(part: TaggedPart, tag: Tagged, drawn: _Drawn, text: Any) -> None:
    """Write what is read for an element where it is tagged, and where it is drawn.

    Not where words from right to left are drawn: readers turn such a text round, and read right what stands
    there without it.
    """
    if not is_right_to_left(part.text):
        marks = [mark for run in tag.runs for mark in run["K"]]
        drawn.say(marks, text(part.text))
        if len(marks) > 1:
            first: Any = tag.runs[0]
            first["K"][:] = marks[:1]
            tag.entry["K"][:] = [kid for kid in tag.entry["K"] if kid == first.reference]
            tag.runs[:] = [first]
    (tag.runs[0] if len(tag.runs) == 1 else tag.entry)["ActualText"] = text(part.text)


class _Drawn:
    """The pieces of marked content in what is drawn, by their ids (ISO 32000-1 14.6, 14.7.4.4)."""

    def __init__(self, pdf: Any, root: dict[str, Any]) -> None:
        self._streams = [one.stream for one in pdf.objects if isinstance(getattr(one, "stream", None), list)]
        self._parents = pdf.objects[int(root["ParentTree"].split()[0])]["Nums"]

    def say(self, marks: Sequence[int], text: Any) -> None:
        """Write what is read for consecutive pieces, which become one: the first.

        The text stands on the piece itself: one reader drops what is drawn when it stands around it.
        """
        for drawn in self._streams:
            begins = [
                at for at, one in enumerate(drawn) if isinstance(one, dict) and one.get("MCID") in marks
            ]
            if not begins:
                continue
            drawn[begins[0]]["ActualText"] = text
            end = drawn.index(b"EMC", begins[-1])
            inside = range(begins[0] + 2, end)
            seams = {at + step for at in begins[1:] for step in (-1, 0, 1)}
            kept = [drawn[at] for at in inside if at not in seams and drawn[at] != b"EMC"]
            drawn[inside.start : end] = kept
        for mark in marks[1:]:
            self._parents[1][mark] = "null"
