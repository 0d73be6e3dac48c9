"""A form that cannot be taken: true words, what was typed by its labels, a way on; or filled in again."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from tests.builders_certificates import a_learner, later, sign_in
from tests.builders_learning import a_member
from tests.builders_pages import Reader, told

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
    ("path", "fields", "there"),
    [
        ("/tell-us", {"text": ""}, "/en/tell-us"),
        ("/sign-up", {"email": "no"}, "/en/sign-up"),
        ("/sign-up/without-email", {"name": "Zoé"}, "/en/sign-up/without-email"),
        ("/sign-in", {"who": "nobody", "switch_to": "fr"}, "/en/sign-in"),
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
