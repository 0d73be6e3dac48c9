"""A release in which every class that reaches a sealed file occurs, with all of its fields and with none.

Made from the type hints of the core classes, so that nobody can forget a class. The kept samples in
`tests/formats` were written from it, once for each format.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from itertools import count
from typing import Any, Union, get_args, get_origin, get_type_hints

from lms.core.courses.course import Course, Release


def _default(field: Field[Any]) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def _required(kind: type) -> list[Field[Any]]:
    return [field for field in fields(kind) if _default(field) is MISSING]


class _Maker:
    """Values by type hint; texts and numbers are counted up, so that no two are alike."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._met: set[Any] = set()

    def thing(self, kind: type, *, full: bool) -> Any:
        """Make an object with all of its optional fields set, or none."""
        hints = get_type_hints(kind)
        return kind(
            **{
                field.name: self.value(hints[field.name])
                if full or _default(field) is MISSING
                else _default(field)
                for field in fields(kind)
            }
        )

    def value(self, hint: Any) -> Any:
        """Make a value of a type."""
        if hint is str:
            return f"text {next(self._numbers)}"
        if hint is int:
            return 1000 + next(self._numbers)
        if hint is bool:
            return True
        if is_dataclass(hint):
            return next(self._several(hint))
        return self._of_parts(hint)

    def _of_parts(self, hint: Any) -> Any:
        origin, parts = get_origin(hint), get_args(hint)
        if origin in {Union, types.UnionType}:
            return self.value(next(part for part in parts if part is not type(None)))
        if origin is tuple:
            return tuple(self._several(parts[0]))
        if origin is not None and issubclass(origin, Mapping):
            return {key: self.value(parts[1]) for key in ("en", "fr", "_under_")}
        raise TypeError(hint)

    def _several(self, part: Any) -> Iterator[Any]:
        """Make one of each kind, full and bare, the first time; afterwards the smallest one."""
        kinds = [kind for kind in (get_args(part) or (part,)) if is_dataclass(kind)]
        if not kinds or (get_origin(part) is tuple):
            yield self.value(part)
        elif part in self._met:
            yield self.thing(min(kinds, key=lambda kind: len(_required(kind))), full=False)  # type: ignore[arg-type]
        else:
            self._met.add(part)
            for kind in kinds:
                yield self.thing(kind, full=True)  # type: ignore[arg-type]
                yield self.thing(kind, full=False)  # type: ignore[arg-type]


def full() -> Release:
    """Make a release that holds every class twice: with all optional fields, and with none."""
    made: Release = _Maker().thing(Release, full=True)
    return made


def bare() -> Release:
    """Make a release and a course that have no optional field."""
    maker = _Maker()
    course = maker.thing(Course, full=False)
    made: Release = replace(maker.thing(Release, full=False), course=course)
    return made
