"""Reading settings: in this browser when signed out, on every device when signed in."""

from __future__ import annotations

from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.core.people.reader_settings import CHOICES
from lms.web.views.account.reader import WORDS
from tests.builders_certificates import form_token, sign_in
from tests.builders_learning import a_member
from tests.builders_pages import told

WISHES = {"theme": "dark", "size": "large", "space": "wide", "font": "legible", "escape": "on"}
WRITTEN = ' data-theme="dark" data-size="large" data-space="wide" data-font="legible" data-escape="on"'


def save(client: FlaskClient, context: Context, **wishes: str) -> None:
    answer = client.post("/en/reading", data={**wishes, "csrf_token": form_token(client, context)})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/reading")
    assert told(answer) == "saved"


def test_signed_out_they_hold_in_this_browser(client: FlaskClient, context: Context) -> None:
    save(client, context, **WISHES)
    page = client.get("/fr/help").get_data(as_text=True)
    assert f'<html lang="fr" dir="ltr"{WRITTEN}>' in page
    assert "data-theme" not in client.application.test_client().get("/fr/help").get_data(as_text=True)


def test_signed_in_they_hold_on_every_device(client: FlaskClient, context: Context) -> None:
    who = a_member(context)
    save(sign_in(client, context, who), context, theme="contrast")
    other = sign_in(client.application.test_client(), context, who)
    assert 'data-theme="contrast"' in other.get("/en/help").get_data(as_text=True)


def test_nonsense_is_left_out(client: FlaskClient, context: Context) -> None:
    save(client, context, theme='"><script>', size="large")
    page = client.get("/en/help").get_data(as_text=True)
    assert 'dir="ltr" data-size="large">' in page


def test_the_page_shows_what_is_chosen(client: FlaskClient, context: Context) -> None:
    save(client, context, theme="dark")
    assert 'value="dark" checked' in client.get("/en/reading").get_data(as_text=True)


def test_every_choice_has_its_words_and_sizes_stand_in_their_order() -> None:
    assert {name: set(words) for name, (_, words) in WORDS.items()} == {
        name: set(wishes) for name, wishes in CHOICES.items()
    }
    assert list(WORDS["size"][1]) == ["small", "normal", "large", "larger", "largest"]
