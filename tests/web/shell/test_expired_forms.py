"""A form that cannot be taken: true words, what was typed by its labels, a way on; or filled in again."""

from __future__ import annotations

from inspect import getsource

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from tests.builders_certificates import a_learner, later, sign_in
from tests.builders_learning import a_member
from tests.builders_pages import Reader, told
from tests.databases import all_rows


def redraws(view: object) -> bool:
    return bool(getattr(getattr(view, "terms", None), "redraws", False))


TYPED = {"name": "Zoé d’Iberville", "current": "my secret"}


@pytest.fixture
def reader(client: FlaskClient, context: Context) -> Reader:
    return Reader(client, context)


def test_after_signing_out_an_old_page_says_so_and_leads_back(reader: Reader, context: Context) -> None:
    sign_in(reader.client, context, a_learner(context))
    page = reader.get("/account/name")
    reader.send(page, "/sign-out")
    refused = reader.send(page, "/account/name", TYPED)
    assert refused.status == 403
    assert "<h1>You are signed out</h1>" in refused.html
    assert '<a href="/en/sign-in?next=/en/account/name">' in refused.html
    assert '<label for="typed-1">Name</label>' in refused.html
    assert "Zoé d’Iberville" in refused.html
    assert "usually still there" not in refused.html
    assert "my secret" not in refused.html


def test_what_was_chosen_or_hidden_is_not_shown_by_inner_names(reader: Reader, context: Context) -> None:
    sign_in(reader.client, context, a_learner(context))
    page = reader.get("/tell-us")
    sign_in(reader.client, context, a_member(context, "Ada"))
    reader.client.delete_cookie("parvis-form")
    typed = {
        "kind": "barrier",
        "text": "No captions",
        "seen": "q1",
        "q1:text": "an answer",
        "m1-q1:choice": "a",
    }
    refused = reader.send(page, "/tell-us", typed)
    assert refused.status == 403
    assert "We could not accept this form" in refused.html
    assert refused.html.count("<textarea") == 3
    assert ">What would you like to tell us?</label>" in refused.html
    assert ">Answer to question 1</label>" in refused.html
    assert ">What is your message about?</label>" in refused.html
    assert "Something is not accessible to me" in refused.html
    assert "barrier" not in refused.html
    assert '<a href="/en/tell-us">Open the form again</a>' in refused.html


def test_what_was_typed_before_idling_out_is_on_the_page_again(reader: Reader, context: Context) -> None:
    who = a_learner(context)
    sign_in(reader.client, context, who)
    page = reader.get("/account/name")
    later(context, minutes=45)
    away = reader.send(page, "/account/name", TYPED)
    assert told(away.response) == "kept"
    sign_in(reader.client, context, who)
    assert 'value="Zoé d’Iberville"' in reader.client.get("/fr/account/name").text
    back = reader.get("/account/name").html
    assert 'value="Zoé d’Iberville"' in back
    assert "This page shows what you entered earlier." in back
    assert "my secret" not in back
    page = reader.get("/account/name")
    assert reader.send(page, "/account/name", {"name": ""}).status == 422
    assert "what you entered earlier" not in reader.get("/account/name").html


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/tell-us", {"kind": "barrier", "text": "No captions", "contact": "zoe@example.org"}),
        ("/sign-in", {"who": "zoe@example.org"}),
        ("/sign-in/recovery", {"who": "zoe@example.org"}),
        ("/sign-up", {"name": "Zoé", "email": "zoe@example.org"}),
        ("/sign-up/without-email", {"name": "Zoé", "sign_in_name": "zoe"}),
    ],
)
def test_without_a_session_an_old_form_stands_there_again_to_be_sent(
    path: str, typed: dict[str, str | list[str]], reader: Reader, context: Context
) -> None:
    """After the browser was closed and the page restored, its cookie is gone: the form is drawn, no more."""
    page = reader.get(path)
    reader.client.delete_cookie("parvis-form")
    before = all_rows(context.database)
    again = reader.send(page, path, {**typed, "password": "my secret"})
    assert all_rows(context.database) == before
    assert again.status == 403
    assert "<title>Error: " in again.html
    assert "nothing was sent" in again.html
    assert "my secret" not in again.html
    shown = again.form(path)
    assert {name: shown[name] for name in typed} == {name: [value] for name, value in typed.items()}
    assert f' data-sent="/en{path}">' in again.html
    other = reader.send(again, path, switch_to="fr")
    assert other.status == 200
    assert {name: other.form(path)[name] for name in typed} == {name: shown[name] for name in typed}
    assert f' data-sent="/fr{path}">' in other.html


def test_an_old_form_that_is_sent_again_is_taken(reader: Reader) -> None:
    page = reader.get("/tell-us")
    reader.client.delete_cookie("parvis-form")
    again = reader.send(page, "/tell-us", {"kind": "wrong", "text": "A word is missing."})
    assert reader.send(again, "/tell-us").status == 303


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Dest": "iframe"}])
def test_a_form_of_another_site_is_not_filled_in_for_it(reader: Reader, headers: dict[str, str]) -> None:
    refused = reader.client.post("/en/tell-us", data={"text": "Hm.", "csrf_token": "x"}, headers=headers)
    assert refused.status_code == 403
    assert 'name="contact"' not in refused.text


def test_nothing_but_drawing_is_done_with_an_old_form(context: Context, reader: Reader) -> None:
    """Every view that is given such a form asks first whether it may do anything."""
    redrawing = [name for name, view in reader.client.application.view_functions.items() if redraws(view)]
    assert len(redrawing) == 6
    views = reader.client.application.view_functions
    assert [name for name in redrawing if "only_draws()" not in getsource(views[name])] == []


@pytest.mark.parametrize(
    ("path", "fields", "there"),
    [
        ("/tell-us", {"text": ""}, "/en/tell-us"),
        ("/sign-up", {"email": "no"}, "/en/sign-up"),
        ("/sign-up/without-email", {"name": "Zoé"}, "/en/sign-up/without-email"),
        ("/sign-in", {"who": "nobody", "switch_to": "fr"}, "/fr/sign-in"),
    ],
)
def test_an_answer_says_where_its_form_stands(
    path: str, fields: dict[str, str | list[str]], there: str, reader: Reader
) -> None:
    """A script puts that page in its place, so that coming back asks for a page and sends nothing again."""
    page = reader.get(path)
    assert "data-sent" not in page.html
    answer = reader.send(page, path, fields)
    assert f' data-sent="{there}">' in answer.html


def test_a_refusal_of_an_address_that_only_takes_forms_names_the_page_above(
    reader: Reader, context: Context
) -> None:
    sign_in(reader.client, context, a_learner(context))
    refused = reader.client.post("/en/account/sessions/end", data={"csrf_token": "x"})
    assert refused.status_code == 403
    assert ' data-sent="/en/account/sessions">' in refused.text
