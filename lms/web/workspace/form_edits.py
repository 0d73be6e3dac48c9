"""The editor's form as edits: which pieces were changed, and where each of them was.

Every piece has a field `at:<language>:<place>` that says in which state of the file, and as what, it was
shown; its text and its values stand beside it. What reads as it was shown is not sent on. Holds shapes alone:
what may be done is decided by the action.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Protocol

from lms.core.authoring.lessons.changes import Change, JoinPieces, MovePiece, RemovePiece, SetFields, SetText
from lms.core.authoring.lessons.edits import Edit
from lms.core.authoring.lessons.pieces import Piece, Place, place_words, read_place

#: Values that are written in words of a language; all others are the same in every language.
IN_WORDS = ("title", "alt")
SHARED = ("rests-on", "as-of", "review-by", "minutes", "skip-to", "at")
FLAGS = ("decorative", "described")
_CHOICE = re.compile(r"[-*+] \[(.*)\]\(#([^()\s]+)\)\s*")
_PARTS = 6
_MOST_CHOICES = 12


class SentFields(Protocol):
    """What a browser has sent."""

    def get(self, name: str, default: str, /) -> str:
        """Return a value."""
        ...

    def getlist(self, name: str, /) -> list[str]:
        """Return all values of a name."""
        ...

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        ...


def _short(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))


def choices_of(piece: Piece) -> list[tuple[str, str]]:
    """Return the choices of a step, words and target, where a list holds nothing else."""
    found = [_CHOICE.fullmatch(line) for line in piece.shown.split("\n")]
    return [(one[1], one[2]) for one in found if one] if all(found) else []


def choices_text(choices: Iterable[tuple[str, str]]) -> str:
    """Write choices as the list that they are in the file."""
    return "\n".join(f"- [{words.strip()}](#{target})" for words, target in choices if words.strip())


def _state_of(values: Mapping[str, str], flags: Iterable[str]) -> str:
    """Write values so that two states compare, however they are spaced."""
    pairs = (f"{name}={' '.join(values[name].split())}" for name in sorted(values))
    return "|".join([*pairs, *sorted(flags)])


def reads_as(piece: Piece, text: str) -> bool:
    """Return whether a piece has this text, however its lines end."""
    return _plain(piece.shown) == _plain(text)


def shown_digest(piece: Piece, names: Iterable[str] = ()) -> str:
    """Return a short digest of what a page shows of a piece: its text, or the values of these names."""
    if not piece.is_container:
        return _short(f"{piece.level}|{_plain(piece.shown)}")
    values = {name: piece.values.get(name, "") for name in names if name not in FLAGS}
    return _short(_state_of(values, piece.flags & set(FLAGS) & set(names)))


@dataclass(frozen=True, slots=True)
class Shown:
    """Where and as what a piece was shown: the value of a field `at:…`."""

    locale: str
    base: str
    place: Place
    kind: str
    was: str
    shown: str

    @classmethod
    def of(cls, locale: str, base: str, place: Place, piece: Piece, names: Iterable[str] = ()) -> Shown:
        """Note how a piece is shown."""
        was = sha256(piece.head).hexdigest()
        return cls(locale, base, place, piece.kind, was, shown_digest(piece, names))

    @property
    def key(self) -> str:
        """Return the name of the piece on the page."""
        return f"{self.locale}:{place_words(self.place)}"

    def __str__(self) -> str:
        """Write the value of the field."""
        return "|".join([self.locale, self.base, place_words(self.place), self.kind, self.was, self.shown])

    @classmethod
    def read(cls, value: str) -> Shown | None:
        """Read the value of such a field; None for what is none."""
        parts = value.split("|")
        place = (read_place(parts[2]) if parts[2] else ()) if len(parts) == _PARTS else None
        return None if place is None else cls(parts[0], parts[1], place, *parts[3:])

    def beside(self, before: Shown) -> Shown:
        """Return the same piece where nothing of it stands on the page but what stood there before."""
        return replace(self, shown=before.shown)

    def edit(self, wish: Change) -> Edit:
        """Return a change of this piece."""
        return Edit(self.locale, self.base, wish, self.was)


@dataclass(slots=True)
class SentForm:
    """The form of a lesson: its pieces by key, and what was changed."""

    pieces: dict[str, Shown] = field(default_factory=dict)
    edits: list[Edit] = field(default_factory=list)


def _text(sent: SentFields, key: str) -> str | None:
    if f"choices:{key}" not in sent:
        return sent.get(f"t:{key}", "") if f"t:{key}" in sent else None
    rows = range(_MOST_CHOICES)
    return choices_text((sent.get(f"c:{key}:{at}", ""), sent.get(f"s:{key}:{at}", "")) for at in rows)


def _text_edit(sent: SentFields, shown: Shown, key: str) -> Edit | None:
    text = _text(sent, key)
    if text is None:
        return None
    given = sent.get(f"level:{key}", "")
    level = int(given) if given in {"2", "3", "4"} else 0
    if _short(f"{level}|{_plain(text)}") == shown.shown:
        return None
    return shown.edit(SetText(shown.place, text, level))


def _field_edits(sent: SentFields, shown: Shown, key: str, all_shown: Mapping[str, Shown]) -> Iterator[Edit]:
    """Return the changes of a container's values; those that are shared go to every language of its row."""
    if f"fields:{key}" not in sent:
        return
    names = sent.get(f"fields:{key}", "").split()
    values = {name: " ".join(sent.getlist(f"f:{key}:{name}")).strip() for name in names if name not in FLAGS}
    flags = {name: f"f:{key}:{name}" in sent for name in names if name in FLAGS}
    if _short(_state_of(values, (name for name, on in flags.items() if on))) == shown.shown:
        return
    yield shown.edit(SetFields(shown.place, values, flags))
    shared = {name: value for name, value in values.items() if name in SHARED}
    for other in sent.get(f"also:{key}", "").split():
        if other in all_shown and (shared or flags):
            there = all_shown[other]
            yield there.edit(SetFields(there.place, shared, flags))


def read_form(sent: SentFields) -> SentForm:
    """Read everything that was changed on the page of a lesson."""
    form = SentForm()
    for name in sent:
        shown = Shown.read(sent.get(name, "")) if name.startswith("at:") else None
        if shown is not None:
            form.pieces[name.removeprefix("at:")] = shown
    for key, shown in form.pieces.items():
        edit = _text_edit(sent, shown, key)
        form.edits += [edit] if edit else []
        form.edits += _field_edits(sent, shown, key, form.pieces)
    return form


def moved(form: SentForm, deed: str, keys: Iterable[str]) -> list[Edit]:
    """Return the edits of a button that moves, joins or deletes a row: one for each language that has it."""
    wishes: dict[str, Callable[[Place], Change]] = {
        "up": lambda place: MovePiece(place, -1),
        "down": lambda place: MovePiece(place, 1),
        "join": JoinPieces,
        "delete": RemovePiece,
    }
    found = [form.pieces[key] for key in keys if key in form.pieces]
    return [shown.edit(wishes[deed](shown.place)) for shown in found] if deed in wishes else []
