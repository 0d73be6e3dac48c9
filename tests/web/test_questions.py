"""Questions before, after and later: optional, in either language, with nothing chosen beforehand."""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient

from lms.actions import learning
from lms.actions.desk import Desk
from tests import builders_learning as make
from tests.builders_accounts import clock
from tests.builders_pages import Reader
from tests.builders_surveys import CODE, MONTHS, responses, with_survey

HERE = f"/c/{CODE}/questions"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return with_survey(desk)


@pytest.fixture(params=["en", "fr"])
def reader(request: pytest.FixtureRequest, client: FlaskClient, desk: Desk) -> Reader:
    return Reader(client, desk, request.param)


@pytest.mark.parametrize(("moment", "count"), [("before", 3), ("after", 5), ("later", 6)])
def test_each_moment_has_a_page_on_which_nothing_is_chosen(reader: Reader, moment: str, count: int) -> None:
    page = reader.get(f"{HERE}/{moment}")
    assert set(page.form(f"/questions/{moment}")) == {"csrf_token", "press", "version"}
    assert "checked" not in page.html
    names = re.findall(r'<input id="[^"]+" name="([^"]+)" type="(?:radio|checkbox)"', page.html)
    assert len(set(names)) == count


def test_answers_are_kept_and_one_is_led_back(reader: Reader) -> None:
    page = reader.get(f"{HERE}/later")
    sent = reader.send(
        page, "/questions/later", {"confidence-c2": "5", "done-i1": "partly", "obstacles": ["b1", "b4"]}
    )
    assert (sent.status, sent.to) == (303, f"/{reader.locale}/c/{CODE}?done=answers-sent")
    assert 'role="status"' in reader.go(sent.to).html
    (kept,) = responses(reader.desk)
    assert json.loads(kept["answers"]) == {
        "confidence": {"c2": 5},
        "done": {"i1": "partly"},
        "obstacles": ["b1", "b4"],
    }
    assert reader.send(page, "/questions/later", {"confidence-c2": "1"}).status == 303
    assert len(responses(reader.desk)) == 1


def test_an_empty_sheet_is_not_sent(reader: Reader) -> None:
    sent = reader.send(reader.get(f"{HERE}/before"), "/questions/before")
    assert sent.to.endswith("?done=nothing-chosen")
    assert reader.go(sent.to).status == 200
    assert responses(reader.desk) == []


def test_the_language_can_be_switched_with_what_was_chosen(reader: Reader) -> None:
    other = {"en": "fr", "fr": "en"}[reader.locale]
    page = reader.send(
        reader.get(f"{HERE}/after"), "/questions/after", {"intention-i1": "unsure"}, switch_to=other
    )
    assert page.status == 200
    assert f'<html lang="{other}"' in page.html
    assert page.form("/questions/after")["intention-i1"] == ["unsure"]


def test_a_form_that_was_open_too_long_keeps_what_was_chosen(reader: Reader) -> None:
    page = reader.get(f"{HERE}/before")
    clock(reader.desk).move(minutes=13 * 60)
    late = reader.send(page, "/questions/before", {"confidence-c1": "2"})
    assert late.status == 422
    assert late.form("/questions/before")["confidence-c1"] == ["2"]
    assert reader.send(late, "/questions/before").to.endswith("?done=answers-sent")
    assert len(responses(reader.desk)) == 1


def test_a_made_up_reply_is_refused(reader: Reader) -> None:
    page = reader.get(f"{HERE}/before")
    assert reader.send(page, "/questions/before", {"confidence-c1": "9"}).status == 422


def test_other_moments_and_versions_are_not_there(reader: Reader) -> None:
    assert reader.get(f"{HERE}/meanwhile").status == 404
    page = reader.get(f"{HERE}/before")
    assert reader.send(page, "/questions/before", {"version": "9.9.9"}).status == 404


def test_pages_ask_little_of_the_database(reader: Reader) -> None:
    with make.statements(reader.desk) as shown:
        page = reader.get(f"{HERE}/after")
    with make.statements(reader.desk) as sent:
        reader.send(page, "/questions/after", {"intention-i1": "yes"})
    assert (len(shown), len(sent)) == (1, 7)


# --- invitations -------------------------------------------------------------------------------------
def invites(page: str, moment: str) -> bool:
    return f'{HERE}/{moment}"' in page


def test_the_course_page_invites_before_and_after(reader: Reader) -> None:
    assert invites(reader.get(f"/c/{CODE}").html, "before")
    sam = make.a_member(reader.desk)
    learning.enrol(reader.desk, sam, CODE, "en")
    reader.sign_in(sam)
    assert invites(reader.get(f"/c/{CODE}").html, "before")
    make.read_all(reader.desk, sam, CODE, only="m1")
    assert "/questions/" not in reader.get(f"/c/{CODE}").html
    make.finish(reader.desk, sam, CODE)
    assert invites(reader.get(f"/c/{CODE}").html, "after")
    assert invites(reader.get(f"/c/{CODE}/certificate").html, "after")


def test_my_learning_asks_three_months_later(reader: Reader) -> None:
    sam = make.a_member(reader.desk)
    make.finish(reader.desk, sam, CODE)
    reader.sign_in(sam)
    with make.statements(reader.desk) as soon:
        assert "/questions/" not in reader.get("/my-learning").html
    clock(reader.desk).move(days=MONTHS)
    reader.sign_in(sam)
    with make.statements(reader.desk) as later:
        assert invites(reader.get("/my-learning").html, "later")
    assert len(later) == len(soon) + 1 == 5
