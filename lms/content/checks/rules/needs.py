"""Courses that need other courses first: the others exist, each is named once, and no way leads in a circle.

Holds judgements over all course files together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lms.content.drafts.courses import read_course
from lms.content.files.files import Files
from lms.content.shapes.reading import Source
from lms.core.checks.rules import broken
from lms.core.courses.course import Course
from lms.core.courses.findings import Finding

Needed = Mapping[str, tuple[str, ...]]  # course -> the courses that it names


def _comes_back(course_id: str, target: str, needed: Needed) -> bool:
    """Return whether the way from `target` leads to `course_id`."""
    met: set[str] = set()
    ahead = [target]
    while ahead:
        at = ahead.pop()
        if at not in met:
            met.add(at)
            ahead += needed.get(at, ())
    return course_id in met


def _course(course: Course, source: Source, needed: Needed) -> Iterator[Finding]:
    mine = [need.course for need in course.needs]
    for at, name in enumerate(mine):
        place = source.place(("needs", at, "course"))
        if name in mine[:at]:
            yield broken("duplicate-id", place, id=name)
        elif name not in needed:
            yield broken("need-unknown", place, course=name)
        elif _comes_back(course.id, name, needed):
            yield broken("need-circle", place, course=name)


def faults(files: Files, course_ids: tuple[str, ...]) -> list[Finding]:
    """Judge what every course needs."""
    sources = {name: files.yaml(f"courses/{name}/course.yaml") for name in course_ids}
    read = {name: read_course(source, name)[0] for name, source in sources.items()}
    needed = {
        name: tuple(need.course for need in course.needs) if course else () for name, course in read.items()
    }
    return [
        finding
        for name, course in read.items()
        if course is not None
        for finding in _course(course, sources[name], needed)
    ]
