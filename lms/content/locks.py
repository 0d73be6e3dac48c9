"""The lock file of a release: what was sealed, by digest, and the facts that it rests on.

Holds its shape, its canonical text and where its parts lie. Called by `sealing` and `library`.
"""

from __future__ import annotations

import io
from typing import Annotated, Any, Literal

from pydantic import Field
from ruamel.yaml import YAML

from lms.content.schemas import Date, Digest, Media, Slug, Strict, Text, Version, Words


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
    survey: Annotated[dict[str, Any] | None, Field(exclude_if=lambda found: found is None)] = None
    terms: tuple[dict[str, Any], ...]
    laws: tuple[dict[str, Any], ...]
    watch: Annotated[tuple[dict[str, Any], ...], Field(exclude_if=lambda found: not found)] = ()


class Lock(Strict):
    """`courses/<course>/releases/<version>.yaml`."""

    format: Literal[1]
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
    """Say where a release's lock lies."""
    return f"courses/{course_id}/releases/{version}.yaml"


def tree_file(course_id: str, version: str) -> str:
    """Say where a release's parsed tree lies."""
    return f"courses/{course_id}/releases/{version}.tree.json"


def module_folder(course_id: str, module_id: str, version: str) -> str:
    """Say where a sealed module's text lies."""
    return f"courses/{course_id}/{module_id}/{version}"


def quiz_file(course_id: str, module_id: str, version: str) -> str:
    """Say where a sealed quiz lies."""
    return f"quizzes/{course_id}/{module_id}/{version}.yaml"


def media_file(course_id: str, path: str, digest: str) -> str:
    """Say where sealed media lie: by digest, once for all versions."""
    _, dot, suffix = path.rpartition(".")
    return f"courses/{course_id}/media/{digest}{dot}{suffix.lower() if dot else ''}"


def lock_text(lock: Lock) -> bytes:
    """Write a lock in the one way in which the same lock gives the same bytes."""
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = False
    writer.allow_unicode = True
    writer.width = 4096
    writer.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    stream = io.BytesIO()
    writer.dump(lock.model_dump(mode="json"), stream)
    return stream.getvalue()
