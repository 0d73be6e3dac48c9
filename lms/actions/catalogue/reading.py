"""What anybody may read: courses, job aids, the glossary, the register, where to find help, pictures.

Holds look-ups over the site's files and which release is current; holds no learner (see `learning`) and
changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from lms.actions.action import Who, query
from lms.actions.catalogue.citations import Resting, resting
from lms.actions.catalogue.lookups import (
    course_id,
    current_line,
    current_release,
    find_lesson,
    find_medium,
    find_module,
    listed,
    require_whole,
    shelved,
    shelved_one,
)
from lms.actions.context import Context
from lms.actions.kept import Shelved
from lms.core.courses.course import Course, Lesson, Module, Release
from lms.core.courses.helplines import LineState, state_of
from lms.core.courses.opaque import opaque
from lms.core.errors import NotFound, Unavailable
from lms.core.legislation.quarters import happens_between
from lms.core.legislation.register import Law, Register, Term
from lms.core.locales import Words
from lms.core.people.actors import Actor
from lms.core.publishing.release_head import ReleaseHead
from lms.core.publishing.site import Medium
from lms.storage.publishing import releases


@dataclass(frozen=True, slots=True)
class PublishedChange:
    """What a version of a course brought: its number, the day on which it was published, why."""

    version: str
    date: str
    why: Words


@dataclass(frozen=True, slots=True)
class CoursePage:
    """A course as anybody may see it (no texts), with what was published, the newest first."""

    release: Release
    changes: tuple[PublishedChange, ...]
    head: ReleaseHead


@dataclass(frozen=True, slots=True)
class LawLine:
    """A law in the list; `code` stands in its address."""

    code: str
    law: Law


@dataclass(frozen=True, slots=True)
class LawPage:
    """One law, what rests on it, and its neighbours in the register."""

    line: LawLine
    register: Register
    resting: tuple[Resting, ...]
    near: tuple[LawLine, ...]


@dataclass(frozen=True, slots=True)
class Laws:
    """The register as filtered, with what can be chosen in each filter."""

    register: Register
    lines: tuple[LawLine, ...]
    jurisdictions: tuple[str, ...]
    topics: tuple[str, ...]
    statuses: tuple[str, ...]
    every: int


@dataclass(frozen=True, slots=True)
class WordList:
    """The glossary as filtered by course: each word with the lessons that use it."""

    terms: tuple[tuple[Term, tuple[Resting, ...]], ...]
    courses: tuple[Course, ...]
    every: int


def current_courses(context: Context) -> tuple[Shelved, ...]:
    """Return the current release of each course that has one and can be read; no texts are loaded."""
    with context.database.reading() as tx:
        found = releases.all_current(tx, context.now())
        return listed(context, tx, {course: version for course, (version, _) in found.items()})


@query("reading.courses", by=Who.ANYONE)
def courses(context: Context, actor: Actor) -> tuple[Release, ...]:
    """List what can be learned now, without texts; a course that cannot be read is left out."""
    return tuple(one.outline for one in current_courses(context))


def _of_course(context: Context, code: str) -> Release:
    with context.database.reading() as tx:
        return current_release(tx, context, course_id(context, code))


@query("reading.course", by=Who.ANYONE)
def course(context: Context, actor: Actor, code: str, *, version: str = "") -> CoursePage:
    """Open a course by its opaque code, at the release that is current or at the one somebody is on.

    What is told of earlier versions is what was published, and no more.

    Raises: NotFound `course.unknown`; Unavailable `course.unreadable`, `release.not-here`.
    """
    name = course_id(context, code)
    with context.database.reading() as tx:
        line = current_line(context, tx, name)
        shown = version or line[-1].version
        heads = shelved(context, tx, [(name, one.version) for one in line])
        now = shelved_one(context, tx, name, shown)
        require_whole(context, name, shown)
    past = ((one, heads.get((name, one.version))) for one in reversed(line))
    changes = tuple(
        PublishedChange(one.version, context.day_of(one.active_from), of.head.why) for one, of in past if of
    )
    return CoursePage(now.outline, changes, now.head)


@query("reading.course_names", by=Who.ANYONE)
def course_names(context: Context, actor: Actor, code: str) -> Course:
    """Return what a course is called, also when its files cannot be read: to report that, for one.

    Raises: NotFound `course.unknown`; Unavailable `course.unreadable`, `release.not-here`.
    """
    name = course_id(context, code)
    with context.database.reading() as tx:
        return shelved_one(context, tx, name, current_line(context, tx, name)[-1].version).outline.course


@query("reading.lesson", by=Who.ANYONE)
def lesson(
    context: Context, actor: Actor, course_code: str, module_code: str, lesson_code: str
) -> tuple[Release, Module, Lesson]:
    """Find a lesson in the current release, for pages that stand beside it (job aids).

    Raises: NotFound `course.unknown`, `lesson.unknown`.
    """
    release = _of_course(context, course_code)
    return (release, *find_lesson(release, module_code, lesson_code))


@query("reading.facilitator", by=Who.ANYONE)
def facilitator(context: Context, actor: Actor, course_code: str, module_code: str) -> tuple[Release, Module]:
    """Find a module of the current release that has notes for a team talk.

    Raises: NotFound `course.unknown`, `module.unknown` (also when it has no such notes).
    """
    release = _of_course(context, course_code)
    module = find_module(release, module_code)
    if not module.facilitator:
        raise NotFound("module.unknown", module=module_code)
    return release, module


@query("reading.glossary", by=Who.ANYONE)
def glossary(context: Context, actor: Actor, course: str = "") -> WordList:
    """List the terms with the lessons that use them; a page sorts them in its own language.

    `course` is the code of a published course: only its words are kept then. Without a database the words are
    there all the same, and lead to no lesson.
    """
    current: tuple[Shelved, ...] = ()
    with suppress(Unavailable):
        current = current_courses(context)
    every = tuple(context.library.glossary().values())
    used = tuple((term, resting(current, ("term", term.id))) for term in every)
    kept = (
        (term, lessons)
        for term, lessons in used
        if not course or any(one.course.code == course for one in lessons)
    )
    return WordList(tuple(kept), tuple(one.outline.course for one in current), len(every))


@query("reading.register", by=Who.ANYONE)
def register(context: Context, actor: Actor) -> Register:
    """Return the register as it stands today."""
    return context.library.register()


@query("reading.laws", by=Who.ANYONE)
def laws(
    context: Context,
    actor: Actor,
    *,
    jurisdiction: str = "",
    topic: str = "",
    status: str = "",
    since: str = "",
    until: str = "",
) -> Laws:
    """List the laws of the register, filtered by where they hold, what they are about, whether they stand.

    With `since` or `until` (ISO days) only those are kept to which something happened, or will, between them.
    """
    all_of_it = context.library.register()
    every = tuple(all_of_it.laws.values())
    kept = (
        law
        for law in every
        if jurisdiction in {"", law.jurisdiction}
        and status in {"", law.status}
        and (not topic or topic in law.topics)
        and (not (since or until) or happens_between(law, since, until))
    )
    return Laws(
        register=all_of_it,
        lines=tuple(LawLine(opaque(law.id), law) for law in kept),
        jurisdictions=_found(law.jurisdiction for law in every),
        topics=_found(topic for law in every for topic in law.topics),
        statuses=_found(law.status for law in every),
        every=len(every),
    )


def _found(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


@query("reading.law", by=Who.ANYONE)
def law(context: Context, actor: Actor, code: str) -> LawPage:
    """Open one law by its opaque code.

    Raises: NotFound `law.unknown`.
    """
    everything = context.library.register()
    found = next((one for one in everything.laws.values() if opaque(one.id) == code), None)
    if found is None:
        raise NotFound("law.unknown", law=code)
    near = {
        found.parent,
        *found.related,
        *(one.id for one in everything.laws.values() if one.parent == found.id),
    }
    return LawPage(
        LawLine(code, found),
        everything,
        resting(current_courses(context), ("law", found.id)),
        tuple(
            LawLine(opaque(name), everything.laws[name]) for name in sorted(near) if name in everything.laws
        ),
    )


@query("reading.medium", by=Who.ANYONE)
def medium(context: Context, actor: Actor, digest: str) -> Medium:
    """Find a picture, recording or caption file by the digest of its bytes.

    Raises: NotFound `media.unknown`; Unavailable `media.unreadable`.
    """
    return find_medium(context, digest)


@query("reading.support", by=Who.ANYONE)
def support(context: Context, actor: Actor, region: str = "") -> Mapping[str, tuple[LineState, ...]]:
    """List where to turn to, by kind; without a region, what serves all of Canada.

    A line that says no way to get there is left out: whoever needs help has no use for what is missing.
    """
    today = date.fromisoformat(context.today())
    found: dict[str, list[LineState]] = {}
    for line in context.library.help_lines():
        if line.is_reachable and line.serves(region):
            found.setdefault(line.kind, []).append(state_of(line, today))
    return {kind: tuple(lines) for kind, lines in found.items()}
