"""Switching the language of a page with a form that is sent by GET loses nothing that was typed."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit
from xml.etree.ElementTree import Element

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from tests.builders_certificates import form_token
from tests.builders_learning import with_sample
from tests.builders_pages import XHTML
from tests.page_lint import parse


def switched(page: str, **typed: str) -> tuple[str, dict[str, str]]:
    """Press the switch as a browser without JavaScript does; return where its form is sent, and with what.

    HTML 4.10.22.3: a button with `form=` sends that form, and its own name and value with it.
    """
    tree, _ = parse(page)
    (button,) = [one for one in tree.iter(f"{XHTML}button") if one.get("name") == "switch_to"]
    (form,) = [one for one in tree.iter(f"{XHTML}form") if one.get("id") == button.get("form")]
    assert form.get("method") == "get"
    return form.get("action", ""), {**_filled(form), **typed, "switch_to": button.get("value", "")}


def _filled(form: Element) -> dict[str, str]:
    found = {}
    for one in form.iter():
        if one.tag == f"{XHTML}input" and one.get("type") not in {"checkbox", "radio"}:
            found[one.get("name", "")] = one.get("value", "")
        if one.tag == f"{XHTML}select":
            options = list(one.iter(f"{XHTML}option"))
            chosen = [option for option in options if option.get("selected") is not None] or options[:1]
            found[one.get("name", "")] = chosen[0].get("value", "")
    return found


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("register", {"since": "2020-01-31"}),
        ("support", {"region": "qc"}),
    ],
)
def test_what_is_typed_into_a_filter_goes_along(
    client: FlaskClient, context: Context, path: str, typed: dict[str, str]
) -> None:
    with_sample(context)
    page = client.get(f"/en/{path}").text
    action, sent = switched(page, **typed)
    assert set(typed) <= set(sent)
    answer = client.get(action, query_string=sent)
    parts = urlsplit(answer.headers["Location"])
    assert (answer.status_code, parts.path) == (303, f"/fr/{path}")
    arguments = dict(parse_qsl(parts.query))
    assert arguments.items() >= typed.items()
    assert "switch_to" not in arguments
    shown = client.get(answer.headers["Location"])
    assert (shown.status_code, '<html lang="fr"' in shown.text) == (200, True)


def test_a_number_that_is_half_typed_stays_in_its_field(client: FlaskClient) -> None:
    action, sent = switched(client.get("/fr/verify").text, number="04zs 7m9q")
    shown = client.get(action, query_string=sent, follow_redirects=True)
    assert shown.request.path == "/en/verify"
    assert 'value="04zs 7m9q"' in shown.text


def test_a_question_that_is_not_sent_yet_is_asked_in_the_other_language(
    client: FlaskClient, context: Context
) -> None:
    with_sample(context)
    sent = {"csrf_token": form_token(client, context), "switch_to": "fr"}
    asked = client.post("/en/search", data={**sent, "question": "chaise"})
    assert asked.status_code == 303
    assert asked.headers["Location"].startswith("/fr/search/")
    assert 'value="chaise"' in client.get(asked.headers["Location"]).text
    assert client.post("/en/search", data=sent).headers["Location"] == "/fr/search"


def test_enter_in_a_filter_filters(client: FlaskClient, context: Context) -> None:
    """The first button of a form is the one that Enter presses; it is not the language."""
    with_sample(context)
    tree, _ = parse(client.get("/en/register").text)
    buttons = [one for one in tree.iter(f"{XHTML}button") if one.get("form") == "filters"]
    assert buttons[0].get("name") is None


def test_the_plainest_browser_comes_to_the_other_language_and_back(
    client: FlaskClient, context: Context
) -> None:
    """It sends the small form around the switch, whatever `form=` says."""
    with_sample(context)
    address = "/en/register?since=2020-01-31"
    for locale in ("fr", "en"):
        tree, _ = parse(client.get(address).text)
        header = next(tree.iter(f"{XHTML}header"))
        form = next(one for one in header.iter(f"{XHTML}form") if one.get("method") == "get")
        query = {**_filled(form), "switch_to": locale}
        shown = client.get(form.get("action", ""), query_string=query)
        assert (shown.status_code, f'<html lang="{locale}"' in shown.text) == (200, True)
        assert 'value="2020-01-31"' in shown.text
        address = shown.request.path + "?" + shown.request.query_string.decode()


@pytest.mark.parametrize("wanted", ["en", "xx", ""])
def test_a_language_that_is_here_or_nowhere_leads_nowhere(client: FlaskClient, wanted: str) -> None:
    assert client.get("/en/register", query_string={"switch_to": wanted}).status_code == 200
