"""A page kept as bytes with a listed set of holes.

Holds the cutting at marks and the filling; what goes into a hole is escaped by whoever fills it. Pure
mechanics: no template, no request, no learner.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lms.rendering.lessons.deflate import DeflatedPart, part, stitch

_SECRET = secrets.token_hex(8)  # of this process: nobody can write a mark into a text
_MARK = re.compile(rf"\ue000{_SECRET}:([a-z0-9.-]+)\ue001")


def mark(hole: str) -> str:
    """Return the mark that a template puts where a hole is; no text can hold it, whatever its characters.

    >>> prepare(f"<p>{mark('name')}, \ue000name\ue001</p>", ["name"]).holes
    frozenset({'name'})
    """
    return f"\ue000{_SECRET}:{hole}\ue001"


@dataclass(frozen=True, slots=True)
class Page:
    """Constant parts and names of holes, in the order in which they are sent."""

    pieces: tuple[DeflatedPart | str, ...]

    @property
    def holes(self) -> frozenset[str]:
        """Return the names of all holes."""
        return frozenset(piece for piece in self.pieces if isinstance(piece, str))

    @property
    def size(self) -> int:
        """Return how many bytes are kept for the page, plain and deflated together."""
        return sum(piece.size for piece in self.pieces if not isinstance(piece, str))

    def plain(self, filling: Mapping[str, bytes]) -> bytes:
        """Fill the holes. Raises: KeyError when one has nothing to be filled with."""
        return b"".join([filling[piece] if isinstance(piece, str) else piece.plain for piece in self.pieces])

    def gzipped(self, filling: Mapping[str, bytes]) -> bytes:
        """Fill the holes of the page as gzip. Raises: KeyError when one has nothing to be filled with."""
        return stitch([filling[piece] if isinstance(piece, str) else piece for piece in self.pieces])


def prepare(html: str, holes: Sequence[str]) -> Page:
    """Cut a page at its marks and deflate what lies between.

    Only holes that were listed may occur: what is personal on a shared page is known in advance.
    Raises: ValueError for a mark that is not listed.
    """
    cut = _MARK.split(html)
    met = cut[1::2]
    if strangers := sorted(set(met) - set(holes)):
        message = f"holes that nobody listed: {strangers}"
        raise ValueError(message)
    pieces: list[DeflatedPart | str] = []
    for text, hole in zip(cut[::2], [*met, ""], strict=True):
        if text:
            pieces.append(part(text.encode()))
        if hole:
            pieces.append(hole)
    return Page(tuple(pieces))
