"""The index of what can be found: each word with the entries that hold it, the same in both databases.

A row of `search_word` holds one form of a word and the numbers of the entries that hold it, each with a
weight that was worked out when the index was made (BM25, a word of the title counting eight times). A
question reads the rows of its words by the table's key and adds up; nothing depends on a database's own idea
of words (ADR 0060). Holds no rule about what may be found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from hashlib import sha256
from math import log

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select

from lms.core.publishing.site import Expressions
from lms.storage.search.expressions import others
from lms.storage.search.stems import EDITION, asked, stems_of
from lms.storage.tables.operations import search_entry, search_word

_TITLE = 8  # times that a word of the title counts
_SATURATION, _LENGTH = 1.2, 0.75  # BM25's k1 and b
_WHOLE = 1000  # the weight of a word that is there endlessly often
_SHORT = 3  # letters of a form that stands for itself alone: as a beginning it would begin too many words
_LAST = "\U0010ffff"
_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """Something that can be found; the address begins after the language."""

    course: str
    version: str
    locale: str
    kind: str  # lesson | term | law | help
    address: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found."""

    kind: str
    address: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Index:
    """All rows of an index, made before a transaction is opened: that takes longer than writing them."""

    entries: list[dict[str, object]]
    words: list[dict[str, object]]
    edition: str


def edition_of(entries: Iterable[SearchEntry], groups: Sequence[Expressions] = ()) -> str:
    """Return what tells an index from every other: its entries, other words for them, how words are cut."""
    digest = sha256(repr((EDITION, [sorted(group.items()) for group in groups])).encode())
    for entry in entries:
        digest.update(repr(astuple(entry)).encode())
    return digest.hexdigest()


def prepared(entries: Sequence[SearchEntry], groups: Sequence[Expressions] = ()) -> Index:
    """Make the rows of an index; what holds one expression of a group is found by the others, too."""
    numbered: list[dict[str, object]] = [
        {
            "id": number,
            "course_id": entry.course,
            "version": entry.version,
            "locale": entry.locale,
            "kind": entry.kind,
            "address": entry.address,
            "title": entry.title,
            "text": entry.text,
        }
        for number, entry in enumerate(entries, start=1)
    ]
    return Index(numbered, list(_words(entries, groups)), edition_of(entries, groups))


def _counted(entry: SearchEntry, groups: Sequence[Expressions]) -> Counter[str]:
    found = Counter(stems_of(entry.text, entry.locale).split())
    for form, times in Counter(stems_of(entry.title, entry.locale).split()).items():
        found[form] += _TITLE * times
    for expression in others(f"{entry.title}\n{entry.text}", entry.locale, groups):
        found.update(set(stems_of(expression, entry.locale).split()) - found.keys())
    return found


def _words(entries: Sequence[SearchEntry], groups: Sequence[Expressions]) -> Iterator[dict[str, object]]:
    """Return the rows of the words, one language after the other."""
    for locale in dict.fromkeys(entry.locale for entry in entries):
        mine = [
            (number, _counted(entry, groups))
            for number, entry in enumerate(entries, start=1)
            if entry.locale == locale
        ]
        usual = max(1.0, sum(found.total() for _, found in mine) / len(mine))
        rows: dict[str, list[str]] = {}
        for number, found in mine:
            room = _SATURATION * (1 - _LENGTH + _LENGTH * found.total() / usual)
            for form, times in found.items():
                rows.setdefault(form, []).append(f"{number}:{round(_WHOLE * times / (times + room))}")
        for form, places in rows.items():
            yield {"locale": locale, "word": form, "found": " ".join(places)}


def edition(tx: Connection) -> str:
    """Return the edition of the index that is kept; '' before the first."""
    return tx.execute(select(search_word.c.found).where(_EDITION)).scalar() or ""


_EDITION = and_(search_word.c.locale == "", search_word.c.word == "")


def replace_all(tx: Connection, index: Index) -> None:
    """Put an index in the place of the one that was there."""
    for table, rows in ((search_entry, index.entries), (search_word, index.words)):
        tx.execute(delete(table))
        for begin in range(0, len(rows), _AT_ONCE):
            tx.execute(insert(table), rows[begin : begin + _AT_ONCE])
    tx.execute(insert(search_word).values(locale="", word="", found=index.edition))


def find(tx: Connection, question: str, locale: str, most: int) -> tuple[Hit, ...]:
    """Return what holds every word of the question, the best first."""
    words = asked(question, locale)
    if not words:
        return ()
    best = _best(words, _rows(tx, words, locale), count(tx))[:most]
    query = select(
        search_entry.c.id,
        search_entry.c.kind,
        search_entry.c.address,
        search_entry.c.title,
        search_entry.c.text,
    ).where(search_entry.c.id.in_(best))
    hits = {row[0]: Hit(*row[1:]) for row in tx.execute(query)} if best else {}
    return tuple(hits[number] for number in best)


def _is_form(form: str) -> ColumnElement[bool]:
    word = search_word.c.word
    return word == form if len(form) <= _SHORT else and_(word >= form, word < form + _LAST)


def _rows(tx: Connection, words: Sequence[tuple[str, ...]], locale: str) -> list[tuple[str, str]]:
    """Return every (word, what it was found in) that any form asks for, in one statement."""
    any_form = or_(*(_is_form(form) for one in words for form in one))
    query = select(search_word.c.word, search_word.c.found)
    return [(row[0], row[1]) for row in tx.execute(query.where(search_word.c.locale == locale, any_form))]


def _meets(word: str, form: str) -> bool:
    return word == form if len(form) <= _SHORT else word.startswith(form)


def _best(words: Sequence[tuple[str, ...]], rows: Sequence[tuple[str, str]], entries: int) -> list[int]:
    """Return the numbers of the entries that hold every word, the best first."""
    scores: dict[int, float] | None = None
    for one in words:
        weights: dict[int, int] = {}
        for word, found in rows:
            if any(_meets(word, form) for form in one):
                _gather(weights, found)
        rare = log(1 + entries / max(1, len(weights)))
        scores = {
            number: rare * weight + (scores[number] if scores else 0)
            for number, weight in weights.items()
            if scores is None or number in scores
        }
    return sorted(scores or {}, key=lambda number: (-(scores or {})[number], number))


def _gather(weights: dict[int, int], found: str) -> None:
    """Keep the greatest weight of each entry: the forms of a word stand for the same places."""
    for place in found.split():
        number, _, weight = place.partition(":")
        weights[int(number)] = max(weights.get(int(number), 0), int(weight))


def count(tx: Connection) -> int:
    """Count the entries."""
    return tx.execute(select(func.count()).select_from(search_entry)).scalar_one()
