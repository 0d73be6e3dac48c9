"""A lesson as the editor shows it: rows of pieces in every language, with their fields and findings.

Holds what the template draws and no rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from flask_babel import gettext

from lms.core.authoring.lessons.drafts import LessonDraft
from lms.core.authoring.lessons.pieces import HEADING, Piece, Place, piece_on, place_words, walk
from lms.core.authoring.lessons.rows import Row, rows_of
from lms.core.courses.findings import Finding
from lms.core.legislation.register import Law
from lms.rendering.words.findings import finding_words
from lms.web.words.finding_lines import reference_words
from lms.web.workspace.form_edits import FLAGS, SHARED, Shown, choices_of
from lms.web.workspace.piece_words import FIELDS_OF, field_words, hint_words, kind_words

_WIDTH = 62  # characters on a line of a text area, about
_MOST_ROWS = 24
_SPARE = 2  # choices that may be added at once
_SHORT = 60


@dataclass(slots=True)
class PageModel:
    """Everything that rows need to know of the page around them."""

    draft: LessonDraft
    laws: Mapping[str, Law]
    locale: str  # of the reader
    writable: frozenset[str]
    typed: Mapping[str, str] = field(default_factory=dict)
    findings: dict[tuple[str, Place], list[Finding]] = field(default_factory=dict)
    loose: list[Finding] = field(default_factory=list)  # of no piece

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows of the lesson."""
        self._place_findings()
        roots = {locale: text.root for locale, text in self.draft.texts.items() if text.is_readable}
        return [self._row(row, "") for row in rows_of(roots)]

    def _place_findings(self) -> None:
        files = {text.file: (locale, text) for locale, text in self.draft.texts.items()}
        for finding in self.draft.findings:
            locale, text = files.get(finding.place.file, ("", None))
            found = piece_on(text.root, finding.place.line) if text else None
            if found is None:
                self.loose.append(finding)
            else:
                self.findings.setdefault((locale, found[0]), []).append(finding)

    def _row(self, row: Row, around: str) -> dict[str, Any]:
        first = next(iter(row.cells.values()))[1]
        keys = [f"{locale}:{place_words(place)}" for locale, (place, _) in row.cells.items()]
        cells = [self._cell(row, locale, keys, around) for locale in self.draft.texts if locale in row.cells]
        locales = (locale for locale in self.draft.course.required if locale not in row.cells)
        return {
            "anchor": f"b-{keys[0].replace(':', '-')}",
            "known": first.id if first.is_container else "",
            "named": ",".join(keys),
            "kind": row.kind,
            "words": kind_words(row.kind),
            "is_container": first.is_container,
            "heading": first.shown if first.kind == HEADING else "",
            "level": first.level,
            "cells": cells,
            "lacking": [locale for locale in locales if not first.is_container or len(row.cells) == 1],
            "children": [self._row(child, row.kind) for child in row.children],
            "may_change": self.writable >= set(row.cells),
            "joins": not first.is_container,
            "has_file": "src" in first.values,
        }

    def _cell(self, row: Row, locale: str, keys: list[str], around: str) -> dict[str, Any]:
        place, piece = row.cells[locale]
        key = f"{locale}:{place_words(place)}"
        names = self._names(row, locale) if piece.is_container else ()
        shown = Shown.of(locale, self.draft.texts[locale].digest, place, piece, names)
        text = self.typed.get(f"t:{key}", piece.shown)
        choices = choices_of(piece) if around == "step" and piece.kind == "bullets" else []
        return {
            "locale": locale,
            "key": key,
            "id": key.replace(":", "-"),
            "at": self.typed.get(f"at:{key}", str(shown)),
            "text": text,
            "size": _size(text),
            "level": piece.level,
            "fields": [self._field(piece, name, key, locale) for name in names],
            "names": " ".join(names),
            "also": " ".join(other for other in keys if other != key),
            "choices": [*choices, *[("", "")] * _SPARE] if choices else [],
            "steps": self._steps(locale, place) if choices else [],
            "findings": [_said(one) for one in self.findings.get((locale, place), ())],
            "medium": piece.values.get("src", ""),
            "may_change": locale in self.writable,
        }

    @staticmethod
    def _names(row: Row, locale: str) -> tuple[str, ...]:
        """Return the fields of a cell; what is the same in every language stands in the first one."""
        names = FIELDS_OF.get(row.kind, ())
        is_first = locale == next(iter(row.cells))
        return tuple(name for name in names if is_first or name not in {*SHARED, *FLAGS})

    def _field(self, piece: Piece, name: str, key: str, locale: str) -> dict[str, Any]:
        value = self.typed.get(f"f:{key}:{name}", piece.values.get(name, ""))
        kinds = {"rests-on": "laws", "skip-to": "anchor", **dict.fromkeys(FLAGS, "flag")}
        made = {
            "name": f"f:{key}:{name}",
            "id": f"f-{key}-{name}".replace(":", "-"),
            "words": field_words(name),
            "hint": hint_words(name),
            "kind": kinds.get(name, "text"),
            "value": value,
            "on": name in piece.flags,
        }
        if name == "rests-on":
            made["laws"] = [(law, self._law(law)) for law in value.split()]
            others = ((law, self._law(law)) for law in self.laws if law not in value.split())
            made["others"] = sorted(others, key=lambda pair: pair[1])
        if name == "skip-to":
            made["value"] = value.removeprefix("#")
            made["anchors"] = [(one.id, one.shown) for one in self._headings(locale)]
        return made

    def _law(self, law: str) -> str:
        return self.laws[law].title.text(self.locale) if law in self.laws else law

    def _headings(self, locale: str) -> Iterator[Piece]:
        root = self.draft.texts[locale].root
        return (piece for _, piece in walk(root) if piece.kind == HEADING and piece.id)

    def _steps(self, locale: str, place: Place) -> list[tuple[str, str]]:
        """Return the steps that a choice may lead to: those of the same scenario, by their first words."""
        found = walk(self.draft.texts[locale].root)
        steps = [
            piece
            for there, piece in found
            if piece.kind == "step" and there[: len(place) - 2] == place[: len(place) - 2]
        ]
        return [(step.id, _step_words(number, step)) for number, step in enumerate(steps, start=1)]

    def outline(self, rows: Iterable[dict[str, Any]]) -> list[tuple[str, str, int]]:
        """Return the headings of a lesson: address on the page, words, level."""
        return [(f"#{row['anchor']}", row["heading"], row["level"]) for row in rows if row["heading"]]


def _step_words(number: int, step: Piece) -> str:
    first = next((one.shown for one in step.children if not one.is_container), "")
    cut = f"{first[:_SHORT].rsplit(' ', 1)[0]}…" if len(first) > _SHORT else first
    return str(gettext("Step %(number)s: %(words)s", number=number, words=cut))


def _size(text: str) -> int:
    lines = sum(1 + len(line) // _WIDTH for line in text.split("\n"))
    return max(2, min(_MOST_ROWS, lines + 1))


def _said(finding: Finding) -> dict[str, str]:
    words = finding_words(finding, partial(gettext))
    return {
        "severity": finding.severity.value,
        "title": words.title,
        "why": words.why,
        "mend": words.mend,
        "reference": reference_words(words.reference),
    }


def said_findings(findings: Iterable[Finding]) -> list[dict[str, str]]:
    """Return findings in words."""
    return [_said(one) for one in findings]
