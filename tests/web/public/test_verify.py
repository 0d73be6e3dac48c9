"""The public page: a state for whoever has the number, a match for whoever types the name, never a name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lms.actions.certificates import certifying, verifying
from lms.actions.context import Context
from lms.core.certificates.certificate import grouped
from lms.core.people.actors import SYSTEM
from lms.rendering.words.translator import translator_for
from tests.builders_certificates import CODE, a_choice, a_graduate, form_token


@pytest.fixture
def number(context: Context) -> str:
    public = replace(context, settings=replace(context.settings, public_url="https://learn.example.org"))
    return certifying.issue(public, a_graduate(context), CODE, a_choice("Zoë O’Brien"), "press")


def check(client: FlaskClient, context: Context, address: str, name: str) -> TestResponse:
    client.get(address)
    return client.post(address, data={"name": name, "csrf_token": form_token(client, context)})


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_anybody_sees_whether_it_counts(client: FlaskClient, number: str, locale: str) -> None:
    shown = client.get(f"/{locale}/verify/{grouped(number)}")
    assert shown.status_code == 200
    assert grouped(number) in shown.text
    assert "Brien" not in shown.text
    assert 'name="robots" content="noindex"' in shown.text
    assert client.get(f"/{locale}/verify/{number.upper()}").status_code == 200


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_it_says_the_length_that_the_certificate_says(
    client: FlaskClient, context: Context, number: str, locale: str
) -> None:
    minutes = verifying.verify(context, SYSTEM, number).minutes
    shown = client.get(f"/{locale}/verify/{grouped(number)}").text
    assert {"en": "Learning time", "fr": "Durée de la formation"}[locale] in shown
    assert translator_for(locale).about(minutes) in shown


def test_a_name_that_is_typed_stays_when_the_language_is_switched(
    client: FlaskClient, context: Context, number: str
) -> None:
    address = f"/en/verify/{grouped(number)}"
    assert 'name="switch_to" value="fr"' in client.get(address).text
    data = {"name": "Zoë O’Brien", "switch_to": "fr", "csrf_token": form_token(client, context)}
    other = client.post(address, data=data)
    assert other.status_code == 200
    assert 'lang="fr"' in other.text
    assert 'value="Zoë O’Brien"' in other.text
    assert "name-result" not in other.text


def test_the_printed_address_leads_to_the_visitors_language(client: FlaskClient, number: str) -> None:
    for asked, locale in (("fr-CA,fr;q=0.9", "fr"), ("en", "en"), ("xx", "en")):
        went = client.get(f"/verify/{grouped(number)}", headers={"Accept-Language": asked})
        assert (went.status_code, went.location) == (302, f"/{locale}/verify/{grouped(number)}")
    assert client.get("/verify/").location == "/en/verify"


def test_a_typed_number_leads_to_its_page(client: FlaskClient, number: str) -> None:
    assert client.get("/en/verify").status_code == 200
    went = client.get("/en/verify", query_string={"number": f" {number.upper()} "})
    assert (went.status_code, went.location) == (303, f"/en/verify/{grouped(number)}")
    for typed in ("", "123"):
        wrong = client.get("/en/verify", query_string={"number": typed})
        assert wrong.status_code == 422
        assert 'href="#number"' in wrong.text


def test_a_pasted_address_or_number_leads_to_its_page(client: FlaskClient, number: str) -> None:
    for pasted in (
        f"https://learn.example.org/verify/{grouped(number)}",
        f"\ufeffNo. {grouped(number)}".replace("-", "\u2011"),
    ):
        went = client.get("/en/verify", query_string={"number": pasted})
        assert (went.status_code, went.location) == (303, f"/en/verify/{grouped(number)}")


def test_an_unknown_number_keeps_what_was_typed(client: FlaskClient, context: Context, number: str) -> None:
    unknown = client.get("/en/verify/0000-0000")
    assert unknown.status_code == 404
    assert 'value="0000-0000"' in unknown.text
    assert check(client, context, "/en/verify/0000-0000", "Zoë").status_code == 404


def test_the_name_is_compared_and_never_shown(client: FlaskClient, context: Context, number: str) -> None:
    address = f"/en/verify/{grouped(number)}"
    right, wrong, none = (check(client, context, address, name) for name in ("zoe obrien", "Zoé", "  "))
    assert right.status_code == 200
    assert "The name matches" in right.text
    assert "Zoë O’Brien" not in right.text
    assert "The name does not match" in wrong.text
    assert none.status_code == 422
    for _ in range(verifying.NAMES_TRIED.most - 2):
        check(client, context, address, "Somebody")
    last = check(client, context, address, "Somebody")
    assert last.status_code == 429
    assert 'value="Somebody"' in last.text


def test_each_state_has_its_words(client: FlaskClient, context: Context, number: str) -> None:
    address = f"/en/verify/{grouped(number)}"
    assert "This certificate is valid." in client.get(address).text
    verifying.revoke(context, SYSTEM, number, "issued by mistake")
    assert "This certificate is no longer valid." in client.get(address).text


def test_a_specimen_proves_nothing(client: FlaskClient, context: Context) -> None:
    specimen = certifying.issue(context, a_graduate(context), CODE, a_choice("Zoë"), "press")
    shown = client.get(f"/en/verify/{specimen}").text
    assert "It does not prove anything." in shown
    assert "This certificate is valid." not in shown


def test_a_superseded_one_tells_nothing_of_either_name(client: FlaskClient, context: Context) -> None:
    who = a_graduate(context)
    old = certifying.issue(context, who, CODE, a_choice("Old Name"), "press")
    new = certifying.replace_mine(context, who, CODE, a_choice("New Name"), "press-2", replaces=old)
    shown = client.get(f"/en/verify/{old}")
    assert "has replaced this one" in shown.text
    assert grouped(new) not in shown.text
    assert 'name="name"' not in shown.text
    assert check(client, context, f"/en/verify/{old}", "Old Name").status_code == 403
