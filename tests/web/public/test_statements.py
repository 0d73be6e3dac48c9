"""What the site says about itself is there in each language, and claims no more than was checked."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lms.actions.context import Context
from lms.actions.publishing import conformance
from lms.core.people.actors import SYSTEM, Role
from tests.actions.publishing.test_conformance import CHECK
from tests.builders_certificates import form_token, sign_in
from tests.builders_learning import SAMPLE, SAMPLE_CODE, a_member, with_sample
from tests.core.checks.conformance.test_additions import axe


@pytest.mark.parametrize("page", ["accessibility", "privacy"])
@pytest.mark.parametrize("locale", ["en", "fr"])
def test_statements_stand_in_each_language(client: FlaskClient, page: str, locale: str) -> None:
    assert client.get(f"/{locale}/{page}").status_code == 200


def test_what_was_not_tested_is_said(client: FlaskClient) -> None:
    told = client.get("/en/accessibility").get_data(as_text=True)
    for tool in ("NVDA", "VoiceOver", "TalkBack"):
        assert tool in told
    assert "we do not claim that it meets the standards" in told


# --- the record of a release ------------------------------------------------------------------------------
RECORD = f"/en/c/{SAMPLE_CODE}/conformance"


def test_the_statement_is_made_from_the_records_of_the_courses(client: FlaskClient, context: Context) -> None:
    assert "What was checked in each course" not in client.get("/en/accessibility").get_data(as_text=True)
    with_sample(context)
    told = client.get("/en/accessibility").get_data(as_text=True)
    assert f'href="{RECORD}"' in told
    assert "No issues found by these checks." in told


def test_the_course_leads_to_its_record_in_each_language(client: FlaskClient, context: Context) -> None:
    with_sample(context)
    assert f"{RECORD}?version=1.0.0" in client.get(f"/en/c/{SAMPLE_CODE}").get_data(as_text=True)
    told = client.get(RECORD).get_data(as_text=True)
    assert "Not run." in told
    assert "No issues found by these checks." in told
    french = client.get(RECORD.replace("/en/", "/fr/")).get_data(as_text=True)
    assert "Ces vérifications n’ont révélé aucun problème." in french


def test_a_version_that_was_never_current_has_no_public_record(client: FlaskClient, context: Context) -> None:
    with_sample(context)
    assert client.get(f"{RECORD}?version=1.0.0").status_code == 200
    assert client.get(f"{RECORD}?version=9.0.0").status_code == 404
    assert client.get("/en/c/none/conformance").status_code == 404


def test_people_and_browsers_stand_on_the_record(client: FlaskClient, context: Context) -> None:
    author = a_member(with_sample(context), "Ana <b>", Role.AUTHOR)
    conformance.note_manual(context, author, SAMPLE, CHECK, named=True)
    conformance.note_manual(context, SYSTEM, SAMPLE, replace(CHECK, result="issues"))
    conformance.take_in(context, SYSTEM, SAMPLE, [axe(f"/en/c/{SAMPLE_CODE}")])
    told = client.get(RECORD).get_data(as_text=True)
    for words in ("Checked by Ana &lt;b&gt;.", "who is not named here", "Issues found", "axe-core 4.14.2"):
        assert words in told


@pytest.mark.parametrize(
    ("ending", "kind"), [("json", "application/ld+json"), ("sarif", "application/sarif+json")]
)
def test_the_record_can_be_had_as_a_file_and_is_the_same_each_time(
    client: FlaskClient, context: Context, ending: str, kind: str
) -> None:
    with_sample(context)
    first, second = (client.get(f"{RECORD}.{ending}") for _ in range(2))
    assert first.mimetype == kind
    assert f"conformance-{SAMPLE_CODE}-1.0.0.{ending}" in first.headers["Content-Disposition"]
    assert first.data == second.data
    assert json.loads(first.data)


# --- checks by people -------------------------------------------------------------------------------------
FORM = f"/en/workspace/{SAMPLE}/conformance"
FILLED = {
    "subject": "keyboard",
    "how": "Tab.",
    "languages": "en",
    "checked_on": "2026-11-20",
    "result": "no-issues",
}


def posted(client: FlaskClient, context: Context, address: str, **fields: str) -> TestResponse:
    """Send a form with its token."""
    return client.post(address, data={"csrf_token": form_token(client, context), **fields})


def test_an_author_records_a_check_and_decides_about_their_name(
    client: FlaskClient, context: Context
) -> None:
    sign_in(client, context, a_member(with_sample(context), "Ana", Role.AUTHOR))
    shown = client.get(FORM).get_data(as_text=True)
    assert "No one has recorded a check" in shown
    sent = posted(client, context, FORM, **FILLED)
    assert (sent.status_code, sent.headers["Location"]) == (303, FORM)
    assert "The check is now on record." in client.get(FORM).get_data(as_text=True)
    (line,) = conformance.of_release(context, SYSTEM, SAMPLE).record.manual
    for shown_too, words in (("yes", "Checked by Ana."), ("no", "who is not named here")):
        assert posted(client, context, f"{FORM}/{line.id}/name", shown=shown_too).status_code == 303
        assert words in client.get(RECORD).get_data(as_text=True)


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    client: FlaskClient, context: Context
) -> None:
    sign_in(client, context, a_member(with_sample(context), "Ana", Role.AUTHOR))
    answer = posted(
        client, context, FORM, **{**FILLED, "how": "I used Tab.", "checked_on": "soon", "languages": ""}
    )
    told = answer.get_data(as_text=True)
    assert answer.status_code == 422
    for words in ("There are 2 things to fix", "I used Tab.", "soon", "YYYY-MM-DD", "at least one language"):
        assert words in told


def test_the_form_is_for_authors_and_for_courses_that_are_there(
    client: FlaskClient, context: Context
) -> None:
    who = a_member(with_sample(context))
    sign_in(client, context, who)
    assert client.get(FORM).status_code == 403
    sign_in(client, context, a_member(context, "Ana", Role.AUTHOR))
    assert client.get("/en/workspace/none/conformance").status_code == 404
    assert posted(client, context, f"{FORM}/none/name", shown="yes").status_code == 404
