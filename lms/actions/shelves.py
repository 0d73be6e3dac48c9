"""Finding courses: from the opaque code in an address to the release that somebody learns from.

Holds look-ups only. A course’s code is never recycled, so a code that was found once stays found. Called by
the actions of learning.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

from lms.actions.desk import Desk
from lms.content.library import Library
from lms.core.course import Lesson, Module, Release
from lms.core.errors import NotFound
from lms.storage import releases
from lms.storage.database import Tx

_codes: WeakKeyDictionary[Library, dict[str, str]] = WeakKeyDictionary()


def course_id(desk: Desk, code: str) -> str:
    """Give the id of the course with this code.

    Raises: NotFound `course.unknown`.
    """
    known = _codes.setdefault(desk.library, {})
    if code not in known:
        sealed = (desk.library.latest(name) for name in desk.library.courses())
        known.update({release.course.code: release.course.id for release in sealed if release})
    if code not in known:
        raise NotFound("course.unknown", course=code)
    return known[code]


def current_release(tx: Tx, desk: Desk, course: str) -> Release:
    """Give the release that is current for a course id.

    Raises: NotFound `course.unknown` when nothing is published.
    """
    version = releases.current(tx, course, desk.now())
    if not version:
        raise NotFound("course.unknown", course=course)
    return desk.library.release(course, version)


def find_module(release: Release, code: str) -> Module:
    """Give a module by its code.

    Raises: NotFound `module.unknown`.
    """
    module = release.module(code)
    if module is None:
        raise NotFound("module.unknown", module=code)
    return module


def find_lesson(release: Release, module_code: str, lesson_code: str) -> tuple[Module, Lesson]:
    """Give a lesson and its module by their codes.

    Raises: NotFound `lesson.unknown`.
    """
    found = release.lesson(module_code, lesson_code)
    if found is None:
        raise NotFound("lesson.unknown", lesson=lesson_code)
    return found
