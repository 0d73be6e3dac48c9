"""The register in the workspace: forms keep what was typed, and lead back to where it shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.actions.legislation import dates
from lms.core.people.actors import SYSTEM, Actor
from tests.builders_learning import a_member, wait
from tests.builders_legislation import LAW, TODAY, a_written_site, an_author, with_event
from tests.builders_pages import Reader

LAWS = "/workspace/laws"
EVENT: dict[str, str | list[str]] = {
    "event": "amendment",
    "date": TODAY,
    "words_en": "A drink as well.",
    "words_fr": "À boire aussi.",
    "material": "yes",
}


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return a_written_site(tmp_path)


@pytest.fixture(params=["en", "fr"])
def reader(request: pytest.FixtureRequest, client: FlaskClient, context: Context) -> Reader:
    return Reader(client, context, request.param)


@pytest.fixture
def author(reader: Reader) -> Actor:
    found = an_author(reader.context)
    reader.sign_in(found)
    return found


def test_the_list_is_filtered(reader: Reader, author: Actor) -> None:
    assert f"{LAWS}/{LAW}" in reader.get(LAWS).html
    doubtful = reader.get(f"{LAWS}?doubt=y").html
    assert f"{LAWS}/sample-code" in doubtful
    assert f'{LAWS}/{LAW}"' not in doubtful
    assert 'class="empty"' in reader.get(f"{LAWS}?topic=nothing").html


def test_others_do_not_come_in(reader: Reader) -> None:
    reader.sign_in(a_member(reader.context))
    assert reader.get(LAWS).status == 403


def test_an_event_is_added_with_a_form(reader: Reader, author: Actor) -> None:
    path = f"{LAWS}/{LAW}/event"
    page = reader.get(path)
    wrong = reader.send(page, path, {"words_en": "A drink."})
    assert (wrong.status, "A drink." in wrong.html) == (422, True)
    done = reader.send(wrong, path, EVENT)
    assert (done.status, done.told) == (303, "law-event-added")
    shown = reader.go(done.to).html
    assert "À boire aussi." in shown or "A drink as well." in shown
    assert f"/workspace/impact/{LAW}?event={TODAY}/amendment" in shown
    dossier = f'/workspace/dossiers/new?law={LAW}&amp;event={TODAY}/amendment"'
    assert shown.count(dossier) == len(["what comes next", "the table of events"])


def test_who_was_too_late_sees_both(reader: Reader, author: Actor) -> None:
    path = f"{LAWS}/{LAW}/event"
    page = reader.get(path)
    with_event(reader.context, author, date="2026-11-01", event="court")
    late = reader.send(page, path, EVENT)
    assert late.status == 409
    assert 'id="now"' in late.html
    assert "À boire aussi." in late.html
    assert reader.send(late, path, {"material": "yes"}).status == 303


def test_one_press_says_that_nothing_has_changed(reader: Reader, author: Actor) -> None:
    page = reader.get(f"{LAWS}/{LAW}")
    assert reader.send(page, f"{LAW}/checked").told == "law-checked"


def test_what_is_not_read_stays_marked_until_somebody_says_where_it_was(
    reader: Reader, author: Actor
) -> None:
    path = f"{LAWS}/sample-code"
    assert f"{path}/read" in reader.get(path).html
    page = reader.get(f"{path}/read")
    assert reader.send(page, f"{path}/read").status == 422
    told: dict[str, str | list[str]] = {"source": "The gazette", "read": TODAY, "settled": ["0"]}
    assert reader.send(page, f"{path}/read", told).told == "law-read"
    assert reader.send(page, f"{path}/read", told).status == 409


def test_a_law_is_added_without_an_id(reader: Reader, author: Actor) -> None:
    page = reader.get(f"{LAWS}/new")
    assert reader.send(page, f"{LAWS}/new", {"title_en": "New Act"}).status == 422
    told: dict[str, str | list[str]] = {
        "title_en": "New Act",
        "title_fr": "Nouvelle loi",
        "jurisdiction": "ca",
        "kind": "statute",
        "status": "not-yet",
        "meaning_en": "It is new.",
        "meaning_fr": "Elle est nouvelle.",
        "topics": ["sample"],
    }
    done = reader.send(page, f"{LAWS}/new", told)
    assert (done.told, done.to) == ("law-added", f"/{reader.locale}{LAWS}/new-act")
    assert reader.go(done.to).status == 200


def test_what_was_expected_is_confirmed_and_dates_are_answered(reader: Reader, author: Actor) -> None:
    with_event(reader.context, author, date="2026-12-01")
    with_event(reader.context, author, date="2026-12-10", event="applies-from")
    dates.open_date_tasks(reader.context, SYSTEM)
    wait(reader.context, days=10)
    reader.sign_in(author)
    page = reader.get(f"{LAWS}/{LAW}")
    assert reader.send(page, f"{LAW}/confirm").told == "law-event-added"
    wrong = reader.send(page, f"{LAW}/date")
    assert wrong.status == 422
    assert reader.send(wrong, f"{LAW}/date", {"reason": "Nobody here."}).told == "law-date-answered"
    assert "Nobody here." in reader.get(f"{LAWS}/{LAW}").html


def test_impact_says_how_many_and_never_who(reader: Reader, author: Actor) -> None:
    event = with_event(reader.context, author)
    page = reader.get(f"/workspace/impact/{LAW}?event={event}").html
    assert "every office must offer a seat" in page or "chaque bureau" in page
    assert reader.get(f"/workspace/impact/{LAW}?event=9").status == 404
    assert 'class="empty"' in reader.get("/workspace/impact/old-sample-act").html
