"""What the cache keeps, as bytes: findings, facts of lessons, values of YAML files.

Holds the form of what may be thrown away at any time; what is sealed has a table of tags of its own (see
`trees`). Here the names of classes and fields do, because an entry is only ever read by the very program that
made it (see `cache`).
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from lms.core.checks.first_uses import Use
from lms.core.checks.lesson_facts import LessonFacts, LinkFact, MediaFact, StatementFact
from lms.core.checks.parity import Bone, Skeleton
from lms.core.courses.findings import Finding, Place
from lms.core.publishing.tags import Tag, Tags


def _as_it_is(made: type) -> Tag:
    return Tag(made.__name__, made, tuple(field.name for field in fields(made)))


_KEPT = Tags(
    *map(
        _as_it_is,
        (Finding, Place, LessonFacts, LinkFact, MediaFact, StatementFact, Skeleton, Bone, Use),
    )
)


def dump(value: Any) -> bytes:
    """Write a value for the cache."""
    return json.dumps(_KEPT.plain(value), ensure_ascii=False, separators=(",", ":")).encode()


def load(raw: bytes) -> Any:
    """Read what `dump` wrote. Raises: ValueError when the bytes are not such a value."""
    return _KEPT.built(json.loads(raw))
