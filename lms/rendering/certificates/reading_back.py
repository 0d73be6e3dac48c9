"""A finished PDF, read again before it is handed out, by a reader that did not make it.

The bytes are parsed anew (by pikepdf): what was meant to be in the file is looked for in the file. What is
compared: one page; the name in the title, in the tag tree and, where it is read from left to right, on the
drawn words themselves; and that everything drawn is tagged, and everything tagged is drawn. Holds no repair.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from unicodedata import bidirectional

import pikepdf

_RIGHT_TO_LEFT = {"R", "AL"}


class NotAsWritten(RuntimeError):
    """The file does not say what it was made to say, so it must not be handed out."""


def read_back(content: bytes, name: str) -> None:
    """Compare a finished PDF with the name that it is for.

    Raises: NotAsWritten.
    """
    name = " ".join(name.split())
    with pikepdf.open(io.BytesIO(content)) as file:
        if len(file.pages) != 1 or name not in str(file.docinfo.get("/Title", "")):
            raise NotAsWritten
        drawn = _drawn(file.pages[0])
        tags = list(_tags(file.Root.StructTreeRoot.K))
        tagged = [int(mark) for tag in tags for mark in _kids(tag) if isinstance(mark, int)]
        words = [str(tag.ActualText) for tag in tags if "/ActualText" in tag]
    if sorted(tagged) != sorted(drawn) or name not in words:
        raise NotAsWritten
    if not is_right_to_left(name) and name not in drawn.values():
        raise NotAsWritten


def is_right_to_left(text: str) -> bool:
    """Return whether any of a text is read from right to left.

    >>> is_right_to_left("دنیا"), is_right_to_left("Dunja")
    (True, False)
    """
    return any(bidirectional(sign) in _RIGHT_TO_LEFT for sign in text)


def _drawn(page: pikepdf.Page) -> dict[int, str]:
    """Return what is read for each piece of marked content: '' where nothing is said but what is drawn."""
    marked = (one.operands[1] for one in pikepdf.parse_content_stream(page, "BDC") if len(one.operands) > 1)
    return {
        int(one.MCID): str(one.get("/ActualText", ""))
        for one in marked
        if isinstance(one, pikepdf.Dictionary) and "/MCID" in one
    }


def _kids(tag: pikepdf.Object) -> list[pikepdf.Object | int]:
    kids = tag.get("/K")
    if kids is None:
        return []
    return list(kids.as_list()) if isinstance(kids, pikepdf.Array) else [kids]


def _tags(above: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for one in above.as_list():
        if isinstance(one, pikepdf.Dictionary) and "/S" in one:
            yield one
            if isinstance(one.get("/K"), pikepdf.Array):
                yield from _tags(one.K)
