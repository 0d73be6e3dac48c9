"""What a page knows of a picture: its size, so that nothing jumps when it arrives, and how it meets the dark.

Holds the reading of a few bytes of SVG, PNG, GIF, JPEG and WebP files.
"""

from __future__ import annotations

import re

_VIEW_BOX = re.compile(
    rb'viewBox="\s*[-\d.]+[ ,]+[-\d.]+[ ,]+(\d{1,6}(?:\.\d+)?)[ ,]+(\d{1,6}(?:\.\d+)?)\s*"'
)
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


def size_of(raw: bytes) -> tuple[int, int]:
    """Return width and height; (0, 0) when they cannot be told.

    >>> size_of(b'<svg viewBox="0 0 720 420">')
    (720, 420)
    """
    if raw[:8] == b"\x89PNG\r\n\x1a\n":
        return int.from_bytes(raw[16:20], "big"), int.from_bytes(raw[20:24], "big")
    if raw[:3] == b"GIF":
        return int.from_bytes(raw[6:8], "little"), int.from_bytes(raw[8:10], "little")
    if raw[:2] == b"\xff\xd8":
        return _jpeg(raw)
    if raw[:4] == b"RIFF" and raw[12:16] == b"VP8X":
        return int.from_bytes(raw[24:27], "little") + 1, int.from_bytes(raw[27:30], "little") + 1
    box = _VIEW_BOX.search(raw[:2000])
    return (round(float(box[1])), round(float(box[2]))) if box else (0, 0)


def manner_of(raw: bytes) -> str:
    """Return how a picture is shown in the dark.

    `own`: a drawing that has colours for the dark itself, `turned`: a drawing without, whose light ground is
    turned dark, `photo`: anything else, which is dimmed; '' for what is no picture.

    >>> manner_of(b'<svg viewBox="0 0 720 420">'), manner_of(b"GIF89a"), manner_of(b"")
    ('turned', 'photo', '')
    """
    if not raw:
        return ""
    if b"<svg" not in raw[:2000]:
        return "photo"
    return "own" if b"prefers-color-scheme" in raw else "turned"


def _jpeg(raw: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(raw) and raw[at] == 0xFF:  # noqa: PLR2004  # each segment begins so
        if raw[at + 1] in _FRAMES:
            return int.from_bytes(raw[at + 7 : at + 9], "big"), int.from_bytes(raw[at + 5 : at + 7], "big")
        at += 2 + int.from_bytes(raw[at + 2 : at + 4], "big")
    return 0, 0
