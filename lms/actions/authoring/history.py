"""The history of a draft: which states its files have had, with who and when, and the way back to any.

A file that was changed outside the workspace, by hand or by Git, says so. Bringing a state back is a save
like any other: nothing is lost by it either.
"""

from __future__ import annotations

from dataclasses import dataclass

from lms.actions.action import Who, command, query
from lms.actions.authoring.reach import require_locale
from lms.actions.context import Context
from lms.actions.publishing import states
from lms.actions.publishing.reach import require_course
from lms.core.authoring.lessons.drafts import LessonPlace
from lms.core.authoring.lessons.edits import FileState
from lms.core.errors import Conflict, NotFound
from lms.core.people.actors import Actor
from lms.core.publishing.site import FileChange
from lms.storage.authoring import draft_states

MOST = 200  # states that a page shows


@dataclass(frozen=True, slots=True)
class Past:
    """The states of a lesson, newest first, what people are called, and how the files are now."""

    states: tuple[FileState, ...]
    names: dict[str, str]
    now: dict[str, str]  # file -> digest
    outside: tuple[str, ...]  # files that are not as the history last knew them


def _files(context: Context, place: LessonPlace) -> dict[str, str]:
    """Return the files of a lesson with their languages."""
    draft = context.library.draft_lesson(place)
    return {text.file: locale for locale, text in draft.texts.items()}


@query("authoring.history", by=Who.STAFF, scoped=True)
def history(context: Context, actor: Actor, place: LessonPlace) -> Past:
    """Return the states that the files of a lesson have had.

    Raises: NotFound `course.unknown`, `lesson.unknown`; Invalid `draft.not-whole`.
    """
    require_course(actor, context, Who.STAFF, place.course)
    files = _files(context, place)
    now = {file: states.digest_of(context.library.draft_file(place.course, file)) for file in files}
    with context.database.reading() as tx:
        found = draft_states.of_files(tx, place.course, files, MOST)
        names = draft_states.names(tx, {one.person for one in found})
    last = {one.file: one.digest for one in reversed(found)}
    outside = tuple(file for file in last if last[file] != now[file])
    return Past(found, names, now, outside)


def _state(context: Context, place: LessonPlace, state: str) -> tuple[FileState, str]:
    """Find a state of one of the files of a lesson, and the language of the file."""
    files = _files(context, place)
    with context.database.reading() as tx:
        found = draft_states.of_files(tx, place.course, files, MOST)
    one = next((one for one in found if one.id == state), None)
    if one is None:
        raise NotFound("authoring.state-unknown")
    return one, files[one.file]


@query("authoring.past_text", by=Who.STAFF, scoped=True)
def past_text(context: Context, actor: Actor, place: LessonPlace, state: str) -> bytes:
    """Return the source of a lesson as it was in a state.

    Raises: NotFound `course.unknown`, `lesson.unknown`, `authoring.state-unknown`; Unavailable
    `blob.unavailable`, `blob.damaged`.
    """
    require_course(actor, context, Who.STAFF, place.course)
    return context.blobs.get(_state(context, place, state)[0].digest)


@command("authoring.bring_back", by=Who.AUTHOR, scoped=True)
def bring_back(context: Context, actor: Actor, place: LessonPlace, state: str, *, expected: str) -> str:
    """Make a file again what it was in a state, if it still is as it was read; return its digest.

    Raises: as `past_text`; NotAllowed `authoring.other-language`; Conflict `draft.changed`; Unavailable
    `disk.write-failed`.
    """
    require_course(actor, context, Who.AUTHOR, place.course)
    found, locale = _state(context, place, state)
    require_locale(actor, context, place.course, locale)
    content = context.blobs.get(found.digest)
    written = states.write(context, place.course, found.file, content, expected=expected)
    with context.database.writing() as tx:
        states.note(tx, context, actor, (written,), "authoring.bring_back")
    return written.digest


@command("authoring.undo", by=Who.AUTHOR, scoped=True)
def undo(context: Context, actor: Actor, place: LessonPlace, batch: str) -> None:
    """Take back what was saved together, as long as nobody has changed these files since.

    Raises: NotFound `course.unknown`, `lesson.unknown`, `authoring.state-unknown`; NotAllowed
    `authoring.other-language`; Conflict `authoring.undo-too-late`; Unavailable `disk.write-failed`.
    """
    require_course(actor, context, Who.AUTHOR, place.course)
    files = _files(context, place)
    with context.database.reading() as tx:
        found = draft_states.of_files(tx, place.course, files, MOST)
    saved = [one for one in found if one.batch == batch and one.person == actor.person and one.previous]
    if not saved:
        raise NotFound("authoring.state-unknown")
    for one in saved:
        require_locale(actor, context, place.course, files[one.file])
        if states.digest_of(context.library.draft_file(place.course, one.file)) != one.digest:
            raise Conflict("authoring.undo-too-late")
    back = {one.file: FileChange(context.blobs.get(one.previous), one.digest) for one in saved}
    written = states.write_together(context, place.course, back)
    with context.database.writing() as tx:
        states.note(tx, context, actor, written, "authoring.undo")
