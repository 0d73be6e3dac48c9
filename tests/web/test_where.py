"""Accessibility law where one works: a form that needs no script, and one place a page."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from lms.actions.desk import Desk
from lms.core.finder import PLACES
from tests.builders_learning import statements

PAGE = "/register/where"


def test_before_a_choice_all_places_can_be_chosen(client: FlaskClient) -> None:
    page = client.get(f"/en{PAGE}").get_data(as_text=True)
    assert page.count("<option ") == len(PLACES)
    assert "selected" not in page
    assert page.index("Federal sphere") < page.index("Alberta") < page.index("Yukon")


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
        "knows of no stand-alone accessibility act here",
        "Sample Rights Act",
        "The register does not say.",
        "No date is set in the register.",
        "says nothing on disability",
    ):
        assert words in page
    assert "Nobody is turned away." not in page
    assert "holds nothing on accessibility here yet" in client.get(f"/en{PAGE}?place=ca-pe").get_data(
        as_text=True
    )


@pytest.mark.parametrize("place", ["", "un", "<script>", "ca-on2"])
def test_a_place_that_is_none_asks_again(client: FlaskClient, place: str) -> None:
    answer = client.get(f"/en{PAGE}", query_string={"place": place})
    assert answer.status_code == 200
    assert "Accessibility law where you work" in answer.get_data(as_text=True)


def test_the_page_asks_the_database_nothing(client: FlaskClient, desk: Desk) -> None:
    for place in PLACES:
        with statements(desk) as sent:
            client.get(f"/en{PAGE}?place={place}")
        assert sent == []
