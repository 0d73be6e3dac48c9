"""Writing one entry of the register so that it says what it should, and every byte nobody touched stays.

Only what the workspace edits is ever written: events, the standing of the law, what was read and where. A
file in a form that this cannot follow is refused and left as it is. Holds no rule about what may be written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from lms.content.drafts.workshop import alone
from lms.content.files.files import Files, sha256
from lms.content.files.writing import write_file
from lms.content.shapes.reading import Source, read_yaml
from lms.content.shapes.schemas import LawFile
from lms.content.shapes.validation import validate
from lms.content.shared.register import FOLDER, to_law
from lms.core.errors import Conflict, Invalid, NotFound
from lms.core.ids import is_slug
from lms.core.legislation.register import Event, Law
from lms.core.locales import Words

#: Fields that hold one short value, as they are called in the file and in core.
_VALUES = ("status", "assented", "in_force", "confidence", "source_quality")
_LISTS = ("sources", "unverified")
#: Plain words that some readers of YAML take for something else.
_OTHERWISE = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


@dataclass(slots=True)
class _Text:
    """The lines of a file, with where its parts begin (from 0)."""

    rows: list[str]
    source: Source

    def begin(self, *path: str | int) -> int:
        """Return the row on which a part begins."""
        return self.source.place(path).line - 1

    def end(self, key: str) -> int:
        """Return the row after the last one of a field, without remarks and empty rows before the next."""
        tops = sorted(self.begin(name) for name in _fields(self.source))
        end = next((row for row in tops if row > self.begin(key)), len(self.rows))
        while end > self.begin(key) + 1 and _is_apart(self.rows[end - 1]):
            end -= 1
        return end

    def item_end(self, key: str, at: int, count: int) -> int:
        """Return the row after an item of a list."""
        return self.begin(key, at + 1) if at + 1 < count else self.end(key)


def _fields(source: Source) -> tuple[str, ...]:
    return tuple(source.value) if isinstance(source.value, dict) else ()


def _is_apart(row: str) -> bool:
    return not row.strip() or row.startswith("#")


# --- values as YAML -------------------------------------------------------------------------------
def _said(value: object) -> str:
    """Write a value on one line, in a form that every reader of YAML 1.2 understands alike."""
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    text = str(value)
    is_plain = is_slug(text) and text[0].isalpha() and text not in _OTHERWISE
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def _words(words: Words, indent: str) -> list[str]:
    return [f"{indent}{tag}: {_said(text)}\n" for tag, text in words.by_locale.items()]


def _event(event: Event, indent: str) -> list[str]:
    said: list[tuple[str, object]] = [
        ("date", event.date),
        ("event", event.event),
        ("material", event.material),
        ("effect", event.effect),
        *((key, getattr(event, key)) for key in ("certainty", "source", "read") if getattr(event, key)),
    ]
    rows = [f"{indent}  {key}: {_said(value)}\n" for key, value in said]
    rows[0] = f"{indent}- {rows[0].lstrip()}"
    return [*rows, *_words(event.words, f"{indent}  ")]


# --- one change each, the lowest in the file first ------------------------------------------------
def _list_begun(text: _Text, key: str) -> tuple[int, str]:
    """Return where the first item of a list stands and how far in; an empty list is opened."""
    row = text.begin(key)
    if re.fullmatch(rf"{key}:[ ]*\[[ ]*\][ ]*(#.*)?\n?", text.rows[row]):
        text.rows[row] = text.rows[row].replace("[", "", 1).replace("]", "", 1).rstrip() + "\n"
        return row + 1, ""
    first = text.rows[row + 1] if row + 1 < len(text.rows) else ""
    return row + 1, first[: len(first) - len(first.lstrip(" "))]


def _insert(text: _Text, key: str, count: int, at: int, made: Iterable[str]) -> None:
    row = text.end(key) if at >= count else text.begin(key, at)
    if row and not text.rows[row - 1].endswith("\n"):
        text.rows[row - 1] += "\n"
    text.rows[row:row] = made


def _events(text: _Text, old: Law, new: Law) -> None:
    """Put in what is new, each where it stands in the new order; rewrite what counts otherwise now."""
    kept = [event for event in new.events if event in old.events]
    if len(new.events) == len(old.events):
        for at, (before, after) in reversed(list(enumerate(zip(old.events, new.events, strict=True)))):
            if before != after:
                _effect(text, at, len(old.events), after.effect)
        return
    _, indent = _list_begun(text, "events")
    fresh = [event for event in new.events if event not in old.events]
    for event in reversed(fresh):
        at = sum(one in kept for one in new.events[: new.events.index(event)])
        _insert(text, "events", len(kept), at, _event(event, indent))


def _effect(text: _Text, at: int, count: int, effect: str) -> None:
    for row in range(text.begin("events", at), text.item_end("events", at, count)):
        mended = re.sub(r"(\beffect:[ ]*)[a-z-]+", rf"\g<1>{effect}", text.rows[row], count=1)
        if mended != text.rows[row]:
            text.rows[row] = mended
            return


def _value(text: _Text, key: str, value: str) -> None:
    row = text.begin(key)
    said = _said(value or None)
    text.rows[row] = re.sub(
        r"^([a-z_]+:[ ]*)[^#\n]*?([ ]*(?:#.*)?\n?)$", rf"\g<1>{said}\g<2>", text.rows[row]
    )


def _list(text: _Text, key: str, old: tuple[str, ...], new: tuple[str, ...]) -> None:
    """Drop items that are gone and add those that are new, at the end; a list on one row stays on one."""
    row = text.begin(key)
    if re.fullmatch(rf"{key}:[ ]*\[.+\][ ]*\n?", text.rows[row]):
        text.rows[row] = f"{key}: [{', '.join(map(_said, new))}]\n"
        return
    fresh = [item for item in new if item not in old]
    gone = [at for at, item in enumerate(old) if item not in new]
    if fresh:
        _, indent = _list_begun(text, key)
        _insert(text, key, len(old), len(old), [f"{indent}- {_said(item)}\n" for item in fresh])
    for at in reversed(gone):
        begin, end = text.begin(key, at), text.item_end(key, at, len(old))
        del text.rows[begin:end]
    if gone and not new:
        text.rows[row] = f"{key}: []\n"


def _changed(raw: bytes, file: str, old: Law, new: Law) -> bytes:
    """Return the file with each difference written; from the bottom up, so that the places stay true."""
    source = read_yaml(raw, file)
    text = _Text(raw.decode().splitlines(keepends=True), source)
    steps = [(text.begin(key), key) for key in ("events", *_VALUES, *_LISTS)]
    for _, key in sorted(steps, reverse=True):
        before, after = getattr(old, key), getattr(new, key)
        if before == after:
            continue
        if key == "events":
            _events(text, old, new)
        elif key in _LISTS:
            _list(text, key, before, after)
        else:
            _value(text, key, after)
    return "".join(text.rows).encode()


# --- whole entries --------------------------------------------------------------------------------
def _written(law: Law) -> bytes:
    """Write a new entry in the form of the others."""
    rows = [f"id: {law.id}\n", f"jurisdiction: {law.jurisdiction}\n", f"kind: {law.kind}\n"]
    rows += ["title:\n", *_words(law.title, "  "), f"title_fr_official: {_said(law.title_fr_official)}\n"]
    rows += ["citation:\n", *_words(law.citation, "  "), f"status: {law.status}\n"]
    rows += [f"{key}: {_said(getattr(law, key) or None)}\n" for key in ("assented", "in_force")]
    rows += ["events: []\n", "meaning:\n", *_words(law.meaning, "  ")]
    rows += _plain_list("courses", law.courses) + _plain_list("topics", law.topics)
    rows += _addresses(law.url)
    rows += [f"confidence: {law.confidence}\n", *_plain_list("sources", law.sources)]
    rows += [*_plain_list("unverified", law.unverified), f"source_quality: {law.source_quality}\n"]
    return "".join(rows).encode()


def _plain_list(key: str, items: tuple[str, ...]) -> list[str]:
    return [f"{key}:\n", *(f"- {_said(item)}\n" for item in items)] if items else [f"{key}: []\n"]


def _addresses(url: Mapping[str, str]) -> list[str]:
    return ["url:\n", *(f"  {tag}: {_said(one)}\n" for tag, one in url.items())] if url else ["url: null\n"]


def _read(raw: bytes, file: str) -> Law:
    """Read an entry.

    Raises: Invalid `law.not-whole`.
    """
    found, faults = validate(LawFile, read_yaml(raw, file))
    if found is None or faults:
        raise Invalid("law.not-whole", faults, file=file)
    return to_law(found)


def law_digest(files: Files, law_id: str) -> str:
    """Return the digest of an entry as it is on disk; '' for one that is not there yet.

    Raises: NotFound `law.unknown` for a name that no entry can have.
    """
    raw = files.raw(_file(law_id))
    return "" if raw is None else sha256(raw)


def _file(law_id: str) -> str:
    if not is_slug(law_id) or law_id == "register":
        raise NotFound("law.unknown", law=law_id)
    return f"{FOLDER}/{law_id}.yaml"


def save_law(files: Files, law: Law, *, expected: str) -> str:
    """Write an entry that has the digest `expected` ('' for a new one) so that it says `law`.

    Raises: NotFound `law.unknown`; Conflict `law.changed`, `law.by-hand`; Invalid `law.not-whole`;
    Unavailable `disk.write-failed`.
    """
    file = _file(law.id)
    with alone(files, "legislation"):
        raw = files.raw(file)
        if ("" if raw is None else sha256(raw)) != expected:
            raise Conflict("law.changed", law=law.id)
        made = _added(law, file) if raw is None else _changed(raw, file, _read(raw, file), law)
        if _read(made, file) != law:
            raise Conflict("law.by-hand", file=file)
        write_file(files.root / file, made)
    return sha256(made)


def _added(law: Law, file: str) -> bytes:
    made, empty = _written(law), replace(law, events=())
    return _changed(made, file, empty, law) if law.events else made
