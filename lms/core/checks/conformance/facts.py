"""The facts of a conformance record: what was checked, by which rules, over what, and what was found.

Holds frozen shapes with their JSON written out field by field, so that renaming one here changes no row.
Holds no sentence and no clock; a record never says that something is accessible, only what was found by which
check.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

from lms.core.checks.rules import RULES, Rule
from lms.core.courses.course import Release
from lms.core.courses.document import Figure, Recording
from lms.core.courses.findings import Finding, Place, Severity
from lms.core.courses.walk import walk

_PLAIN = (str, int, float, bool)


class Basis(StrEnum):
    """What the rules were put to: the whole draft before it was sealed, or later the sealed text alone."""

    DRAFT = "draft"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True)
class Answer:
    """What an author decided about a finding, why and when; `by` is an opaque id."""

    rule: str
    file: str
    line: int
    reason: str
    by: str
    day: str


@dataclass(frozen=True, slots=True)
class Noted:
    """A finding that was there when the release was made, and what an author decided about it."""

    finding: Finding
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """How much was looked at."""

    modules: int = 0
    lessons: int = 0
    quizzes: int = 0
    pictures: int = 0
    recordings: int = 0


@dataclass(frozen=True, slots=True)
class Checked:
    """One run of the rules of `lms check`: by which version of the program, on which day, over what."""

    basis: Basis
    program: str
    day: str
    rules: tuple[str, ...]
    fingerprint: str
    languages: tuple[str, ...]
    looked: Looked
    noted: tuple[Noted, ...] = ()

    def count(self, severity: Severity) -> int:
        """Count the findings of one weight."""
        return sum(1 for one in self.noted if one.finding.severity is severity)

    @property
    def found_nothing(self) -> bool:
        """Return whether these checks found no issue: that nobody else can find one is not said by it."""
        return not self.noted


@dataclass(frozen=True, slots=True)
class Subject:
    """Which release a record is about: its course, version and the digest of its seal."""

    course: str
    version: str
    digest: str


def fingerprint(names: Iterable[str], rules: Mapping[str, Rule] = RULES) -> str:
    """Return a short digest of rules with their weight and standard: another one says that a rule changed.

    >>> fingerprint(["alt-missing"]) == fingerprint(["alt-missing", "alt-long"])
    False
    """
    lines = (f"{name} {rules[name].severity.value} {rules[name].reference}" for name in sorted(names))
    return sha256("\n".join(lines).encode()).hexdigest()[:16]


def looked_at(release: Release) -> Looked:
    """Count what a release holds; a picture that stands in two languages is one."""
    nodes = {
        (module.id, type(node), node.src)
        for module in release.modules
        for lesson in module.lessons
        for document in lesson.documents.values()
        for node in walk(document.blocks)
        if isinstance(node, (Figure, Recording))
    }
    pictures = sum(1 for _, kind, _ in nodes if kind is Figure)
    return Looked(
        modules=len(release.modules),
        lessons=sum(len(module.lessons) for module in release.modules),
        quizzes=len(release.modules) + (1 if release.course.final_items else 0),
        pictures=pictures,
        recordings=len(nodes) - pictures,
    )


def languages_of(release: Release) -> tuple[str, ...]:
    """Return the languages of a release, the required ones first."""
    return (*release.course.required_locales, *release.course.offered_locales)


def noted(findings: Iterable[Finding], answers: Iterable[Answer] = ()) -> tuple[Noted, ...]:
    """Put findings in one order, each with what an author decided about it."""
    decided = {(one.rule, one.file, one.line): one for one in answers}
    once = {_order(one): one for one in findings}
    return tuple(
        Noted(one, decided.get((one.rule, one.place.file, one.place.line)))
        for _, one in sorted(once.items(), key=lambda pair: pair[0])
    )


def _order(finding: Finding) -> tuple[int, str, int, int, str, str]:
    place, weight = finding.place, list(Severity).index(finding.severity)
    return weight, place.file, place.line, place.column, finding.rule, repr(sorted(finding.params.items()))


# --- rows ---------------------------------------------------------------------------------------------------
def _param(value: object) -> object:
    """Return a value as a row can hold it: several as a list, an object of ours as its text."""
    if isinstance(value, (tuple, list)):
        return [_param(one) for one in value]
    return value if isinstance(value, _PLAIN) else str(value)


def _noted_json(one: Noted) -> dict[str, object]:
    found, answer = one.finding, one.answer
    row: dict[str, object] = {
        "rule": found.rule,
        "severity": found.severity.value,
        "file": found.place.file,
        "line": found.place.line,
        "column": found.place.column,
        "params": {name: _param(value) for name, value in sorted(found.params.items())},
    }
    if answer:
        row["answer"] = {"reason": answer.reason, "by": answer.by, "day": answer.day}
    return row


def _noted_from(row: Mapping[str, Any]) -> Noted:
    place = Place(row["file"], row["line"], row["column"])
    params = {
        name: tuple(value) if isinstance(value, list) else value for name, value in row["params"].items()
    }
    said = row.get("answer")
    answer = Answer(row["rule"], place.file, place.line, **said) if said else None
    return Noted(Finding(row["rule"], Severity(row["severity"]), place, params), answer)


def to_json(checked: Checked) -> dict[str, object]:
    """Return what is written into the row of a release."""
    looked = checked.looked
    return {
        "basis": checked.basis.value,
        "program": checked.program,
        "day": checked.day,
        "rules": list(checked.rules),
        "fingerprint": checked.fingerprint,
        "languages": list(checked.languages),
        "looked": {
            "modules": looked.modules,
            "lessons": looked.lessons,
            "quizzes": looked.quizzes,
            "pictures": looked.pictures,
            "recordings": looked.recordings,
        },
        "noted": [_noted_json(one) for one in checked.noted],
    }


def from_json(row: Mapping[str, Any]) -> Checked:
    """Read the row of a release."""
    return Checked(
        Basis(row["basis"]),
        row["program"],
        row["day"],
        tuple(row["rules"]),
        row["fingerprint"],
        tuple(row["languages"]),
        Looked(**row["looked"]),
        tuple(_noted_from(one) for one in row["noted"]),
    )
