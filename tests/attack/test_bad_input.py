"""Whatever is sent to whatever form or address: a calm page in the reader's language, nothing lost.

No answer is a fault of ours (5xx), none takes a second, nothing that was typed comes back as markup, and what
was typed comes back as text. Forms are found on the pages, addresses in the URL map.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lms.core.operations.characters import writable_part
from tests.attack.addresses import everywhere, fill, locales, parts_of, routes
from tests.attack.corpus import (
    ARGUMENT_VALUES,
    ARGUMENTS,
    BODIES,
    ESCAPES,
    HEADERS,
    LONG_NUMBER,
    MARKER,
    NUMBERED,
    PARTS,
    TEXTS,
)
from tests.attack.digest import database_of
from tests.attack.forms import SECRET, Form, Sent, forms_everywhere
from tests.attack.population import LEARNER, NOBODY, VISITOR, Town, a_town
from tests.attack.saying import none_of

LONGEST = 1.0  # seconds of work for one answer
WHO = (
    NOBODY,
    LEARNER,
    pytest.param(VISITOR, marks=pytest.mark.full),
    pytest.param("author", marks=pytest.mark.full),
)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Return one town for the whole module."""
    made = a_town(tmp_path_factory.mktemp("town") / "data")
    yield made
    made.context.database.engine.dispose()


def forget_tries(town: Town) -> None:
    """Empty the throttles, so that an attack is not stopped before it gets anywhere."""
    with (
        closing(sqlite3.connect(database_of(town.context.settings.data), timeout=10)) as connection,
        connection,
    ):
        connection.execute("DELETE FROM throttle")


def faults(answer: TestResponse, locale: str, took: float) -> list[str]:
    """Return what is wrong with an answer, whatever was asked."""
    said = answer.text if answer.mimetype in {"text/html", "application/json", "text/plain", ""} else ""
    wrong = (
        [f"status {answer.status_code} {said.split(chr(10))[0][:60]}"] if answer.status_code >= 500 else []
    )
    wrong += [f"took {took:.1f} s"] if took > LONGEST else []
    wrong += [
        f"{one!r} is found" for one in ESCAPES if answer.mimetype == "text/html" and re.search(one, said)
    ]
    wrong += [f"leads to {answer.location}"] if not re.match(r"/(?![/\\])", answer.location or "/") else []
    wrong += ["a header of its own"] if "X-Zq" in answer.headers else []
    if 400 <= answer.status_code < 500 and answer.mimetype == "text/html":
        wrong += [] if f'<html lang="{locale}' in said else [f"not a page in {locale}"]
        wrong += [] if "<h1" in said else ["not a page of ours"]
    return wrong


def asked(browser: FlaskClient, *args: Any, **kwargs: Any) -> tuple[TestResponse, float]:
    """Ask; return the answer and its seconds of work, the fewer of two when the first were many."""
    began = time.process_time()
    answer = browser.open(*args, lint=False, **kwargs)
    took = time.process_time() - began
    if took > LONGEST:
        began = time.process_time()
        browser.open(*args, lint=False, **kwargs)
        took = min(took, time.process_time() - began)
    return answer, took


def _kept(form: Form, sent: Sent, answer: TestResponse) -> list[str]:
    """Return what was typed and is not on the page any more, or must not be and is."""
    if not 400 <= answer.status_code < 500 or answer.status_code in {403, 404, 413}:
        return []
    page = unescape(answer.text)
    lost = [
        name
        for name, field in form.fields.items()
        if field.is_typed
        and MARKER in sent[name]
        and name not in SECRET
        and not _comes_back(sent[name], page)
    ]
    told = [name for name in SECRET & set(sent) if f"{MARKER}secret{name}" in page]
    return [f"{name} is lost" for name in lost] + [f"{name} is shown" for name in told]


def _comes_back(typed: str | list[str], page: str) -> bool:
    plain = "".join(typed).replace("\r\n", "\n").split("\n")[0].split("\0")[0]
    return writable_part(plain).strip()[:40] in page


def site_forms(town: Town, kind: str, locale: str) -> list[Form]:
    """List the forms that this person meets in one language."""
    pages = (
        address for _, address in everywhere(town, kind, verb="GET") if address.startswith(f"/{locale}/")
    )
    return forms_everywhere(town.browser(kind), pages)


def attack(town: Town, kind: str, form: Form, sent: Sent, locale: str) -> list[str]:
    """Send a form in a session of its own and say what was wrong with the answer."""
    browser = town.browser(kind)
    data = {**sent, "csrf_token": town.token(browser)}
    answer, took = asked(browser, form.action, method="POST", data=data)
    wrong = [*faults(answer, locale, took), *_kept(form, sent, answer)]
    if answer.status_code == 303 and answer.location.startswith("/"):
        page, took = asked(browser, answer.location)
        wrong += faults(page, locale if page.status_code >= 400 else "", took)
    return wrong


@pytest.mark.parametrize("kind", WHO)
def test_every_form_stands_every_text(town: Town, kind: str) -> None:
    """All that can be typed holds the same text at once; the product of fields and texts is run in full."""
    wrong, count = [], 0
    for at, locale in enumerate(locales(town)):
        # What a page shows already is no change on it: the other language begins with what was sent last.
        texts = list(TEXTS.items())[:: -1 if at % 2 else 1]
        for form in site_forms(town, kind, locale):
            typed = [name for name, field in form.fields.items() if field.kind not in {"hidden", "button"}]
            for what, text in texts if typed else ():
                sent = form.values(**dict.fromkeys(typed, text))
                found = attack(town, kind, form, sent, locale)
                wrong += [f"{form.action} <- {what}: {one}" for one in found]
                count += 1
            forget_tries(town)
    none_of(wrong)
    assert count > 300


@pytest.mark.full
@pytest.mark.parametrize("kind", WHO)
def test_every_field_of_every_form_stands_every_text(town: Town, kind: str) -> None:
    wrong = []
    for locale in locales(town):
        for form in site_forms(town, kind, locale):
            for name in form.fields:
                for what, text in TEXTS.items():
                    found = attack(town, kind, form, form.values(**{name: text}), locale)
                    wrong += [f"{form.action} {name} <- {what}: {one}" for one in found]
                forget_tries(town)
    none_of(wrong)


FEW = ("huge number", "nul", "html", "a hundred thousand letters", "template")


@pytest.mark.parametrize("kind", WHO)
def test_every_single_field_stands_missing_repeated_and_the_worst(town: Town, kind: str) -> None:
    """Hidden fields and buttons too: whoever attacks does not use our pages."""
    wrong = []
    for form in site_forms(town, kind, "en"):
        for name in form.fields:
            for what in FEW:
                found = attack(town, kind, form, form.values(**{name: TEXTS[what]}), "en")
                wrong += [f"{form.action} {name} <- {what}: {one}" for one in found]
            browser = town.browser(kind)
            token = town.token(browser)
            values = form.values(csrf_token=token)
            for what, data in (
                (
                    "missing",
                    {key: value for key, value in values.items() if key != name or key == "csrf_token"},
                ),
                ("repeated", {key: [value] * 3 if key == name else [value] for key, value in values.items()}),
                ("as a list", {**values, f"{name}[]": "zq", f"{name}.0": "zq"}),
            ):
                answer, took = asked(browser, form.action, method="POST", data=data)
                wrong += [f"{form.action} {name} {what}: {one}" for one in faults(answer, "en", took)]
        forget_tries(town)
    none_of(wrong)


@pytest.mark.parametrize("kind", [NOBODY, LEARNER])
def test_a_secret_that_was_typed_never_comes_back(town: Town, kind: str) -> None:
    wrong = []
    for form in site_forms(town, kind, "en"):
        secrets = {name: f"zqsecret{name}" for name in form.fields if form.fields[name].kind == "password"}
        if not secrets:
            continue
        for where in ("", "?x=1"):
            browser = town.browser(kind)
            form_sent = form.values(**secrets, csrf_token=town.token(browser))
            for data in (form_sent, {**form_sent, "csrf_token": "wrong"}):
                answer, _ = asked(browser, form.action + where, method="POST", data=data)
                wrong += [
                    f"{form.action}: {name} is shown" for name, one in secrets.items() if one in answer.text
                ]
    none_of(wrong)


@pytest.mark.parametrize("kind", [NOBODY, LEARNER])
def test_every_post_stands_every_body(town: Town, kind: str) -> None:
    wrong = []
    for route, address in everywhere(town, kind, verb="POST"):
        locale = address.split("/")[1]
        browser = town.browser(kind)
        token = town.token(browser)
        for what, (mimetype, body) in BODIES.items():
            headers = {"X-CSRF-Token": token, "Content-Type": mimetype}
            answer, took = asked(browser, address, method="POST", data=body, headers=headers)
            wrong += [f"{route} <- {what}: {one}" for one in faults(answer, locale, took)]
            if answer.status_code == 403:  # signed out on the way
                browser = town.browser(kind)
                token = town.token(browser)
        forget_tries(town)
    none_of(wrong)


@pytest.mark.parametrize("kind", [NOBODY, LEARNER])
def test_every_part_of_every_address_stands_everything(town: Town, kind: str) -> None:
    wrong, count = [], 0
    mine = parts_of(town, town.people[kind])
    browser = town.browser(kind)
    token = town.token(browser)
    for route in routes(town.app):
        for part in route.parts:
            path = fill(town, route, {**mine, part: "zqpart"}, "en") if part in mine else ""
            for what, raw in PARTS.items():
                told = path.replace("zqpart", raw.decode("latin-1"))
                data = {"csrf_token": token} if route.verb == "POST" else None
                answer, took = asked(
                    browser, path, method=route.verb, data=data, environ_overrides={"PATH_INFO": told}
                )
                locale = "en" if "locale" in route.rule.arguments else ""
                wrong += [f"{route} {part} <- {what}: {one}" for one in faults(answer, locale, took)]
                count += 1
        forget_tries(town)
    none_of(wrong)
    assert count > 400


@pytest.mark.parametrize("kind", [NOBODY, LEARNER])
def test_every_address_stands_every_argument(town: Town, kind: str) -> None:
    wrong = []
    browser = town.browser(kind)
    for route, address in everywhere(town, kind, verb="GET"):
        if not address.startswith(("/en/", "/verify")):
            continue
        for value in ARGUMENT_VALUES:
            query = "&".join(f"{name}={quote(value)}&{name}=2" for name in ARGUMENTS)
            answer, took = asked(browser, f"{address}?{query}")
            locale = "en" if "locale" in route.rule.arguments else ""
            wrong += [f"{route}?…={value[:20]}: {one}" for one in faults(answer, locale, took)]
    none_of(wrong)


@pytest.mark.parametrize("kind", [NOBODY, LEARNER])
def test_every_page_stands_a_number_that_python_does_not_read(town: Town, kind: str) -> None:
    wrong = []
    browser = town.browser(kind)
    for route, address in everywhere(town, kind, verb="GET"):
        if not address.startswith("/en/"):
            continue
        answer, took = asked(browser, f"{address}?{'&'.join(f'{name}={LONG_NUMBER}' for name in NUMBERED)}")
        wrong += [f"{route}: {one}" for one in faults(answer, "en", took)]
    none_of(wrong)


@pytest.mark.parametrize("kind", [NOBODY, LEARNER])
def test_every_address_stands_every_header(town: Town, kind: str) -> None:
    wrong = []
    for route, address in everywhere(town, kind, verb="GET"):
        browser = town.browser(kind)
        for what, headers in HEADERS.items():
            answer, took = asked(browser, address, headers=headers)
            locale = address.split("/")[1] if "locale" in route.rule.arguments else ""
            wrong += [f"{route} <- {what}: {one}" for one in faults(answer, locale, took)]
    none_of(wrong)


def test_an_address_that_never_was_is_a_page_too(town: Town) -> None:
    browser = town.browser(NOBODY)
    for path in (
        "/",
        "/en",
        "/en/zq",
        "/zq",
        "/zz/courses",
        "/en//courses",
        "/en/../en/",
        "/%00",
        "/en/c",
        "/.git/config",
    ):
        for method in ("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "ZQ"):
            answer, took = asked(browser, path, method=method)
            assert faults(answer, "en", took) == [], f"{method} {path}"
