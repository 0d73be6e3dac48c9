"""After an idle end one is told, and led back to the same place; "Was this you?" waits on My learning."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.actions.people.sessions import begin_session, ticket_of
from tests import builders_learning as make
from tests.builders_learning import SAMPLE_CODE as CODE
from tests.builders_pages import MINUTE, Reader

COURSE = f"/c/{CODE}"
PAGES = (f"{COURSE}/m1/l1", f"{COURSE}/m1/l1?at=s1", f"{COURSE}/m1/check", "/my-learning")


@pytest.fixture(params=["en", "fr"])
def reader(request: pytest.FixtureRequest, client: FlaskClient, context: Context) -> Reader:
    return Reader(client, make.with_sample(context), request.param)


@pytest.fixture
def sam(reader: Reader) -> Reader:
    reader.sign_in(make.a_member(reader.context))
    reader.send(reader.get(COURSE), "/start")
    return reader


def idle(reader: Reader) -> None:
    reader.context.now.move(minutes=45)  # type: ignore[attr-defined]  # the clock of tests


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_why_and_leads_back_to_itself(sam: Reader, path: str) -> None:
    idle(sam)
    page = sam.get(path)
    assert unquote(page.to).endswith(f"/sign-in?next=/{sam.locale}{path}")
    assert page.told == "idled-out"
    words = {"en": "because you were inactive", "fr": "après un moment sans activité"}
    assert words[sam.locale] in sam.go(page.to).html


@pytest.mark.parametrize("path", [COURSE, "/courses", "/"])
def test_the_pages_where_learning_begins_say_so(sam: Reader, path: str) -> None:
    idle(sam)
    words = {"en": "You’re no longer signed in here", "fr": "Votre session a pris fin ici"}
    html = sam.get(path).html
    assert words[sam.locale] in html
    assert f"/sign-in?next=/{sam.locale}{path}" in unquote(html)


def test_nothing_is_said_to_whoever_was_never_here_or_has_signed_out(reader: Reader) -> None:
    assert 'class="notice caution"' not in reader.get("/courses").html
    reader.sign_in(make.a_member(reader.context))
    reader.send(reader.get("/account"), "/sign-out")
    page = reader.get("/courses")
    assert "no longer signed in" not in page.html
    assert "Votre session a pris fin" not in page.html


def test_a_visitor_hears_what_became_of_the_progress(reader: Reader) -> None:
    reader.send(reader.get(COURSE), "/start")
    idle(reader)
    page = reader.get(f"{COURSE}/m1/l1")
    assert page.to == f"/{reader.locale}{COURSE}"
    words = {
        "en": "we no longer show the progress you made without an account",
        "fr": "la progression faite sans compte",
    }
    assert words[reader.locale] in reader.go(page.to).html
    assert reader.get("/my-learning").told == "visit-idled"


def test_a_session_that_is_over_leads_to_the_course_which_says_so(sam: Reader) -> None:
    sam.context.now.move(minutes=13 * 60)  # type: ignore[attr-defined]  # the clock of tests
    page = sam.get(f"{COURSE}/m1/l1")
    assert page.to == f"/{sam.locale}{COURSE}"
    words = {"en": "You’re no longer signed in here", "fr": "Votre session a pris fin ici"}
    assert words[sam.locale] in sam.go(page.to).html


def test_was_this_you_waits_on_my_learning_until_it_is_answered(reader: Reader) -> None:
    visitor = make.a_visit(reader.context)
    who = make.a_member(reader.context)
    with reader.context.database.writing() as tx:
        token = begin_session(tx, reader.context, who.person, before=ticket_of(visitor.token))
    minute = str(reader.context.now() // MINUTE)
    seal = reader.context.keys.mac("session-minute", token, minute)[:22]
    reader.client.set_cookie("parvis", f"{token}.{minute}.{seal}")
    reader.get("/my-learning")
    page = reader.get("/my-learning")
    assert "/account/was-this-you" in page.html
    done = reader.send(page, "/account/was-this-you", answer="yes")
    assert done.told == "joined"
    assert "/account/was-this-you" not in reader.get("/my-learning").html


def test_a_visitor_reads_how_long_the_progress_lasts(reader: Reader) -> None:
    html = reader.send(reader.get(COURSE), "/start")
    assert html.status == 303
    text = reader.get("/my-learning").html
    words = {"en": ("30 minutes", "12 hours"), "fr": ("30\u00a0minutes", "12\u00a0heures")}
    assert all(one in text for one in words[reader.locale])
