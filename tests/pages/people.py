"""Who looks at a page: somebody new for each look, brought to where they are by the deeds of the product.

Holds builders and no check.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

from lms.actions.certificates import certifying, printing, renewing, verifying
from lms.actions.context import Context
from lms.actions.learning import learning, moving, quizzing
from lms.actions.learning.quizzing import SentAnswers
from lms.actions.operations import background
from lms.actions.people import accounts, sessions, visitors
from lms.actions.people.signing_in import Browser
from lms.core.operations.jobs import CertificatePdf
from lms.core.people.actors import NOBODY, SYSTEM, Actor
from lms.core.people.reader_settings import ReaderSettings
from lms.storage.learning import enrolments
from lms.storage.people import persons
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
from tests.builders_renewal import pass_refresher, sit_refresher
from tests.builders_surveys import MONTHS

Who = Callable[[Context], Actor | None]
PASSWORD = "three quiet herons wade"  # of people who live for one test
NAME = "Amina Diallo"


def nobody(_desk: Context) -> None:
    """Nobody is signed in."""


def visitor(context: Context) -> Actor:
    """Somebody who tries the first module without an account."""
    who = a_visitor(context)
    learning.enrol(context, who, SAMPLE_CODE, "en")
    return who


def member(context: Context) -> Actor:
    """Somebody with an account who has begun nothing."""
    return a_member(context, "Sam")


def named(context: Context) -> Actor:
    """Somebody with a sign-in name, a password and recovery codes."""
    return named_as(context, f"heron{context.new_id()[-12:]}")


def named_as(context: Context, sign_in_name: str) -> Actor:
    """Make an account with this sign-in name, at an address of its own: how many come from one is limited."""
    place = zlib.crc32(context.new_id().encode())
    entered = visitors.sign_up(
        context,
        NOBODY,
        "Sam",
        sign_in_name,
        PASSWORD,
        locale="en",
        browser=Browser(f"198.18.{place >> 8 & 255}.{place & 255}", device="Firefox"),
    )
    return sessions.recognise(context, sessions.ticket_of(entered.token)).actor


def begun(context: Context) -> Actor:
    """Somebody who has read the first lesson."""
    who = member(context)
    learning.enrol(context, who, SAMPLE_CODE, "en")
    learning.read_lesson(context, who, SAMPLE_CODE, "m1", "l1", locale="en")
    return who


def enrolled(context: Context) -> Actor:
    """Somebody who has just begun."""
    who = member(context)
    learning.enrol(context, who, SAMPLE_CODE, "en")
    return who


def reading_as(**wishes: str) -> Who:
    """Somebody who has begun and wants to read in a way of their own."""

    def who(context: Context) -> Actor:
        reader = enrolled(context)
        accounts.change_reading(context, reader, ReaderSettings.of(wishes))
        return reader

    return who


def at_check(context: Context) -> Actor:
    """Somebody who has read the first module."""
    who = enrolled(context)
    read_all(context, who, only="m1")
    return who


def answering(context: Context) -> Actor:
    """Somebody in the middle of the first check."""
    who = at_check(context)
    sit(context, who, "m1")
    return who


def one_by_one(context: Context) -> Actor:
    """Somebody in the middle of the first check who wants one question a screen."""
    who = answering(context)
    accounts.change_reading(context, who, ReaderSettings(questions="one"))
    return who


def halfway(context: Context) -> Actor:
    """Somebody who has passed the first module."""
    who = at_check(context)
    pass_check(context, who, "m1")
    return who


def at_second_check(context: Context) -> Actor:
    """Somebody in the middle of the second check."""
    who = halfway(context)
    read_all(context, who, only="m2")
    sit(context, who, "m2")
    return who


def at_final(context: Context) -> Actor:
    """Somebody with nothing left but the final check."""
    who = halfway(context)
    read_all(context, who, only="m2")
    pass_check(context, who, "m2")
    return who


def graduate(context: Context) -> Actor:
    """Somebody who has completed the course."""
    who = member(context)
    finish(context, who)
    return who


def graduate_of_old(context: Context) -> Actor:
    """Somebody who completed the course three months ago."""
    assert isinstance(context.now, Clock)
    context.now.move(days=-MONTHS)
    who = graduate(context)
    context.now.move(days=MONTHS)
    return who


def failing(context: Context) -> Actor:
    """Somebody who got the first check wrong."""
    who = at_check(context)
    paper = sit(context, who, "m1")
    quizzing.submit_check(context, who, paper.attempt.id, {}, known=0, confirmed=True)
    return who


def reviewing(context: Context) -> Actor:
    """Somebody with every question of the final check answered."""
    who = at_final(context)
    paper = sit(context, who, "")
    quizzing.save_answers(context, who, paper.attempt.id, answer_all(paper), save=1)
    return who


def at_final_check(context: Context) -> Actor:
    """Somebody in the middle of the final check."""
    who = at_final(context)
    sit(context, who, "")
    return who


def on_the_old_version(context: Context) -> Actor:
    """Somebody who began before the course was renewed, and has read one lesson."""
    who = member(context)
    with context.database.writing() as tx:
        enrolments.add(
            tx,
            context.new_id(),
            person=who.person,
            organisation=who.organisation,
            course_id=SAMPLE,
            version="1.0.0",
            locale="en",
            now=context.now(),
        )
    learning.read_lesson(context, who, SAMPLE_CODE, "m1", "l1", locale="en")
    return who


def due(context: Context) -> Actor:
    """Somebody whose certificate is of the version before a law changed."""
    who = on_the_old_version(context)
    finish(context, who)
    certifying.issue(context, who, SAMPLE_CODE, a_choice(NAME), context.new_secret())
    return who


def refreshing_now(context: Context) -> Actor:
    """Somebody in the middle of the questions of a refresher."""
    who = due(context)
    sit_refresher(context, who)
    return who


def not_refreshed(context: Context) -> Actor:
    """Somebody who has not passed a refresher yet."""
    who = due(context)
    renewing.submit(context, who, sit_refresher(context, who).attempt.id, SentAnswers({}, 0), confirmed=True)
    return who


def refreshed(context: Context) -> Actor:
    """Somebody who has passed the refresher."""
    who = due(context)
    pass_refresher(context, who)
    return who


def staying(context: Context) -> Actor:
    """Somebody who chose to finish the version before."""
    who = on_the_old_version(context)
    moving.stay(context, who, SAMPLE_CODE)
    return who


def moved(context: Context) -> Actor:
    """Somebody who moved to the new version, in which a lesson that they read has changed."""
    who = on_the_old_version(context)
    moving.move_now(context, who, SAMPLE_CODE)
    return who


def certified(context: Context) -> Actor:
    """Somebody with a certificate whose PDF is still to be made."""
    who = graduate(context)
    certifying.issue(context, who, SAMPLE_CODE, a_choice(NAME, "en", "fr"), context.new_secret())
    return who


def number_of(context: Context, who: Actor) -> str:
    """Return the number of somebody's certificate."""
    holding = certifying.my_certificate(context, who, SAMPLE_CODE).holding
    assert holding
    return holding.number


def printed(context: Context) -> Actor:
    """Somebody whose PDF is there."""
    who = certified(context)
    printing.make_pdf(context, CertificatePdf(number_of(context, who)))
    return who


def unreachable(context: Context) -> Actor:
    """Somebody to whom a message could not be delivered."""
    who = named(context)
    with context.database.writing() as tx:
        persons.write_profile(tx, who.person, email="heron@example.org")
        persons.set_unreachable(tx, who.person, context.now())
    return who


def unprinted(context: Context) -> Actor:
    """Somebody whose PDF could not be made."""
    who = certified(context)
    while job := background.take_job(context, SYSTEM):
        background.give_up_job(context, SYSTEM, job, "no fonts")
    return who


def revoked(context: Context) -> Actor:
    """Somebody whose certificate was revoked."""
    who = certified(context)
    verifying.revoke(context, SYSTEM, number_of(context, who), "It was issued to somebody else.")
    return who


def erased(context: Context) -> Actor:
    """Somebody who had the name and the PDF erased."""
    who = certified(context)
    certifying.erase_mine(context, who, SAMPLE_CODE)
    return who
