"""Help, and where to turn to: usable by anybody, and no number that nobody has checked."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.content.site_folder import SiteFolder
from lms.web.wiring import build
from tests.builders import a_context
from tests.builders_certificates import later

HOUSE = Path(__file__).parents[3]


def test_help_says_that_the_exit_does_not_erase_history(client: FlaskClient) -> None:
    assert "This does not erase your browsing history" in client.get("/en/help").get_data(as_text=True)


def test_support_needs_no_account_and_hides_old_numbers(client: FlaskClient, context: Context) -> None:
    fresh = client.get("/en/support").get_data(as_text=True)
    assert "tel:" in fresh
    later(context, minutes=181 * 24 * 60)
    old = client.get("/en/support").get_data(as_text=True)
    assert "tel:" not in old
    assert "number needs to be checked" in old
    assert old.count("<h3>") == fresh.count("<h3>")


def test_a_region_adds_its_own_lines(client: FlaskClient) -> None:
    assert "Services: Ontario and all of Canada" in client.get("/en/support?region=ca-on").get_data(
        as_text=True
    )
    nowhere = client.get("/en/support?region=nowhere").get_data(as_text=True)
    assert "and all of Canada" not in nowhere


@pytest.fixture
def bundled(tmp_path: Path) -> FlaskClient:
    """Return a client of a site with the help lines that come with the program."""
    context = a_context(tmp_path, library=SiteFolder(HOUSE, cache=tmp_path / "cache"))
    later(context, minutes=10 * 24 * 60)  # the tests' day is before the one on which the numbers were read
    return build(context).test_client()


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_the_three_short_numbers_come_first_and_nothing_is_missing(bundled: FlaskClient, locale: str) -> None:
    page = bundled.get(f"/{locale}/support").get_data(as_text=True)
    links = [part.split('"')[0] for part in page.split('href="')[1:]]
    calls = [link for link in links if link.startswith(("tel:", "sms:"))]
    assert calls[:4] == ["tel:911", "tel:988", "sms:988", "tel:211"]
    assert "number needs to be checked" not in page
    for region in ("ab", "bc", "mb", "nb", "nl", "ns", "nt", "nu", "on", "pe", "qc", "sk", "yt"):
        near = bundled.get(f"/{locale}/support?region=ca-{region}").get_data(as_text=True)
        assert near.count("<h3>") >= page.count("<h3>")
    assert "OCASI" not in bundled.get(f"/{locale}/support?region=ca-on").get_data(as_text=True)


def test_a_page_says_whether_a_number_was_read_or_confirmed(
    client: FlaskClient, bundled: FlaskClient
) -> None:
    assert "Not yet confirmed by phone" in bundled.get("/en/support").get_data(as_text=True)
    sample = client.get("/en/support").get_data(as_text=True)
    assert "Confirmed with the service on" in sample
    assert "not yet confirmed" not in sample


def test_text_and_tty_are_links_of_their_own(bundled: FlaskClient) -> None:
    near = bundled.get("/en/support?region=ca-mb").get_data(as_text=True)
    assert 'href="tel:18889872829">TTY: <span translate="no">1-888-987-2829</span>' in near
    page = bundled.get("/en/support?region=ca-on").get_data(as_text=True)
    assert 'href="sms:686868">Text: <span translate="no">686868</span>' in page
