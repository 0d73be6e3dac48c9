"""Lessons: one statement, prepared bytes, nothing of one reader on another reader's page."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from lms.actions import learning
from lms.actions.accounts import change_reading
from lms.actions.desk import Desk
from lms.core.people import Actor, Role
from lms.core.reader import ReaderSettings
from tests.builders_certificates import sign_in
from tests.builders_learning import SAMPLE_CODE, a_member, a_visitor, read_all, statements, with_sample

LESSON = f"/en/c/{SAMPLE_CODE}/m1/l1"
Browser = Callable[[], FlaskClient]


@pytest.fixture
def learner(desk: Desk) -> Actor:
    who = a_member(with_sample(desk), "Zoé <b>")
    learning.enrol(desk, who, SAMPLE_CODE, "en")
    return who


@pytest.fixture
def reading(client: FlaskClient, desk: Desk, learner: Actor) -> FlaskClient:
    return sign_in(client, desk, learner)


def test_whoever_has_not_started_is_led_to_the_course(client: FlaskClient, desk: Desk) -> None:
    with_sample(desk)
    assert client.get(LESSON).headers["Location"] == f"/en/c/{SAMPLE_CODE}"
    sign_in(client, desk, a_member(desk))
    assert client.get(LESSON).headers["Location"] == f"/en/c/{SAMPLE_CODE}"


@pytest.mark.parametrize("address", ["/en/c/none/m1/l1", f"/en/c/{SAMPLE_CODE}/m1/none"])
def test_a_lesson_that_is_not_there_is_not_found(reading: FlaskClient, address: str) -> None:
    assert reading.get(address).status_code == 404


def test_a_visitor_reads_the_first_module_and_is_asked_to_sign_up_for_more(
    client: FlaskClient, desk: Desk
) -> None:
    who = a_visitor(with_sample(desk))
    learning.enrol(desk, who, SAMPLE_CODE, "en")
    sign_in(client, desk, who)
    assert client.get(LESSON).status_code == 200
    asked = client.get(f"/en/c/{SAMPLE_CODE}/m2/l1")
    assert asked.status_code == 403
    assert "Make an account to go on" in asked.get_data(as_text=True)


def test_a_lesson_costs_one_statement(reading: FlaskClient, desk: Desk) -> None:
    reading.get(LESSON)
    with statements(desk) as sent:
        reading.get(LESSON)
    assert len(sent) == 1


def test_the_same_page_comes_plain_and_as_gzip(reading: FlaskClient) -> None:
    plain = reading.get(LESSON)
    squeezed = reading.get(LESSON, headers={"Accept-Encoding": "gzip, br"}, lint=False)
    assert squeezed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(squeezed.get_data()) == plain.get_data()
    refused = reading.get(LESSON, headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers
    assert plain.headers["Cache-Control"] == "no-store"


def test_a_name_is_escaped_where_it_is_filled_in(reading: FlaskClient) -> None:
    page = reading.get(LESSON).get_data(as_text=True)
    assert "Zoé &lt;b&gt;" in page
    assert "\ue000" not in page


def test_pages_are_shared_but_nothing_personal_is(reading: FlaskClient, desk: Desk, learner: Actor) -> None:
    reading.get(f"{LESSON}?done=saved&x=secret")
    read_all(desk, learner, only="m1")
    change_reading(desk, learner, ReaderSettings(theme="dark"))
    mine = reading.get(LESSON).get_data(as_text=True)
    other = a_member(desk, "Ada", Role.AUTHOR)
    learning.enrol(desk, other, SAMPLE_CODE, "en")
    theirs = sign_in(reading.application.test_client(), desk, other).get(LESSON).get_data(as_text=True)
    assert 'data-theme="dark"' in mine
    assert "state read" in mine
    assert "Ada" in theirs
    for words in ("Zoé", "data-theme", "state read", "secret", "Saved."):
        assert words not in theirs


def test_what_was_done_is_said_once(reading: FlaskClient) -> None:
    assert "Saved." in reading.get(f"{LESSON}?done=saved").get_data(as_text=True)
    assert "Saved." not in reading.get(f"{LESSON}?done=nonsense").get_data(as_text=True)


def test_one_section_a_page(reading: FlaskClient, desk: Desk, learner: Actor) -> None:
    change_reading(desk, learner, ReaderSettings(sections="one"))
    first = reading.get(LESSON).get_data(as_text=True)
    assert "Say hello" in first
    assert 'id="st1"' not in first
    assert "Next section" in first
    for address in (f"{LESSON}?part=2", f"{LESSON}?at=s3", f"{LESSON}?part=99"):
        last = reading.get(address).get_data(as_text=True)
        assert 'id="st1"' in last
        assert "I have read this, continue" in last
        assert "Previous section" in last


def test_a_lesson_in_another_language_says_so(reading: FlaskClient) -> None:
    page = reading.get(f"/fr/c/{SAMPLE_CODE}/m1/l1").get_data(as_text=True)
    assert '<html lang="fr"' in page
    assert "Accueillir" in page


def test_the_second_lesson_leads_back_to_the_first(reading: FlaskClient) -> None:
    page = reading.get(f"/en/c/{SAMPLE_CODE}/m1/l2").get_data(as_text=True)
    assert "Back to: The first minute" in page


def test_pictures_and_recordings_are_kept_for_ever_and_come_in_parts(reading: FlaskClient) -> None:
    page = reading.get(LESSON).get_data(as_text=True)
    start = page.index('src="/media/') + 5
    address = page[start : page.index('"', start)]
    whole = reading.get(address, buffered=True)
    assert "immutable" in whole.headers["Cache-Control"]
    part = reading.get(address, headers={"Range": "bytes=0-9"}, buffered=True)
    assert (part.status_code, len(part.get_data())) == (206, 10)
    assert reading.get("/media/none").status_code == 404


def test_a_job_aid_stands_alone_and_its_client_version_names_nobody(client: FlaskClient, desk: Desk) -> None:
    with_sample(desk)
    found = _job_aid(desk)
    page = client.get(found).get_data(as_text=True)
    assert "Job aid" in page
    assert client.get(f"{found}x").status_code == 404
    handed = client.get(f"{found}/client").get_data(as_text=True)
    assert "Parvis" not in handed
    assert "A warm welcome" not in handed


def _job_aid(desk: Desk) -> str:
    from lms.core.document import JobAid  # noqa: PLC0415  # only this looks into documents

    release = desk.library.release("sample-course", "1.0.0")
    return next(
        f"/en/c/{SAMPLE_CODE}/{module.code}/{lesson.code}/aid/{block.id}"
        for module in release.modules
        for lesson in module.lessons
        for block in lesson.documents["en"].blocks
        if isinstance(block, JobAid) and block.client
    )
