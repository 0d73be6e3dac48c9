"""A source and a schema to an object, or to findings at the line of each fault.

Holds the translation of the schema library's faults to our rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from lms.content.shapes.reading import MOST_FAULTS, Path, Source
from lms.core.checks.rules import broken
from lms.core.courses.findings import Finding

Shape = TypeVar("Shape", bound=BaseModel)

_RULES: Mapping[str, str] = {
    "missing": "schema-missing",
    "extra_forbidden": "schema-unknown",
    "literal_error": "schema-choice",
    "enum": "schema-choice",
    "union_tag_invalid": "schema-choice",
    "union_tag_not_found": "schema-missing",
    "string_pattern_mismatch": "schema-format",
    "value_error": "schema-format",
    "string_too_short": "schema-length",
    "string_too_long": "schema-length",
    "too_short": "schema-length",
    "too_long": "schema-length",
    "greater_than_equal": "schema-range",
    "less_than_equal": "schema-range",
}


_HIDDEN = frozenset({"[key]", "words"})  # parts of a location that nobody wrote


def _child(value: object, key: object) -> tuple[bool, object]:
    if isinstance(value, dict) and key in value:
        return True, value[key]
    if isinstance(value, tuple) and isinstance(key, int) and key < len(value):
        return True, value[key]
    return False, None


def _path(value: object, location: tuple[str | int, ...]) -> Path:
    """Follow a fault's location through the value; names of union branches are stepped over."""
    path: list[str | int] = []
    for key in location:
        exists, child = _child(value, key)
        if exists:
            path.append(key)
            value = child
    return tuple(path)


def _finding(source: Source, fault: ErrorDetails) -> Finding:
    rule = _RULES.get(fault["type"], "schema-type")
    path = _path(source.value, fault["loc"])
    context: Mapping[str, Any] = fault.get("ctx", {})
    key = str(next((part for part in reversed(fault["loc"]) if part not in _HIDDEN), ""))
    if fault["type"] == "union_tag_not_found":
        key = str(context.get("discriminator", "kind")).strip("'")
    wanted = (
        context.get("expected") or context.get("expected_tags") or context.get("pattern") or fault["type"]
    )
    limits = [context[name] for name in ("min_length", "max_length", "ge", "le") if name in context]
    params = {"key": key, "expected": str(wanted), "limit": limits[0] if limits else ""}
    return broken(rule, source.place(path), **params)


def _findings(source: Source, error: ValidationError) -> tuple[Finding, ...]:
    faults = error.errors(include_url=False, include_input=False)[:MOST_FAULTS]
    return (*source.findings, *(_finding(source, fault) for fault in faults if not _follows(fault, faults)))


def _follows(fault: ErrorDetails, faults: list[ErrorDetails]) -> bool:
    """Return whether a list is only too short because its entries have faults of their own."""
    depth = len(fault["loc"])
    inner = (other for other in faults if len(other["loc"]) > depth and other["loc"][:depth] == fault["loc"])
    return fault["type"] == "too_short" and next(inner, None) is not None


def validate(shape: type[Shape], source: Source) -> tuple[Shape | None, tuple[Finding, ...]]:
    """Return the object (None when it is not whole) and every finding, faults of writing included."""
    if source.value is None and source.findings:
        return None, source.findings
    try:
        return shape.model_validate(source.value), source.findings
    except ValidationError as error:
        return None, _findings(source, error)


def validate_list(shape: type[Shape], source: Source) -> tuple[tuple[Shape, ...], tuple[Finding, ...]]:
    """Return the entries of a file that is a list; entries that are not whole are left out."""
    if source.value is None and source.findings:
        return (), source.findings
    adapter: TypeAdapter[tuple[Shape, ...]] = TypeAdapter(tuple[shape, ...])  # type: ignore[valid-type]
    try:
        return adapter.validate_python(source.value), source.findings
    except ValidationError as error:
        bad = {fault["loc"][0] for fault in error.errors() if fault["loc"]}
        entries = source.value if isinstance(source.value, tuple) else ()
        kept = tuple(entry for index, entry in enumerate(entries) if index not in bad)
        return adapter.validate_python(kept), _findings(source, error)


def doubled(source: Source, names: Iterable[str]) -> tuple[Finding, ...]:
    """Return a finding for each id of a list that another entry has already."""
    seen: set[str] = set()
    found: list[Finding] = []
    for name in names:
        if name in seen:
            found.append(broken("duplicate-id", source.place(()), id=name))
        seen.add(name)
    return tuple(found)
