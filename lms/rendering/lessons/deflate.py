"""Gzip put together from parts that were deflated in advance.

A constant part is deflated once, ended with a full flush, so that it stands on a byte border and leans on
nothing before it; what is filled in later becomes stored blocks; the CRC-32 is combined from the parts.
RFC 1951 3.2.4, RFC 1952 2.3. Standard library only; knows no page.
"""

from __future__ import annotations

import zlib
from array import array
from dataclasses import dataclass
from functools import lru_cache

_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"  # no name, no time, best compression, unknown system
_END = b"\x03\x00"  # a last block that is empty
_STORED_MOST = 0xFFFF
_POLYNOMIAL = 0xEDB88320
_BITS = 32


def _times(matrix: list[int], vector: int) -> int:
    total, row = 0, 0
    while vector:
        if vector & 1:
            total ^= matrix[row]
        vector >>= 1
        row += 1
    return total


def _square(matrix: list[int]) -> list[int]:
    return [_times(matrix, row) for row in matrix]


def _after_zeros(length: int) -> list[int]:
    """Return the bit matrix that a CRC goes through when so many zero bytes follow (zlib's crc32_combine)."""
    power = _square(_square(_square([_POLYNOMIAL] + [1 << bit for bit in range(_BITS - 1)])))  # one byte
    result = [1 << bit for bit in range(_BITS)]
    while length:
        if length & 1:
            result = [_times(power, row) for row in result]
        power = _square(power)
        length >>= 1
    return result


@lru_cache(maxsize=4096)
def _tables(length: int) -> array[int]:
    """Return four tables of 256: what each byte of a CRC becomes after so many bytes."""
    matrix = _after_zeros(length)
    return array("I", (_times(matrix, byte << (8 * place)) for place in range(4) for byte in range(256)))


@dataclass(frozen=True, slots=True)
class DeflatedPart:
    """A constant stretch: as it stands, deflated, and what a CRC needs to go past it."""

    plain: bytes
    deflated: bytes
    crc: int
    shift: array[int]

    @property
    def size(self) -> int:
        """Return how many bytes are kept for it."""
        return len(self.plain) + len(self.deflated)


def part(plain: bytes) -> DeflatedPart:
    """Deflate a stretch in advance."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL)
    deflated = squeezer.compress(plain) + squeezer.flush(zlib.Z_FULL_FLUSH)
    stored = _stored(plain)
    shortest = stored if len(stored) < len(deflated) else deflated
    return DeflatedPart(plain, shortest, zlib.crc32(plain), _tables(len(plain)))


def _stored(text: bytes) -> bytes:
    blocks = []
    for start in range(0, len(text), _STORED_MOST):
        piece = text[start : start + _STORED_MOST]
        size = len(piece)
        blocks.append(
            b"\x00" + size.to_bytes(2, "little") + (size ^ _STORED_MOST).to_bytes(2, "little") + piece
        )
    return b"".join(blocks)


def stitch(parts: list[DeflatedPart | bytes]) -> bytes:
    """Put a gzip file together: prepared parts as they are, bytes as stored blocks."""
    out = [_HEADER]
    crc = size = 0
    for piece in parts:
        if isinstance(piece, DeflatedPart):
            shift = piece.shift
            crc = (
                shift[crc & 255]
                ^ shift[256 + (crc >> 8 & 255)]
                ^ shift[512 + (crc >> 16 & 255)]
                ^ shift[768 + (crc >> 24)]
                ^ piece.crc
            )
            size += len(piece.plain)
            out.append(piece.deflated)
        elif piece:
            crc = zlib.crc32(piece, crc)
            size += len(piece)
            out.append(_stored(piece))
    out += (_END, crc.to_bytes(4, "little"), (size & 0xFFFFFFFF).to_bytes(4, "little"))
    return b"".join(out)
