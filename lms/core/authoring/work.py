"""What waits for authors: one line for each thing, with what it is about and the next step.

Holds the shape and its filter; what waits is found by actions, its words are elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from lms.core.locales import Words


class WorkKind(StrEnum):
    """The kinds of work, in the order in which they are listed."""

    REPORTS = "reports"
    LAW = "law"
    DOSSIER = "dossier"
    UNREADABLE = "unreadable"
    ERRORS = "errors"
    TRANSLATION = "translation"
    APPROVAL = "approval"
    SEAL = "seal"
    ACTIVATION = "activation"
    DATE = "date"
    HELP_LINE = "help-line"


_ORDER = {kind: place for place, kind in enumerate(WorkKind)}


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One thing to do.

    `about` names it in addresses (a law, a dossier, a help line); `title` is shown; `count` is how many there
    are of it; `date` is YYYY-MM-DD or shorter; `locale` is empty where it concerns all languages; `mine` says
    that it waits for the very person who asks.
    """

    kind: WorkKind
    course: str = ""
    locale: str = ""
    about: str = ""
    title: Words | None = None
    count: int = 0
    date: str = ""
    mine: bool = False


@dataclass(frozen=True, slots=True)
class WorkFilter:
    """What somebody wants to see; an empty part is all of it."""

    course: str = ""
    locale: str = ""
    mine: bool = False

    def takes(self, item: WorkItem) -> bool:
        """Return whether a line is among what was asked for; what is about no language is in each.

        >>> WorkFilter(locale="fr").takes(WorkItem(WorkKind.APPROVAL, locale="en"))
        False
        >>> WorkFilter(course="a").takes(WorkItem(WorkKind.HELP_LINE))
        False
        """
        return (
            self.course in {"", item.course}
            and (not self.locale or item.locale in {"", self.locale})
            and (item.mine or not self.mine)
        )


def ordered(items: Iterable[WorkItem], wanted: WorkFilter) -> tuple[WorkItem, ...]:
    """Return what was asked for, by kind, then by course, date and language."""
    found = (item for item in items if wanted.takes(item))
    return tuple(
        sorted(found, key=lambda one: (_ORDER[one.kind], one.course, one.date, one.locale, one.about))
    )
