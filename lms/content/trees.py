"""Core objects to JSON and back: lessons, quizzes and whole releases, kept beside a seal and in the cache.

Holds the codec. A class is written as `{"_": name, field: value}` without the fields that have their default,
so that a tree sealed today can still be read when a class has gained a field. Called by `sealing`, `library`
and `files`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from types import ModuleType
from typing import Any

from lms.core import (
    course,
    document,
    facts,
    findings,
    first_uses,
    legislation,
    locales,
    parity,
    quiz,
    survey,
)

_TAG = "_"


def _classes(*modules: ModuleType) -> dict[str, type]:
    return {
        name: found
        for module in modules
        for name, found in vars(module).items()
        if isinstance(found, type) and is_dataclass(found) and found.__module__ == module.__name__
    }


_CLASSES = _classes(document, quiz, course, legislation, locales, findings, facts, parity, survey, first_uses)
_FIELDS: dict[type, tuple[tuple[str, Any], ...]] = {}


def _default(field: Field[Any]) -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default


def _fields(kind: type) -> tuple[tuple[str, Any], ...]:
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple((field.name, _default(field)) for field in fields(kind))
    return _FIELDS[kind]


def to_plain(value: Any) -> Any:
    """Give what JSON can hold."""
    if is_dataclass(value) and not isinstance(value, type):
        kind = type(value)
        pairs = ((name, getattr(value, name), default) for name, default in _fields(kind))
        return {_TAG: kind.__name__} | {
            name: to_plain(part) for name, part, default in pairs if part != default
        }
    if isinstance(value, Mapping):
        return {str(key): to_plain(part) for key, part in value.items()}
    if isinstance(value, (tuple, list)):
        return [to_plain(part) for part in value]
    return value


def tupled(value: list[Any]) -> tuple[Any, ...]:
    """Give nested tuples for nested lists."""
    return tuple([tupled(part) if type(part) is list else part for part in value])


def _object(found: dict[str, Any]) -> Any:
    for key, value in found.items():
        if type(value) is list:
            found[key] = tupled(value)
    name = found.pop(_TAG, None)
    return found if name is None else _CLASSES[name](**found)


def dump(value: Any) -> bytes:
    """Write a core object as compact JSON: the same object gives the same bytes, languages in order."""
    return json.dumps(to_plain(value), ensure_ascii=False, separators=(",", ":")).encode()


def load(raw: bytes) -> Any:
    """Read what `dump` wrote.

    Raises: ValueError, KeyError, TypeError when the bytes are not such a tree (the caller turns them into
    findings).
    """
    found = json.loads(raw, object_hook=_object)
    return tupled(found) if isinstance(found, list) else found
