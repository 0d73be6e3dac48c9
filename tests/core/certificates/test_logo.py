"""Which pictures can be a logo on certificates: whole, of a size, and asking nobody for anything."""

from __future__ import annotations

from struct import pack
from zlib import compress, crc32

import pytest

from lms.core.certificates.logo import LARGEST, MOST_DOTS, read_logo
from lms.core.errors import Invalid
from tests.builders_certificates import DRAWN_LOGO, png_logo

PNG = png_logo()
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40">'


def drawing(inside: str, head: str = HEAD) -> bytes:
    return f"{head}{inside}</svg>".encode()


def refusal(content: bytes) -> Invalid:
    with pytest.raises(Invalid) as refused:
        read_logo(content)
    return refused.value


def chunk(kind: bytes, content: bytes) -> bytes:
    return pack(">I", len(content)) + kind + content + pack(">I", crc32(kind + content))


def test_whole_pictures_are_taken_as_they_are() -> None:
    assert (read_logo(PNG).type, read_logo(PNG).content) == ("image/png", PNG)
    assert (read_logo(DRAWN_LOGO).type, read_logo(DRAWN_LOGO).content) == ("image/svg+xml", DRAWN_LOGO)
    assert read_logo(PNG).digest != read_logo(DRAWN_LOGO).digest


@pytest.mark.parametrize(
    "content",
    [
        b'<?xml version="1.0" encoding="UTF-8"?>\n' + DRAWN_LOGO,
        b"\xef\xbb\xbf" + DRAWN_LOGO,
        drawing("", '<svg xmlns="http://www.w3.org/2000/svg" width="40mm" height="12.5mm">'),
        drawing('<clipPath id="a"><path d="M0 0h1v1z"/></clipPath><g clip-path="url(#a)"/>'),
        drawing('<x:note xmlns:x="urn:editor" x:src="#a"/><style>.a{fill:#06c}</style><path class="a"/>'),
    ],
)
def test_drawings_as_programs_save_them(content: bytes) -> None:
    assert read_logo(content).type == "image/svg+xml"


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ('<image href="https://a.example/b.png"/>', "<image>"),
        ('<use href="#a"/>', "<use>"),
        ("<text>Name</text>", "<text>"),
        ("<script/>", "<script>"),
        ("<foreignObject/>", "<foreignObject>"),
        ("<linearGradient/>", "<linearGradient>"),
        ("<filter/>", "<filter>"),
        ('<path onload="x()"/>', "onload="),
        ('<g xmlns:x="http://www.w3.org/1999/xlink" x:href="https://a.example"/>', "href="),
        ("<style>@import 'https://a.example/b.css';</style>", "@import"),
        ("<style>@font-face{src:url(#a)}</style>", "@font-face"),
        ('<path fill="url(https://a.example/b.svg#c)"/>', "url("),
        ("<style>.a{fill:u\\72l(https://a.example)}</style>", "\\"),
    ],
)
def test_a_drawing_that_needs_or_does_anything_else_is_refused_with_what_was_found(
    inside: str, found: str
) -> None:
    refused = refusal(drawing(inside))
    assert (refused.code, refused.params) == ("logo.unsafe", {"found": found})


def test_entities_and_style_sheets_elsewhere_are_refused() -> None:
    declared = b'<!DOCTYPE svg [<!ENTITY a "a">]>' + DRAWN_LOGO
    assert refusal(declared).params == {"found": "<!DOCTYPE"}
    styled = b'<?xml-stylesheet href="https://a.example/b.css"?>' + DRAWN_LOGO
    assert refusal(styled).params == {"found": "<?xml-stylesheet"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "logo.kind"),
        (b"\xff\xd8\xff\xe0", "logo.kind"),
        (b"<svg><path/></svg>", "logo.kind"),
        (b"<html><svg/></html>", "logo.kind"),
        (PNG[:8], "logo.damaged"),
        (PNG[:-1], "logo.damaged"),
        (PNG + b"x", "logo.damaged"),
        (PNG[:40] + b"x" + PNG[41:], "logo.damaged"),
        (PNG[:8] + chunk(b"IEND", b""), "logo.damaged"),
        (DRAWN_LOGO[:-6], "logo.damaged"),
        (DRAWN_LOGO + b"\xff", "logo.damaged"),
        (drawing("", '<svg xmlns="http://www.w3.org/2000/svg">'), "logo.no-size"),
        (drawing("", '<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="50%">'), "logo.no-size"),
        (b" " * LARGEST + DRAWN_LOGO, "logo.large"),
        (png_logo(wide=MOST_DOTS + 1), "logo.wide"),
        (png_logo(high=0), "logo.wide"),
    ],
)
def test_what_cannot_be_printed_is_refused(content: bytes, code: str) -> None:
    assert refusal(content).code == code


@pytest.mark.parametrize("dots", [b"no dots", compress(bytes(900))[:-8]])
def test_a_png_whose_dots_are_not_all_there_is_refused(dots: bytes) -> None:
    head = chunk(b"IHDR", pack(">IIBBBBB", 8, 8, 8, 6, 0, 0, 0))
    assert refusal(PNG[:8] + head + chunk(b"IDAT", dots) + chunk(b"IEND", b"")).code == "logo.damaged"
