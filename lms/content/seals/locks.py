"""The lock file of a release: what was sealed, by digest, and the facts that it rests on.

Holds its shape, its canonical text and where its parts lie.
"""

from __future__ import annotations

import io
from typing import Annotated, Any, Literal

from pydantic import Field
from ruamel.yaml import YAML

from lms.content.shapes.schemas import Date, Digest, Media, Slug, Strict, Text, Version, Words


class LockedModule(Strict):
    """A module and its quiz, each at a version."""

    id: Slug
    version: Version
    digest: Digest
    files: Annotated[dict[Text, Digest], Field(min_length=1)]
    media: dict[Media, Digest]
    quiz_version: Version
    quiz: Digest


class Snapshots(Strict):
    """The files' own words on which the release rests, as they stood when it was sealed."""

    course: dict[str, Any]
    survey: dict[str, Any] | None = None
    terms: tuple[dict[str, Any], ...]
    laws: tuple[dict[str, Any], ...]
    watch: tuple[dict[str, Any], ...] = ()


class Lock(Strict):
    """`courses/<course>/releases/<version>.yaml`."""

    format: Literal[2]  # older ones are made into this one before (see `upgrades`)
    course: Slug
    version: Version
    parent: Version | None
    change: Literal["first", "editorial", "informative", "material"]
    date: Date
    by: Text
    why: Words
    law_as_of: Date
    tree: Digest
    modules: Annotated[tuple[LockedModule, ...], Field(min_length=1)]
    snapshots: Snapshots


def lock_file(course_id: str, version: str) -> str:
    """Return where a release's lock lies."""
    return f"courses/{course_id}/releases/{version}.yaml"


def tree_file(course_id: str, version: str) -> str:
    """Return where a release's parsed tree lies."""
    return f"courses/{course_id}/releases/{version}.tree.json"


def module_folder(course_id: str, module_id: str, version: str) -> str:
    """Return where a sealed module's text lies."""
    return f"courses/{course_id}/{module_id}/{version}"


def quiz_file(course_id: str, module_id: str, version: str) -> str:
    """Return where a sealed quiz lies."""
    return f"quizzes/{course_id}/{module_id}/{version}.yaml"


def media_file(course_id: str, path: str, digest: str) -> str:
    """Return where sealed media lie: by digest, once for all versions."""
    _, dot, suffix = path.rpartition(".")
    return f"courses/{course_id}/media/{digest}{dot}{suffix.lower() if dot else ''}"


def _module(module: LockedModule) -> dict[str, Any]:
    return {
        "id": module.id,
        "version": module.version,
        "digest": module.digest,
        "files": dict(module.files),
        "media": dict(module.media),
        "quiz_version": module.quiz_version,
        "quiz": module.quiz,
    }


def _snapshots(found: Snapshots) -> dict[str, Any]:
    """Return the snapshots; a course without a survey or a finder has no entry for it."""
    return {
        "course": found.course,
        **({"survey": found.survey} if found.survey is not None else {}),
        "terms": found.terms,
        "laws": found.laws,
        **({"watch": found.watch} if found.watch else {}),
    }


def lock_text(lock: Lock) -> bytes:
    """Write a lock in the one way in which the same lock gives the same bytes.

    Keys and their order are written out here, so that no class has a say in what a file holds.
    """
    value = {
        "format": lock.format,
        "course": lock.course,
        "version": lock.version,
        "parent": lock.parent,
        "change": lock.change,
        "date": lock.date,
        "by": lock.by,
        "why": dict(lock.why),
        "law_as_of": lock.law_as_of,
        "tree": lock.tree,
        "modules": [_module(module) for module in lock.modules],
        "snapshots": _snapshots(lock.snapshots),
    }
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = False
    writer.allow_unicode = True
    writer.width = 4096
    writer.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    stream = io.BytesIO()
    writer.dump(_listed(value), stream)
    return stream.getvalue()


def _listed(value: Any) -> Any:
    """Return lists for tuples, which the writer knows not."""
    if isinstance(value, (tuple, list)):
        return [_listed(part) for part in value]
    if isinstance(value, dict):
        return {key: _listed(part) for key, part in value.items()}
    return value
