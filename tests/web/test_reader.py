"""Reading settings: in this browser when signed out, on every device when signed in."""

from __future__ import annotations

from flask.testing import FlaskClient

from lms.actions.desk import Desk
from tests.builders_certificates import form_token, sign_in
from tests.builders_learning import a_member

WISHES = {"theme": "dark", "size": "large", "space": "wide", "font": "legible", "escape": "on"}
WRITTEN = ' data-theme="dark" data-size="large" data-space="wide" data-font="legible" data-escape="on"'


def save(client: FlaskClient, desk: Desk, **wishes: str) -> None:
    answer = client.post("/en/reading", data={**wishes, "csrf_token": form_token(client, desk)})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/reading?done=saved")


def test_signed_out_they_hold_in_this_browser(client: FlaskClient, desk: Desk) -> None:
    save(client, desk, **WISHES)
    page = client.get("/fr/help").get_data(as_text=True)
    assert f'<html lang="fr" dir="ltr"{WRITTEN}>' in page
    assert "data-theme" not in client.application.test_client().get("/fr/help").get_data(as_text=True)


def test_signed_in_they_hold_on_every_device(client: FlaskClient, desk: Desk) -> None:
    who = a_member(desk)
    save(sign_in(client, desk, who), desk, theme="contrast")
    other = sign_in(client.application.test_client(), desk, who)
    assert 'data-theme="contrast"' in other.get("/en/help").get_data(as_text=True)


def test_nonsense_is_left_out(client: FlaskClient, desk: Desk) -> None:
    save(client, desk, theme='"><script>', size="large")
    page = client.get("/en/help").get_data(as_text=True)
    assert 'dir="ltr" data-size="large">' in page


def test_the_page_shows_what_is_chosen(client: FlaskClient, desk: Desk) -> None:
    save(client, desk, theme="dark")
    assert 'value="dark" checked' in client.get("/en/reading?done=saved").get_data(as_text=True)
