"""The first page, in the reader's language, with what one has begun."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.actions.learning import learning
from tests.builders_certificates import sign_in
from tests.builders_learning import SAMPLE_CODE, a_member, finish, with_sample


@pytest.mark.parametrize(
    ("preferred", "there"),
    [("fr-CA,fr;q=0.9,en;q=0.5", "/fr/"), ("en", "/en/"), ("tlh", "/en/"), ("", "/en/")],
)
def test_a_bare_address_goes_to_the_language_that_the_browser_prefers(
    client: FlaskClient, preferred: str, there: str
) -> None:
    answer = client.get("/", headers={"Accept-Language": preferred})
    assert (answer.status_code, answer.headers["Location"]) == (302, there)
    assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_the_first_page_stands_without_any_course(client: FlaskClient, locale: str) -> None:
    assert client.get(f"/{locale}/").status_code == 200


def test_a_trial_site_says_so_where_one_begins(client: FlaskClient, context: Context) -> None:
    with_sample(context)
    for address in ("/en/", f"/en/c/{SAMPLE_CODE}", "/en/sign-up", "/en/sign-up/without-email"):
        page = client.get(address).get_data(as_text=True)
        assert page.count("This is a trial site: certificates made here are specimens.") == 1, address


def test_a_page_that_is_not_there_is_refused_in_the_language_of_its_address(client: FlaskClient) -> None:
    refused = client.get("/fr/nothing", headers={"Accept-Language": "en"})
    assert refused.status_code == 404
    assert '<html lang="fr"' in refused.get_data(as_text=True)


def test_somebody_signed_in_goes_on_where_they_were(client: FlaskClient, context: Context) -> None:
    who = a_member(with_sample(context), "Zoé")
    learning.enrol(context, who, SAMPLE_CODE, "en")
    page = sign_in(client, context, who).get("/en/").get_data(as_text=True)
    assert "Start (about 4 minutes)" in page
    assert f"/en/c/{SAMPLE_CODE}/m1/l1" in page
    assert "Zoé" in page


def test_a_course_that_is_complete_is_not_offered_again(client: FlaskClient, context: Context) -> None:
    who = a_member(with_sample(context))
    finish(context, who)
    assert "Continue" not in sign_in(client, context, who).get("/en/").get_data(as_text=True)


def test_every_page_has_the_skip_link_first_and_the_same_menus(client: FlaskClient) -> None:
    pages = [client.get(f"/en/{path}").get_data(as_text=True) for path in ("", "courses", "help", "privacy")]
    menus = {page[page.index("<footer") : page.index("</footer>")].count("<li>") for page in pages}
    assert menus == {8}
    assert all(page.index('class="skip"') < page.index("<header") for page in pages)
