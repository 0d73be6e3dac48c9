"""From the completed course to the file, in a browser without JavaScript, in both languages."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lms import jobs
from lms.actions import certifying, printing, verifying
from lms.actions.desk import Desk
from lms.core.people import SYSTEM, Actor
from tests.builders_certificates import CODE, a_choice, a_graduate, a_learner, form_token, sign_in
from tests.builders_learning import statements

BASE = f"/en/c/{CODE}/certificate"


@pytest.fixture
def who(desk: Desk) -> Actor:
    return a_graduate(desk, "Amina")


@pytest.fixture
def browser(client: FlaskClient, desk: Desk, who: Actor) -> FlaskClient:
    return sign_in(client, desk, who)


def send(browser: FlaskClient, desk: Desk, address: str, **fields: str) -> TestResponse:
    return browser.post(address, data={"csrf_token": form_token(browser, desk), **fields})


def preview(browser: FlaskClient, desk: Desk, base: str = BASE, **fields: str) -> TestResponse:
    typed = {"name": "Amina Diallo", "locales": "en", "title": "full"} | fields
    return send(browser, desk, f"{base}/preview", **typed)


def hidden(page: TestResponse) -> dict[str, str]:
    found = re.findall(r'<input type="hidden"[^>]* name="([a-z_]+)" value="([^"]*)"', page.text)
    return {name: value for name, value in found if name != "csrf_token"}


def issue(browser: FlaskClient, desk: Desk, base: str = BASE, **fields: str) -> TestResponse:
    return send(browser, desk, base, **hidden(preview(browser, desk, base, **fields)))


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_from_choice_to_file(browser: FlaskClient, desk: Desk, locale: str) -> None:
    base = f"/{locale}/c/{CODE}/certificate"
    choose = browser.get(base)
    assert 'value="Amina"' in choose.text
    shown = preview(browser, desk, base, locales=f"{locale} {'fr' if locale == 'en' else 'en'}")
    assert shown.status_code == 200
    assert "Amina Diallo" in shown.text
    assert "A warm welcome" in shown.text
    assert "Un accueil chaleureux" in shown.text
    issued = send(browser, desk, base, **hidden(shown))
    assert (issued.status_code, issued.location) == (303, f"{base}?done=certificate-issued")
    waiting = browser.get(issued.location)
    assert f'href="{base}"' in waiting.text
    assert browser.get(f"{base}/pdf").status_code == 503
    assert browser.get(f"{base}/making").json == {"making": "waiting"}
    jobs.run_due(desk)
    assert browser.get(f"{base}/making").json == {"making": "ready"}
    ready = browser.get(base)
    assert f'href="{base}/pdf"' in ready.text
    assert "Amina Diallo" in ready.text
    file = browser.get(f"{base}/pdf")
    assert file.mimetype == "application/pdf"
    assert re.fullmatch(
        r'attachment; filename="certificate-[0-9a-z]{6}\.pdf"', file.headers["Content-Disposition"]
    )
    assert file.headers["Cache-Control"] == "no-store"
    assert file.data.startswith(b"%PDF-1.7")
    assert browser.get(f"{base}/pdf").data == file.data


def test_a_second_press_and_a_second_tab_change_nothing(browser: FlaskClient, desk: Desk, who: Actor) -> None:
    shown = hidden(preview(browser, desk))
    first = send(browser, desk, BASE, **shown)
    second = send(browser, desk, BASE, **shown)
    assert first.location == second.location
    jobs.run_due(desk)
    assert len(list(desk.blobs.all())) == 1


def test_what_was_typed_is_kept_when_something_is_wrong(browser: FlaskClient, desk: Desk) -> None:
    wrong = preview(browser, desk, name="x" * 120, locales="fr")
    assert wrong.status_code == 422
    assert "x" * 120 in wrong.text
    assert 'value="fr" checked' in wrong.text
    assert 'href="#name"' in wrong.text
    nothing = preview(browser, desk, name="", locales="")
    assert nothing.status_code == 422
    assert nothing.text.count('<li><a href="#') >= 2


def test_changing_something_goes_back_with_everything_typed(browser: FlaskClient, desk: Desk) -> None:
    shown = hidden(preview(browser, desk, name="Zoë", locales="fr", title="neutral"))
    back = send(browser, desk, f"{BASE}/preview", edit="1", **shown)
    assert back.status_code == 200
    assert 'value="Zoë"' in back.text
    assert 'value="fr" checked' in back.text
    assert 'value="neutral" checked' in back.text


def test_switching_the_language_keeps_place_and_words(browser: FlaskClient, desk: Desk) -> None:
    typed = {"name": "Zoë", "locales": "en fr", "title": "neutral"}
    away = send(browser, desk, f"{BASE}/preview", switch_to="fr", **typed)
    assert (away.status_code, away.location) == (307, f"/fr/c/{CODE}/certificate/preview")
    choose = send(browser, desk, away.location, switch_to="fr", **typed)
    assert 'value="Zoë"' in choose.text
    assert 'value="fr en" checked' in choose.text
    shown = hidden(preview(browser, desk))
    away = send(browser, desk, BASE, switch_to="fr", **shown)
    assert away.status_code == 307
    again = send(browser, desk, away.location, switch_to="fr", **shown)
    assert hidden(again)["request"] == shown["request"]
    assert '<html lang="fr"' in again.text
    assert browser.get(f"{BASE}/preview").status_code == 303


def test_a_neutral_title_is_the_only_one_on_the_certificate(browser: FlaskClient, desk: Desk) -> None:
    shown = preview(browser, desk, title="neutral")
    sheet = shown.text[shown.text.index('<section class="certificate') : shown.text.index("</section>")]
    assert "Professional learning" in sheet
    assert "A warm welcome" not in sheet


def test_a_new_name_takes_the_place_of_the_old_one(browser: FlaskClient, desk: Desk, who: Actor) -> None:
    issue(browser, desk, name="Old Name")
    jobs.run_due(desk)
    assert 'value="Old Name"' in browser.get(f"{BASE}/change").text
    changed = issue(browser, desk, name="New Name")
    assert changed.location.endswith("done=certificate-replaced")
    jobs.run_due(desk)
    assert "Old Name" not in browser.get(BASE).text
    assert len(list(desk.blobs.all())) == 1


def test_erasing_asks_first_and_leaves_the_number(browser: FlaskClient, desk: Desk) -> None:
    assert browser.get(f"{BASE}/erase").status_code == 303
    issue(browser, desk)
    assert browser.get(f"{BASE}/erase").status_code == 200
    erased = send(browser, desk, f"{BASE}/erase")
    assert erased.location.endswith("done=certificate-erased")
    after = browser.get(erased.location)
    assert "Amina Diallo" not in after.text
    assert f'href="{BASE}/change"' in after.text
    assert browser.get(f"{BASE}/pdf").status_code == 404
    assert browser.get(f"{BASE}/erase").status_code == 303
    assert browser.get(f"{BASE}/change").status_code == 200


def test_states_are_said(browser: FlaskClient, desk: Desk, who: Actor) -> None:
    assert browser.get(f"{BASE}/change").status_code == 303
    issue(browser, desk)
    number = mine(desk, who)
    verifying.revoke(desk, SYSTEM, number, "issued by mistake")
    revoked = browser.get(BASE)
    assert f'href="{BASE}/change"' not in revoked.text
    assert 'class="notice error"' in revoked.text


def mine(desk: Desk, who: Actor) -> str:
    from lms.actions.certifying import my_certificate  # noqa: PLC0415  # only here

    holding = my_certificate(desk, who, CODE).holding
    assert holding is not None
    return holding.number


def test_who_has_not_completed_the_course_is_told(client: FlaskClient, desk: Desk, who: Actor) -> None:
    assert client.get(BASE, lint=False).status_code in {302, 303, 401, 403}
    sign_in(client, desk, a_learner(desk, "Other"))
    for address in (BASE, f"{BASE}/change", f"{BASE}/making", f"{BASE}/erase"):
        assert client.get(address).status_code == 403
    assert client.get(f"{BASE}/pdf").status_code == 404
    assert preview(client, desk).status_code == 403


def test_a_forged_press_is_refused(browser: FlaskClient, desk: Desk, who: Actor) -> None:
    shown = hidden(preview(browser, desk))
    assert send(browser, desk, BASE, **(shown | {"request": "../../x"})).status_code == 400
    assert browser.post(BASE, data=shown).status_code == 403
    assert send(browser, desk, BASE, **(shown | {"name": ""})).status_code == 422
    with pytest.raises(Exception, match=r"certificate\.none"):
        printing.my_pdf(desk, who, CODE)


def test_the_pages_cost_the_same_however_many_there_are(browser: FlaskClient, desk: Desk, who: Actor) -> None:
    def cost(address: str) -> int:
        with statements(desk) as sent:
            assert browser.get(address).status_code == 200
        return len(sent)

    issue(browser, desk)
    verify = f"/en/verify/{mine(desk, who)}"
    before = [cost(address) for address in (BASE, verify)]
    for name in ("First", "Second", "Third"):
        certifying.issue(desk, a_graduate(desk, name), CODE, a_choice(name), f"press-{name}")
    assert [cost(address) for address in (BASE, verify)] == before
    assert before[0] <= 8
    assert before[1] <= 4
