"""The register: filters that travel in the address, one page for each law, nothing said in an address."""

from __future__ import annotations

from flask.testing import FlaskClient

from lms.actions.desk import Desk
from lms.core.opaque import opaque
from tests.builders_learning import statements, with_sample

ACT = f"/en/register/{opaque('sample-act')}"


def test_the_list_can_be_filtered(client: FlaskClient) -> None:
    everything = client.get("/en/register").get_data(as_text=True)
    assert opaque("sample-act") in everything
    nothing = client.get("/en/register?jurisdiction=ca&topic=none&status=repealed").get_data(as_text=True)
    assert "Nothing fits all of your choices" in nothing


def test_a_law_page_names_meaning_text_and_what_rests_on_it(client: FlaskClient, desk: Desk) -> None:
    with_sample(desk)
    page = client.get(ACT).get_data(as_text=True)
    for words in ("Official text", "Lessons that rest on it", "The first minute", "Where it holds"):
        assert words in page


def test_every_law_has_a_page_in_each_language(client: FlaskClient, desk: Desk) -> None:
    for name in desk.library.register().laws:
        for locale in ("en", "fr"):
            assert client.get(f"/{locale}/register/{opaque(name)}").status_code == 200


def test_a_law_that_is_not_there_is_not_found(client: FlaskClient) -> None:
    assert client.get("/en/register/sample-act").status_code == 404


def test_the_list_can_be_filtered_by_date_and_keeps_what_was_chosen(client: FlaskClient) -> None:
    page = client.get("/en/register?since=2027-06-01&until=2027-06-01&status=in-force").get_data(as_text=True)
    assert "1 entry found, of " in page
    assert opaque("sample-code") in page
    assert opaque("old-sample-act") not in page
    assert page.count('value="2027-06-01"') == 2
    assert '<option value="in-force" selected>' in page


def test_a_day_that_is_none_is_said_and_nothing_is_lost(client: FlaskClient) -> None:
    page = client.get("/en/register?since=soon&status=repealed").get_data(as_text=True)
    assert "Write a day as year, month and day" in page
    assert "1 entry found, of " in page
    assert 'value="soon"' in page


def test_a_law_page_says_how_sure_we_are_and_when_it_was_checked(client: FlaskClient, desk: Desk) -> None:
    with_sample(desk)
    page = client.get(f"/en/register/{opaque('sample-code')}").get_data(as_text=True)
    for words in (
        "How sure we are",
        "What is still to be checked",
        "in_force",
        "Nothing yet.",
        "Last checked",
    ):
        assert words in page
    assert "still to come" in page
    assert "Nothing that we know of." in client.get(ACT).get_data(as_text=True)


def test_a_quarter_says_what_came_and_what_is_coming_and_leads_on(client: FlaskClient, desk: Desk) -> None:
    with_sample(desk)
    now = client.get("/en/register/changes").get_data(as_text=True)
    assert "October 2026 to December 2026" in now
    for words in ("What is coming", "1 June 2027", "quarter=2026-Q3", "quarter=2027-Q1", "still to come"):
        assert words in now
    then = client.get("/en/register/changes?quarter=2020-Q1").get_data(as_text=True)
    for words in ("What changed and matters", "Sample Seating Act", "The first minute", "This quarter"):
        assert words in then
    empty = client.get("/fr/register/changes?quarter=2001-Q1").get_data(as_text=True)
    assert '<html lang="fr"' in empty
    assert 'class="empty"' in empty


def test_the_pages_of_the_register_ask_little(client: FlaskClient, desk: Desk) -> None:
    with_sample(desk)
    for address, most in (("/en/register", 0), ("/en/register/changes", 1), (ACT, 1), ("/en/glossary", 1)):
        with statements(desk) as sent:
            client.get(address)
        assert len(sent) == most, address
