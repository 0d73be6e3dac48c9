"""Asking before a course, after it and three months later: answers that lead to nobody.

Who sends answers is not looked at, and nothing is written into the audit trail (ADR 0040). One press keeps
one sheet; what was sent can be neither found nor changed afterwards.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lms.actions.action import Who, command, query
from lms.actions.catalogue.lookups import course_id, current_line, shelved_one
from lms.actions.context import Context
from lms.actions.people import limits
from lms.actions.people.mail_choice import offer
from lms.core.courses.course import Course, Release
from lms.core.errors import Invalid, NotAllowed, NotFound
from lms.core.ids import is_id
from lms.core.learning.moments import (
    LATER_FROM,
    Ask,
    Moment,
    accepted,
    asks,
    cohort_of,
    cohorts_until,
    invited,
)
from lms.core.operations.jobs import LaterQuestions, Letter
from lms.core.people.actors import SYSTEM, Actor
from lms.storage.database import Tx
from lms.storage.learning import enrolments, surveys
from lms.storage.learning.surveys import Response
from lms.storage.operations import outbox
from lms.storage.people import persons
from lms.storage.publishing import releases

HOUR = 3_600_000
DAY = 24 * HOUR
OPEN_HOURS = 12  # how long a form can be sent; its press is forgotten afterwards
_SEAL = 22  # characters
_LIMIT = limits.Limit("questions", 60, 60, "questions.too-often")  # per network address: an office shares one
LETTER_QUARTERS = 5  # from three months after a course to the end of its year


@dataclass(frozen=True, slots=True)
class SurveyForm:
    """What is asked at one moment, and the press that keeps it once."""

    release: Release
    moment: Moment
    asked: tuple[Ask, ...]
    press: str


def _asked(release: Release, moment: str) -> tuple[Moment, tuple[Ask, ...]]:
    survey = release.course.survey
    if survey is None or moment not in set(Moment):
        raise NotFound("questions.none")
    return Moment(moment), asks(survey, Moment(moment))


def _published(tx: Tx, context: Context, course: str, version: str | None) -> Release:
    """Return the current release, or one that was (no texts); one that only waits has no questions yet."""
    line = current_line(context, tx, course)
    if version is not None and version not in {one.version for one in line}:
        raise NotFound("questions.none")
    return shelved_one(context, tx, course, version or line[-1].version).outline


# --- the press: random, sealed with the hour in which the form was opened ----------------------------
def _new_press(context: Context, *about: str) -> str:
    secret, hour = context.new_secret(), str(context.now() // HOUR)
    return f"{secret}.{hour}.{_seal(context, secret, hour, *about)}"


def _seal(context: Context, *parts: str) -> str:
    return context.keys.mac("questions-press", *parts)[:_SEAL]


def _genuine(context: Context, press: str, *about: str) -> tuple[str, int] | None:
    """Return the secret and the hour of a press that was made here for this course and moment."""
    secret, _, rest = press.partition(".")
    hour, _, seal = rest.partition(".")
    made = _seal(context, secret, hour, *about)
    is_ours = is_id(secret) and hmac.compare_digest(seal.encode(), made.encode())
    return (secret, int(hour)) if is_ours else None


def _opened(context: Context, press: str, *about: str) -> tuple[str, int]:
    """Return the key of a press and the hour in which its form was opened, in milliseconds."""
    found = _genuine(context, press, *about)
    if found is None or context.now() // HOUR - found[1] >= OPEN_HOURS:
        raise Invalid("questions.press")
    return context.keys.mac("questions-press-used", found[0]), found[1] * HOUR


def prune_presses(tx: Tx, context: Context) -> int:
    """Forget the presses whose forms cannot be sent any more, in an open transaction; return how many."""
    return surveys.prune_presses(tx, context.now() - OPEN_HOURS * HOUR)


# --- who is asked after a course: whoever has completed it ---------------------------------------------
def letter_key(context: Context, course: str, cohort: str) -> str:
    """Return what the link in a letter carries: the same for everybody who is written to in a quarter."""
    return context.keys.mac("questions-letter", course, cohort)[:_SEAL]


def _is_of_a_letter(context: Context, course: str, key: str) -> bool:
    made = (letter_key(context, course, one) for one in cohorts_until(context.today(), LETTER_QUARTERS))
    return any(hmac.compare_digest(key.encode(), one.encode()) for one in made)


def _is_asked(tx: Tx, context: Context, actor: Actor, course: str, moment: Moment) -> bool:
    """Return whether somebody has completed the course, for `later` three months ago or more."""
    mine = enrolments.find(tx, actor.person, course) if actor.person else None
    if mine is None or not mine.completed_at:
        return False
    return moment is Moment.AFTER or context.now() - mine.completed_at >= LATER_FROM * DAY


# --- questions and answers ---------------------------------------------------------------------------
@query("surveying.open_questions", by=Who.ANYONE)
def open_questions(
    context: Context,
    actor: Actor,
    course_code: str,
    moment: str,
    *,
    version: str = "",
    key: str = "",
    press: str = "",
) -> SurveyForm:
    """Return what is asked at a moment, of the current release or an earlier one, with a fresh press.

    After a course they are asked who have completed it: known by their session, by the `key` of a letter or
    by a `press` that was given to them. None of it is kept with the answers.

    Raises: NotFound `course.unknown`, `questions.none`; NotAllowed `questions.not-asked`.
    """
    course = course_id(context, course_code)
    with context.database.reading() as tx:
        release = _published(tx, context, course, version or None)
        when, asked = _asked(release, moment)
        is_asked = (
            when is Moment.BEFORE
            or _genuine(context, press, course, moment) is not None
            or (when is Moment.LATER and _is_of_a_letter(context, course, key))
            or _is_asked(tx, context, actor, course, when)
        )
    if not is_asked:
        raise NotAllowed("questions.not-asked", course=course_code)
    return SurveyForm(release, when, asked, _new_press(context, course, moment))


@command("surveying.answer", by=Who.ANYONE, keeps=("throttle",))
def answer(
    context: Context,
    actor: Actor,
    course_code: str,
    moment: str,
    sent: Mapping[str, Sequence[str]],
    *,
    version: str,
    press: str,
    origin: str,
) -> bool:
    """Keep a sheet of answers, whoever sends it; return False when nothing was chosen, so nothing is kept.

    A second press keeps nothing more. `origin` only slows a flood down.

    Raises: NotFound `course.unknown`, `questions.none`; Invalid `questions.press`, `questions.reply`;
    NotAllowed `questions.too-often`.
    """
    course = course_id(context, course_code)
    key, opened = _opened(context, press, course, moment)
    with context.database.reading() as tx:
        when, asked = _asked(_published(tx, context, course, version), moment)
    answers = accepted(asked, sent)
    if answers is None:
        raise Invalid("questions.reply")
    if not answers:
        return False
    limits.take(context, _LIMIT.of(origin))
    with context.database.writing() as tx:
        if surveys.take_press(tx, key, opened):
            kept = Response(course, version, when, cohort_of(context.today()), answers)
            surveys.add(tx, context.new_secret(), persons.DEFAULT_ORGANISATION, kept)
    return True


# --- invitations -------------------------------------------------------------------------------------
def invitation(
    context: Context, course: Course, *, steps_done: int = 0, completed_at: int = 0
) -> Moment | None:
    """Return what somebody may be asked now; whether they have answered is not known."""
    days = (context.now() - completed_at) // DAY if completed_at else None
    return invited(course.survey, steps_done=steps_done, days_since=days)


def ask_later(tx: Tx, context: Context, person: str, course: Course) -> None:
    """Put the letter that asks three months later into the outbox, in the transaction of the completion."""
    if course.survey is not None:
        work = LaterQuestions(person, course.id)
        outbox.put(tx, context, work.key, work, after=LATER_FROM * DAY)


def follow_completion(context: Context, work: LaterQuestions) -> None:
    """Do what follows three months after a completion."""
    invite_later(context, SYSTEM, work.person, work.course)


@command("surveying.invite_later", by=Who.SYSTEM, keeps=("throttle",))
def invite_later(context: Context, actor: Actor, person: str, course: str) -> bool:
    """Write to somebody who completed a course three months ago; return False when there is no way to.

    The link carries the course's code, the moment and a key that is the same for everybody who is written to
    in this quarter. It does not say who was written to.
    """
    with context.database.writing() as tx:
        profile = persons.profile_of(tx, person)
        version = releases.current(tx, course, context.now())
        now = shelved_one(context, tx, course, version).outline.course if version else None
        if profile is None or profile.mail_off_at or not profile.email:
            return False
        if now is None or now.survey is None:
            return False
        here = f"{context.settings.address}/{profile.locale}/c/{now.code}/questions/{Moment.LATER.value}"
        link = f"{here}?letter={letter_key(context, course, cohort_of(context.today()))}"
        offer(tx, context, person)
        id_ = context.new_id()
        letter = Letter("questions", profile.email, profile.locale, id_, link=link, person=person)
        return outbox.put(tx, context, f"letter:{LaterQuestions(person, course).key}", letter)
