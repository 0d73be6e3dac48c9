"""Who looks at a page: somebody new for each look, brought to where they are by the deeds of the product.

Holds builders and no check. Called by the states and the journeys.
"""

from __future__ import annotations

from collections.abc import Callable

from lms.actions import (
    accounts,
    certifying,
    joining,
    keeping,
    learning,
    moving,
    printing,
    quizzing,
    sessions,
    verifying,
)
from lms.actions.desk import Desk
from lms.actions.signing_in import Browser
from lms.core.people import NOBODY, SYSTEM, Actor
from lms.core.reader import ReaderSettings
from lms.storage import enrolments
from tests.builders import Clock
from tests.builders_certificates import a_choice
from tests.builders_learning import (
    SAMPLE,
    SAMPLE_CODE,
    a_member,
    a_visitor,
    answer_all,
    finish,
    pass_check,
    read_all,
    sit,
)
from tests.builders_surveys import MONTHS

Who = Callable[[Desk], Actor | None]
PASSWORD = "three quiet herons wade"  # of people who live for one test
NAME = "Amina Diallo"


def nobody(_desk: Desk) -> None:
    """Nobody is signed in."""


def visitor(desk: Desk) -> Actor:
    """Somebody who tries the first module without an account."""
    who = a_visitor(desk)
    learning.enrol(desk, who, SAMPLE_CODE, "en")
    return who


def member(desk: Desk) -> Actor:
    """Somebody with an account who has begun nothing."""
    return a_member(desk, "Sam")


def named(desk: Desk) -> Actor:
    """Somebody with a sign-in name, a password and recovery codes."""
    return named_as(desk, f"heron{desk.new_id()[-12:]}")


def named_as(desk: Desk, sign_in_name: str) -> Actor:
    """Make an account with this sign-in name."""
    entered = joining.sign_up(
        desk,
        NOBODY,
        "Sam",
        sign_in_name,
        PASSWORD,
        locale="en",
        browser=Browser("192.0.2.1", device="Firefox"),
    )
    return sessions.recognise(desk, sessions.ticket_of(entered.token)).actor


def begun(desk: Desk) -> Actor:
    """Somebody who has read the first lesson."""
    who = member(desk)
    learning.enrol(desk, who, SAMPLE_CODE, "en")
    learning.read_lesson(desk, who, SAMPLE_CODE, "m1", "l1", locale="en")
    return who


def enrolled(desk: Desk) -> Actor:
    """Somebody who has just begun."""
    who = member(desk)
    learning.enrol(desk, who, SAMPLE_CODE, "en")
    return who


def reading_as(**wishes: str) -> Who:
    """Somebody who has begun and wants to read in a way of their own."""

    def who(desk: Desk) -> Actor:
        reader = enrolled(desk)
        accounts.change_reading(desk, reader, ReaderSettings.of(wishes))
        return reader

    return who


def at_check(desk: Desk) -> Actor:
    """Somebody who has read the first module."""
    who = enrolled(desk)
    read_all(desk, who, only="m1")
    return who


def answering(desk: Desk) -> Actor:
    """Somebody in the middle of the first check."""
    who = at_check(desk)
    sit(desk, who, "m1")
    return who


def halfway(desk: Desk) -> Actor:
    """Somebody who has passed the first module."""
    who = at_check(desk)
    pass_check(desk, who, "m1")
    return who


def at_second_check(desk: Desk) -> Actor:
    """Somebody in the middle of the second check."""
    who = halfway(desk)
    read_all(desk, who, only="m2")
    sit(desk, who, "m2")
    return who


def at_final(desk: Desk) -> Actor:
    """Somebody with nothing left but the final check."""
    who = halfway(desk)
    read_all(desk, who, only="m2")
    pass_check(desk, who, "m2")
    return who


def graduate(desk: Desk) -> Actor:
    """Somebody who has completed the course."""
    who = member(desk)
    finish(desk, who)
    return who


def graduate_of_old(desk: Desk) -> Actor:
    """Somebody who completed the course three months ago."""
    assert isinstance(desk.now, Clock)
    desk.now.move(days=-MONTHS)
    who = graduate(desk)
    desk.now.move(days=MONTHS)
    return who


def failing(desk: Desk) -> Actor:
    """Somebody who got the first check wrong."""
    who = at_check(desk)
    paper = sit(desk, who, "m1")
    quizzing.submit_check(desk, who, paper.attempt.id, {}, known=0, confirmed=True)
    return who


def reviewing(desk: Desk) -> Actor:
    """Somebody with every question of the final check answered."""
    who = at_final(desk)
    paper = sit(desk, who, "")
    quizzing.save_answers(desk, who, paper.attempt.id, answer_all(paper), save=1)
    return who


def at_final_check(desk: Desk) -> Actor:
    """Somebody in the middle of the final check."""
    who = at_final(desk)
    sit(desk, who, "")
    return who


def on_the_old_version(desk: Desk) -> Actor:
    """Somebody who began before the course was renewed, and has read one lesson."""
    who = member(desk)
    with desk.database.writing() as tx:
        enrolments.add(
            tx,
            desk.new_id(),
            person=who.person,
            organisation=who.organisation,
            course_id=SAMPLE,
            version="1.0.0",
            locale="en",
            now=desk.now(),
        )
    learning.read_lesson(desk, who, SAMPLE_CODE, "m1", "l1", locale="en")
    return who


def staying(desk: Desk) -> Actor:
    """Somebody who chose to finish the version before."""
    who = on_the_old_version(desk)
    moving.stay(desk, who, SAMPLE_CODE)
    return who


def moved(desk: Desk) -> Actor:
    """Somebody who moved to the new version, in which a lesson that they read has changed."""
    who = on_the_old_version(desk)
    moving.move_now(desk, who, SAMPLE_CODE)
    return who


def certified(desk: Desk) -> Actor:
    """Somebody with a certificate whose PDF is still to be made."""
    who = graduate(desk)
    certifying.issue(desk, who, SAMPLE_CODE, a_choice(NAME, "en", "fr"), desk.new_secret())
    return who


def number_of(desk: Desk, who: Actor) -> str:
    """Give the number of somebody's certificate."""
    holding = certifying.my_certificate(desk, who, SAMPLE_CODE).holding
    assert holding
    return holding.number


def printed(desk: Desk) -> Actor:
    """Somebody whose PDF is there."""
    who = certified(desk)
    printing.make_pdf(desk, {"number": number_of(desk, who)})
    return who


def unprinted(desk: Desk) -> Actor:
    """Somebody whose PDF could not be made."""
    who = certified(desk)
    while job := keeping.take_job(desk, SYSTEM):
        keeping.give_up_job(desk, SYSTEM, job, "no fonts")
    return who


def revoked(desk: Desk) -> Actor:
    """Somebody whose certificate was revoked."""
    who = certified(desk)
    verifying.revoke(desk, SYSTEM, number_of(desk, who), "It was issued to somebody else.")
    return who


def erased(desk: Desk) -> Actor:
    """Somebody who had the name and the PDF erased."""
    who = certified(desk)
    certifying.erase_mine(desk, who, SAMPLE_CODE)
    return who
