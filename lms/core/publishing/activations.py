"""Which release of a course is current from when: the line of its activations, judged from their rows.

An activation counts when nobody cancelled it, its day has come, and the release that it follows is the
current one on that day. Holds no clock and no database.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

EVER = 1 << 62  # milliseconds: later than any day
MATERIAL = "material"


@dataclass(frozen=True, slots=True)
class Activation:
    """From when a release is the current one (milliseconds), what it follows, and how much it changes.

    `parent` is None where that is not known: such an activation is taken at its word.
    """

    id: str
    course: str
    version: str
    active_from: int
    cancelled_at: int
    parent: str | None = None
    change: str = ""


@dataclass(frozen=True, slots=True)
class Approval:
    """Somebody has read one draft in one language; it counts for exactly this digest.

    `text` is the digest of the bytes in which the draft is kept as it was read; empty for earlier ones.
    """

    course: str
    locale: str
    digest: str
    person: str
    at: int
    text: str = ""


def _order(one: Activation) -> tuple[int, str]:
    return one.active_from, one.id


def in_force(activations: Iterable[Activation], now: int = EVER) -> tuple[Activation, ...]:
    """Return what has become current by `now`, oldest first; without a moment, what is planned to."""
    line: list[Activation] = []
    for one in sorted((one for one in activations if not one.cancelled_at), key=_order):
        follows = one.parent is None or one.parent == (line[-1].version if line else "")
        if one.active_from <= now and follows:
            line.append(one)
    return tuple(line)


def blocked(activations: Iterable[Activation], now: int = EVER) -> tuple[Activation, ...]:
    """Return what is not cancelled, due by `now`, and follows a release that is not current on its day."""
    found = tuple(one for one in activations if not one.cancelled_at and one.active_from <= now)
    line = in_force(found)
    return tuple(one for one in found if one not in line)


def after(line: Sequence[Activation], version: str) -> tuple[Activation, ...]:
    """Return the part of a line that comes after a version; the newest alone where it is not in the line."""
    places = [place for place, one in enumerate(line) if one.version == version]
    return tuple(line[places[-1] + 1 :] if places else line[-1:])


@dataclass(frozen=True, slots=True)
class Judged:
    """What an activation does to the others.

    `follows` says whether it can become current at all; `falls` what was planned and would be left out by it:
    rivals that follow the same release later, and whatever descends from those; `follower` is one that
    descends from the very release that is moved.
    """

    follows: bool
    falls: tuple[Activation, ...] = ()
    follower: Activation | None = None


def judge(planned: Sequence[Activation], wanted: Activation) -> Judged:
    """Judge a new activation, or the new day of one that waits, before anything is written."""
    before = in_force(planned)
    line = in_force((*(one for one in planned if one.version != wanted.version), wanted))
    if wanted not in line:
        return Judged(follows=False)
    falls = tuple(one for one in before if one not in line and one.version != wanted.version)
    descendants = versions_under(planned, wanted.version)
    follower = next((one for one in falls if one.version in descendants), None)
    return Judged(follows=True, falls=falls, follower=follower)


def versions_under(activations: Iterable[Activation], version: str) -> frozenset[str]:
    """Return the versions that descend from one, directly or not."""
    found: set[str] = {version}
    everything = tuple(activations)
    for _ in everything:
        found |= {one.version for one in everything if one.parent in found}
    return frozenset(found - {version})
