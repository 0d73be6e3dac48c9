"""Builders for a course that needs another one, and for earlier learning."""

from __future__ import annotations

from dataclasses import replace

from lms.actions import adopting, recognising
from lms.actions.desk import Desk
from lms.core.course import Need, Release
from lms.core.people import SYSTEM, Actor
from lms.core.readiness import Told
from lms.storage import people, recognitions
from tests import builders_learning as make
from tests.builders_learning import words
from tests.builders_surveys import a_survey

FIRST, NEXT = "smpl", "nxt"  # codes
WHY = words("It builds on the words of the first course.")
TOLD = Told("Welcome at the desk, a workshop", "Lakeside school", "2024")


def a_next_course(*needs: str) -> Release:
    """Give a release of a course that needs others (the sample course if none is named), and asks."""
    found = tuple(Need(course, WHY) for course in needs or ("sample",))
    course = make.course(id="next", code=NEXT, title=words("The next course"), needs=found, survey=a_survey())
    made = make.release(course=course)
    return replace(made, digest="digest-next")


def with_needs(desk: Desk, *needs: str) -> Desk:
    """Publish a course and one that needs it."""
    made = make.with_shelf(desk, make.release(), a_next_course(*needs))
    adopting.adopt(made, SYSTEM, "next", "1.0.0")
    return made


def with_email(desk: Desk, who: Actor, email: str = "sam@example.org") -> Actor:
    """Give somebody an address."""
    with desk.database.writing() as tx:
        people.write_profile(tx, who.person, email=email)
    return who


def asked(desk: Desk, who: Actor, told: Told = TOLD) -> str:
    """Ask to have earlier learning recognised; give the number of the request."""
    assert recognising.ask(desk, who, NEXT, FIRST, told)
    waiting = (line.request for line in recognising.waiting(desk, SYSTEM))
    return next(one.id for one in waiting if one.person == who.person)


def recognised(desk: Desk, who: Actor) -> str:
    """Have earlier learning recognised."""
    request = asked(desk, who)
    recognising.answer(desk, SYSTEM, request, granted=True)
    return request


def ready_for(desk: Desk, who: Actor, release: Release) -> Actor:
    """Have everything that a course needs recognised, in short."""
    with desk.database.writing() as tx:
        for need in release.course.needs:
            id_, now = desk.new_id(), desk.now()
            recognitions.add(
                tx, id_, person=who.person, house=who.organisation, course=need.course, told=TOLD, now=now
            )
            recognitions.answer(tx, id_, granted=True, reason="", by=SYSTEM.person, now=now)
    return who


def declined(desk: Desk, who: Actor, reason: str = "The workshop was about something else.") -> str:
    """Have earlier learning declined."""
    request = asked(desk, who)
    recognising.answer(desk, SYSTEM, request, granted=False, reason=reason)
    return request
