"""The full-text index: what can be found, and what a question finds.

SQLite keeps the stems in an FTS5 table beside `search_entry`, made when the index is first built;
PostgreSQL compares text vectors. Holds no rule about what may be found. Called by `actions.searching`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, inspect, select, text

from lms.storage.stems import asked, stems_of
from lms.storage.tables import search_entry

_MAKE = "CREATE VIRTUAL TABLE IF NOT EXISTS search_index USING fts5(title, stems, tokenize='unicode61')"
_SQLITE = """SELECT e.kind, e.address, e.title, e.text
 FROM search_index i JOIN search_entry e ON e.id = i.rowid
 WHERE search_index MATCH :question AND e.locale = :locale
 ORDER BY bm25(search_index, 8.0, 1.0), e.id LIMIT :most"""
_POSTGRESQL = """SELECT kind, address, title, text FROM search_entry
 WHERE to_tsvector('simple', stems) @@ to_tsquery('simple', :question) AND locale = :locale
 ORDER BY ts_rank(to_tsvector('simple', stems), to_tsquery('simple', :question)) DESC, id LIMIT :most"""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found; the address begins after the language."""

    course: str
    version: str
    locale: str
    kind: str  # lesson | term | law | page
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


def prepared(entries: Iterable[Entry]) -> list[dict[str, str]]:
    """Stem the entries before a transaction is opened: it takes longer than writing them."""
    return [
        {
            "course_id": entry.course,
            "version": entry.version,
            "locale": entry.locale,
            "kind": entry.kind,
            "address": entry.address,
            "title": entry.title,
            "text": entry.text,
            "stems": stems_of(f"{entry.title}\n{entry.text}", entry.locale),
            "title_stems": stems_of(entry.title, entry.locale),
        }
        for entry in entries
    ]


def replace_all(tx: Connection, rows: Sequence[dict[str, str]]) -> None:
    """Put these entries in the place of all that were there."""
    sqlite = tx.dialect.name == "sqlite"
    if sqlite:
        tx.execute(text(_MAKE))
        tx.execute(text("DELETE FROM search_index"))
    tx.execute(delete(search_entry))
    if not rows:
        return
    numbered = [{**row, "id": number} for number, row in enumerate(rows, start=1)]
    kept = [{name: value for name, value in row.items() if name != "title_stems"} for row in numbered]
    tx.execute(insert(search_entry), kept)
    if sqlite:
        add = text("INSERT INTO search_index (rowid, title, stems) VALUES (:id, :title_stems, :stems)")
        tx.execute(add, [{name: row[name] for name in ("id", "title_stems", "stems")} for row in numbered])


def find(tx: Connection, question: str, locale: str, most: int) -> tuple[Hit, ...]:
    """Give what holds every word of the question, the best first."""
    words = asked(question, locale)
    if not words:
        return ()
    sqlite = tx.dialect.name == "sqlite"
    if sqlite and not inspect(tx).has_table("search_index"):
        return ()
    told = _fts(words) if sqlite else _vectors(words)
    found = tx.execute(
        text(_SQLITE if sqlite else _POSTGRESQL), {"question": told, "locale": locale, "most": most}
    )
    return tuple(Hit(*row) for row in found)


def count(tx: Connection) -> int:
    """Count the entries."""
    return len(tx.execute(select(search_entry.c.id)).all())


def _fts(words: list[tuple[str, ...]]) -> str:
    return " AND ".join(
        "(" + " OR ".join(f'"{form}"{_begins(form, "*")}' for form in one) + ")" for one in words
    )


def _vectors(words: list[tuple[str, ...]]) -> str:
    return " & ".join(
        "(" + " | ".join(f"'{form}'{_begins(form, ':*')}" for form in one) + ")" for one in words
    )


def _begins(form: str, sign: str) -> str:
    return sign if len(form) > 3 else ""  # noqa: PLR2004  # shorter ones begin too many words
