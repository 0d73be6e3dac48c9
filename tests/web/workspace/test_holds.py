"""Holds in the browser, without JavaScript: an author holds, learners read it wherever it is said."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.actions.learning import learning
from lms.actions.legislation import holds
from lms.core.courses.opaque import opaque
from lms.core.people.actors import SYSTEM, Role
from lms.web.wiring import build
from tests import builders_holds as hold_of
from tests import builders_learning as make
from tests.builders_learning import SAMPLE, SAMPLE_CODE
from tests.builders_pages import Reader
from tests.conftest import LintingClient

COURSE = f"/c/{SAMPLE_CODE}"
BOX, ITEM, LAW = ("box", "welcome/st1"), ("item", "welcome/w-q02"), ("law", "sample-act")
ONE = "/workspace/holds/new?course=sample-course&kind=box&item=welcome/st1"
NOW, READY = "On hold: we are checking this", "This may have changed on"


def hold(context: Context, about: tuple[str, str]) -> str:
    return hold_of.hold(context, about, course=SAMPLE)


@pytest.fixture
def author(client: FlaskClient, context: Context) -> Reader:
    """Return an author at a browser, with the sample course published."""
    make.with_sample(context)
    reader = Reader(client, context)
    reader.sign_in(make.a_member(context, "Ann", Role.AUTHOR))
    return reader


@pytest.fixture
def sam(author: Reader) -> Reader:
    """Return a learner at another browser."""
    context = author.context
    application = build(context)
    application.test_client_class = LintingClient
    reader = Reader(application.test_client(), context)
    who = make.a_member(context)
    reader.sign_in(who)
    learning.enrol(context, who, SAMPLE_CODE, "en")
    return reader


def test_an_author_holds_a_statement_and_a_learner_reads_it_at_once(author: Reader, sam: Reader) -> None:
    sam.get(f"{COURSE}/m1/l1")  # the page is kept from now on
    assert "Nothing is on hold" in author.get("/workspace/holds").html
    listed = author.get("/workspace/holds/new?course=sample-course").html
    for words in ("Since 1 January 2020, every office", "Depuis le 1", "Put this question on hold"):
        assert words in listed
    page = author.get(ONE)
    assert READY in page.html
    assert "Ceci a peut-être changé le" in page.html
    done = author.send(page, "/holds/new", do="hold")
    assert "/en/workspace/holds#" in done.to
    assert "What learners read" in author.go(done.to).html
    for locale, label in (("en", NOW), ("fr", "Mise en garde")):
        sam.locale = locale
        assert label in sam.get(f"{COURSE}/m1/l1").html


def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(author: Reader) -> None:
    page = author.get(ONE)
    sent = {"since": "soon", "words-fr": "", "words-en": "Ask Ann first."}
    wrong = author.send(page, "/holds/new", sent, do="hold")
    assert wrong.status == 422
    for words in ("Enter a date such as", "Enter what learners will read", "Ask Ann first.", 'value="soon"'):
        assert words in wrong.html


def test_the_sentence_follows_the_date_and_the_person_until_somebody_edits_it(author: Reader) -> None:
    page = author.get(ONE)
    day = {"since": "2026-03-01", "ask-en": "the clinic", "ask-fr": "la clinique"}
    again = author.send(page, "/holds/new", day, do="preview")
    assert again.status == 200
    assert again.html.count("Do not rely on it. Ask the clinic.") == 3  # field, kept field, preview
    assert "1er\u00a0mars 2026" in again.html
    edited = author.send(again, "/holds/new", {"words-en": "My own words.", "ask-en": "nobody"}, do="preview")
    assert "My own words." in edited.html
    assert "Ask nobody" not in edited.html
    changed = author.send(page, "/holds/new", day, do="hold")
    assert "1er\u00a0mars 2026. Ne vous y fiez pas" in author.go(changed.to).html


def test_what_is_on_hold_already_is_said_and_can_be_lifted(author: Reader, context: Context) -> None:
    page, made = author.get(ONE), hold(context, BOX)
    assert author.send(page, "/holds/new", do="hold").status == 409
    assert f"/holds/{made}" in author.get("/workspace/holds/new?course=sample-course").html
    lifting = author.get(f"/workspace/holds/{made}")
    assert author.send(lifting, made).status == 422
    assert author.send(lifting, made, {"why": "Nothing has changed."}).told == "hold-lifted"
    assert "Nothing has changed." in author.get("/workspace/holds").html
    assert "Hold lifted" in author.get(f"/workspace/holds/{made}").html
    assert author.send(lifting, made, {"why": "Again."}).status == 409
    for nothing in ("/workspace/holds/none", f"{ONE}x", "/workspace/holds/new?course=none"):
        assert author.get(nothing).status == 404


def test_switching_language_keeps_what_was_typed(author: Reader, context: Context) -> None:
    page = author.get(ONE)
    switched = author.send(page, "/holds/new", {"words-en": "My own words."}, switch_to="fr")
    assert "My own words." in switched.html
    made = hold(context, BOX)
    lifting = author.get(f"/workspace/holds/{made}")
    assert "Not yet" in author.send(lifting, made, {"why": "Not yet"}, switch_to="fr").html


def test_a_law_is_held_from_its_page_everywhere_that_it_is_named(
    author: Reader, sam: Reader, context: Context
) -> None:
    law = f"/register/{opaque('sample-act')}"
    assert "Authors: put everything based on this law on hold" in author.get(law).html
    assert "Authors:" not in sam.get(law).html
    assert 'value="sample-act"' in author.get("/workspace/holds/new?kind=law&item=sample-act").html
    assert "No course in which you write" in author.get("/workspace/holds/new?kind=law&item=none").html
    hold(context, LAW)
    for page in (f"{COURSE}/m1/l1", law):
        assert NOW in sam.get(page).html
    assert (
        "Questions on hold"
        in author.get("/workspace/holds/new?course=sample-course&kind=law&item=sample-access-act").html
    )
    hold(context, ("law", "sample-access-act"))
    for page in (f"{COURSE}/m2/l2?place=ca-on", "/register/where?place=ca-on"):
        assert NOW in sam.get(page).html
    sam.lint = False
    file = sam.get(f"{COURSE}/m1/offline").html
    assert NOW in file
    assert "A file that you have saved cannot change" in file


def test_an_author_finds_the_way_from_a_lesson_and_a_learner_is_not_asked(
    author: Reader, sam: Reader
) -> None:
    author.send(author.get(COURSE), "/start")
    way = "/en/workspace/holds/new?course=sample-course#m1-l1"
    assert way in author.get(f"{COURSE}/m1/l1").html
    assert way not in sam.get(f"{COURSE}/m1/l1").html
    assert sam.get("/workspace/holds").status == 403


def test_a_question_on_hold_says_so_and_the_result_tells_what_was_left_out(
    sam: Reader, author: Reader, context: Context
) -> None:
    page = sam.begin_check(f"{COURSE}/m1/check")
    names = page.form("/check")["seen"]
    found = holds.holdable(context, SYSTEM, SAMPLE)
    graded = [one for one in names if not one.startswith("w-r")]
    first = next(one for one in found.statements if one.name.endswith(f"/{graded[0]}"))
    hold(context, ("item", first.name))
    shown = sam.get(f"{COURSE}/m1/check")
    assert "You can skip this question" in shown.html
    done = sam.send(shown, "/check", do="check-anyway")
    result = sam.go(done.to).html
    assert NOW in result


def test_a_quiz_that_has_to_wait_says_why(sam: Reader, author: Reader, context: Context) -> None:
    page = sam.begin_check(f"{COURSE}/m1/check")
    for one in holds.holdable(context, SYSTEM, SAMPLE).statements:
        if one.kind.value == "item" and one.module and one.module.code == "m1":
            hold(context, ("item", one.name))
    assert "This quiz has to wait" in sam.get(f"{COURSE}/m1/check").html
    assert sam.send(page, "/check", do="check-anyway").to == f"/en{COURSE}/m1/check"
    other = make.a_member(context)
    learning.enrol(context, other, SAMPLE_CODE, "en")
    sam.sign_in(other)
    begin = sam.get(f"{COURSE}/m1/check").html
    assert "This quiz has to wait" in begin
    assert "Start the quiz" not in begin
