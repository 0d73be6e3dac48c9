"""The picture that a module, or a course, is known by on the pages that lead to it.

Holds addresses alone. Such a picture repeats no
word of its lesson: it is shown without a description, beside the name of what it stands for.
"""

from __future__ import annotations

from lms.core.courses.course import Module, Release
from lms.core.publishing.outline import picture_of


def figure_of(module: Module) -> str:
    """Return the address of a module's first picture, or '' when it has none."""
    return next((f"/media/{digest}" for digest in picture_of(module).values()), "")


def course_figure(release: Release) -> str:
    """Return the picture of the first module that has one."""
    return next(filter(None, map(figure_of, release.modules)), "")
