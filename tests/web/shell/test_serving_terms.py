"""What stands around the pages: hosts, redirects, sizes, health, the log, notices, the last resort."""

from __future__ import annotations

import logging
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import create_environ, run_wsgi_app

from lms.actions.context import Context
from lms.content.library import Library
from lms.core.errors import Unavailable
from lms.web.errors import never_silent
from lms.web.limits.terms import MILLION, terms_for
from lms.web.wiring import build
from tests.builders import SITE, Clock, a_context
from tests.builders_pages import told

ODD_HOSTS = (
    "a..b",
    "a" * 64 + ".example",
    ".example",
    "é.example",
    "a b",
    "a/b",
    "a@b",
    "[::1",
    "x:99999999",
    "xn--" + "a" * 300,
    "<script>",
)
ADDRESSES = ("/en/", "/fr/register", "/", "/en", "/nothing", "/healthz")


@pytest.fixture
def proxied(tmp_path: Path) -> Flask:
    """Return the site behind one proxy."""
    context = a_context(tmp_path / "proxied")
    return build(replace(context, settings=replace(context.settings, trusted_proxies=1)))


def asked_as(app: Flask, host: str, path: str, **fields: str) -> tuple[str, str]:
    """Ask past the test client, which reads hosts itself; give status line and body."""
    environ = {**create_environ(path), "HTTP_HOST": host, **fields}
    body, status, _ = run_wsgi_app(app.wsgi_app, environ, buffered=True)
    return status, b"".join(body).decode("utf-8", "replace")


# --- hosts -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("host", ODD_HOSTS)
@pytest.mark.parametrize("path", ADDRESSES)
def test_a_host_that_is_none_is_a_plain_400(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, host: str, path: str
) -> None:
    status, said = asked_as(client.application, host, path)
    assert status.startswith("400")
    assert host not in said
    assert caplog.text == ""


@pytest.mark.parametrize("host", ODD_HOSTS)
def test_so_is_one_that_a_proxy_hands_on(proxied: Flask, caplog: pytest.LogCaptureFixture, host: str) -> None:
    fields = {"HTTP_X_FORWARDED_HOST": host.encode().decode("latin-1")}
    assert asked_as(proxied, "inner.example", "/en/", **fields)[0].startswith("400")
    assert caplog.text == ""


@pytest.mark.parametrize(
    "host",
    ["localhost:8000", "learn.example.org", "127.0.0.1:1", "[::1]:8000", "a_b.c.", "xn--a", "xn--99999.x"],
)
def test_every_real_host_is_answered(client: FlaskClient, host: str) -> None:
    assert asked_as(client.application, host, "/en/")[0] == "200 OK"


# --- addresses that lead on --------------------------------------------------------------------------------
@pytest.mark.parametrize("path", ["/en", "/fr", "/en/courses/", "/", "/anything", "/fr/register/"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_answer_never_repeats_the_host(client: FlaskClient, path: str, language: str) -> None:
    answer = client.get(path, headers={"Host": "evil.example", "Accept-Language": language}, lint=False)
    assert answer.status_code in {301, 302, 308, 404}
    assert "evil" not in answer.text
    assert answer.headers.get("Location", "/").startswith("/")
    spoken = path[1:3] if path[1:3] in {"en", "fr"} else language
    assert f'<html lang="{spoken}"' in answer.text


# --- size --------------------------------------------------------------------------------------------------
def test_each_route_states_its_limit_of_size(app: Flask) -> None:
    limits = {name: terms_for(app, "POST", "/") for name in app.view_functions}
    assert limits
    large = {}
    for name, view in app.view_functions.items():
        terms = getattr(view, "terms", None)
        assert terms is not None
        assert terms.most_bytes > 0
        if terms.most_bytes > MILLION:
            large[name] = terms.most_bytes
    recordings = ("lesson_adding.add_block", "lesson_files.replace_file", "lesson_files.add_signing")
    assert large == dict.fromkeys(recordings, 45 * MILLION), "recordings of authors alone"


def test_too_large_a_form_is_refused_in_the_language_of_the_page(client: FlaskClient) -> None:
    answer = client.post("/fr/sign-in", data={"who": "x" * (MILLION + 1)})
    assert answer.status_code == 413
    assert '<html lang="fr"' in answer.text


def test_terms_are_found_by_the_address_as_it_comes_over_the_wire(app: Flask) -> None:
    assert terms_for(app, "POST", "/en/sign-in").aside
    assert not terms_for(app, "GET", "/en/sign-in").aside
    assert not terms_for(app, "POST", "/en/\xff\xfe").aside
    assert terms_for(app, "POST", "/nothing").most_bytes == MILLION


# --- health ------------------------------------------------------------------------------------------------
def test_health_is_told_without_a_fact_or_a_cookie(client: FlaskClient) -> None:
    answer = client.get("/healthz", lint=False)
    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store, no-cache"


@pytest.mark.only_sqlite  # it takes its file away; PostgreSQL is taken away in `test_restart`
def test_health_is_bad_while_the_database_is_not_there(context: Context, client: FlaskClient) -> None:
    context.database.engine.dispose()
    for path in context.settings.data.glob("*.sqlite3*"):
        path.unlink()
    for state in ("empty", "away"):
        answer = client.get("/healthz", lint=False)
        assert (answer.status_code, answer.text) == (503, "unavailable\n"), state
        context.database.engine.dispose()
        shutil.rmtree(context.settings.data, ignore_errors=True)


# --- the last resort ---------------------------------------------------------------------------------------
def test_the_page_of_last_resort_needs_nothing(caplog: pytest.LogCaptureFixture) -> None:
    def torn(_environ: dict[str, Any], _start: Callable[..., Any]) -> Iterable[bytes]:
        raise ValueError("zqtypedtext")

    begun: list[tuple[str, list[tuple[str, str]]]] = []
    body = b"".join(never_silent(torn)({}, lambda *given: begun.append(given)))
    assert begun[0][0].startswith("500")
    assert b"<h1>" in body
    assert b'lang="fr"' in body
    number = caplog.records[0].args
    assert isinstance(number, tuple)
    assert str(number[0]).encode() in body
    assert "zqtypedtext" not in caplog.text


def test_a_page_that_cannot_even_be_refused_is_still_answered(
    client: FlaskClient, app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    def torn() -> dict[str, object]:
        raise ValueError

    app.context_processor(torn)
    answer = client.get("/en/", lint=False)
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert "Traceback" not in answer.text + caplog.text


# --- the log -----------------------------------------------------------------------------------------------
class Torn(Library):
    """A library whose register cannot be read."""

    problem: Exception = ValueError("zqfault")

    def register(self) -> NoReturn:
        """Fail."""
        raise self.problem


@pytest.mark.parametrize(
    ("problem", "status", "says"),
    [
        (ValueError("zqfault"), 500, "ValueError"),
        (Unavailable("disk.write-failed", file="zqfile"), 503, "disk."),
    ],
)
def test_the_log_names_a_failed_request_and_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, problem: Exception, status: int, says: str
) -> None:
    library = Torn(SITE, cache=tmp_path / "cache")
    library.problem = problem
    context = a_context(tmp_path / "torn", library=library)
    with caplog.at_level(logging.INFO, "lms.web"):
        answer = build(context).test_client().get("/en/register?who=zqname")
    context.database.engine.dispose()
    assert answer.status_code == status
    said = caplog.records[-1].getMessage()
    assert re.fullmatch(rf"request [0-9a-f]{{8}} register\.laws: {status} ?[a-z.-]*", said)
    assert says in caplog.text
    assert "zq" not in caplog.text


# --- notices -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("key", ["deleted", "saved", "certificate-issued", "signed-out"])
def test_a_link_can_make_no_page_say_that_something_was_done(client: FlaskClient, key: str) -> None:
    plain = client.get("/en/sign-in").text.count('class="notice')
    assert client.get(f"/en/sign-in?done={key}").text.count('class="notice') == plain
    client.set_cookie("parvis-notice", f"{key}.{'A' * 22}")
    assert client.get("/en/sign-in").text.count('class="notice') == plain


def test_a_notice_is_not_said_long_after(context: Context, client: FlaskClient) -> None:
    sent = client.get("/en/account", lint=False)
    clock = context.now
    assert isinstance(clock, Clock)
    clock.move(minutes=4)
    assert "Please sign in to continue." not in client.get(sent.location).text


def test_a_notice_is_said_once_and_through_a_second_redirect(client: FlaskClient) -> None:
    sent = client.get("/en/account", lint=False)
    assert told(sent) == "sign-in-first"
    first, second = client.get(sent.location).text, client.get(sent.location).text
    assert "Please sign in to continue." in first
    assert "Please sign in to continue." not in second
