"""The register of laws and the glossary, as facts.

Holds the shapes of `courses/legislation/<id>.yaml` and `courses/glossary.yaml`. Marks of doubt are facts
too and are kept as they stand in the source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lms.core.locales import Words

IN_FORCE, PENDING = "in-force", "pending"
VERIFIED, RECALLED = "verified", "recalled"
#: Kinds of events that tell of a change and make none: until something comes into force, all stays true.
ANNOUNCING = frozenset({"introduced", "passed", "assent", "published", "signed", "court"})


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a law; the date is YYYY, YYYY-MM or YYYY-MM-DD (short = day not known).

    `certainty` says whether it was read in an official text (`verified`) or not (`recalled`), `source` where
    and `read` on which day; all three are empty where the entry as a whole says it.
    """

    date: str
    event: str
    material: bool
    effect: str
    words: Words
    certainty: str = ""
    source: str = ""
    read: str = ""

    @property
    def changes_the_law(self) -> bool:
        """Return whether the law is another one once its day has come.

        A bill that is introduced, passed or assented to changes nothing, nor does a case that is filed: only
        where the register says that such an event is in force has it done so.
        """
        return self.effect == IN_FORCE or self.event not in ANNOUNCING


@dataclass(frozen=True, slots=True)
class Law:
    """One instrument of the register."""

    id: str
    jurisdiction: str
    kind: str
    title: Words
    title_fr_official: bool
    citation: Words
    status: str
    assented: str
    in_force: str
    events: tuple[Event, ...]
    meaning: Words
    courses: tuple[str, ...]
    topics: tuple[str, ...]
    url: Mapping[str, str]
    confidence: str
    sources: tuple[str, ...]
    unverified: tuple[str, ...]
    source_quality: str
    review_by: str = ""
    parent: str = ""
    scope: str = ""
    related: tuple[str, ...] = ()
    note: str = ""
    binds: Words | None = None  # who must follow it, as far as the entry itself says

    @property
    def is_recalled(self) -> bool:
        """Return whether the entry rests on memory rather than on a source that was read."""
        return self.confidence == RECALLED

    @property
    def is_repealed(self) -> bool:
        """Return whether the law no longer stands."""
        return self.status == "repealed"

    def official_url(self, locale: str) -> tuple[str, str]:
        """Return (tag, address) of the official text in this language, else in another, else empty.

        A law that has no text in the reader's language is linked in the other one and marked as such.
        """
        language = locale.split("-", maxsplit=1)[0]
        for tag in (language, *self.url):
            if self.url.get(tag):
                return tag, self.url[tag]
        return "", ""


@dataclass(frozen=True, slots=True)
class Watch:
    """Something that is expected to happen to a law."""

    law: str
    date: str
    what: str


@dataclass(frozen=True, slots=True)
class Register:
    """All laws, and when they were last read; `review_by` is the day on which the whole is due."""

    as_of: str
    consolidation_read: str
    review_by: str
    laws: Mapping[str, Law]
    watch: tuple[Watch, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of the glossary."""

    id: str
    term: Words
    definition: Words
    reviewed: str
    avoid: Mapping[str, tuple[str, ...]]
