"""Where things lead: the addresses that a lesson's links need, and ids that stay unique on a page.

Holds no address itself: `web` (or whoever prints) hands over how they are made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Picture:
    """A file of a module on a page: address, size in CSS pixels (0 = unknown), how it meets the dark."""

    address: str
    width: int = 0
    height: int = 0
    manner: str = ""  # see `blocks_pictures.manner_of`


def _nowhere(*_parts: str) -> str:
    return ""


def _on_this_page(anchor: str) -> str:
    return f"#{anchor}"


def _as_written(path: str) -> Picture:
    return Picture(path)


@dataclass(frozen=True, slots=True)
class Addresses:
    """How to say where something is; an empty answer means no such page, so the words stand alone."""

    lesson: Callable[[str, str], str] = _nowhere  # module id, lesson id
    term: Callable[[str], str] = _nowhere  # id of a glossary entry
    law: Callable[[str], str] = _nowhere  # id in the register
    page: Callable[[str], str] = _nowhere  # one of SITE_PAGES
    anchor: Callable[[str], str] = _on_this_page  # an anchor of the same lesson
    media: Callable[[str], Picture] = _as_written  # path as written in the lesson
    job_aid: Callable[[str], str] = _nowhere  # block id: its own printable page
    client: Callable[[str], str] = _nowhere  # block id: the version to hand to a client
    where: Callable[[str], str] = _nowhere  # code of a place of a finder: its own page
    report: Callable[[], str] = _nowhere  # "Tell us" about this page
    here: str = ""  # this page itself
    carried: Mapping[str, str] = field(default_factory=dict)  # what its address says besides


@dataclass(slots=True)
class Ids:
    """The ids given out on one page: the second asker of an id gets another one.

    `prefix` keeps the ids of several lessons apart where they share a page.
    """

    taken: set[str] = field(default_factory=set)
    prefix: str = ""

    def give(self, wish: str) -> str:
        """Return the id wished for, or the wish with a number behind it.

        >>> ids = Ids(); ids.give("s1"), ids.give("s1"), ids.give("s1")
        ('s1', 's1-2', 's1-3')
        """
        wish = wish if wish.startswith(self.prefix) else self.prefix + wish
        given, number = wish, 1
        while given in self.taken:
            number += 1
            given = f"{wish}-{number}"
        self.taken.add(given)
        return given
