"""A report reaches the authors with its place and version; anonymous means that nobody knows whose."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from lms.actions import learning, reporting
from lms.actions.desk import Desk
from lms.actions.reporting import Told
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from lms.core.people import NOBODY, Role
from lms.storage import reports, tasks
from lms.storage.tables import audit
from tests import builders_learning as make
from tests.builders_learning import SAMPLE_CODE as CODE
from tests.builders_learning import refused


@pytest.fixture
def open_desk(desk: Desk) -> Desk:
    return make.with_sample(desk)


def _told(desk: Desk, **changes: object) -> Told:
    told = Told(
        desk.new_id(), CODE, "m1/l1#s1", "barrier", " The picture has no words. ", "me@example.org", False
    )
    return replace(told, **changes)  # type: ignore[arg-type]  # fields


def test_a_report_carries_place_and_version_and_opens_a_task(open_desk: Desk) -> None:
    sam, author = make.a_member(open_desk), make.a_member(open_desk, "Alex", Role.AUTHOR)
    learning.enrol(open_desk, sam, CODE, "en")
    reporting.report_barrier(open_desk, sam, _told(open_desk), locale="fr", origin="")
    (found,) = reporting.waiting_reports(open_desk, author)
    assert (found.course, found.version, found.place, found.locale) == (
        make.SAMPLE,
        "1.0.0",
        "m1/l1#s1",
        "fr",
    )
    assert (found.contact, found.text) == ("me@example.org", "The picture has no words.")
    with open_desk.database.reading() as tx:
        assert [one.person for one in reports.waiting(tx)] == [sam.person]
    with open_desk.database.reading() as tx:
        assert [one.about for one in tasks.open_tasks(tx)] == [found.id]
    reporting.close_report(open_desk, author, found.id)
    with open_desk.database.reading() as tx:
        assert tasks.open_tasks(tx) == []
    assert reporting.waiting_reports(open_desk, author) == ()
    with refused(Conflict, "report.closed"):
        reporting.close_report(open_desk, author, found.id)


def test_an_anonymous_report_names_nobody_anywhere(open_desk: Desk) -> None:
    sam, author = make.a_member(open_desk), make.a_member(open_desk, "Alex", Role.AUTHOR)
    told = _told(open_desk, anonymous=True)
    reporting.report_barrier(open_desk, sam, told, locale="en", origin="")
    (found,) = reporting.waiting_reports(open_desk, author)
    assert found.contact == ""
    with open_desk.database.reading() as tx:
        assert [one.person for one in reports.waiting(tx)] == [""]
    with open_desk.database.reading() as tx:
        row = tx.execute(select(audit.c.actor).where(audit.c.object == told.id)).scalar()
    assert row == ""


def test_a_double_tap_is_one_report(open_desk: Desk) -> None:
    told = _told(open_desk)
    for _ in range(2):
        reporting.report_barrier(open_desk, NOBODY, told, locale="en", origin="1.2.3.4")
    author = make.a_member(open_desk, "Alex", Role.AUTHOR)
    assert len(reporting.waiting_reports(open_desk, author)) == 1


def test_somebody_signed_out_can_tell_about_any_page_on_an_empty_site(desk: Desk) -> None:
    reporting.report_barrier(
        desk, NOBODY, _told(desk, course="", place="sign-in"), locale="en", origin="1.2.3.4"
    )


def test_everything_that_is_missing_is_named_at_once(open_desk: Desk) -> None:
    with pytest.raises(Invalid) as caught:
        reporting.report_barrier(
            open_desk, NOBODY, _told(open_desk, kind="x", text=" ", contact="c" * 201), locale="en", origin=""
        )
    assert {(one.place.file, one.rule) for one in caught.value.findings} == {
        ("kind", "report.kind-missing"),
        ("text", "report.text-missing"),
        ("contact", "report.contact-too-long"),
    }
    with pytest.raises(Invalid) as caught:
        reporting.report_barrier(open_desk, NOBODY, _told(open_desk, text="x" * 4001), locale="en", origin="")
    assert [one.rule for one in caught.value.findings] == ["report.text-too-long"]


def test_places_ids_and_courses_are_checked(open_desk: Desk) -> None:
    for wrong in ({"place": "<b>"}, {"id": "x"}):
        with refused(Invalid, "report.place"):
            reporting.report_barrier(open_desk, NOBODY, _told(open_desk, **wrong), locale="en", origin="")
    with refused(NotFound, "course.unknown"):
        reporting.report_barrier(open_desk, NOBODY, _told(open_desk, course="nope"), locale="en", origin="")


def test_a_flood_is_stopped(open_desk: Desk) -> None:
    with refused(NotAllowed, "report.too-often"):
        for _ in range(31):
            reporting.report_barrier(open_desk, NOBODY, _told(open_desk), locale="en", origin="1.2.3.4")
