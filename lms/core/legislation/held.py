"""Statements on hold: which of a release say "do not rely on this", and until which release.

Somebody who writes courses has put them on hold because the law may have changed. Holds the shapes and the
judgement; what a hold does to a mark is judged by `core.learning.marking`. No clock and no words of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from lms.core.locales import Words


class HeldKind(StrEnum):
    """What a hold is about: one law box, one question of a quiz, or everything that names a law."""

    BOX = "box"
    ITEM = "item"
    LAW = "law"


@dataclass(frozen=True, slots=True)
class Hold:
    """One hold; nothing of it but its end ever changes.

    `statement` is "module/id", empty where the whole of `law` is held. `since` is the day (YYYY-MM-DD) on
    which the law may have changed; `words` is the sentence that learners read. `lifted_at` (milliseconds) is
    0 as long as it is in place; `lifted_by_version` names the release that has lifted it, if one did.
    """

    id: str
    course: str
    kind: HeldKind
    statement: str
    law: str
    since: str
    words: Words
    by: str
    at: int
    lifted_at: int = 0
    lifted_by: str = ""
    why_lifted: str = ""
    lifted_by_version: str = ""


@dataclass(frozen=True, slots=True)
class HoldMark:
    """What the rows of a learner say of a hold: its id, and the release that has lifted it, if one has."""

    id: str
    lifted_by_version: str = ""

    def is_in_force(self, version: str) -> bool:
        """Return whether a reader of this release sees it: it was not lifted, or by a later release.

        Whoever stays on an older release goes on reading the old words, so the caution stays there.

        >>> HoldMark("h1").is_in_force("1.0.0"), HoldMark("h1", "2.0.0").is_in_force("1.4.0")
        (True, True)
        >>> HoldMark("h1", "2.0.0").is_in_force("2.0.0"), HoldMark("h1", "2.0.0").is_in_force("10.0.0")
        (False, False)
        """
        return not self.lifted_by_version or _number(version) < _number(self.lifted_by_version)


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def marks_from(text: str) -> tuple[HoldMark, ...]:
    """Read the marks of one course from one text, in an order that does not vary.

    >>> [one.id for one in marks_from("h2= h1=2.0.0")]
    ['h1', 'h2']
    """
    found = (entry.partition("=") for entry in sorted(text.split()))
    return tuple(HoldMark(name, version) for name, _, version in found)


@dataclass(frozen=True, slots=True)
class Held:
    """The holds that are in force for one release."""

    holds: tuple[Hold, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """Return what makes two pages with holds the same page."""
        return tuple(hold.id for hold in self.holds)

    @property
    def laws(self) -> frozenset[str]:
        """Return the laws that are held as a whole."""
        return frozenset(hold.law for hold in self.holds if hold.kind is HeldKind.LAW)

    def on_law(self, law: str) -> tuple[Hold, ...]:
        """Return the holds on a whole law."""
        return tuple(one for one in self.holds if one.kind is HeldKind.LAW and one.law == law)

    def on_box(self, module: str, box: str, rests_on: Collection[str]) -> tuple[Hold, ...]:
        """Return the holds that a law box falls under, its own first."""
        return self._on(HeldKind.BOX, f"{module}/{box}", rests_on)

    def on_item(self, module: str, question: str, rests_on: Collection[str]) -> tuple[Hold, ...]:
        """Return the holds that a question falls under, its own first."""
        return self._on(HeldKind.ITEM, f"{module}/{question}", rests_on)

    def _on(self, kind: HeldKind, statement: str, rests_on: Collection[str]) -> tuple[Hold, ...]:
        own = (one for one in self.holds if one.kind is kind and one.statement == statement)
        laws = (one for one in self.holds if one.kind is HeldKind.LAW and one.law in rests_on)
        return (*own, *laws)


NOTHING_HELD = Held()


@dataclass(frozen=True, slots=True)
class Said:
    """What one version of a course says: each statement by its name, with its laws and its words."""

    boxes: frozenset[tuple[str, frozenset[str], str]]
    items: frozenset[tuple[str, frozenset[str], str]]

    def of(self, hold: Hold) -> frozenset[tuple[str, frozenset[str], str]]:
        """Return what a hold is about."""
        if hold.kind is HeldKind.LAW:
            return frozenset(one for one in self.boxes | self.items if hold.law in one[1])
        among = self.boxes if hold.kind is HeldKind.BOX else self.items
        return frozenset(one for one in among if one[0] == hold.statement)


def lifted_by(holds: Iterable[Hold], before: Said, after: Said) -> tuple[Hold, ...]:
    """Return the holds that a new version lifts: no words that were held are still as they were.

    A statement that was changed in one language is answered; of a law that is held as a whole, every
    statement that names it must be. What the version before did not hold is left to a person.
    """
    return tuple(one for one in holds if (was := before.of(one)) and _is_answered(one, was, after.of(one)))


def _is_answered(
    hold: Hold,
    was: frozenset[tuple[str, frozenset[str], str]],
    now: frozenset[tuple[str, frozenset[str], str]],
) -> bool:
    return was.isdisjoint(now) if hold.kind is HeldKind.LAW else was != now
