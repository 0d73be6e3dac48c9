"""Search: accents and endings do not matter, and the address does not tell what was asked."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from lms.actions.catalogue.searching import rebuild
from lms.actions.context import Context
from lms.core.people.actors import SYSTEM
from lms.storage.search.stems import asked, stems_of
from tests.builders_certificates import form_token
from tests.builders_learning import with_sample


@pytest.fixture
def indexed(client: FlaskClient, context: Context) -> FlaskClient:
    rebuild(with_sample(context), SYSTEM)
    return client


def ask(client: FlaskClient, context: Context, question: str, locale: str = "en") -> str:
    sent = {"question": question, "csrf_token": form_token(client, context)}
    answer = client.post(f"/{locale}/search", data=sent)
    assert answer.status_code == 303
    assert question not in answer.headers["Location"]
    return client.get(answer.headers["Location"]).get_data(as_text=True)


@pytest.mark.parametrize("question", ["chair", "chairs", "CHAIR", "a chair waits"])
def test_endings_and_capitals_do_not_matter(indexed: FlaskClient, context: Context, question: str) -> None:
    assert "/en/c/" in ask(indexed, context, question).split("<main")[1]


@pytest.mark.parametrize("question", ["Écouter", "ecouter", "écoutez", "ÉCOUTE"])
def test_accents_do_not_matter(indexed: FlaskClient, context: Context, question: str) -> None:
    assert "/fr/c/" in ask(indexed, context, question, "fr").split("<main")[1]


def test_laws_and_terms_are_found_too(indexed: FlaskClient, context: Context) -> None:
    assert "/en/glossary#" in ask(indexed, context, "chosen name")
    assert "/en/register/" in ask(indexed, context, "sample act")


def test_nothing_found_says_what_to_do_next(indexed: FlaskClient, context: Context) -> None:
    page = ask(indexed, context, "zzzz <b>")
    assert 'No results for “<span translate="no">zzzz &lt;b&gt;</span>”' in page
    assert "/en/glossary" in page


def test_an_empty_question_is_an_error_beside_its_field(client: FlaskClient, context: Context) -> None:
    answer = client.post("/en/search", data={"question": "  ", "csrf_token": form_token(client, context)})
    assert answer.status_code == 422
    assert 'href="#question"' in answer.get_data(as_text=True)


def test_a_site_without_an_index_finds_nothing_and_stays_calm(client: FlaskClient, context: Context) -> None:
    assert "No results for" in ask(client, context, "hello")


@pytest.mark.parametrize("code", ["%FF", "a", "____", "🙂"])
def test_a_broken_address_is_an_empty_question(client: FlaskClient, code: str) -> None:
    assert client.get(f"/en/search/{code}").status_code == 200


def test_rebuilding_twice_leaves_one_of_each(indexed: FlaskClient, context: Context) -> None:
    before = rebuild(context, SYSTEM)
    assert rebuild(context, SYSTEM) == before > 0
    assert ask(indexed, context, "chosen name").count("/en/glossary#") == 1


@pytest.mark.parametrize("spelling", ["handicapées", "handicapees", "handicapée", "Handicapé", "HANDICAPEES"])
def test_five_spellings_meet(spelling: str) -> None:
    kept = set(stems_of("personnes handicapées", "fr").split())
    assert all(kept & set(forms) for forms in asked(spelling, "fr"))


@given(st.text(max_size=60), st.sampled_from(["en", "fr", "ar", "so", "zh"]))
def test_any_text_can_be_asked_for(question: str, locale: str) -> None:
    for forms in asked(question, locale):
        assert all(form.isalnum() for form in forms if form.isascii())
