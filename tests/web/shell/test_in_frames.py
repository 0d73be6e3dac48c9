"""In the page of another site: cookies that browsers keep there, or a way into a window of one's own."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lms.web.wiring import build
from tests.builders import a_context
from tests.conftest import LintingClient

PUBLIC = "https://learn.example.org"
HERE = {"base_url": PUBLIC}
FRAMED = {"PUBLIC_URL": PUBLIC, "FRAME_ANCESTORS": "self https://portal.school.test"}


def a_site(folder: Path, environ: dict[str, str]) -> FlaskClient:
    """Return a browser at a site with these settings."""
    app = build(a_context(folder, environ=environ))
    app.test_client_class = LintingClient
    return app.test_client()


def cookies(answer: TestResponse) -> list[str]:
    return answer.headers.getlist("Set-Cookie")


@pytest.mark.parametrize("address", ["/en/sign-up", "/fr/sign-in", "/en/tell-us", "/en/reading"])
def test_what_other_sites_show_has_partitioned_cookies(address: str, tmp_path: Path) -> None:
    """`Lax` keeps every cookie out of the frame of another site, so that no form would work there."""
    client = a_site(tmp_path, FRAMED)
    (cookie,) = cookies(client.get(address, **HERE))
    assert cookie.startswith("__Host-parvis-form-framed=")
    assert {"SameSite=None", "Secure", "Partitioned", "HttpOnly", "Path=/"} <= set(cookie.split("; "))
    alone = a_site(tmp_path / "alone", {"PUBLIC_URL": PUBLIC, "FRAME_ANCESTORS": "self"})
    (cookie,) = cookies(alone.get(address, **HERE))
    assert cookie.startswith("__Host-parvis-form=")
    assert "SameSite=Lax" in cookie
    assert "Partitioned" not in cookie


def test_every_cookie_of_a_framed_site_is_partitioned(tmp_path: Path) -> None:
    client = a_site(tmp_path, FRAMED)
    token = client.get("/en/sign-in", **HERE).text.split('name="csrf_token" value="')[1].split('"')[0]
    seen = []
    for address in ("/en/reading", "/en/sign-out"):
        answer = client.post(address, data={"csrf_token": token, "size": "largest"}, **HERE)
        assert answer.status_code == 303
        seen += cookies(answer)
    assert len({cookie.split("=")[0] for cookie in seen}) > 2
    assert all("-framed=" in cookie and "Partitioned" in cookie for cookie in seen)


@pytest.mark.parametrize(
    ("locale", "words"), [("en", "Open this page in a new window"), ("fr", "nouvelle fenêtre")]
)
def test_a_frame_without_cookies_leads_to_a_window_of_its_own(
    locale: str, words: str, tmp_path: Path
) -> None:
    client = a_site(tmp_path, FRAMED)
    sent = {"data": {"text": "Zoé’s words"}, "headers": {"Sec-Fetch-Dest": "iframe"}}
    refused = client.post(f"/{locale}/tell-us", **sent, **HERE)
    assert refused.status_code == 403
    assert f'<a href="/{locale}/tell-us" target="_blank" rel="noopener">' in refused.text
    assert words in refused.text
    assert "Zoé’s words" in refused.text
    assert 'target="_blank"' not in client.post(f"/{locale}/tell-us", data=sent["data"], **HERE).text


# --- proxies that nobody declared ------------------------------------------------------------
NOTICED = {
    "a proxy of this machine": ("127.0.0.1", "X-Forwarded-For", "0", 1),
    "of the same network": ("10.0.0.7", "X-Forwarded-For", "0", 1),
    "that speaks as the standard says": ("::1", "Forwarded", "0", 1),
    "one that is declared": ("127.0.0.1", "X-Forwarded-For", "1", 0),
    "a visitor who writes it by hand": ("8.8.8.8", "X-Forwarded-For", "0", 0),
    "nobody knows from where": ("", "X-Forwarded-For", "0", 0),
    "no proxy": ("127.0.0.1", "X-Other", "0", 0),
}


@pytest.mark.parametrize("case", NOTICED)
def test_a_proxy_that_is_not_declared_is_noticed_once(
    case: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    near, header, declared, count = NOTICED[case]
    client = a_site(tmp_path, {"TRUSTED_PROXIES": declared})
    with caplog.at_level(logging.WARNING, "lms.web"):
        for visitor in range(3):
            asked = {header: f"198.51.100.{visitor}"}
            client.get("/healthz", headers=asked, environ_overrides={"REMOTE_ADDR": near})
    told = [record for record in caplog.records if "TRUSTED_PROXIES" in record.message]
    assert len(told) == count
    assert "198.51.100" not in caplog.text
