"""Long lists a page at a time: after which row the next page begins (keyset), as an opaque mark.

A mark says a time and an id, by which such lists are in order; it grants nothing, because every query has a
scope of its own. Holds no list.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from lms.core.errors import NotFound
from lms.core.ids import is_id

Row = TypeVar("Row")
MOST_ROWS = 50  # on one page
_LATEST = 1 << 62  # milliseconds
_LONGEST = 64  # signs of a mark
#: What a query asks for: one row more says that there is a next page.
ASKED_ROWS = MOST_ROWS + 1


@dataclass(frozen=True, slots=True, order=True)
class Bookmark:
    """The row after which a page begins."""

    at: int
    id: str

    @property
    def mark(self) -> str:
        """Return the place as it stands in an address.

        >>> bookmark_of(Bookmark(5, "0" * 26).mark)
        Bookmark(at=5, id='00000000000000000000000000')
        """
        return urlsafe_b64encode(f"{self.at} {self.id}".encode()).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class Portion(Generic[Row]):
    """The rows of one page, and the mark of the next one; empty when these are the last."""

    rows: tuple[Row, ...]
    following: str = ""


def bookmark_of(mark: str) -> Bookmark | None:
    """Return the place that a mark says; None for the beginning of a list.

    Raises: NotFound `list.place-unknown` for anything that `Bookmark.mark` has not made.

    >>> bookmark_of("") is None
    True
    """
    if not mark:
        return None
    try:
        padded = mark[:_LONGEST] + "=" * (-len(mark) % 4)
        at, _, id_ = urlsafe_b64decode(padded.encode("ascii")).decode("ascii").partition(" ")
        found = Bookmark(int(at), id_)
    except ValueError:
        raise NotFound("list.place-unknown") from None
    if not 0 <= found.at < _LATEST or not is_id(found.id) or found.mark != mark:
        raise NotFound("list.place-unknown")
    return found


def portion_of(found: Sequence[Row], place: Callable[[Row], Bookmark], most: int = MOST_ROWS) -> Portion[Row]:
    """Return a page of what was found, which is one row more than fits when there is a next page."""
    following = place(found[most - 1]).mark if len(found) > most else ""
    return Portion(tuple(found[:most]), following)
