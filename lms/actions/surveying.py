"""Asking before a course, after it and three months later: answers that lead to nobody.

Who sends answers is not looked at, and nothing is written into the audit trail (ADR 0040). One press keeps
one sheet; what was sent can be neither found nor changed afterwards. Called by `web`, by `learning` (the
letter three months after completion) and by `jobs`.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lms.actions import limits
from lms.actions.deed import Who, deed, reading
from lms.actions.desk import Desk
from lms.actions.shelves import course_id, current_release
from lms.core.asking import LATER_FROM, Ask, Moment, accepted, asks, cohort_of, invited
from lms.core.course import Course, Release
from lms.core.errors import Invalid, NotFound
from lms.core.ids import is_id
from lms.core.people import SYSTEM, Actor
from lms.storage import outbox, people, releases, surveys
from lms.storage.database import Tx
from lms.storage.surveys import Response

HOUR = 3_600_000
DAY = 24 * HOUR
OPEN_HOURS = 12  # how long a form can be sent; its press is forgotten afterwards
_SEAL = 22  # characters
_LIMIT = limits.Limit("questions", 60, 60, "questions.too-often")  # per network address: an office shares one
LATER = "questions-later"


@dataclass(frozen=True, slots=True)
class Sheet:
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


def _adopted(tx: Tx, desk: Desk, course: str, version: str) -> Release:
    if not releases.adopted(tx, course, version):
        raise NotFound("questions.none")
    return desk.library.release(course, version)


# --- the press: random, sealed with the hour in which the form was opened ----------------------------
def _seal(desk: Desk, secret: str, hour: str) -> str:
    return desk.keys.mac("questions-press", secret, hour)[:_SEAL]


def _new_press(desk: Desk) -> str:
    secret, hour = desk.new_secret(), str(desk.now() // HOUR)
    return f"{secret}.{hour}.{_seal(desk, secret, hour)}"


def _opened(desk: Desk, press: str) -> tuple[str, int]:
    """Give the key of a press and the hour in which its form was opened, in milliseconds."""
    secret, _, rest = press.partition(".")
    hour, _, seal = rest.partition(".")
    genuine = is_id(secret) and hmac.compare_digest(seal.encode(), _seal(desk, secret, hour).encode())
    if not genuine or desk.now() // HOUR - int(hour) >= OPEN_HOURS:
        raise Invalid("questions.press")
    return desk.keys.mac("questions-press-used", secret), int(hour) * HOUR


def prune_presses(tx: Tx, desk: Desk) -> int:
    """Forget the presses whose forms cannot be sent any more, in an open transaction; give how many."""
    return surveys.prune_presses(tx, desk.now() - OPEN_HOURS * HOUR)


# --- questions and answers ---------------------------------------------------------------------------
@reading("surveying.open_questions", by=Who.ANYONE)
def open_questions(desk: Desk, actor: Actor, course_code: str, moment: str, *, version: str = "") -> Sheet:
    """Give what is asked at a moment, of the current release or of an adopted one, with a fresh press.

    Raises: NotFound `course.unknown`, `questions.none`.
    """
    course = course_id(desk, course_code)
    with desk.database.reading() as tx:
        release = _adopted(tx, desk, course, version) if version else current_release(tx, desk, course)
    when, asked = _asked(release, moment)
    return Sheet(release, when, asked, _new_press(desk))


@deed("surveying.answer", by=Who.ANYONE)
def answer(
    desk: Desk,
    actor: Actor,
    course_code: str,
    moment: str,
    sent: Mapping[str, Sequence[str]],
    *,
    version: str,
    press: str,
    origin: str,
) -> bool:
    """Keep a sheet of answers, whoever sends it; say False when nothing was chosen, so nothing is kept.

    A second press keeps nothing more. `origin` only slows a flood down.

    Raises: NotFound `course.unknown`, `questions.none`; Invalid `questions.press`, `questions.reply`;
    NotAllowed `questions.too-often`.
    """
    course = course_id(desk, course_code)
    key, opened = _opened(desk, press)
    with desk.database.writing() as tx:
        when, asked = _asked(_adopted(tx, desk, course, version), moment)
        answers = accepted(asked, sent)
        if answers is None:
            raise Invalid("questions.reply")
        if not answers:
            return False
        limits.take(tx, desk, _LIMIT, origin)
        if surveys.take_press(tx, key, opened):
            kept = Response(course, version, when, cohort_of(desk.today()), answers)
            surveys.add(tx, desk.new_secret(), people.HOUSE, kept)
    return True


# --- invitations -------------------------------------------------------------------------------------
def invitation(desk: Desk, course: Course, *, steps_done: int = 0, completed_at: int = 0) -> Moment | None:
    """Say what somebody may be asked now; whether they have answered is not known."""
    days = (desk.now() - completed_at) // DAY if completed_at else None
    return invited(course.survey, steps_done=steps_done, days_since=days)


def ask_later(tx: Tx, desk: Desk, person: str, course: Course) -> None:
    """Put the letter that asks three months later into the outbox, in the transaction of the completion."""
    if course.survey is not None:
        payload = {"person": person, "course": course.id}
        outbox.enqueue(tx, desk, LATER, f"{LATER}:{person}:{course.id}", payload, after=LATER_FROM * DAY)


def follow_completion(desk: Desk, payload: Mapping[str, str]) -> None:
    """Do what follows three months after a completion."""
    invite_later(desk, SYSTEM, payload["person"], payload["course"])


@deed("surveying.invite_later", by=Who.SYSTEM)
def invite_later(desk: Desk, actor: Actor, person: str, course: str) -> bool:
    """Write to somebody who completed a course three months ago; say False when there is no way to.

    The link carries the course's code and the moment. It does not say who was written to.
    """
    with desk.database.writing() as tx:
        profile = people.profile_of(tx, person)
        version = releases.current(tx, course, desk.now())
        now = desk.library.release(course, version).course if version else None
        if profile is None or not profile.email or now is None or now.survey is None:
            return False
        link = f"{desk.settings.address}/{profile.locale}/c/{now.code}/questions/{Moment.LATER.value}"
        letter = {"letter": "questions", "to": profile.email, "locale": profile.locale, "link": link}
        key = f"letter:{LATER}:{person}:{course}"
        return outbox.enqueue(tx, desk, "letter", key, {**letter, "id": desk.new_id(), "code": ""})
