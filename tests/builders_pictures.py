"""Small pictures and recordings with what a telephone writes into them. Holds builders and no check."""

from __future__ import annotations

import struct
from zlib import compress, crc32


def chunk(kind: bytes, content: bytes) -> bytes:
    """Return one chunk of a PNG file."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", crc32(kind + content))


def a_png(width: int = 1, height: int = 1, *more: tuple[bytes, bytes]) -> bytes:
    """Return a PNG file of this size with more chunks before its end."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    extra = b"".join(chunk(*one) for one in more)
    return b"\x89PNG\r\n\x1a\n" + head + extra + chunk(b"IDAT", compress(b"\0\0\0\0")) + chunk(b"IEND", b"")


def segment(kind: int, content: bytes) -> bytes:
    """Return one segment of a JPEG file."""
    return bytes([0xFF, kind]) + struct.pack(">H", len(content) + 2) + content


def exif(order: str, *entries: tuple[int, int]) -> bytes:
    """Return a directory of Exif, `order` being `<` or `>`: tags with short values."""
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    rows = b"".join(struct.pack(f"{order}HHIHH", tag, 3, 1, value, 0) for tag, value in entries)
    return b"Exif\0\0" + head + struct.pack(f"{order}H", len(entries)) + rows + bytes(4) + b"GPS 45.4215"


def a_jpeg(*segments: bytes, after: bytes = b"") -> bytes:
    """Return a JPEG file of two scans with more segments at its beginning, and bytes behind its end."""
    frame = segment(0xC0, b"\x08\0\x02\0\x03\x01\x01\x11\0")
    scan = segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"ab\xff\0cd\xff\xd0ef"
    begun = b"\xff\xd8" + b"".join(segments)
    return begun + frame + scan + b"\xff" + segment(0xC4, b"\xff\xd9") + scan + b"\xff\xd9" + after


def a_webp(*chunks: tuple[bytes, bytes], flags: int = 0) -> bytes:
    """Return a WebP file of 2 by 3 pixels with more chunks behind the picture."""
    parts = [(b"VP8X", bytes([flags, 0, 0, 0, 1, 0, 0, 2, 0, 0])), (b"VP8 ", b"abc"), *chunks]
    body = b"WEBP" + b"".join(
        kind + struct.pack("<I", len(content)) + content + bytes(len(content) % 2) for kind, content in parts
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def box(kind: bytes, content: bytes, *, large: bool = False) -> bytes:
    """Return one box of an MP4 file, its length in 32 bits or in 64."""
    if large:
        return struct.pack(">I", 1) + kind + struct.pack(">Q", len(content) + 16) + content
    return struct.pack(">I", len(content) + 8) + kind + content
