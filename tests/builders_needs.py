"""Builders for a course that needs another one, and for earlier learning."""

from __future__ import annotations

from dataclasses import replace

from lms.actions.context import Context
from lms.actions.learning import recognition
from lms.actions.publishing import adopting
from lms.core.courses.course import Need, Release
from lms.core.learning.prerequisites import RecognitionRequest
from lms.core.people.actors import SYSTEM, WHOLE_HOUSE, Actor
from lms.storage.learning import recognitions
from lms.storage.people import persons
from tests import builders_learning as make
from tests.builders_learning import words
from tests.builders_surveys import a_survey

FIRST, NEXT = "smpl", "nxt"  # codes
WHY = words("It builds on the words of the first course.")
TOLD = RecognitionRequest("Welcome at the desk, a workshop", "Lakeside school", "2024")


def a_next_course(*needs: str) -> Release:
    """Return a release of a course that needs others (the sample course if none is named), and asks."""
    found = tuple(Need(course, WHY) for course in needs or ("sample",))
    course = make.course(id="next", code=NEXT, title=words("The next course"), needs=found, survey=a_survey())
    made = make.release(course=course)
    return replace(made, digest="digest-next")


def with_needs(context: Context, *needs: str) -> Context:
    """Publish a course and one that needs it."""
    made = make.with_shelf(context, make.release(), a_next_course(*needs))
    adopting.adopt(made, SYSTEM, "next", "1.0.0")
    return made


def with_email(context: Context, who: Actor, email: str = "sam@example.org") -> Actor:
    """Return somebody an address."""
    with context.database.writing() as tx:
        persons.write_profile(tx, who.person, email=email)
    return who


def asked(context: Context, who: Actor, told: RecognitionRequest = TOLD) -> str:
    """Ask to have earlier learning recognised; give the number of the request."""
    assert recognition.ask(context, who, NEXT, FIRST, told)
    waiting = (line.request for line in recognition.waiting(context, SYSTEM))
    return next(one.id for one in waiting if one.person == who.person)


def recognised(context: Context, who: Actor) -> str:
    """Have earlier learning recognised."""
    request = asked(context, who)
    recognition.answer(context, SYSTEM, request, granted=True)
    return request


def ready_for(context: Context, who: Actor, release: Release) -> Actor:
    """Have everything that a course needs recognised, in short."""
    with context.database.writing() as tx:
        for need in release.course.needs:
            id_, now = context.new_id(), context.now()
            recognitions.add(
                tx, id_, person=who.person, house=who.organisation, course=need.course, told=TOLD, now=now
            )
            recognitions.answer(tx, WHOLE_HOUSE, id_, granted=True, reason="", by=SYSTEM.person, now=now)
    return who


def declined(context: Context, who: Actor, reason: str = "The workshop was about something else.") -> str:
    """Have earlier learning declined."""
    request = asked(context, who)
    recognition.answer(context, SYSTEM, request, granted=False, reason=reason)
    return request
