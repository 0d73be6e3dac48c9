"""What a law, or one event of it, reaches: statements, learners under way and certificates.

Loads the published courses; the finding is `core.authoring.impact`. Numbers of people leave this room only as
they may be said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from lms.actions.action import Who, query
from lms.actions.catalogue.lookups import sealed
from lms.actions.context import Context
from lms.actions.legislation.editing import known_law
from lms.core.authoring.impact import TERM, Crowd, TouchedPlace, crowd, find_event, touched
from lms.core.courses.course import Course, Release
from lms.core.errors import NotFound, Unavailable
from lms.core.legislation.register import Event, Law
from lms.core.people.actors import Actor
from lms.storage.authoring import impacts
from lms.storage.publishing import releases


@dataclass(frozen=True, slots=True)
class TouchedCourse:
    """A published course that a law reaches: its statements, and how many people (never who)."""

    course: Course
    version: str
    statements: tuple[TouchedPlace, ...]
    under_way: Crowd
    certificates: Crowd
    titles: Mapping[str, Mapping[str, str]]  # "module/lesson" -> title by language

    @property
    def lessons(self) -> tuple[str, ...]:
        """Return the lessons ("module/lesson") that hold a statement, in their order."""
        return tuple(
            dict.fromkeys(one.place.partition("#")[0] for one in self.statements if one.kind != TERM)
        )

    @property
    def aids(self) -> tuple[str, ...]:
        """Return the job aids ("module/lesson#id") that hold a statement."""
        held = (one for one in self.statements if one.aid)
        return tuple(dict.fromkeys(f"{one.place.partition('#')[0]}#{one.aid}" for one in held))


@dataclass(frozen=True, slots=True)
class Impact:
    """What a law or one event of it reaches."""

    law: Law
    event: Event | None
    courses: tuple[TouchedCourse, ...]


def event_called(law: Law, name: str) -> Event | None:
    """Return the event called so: its number in the file from 1, or "date/event"; None for ''.

    Raises: NotFound `law.event-unknown`.
    """
    if not name:
        return None
    numbered = {str(number): one for number, one in enumerate(law.events, start=1)}
    found = numbered.get(name) or find_event(law, name)
    if found is None:
        raise NotFound("law.event-unknown", law=law.id, event=name)
    return found


@query("legislation.impact", by=Who.STAFF)
def impact(context: Context, actor: Actor, name: str, event: str = "") -> Impact:
    """Find exactly what rests on a law, or on one event of it, in three statements to the database.

    Raises: NotFound `law.unknown`, `law.event-unknown`.
    """
    law = known_law(context, name)
    chosen = event_called(law, event)
    with context.database.reading() as tx:
        current = {course: line[-1].version for course, line in releases.lines(tx, context.now()).items()}
        learners, held = impacts.under_way(tx), impacts.certificates(tx)
    found = []
    for course, version in sorted(current.items()):
        reached = _reached(context, course, {version, *_versions(learners, course), *_versions(held, course)})
        resting = {one: touched(release, name, chosen) for one, release in reached.items()}
        if any(resting.values()) and version in reached:
            release, statements = reached[version], resting[version]
            way, attested = _crowd(learners, course, resting), _crowd(held, course, resting)
            titles = titles_of(release)
            found.append(TouchedCourse(release.course, version, statements, way, attested, titles))
    return Impact(law, chosen, tuple(found))


def _versions(counted: Mapping[tuple[str, str], int], course: str) -> set[str]:
    return {version for name, version in counted if name == course}


def _reached(context: Context, course: str, versions: Iterable[str]) -> dict[str, Release]:
    """Load releases; one that cannot be read is noted for whoever looks after the site."""
    found = {}
    for version in sorted(versions):
        with suppress(Unavailable):
            found[version] = sealed(context, course, version)
    return found


def _crowd(
    counted: Mapping[tuple[str, str], int], course: str, resting: Mapping[str, tuple[TouchedPlace, ...]]
) -> Crowd:
    return crowd(sum(counted.get((course, version), 0) for version, some in resting.items() if some))


def titles_of(release: Release) -> dict[str, Mapping[str, str]]:
    """Return the titles of lessons by "module/lesson", each by language."""
    return {
        f"{module.id}/{lesson.id}": lesson.title.by_locale
        for module in release.modules
        for lesson in module.lessons
    }
