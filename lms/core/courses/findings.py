"""A finding: one problem in one place.

Holds the shape that checks, forms and readers give back. Holds no words: `rule` is the id that the
catalogues explain (what, why, how to mend). Made by `content` and `actions`; shown by `web` and `cli`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: an error blocks publishing, a warning needs an answer, advice does not."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Place:
    """Where: a path in the site (or a form field's name), 1-based line and column (0 = whole file)."""

    file: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem: which rule, how grave, where, and the values its words need."""

    rule: str
    severity: Severity
    place: Place
    params: Mapping[str, object] = field(default_factory=dict)
