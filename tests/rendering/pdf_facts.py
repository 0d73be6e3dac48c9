"""Reads what a screen reader meets in a PDF: title, language, the tag tree in its order, links, attachments.

Reads the file alone, by pikepdf, and knows nothing of how it was made.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf


@dataclass
class Tag:
    """One element of the tag tree; `text` is what is read for it, `lang` its own or inherited language."""

    name: str
    lang: str
    text: str = ""
    alt: str = ""
    box: tuple[float, ...] = ()
    contents: str = ""
    children: list[Tag] = field(default_factory=list)

    def walk(self) -> Iterator[Tag]:
        """Go through the tree in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def words(self) -> str:
        """Return all words of the element, as they are read."""
        return " ".join(tag.text for tag in self.walk() if tag.text).strip()


@dataclass(frozen=True)
class Facts:
    """What is known of a PDF."""

    title: str
    shows_title: bool
    lang: str
    tree: Tag
    links: list[str]
    pages: int
    page_size: tuple[float, float]
    xmp: str
    tab_orders: list[str]

    def of(self, *names: str) -> list[Tag]:
        """List the elements with these tags, in reading order."""
        return [tag for tag in self.tree.walk() if tag.name in names]


def _glyphs(page: pikepdf.Page) -> dict[int, str]:
    """Return the text of each piece of marked content, by the fonts' own maps to Unicode."""
    fonts = {name: _to_unicode(font) for name, font in page.resources.Font.items()}
    found: dict[int, str] = {}
    current, font = -1, {}
    for instruction in pikepdf.parse_content_stream(page):
        operands = list(instruction.operands)
        operator = str(instruction.operator)
        match operator:
            case "BDC":
                properties = operands[1]
                current = (
                    int(properties.get("/MCID", -1)) if isinstance(properties, pikepdf.Dictionary) else -1
                )
            case "EMC":
                current = -1
            case "Tf":
                font = fonts[str(operands[0])]
            case "Tj" | "TJ":
                pieces = operands[0] if operator == "TJ" else [operands[0]]
                codes = b"".join(bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))
                pairs = [int.from_bytes(codes[at : at + 2], "big") for at in range(0, len(codes), 2)]
                found[current] = found.get(current, "") + "".join(font.get(code, "\ufffd") for code in pairs)
    return found


def _to_unicode(font: pikepdf.Object) -> dict[int, str]:
    text = font.ToUnicode.read_bytes().decode("ascii")
    mapped: dict[int, str] = {}
    for line in text.splitlines():
        parts = line.replace("<", " ").replace(">", " ").split()
        if len(parts) == 2 and all(_is_hex(part) for part in parts):
            mapped[int(parts[0], 16)] = bytes.fromhex(parts[1]).decode("utf-16-be")
    return mapped


def _is_hex(text: str) -> bool:
    return bool(text) and len(text) % 4 == 0 and all(sign in "0123456789abcdefABCDEF" for sign in text)


def _tag(entry: pikepdf.Object, lang: str, glyphs: dict[int, str]) -> Tag:
    own = str(entry.get("/Lang", lang))
    tag = Tag(str(entry.S)[1:], own, alt=str(entry.get("/Alt", "")))
    attributes = entry.get("/A")
    if attributes is not None and "/BBox" in attributes:
        tag.box = tuple(float(side) for side in attributes.BBox)
    for kid in _list(entry.get("/K")):
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR":
            tag.contents = str(kid.Obj.get("/Contents", ""))
        elif isinstance(kid, pikepdf.Dictionary):
            tag.children.append(_tag(kid, own, glyphs))
        else:
            tag.text += glyphs.get(int(kid), "")
    if "/ActualText" in entry:
        tag.text = str(entry.ActualText)
        tag.children = []
    return tag


def _list(kids: Any) -> list[Any]:
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def facts(content: bytes) -> Facts:
    """Read a PDF."""
    with pikepdf.open(io.BytesIO(content)) as file:
        root = file.Root
        page = file.pages[0]
        box = [float(side) for side in page.MediaBox]
        document = root.StructTreeRoot.K[0]
        xmp = root.Metadata.read_bytes().decode()
        return Facts(
            title=str(file.open_metadata().get("dc:title", "")),
            shows_title=bool(root.ViewerPreferences.DisplayDocTitle),
            lang=str(root.Lang),
            tree=_tag(document, str(root.Lang), _glyphs(page)),
            links=[str(note.A.URI) for note in page.get("/Annots", []) if note.Subtype == "/Link"],
            pages=len(file.pages),
            page_size=(box[2] - box[0], box[3] - box[1]),
            xmp=xmp,
            tab_orders=[str(one.get("/Tabs", "")) for one in file.pages],
        )
