"""The size of a picture is read from its first bytes."""

from __future__ import annotations

import struct

import pytest

from lms.rendering.lessons.blocks_pictures import manner_of, size_of

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">II", 30, 20)
GIF = b"GIF89a" + struct.pack("<HH", 30, 20)
JPEG = b"\xff\xd8\xff\xe0\x00\x04ab" + b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", 20, 30) + b"\0\0\0"
WEBP = b"RIFF\0\0\0\0WEBPVP8X\n\0\0\0\0\0\0\0" + (29).to_bytes(3, "little") + (19).to_bytes(3, "little")


@pytest.mark.parametrize("raw", [PNG, GIF, JPEG, WEBP, b'<svg viewBox="0 0 30 20">'])
def test_known_pictures_tell_their_size(raw: bytes) -> None:
    assert size_of(raw) == (30, 20)


@pytest.mark.parametrize("raw", [b"", b"<svg>", b"\xff\xd8\xff", b"\xff\xd8zzzzzzzzzzzz", b"words"])
def test_others_tell_nothing(raw: bytes) -> None:
    assert size_of(raw) == (0, 0)


def test_a_picture_is_shown_in_the_dark_as_it_can_be() -> None:
    assert [
        manner_of(raw) for raw in (PNG, b"<svg>", b"<svg><style>@media (prefers-color-scheme:dark){}")
    ] == [
        "photo",
        "turned",
        "own",
    ]
    assert manner_of(b"") == ""
