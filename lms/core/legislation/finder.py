"""Which instruments a finder shows for each place: accessibility law, else human rights law.

Holds the choice over the register's own marks (jurisdiction, kind, status, topics); holds no words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lms.core.legislation.register import Law

FEDERAL = "ca"
ALL = "all"  # in place of a code: every place
PLACES = (
    FEDERAL, "ca-ab", "ca-bc", "ca-mb", "ca-nb", "ca-nl", "ca-ns", "ca-nt", "ca-nu", "ca-on",
    "ca-pe", "ca-qc", "ca-sk", "ca-yt",
)  # fmt: skip
_KINDS = ("statute", "regulation", "standard")  # in the order in which they are shown
_ACCESS = frozenset({"accessibility", "web-accessibility", "transport", "telecom"})
_RIGHTS = "human-rights"
_DISABILITY = frozenset({"accommodation", "disability", "disability-definition", *_ACCESS})


@dataclass(frozen=True, slots=True)
class FinderPlace:
    """One place and what the register knows of it; `own` says that it has accessibility law of its own."""

    code: str
    laws: tuple[Law, ...]
    own: bool


def _order(law: Law) -> tuple[int, str, bool, str]:
    return _KINDS.index(law.kind), law.parent or law.id, bool(law.parent), law.id


def place_of(code: str, laws: Mapping[str, Law]) -> FinderPlace:
    """Return what holds in a place."""
    here = [law for law in laws.values() if law.jurisdiction == code and not law.is_repealed]
    own = [law for law in here if law.kind in _KINDS and _ACCESS & set(law.topics)]
    if own:
        return FinderPlace(code, tuple(sorted(own, key=_order)), own=True)
    rights = [law for law in here if law.kind == "statute" and _RIGHTS in law.topics and not law.parent]
    return FinderPlace(code, tuple(sorted(rights, key=_order)), own=False)


def places(laws: Mapping[str, Law]) -> tuple[FinderPlace, ...]:
    """Return all places."""
    return tuple(place_of(code, laws) for code in PLACES)


def shown(laws: Mapping[str, Law]) -> frozenset[str]:
    """Return the ids of all instruments that a finder shows."""
    return frozenset(law.id for place in places(laws) for law in place.laws)


def tells_of_disability(law: Law) -> bool:
    """Return whether an entry speaks of disability; many human rights entries speak of other grounds only."""
    return bool(_DISABILITY & set(law.topics))
