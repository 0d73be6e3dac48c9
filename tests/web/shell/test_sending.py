"""How pages and files go out: compressed, named by what they hold, and never lost on the way to a script."""

from __future__ import annotations

import gzip

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.web.shell.assets import asset, assets
from tests.builders_certificates import form_token
from tests.builders_pages import told


def test_pages_are_compressed_for_whoever_takes_it(client: FlaskClient) -> None:
    plain = client.get("/en/privacy")
    squeezed = client.get("/en/privacy", headers={"Accept-Encoding": "gzip"}, lint=False)
    assert gzip.decompress(squeezed.get_data()) == plain.get_data()
    assert "Accept-Encoding" in squeezed.headers["Vary"]
    assert len(squeezed.get_data()) < len(plain.get_data()) / 2


def test_static_files_are_kept_for_ever_under_their_build(client: FlaskClient) -> None:
    address = asset("css/parvis.css")
    kept = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert "immutable" in kept.headers["Cache-Control"]
    assert gzip.decompress(kept.get_data()) == client.get(address).get_data()
    old = client.get("/assets/0123456789/css/parvis.css")
    assert (old.status_code, old.headers["Cache-Control"]) == (200, "no-store, no-cache")
    assert client.get("/assets/0123456789/css/none.css").status_code == 404


def test_a_file_that_is_not_there_stops_the_page() -> None:
    with pytest.raises(KeyError):
        asset("css/none.css")


def test_everything_a_first_visit_needs_is_small() -> None:
    files = assets().files
    first = sum(len(files[name].gzipped) for name in ("css/parvis.css", "js/parvis.js", "img/mark.svg"))
    assert first <= 13_000


def test_a_page_without_a_mark_asks_for_none(client: FlaskClient) -> None:
    assert client.get("/favicon.ico", lint=False).status_code == 204


def test_robots_are_told(client: FlaskClient) -> None:
    assert "Disallow" in client.get("/robots.txt").get_data(as_text=True)


def test_a_script_that_sends_a_form_is_told_where_to_go(client: FlaskClient, context: Context) -> None:
    sent = {"theme": "dark", "csrf_token": form_token(client, context)}
    answer = client.post("/en/reading", data=sent, headers={"X-Parvis-Send": "1"})
    assert answer.status_code == 204
    assert answer.headers["X-Parvis-Go"] == "/en/reading"
    assert told(answer) == "saved"
    assert "Location" not in answer.headers
