"""What a picture or a recording says of whoever made it (place, device, name), taken out before it is kept.

A telephone writes into each picture where it was taken; a published file would tell everybody. What is seen
and heard stays byte for byte, and so does which side of a photograph is up. Holds JPEG, PNG, WebP and MP4;
other kinds are handed back as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Literal

_START_OF_SCAN, _END, _FILL = 0xDA, 0xD9, 0xFF
_JFIF, _EXIF, _ICC, _ADOBE, _COMMENT = 0xE0, 0xE1, 0xE2, 0xEE, 0xFE
_APPLICATIONS = range(0xE0, 0xF0)
_AFTER_SCAN = re.compile(rb"\xff(?![\x00\xff\xd0-\xd7])")
_UPRIGHT, _ORIENTATION = 1, 0x0112
_EXIF_HEAD = b"Exif\0\0"
#: One entry of a directory of Exif: how the picture was held.
_HELD = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0%c\0\0\0\0\0\0\0"
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_PNG_PRIVATE = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
_WEBP_PRIVATE = frozenset({b"EXIF", b"XMP "})
_WEBP_FLAGS = 0x0C  # of the two above
_BOXES, _BOXES_PRIVATE = frozenset({b"moov", b"trak"}), frozenset({b"udta", b"meta", b"uuid"})
_DIRECTORY, _ENTRY, _MOST_ENTRIES = 2, 12, 64


def without_private(content: bytes, suffix: str) -> bytes:
    """Return a file without what it says of whoever made it; `suffix` is what `media_types.type_of` says.

    >>> without_private(b"GIF89a", "gif")
    b'GIF89a'
    """
    return _WAYS.get(suffix, bytes)(content)


def tells_more(content: bytes, suffix: str) -> bool:
    """Return whether a file may hold such details in a place where they cannot be taken out.

    >>> tells_more(b"....ftypavif ... infe ... Exif", "avif")
    True
    """
    return suffix == "avif" and (b"Exif" in content or b"application/rdf+xml" in content)


# --- JPEG -----------------------------------------------------------------------------------------------
def _jpeg(raw: bytes) -> bytes:
    return raw[:2] + b"".join(_jpeg_parts(raw))


def _jpeg_parts(raw: bytes) -> Iterator[bytes]:
    """Go through the segments that stay; what follows the picture is left out."""
    at = 2
    while at + 4 <= len(raw) and raw[at] == _FILL:
        kind = raw[at + 1]
        if kind == _FILL:
            at += 1
            continue
        if kind == _END:
            break
        end = at + 2 + int.from_bytes(raw[at + 2 : at + 4], "big")
        yield _segment(kind, raw[at:end])
        at = end
        if kind == _START_OF_SCAN:
            found = _AFTER_SCAN.search(raw, at)
            end = found.start() if found else len(raw)
            yield raw[at:end]
            at = end
    yield b"\xff\xd9"


def _segment(kind: int, segment: bytes) -> bytes:
    said = segment[4:]
    if kind == _EXIF and said.startswith(_EXIF_HEAD):
        held = _held(said[len(_EXIF_HEAD) :])
        told = _EXIF_HEAD + _HELD % held
        return b"" if held == _UPRIGHT else b"\xff\xe1" + (len(told) + 2).to_bytes(2, "big") + told
    is_needed = kind in {_JFIF, _ADOBE} or (kind == _ICC and said.startswith(b"ICC_PROFILE"))
    is_private = kind == _COMMENT or (kind in _APPLICATIONS and not is_needed)
    return b"" if is_private else segment


def _held(exif: bytes) -> int:
    """Return how the picture was held, 1 to 8 (Exif 2.32, 4.6.4 A); 1 where that is not said."""
    order: Literal["little", "big"] = "little" if exif[:2] == b"II" else "big"
    directory = int.from_bytes(exif[4:8], order)
    count = int.from_bytes(exif[directory : directory + _DIRECTORY], order)
    for number in range(min(count, _MOST_ENTRIES)):
        start = directory + _DIRECTORY + number * _ENTRY
        if int.from_bytes(exif[start : start + 2], order) == _ORIENTATION:
            held = int.from_bytes(exif[start + 8 : start + 10], order)
            return held if held in range(1, 9) else _UPRIGHT
    return _UPRIGHT


# --- PNG, WebP --------------------------------------------------------------------------------------------
def _png(raw: bytes) -> bytes:
    made, at, kind = [_PNG_HEAD], len(_PNG_HEAD), b""
    while at + 12 <= len(raw) and kind != b"IEND":
        end = at + 12 + int.from_bytes(raw[at : at + 4], "big")
        kind = raw[at + 4 : at + 8]
        if kind not in _PNG_PRIVATE:
            made.append(raw[at:end])
        at = end
    return b"".join(made)


def _webp(raw: bytes) -> bytes:
    made, at = [], 12
    while at + 8 <= len(raw):
        size = int.from_bytes(raw[at + 4 : at + 8], "little")
        end, kind = at + 8 + size + size % 2, raw[at : at + 4]
        chunk = raw[at:end]
        if kind == b"VP8X":
            chunk = chunk[:8] + bytes([*chunk[8:9]]).translate(_WITHOUT_FLAGS) + chunk[9:]
        if kind not in _WEBP_PRIVATE:
            made.append(chunk)
        at = end
    body = b"WEBP" + b"".join(made)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


_WITHOUT_FLAGS = bytes(one & ~_WEBP_FLAGS for one in range(256))


# --- MP4 --------------------------------------------------------------------------------------------------
def _mp4(raw: bytes) -> bytes:
    """Blank the boxes in their places: whatever else names a place in the file still finds it."""
    made = bytearray(raw)
    _blank(made, 0, len(made))
    return bytes(made)


def _blank(made: bytearray, at: int, end: int) -> None:
    while at + 8 <= end:
        size, kind = int.from_bytes(made[at : at + 4], "big"), bytes(made[at + 4 : at + 8])
        head = 8
        if size == 1:
            size, head = int.from_bytes(made[at + 8 : at + 16], "big"), 16
        stop = min(end, at + size) if size else end
        if stop < at + head:  # no box can be so small
            return
        if kind in _BOXES:
            _blank(made, at + head, stop)
        elif kind in _BOXES_PRIVATE:
            made[at + 4 : at + 8] = b"free"
            made[at + head : stop] = bytes(stop - at - head)
        at = stop


_WAYS: Mapping[str, Callable[[bytes], bytes]] = {
    "jpg": _jpeg,
    "png": _png,
    "webp": _webp,
    "mp4": _mp4,
    "m4a": _mp4,
}
