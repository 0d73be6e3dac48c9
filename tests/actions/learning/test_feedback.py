"""A report reaches the authors with its place and version; anonymous means that nobody knows whose."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from lms.actions.context import Context
from lms.actions.learning import feedback, learning
from lms.actions.learning.feedback import FeedbackReceipt
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from lms.core.people.actors import NOBODY, WHOLE_HOUSE, Role
from lms.storage.learning import reports
from lms.storage.operations import tasks
from lms.storage.tables.operations import audit
from tests import builders_learning as make
from tests.builders_learning import SAMPLE_CODE as CODE
from tests.builders_learning import refused


@pytest.fixture
def open_desk(context: Context) -> Context:
    return make.with_sample(context)


def _told(context: Context, **changes: object) -> FeedbackReceipt:
    told = FeedbackReceipt(
        context.new_id(), CODE, "m1/l1#s1", "barrier", " The picture has no words. ", "me@example.org", False
    )
    return replace(told, **changes)  # type: ignore[arg-type]  # fields


def test_a_report_carries_place_and_version_and_opens_a_task(open_desk: Context) -> None:
    sam, author = make.a_member(open_desk), make.a_member(open_desk, "Alex", Role.AUTHOR)
    learning.enrol(open_desk, sam, CODE, "en")
    feedback.report_barrier(open_desk, sam, _told(open_desk), locale="fr", origin="")
    (found,) = feedback.waiting_reports(open_desk, author).rows
    assert (found.course, found.version, found.place, found.locale) == (
        make.SAMPLE,
        "1.0.0",
        "m1/l1#s1",
        "fr",
    )
    assert (found.contact, found.text) == ("me@example.org", "The picture has no words.")
    with open_desk.database.reading() as tx:
        assert [one.person for one in reports.waiting(tx, WHOLE_HOUSE)] == [sam.person]
    with open_desk.database.reading() as tx:
        assert [one.about for one in tasks.open_tasks(tx, WHOLE_HOUSE)] == [found.id]
    feedback.close_report(open_desk, author, found.id)
    with open_desk.database.reading() as tx:
        assert tasks.open_tasks(tx, WHOLE_HOUSE) == []
    assert feedback.waiting_reports(open_desk, author).rows == ()
    with refused(Conflict, "report.closed"):
        feedback.close_report(open_desk, author, found.id)


def test_an_anonymous_report_names_nobody_anywhere(open_desk: Context) -> None:
    sam, author = make.a_member(open_desk), make.a_member(open_desk, "Alex", Role.AUTHOR)
    told = _told(open_desk, anonymous=True)
    feedback.report_barrier(open_desk, sam, told, locale="en", origin="")
    (found,) = feedback.waiting_reports(open_desk, author).rows
    assert found.contact == ""
    with open_desk.database.reading() as tx:
        assert [one.person for one in reports.waiting(tx, WHOLE_HOUSE)] == [""]
    with open_desk.database.reading() as tx:
        row = tx.execute(select(audit.c.actor).where(audit.c.object == told.id)).scalar()
    assert row == ""


def test_a_double_tap_is_one_report(open_desk: Context) -> None:
    told = _told(open_desk)
    for _ in range(2):
        feedback.report_barrier(open_desk, NOBODY, told, locale="en", origin="1.2.3.4")
    author = make.a_member(open_desk, "Alex", Role.AUTHOR)
    assert len(feedback.waiting_reports(open_desk, author).rows) == 1


def test_somebody_signed_out_can_tell_about_any_page_on_an_empty_site(context: Context) -> None:
    feedback.report_barrier(
        context, NOBODY, _told(context, course="", place="sign-in"), locale="en", origin="1.2.3.4"
    )


def test_everything_that_is_missing_is_named_at_once(open_desk: Context) -> None:
    with pytest.raises(Invalid) as caught:
        feedback.report_barrier(
            open_desk, NOBODY, _told(open_desk, kind="x", text=" ", contact="c" * 201), locale="en", origin=""
        )
    assert {(one.place.file, one.rule) for one in caught.value.findings} == {
        ("kind", "report.kind-missing"),
        ("text", "report.text-missing"),
        ("contact", "report.contact-too-long"),
    }
    with pytest.raises(Invalid) as caught:
        feedback.report_barrier(open_desk, NOBODY, _told(open_desk, text="x" * 4001), locale="en", origin="")
    assert [one.rule for one in caught.value.findings] == ["report.text-too-long"]


def test_places_ids_and_courses_are_checked(open_desk: Context) -> None:
    for wrong in ({"place": "<b>"}, {"id": "x"}):
        with refused(Invalid, "report.place"):
            feedback.report_barrier(open_desk, NOBODY, _told(open_desk, **wrong), locale="en", origin="")
    with refused(NotFound, "course.unknown"):
        feedback.report_barrier(open_desk, NOBODY, _told(open_desk, course="nope"), locale="en", origin="")


def test_a_flood_is_stopped(open_desk: Context) -> None:
    with refused(NotAllowed, "report.too-often"):
        for _ in range(31):
            feedback.report_barrier(open_desk, NOBODY, _told(open_desk), locale="en", origin="1.2.3.4")
