"""What a finder says of each place: who is bound, by what, from when, and how sure the register is.

Holds the order in which facts become words; which instruments are shown is decided in
`core.legislation.finder`. Called
by `blocks` (a finder in a lesson) and by `web` (the page of one place).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lms.core.legislation.finder import (
    FEDERAL,
    PLACES,
    FinderPlace,
    place_of,
    places,
    tells_of_disability,
)
from lms.core.legislation.held import NOTHING_HELD, Held
from lms.core.legislation.register import Law, Register
from lms.core.legislation.timeliness import coming
from lms.core.locales import Words
from lms.rendering.lessons.anchors import Addresses
from lms.rendering.lessons.blocks_law import LawFacts, facts_of
from lms.rendering.words.places import REGIONS, status_words
from lms.rendering.words.translator import Translator, sorted_by

Said = tuple[str, str]  # language and text; an empty text is not shown


@dataclass(frozen=True, slots=True)
class Instrument:
    """One law of a place in words."""

    law: LawFacts
    status: str
    binds: Said
    next: str  # its date
    next_words: Said
    meaning: Said
    held: tuple[Said, ...] = ()  # on hold: not to be relied on


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """One place in words."""

    code: str
    name: str
    note: str  # said where the register knows no accessibility law
    instruments: tuple[Instrument, ...]
    as_of: str
    alone: str  # address of the page that holds only this place


def name_of(code: str, voice: Translator) -> str:
    """Name a place; the federal sphere is more than a region."""
    return (
        voice.gettext("Federal jurisdiction, all of Canada")
        if code == FEDERAL
        else voice.gettext(REGIONS[code])
    )


def ordered(codes: Iterable[str], voice: Translator) -> list[str]:
    """Put places in the order in which people look for them: the federal sphere, then by name."""
    named = sorted_by(codes, lambda code: name_of(code, voice), voice.locale)
    return sorted(named, key=lambda code: code != FEDERAL)


def _best(words: Words | None, voice: Translator) -> Said:
    return words.best(voice.locale) if words else ("", "")


@dataclass(frozen=True, slots=True)
class Telling:
    """One finder being told: from which register, how the same laws stand today, in which language."""

    register: Register  # what the text rests on
    laws: Mapping[str, Law]  # as they stand today
    today: str
    voice: Translator
    addresses: Addresses
    held: Held = NOTHING_HELD

    def place(self, place: FinderPlace) -> PlaceFacts:
        """Put one place into words."""
        return PlaceFacts(
            code=place.code,
            name=name_of(place.code, self.voice),
            note=self._note(place),
            instruments=tuple(self._instrument(law, own=place.own) for law in place.laws),
            as_of=self.voice.date(self.register.as_of),
            alone=self.addresses.where(place.code),
        )

    def places(self) -> list[PlaceFacts]:
        """Put all places into words."""
        found = {place.code: place for place in places(self.register.laws)}
        return [self.place(found[code]) for code in ordered(found, self.voice)]

    def only(self, code: str) -> list[PlaceFacts]:
        """Put one place into words; none when none is chosen."""
        return [self.place(place_of(code, self.register.laws))] if code in PLACES else []

    def _note(self, place: FinderPlace) -> str:
        if place.own:
            return ""
        if not place.laws:
            return self.voice.gettext(
                "The register does not contain anything on accessibility for this place yet."
            )
        return self.voice.gettext(
            "The register does not contain a separate accessibility law for this place. Human rights law "
            "applies, including the duty to accommodate."
        )

    def _instrument(self, law: Law, *, own: bool) -> Instrument:
        now = self.laws.get(law.id, law)
        ahead = coming(now, self.register.watch, self.today)
        return Instrument(
            law=facts_of(now, self.register.as_of, self.today, self.voice, self.addresses),
            status=self.voice.gettext(status_words(now.kind, now.status)),
            binds=_best(law.binds, self.voice),
            next=self.voice.date(ahead.date) if ahead else "",
            next_words=_best(ahead.words if ahead else None, self.voice),
            meaning=_best(law.meaning, self.voice) if own or tells_of_disability(law) else ("", ""),
            held=tuple(_best(one.words, self.voice) for one in self.held.on_law(law.id)),
        )
