"""Which translations are current: what was approved together, or confirmed by a named person, and what waits.

Holds the acts on sets of blocks (`core.publishing.comparing.vouching`): asking, confirming with one press,
taking that back. What somebody confirmed stands in `vouched.yaml` beside the draft, outside its digest.
"""

from __future__ import annotations

from dataclasses import dataclass

from lms.actions.action import Who, command, query, record
from lms.actions.context import Context
from lms.actions.publishing.basis import candidates, parent_of
from lms.actions.publishing.reach import require_course
from lms.core.courses.course import Release
from lms.core.errors import NotFound
from lms.core.people.actors import Actor
from lms.core.publishing.comparing.vouching import (
    BlockSet,
    SetState,
    VouchedSet,
    Vouchers,
    sets_of,
    vouched_by,
)


@dataclass(frozen=True, slots=True)
class TranslationState:
    """Every set of blocks of a draft; `version` is the release that vouches for what it holds."""

    release: Release
    version: str
    sets: tuple[BlockSet, ...]

    def count(self, state: SetState) -> int:
        """Count the sets in this state."""
        return sum(one.state is state for one in self.sets)

    @property
    def done(self) -> int:
        """Return how many per cent are current; what has to be checked is never among them."""
        return 100 * self.count(SetState.CURRENT) // (len(self.sets) or 1)


def _state(context: Context, course: str) -> TranslationState:
    draft = context.library.preview(course)
    with context.database.reading() as tx:
        versions, parent = candidates(context, tx, course), parent_of(context, tx, draft)
    sealed = (one for version in versions for one in vouched_by(context.library.release(course, version)))
    said = (one for module in draft.course.modules for one in context.library.vouched(course, module))
    found = sets_of(draft, Vouchers((*sealed, *said)))
    return TranslationState(draft, parent, found)


def unchecked(context: Context, course: str) -> int:
    """Count the sets of a draft that are missing in a required language, or have to be checked."""
    return sum(one.state is not SetState.CURRENT for one in _state(context, course).sets)


@query("translations.state", by=Who.STAFF, scoped=True)
def state(context: Context, actor: Actor, course: str) -> TranslationState:
    """Return how each set of blocks of a draft stands across the languages.

    Raises: NotFound `course.unknown`; Invalid `draft.not-whole`, `release.broken-seal`.
    """
    require_course(actor, context, Who.STAFF, course)
    return _state(context, course)


def _home(release: Release, one: BlockSet) -> str:
    """Return the module in whose file a set is noted; what belongs to the course is noted in its first."""
    return one.place.module or release.course.modules[0]


def _found(context: Context, course: str, key: str, *states: SetState) -> tuple[str, BlockSet]:
    now = _state(context, course)
    one = next((one for one in now.sets if one.key == key and one.state in states), None)
    if one is None:
        raise NotFound("translation.set-unknown", course=course)
    return _home(now.release, one), one


@command("translations.confirm", by=Who.AUTHOR, scoped=True)
def confirm(context: Context, actor: Actor, course: str, key: str) -> None:
    """Confirm that the blocks of a set mean the same, as they stand now.

    Raises: NotFound `course.unknown`, `translation.set-unknown` (also when the text was changed meanwhile);
    Conflict `translation.file-damaged`; Unavailable `disk.write-failed`.
    """
    require_course(actor, context, Who.AUTHOR, course, "")
    module, one = _found(context, course, key, SetState.CHECK)
    context.library.vouch(course, module, (VouchedSet(one.digests, actor.person, context.today()),))
    with context.database.writing() as tx:
        record(tx, context, actor, "translations.confirm", f"{course} {module} {key}")


@command("translations.undo", by=Who.AUTHOR, scoped=True)
def undo(context: Context, actor: Actor, course: str, key: str) -> None:
    """Take back that the blocks of a set mean the same; what a release vouches for cannot be taken back.

    Raises: NotFound `course.unknown`, `translation.set-unknown`; Conflict `translation.file-damaged`;
    Unavailable `disk.write-failed`.
    """
    require_course(actor, context, Who.AUTHOR, course, "")
    module, one = _found(context, course, key, SetState.CURRENT)
    if one.confirmed is None or not one.confirmed.by:
        raise NotFound("translation.set-unknown", course=course)
    context.library.vouch(course, module, remove=frozenset({key}))
    with context.database.writing() as tx:
        record(tx, context, actor, "translations.undo", f"{course} {module} {key}")
