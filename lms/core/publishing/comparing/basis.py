"""Whether a draft was made from a release, as its words tell: nothing of it is undone without a word.

Holds no record of what was opened when: a site may be pulled, and a draft be brought back from its history.
"""

from __future__ import annotations

from lms.core.courses.course import Release
from lms.core.publishing.fingerprint import digest


def _said(release: Release) -> frozenset[tuple[str, str, str]]:
    """Return what a release says: each block of a lesson and each question, by module and language."""
    blocks = {
        (module.id, locale, digest(block))
        for module in release.modules
        for lesson in module.lessons
        for locale, document in lesson.documents.items()
        for block in document.blocks
    }
    asked = {(module.id, "", digest(one)) for module in release.modules for one in module.quiz.questions}
    return frozenset(blocks | asked)


def undoes(draft: Release, followed: Release, before: Release) -> bool:
    """Return whether a draft holds nothing of what a release brought and all of what it took away.

    `before` is what that release followed.
    """
    now, after, earlier = _said(draft), _said(followed), _said(before)
    came, went = after - earlier, earlier - after
    return bool(came or went) and not came & now and went <= now
