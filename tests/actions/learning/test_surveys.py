"""Answers lead to nobody: no person, no time, no order; one press keeps one sheet."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import func, inspect, select

from lms.actions.certificates import certifying
from lms.actions.context import Context
from lms.actions.learning import learning, surveys
from lms.actions.operations import maintenance, personal_data
from lms.core.errors import Invalid, NotAllowed, NotFound
from lms.core.learning.moments import Moment
from lms.core.people.actors import NOBODY, SYSTEM, Actor
from lms.storage.people import persons
from lms.storage.tables.everything import metadata
from lms.storage.tables.learning import survey_response
from lms.storage.tables.operations import audit, idempotency
from tests import builders_learning as make
from tests.builders_accounts import clock, letters
from tests.builders_learning import refused
from tests.builders_surveys import CODE, MONTHS, resend, responses, send, with_survey


def rows(context: Context, table: Any) -> int:
    with context.database.reading() as tx:
        return int(tx.execute(select(func.count()).select_from(table)).scalar_one())


def a_graduate(context: Context, email: str = "") -> Actor:
    """Return somebody who has completed the course, perhaps with an address."""
    who = make.a_member(context)
    if email:
        with context.database.writing() as tx:
            persons.write_profile(tx, who.person, email=email, locale="fr")
    make.finish(context, who, CODE)
    return who


def test_answers_are_kept_with_course_version_moment_and_quarter(context: Context) -> None:
    open_desk = with_survey(context)
    assert send(open_desk, "later", confidence_c1="4", done_i1="yes", obstacles=["b2", "b1"])
    (kept,) = responses(open_desk)
    assert json.loads(kept.pop("answers")) == {
        "confidence": {"c1": 4},
        "done": {"i1": "yes"},
        "obstacles": ["b1", "b2"],
    }
    assert len(kept.pop("id")) == 26
    assert kept == {
        "organisation_id": persons.DEFAULT_ORGANISATION,
        "course_id": "sample",
        "version": "1.0.0",
        "moment": "later",
        "cohort": "2026-Q4",
    }


def test_a_row_leads_to_nobody() -> None:
    references = {key.column.table.name for key in survey_response.foreign_keys}
    assert references == {"organisation"}
    assert not [column.name for column in survey_response.columns if column.name.endswith(("at", "locale"))]


@pytest.mark.only_sqlite  # where rows lie in PostgreSQL, ADR 0040 says
def test_a_row_tells_no_order(context: Context) -> None:
    with context.database.reading() as tx:
        made = inspect(tx).get_table_options("survey_response")
    assert made == {"sqlite_with_rowid": False}
    open_desk = with_survey(context)
    for point in ("1", "2", "3", "4", "5"):
        send(open_desk, confidence_c1=point)
    kept = responses(open_desk)
    assert [row["id"] for row in kept] == sorted(row["id"] for row in kept)
    came = [json.loads(row["answers"])["confidence"]["c1"] for row in kept]
    assert came != sorted(came)


def test_who_sends_answers_is_written_nowhere(context: Context) -> None:
    open_desk = with_survey(context)
    sam = make.a_member(open_desk)
    before = rows(open_desk, audit)
    sheet = surveys.open_questions(open_desk, sam, CODE, "before")
    given = {"confidence-c1": ["3"]}
    assert surveys.answer(
        open_desk, sam, CODE, "before", given, version="1.0.0", press=sheet.press, origin="192.0.2.9"
    )
    assert rows(open_desk, audit) == before
    with open_desk.database.reading() as tx:
        kept = {
            table.name: str(tx.execute(table.select()).all())
            for table in metadata.sorted_tables
            if table.name not in {"person", "role_grant", "profile"}
        }
    secret = sheet.press.split(".")[0]
    told = [
        name for name, text in kept.items() if sam.person in text or "192.0.2.9" in text or secret in text
    ]
    assert told == []
    assert not any("confidence" in str(part) for part in personal_data.everything(open_desk, sam).values())


def test_a_double_tap_keeps_one_sheet(context: Context) -> None:
    open_desk = with_survey(context)
    sheet = surveys.open_questions(open_desk, NOBODY, CODE, "before")
    assert resend(open_desk, sheet, confidence_c1="1")
    assert resend(open_desk, sheet, confidence_c1="5")
    assert [json.loads(row["answers"]) for row in responses(open_desk)] == [{"confidence": {"c1": 1}}]


def test_a_press_is_coarse_leads_nowhere_and_is_forgotten(context: Context) -> None:
    open_desk = with_survey(context)
    sheet = surveys.open_questions(open_desk, NOBODY, CODE, "before")
    clock(open_desk).move(minutes=7 * 60)
    assert resend(open_desk, sheet, confidence_c1="1")
    with open_desk.database.reading() as tx:
        press = tx.execute(select(idempotency)).one()
    (kept,) = responses(open_desk)
    assert press.at % 3_600_000 == 0
    assert press.at < open_desk.now() - 6 * 3_600_000
    assert press._fields == ("key", "at"), "nothing else is kept"
    assert kept["id"] not in press.key
    assert maintenance.prune(open_desk, SYSTEM).presses == 0
    clock(open_desk).move(minutes=5 * 60)
    with refused(Invalid, "questions.press"):
        resend(open_desk, sheet, confidence_c1="1")
    clock(open_desk).move(minutes=60)
    assert maintenance.prune(open_desk, SYSTEM).presses == 1
    assert rows(open_desk, idempotency) == 0
    assert len(responses(open_desk)) == 1


@pytest.mark.parametrize("press", ["", "x", "0" * 26, "0" * 26 + ".9.forged", "0" * 26 + ".é.é"])
def test_a_press_of_ones_own_making_is_refused(context: Context, press: str) -> None:
    open_desk = with_survey(context)
    with refused(Invalid, "questions.press"):
        surveys.answer(
            open_desk, NOBODY, CODE, "before", {}, version="1.0.0", press=press, origin="192.0.2.1"
        )


def test_nothing_chosen_is_nothing_kept(context: Context) -> None:
    open_desk = with_survey(context)
    assert not send(open_desk)
    assert responses(open_desk) == []


def test_replies_are_those_of_the_release_that_was_shown(context: Context) -> None:
    open_desk = with_survey(context)
    with refused(Invalid, "questions.reply"):
        send(open_desk, confidence_c1="6")
    sheet = surveys.open_questions(open_desk, NOBODY, CODE, "before", version="1.0.0")
    assert sheet.asked[0].name == "confidence-c1"
    with refused(NotFound, "questions.none"):
        surveys.open_questions(open_desk, NOBODY, CODE, "before", version="9.9.9")
    with refused(NotFound, "questions.none"):
        surveys.answer(
            open_desk, NOBODY, CODE, "before", {}, version="9.9.9", press=sheet.press, origin="192.0.2.1"
        )


def test_there_are_three_moments_and_not_every_course_asks(context: Context) -> None:
    with refused(NotFound, "questions.none"):
        surveys.open_questions(with_survey(context), NOBODY, CODE, "meanwhile")
    make.with_sample(context)
    with refused(NotFound, "questions.none"):
        surveys.open_questions(context, NOBODY, make.SAMPLE_CODE, "before")
    with refused(NotFound, "course.unknown"):
        surveys.open_questions(context, NOBODY, "nope", "before")


def test_after_a_course_only_who_has_completed_it_is_asked(context: Context) -> None:
    asking = with_survey(context)
    graduate, beginner = a_graduate(asking), make.a_member(asking)
    learning.enrol(asking, beginner, CODE, "en")
    for who in (NOBODY, beginner):
        for moment in ("after", "later"):
            with refused(NotAllowed, "questions.not-asked"):
                surveys.open_questions(asking, who, CODE, moment)
    sheet = surveys.open_questions(asking, graduate, CODE, "after")
    with refused(NotAllowed, "questions.not-asked"):
        surveys.open_questions(asking, graduate, CODE, "later")
    clock(asking).move(days=MONTHS)
    assert surveys.open_questions(asking, graduate, CODE, "later").moment is Moment.LATER
    assert surveys.open_questions(asking, NOBODY, CODE, "after", press=sheet.press).moment is Moment.AFTER


def test_a_flood_is_slowed_down_without_a_name(context: Context) -> None:
    open_desk = with_survey(context)
    for _ in range(60):
        send(open_desk, confidence_c1="1")
    with refused(NotAllowed, "questions.too-often"):
        send(open_desk, confidence_c1="1")
    assert send(open_desk, confidence_c1="1", origin="198.51.100.7")


# --- invitations -------------------------------------------------------------------------------------
def test_one_is_invited_before_after_and_later(context: Context) -> None:
    open_desk = with_survey(context)
    sam = make.a_member(open_desk)
    learning.enrol(open_desk, sam, CODE, "en")
    mine = learning.my_course(open_desk, sam, CODE)
    assert mine
    assert mine.invited is Moment.BEFORE
    make.finish(open_desk, sam, CODE)
    mine = learning.my_course(open_desk, sam, CODE)
    assert mine
    assert mine.invited is Moment.AFTER
    assert certifying.my_certificate(open_desk, sam, CODE).invited is Moment.AFTER
    clock(open_desk).move(days=MONTHS)
    assert [one.invited for one in learning.my_learning(open_desk, sam)] == [Moment.LATER]


def test_whoever_has_an_address_is_written_to_once_and_not_told_again(context: Context) -> None:
    open_desk = with_survey(context)
    sam = a_graduate(open_desk, "sam@example.org")
    assert letters(open_desk) == []
    clock(open_desk).move(days=MONTHS)
    (letter,) = letters(open_desk)
    assert letter.to == "sam@example.org"
    assert "/fr/c/smpl/questions/later" in letter.text
    assert sam.person not in letter.text
    assert "course" not in letter.subject.casefold()
    assert not surveys.invite_later(open_desk, SYSTEM, sam.person, "sample")
    assert len(letters(open_desk)) == 1
    assert [one.invited for one in learning.my_learning(open_desk, sam)] == [None]


def test_whoever_has_no_address_any_more_is_not_written_to(context: Context) -> None:
    open_desk = with_survey(context)
    sam = a_graduate(open_desk)
    clock(open_desk).move(days=MONTHS)
    assert letters(open_desk) == []
    assert not surveys.invite_later(open_desk, SYSTEM, "0" * 26, "sample")
    assert not surveys.invite_later(open_desk, SYSTEM, sam.person, "unpublished")


def test_a_course_that_does_not_ask_writes_to_nobody(context: Context) -> None:
    make.with_sample(context)
    sam = make.a_member(context)
    with context.database.writing() as tx:
        persons.write_profile(tx, sam.person, email="sam@example.org")
    make.finish(context, sam)
    assert not surveys.invite_later(context, SYSTEM, sam.person, make.SAMPLE)
    clock(context).move(days=MONTHS)
    assert letters(context) == []
