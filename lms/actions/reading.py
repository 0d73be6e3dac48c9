"""What anybody may read: courses, job aids, the glossary, the register, where to find help, pictures.

Holds look-ups over the site's files and which release is current; holds no learner (see `learning`) and
changes nothing. Called by `web` and by `searching`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from lms.actions.deed import Who, reading
from lms.actions.desk import Desk
from lms.actions.resting import Resting, resting
from lms.actions.shelves import course_id, current_release, find_lesson, find_module
from lms.content.library import Medium
from lms.core.course import Course, Lesson, Module, Release
from lms.core.errors import NotFound, Unavailable
from lms.core.helplines import HelpLine
from lms.core.legislation import Law, Register, Term
from lms.core.opaque import opaque
from lms.core.people import Actor
from lms.core.quarters import happens_between
from lms.storage import releases


@dataclass(frozen=True, slots=True)
class Change:
    """What a version of a course brought: its number, its day, the reason in words."""

    version: str
    date: str
    release: Release


@dataclass(frozen=True, slots=True)
class CoursePage:
    """A course as anybody may see it, with the newest versions first."""

    release: Release
    changes: tuple[Change, ...]


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


@dataclass(frozen=True, slots=True)
class Support:
    """Where to turn to from one region; a line that nobody has checked lately comes without its numbers."""

    line: HelpLine
    fresh: bool


def _current(desk: Desk) -> tuple[Release, ...]:
    """Give the current release of each course that has one."""
    with desk.database.reading() as tx:
        found = releases.all_current(tx, desk.now())
    return tuple(desk.library.release(name, version) for name, (version, _) in found.items())


@reading("reading.courses", by=Who.ANYONE)
def courses(desk: Desk, actor: Actor) -> tuple[Release, ...]:
    """List what can be learned now."""
    return _current(desk)


def _of_course(desk: Desk, code: str) -> Release:
    with desk.database.reading() as tx:
        return current_release(tx, desk, course_id(desk, code))


@reading("reading.course", by=Who.ANYONE)
def course(desk: Desk, actor: Actor, code: str) -> CoursePage:
    """Open a course by its opaque code, at the release that is current.

    Raises: NotFound `course.unknown`.
    """
    now = _of_course(desk, code)
    versions = [
        version for version in desk.library.versions(now.course.id) if _not_after(version, now.version)
    ]
    past = [desk.library.release(now.course.id, version) for version in reversed(versions)]
    changes = tuple(Change(release.version, release.date, release) for release in past)
    return CoursePage(now, changes)


def _not_after(version: str, newest: str) -> bool:
    return [int(part) for part in version.split(".")] <= [int(part) for part in newest.split(".")]


@reading("reading.lesson", by=Who.ANYONE)
def lesson(
    desk: Desk, actor: Actor, course_code: str, module_code: str, lesson_code: str
) -> tuple[Release, Module, Lesson]:
    """Find a lesson in the current release, for pages that stand beside it (job aids).

    Raises: NotFound `course.unknown`, `lesson.unknown`.
    """
    release = _of_course(desk, course_code)
    return (release, *find_lesson(release, module_code, lesson_code))


@reading("reading.facilitator", by=Who.ANYONE)
def facilitator(desk: Desk, actor: Actor, course_code: str, module_code: str) -> tuple[Release, Module]:
    """Find a module of the current release that has notes for a team talk.

    Raises: NotFound `course.unknown`, `module.unknown` (also when it has no such notes).
    """
    release = _of_course(desk, course_code)
    module = find_module(release, module_code)
    if not module.facilitator:
        raise NotFound("module.unknown", module=module_code)
    return release, module


@reading("reading.glossary", by=Who.ANYONE)
def glossary(desk: Desk, actor: Actor, course: str = "") -> WordList:
    """List the terms with the lessons that use them; a page sorts them in its own language.

    `course` is the code of a published course: only its words are kept then. Without a database the words are
    there all the same, and lead to no lesson.
    """
    current: tuple[Release, ...] = ()
    with suppress(Unavailable):
        current = _current(desk)
    every = tuple(desk.library.glossary().values())
    used = tuple((term, resting(desk, current, ("term", term.id))) for term in every)
    kept = (
        (term, lessons)
        for term, lessons in used
        if not course or any(one.course.code == course for one in lessons)
    )
    return WordList(tuple(kept), tuple(release.course for release in current), len(every))


@reading("reading.register", by=Who.ANYONE)
def register(desk: Desk, actor: Actor) -> Register:
    """Give the register as it stands today."""
    return desk.library.register()


@reading("reading.laws", by=Who.ANYONE)
def laws(
    desk: Desk,
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
    all_of_it = desk.library.register()
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


@reading("reading.law", by=Who.ANYONE)
def law(desk: Desk, actor: Actor, code: str) -> LawPage:
    """Open one law by its opaque code.

    Raises: NotFound `law.unknown`.
    """
    everything = desk.library.register()
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
        resting(desk, _current(desk), ("law", found.id)),
        tuple(
            LawLine(opaque(name), everything.laws[name]) for name in sorted(near) if name in everything.laws
        ),
    )


@reading("reading.medium", by=Who.ANYONE)
def medium(desk: Desk, actor: Actor, digest: str) -> Medium:
    """Find a picture, recording or caption file by the digest of its bytes.

    Raises: NotFound `media.unknown`.
    """
    return desk.library.medium(digest)


@reading("reading.support", by=Who.ANYONE)
def support(desk: Desk, actor: Actor, region: str = "") -> Mapping[str, tuple[Support, ...]]:
    """List where to turn to, by kind; without a region, what serves all of Canada."""
    today = date.fromisoformat(desk.today())
    found: dict[str, list[Support]] = {}
    for line in desk.library.help_lines():
        if line.serves(region):
            found.setdefault(line.kind, []).append(Support(line, line.is_fresh(today)))
    return {kind: tuple(lines) for kind, lines in found.items()}
