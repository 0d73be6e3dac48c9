"""From a changed draft to the version that is current, through the pages: two people, both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.actions.publishing import preparing
from lms.actions.publishing.preparing import SealRequest
from lms.core.errors import Invalid
from lms.core.people.actors import SYSTEM, Actor, Role
from lms.web.views.workspace.releases.publish import moment_in
from lms.web.wiring import build
from tests.builders import Clock, a_context
from tests.builders_content import sample_site
from tests.builders_drafts import EN, FR, a_workshop, an_admin, an_author, edit
from tests.builders_learning import SAMPLE, SAMPLE_CODE, a_member
from tests.builders_pages import Reader
from tests.builders_published import publish
from tests.builders_renewal import later

HOME = f"/workspace/{SAMPLE}"
NOTE = {"why-en": "Clearer words.", "why-fr": "Des mots plus clairs."}


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return a_workshop(tmp_path)


@pytest.fixture
def author(context: Context) -> Actor:
    return an_author(context)


def reader(client: FlaskClient, context: Context, who: Actor) -> Reader:
    made = Reader(client, context)
    made.sign_in(who)
    return made


def press(made: Reader, address: str, **fields: str) -> tuple[int, str]:
    """Send a form of a page with its token."""
    page = made.client.get(f"/en{HOME}/publish").get_data(as_text=True)
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    answer = made.client.post(f"/en{HOME}{address}", data={"csrf_token": token, **fields})
    return answer.status_code, answer.get_data(as_text=True)


def prepared(client: FlaskClient, context: Context, author: Actor) -> None:
    """Change both languages, confirm that they mean the same, and have them approved."""
    edit(context, author, "Each question has", "Every question has", EN)
    edit(context, author, "Chaque question a", "Toute question a", FR)
    who = reader(client, context, author)
    page = who.get(f"{HOME}/translation")
    assert "Every question has a reason." in page.html
    assert "Toute question a une raison." in page.html
    key = page.html.split('name="set" value="')[1].split('"')[0]
    assert press(who, "/translation/confirm", set=key)[0] == 303
    assert "No block needs to be checked" in who.get(f"{HOME}/translation").html
    other = reader(client, context, an_author(context, "Rémi"))
    review = other.get(f"{HOME}/review").html
    assert "Ana" in review
    digest = review.split('name="digest" value="')[1].split('"')[0]
    for locale in ("en", "fr"):
        assert press(other, "/review/approve", locale=locale, digest=digest)[0] == 303


def test_a_version_goes_from_the_draft_to_its_learners(
    client: FlaskClient, context: Context, author: Actor
) -> None:
    prepared(client, context, author)
    admin = reader(client, context, an_admin(context))
    page = admin.get(f"{HOME}/publish").html
    assert "new information" in page
    assert "The translations are current." in page
    assert 'value="1.1.0"' in page
    assert press(admin, "/publish/seal", version="1.1.0")[0] == 422
    code, kept = press(admin, "/publish/seal", version="1.0.1", **NOTE)
    assert code == 422
    assert "Clearer words." in kept
    assert press(admin, "/publish/seal", version="1.1.0", **NOTE)[0] == 303
    page = admin.get(f"{HOME}/publish").html
    assert "sealed, not published" in page
    assert "What would happen" in page
    assert press(admin, "/publish/activate", version="1.1.0", when="later", day="soon")[0] == 422
    later = {"when": "later", "day": "2026-12-01", "time": "09:00", "zone": "America/Vancouver"}
    assert press(admin, "/publish/activate", version="1.1.0", **later)[0] == 303
    assert "Scheduled for" in admin.get(f"{HOME}/publish").html
    assert press(admin, "/publish/withdraw", version="1.1.0")[0] == 303
    assert press(admin, "/publish/activate", version="1.1.0", when="now")[0] == 303
    assert "Published on" in admin.get(f"{HOME}/publish").html
    assert "Go back to an earlier version" in admin.get(f"{HOME}/publish").html
    back = {"earlier": "1.0.0", "version": "1.2.0", **NOTE}
    assert press(admin, "/publish/back", **back)[0] == 303


@pytest.mark.parametrize("zone", ["America/Toronto", "America/Vancouver", "America/Moncton"])
def test_a_date_is_read_in_the_zone_of_the_house(tmp_path: Path, zone: str) -> None:
    context = a_context(tmp_path / "data", site=sample_site(tmp_path / "site"), environ={"TIME_ZONE": zone})
    publish(context, SAMPLE, "1.0.0")
    later(context)
    edit(context, an_author(context), "Each question has", "Every question has")
    said = SealRequest("Ana", {"en": "Clearer.", "fr": "Plus clair."}, unapproved=True)
    preparing.seal(context, SYSTEM, SAMPLE, "1.1.0", said)
    who = reader(build(context).test_client(), context, an_admin(context))
    who.lint = False  # the client is Flask’s own
    page = who.client.get(f"/en{HOME}/publish").get_data(as_text=True)
    assert f'<option value="{zone}" selected>' in page


def test_as_of_gives_the_words_of_its_day(client: FlaskClient, context: Context, author: Actor) -> None:
    prepared(client, context, author)
    assert isinstance(context.now, Clock)
    context.now.move(days=10)
    admin = reader(client, context, an_admin(context))
    press(admin, "/publish/seal", version="1.1.0", **NOTE)
    press(admin, "/publish/activate", version="1.1.0", when="now")
    anybody = Reader(client, context)
    versions = anybody.get(f"/c/{SAMPLE_CODE}/versions").html
    assert "Version 1.1.0" in versions
    assert "Clearer words." in versions
    release = context.library.release(SAMPLE, "1.0.0")
    module = next(one for one in release.modules if one.id == "forms")
    lesson = f"{module.code}/{module.lessons[0].code}"
    then = anybody.get(f"/c/{SAMPLE_CODE}/as-of?on=2026-11-23&lesson={lesson}").html
    assert "Each question has a reason." in then
    assert "What we knew about the law" in then
    now = anybody.get(f"/c/{SAMPLE_CODE}/as-of?lesson={lesson}").html
    assert "Every question has a reason." in now
    assert anybody.client.get(f"/en/c/{SAMPLE_CODE}/as-of?on=2020-01-01").status_code == 404
    assert anybody.client.get(f"/en/c/{SAMPLE_CODE}/as-of?on=2099-01-01").status_code == 422
    assert anybody.client.get(f"/en/c/{SAMPLE_CODE}/as-of?on=soon").status_code == 422
    assert anybody.client.get(f"/en/c/{SAMPLE_CODE}/as-of?law=soon").status_code == 422
    assert anybody.client.get(f"/en/c/{SAMPLE_CODE}/as-of?lesson=no/no").status_code == 404
    assert anybody.client.get(f"/en/c/{SAMPLE_CODE}/as-of").status_code == 200


def test_an_approval_lapses_and_says_which_words_changed(
    client: FlaskClient, context: Context, author: Actor
) -> None:
    prepared(client, context, author)
    edit(context, author, "Every question has", "Each and every question has", EN)
    page = reader(client, context, author).get(f"{HOME}/review").html
    assert "An earlier approval is no longer valid" in page
    assert "replaced: “Every” with “Each and every”" in page
    assert "No word changed in this language since then." in page
    assert "You wrote part of what is new here" in page


def test_a_typo_is_marked_by_name_and_makes_the_change_small(
    client: FlaskClient, context: Context, author: Actor
) -> None:
    edit(context, author, "A short form is a kind form.", "A short form is a kind form!", EN)
    who = reader(client, context, author)
    page = who.get(f"{HOME}/publish").html
    assert "new information" in page
    assert "Only people with the administration role" in page
    block = page.split('name="block" value="')[1].split('"')[0]
    assert press(who, "/publish/typo", block=block)[0] == 303
    assert "small corrections" in who.get(f"{HOME}/publish").html
    assert press(who, "/publish/typo", block=block, undo="1")[0] == 303
    assert press(who, "/publish/typo", block="0" * 64)[0] == 404
    assert press(who, "/publish/seal", version="1.1.0")[0] == 403


def test_an_author_who_is_alone_gives_a_reason_that_is_shown(client: FlaskClient, context: Context) -> None:
    alone = a_member(context, "Solo", Role.AUTHOR, Role.REVIEWER, Role.ADMIN)
    edit(context, alone, "A short form is a kind form.", "A short form is a kind form, always.", EN)
    edit(context, alone, "Un formulaire court est", "Un formulaire court reste", FR)
    who = reader(client, context, alone)
    for _ in range(3):
        page = who.get(f"{HOME}/translation").html
        if 'name="set" value="' in page:
            press(who, "/translation/confirm", set=page.split('name="set" value="')[1].split('"')[0])
    assert press(who, "/publish/seal", version="1.1.0", **NOTE)[0] == 409
    reason = {"alone": "Nobody else works here yet."}
    assert press(who, "/publish/seal", version="1.1.0", **NOTE, **reason)[0] == 303
    assert press(who, "/publish/activate", version="1.1.0", when="now")[0] == 303
    shown = who.get(f"/c/{SAMPLE_CODE}/versions").html
    assert "Nobody else works here yet." in shown
    assert press(who, "/publish/read", version="1.1.0")[0] == 404
    other = reader(client, context, an_author(context, "Noor"))
    assert press(other, "/publish/read", version="1.1.0")[0] == 303
    assert "Someone else read it on" in other.get(f"/c/{SAMPLE_CODE}/versions").html


def test_a_confirmation_is_undone(client: FlaskClient, context: Context, author: Actor) -> None:
    edit(context, author, "Each question has", "Every question has", EN)
    who = reader(client, context, author)
    key = who.get(f"{HOME}/translation").html.split('name="set" value="')[1].split('"')[0]
    assert press(who, "/translation/confirm", set=key)[0] == 303
    assert "Confirmed on" in who.get(f"{HOME}/translation?show=confirmed").html
    assert press(who, "/translation/undo", set=key)[0] == 303
    assert press(who, "/translation/undo", set=key)[0] == 404
    assert "Every question has a reason." in who.get(f"{HOME}/translation?show=check").html
    assert "Nothing here" in who.get(f"{HOME}/translation?show=missing").html


def test_a_refused_seal_says_what_is_missing_and_is_pressed_again(
    client: FlaskClient, context: Context, author: Actor
) -> None:
    prepared(client, context, author)
    who = reader(client, context, an_admin(context))
    status, page = press(who, "/publish/seal", version="1.1.0", parent="1.0.0")
    assert status == 422
    assert "in these languages: English and French." in page
    assert 'href="#why-en"' in page
    assert f'action="/en{HOME}/publish/seal"' in page
    assert "/seal/seal" not in page


def test_who_approved_is_not_asked_for_somebody_else(
    client: FlaskClient, context: Context, author: Actor
) -> None:
    prepared(client, context, author)
    page = client.get(f"/en{HOME}/publish").get_data(as_text=True)  # Rémi, who approved, is still there
    assert "Someone else has approved each language." in page


@pytest.mark.parametrize(
    ("day", "time", "zone"),
    [
        ("2027-01-01", "10:00+05:00", "UTC"),
        ("2027-01-01", "10:00:00.5", "UTC"),
        ("20270101", "", "UTC"),
        ("2027-03-14", "02:30", "America/Toronto"),
        ("2027-02-31", "", "UTC"),
        ("9999-12-31", "23:59", "America/Vancouver"),
        ("0001-01-01", "", "America/Toronto"),
        ("2027-01-01", "", "Mars/Olympus"),
    ],
)
def test_a_moment_is_taken_as_it_was_meant_or_not_at_all(day: str, time: str, zone: str) -> None:
    """A zone in the time would be dropped; 02:30 is left out on the day the clocks go forward."""
    with pytest.raises(Invalid):
        moment_in(day, time, zone)


def test_a_refusal_names_the_course_and_the_languages_as_readers_do(
    client: FlaskClient, context: Context, author: Actor
) -> None:
    edit(context, author, "Each question has", "Every question has", EN)
    status, page = press(reader(client, context, an_admin(context)), "/publish/seal", version="1.1.0", **NOTE)
    assert status == 409
    assert "in these languages: English and French." in page
