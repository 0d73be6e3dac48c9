"""Taking a module along: the whole of it in one file, for whoever may read its lessons.

Holds who may have it, and at which release; the file is made by `rendering`. The first module is open to
anybody, as it is on the site.
"""

from __future__ import annotations

from dataclasses import dataclass

from lms.actions.catalogue.lookups import course_id, current_release, find_module, sealed
from lms.actions.context import Context
from lms.actions.learning.learning import may_open, row_of
from lms.actions.learning.prerequisites import may_go_on
from lms.actions.legislation.held import held_for
from lms.actions.people.sessions import known_from
from lms.core.courses.course import Module, Release
from lms.core.learning.prerequisites import Access
from lms.core.legislation.held import NOTHING_HELD, Held
from lms.storage.authoring import statement_holds


@dataclass(frozen=True, slots=True)
class ModuleView:
    """A module for whoever asks for it; `access` is as for a lesson, `held` what is on hold in it."""

    access: Access
    release: Release
    module: Module
    held: Held = NOTHING_HELD


def open_module(context: Context, ticket: str, course_code: str, module_code: str) -> ModuleView:
    """Open a whole module for the holder of a ticket, or for anybody if it is the first one.

    Whoever is enrolled gets it at the release they are on.

    Raises: NotFound `course.unknown`, `module.unknown`.
    """
    course = course_id(context, course_code)
    with context.database.reading() as tx:
        row = row_of(tx, context, ticket, course)
        mine = row.enrolled if row else None
        release = sealed(context, course, mine.version) if mine else current_release(tx, context, course)
        module, actor = find_module(release, module_code), known_from(row.session if row else None).actor
        marks = mine.holds if mine else statement_holds.marks(tx, course)
        held = held_for(context, tx, marks, release.version)
        is_held_up = mine is not None and not may_go_on(tx, actor.person, release, module, mine.facts)
    if not may_open(release, module, member=actor.is_member):
        return ModuleView(Access.SIGN_UP, release, module)
    if mine is None and not may_open(release, module, member=False):
        return ModuleView(Access.ENROL, release, module)
    return ModuleView(Access.NEEDS if is_held_up else Access.OPEN, release, module, held)
