"""QR codes: as a path for a page, as a picture for a PDF (where a path costs a third of the whole layout).

Holds the drawing only; the address stands in text beside it wherever it is used.
"""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from struct import pack
from zlib import compress, crc32

import segno

QUIET = 4  # modules of white around the code (ISO/IEC 18004, 9.1)
MASK = 0  # a chequerboard; trying all eight takes longer than drawing the page around the code
_DOTS = 4  # of the picture for one module, so that a viewer that smooths it only blurs an edge
_PNG = b"\x89PNG\r\n\x1a\n"

Rows = tuple[bytes, ...]


@lru_cache(maxsize=8)
def _rows(address: str) -> Rows:
    code = segno.make(address, error="m", micro=False, mask=MASK)
    return tuple(bytes(row) for row in code.matrix)


def qr_path(address: str) -> tuple[str, int]:
    """Return the dark modules as an SVG path, and the side length with its quiet zone, both in modules."""
    rows = _rows(address)
    steps = [
        f"M{start + QUIET} {y + QUIET}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _runs(row)
    ]
    return "".join(steps), len(rows) + 2 * QUIET


def _runs(row: bytes) -> list[tuple[int, int]]:
    """Return (start, length) of every dark run."""
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if not dark:
            continue
        if runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((x, 1))
    return runs


def qr_picture(address: str) -> str:
    """Return the code with its quiet zone as a data address of a PNG; the same bytes for the same address."""
    rows = _rows(address)
    side = (len(rows) + 2 * QUIET) * _DOTS
    blank = _line(bytes(len(rows)), side) * QUIET
    lines = blank + b"".join(_line(row, side) for row in rows) + blank
    chunks = (
        _chunk(b"IHDR", pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)),
        _chunk(b"IDAT", compress(lines)),
        _chunk(b"IEND", b""),
    )
    return f"data:image/png;base64,{b64encode(_PNG + b''.join(chunks)).decode()}"


def _line(row: bytes, side: int) -> bytes:
    """Write one row of modules as rows of a picture, one bit a dot, white where there is nothing."""
    edge = "1" * QUIET * _DOTS
    bits = edge + "".join("0" * _DOTS if dark else "1" * _DOTS for dark in row) + edge
    whole = -(-side // 8)
    return (b"\0" + int(bits.ljust(whole * 8, "1"), 2).to_bytes(whole, "big")) * _DOTS


def _chunk(kind: bytes, content: bytes) -> bytes:
    return pack(">I", len(content)) + kind + content + pack(">I", crc32(kind + content))
