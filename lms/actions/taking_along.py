"""Taking a module along: the whole of it in one file, for whoever may read its lessons.

Holds who may have it, and at which release; the file is made by `rendering`. The first module is open to
anybody, as it is on the site. Called by `web`.
"""

from __future__ import annotations

from dataclasses import dataclass

from lms.actions.desk import Desk
from lms.actions.learning import ENROL, NEEDS, OPEN, SIGN_UP, may_open
from lms.actions.readying import may_go_on
from lms.actions.sessions import LONGEST, known_from
from lms.actions.shelves import course_id, current_release, find_module
from lms.core.course import Module, Release
from lms.storage import enrolments


@dataclass(frozen=True, slots=True)
class ModuleView:
    """A module for whoever asks for it; `access` is as for a lesson."""

    access: str
    release: Release
    module: Module


def open_module(desk: Desk, ticket: str, course_code: str, module_code: str) -> ModuleView:
    """Open a whole module for the holder of a ticket, or for anybody if it is the first one.

    Whoever is enrolled gets it at the release they are on.

    Raises: NotFound `course.unknown`, `module.unknown`.
    """
    course = course_id(desk, course_code)
    with desk.database.reading() as tx:
        row = enrolments.lesson_row(tx, ticket, course, desk.now() - LONGEST)
        mine = row.enrolled if row else None
        release = desk.library.release(course, mine.version) if mine else current_release(tx, desk, course)
        module, actor = find_module(release, module_code), known_from(row.session if row else None).actor
        is_held_up = mine is not None and not may_go_on(tx, actor.person, release, module, mine.facts)
    if not may_open(release, module, member=actor.is_member):
        return ModuleView(SIGN_UP, release, module)
    if mine is None and not may_open(release, module, member=False):
        return ModuleView(ENROL, release, module)
    return ModuleView(NEEDS if is_held_up else OPEN, release, module)
