"""Help, and where to turn to: usable by anybody, and no number that nobody has checked."""

from __future__ import annotations

from flask.testing import FlaskClient

from lms.actions.desk import Desk
from tests.builders_certificates import later


def test_help_says_that_the_exit_does_not_erase_history(client: FlaskClient) -> None:
    assert "It does not erase your history" in client.get("/en/help").get_data(as_text=True)


def test_support_needs_no_account_and_hides_old_numbers(client: FlaskClient, desk: Desk) -> None:
    fresh = client.get("/en/support").get_data(as_text=True)
    assert "tel:" in fresh
    later(desk, minutes=181 * 24 * 60)
    old = client.get("/en/support").get_data(as_text=True)
    assert "tel:" not in old
    assert "number to be checked" in old
    assert old.count("<h3>") == fresh.count("<h3>")


def test_a_region_adds_its_own_lines(client: FlaskClient) -> None:
    assert "For Ontario" in client.get("/en/support?region=ca-on").get_data(as_text=True)
    nowhere = client.get("/en/support?region=nowhere").get_data(as_text=True)
    assert "with what serves all of Canada" not in nowhere
