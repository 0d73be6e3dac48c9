"""The register: filters that travel in the address, one page for each law, nothing said in an address."""

from __future__ import annotations

from flask.testing import FlaskClient

from lms.actions.desk import Desk
from lms.core.opaque import opaque
from tests.builders_learning import with_sample

ACT = f"/en/register/{opaque('sample-act')}"


def test_the_list_can_be_filtered(client: FlaskClient) -> None:
    everything = client.get("/en/register").get_data(as_text=True)
    assert opaque("sample-act") in everything
    nothing = client.get("/en/register?jurisdiction=ca&topic=none&status=repealed").get_data(as_text=True)
    assert "Nothing fits all three choices" in nothing


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
