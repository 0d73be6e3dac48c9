"""What a finder says of each place: who is bound, by what, from when, and how sure the register is.

Holds the order in which facts become words; which instruments are shown is decided in `core.finder`. Called
by `blocks` (a finder in a lesson) and by `web` (the page of one place).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lms.core.finder import FEDERAL, Place, places, tells_of_disability
from lms.core.legislation import Law, Register
from lms.core.locales import Words
from lms.core.timeliness import coming
from lms.rendering.anchors import Addresses
from lms.rendering.blocks_law import LawFacts, facts_of
from lms.rendering.places import REGIONS, STATUSES
from lms.rendering.words import Voice, sorted_by

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


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """One place in words."""

    code: str
    name: str
    note: str  # said where the register knows no accessibility law
    instruments: tuple[Instrument, ...]
    as_of: str
    alone: str  # address of the page that holds only this place


def name_of(code: str, voice: Voice) -> str:
    """Name a place; the federal sphere is more than a region."""
    return voice.gettext("Federal sphere, all of Canada") if code == FEDERAL else voice.gettext(REGIONS[code])


def ordered(codes: Iterable[str], voice: Voice) -> list[str]:
    """Put places in the order in which people look for them: the federal sphere, then by name."""
    named = sorted_by(codes, lambda code: name_of(code, voice))
    return sorted(named, key=lambda code: code != FEDERAL)


def _best(words: Words | None, voice: Voice) -> Said:
    return words.best(voice.locale) if words else ("", "")


@dataclass(frozen=True, slots=True)
class Telling:
    """One finder being told: from which register, how the same laws stand today, in which language."""

    register: Register  # what the text rests on
    laws: Mapping[str, Law]  # as they stand today
    today: str
    voice: Voice
    addresses: Addresses

    def place(self, place: Place) -> PlaceFacts:
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

    def _note(self, place: Place) -> str:
        if place.own:
            return ""
        if not place.laws:
            return self.voice.gettext("The register holds nothing on accessibility here yet.")
        return self.voice.gettext(
            "The register knows of no stand-alone accessibility act here."
            " Human rights law applies, with its duty to accommodate."
        )

    def _instrument(self, law: Law, *, own: bool) -> Instrument:
        now = self.laws.get(law.id, law)
        ahead = coming(now, self.register.watch, self.today)
        status = STATUSES.get(now.status, now.status)
        return Instrument(
            law=facts_of(now, self.register.as_of, self.today, self.voice, self.addresses),
            status=self.voice.gettext(status),
            binds=_best(law.binds, self.voice),
            next=self.voice.date(ahead.date) if ahead else "",
            next_words=_best(ahead.words if ahead else None, self.voice),
            meaning=_best(law.meaning, self.voice) if own or tells_of_disability(law) else ("", ""),
        )
