"""Accessibility law where one works: a form that needs no script, and one place a page."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.core.legislation.finder import PLACES
from tests.builders_learning import statements

PAGE = "/register/where"


def test_before_a_choice_all_places_can_be_chosen(client: FlaskClient) -> None:
    page = client.get(f"/en{PAGE}").get_data(as_text=True)
    assert page.count("<option ") == len(PLACES) + 1
    assert "selected" not in page
    assert page.index("Federal jurisdiction") < page.index("Alberta") < page.index("Yukon")


def test_a_place_says_who_is_bound_by_what_and_what_comes(client: FlaskClient) -> None:
    page = client.get(f"/en{PAGE}?place=ca-on").get_data(as_text=True)
    for words in (
        "Sample Access Act",
        "Offices with a door.",
        "2028",
        "S.S. 2022, c. 3",
        "still being checked",
    ):
        assert words in page
    assert '<option value="ca-on" selected>' in page
    french = client.get(f"/fr{PAGE}?place=ca-on").get_data(as_text=True)
    assert "Les bureaux qui ont une porte." in french
    assert '<span lang="en">Sample Access Act</span>' in french


def test_a_place_without_accessibility_law_says_so(client: FlaskClient) -> None:
    page = client.get(f"/en{PAGE}?place=ca-yt").get_data(as_text=True)
    for words in (
        "does not contain a separate accessibility law for this place",
        "Sample Rights Act",
        "The register does not say.",
        "The register does not list an upcoming date.",
        "has no information about disability",
    ):
        assert words in page
    assert "Nobody is turned away." not in page
    assert "does not contain anything on accessibility for this place yet" in client.get(
        f"/en{PAGE}?place=ca-pe"
    ).get_data(as_text=True)


@pytest.mark.parametrize("place", ["", "un", "<script>", "ca-on2"])
def test_a_place_that_is_none_asks_again(client: FlaskClient, place: str) -> None:
    answer = client.get(f"/en{PAGE}", query_string={"place": place})
    assert answer.status_code == 200
    assert "Accessibility law where you work" in answer.get_data(as_text=True)


def test_the_page_asks_the_database_only_what_is_on_hold(client: FlaskClient, context: Context) -> None:
    for place in PLACES:
        with statements(context) as sent:
            client.get(f"/en{PAGE}?place={place}")
        assert len(sent) == 1


def test_all_places_are_one_link_away(client: FlaskClient) -> None:
    assert "/en/register/where?place=all" in client.get(f"/en{PAGE}?place=ca-on").get_data(as_text=True)
    page = client.get(f"/en{PAGE}?place=all").get_data(as_text=True)
    assert page.count('<section class="place"') == len(PLACES)


def test_a_place_is_remembered_only_if_the_reader_says_so(client: FlaskClient) -> None:
    client.get(f"/en{PAGE}?place=ca-on")
    assert client.get_cookie("parvis-place") is None
    kept = client.get(f"/en{PAGE}?place=ca-on&remember=y").headers["Set-Cookie"]
    assert "parvis-place=ca-on;" in kept
    assert "Max-Age" not in kept
    page = client.get(f"/fr{PAGE}").get_data(as_text=True)
    assert '<option value="ca-on" selected>' in page
    assert "checked" in page
    client.get(f"/en{PAGE}?place=all")
    assert client.get_cookie("parvis-place") is not None
    client.get(f"/en{PAGE}?place=ca-yt")
    assert client.get_cookie("parvis-place") is None


def test_a_place_that_nobody_could_choose_is_not_read_from_a_cookie(client: FlaskClient) -> None:
    client.set_cookie("parvis-place", "<script>")
    assert "selected" not in client.get(f"/en{PAGE}").get_data(as_text=True)
