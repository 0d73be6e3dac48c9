"""Lessons: one statement, prepared bytes, nothing of one reader on another reader's page."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.actions.learning import learning, moving
from lms.actions.people.accounts import change_reading
from lms.actions.publishing import adopting
from lms.content.site_folder import SiteFolder
from lms.core.operations.jobs import ReleaseActivated
from lms.core.people.actors import SYSTEM, Actor, Role
from lms.core.people.reader_settings import ReaderSettings
from lms.web.wiring import build
from tests import builders_learning as make
from tests.builders_certificates import form_token, sign_in
from tests.builders_content import change, sample_site
from tests.builders_learning import SAMPLE_CODE, a_member, a_visitor, read_all, statements, with_sample
from tests.builders_pages import told

LESSON = f"/en/c/{SAMPLE_CODE}/m1/l1"
Browser = Callable[[], FlaskClient]


@pytest.fixture
def learner(context: Context) -> Actor:
    who = a_member(with_sample(context), "Zoé <b>")
    learning.enrol(context, who, SAMPLE_CODE, "en")
    return who


@pytest.fixture
def reading(client: FlaskClient, context: Context, learner: Actor) -> FlaskClient:
    return sign_in(client, context, learner)


def test_whoever_has_not_started_is_led_to_the_course(client: FlaskClient, context: Context) -> None:
    with_sample(context)
    words = {
        "begin-or-sign-in": "If you have already started it, sign in",
        "begin-first": "to open this lesson.",
    }
    for said, sentence in words.items():
        away = client.get(LESSON)
        assert (away.headers["Location"], told(away)) == (f"/en/c/{SAMPLE_CODE}", said)
        assert sentence in client.get(away.headers["Location"]).text
        assert sentence not in client.get(away.headers["Location"]).text, "once"
        sign_in(client, context, a_member(context))


@pytest.mark.parametrize("address", ["/en/c/none/m1/l1", f"/en/c/{SAMPLE_CODE}/m1/none"])
def test_a_lesson_that_is_not_there_is_not_found(reading: FlaskClient, address: str) -> None:
    assert reading.get(address).status_code == 404


def test_a_visitor_reads_the_first_module_and_is_asked_to_sign_up_for_more(
    client: FlaskClient, context: Context
) -> None:
    who = a_visitor(with_sample(context))
    learning.enrol(context, who, SAMPLE_CODE, "en")
    sign_in(client, context, who)
    assert client.get(LESSON).status_code == 200
    asked = client.get(f"/en/c/{SAMPLE_CODE}/m2/l1")
    assert asked.status_code == 403
    assert "Create an account to continue" in asked.get_data(as_text=True)


def test_a_lesson_costs_one_statement(reading: FlaskClient, context: Context) -> None:
    reading.get(LESSON)
    with statements(context) as sent:
        reading.get(LESSON)
    assert len(sent) == 1


def test_the_same_page_comes_plain_and_as_gzip(reading: FlaskClient) -> None:
    plain = reading.get(LESSON)
    squeezed = reading.get(LESSON, headers={"Accept-Encoding": "gzip, br"}, lint=False)
    assert squeezed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(squeezed.get_data()) == plain.get_data()
    refused = reading.get(LESSON, headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers
    assert plain.headers["Cache-Control"] == "no-store, no-cache"


def test_a_name_is_escaped_where_it_is_filled_in(reading: FlaskClient) -> None:
    page = reading.get(LESSON).get_data(as_text=True)
    assert "Zoé &lt;b&gt;" in page
    assert "\ue000" not in page


@pytest.mark.parametrize("words", ["\ue000token\ue001", "\ue000x\ue001", "\ue001\ue000"])
def test_no_text_can_stand_for_what_is_personal(context: Context, tmp_path: Path, words: str) -> None:
    """A seal cannot hold such words any more; were one made by hand, its page must not give a token away."""
    site = sample_site(tmp_path / "site")
    tree = site / "courses/sample-course/releases/1.0.0.tree.json"
    raw = tree.read_bytes()
    other = raw.replace(b"Say hello, give your name", f"Shown {words}. Give your name".encode())
    assert other != raw
    tree.write_bytes(other)
    change(
        site, "courses/sample-course/releases/1.0.0.yaml", sha256(raw).hexdigest(), sha256(other).hexdigest()
    )
    made = with_sample(replace(context, library=SiteFolder(site)))
    who = a_member(made)
    learning.enrol(made, who, SAMPLE_CODE, "en")
    client = sign_in(build(made).test_client(), made, who)
    page = client.get(LESSON)
    assert page.status_code == 200
    assert f"Shown {words}." in page.get_data(as_text=True)
    assert f"Shown {form_token(client, made)}" not in page.get_data(as_text=True)


def test_a_new_lesson_in_a_finished_module_is_not_said_to_have_changed(context: Context) -> None:
    first = make.release("1.0.0")
    more = make.module("m1", lessons=3)
    later = make.release("1.1.0", more, first.modules[1], parent="1.0.0", change="informative")
    made = make.with_shelf(context, first, later)
    who = a_member(made)
    learning.enrol(made, who, "smpl", "en")
    read_all(made, who, "smpl", only="m1")
    make.pass_check(made, who, "m1", "smpl")
    made.now.move(minutes=1)  # type: ignore[attr-defined]  # the clock of tests
    adopting.adopt(made, SYSTEM, "sample", "1.1.0")
    moving.follow_activation(made, ReleaseActivated("sample"))
    client = sign_in(build(made).test_client(), made, who)
    new = client.get("/en/c/smpl/m1/l3").get_data(as_text=True)
    assert "This lesson has changed since you read it." not in new
    assert '<span class="state new">new</span>' in new
    assert new.count('<span class="state read">') == 2  # of the two others
    mine = client.get("/en/my-learning").get_data(as_text=True)
    assert '<span class="state new">new lesson</span>' in mine
    assert "state updated" not in mine
    learning.read_lesson(made, who, "smpl", "m1", "l3", locale="en")
    assert "state new" not in client.get("/en/c/smpl/m1/l3").get_data(as_text=True)


def test_pages_are_shared_but_nothing_personal_is(
    reading: FlaskClient, context: Context, learner: Actor
) -> None:
    reading.get(f"{LESSON}?x=secret")
    _is_told(reading, context, "saved")
    assert "Saved." in reading.get(LESSON).get_data(as_text=True)
    read_all(context, learner, only="m1")
    change_reading(context, learner, ReaderSettings(theme="dark"))
    mine = reading.get(LESSON).get_data(as_text=True)
    other = a_member(context, "Ada", Role.AUTHOR)
    learning.enrol(context, other, SAMPLE_CODE, "en")
    theirs = sign_in(reading.application.test_client(), context, other).get(LESSON).get_data(as_text=True)
    assert 'data-theme="dark"' in mine
    assert "state read" in mine
    assert "Ada" in theirs
    for words in ("Zoé", "data-theme", "state read", "secret", "Saved."):
        assert words not in theirs


def _is_told(client: FlaskClient, context: Context, key: str) -> None:
    minute = str(context.now() // 60_000)
    client.set_cookie("parvis-notice", f"{key}.{minute}.{context.keys.mac('notice', key, minute)[:22]}")


def test_what_was_done_is_said_once(reading: FlaskClient, context: Context) -> None:
    _is_told(reading, context, "saved")
    assert "Saved." in reading.get(LESSON).get_data(as_text=True)
    assert "Saved." not in reading.get(LESSON).get_data(as_text=True)
    assert "Saved." not in reading.get(f"{LESSON}?done=saved").get_data(as_text=True)


def test_one_section_a_page(reading: FlaskClient, context: Context, learner: Actor) -> None:
    change_reading(context, learner, ReaderSettings(sections="one"))
    first = reading.get(LESSON).get_data(as_text=True)
    assert "Say hello" in first
    assert 'id="st1"' not in first
    assert "Next section" in first
    assert "Section 1 of 2" in first
    for address in (
        f"{LESSON}?part=2",
        f"{LESSON}?at=s3",
        f"{LESSON}?part=99",
        f"{LESSON}?part={'9' * 4301}",
    ):
        last = reading.get(address).get_data(as_text=True)
        assert 'id="st1"' in last
        assert "Mark as read and continue" in last
        assert "Previous section" in last
        assert "Section 2 of 2" in last


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
    beyond = reading.get(address, headers={"Range": "bytes=99999999-"}, buffered=True)
    assert beyond.status_code == 416
    assert beyond.headers["Content-Range"] == f"bytes */{len(whole.get_data())}"
    assert reading.get("/media/none").status_code == 404


@pytest.mark.parametrize("parts", [{}, {"Range": "bytes=0-3"}, {"Range": "bytes=99999999-"}])
def test_what_a_browser_has_already_is_not_sent_again_in_parts_either(
    reading: FlaskClient, parts: dict[str, str]
) -> None:
    page = reading.get(LESSON).get_data(as_text=True)
    start = page.index('src="/media/') + 5
    address = page[start : page.index('"', start)]
    tag = f'"{address.removeprefix("/media/")}"'
    has_it = reading.get(address, headers={"If-None-Match": tag, **parts}, buffered=True)
    assert (has_it.status_code, has_it.get_data()) == (304, b"")
    wants_another = reading.get(address, headers={"If-Match": '"another"', **parts}, buffered=True)
    assert wants_another.status_code == 412


def test_a_job_aid_stands_alone_and_its_client_version_names_nobody(
    client: FlaskClient, context: Context
) -> None:
    with_sample(context)
    found = _job_aid(context)
    page = client.get(found).get_data(as_text=True)
    assert "Job aid" in page
    assert client.get(f"{found}x").status_code == 404
    handed = client.get(f"{found}/client").get_data(as_text=True)
    assert "Parvis" not in handed
    assert "A warm welcome" not in handed


def _job_aid(context: Context) -> str:
    from lms.core.courses.document import JobAid  # noqa: PLC0415  # only this looks into documents

    release = context.library.release("sample-course", "1.0.0")
    return next(
        f"/en/c/{SAMPLE_CODE}/{module.code}/{lesson.code}/aid/{block.id}"
        for module in release.modules
        for lesson in module.lessons
        for block in lesson.documents["en"].blocks
        if isinstance(block, JobAid) and block.client
    )


def test_the_finder_of_a_lesson_shows_the_place_that_was_chosen(reading: FlaskClient) -> None:
    address = f"/en/c/{SAMPLE_CODE}/m2/l2"
    first = reading.get(address).get_data(as_text=True)
    assert '<section class="place"' not in first
    assert "Where do you work?" in first
    chosen = reading.get(f"{address}?place=ca-on&remember=y").get_data(as_text=True)
    assert chosen.count('<section class="place"') == 1
    assert f'href="/fr/c/{SAMPLE_CODE}/m2/l2?place=ca-on"' in chosen
    assert reading.get(address).get_data(as_text=True).count('<section class="place"') == 1
    assert reading.get(f"{address}?place=all").get_data(as_text=True).count('<section class="place"') > 10
    assert "place=ca" not in reading.get(LESSON).get_data(as_text=True)


def test_a_thin_line_shows_how_far_one_is(reading: FlaskClient, context: Context, learner: Actor) -> None:
    assert '<progress class="line" value="0"' in reading.get(LESSON).get_data(as_text=True)
    read_all(context, learner, only="m1")
    page = reading.get(LESSON).get_data(as_text=True)
    assert '<progress class="line" value="2"' in page
    assert "Lesson 1 of 4" in page
