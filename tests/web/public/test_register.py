"""The register: filters that travel in the address, one page for each law, nothing said in an address."""

from __future__ import annotations

from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.core.courses.opaque import opaque
from tests.builders_learning import statements, with_sample

ACT = f"/en/register/{opaque('sample-act')}"


def test_the_list_can_be_filtered(client: FlaskClient) -> None:
    everything = client.get("/en/register").get_data(as_text=True)
    assert opaque("sample-act") in everything
    nothing = client.get("/en/register?jurisdiction=ca&topic=none&status=repealed").get_data(as_text=True)
    assert "No entries match your choices" in nothing


def test_a_law_page_names_meaning_text_and_what_rests_on_it(client: FlaskClient, context: Context) -> None:
    with_sample(context)
    page = client.get(ACT).get_data(as_text=True)
    for words in ("Official text", "Lessons based on this law", "The first minute", "Where it applies"):
        assert words in page


def test_every_law_has_a_page_in_each_language(client: FlaskClient, context: Context) -> None:
    for name in context.library.register().laws:
        for locale in ("en", "fr"):
            assert client.get(f"/{locale}/register/{opaque(name)}").status_code == 200


def test_a_law_that_is_not_there_is_not_found(client: FlaskClient) -> None:
    assert client.get("/en/register/sample-act").status_code == 404


def test_the_list_can_be_filtered_by_date_and_keeps_what_was_chosen(client: FlaskClient) -> None:
    page = client.get("/en/register?since=2027-06-01&until=2027-06-01&status=in-force").get_data(as_text=True)
    assert "1 of " in page
    assert opaque("sample-code") in page
    assert opaque("old-sample-act") not in page
    assert page.split("<main", 1)[1].count('value="2027-06-01"') == 2
    assert '<option value="in-force" selected>' in page


def test_a_day_that_is_none_is_said_and_nothing_is_lost(client: FlaskClient) -> None:
    page = client.get("/en/register?since=soon&status=repealed").get_data(as_text=True)
    assert "Enter the date as year-month-day" in page
    assert "1 of " in page
    assert 'value="soon"' in page


def test_a_law_page_says_how_sure_we_are_and_when_it_was_checked(
    client: FlaskClient, context: Context
) -> None:
    with_sample(context)
    page = client.get(f"/en/register/{opaque('sample-code')}").get_data(as_text=True)
    for words in (
        "How reliable this information is",
        "Still to check",
        "in_force",
        "Nothing yet.",
        "Last checked",
    ):
        assert words in page
    assert "upcoming" in page
    assert "Nothing that we know of." in client.get(ACT).get_data(as_text=True)


def test_a_quarter_says_what_came_and_what_is_coming_and_leads_on(
    client: FlaskClient, context: Context
) -> None:
    with_sample(context)
    now = client.get("/en/register/changes").get_data(as_text=True)
    assert "October 2026 to December 2026" in now
    for words in ("Upcoming changes", "1\u00a0June 2027", "quarter=2026-Q3", "quarter=2027-Q1", "upcoming"):
        assert words in now
    then = client.get("/en/register/changes?quarter=2020-Q1").get_data(as_text=True)
    for words in ("Important changes", "Sample Seating Act", "The first minute", "Current quarter"):
        assert words in then
    empty = client.get("/fr/register/changes?quarter=2001-Q1").get_data(as_text=True)
    assert '<html lang="fr"' in empty
    assert 'class="empty"' in empty


def test_the_pages_of_the_register_ask_little(client: FlaskClient, context: Context) -> None:
    with_sample(context)
    for address, most in (("/en/register", 0), ("/en/register/changes", 1), (ACT, 2), ("/en/glossary", 1)):
        with statements(context) as sent:
            client.get(address)
        assert len(sent) == most, address
