"""What somebody enters into the register: whether it is whole, and what the entry says afterwards.

Holds the judgement over what was typed; holds no words and no file. A fault is a field and a code.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from lms.core.legislation.register import (
    ANNOUNCING,
    IN_FORCE,
    PENDING,
    RECALLED,
    VERIFIED,
    Event,
    Law,
)
from lms.core.legislation.timeliness import last_day
from lms.core.locales import Words
from lms.core.people.letters import LONGEST_LINE, plain

#: The kinds that can be entered, in the order of a law's life.
KINDS = (
    "introduced", "assent", "in-force", "applies-from", "amendment", "repeal", "court", "policy", "deadline",
)  # fmt: skip
LAW_KINDS = ("statute", "regulation", "policy", "case", "treaty", "standard")
STANDINGS = ("not-yet", "in-force", "amended", "repealed")
MOST = 2000  # characters of one text
_LOOSE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_ADDRESS = re.compile(
    r"https?://(?:[^\s/?#:@\[\]]+|\[[0-9a-fA-F:.]+\])(?::\d{1,4}|:[1-5]\d{4})?(?:[/?#]\S*)?"
)
_LONGEST_ID = 60
#: A file beside the entries, and an address of the editor.
_NOT_LAWS = frozenset({"register", "new"})
Fault = tuple[str, str]


@dataclass(frozen=True, slots=True)
class EnteredEvent:
    """An event as it was typed; `certainty` is `verified` only with a source and the day it was read."""

    date: str = ""
    event: str = ""
    material: str = ""  # yes | no, '' where nobody chose
    certainty: str = RECALLED
    source: str = ""
    read: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EnteredLaw:
    """A new entry as it was typed."""

    jurisdiction: str = ""
    kind: str = ""
    status: str = ""
    title: Mapping[str, str] = field(default_factory=dict)
    official: bool = False
    citation: Mapping[str, str] = field(default_factory=dict)
    meaning: Mapping[str, str] = field(default_factory=dict)
    url: Mapping[str, str] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    source: str = ""
    read: str = ""


def is_loose_date(text: str) -> bool:
    """Return whether a text is a year, a month or a day of the calendar.

    >>> [is_loose_date(one) for one in ("2026", "2026-02", "2026-02-30", "soon")]
    [True, True, False, False]
    """
    try:
        return bool(_LOOSE.fullmatch(text) and date.fromisoformat(f"{text}-01-01"[:10]))
    except ValueError:
        return False


def is_day(text: str) -> bool:
    """Return whether a text is a day of the calendar.

    >>> [is_day(one) for one in ("2026-02-28", "2026-02", "2026-02-30")]
    [True, False, False]
    """
    return len(text) == len("2026-02-28") and is_loose_date(text)


def _is_past_day(text: str, today: str) -> bool:
    return is_day(text) and text <= today


def is_address(text: str) -> bool:
    """Return whether a text is a full web address that a browser can open.

    >>> [is_address(one) for one in ("https://example.org/a", "http://[::1", "https://", "https://a:b")]
    [True, False, False, False]
    """
    return _ADDRESS.fullmatch(text) is not None


def _said(name: str, texts: Mapping[str, str], locales: Collection[str]) -> Iterator[Fault]:
    for locale in locales:
        text = texts.get(locale, "").strip()
        if not text:
            yield f"{name}_{locale}", "law.words-missing"
        elif len(text) > MOST:
            yield f"{name}_{locale}", "law.words-too-long"


def _read_faults(source: str, read: str, today: str) -> Iterator[Fault]:
    """Find what is missing where something counts as read in an official text."""
    if not source.strip():
        yield "source", "law.source-missing"
    elif len(source) > MOST:
        yield "source", "law.words-too-long"
    yield from read_day_faults(read, today)


def read_day_faults(read: str, today: str) -> tuple[Fault, ...]:
    """Return what is wrong with the day on which something was read in an official text."""
    return () if _is_past_day(read, today) else (("read", "law.read-day"),)


def event_faults(entered: EnteredEvent, law: Law, today: str, locales: Collection[str]) -> tuple[Fault, ...]:
    """Return what is wrong with an event: (field, code)."""
    return tuple(_event_faults(entered, law, today, locales))


def _event_faults(entered: EnteredEvent, law: Law, today: str, locales: Collection[str]) -> Iterator[Fault]:
    if entered.event not in KINDS:
        yield "event", "law.event-missing"
    if not is_loose_date(entered.date):
        yield "date", "law.date-form"
    elif any((one.date, one.event) == (entered.date, entered.event) for one in law.events):
        yield "date", "law.event-twice"
    if entered.material not in {"yes", "no"}:
        yield "material", "law.material-missing"
    yield from _said("words", entered.words, locales)
    if entered.certainty == VERIFIED:
        yield from _read_faults(entered.source, entered.read, today)
    elif len(entered.source) > MOST:
        yield "source", "law.words-too-long"


def event_of(entered: EnteredEvent, today: str) -> Event:
    """Return the event; whether it has changed the law follows from its kind and its date.

    What announces a change never has, a bill with royal assent included. What is dated ahead will have.
    """
    has_come = entered.event not in ANNOUNCING and last_day(entered.date) <= today
    is_read = entered.certainty == VERIFIED
    return Event(
        date=entered.date,
        event=entered.event,
        material=entered.material == "yes",
        effect=IN_FORCE if has_come else PENDING,
        words=Words({tag: " ".join(text.split()) for tag, text in entered.words.items() if text.strip()}),
        certainty=VERIFIED if is_read else RECALLED,
        source=" ".join(entered.source.split()),
        read=entered.read if is_read else "",
    )


def with_event(law: Law, event: Event) -> Law:
    """Return the entry with one more event, in the order of dates, and as the law stands after it."""
    at = next(
        (at for at, one in enumerate(law.events) if last_day(one.date) > last_day(event.date)),
        len(law.events),
    )
    return _standing(replace(law, events=(*law.events[:at], event, *law.events[at:])), event)


def _standing(law: Law, event: Event) -> Law:
    if event.event == "assent" and not law.assented:
        return replace(law, assented=event.date)
    if event.effect != IN_FORCE:
        return law
    if event.event == "repeal":
        return replace(law, status="repealed")
    if event.event == "in-force" and law.status == "not-yet":
        return replace(law, status="in-force", in_force=law.in_force or event.date)
    if event.event == "amendment" and law.status == "in-force":
        return replace(law, status="amended")
    return law


def in_force_now(law: Law, event: Event) -> Law:
    """Return the entry once an event that was expected has come into force."""
    come = replace(event, effect=IN_FORCE)
    events = tuple(come if one == event else one for one in law.events)
    return _standing(replace(law, events=events), come)


def read_again(law: Law, source: str, read: str, settled: Collection[str]) -> Law:
    """Return the entry as verified: with the source that was read, and without the doubts that it settled."""
    quality = {"none": "official", "secondary": "mixed"}.get(law.source_quality, law.source_quality)
    return replace(
        law,
        confidence=VERIFIED,
        sources=(*law.sources, f"{' '.join(source.split())} (read {read})"),
        unverified=tuple(point for point in law.unverified if point not in settled),
        source_quality=quality,
    )


def read_faults(source: str, read: str, today: str) -> tuple[Fault, ...]:
    """Return what is missing to mark an entry as read in an official text."""
    return tuple(_read_faults(source, read, today))


def law_faults(
    entered: EnteredLaw, today: str, places: Collection[str], locales: Collection[str]
) -> tuple[Fault, ...]:
    """Return what is wrong with a new entry: (field, code)."""
    return tuple(_law_faults(entered, today, places, locales))


def _law_faults(
    entered: EnteredLaw, today: str, places: Collection[str], locales: Collection[str]
) -> Iterator[Fault]:
    yield from _said("title", entered.title, locales)
    for name, value, known in (
        ("jurisdiction", entered.jurisdiction, places),
        ("kind", entered.kind, LAW_KINDS),
        ("status", entered.status, STANDINGS),
    ):
        if value not in known:
            yield name, "law.choice-missing"
    yield from _said("meaning", entered.meaning, locales)
    for tag, address in entered.url.items():
        if address and not is_address(address):
            yield f"url_{tag}", "law.address-form"
    if entered.source.strip() or entered.read:
        yield from _read_faults(entered.source, entered.read, today)


def law_id(entered: EnteredLaw, taken: Collection[str]) -> str:
    """Make the id of a new entry from its place and its title; nobody types one.

    >>> law_id(EnteredLaw(jurisdiction="ca-qc", title={"fr": "Loi sur l’accès à l’égalité"}), ())
    'ca-qc-loi-sur-l-acces-a-l-egalite'
    """
    title = next((text for text in entered.title.values() if text.strip()), "")
    words = re.sub(r"[^a-z0-9]+", "-", plain(title[:LONGEST_LINE])).strip("-")
    place = "" if entered.jurisdiction == "ca" else entered.jurisdiction
    made = "-".join(part for part in (place, words) if part)[:_LONGEST_ID].strip("-") or "law"
    name, number = made, 1
    while name in taken or name in _NOT_LAWS:
        number += 1
        name = f"{made}-{number}"
    return name


def law_of(entered: EnteredLaw, name: str) -> Law:
    """Return the new entry; what was not read in an official text says so."""

    def words(texts: Mapping[str, str]) -> Words:
        return Words({tag: " ".join(text.split()) for tag, text in texts.items() if text.strip()})

    is_read = bool(entered.source.strip())
    sources = (f"{' '.join(entered.source.split())} (read {entered.read})",) if is_read else ()
    citation = words(entered.citation)
    return Law(
        id=name,
        jurisdiction=entered.jurisdiction,
        kind=entered.kind,
        title=words(entered.title),
        title_fr_official=entered.official,
        citation=citation if citation.by_locale else words(entered.title),
        status=entered.status,
        assented="",
        in_force="",
        events=(),
        meaning=words(entered.meaning),
        courses=(),
        topics=entered.topics,
        url={tag: address for tag, address in entered.url.items() if address},
        confidence=VERIFIED if is_read else RECALLED,
        sources=sources,
        unverified=(),
        source_quality="official" if is_read else "none",
    )
