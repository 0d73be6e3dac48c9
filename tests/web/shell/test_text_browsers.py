"""Browsers that know no `form=`, `formaction`, `hidden` or `<template>`: what they send means the same."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from flask.testing import FlaskClient

from tests.builders_pages import XHTML
from tests.page_lint import parse

ROOT = Path(__file__).parents[3]
PAGES = ("sign-in", "sign-up", "sign-up/without-email", "sign-in/recovery", "tell-us")


def _header_forms(page: str) -> list[Element]:
    tree, _ = parse(page)
    header = next(tree.iter(f"{XHTML}header"))
    return list(header.iter(f"{XHTML}form"))


@pytest.mark.parametrize("path", PAGES)
def test_the_language_can_be_switched_on_a_page_with_a_form(client: FlaskClient, path: str) -> None:
    page = client.get(f"/en/{path}?course=&next=/en/help").text
    (form,) = _header_forms(page)
    buttons = list(form.iter(f"{XHTML}button"))
    assert {button.get("name") for button in buttons} == {None, "switch_to"}
    fields = {
        one.get("name", ""): one.get("value", "")
        for one in form.iter(f"{XHTML}input")
        if one.get("type") == "hidden"
    }
    assert fields["next"] == "/en/help", "where one was going is not lost"
    assert form.get("method") == "get"
    switched = client.get(form.get("action", ""), query_string=fields | {"switch_to": "fr"})
    assert (switched.status_code, '<html lang="fr"' in switched.text) == (200, True)


def test_no_page_leans_on_what_they_do_not_know() -> None:
    """A button with `form=` stands in a form that does the same; nothing waits in a `<template>`."""
    for path in sorted((ROOT / "lms/web/templates").rglob("*.html")):
        text = path.read_text("utf-8")
        assert "formaction" not in text, path.name
        assert "<template" not in text, path.name
        if path.name not in {"layout.html", "forms.html"}:
            assert not re.search(r"""\bform=["']""", text), path.name


def test_nothing_is_kept_by_a_browser_that_does_not_know_no_store(client: FlaskClient) -> None:
    assert client.get("/en/sign-in").headers["Cache-Control"] == "no-store, no-cache"
