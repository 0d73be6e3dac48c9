"""What an author sent for one question, as the entry of the quiz file; holes of a text as numbers and back.

A field is named by its path, rows by their ids: `options.a.text.en`. What is not in the form stays as it is
in the entry; a text that is left empty goes. Ids are made here, never typed. Holds no judgement.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from json import dumps
from typing import Any

from lms.core.authoring.quizzes.question_shapes import LINE, LISTS, PARTS, ROWS, TRUTH, WORDS, ShapePart
from lms.core.courses.quiz import HOLE

Entry = Mapping[str, Any]
Sent = Mapping[str, Sequence[str]]
#: Rows that a form offers beyond those that are there: their ids begin so until they have one.
NEW = "+"
_DIGITS = 3
_COMMA = re.compile(r"(-?\d+),(\d+)")
_COUNTED = re.compile(r"\{(\d{1,2})\}")


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """What was sent, in which languages the course is written, and how a new part gets its id."""

    sent: Sent
    locales: tuple[str, ...]
    new_id: Callable[[], str]

    def one(self, name: str) -> str | None:
        """Return what was typed in a field, ends trimmed; None when it was not in the form."""
        values = self.sent.get(name, ())
        return values[0].replace("\r\n", "\n").strip() if values else None


def digest_of(entry: Entry) -> str:
    """Return the digest of one question as it stands: what somebody has read, and changes."""
    return sha256(dumps(entry, ensure_ascii=False).encode()).hexdigest()


def taken(entry: Entry, form: QuestionForm) -> dict[str, Any]:
    """Return the entry with what was sent in its place."""
    kept = {key: value for key, value in entry.items() if key != "rests_on"}
    if outcome := form.one("outcome"):
        kept["outcome"] = outcome
    laws = [law for law in dict.fromkeys(form.sent.get("rests_on", ())) if law]
    parts = PARTS.get(str(entry.get("kind")), ())
    made = _taken(kept, parts, "", form)
    if "text" in made and "gaps" in made:
        made["text"] = _with_holes(made["text"], _row_ids("gaps", made["gaps"], form))
    if laws or "rests_on" in entry:
        made["rests_on"] = tuple(laws)
    return _in_order(made, entry)


def _in_order(made: dict[str, Any], entry: Entry) -> dict[str, Any]:
    """Put what is new behind what comes before it in every question."""
    first = ("id", "kind", "outcome", "rests_on", "prompt", "hint")
    if all(key in entry for key in made):
        return {key: made[key] for key in entry if key in made}
    return {key: made[key] for key in dict.fromkeys((*first, *made)) if key in made}


def _taken(entry: Entry, parts: Sequence[ShapePart], prefix: str, form: QuestionForm) -> dict[str, Any]:
    made = dict(entry)
    for part in parts:
        was = _at(made, part.path)
        now = _READERS[part.form](was, part, prefix + part.name, form)
        if now != was or type(now) is not type(was):
            made = _with(made, part.path, now)
    return made


def _at(entry: Entry, path: Sequence[str]) -> Any:
    value: Any = entry
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _with(entry: Entry, path: Sequence[str], value: Any) -> dict[str, Any]:
    key, rest = path[0], path[1:]
    inner = entry.get(key)
    value = _with(inner if isinstance(inner, Mapping) else {}, rest, value) if rest else value
    if value is None or value == {}:
        return {name: one for name, one in entry.items() if name != key}
    return {**entry, key: value}


# --- one part -------------------------------------------------------------------------------------------
def _words(was: Any, _part: ShapePart, name: str, form: QuestionForm) -> Any:
    said = dict(was) if isinstance(was, Mapping) else {}
    for locale in form.locales:
        typed = form.one(f"{name}.{locale}")
        if typed is not None and typed != str(said.get(locale, "")).strip():
            said[locale] = typed
    return {locale: text for locale, text in said.items() if text} or None


def _lists(was: Any, _part: ShapePart, name: str, form: QuestionForm) -> Any:
    said = dict(was) if isinstance(was, Mapping) else {}
    for locale in form.locales:
        typed = form.one(f"{name}.{locale}")
        if typed is not None:
            said[locale] = tuple(line.strip() for line in typed.split("\n") if line.strip())
    return {locale: lines for locale, lines in said.items() if lines} or None


def _line(was: Any, part: ShapePart, name: str, form: QuestionForm) -> Any:
    typed = form.one(name)
    if typed is None or typed == str(was):
        return was
    if part.name == "points" and typed.isascii() and typed.isdigit() and len(typed) <= _DIGITS:
        return int(typed)
    return _COMMA.sub(r"\1.\2", typed) or None


def _truth(was: Any, _part: ShapePart, name: str, form: QuestionForm) -> Any:
    typed = form.one(name)
    return {"true": True, "false": False}.get(typed or "", was)


def _row_ids(name: str, rows: Any, form: QuestionForm) -> list[str]:
    """Return the ids of the rows in the order in which the form showed them, with those that they got."""
    shown = form.sent.get(f"{name}:rows", ())
    known = [str(row["id"]) for row in rows]
    made = iter([one for one in known if one not in shown])
    return [next(made, one) if one.startswith(NEW) else one for one in shown]


def _rows(was: Any, part: ShapePart, name: str, form: QuestionForm) -> Any:
    shown = form.sent.get(f"{name}:rows")
    if shown is None:
        return was
    before = {str(row.get("id")): row for row in was or () if isinstance(row, Mapping)}
    found: list[tuple[float, dict[str, Any]]] = []
    for place, row_id in enumerate(shown, start=1):
        row = _row(before.get(row_id), row_id, part, name, form)
        if row is not None:
            found.append((_position(form.one(f"{name}.{row_id}:at"), place), row))
    rows = tuple(row for _, row in sorted(found, key=lambda one: one[0]))
    return rows if rows or not part.optional else None


def _row(
    was: Entry | None, row_id: str, part: ShapePart, name: str, form: QuestionForm
) -> dict[str, Any] | None:
    """Return one row; none where it is taken out, or where nothing was written into a new one."""
    if form.one(f"{name}.{row_id}:remove"):
        return None
    row = _taken(was or {}, part.rows, f"{name}.{row_id}.", form)
    if was is None and not any(row.values()):
        return None
    if part.right:
        row = _marked(row, is_right=row_id in form.sent.get(f"{name}:right", ()))
    return row if was is not None else {"id": form.new_id(), **row}


def _marked(row: dict[str, Any], *, is_right: bool) -> dict[str, Any]:
    if is_right == bool(row.get("correct")):
        return row
    rest = {key: value for key, value in row.items() if key not in {"id", "correct"}}
    own = {"id": row["id"]} if "id" in row else {}
    return {**own, "correct": True, **rest} if is_right else {**own, **rest}


def _position(typed: str | None, place: int) -> float:
    """Return where a row goes: what is put in the place of another stands on the side it came from."""
    if not typed or not typed.isascii() or not typed.isdigit() or int(typed[:4]) == place:
        return place
    wanted = int(typed[:4])
    return wanted - 0.5 if wanted < place else wanted + 0.5


_READERS: Mapping[str, Callable[[Any, ShapePart, str, QuestionForm], Any]] = {
    WORDS: _words,
    LISTS: _lists,
    LINE: _line,
    TRUTH: _truth,
    ROWS: _rows,
}


# --- holes ----------------------------------------------------------------------------------------------
def counted_holes(text: str, ids: Sequence[str]) -> str:
    """Return a text whose holes are numbers, as an author reads and moves them.

    >>> counted_holes("Ask {name} first.", ["name"])
    'Ask {1} first.'
    """
    places = {one: str(at) for at, one in enumerate(ids, start=1)}
    return HOLE.sub(lambda hole: "{" + places.get(hole[1], hole[1]) + "}", text)


def _with_holes(words: Mapping[str, str], ids: Sequence[str]) -> dict[str, str]:
    def named(hole: re.Match[str]) -> str:
        at = int(hole[1])
        return "{" + (ids[at - 1] if 0 < at <= len(ids) else hole[1]) + "}"

    return {locale: _COUNTED.sub(named, text) for locale, text in words.items()}


def ids_in(value: Any) -> Iterator[str]:
    """Return every id of a quiz file, of questions and of their parts."""
    if isinstance(value, Mapping):
        if isinstance(value.get("id"), str):
            yield value["id"]
        for part in value.values():
            yield from ids_in(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from ids_in(part)
