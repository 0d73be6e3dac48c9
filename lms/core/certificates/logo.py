"""The issuer's logo on certificates: which pictures can be printed as they are, for ever and by themselves.

A PNG that is whole, or an SVG of shapes alone: nothing in it is fetched, runs, or needs a font, so that a
certificate looks the same on every machine and its PDF asks nobody for anything. Holds no file and no words.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from hashlib import sha256
from xml.etree.ElementTree import Element, ParseError, XMLParser

from lms.core.errors import Invalid

LARGEST = 200_000  # bytes
MOST_DOTS = 2_000  # of a PNG, on each side
_PNG = b"\x89PNG\r\n\x1a\n"
_FIXED = 12  # bytes of a chunk beside its content (PNG, third edition, 5.3)
_SVG = "{http://www.w3.org/2000/svg}"
#: Gradients are none: one engine in wide use (Poppler) then draws nothing of the picture.
_SHAPES = r"svg|g|defs|title|desc|metadata|style|path|rect|circle|ellipse|line|polyline|polygon|clipPath"
_UNSAFE = re.compile(
    r"<!DOCTYPE|<!ENTITY|<\?xml-stylesheet|@import|@font-face|url\(\s*[\"']?(?!#)|\\", re.IGNORECASE
)
_SIDE = re.compile(r"\s*(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:px|pt|mm|cm|in)?\s*")


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture that can be printed: its bytes, and its media type."""

    content: bytes
    type: str

    @property
    def digest(self) -> str:
        """Return by what it is kept and asked for: the SHA-256 of its bytes."""
        return sha256(self.content).hexdigest()


def read_logo(content: bytes) -> Logo:
    """Return a picture that can be printed on certificates.

    Raises: Invalid `logo.large`, `logo.wide`, `logo.kind`, `logo.damaged`, `logo.unsafe`, `logo.no-size`.
    """
    if len(content) > LARGEST:
        raise Invalid("logo.large", limit=LARGEST // 1000)
    if content.startswith(_PNG):
        _judge_png(content)
        return Logo(content, "image/png")
    if b"<svg" not in content:
        raise Invalid("logo.kind")
    _judge_svg(content)
    return Logo(content, "image/svg+xml")


def _judge_png(content: bytes) -> None:
    """Raise Invalid unless every chunk is whole and the dots are all there."""
    at, packed, kinds = len(_PNG), [], []
    while at + _FIXED <= len(content):
        size = int.from_bytes(content[at : at + 4], "big")
        body = content[at + 4 : at + 8 + size]
        if zlib.crc32(body).to_bytes(4, "big") != content[at + 8 + size : at + _FIXED + size]:
            raise Invalid("logo.damaged")
        kinds.append(body[:4])
        packed += [body[4:]] if body[:4] == b"IDAT" else []
        at += _FIXED + size
    if at != len(content) or kinds[:1] != [b"IHDR"] or kinds[-1] != b"IEND":
        raise Invalid("logo.damaged")
    wide, high = (int.from_bytes(content[start : start + 4], "big") for start in (16, 20))
    if not (0 < wide <= MOST_DOTS and 0 < high <= MOST_DOTS):
        raise Invalid("logo.wide", limit=MOST_DOTS)
    unpacking = zlib.decompressobj()
    try:
        unpacking.decompress(b"".join(packed), MOST_DOTS * (MOST_DOTS * 8 + 1))
    except zlib.error as problem:
        raise Invalid("logo.damaged") from problem
    if not unpacking.eof:
        raise Invalid("logo.damaged")


def _judge_svg(content: bytes) -> None:
    """Raise Invalid for a drawing that is not XML, has no size, or holds anything but shapes."""
    try:
        text = content.decode("utf-8-sig")
        if hit := _UNSAFE.search(text):
            raise Invalid("logo.unsafe", found=hit[0])
        parser = XMLParser()  # noqa: S314  # what declares entities was refused above
        parser.feed(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
        root = parser.close()
    except (UnicodeDecodeError, ParseError) as problem:
        raise Invalid("logo.damaged") from problem
    if root.tag != f"{_SVG}svg":
        raise Invalid("logo.kind")
    for element in root.iter():
        _judge_element(element)
    sides = (root.get("width", ""), root.get("height", ""))
    if not (root.get("viewBox") or all(map(_SIDE.fullmatch, sides))):
        raise Invalid("logo.no-size")


def _judge_element(element: Element) -> None:
    """Raise Invalid for what is no shape, runs, or leads elsewhere; other programs' notes are not drawn."""
    name = str(element.tag)
    if name.startswith(_SVG) and not re.fullmatch(_SHAPES, name.removeprefix(_SVG)):
        raise Invalid("logo.unsafe", found=f"<{name.removeprefix(_SVG)}>")
    for attribute, value in element.attrib.items():
        bare = attribute.rpartition("}")[2].lower()
        if bare.startswith("on") or (bare in {"href", "src"} and not value.startswith("#")):
            raise Invalid("logo.unsafe", found=f"{bare}=")
