"""Sealed trees: a parsed release as bytes, and back, whatever the version of the format.

Holds the format's number and its frame; how objects stand in it is said by the table of tags
(`lms.core.publishing.release_tags`), how older formats become the present one by `upgrades`.
"""

from __future__ import annotations

import json

from lms.content.seals.upgrades import FORMAT, upgraded_tree
from lms.core.courses.course import Release
from lms.core.publishing.release_tags import SEALED

_PRESENT = f'{{"format":{FORMAT},'.encode()  # how every tree of the present format begins


def tree_of(release: Release) -> bytes:
    """Write a release as compact JSON: the same release gives the same bytes, languages in order."""
    tree = {"format": FORMAT, "release": SEALED.plain(release)}
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def release_in(raw: bytes) -> Release:
    """Read a release from a sealed tree of this format or an older one.

    Raises: NewerFormat when a later program has written it; ValueError, RecursionError when the bytes are not
    such a tree (the caller turns them into findings).
    """
    if raw.startswith(_PRESENT):  # twice as fast as the way through plain values
        release = json.loads(raw, object_hook=SEALED.made).get("release")
    else:
        release = SEALED.built(upgraded_tree(json.loads(raw)).get("release"))
    if not isinstance(release, Release):
        message = "no release in the tree"
        raise ValueError(message)  # noqa: TRY004  # it is the bytes that are wrong
    return release
