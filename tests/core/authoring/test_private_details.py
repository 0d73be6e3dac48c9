"""Where a picture was taken, by whom and with what is taken out; what is seen and heard stays."""

from __future__ import annotations

import pytest

from lms.core.authoring.lessons.private_details import tells_more, without_private
from tests.builders_pictures import a_jpeg, a_png, a_webp, box, exif, segment

JFIF = segment(0xE0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0")
COLOURS = segment(0xE2, b"ICC_PROFILE\0\x01\x01colours")
ADOBE = segment(0xEE, b"Adobe\0d\0\0\0\0\x01")
PRIVATE = (
    segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0GPSLatitude"),
    segment(0xED, b"Photoshop 3.0\0Ana"),
    segment(0xE2, b"MPF\0more pictures"),
    segment(0xFE, b"taken at home"),
)


def test_a_photograph_keeps_its_picture_and_its_colours() -> None:
    told = a_jpeg(JFIF, *PRIVATE, segment(0xE1, exif("<")), COLOURS, ADOBE, after=b"\xff\xd8\xffGPS")
    assert without_private(told, "jpg") == a_jpeg(JFIF, COLOURS, ADOBE)
    assert without_private(a_jpeg(b"\xff" + JFIF), "jpg") == a_jpeg(JFIF)  # a byte that only fills


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("held", [1, 3, 6, 8, 0, 9])
def test_which_side_is_up_stays(order: str, held: int) -> None:
    made = without_private(a_jpeg(segment(0xE1, exif(order, (0x010F, 7), (0x0112, held)))), "jpg")
    assert b"GPS" not in made
    if held in {3, 6, 8}:
        assert made == without_private(made, "jpg")
        assert made.startswith(b"\xff\xd8\xff\xe1")
        assert len(made) < len(a_jpeg()) + 50
    else:
        assert made == a_jpeg()


@pytest.mark.parametrize("length", range(3, 40))
def test_a_photograph_that_is_cut_short_is_handed_back_without_a_fault(length: int) -> None:
    told = a_jpeg(segment(0xE1, exif("<", (0x0112, 6))))
    assert b"GPS" not in without_private(told[:length], "jpg")
    assert b"GPS" not in without_private(told[:-30], "jpg")


def test_a_png_file_keeps_what_draws_it() -> None:
    more = (
        (b"eXIf", b"GPS"),
        (b"tEXt", b"Author\0Ana"),
        (b"iTXt", b"XML"),
        (b"zTXt", b"x"),
        (b"tIME", b"1234567"),
    )
    assert without_private(a_png(1, 1, (b"gAMA", b"\0\0\xb1\x8f"), *more) + b"GPS", "png") == a_png(
        1, 1, (b"gAMA", b"\0\0\xb1\x8f")
    )


def test_a_webp_file_says_that_there_is_nothing_more() -> None:
    told = a_webp((b"EXIF", b"GPS"), (b"XMP ", b"more"), flags=0x1C)
    assert without_private(told, "webp") == a_webp(flags=0x10)


@pytest.mark.parametrize("suffix", ["mp4", "m4a"])
def test_a_recording_keeps_every_place(suffix: str) -> None:
    there = box(b"udta", box(b"\xa9xyz", b"+45.4215-075.6972/"))
    sound = box(b"mdia", b"sound")

    def recording(private: bytes) -> bytes:
        inside = box(b"trak", sound + private, large=True) + private
        return box(b"ftyp", b"isom") + box(b"moov", inside) + private + box(b"mdat", b"all")

    blank = box(b"free", bytes(len(there) - 8))
    assert without_private(recording(there), suffix) == recording(blank)
    for odd in (box(b"mdat", b"x") + b"\0\0\0\x03udta", b"\0\0\0\0mdat rest", b"\0\0"):
        assert without_private(odd, suffix) == odd


def test_other_kinds_are_handed_back_as_they_are() -> None:
    for suffix in ("gif", "svg", "webm", "avif", ""):
        assert without_private(b"as it is", suffix) == b"as it is"


def test_what_cannot_be_taken_out_is_told() -> None:
    assert tells_more(b"ftypavif infe Exif", "avif")
    assert tells_more(b"ftypavif application/rdf+xml", "avif")
    assert not tells_more(b"ftypavif", "avif")
    assert not tells_more(b"Exif", "jpg")
