"""One question of a draft as fields to fill in: each language beside the other, rows with their places.

Holds the building of what `macros/quiz_editor.html` draws, with every finding beside its field; words are in
`quiz_editor_words`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from lms.core.authoring.quizzes.question_forms import NEW, counted_holes
from lms.core.authoring.quizzes.question_shapes import LISTS, PARTS, ROWS, TRUTH, WORDS, ShapePart
from lms.core.authoring.quizzes.quiz_draft import PlacedFinding
from lms.core.locales import direction, language_of
from lms.web.quizzes.quiz_editor_words import HINTS, LABELS, ROW_NAMES
from lms.web.words.finding_lines import FindingLine, finding_line

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class TextField:
    """One text in one language; without a language it is the same in all of them."""

    name: str
    label: str
    lang: str
    dir: str
    text: str
    lines: int

    @property
    def id(self) -> str:
        """Return the id of the control: signs of a new row have no place in it."""
        return f"f.{self.name}".replace(NEW, "new")


@dataclass(frozen=True, slots=True)
class PartField:
    """One part: a text in each language, or one line, or rows, or true and false."""

    id: str
    form: str
    label: str
    hint: str
    optional: bool
    fields: tuple[TextField, ...]
    rows: tuple[RowField, ...]
    right: str
    findings: tuple[FindingLine, ...]


@dataclass(frozen=True, slots=True)
class RowField:
    """One row of a list, counted from 1; `is_new` is the empty one that is offered."""

    id: str
    row: str
    title: str
    place: int
    is_new: bool
    is_right: bool
    parts: tuple[PartField, ...]
    findings: tuple[FindingLine, ...]


@dataclass(frozen=True, slots=True)
class _FieldBuilder:
    """What all fields of one question share: languages, findings by their place."""

    locales: Sequence[str]
    findings: Sequence[PlacedFinding]

    def lines_at(self, path: Path, *, below: bool) -> tuple[FindingLine, ...]:
        """Return what is said of a place; `below` with all that is inside it."""
        found = (one for one in self.findings if one.path[: len(path)] == path)
        return tuple(dict.fromkeys(finding_line(one.finding) for one in found if below or one.path == path))

    def part(self, part: ShapePart, value: Any, prefix: str, path: Path) -> PartField:
        name, here = prefix + part.name, (*path, *part.path)
        rows = self.rows(part, value, name, here) if part.form == ROWS else ()
        return PartField(
            id=f"p.{name}".replace(NEW, "new"),
            form=part.form,
            label=gettext(LABELS[part.name]),
            hint=gettext(HINTS[part.name]) if part.name in HINTS and not prefix else "",
            optional=part.optional,
            fields=self.fields(part, value, name),
            rows=rows,
            right=part.right,
            findings=self.lines_at(here, below=part.form != ROWS),
        )

    def fields(self, part: ShapePart, value: Any, name: str) -> tuple[TextField, ...]:
        if part.form in {WORDS, LISTS}:
            said = value if isinstance(value, Mapping) else {}
            return tuple(self.text(said.get(tag), name, tag) for tag in self.locales)
        if part.form == ROWS:
            return ()
        typed = "" if value is None else str(value).lower() if part.form == TRUTH else str(value)
        return (TextField(name, gettext(LABELS[part.name]), "", "", typed, 1),)

    @staticmethod
    def text(value: Any, name: str, tag: str) -> TextField:
        text = "\n".join(map(str, value)) if isinstance(value, tuple) else str(value or "").strip()
        lines = max(2, 1 + len(text) // 45, text.count("\n") + 1)
        return TextField(f"{name}.{tag}", language_of(tag).name, tag, direction(tag), text, min(lines, 12))

    def rows(self, part: ShapePart, value: Any, name: str, path: Path) -> tuple[RowField, ...]:
        known = value if isinstance(value, tuple) else ()
        listed = [(at, row) for at, row in enumerate(known) if isinstance(row, Mapping)]
        made = [self.row(part, row, at, name, (*path, at)) for at, row in listed]
        if len(made) < part.most:
            made.append(self.row(part, {"id": f"{NEW}1"}, len(made), name, (*path, len(known))))
        return tuple(made)

    def row(self, part: ShapePart, row: Mapping[str, Any], at: int, name: str, here: Path) -> RowField:
        row_id = str(row.get("id", ""))
        is_new = row_id.startswith(NEW)
        parts = tuple(self.part(one, _at(row, one.path), f"{name}.{row_id}.", here) for one in part.rows)
        return RowField(
            id=f"r.{name}.{row_id}".replace(NEW, "new"),
            row=row_id,
            title=gettext(ROW_NAMES[part.name], number=at + 1),
            place=at + 1,
            is_new=is_new,
            is_right=row.get("correct") is True,
            parts=parts,
            findings=() if is_new else self.lines_at(here, below=False),
        )


def _at(value: Any, path: Iterable[str]) -> Any:
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def question_fields(
    entry: Mapping[str, Any], locales: Sequence[str], findings: Sequence[PlacedFinding]
) -> tuple[PartField, ...]:
    """Return the parts of a question with what is filled in, holes of a text as numbers."""
    build = _FieldBuilder(locales, findings)
    return tuple(
        build.part(part, _shown(entry, part), "", ()) for part in PARTS.get(str(entry.get("kind")), ())
    )


def _shown(entry: Mapping[str, Any], part: ShapePart) -> Any:
    value = _at(entry, part.path)
    if part.name == "text" and isinstance(value, Mapping):
        gaps = entry.get("gaps")
        ids = (
            [str(gap.get("id")) for gap in gaps if isinstance(gap, Mapping)]
            if isinstance(gaps, tuple)
            else []
        )
        return {tag: counted_holes(str(text), ids) for tag, text in value.items()}
    return value


def shown_elsewhere(entry: Mapping[str, Any], findings: Sequence[PlacedFinding]) -> tuple[FindingLine, ...]:
    """Return the findings that speak of no part: they stand above the form."""
    names = tuple(part.path[0] for part in PARTS.get(str(entry.get("kind")), ()))
    own = (one for one in findings if not one.path or one.path[0] not in names)
    return tuple(dict.fromkeys(finding_line(one.finding) for one in own))
