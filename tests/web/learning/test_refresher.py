"""Scenario A, from the law's event to the renewed certificate, without JavaScript, in both languages.

A paragraph says that there is no deadline; the law gets one; both languages are revised, approved, sealed and
published. A learner under way is offered the new version, a holder is told and renews.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.actions.certificates import certifying, refreshing
from lms.actions.context import Context
from lms.actions.learning import learning
from lms.core.certificates.certificate import grouped
from lms.core.people.actors import Actor
from tests import builders_learning as make
from tests.builders import a_context
from tests.builders_accounts import letters
from tests.builders_certificates import form_token, sign_in
from tests.builders_learning import SAMPLE_CODE as CODE
from tests.builders_learning import right_reply
from tests.builders_renewal import (
    EN,
    FR,
    NO_DEADLINE,
    ONE_YEAR,
    WHY,
    a_holder,
    site_before,
    with_change,
    with_first,
)

WORDS = {
    "en": (NO_DEADLINE[EN], ONE_YEAR[EN], "due for renewal", "Refresher"),
    "fr": (NO_DEADLINE[FR], ONE_YEAR[FR], "à renouveler", "Mise à niveau"),
}


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return a_context(tmp_path / "data", site=site_before(tmp_path / "site"))


@pytest.fixture
def people(context: Context) -> tuple[Actor, Actor]:
    return with_first(context)


def send(browser: FlaskClient, context: Context, address: str, **fields: str) -> str:
    sent = browser.post(address, data={"csrf_token": form_token(browser, context), **fields})
    assert sent.status_code == 303, sent.text
    return str(sent.location)


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_from_the_event_to_the_renewed_certificate(
    app: Flask, context: Context, people: tuple[Actor, Actor], locale: str
) -> None:
    before, after, due, title = WORDS[locale]
    under_way = make.a_member(context)
    learning.enrol(context, under_way, CODE, locale)
    holder, first = a_holder(context, "noor@example.org", locale)
    browser = sign_in(app.test_client(), context, holder)
    base = f"/{locale}/c/{CODE}"
    assert due not in browser.get(f"/{locale}/my-learning").text
    with_change(context, people)

    (told,) = [one for one in letters(context) if one.to == "noor@example.org"]
    assert told.subject == {"en": "Course update", "fr": "Mise à jour d’un cours"}[locale]
    assert WHY[locale] in told.text
    assert f"{base}/refresher" in told.text

    other = sign_in(app.test_client(), context, under_way)
    offered = other.get(f"/{locale}/my-learning").text
    assert WHY[locale].replace("'", "&#39;") in offered
    assert f"{base}/move" in offered
    reading = other.get(f"{base}/{module_code(context)}/{lesson_code(context)}").text
    assert before in reading

    waits = browser.get(f"/{locale}/my-learning").text
    assert due in waits
    assert f"{base}/refresher" in waits
    shown = browser.get(f"{base}/certificate").text
    assert f"{base}/refresher" in shown
    page = browser.get(f"{base}/refresher").text
    assert title in page
    assert before in page
    assert after in page
    assert WHY[locale] in page

    renewed(browser, context, holder, page, base)
    held = certifying.my_certificate(context, holder, CODE).holding
    assert held
    assert held.number != first
    sheet = browser.get(f"{base}/certificate").text
    assert "2.0.0" in sheet
    assert due not in sheet
    assert due not in browser.get(f"/{locale}/my-learning").text
    nobody = app.test_client()
    old = nobody.get(f"/{locale}/verify/{grouped(first)}").text
    assert {"en": "Replaced", "fr": "Remplacée"}[locale] in old
    assert "Noor" not in old
    now = nobody.get(f"/{locale}/verify/{grouped(held.number)}").text
    assert "2.0.0" in now
    assert due not in now
    nothing = browser.get(f"{base}/refresher").text
    assert {"en": "Nothing to renew", "fr": "Rien à renouveler"}[locale] in nothing


def renewed(browser: FlaskClient, context: Context, holder: Actor, page: str, base: str) -> None:
    """Answer the questions of the refresher on its page, and read that the certificate is renewed."""
    attempt = re.search(r'name="attempt" value="([^"]+)"', page)
    assert attempt
    there = send(browser, context, f"{base}/refresher/check/start", attempt=attempt[1])
    asked = browser.get(there).text
    assert f'action="{base}/refresher/check"' in asked
    left = browser.get(f"{base}/refresher").text
    assert f'href="{base}/refresher/check"' in left
    answered = answers(context, holder, attempt[1])
    result = send(
        browser, context, f"{base}/refresher/check", attempt=attempt[1], known="0", do="check", **answered
    )
    done = browser.get(result).text
    assert "Your certificate is renewed." in done or "Votre attestation est renouvelée." in done
    assert f'href="{base}/certificate"' in done
    assert result.partition("?")[0] in browser.get(f"{base}/results").text


def module_code(context: Context) -> str:
    return context.library.release("sample-course", "1.1.0").modules[0].code


def lesson_code(context: Context) -> str:
    return context.library.release("sample-course", "1.1.0").modules[0].lessons[0].code


def answers(context: Context, who: Actor, attempt: str) -> dict[str, str]:
    """Return what a browser would send to get everything right: choices alone are asked here."""
    paper = refreshing.open_questions(context, who, CODE).paper
    assert paper
    assert paper.attempt.id == attempt
    sent = {}
    for one in paper.questions:
        for name, values in right_reply(one).items():
            sent[f"{one.id}:{name}"] = values[0]
    return sent


def test_who_has_no_certificate_is_led_to_the_course(
    app: Flask, context: Context, people: tuple[Actor, Actor]
) -> None:
    who = make.a_member(context)
    browser = sign_in(app.test_client(), context, who)
    assert browser.get(f"/en/c/{CODE}/refresher").location == f"/en/c/{CODE}"
    learning.enrol(context, who, CODE, "en")
    assert browser.get(f"/en/c/{CODE}/refresher").location == f"/en/c/{CODE}"
    assert browser.get(f"/en/c/{CODE}/refresher/check").location == f"/en/c/{CODE}/refresher"
    assert browser.get("/en/c/none/refresher").status_code == 404


def test_the_link_of_a_letter_turns_optional_messages_off(
    app: Flask, context: Context, people: tuple[Actor, Actor]
) -> None:
    holder, _ = a_holder(context, "noor@example.org")
    with_change(context, people)
    (told,) = [one for one in letters(context) if one.to == "noor@example.org"]
    found = re.search(r"(/en/mail/\S+)", told.text)
    assert found
    nobody = app.test_client()
    page = nobody.get(found[1]).text
    assert "Noor" not in page
    assert "Turn off optional messages" in page
    assert send(nobody, context, found[1], wanted="no") == found[1]
    assert "Turn on optional messages" in nobody.get(found[1]).text
    browser = sign_in(app.test_client(), context, holder)
    assert "only what your account needs" in browser.get("/en/account").text
    assert send(browser, context, "/en/account/mail", wanted="yes") == "/en/account/mail"
    assert "Turn off optional messages" in browser.get("/en/account/mail").text
    assert nobody.get("/en/mail/nonsense").status_code == 404
