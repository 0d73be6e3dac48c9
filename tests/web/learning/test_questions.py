"""Questions before, after and later: optional, in either language, with nothing chosen beforehand."""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.actions.learning import learning
from tests import builders_learning as make
from tests.builders_accounts import clock
from tests.builders_pages import Reader
from tests.builders_pages import Sheet as Page
from tests.builders_surveys import CODE, MONTHS, a_letter, responses, with_survey

HERE = f"/c/{CODE}/questions"


@pytest.fixture
def context(context: Context) -> Context:
    return with_survey(context)


@pytest.fixture(params=["en", "fr"])
def reader(request: pytest.FixtureRequest, client: FlaskClient, context: Context) -> Reader:
    return Reader(client, context, request.param)


def opened(reader: Reader, moment: str) -> Page:
    """Open the questions as somebody who is asked: after a course that is whoever has completed it."""
    if moment == "after":
        sam = make.a_member(reader.context)
        make.finish(reader.context, sam, CODE)
        reader.sign_in(sam)
    key = f"?letter={a_letter(reader.context)}" if moment == "later" else ""
    return reader.get(f"{HERE}/{moment}{key}")


@pytest.mark.parametrize(("moment", "count"), [("before", 3), ("after", 5), ("later", 6)])
def test_each_moment_has_a_page_on_which_nothing_is_chosen(reader: Reader, moment: str, count: int) -> None:
    page = opened(reader, moment)
    assert set(page.form(f"/questions/{moment}")) == {"csrf_token", "press", "version"}
    # What is chosen stands in a form of its own, which nobody sends: "no answer", for text browsers.
    chosen = [tag for tag in page.html.split("<input")[1:] if "checked" in tag.split(">")[0]]
    assert all('value=""' in tag and 'form="unsent"' in tag for tag in chosen)
    names = re.findall(r'<input id="[^"]+" name="([^"]+)" type="(?:radio|checkbox)"', page.html)
    assert len(set(names)) == count


def test_answers_are_kept_and_one_is_led_back(reader: Reader) -> None:
    page = opened(reader, "later")
    sent = reader.send(
        page, "/questions/later", {"confidence-c2": "5", "done-i1": "partly", "obstacles": ["b1", "b4"]}
    )
    assert (sent.status, sent.to, sent.told) == (303, f"/{reader.locale}/c/{CODE}", "answers-sent")
    assert 'role="status"' in reader.go(sent.to).html
    (kept,) = responses(reader.context)
    assert json.loads(kept["answers"]) == {
        "confidence": {"c2": 5},
        "done": {"i1": "partly"},
        "obstacles": ["b1", "b4"],
    }
    assert reader.send(page, "/questions/later", {"confidence-c2": "1"}).status == 303
    assert len(responses(reader.context)) == 1


def test_an_empty_sheet_is_not_sent(reader: Reader) -> None:
    sent = reader.send(reader.get(f"{HERE}/before"), "/questions/before")
    assert sent.told == "nothing-chosen"
    assert reader.go(sent.to).status == 200
    assert responses(reader.context) == []


def test_the_language_can_be_switched_with_what_was_chosen(reader: Reader) -> None:
    other = {"en": "fr", "fr": "en"}[reader.locale]
    page = reader.send(
        opened(reader, "after"), "/questions/after", {"intention-i1": "unsure"}, switch_to=other
    )
    assert page.status == 200
    assert f'<html lang="{other}"' in page.html
    assert page.form("/questions/after")["intention-i1"] == ["unsure"]


def test_a_form_that_was_open_too_long_keeps_what_was_chosen(reader: Reader) -> None:
    page = reader.get(f"{HERE}/before")
    clock(reader.context).move(minutes=13 * 60)
    late = reader.send(page, "/questions/before", {"confidence-c1": "2"})
    assert late.status == 422
    assert late.form("/questions/before")["confidence-c1"] == ["2"]
    assert reader.send(late, "/questions/before").told == "answers-sent"
    assert len(responses(reader.context)) == 1


def test_a_made_up_reply_is_refused(reader: Reader) -> None:
    page = reader.get(f"{HERE}/before")
    assert reader.send(page, "/questions/before", {"confidence-c1": "9"}).status == 422


def test_other_moments_and_versions_are_not_there(reader: Reader) -> None:
    assert reader.get(f"{HERE}/meanwhile").status == 404
    page = reader.get(f"{HERE}/before")
    assert reader.send(page, "/questions/before", {"version": "9.9.9"}).status == 404


def test_pages_ask_little_of_the_database(reader: Reader) -> None:
    address = f"{HERE}/later?letter={a_letter(reader.context)}"
    with make.statements(reader.context) as shown:
        page = reader.get(address)
    with make.statements(reader.context) as sent:
        reader.send(page, "/questions/later", {"done-i1": "yes"})
    assert (len(shown), len(sent)) == (1, 7)


@pytest.mark.parametrize("moment", ["after", "later"])
def test_whoever_never_saw_the_course_is_not_asked(reader: Reader, moment: str) -> None:
    refused = [
        reader.get(f"{HERE}/{moment}"),
        reader.get(f"{HERE}/{moment}?letter=x"),
        reader.get(f"{HERE}/after?letter={a_letter(reader.context)}"),
        reader.get(f"{HERE}/later?letter={a_letter(reader.context, 'another')}"),
    ]
    assert [page.status for page in refused] == [403] * 4
    before = reader.get(f"{HERE}/before")
    fields = {**before.form("/questions/before"), "intention-i1": "yes", "done-i1": "yes"}
    sent = reader.client.post(f"/{reader.locale}{HERE}/{moment}", data=fields)
    assert sent.status_code == 403
    assert responses(reader.context) == []


def test_three_months_later_begins_after_three_months(reader: Reader) -> None:
    sam = make.a_member(reader.context)
    make.finish(reader.context, sam, CODE)
    reader.sign_in(sam)
    assert reader.get(f"{HERE}/later").status == 403
    clock(reader.context).move(days=MONTHS)
    reader.sign_in(sam)
    assert reader.get(f"{HERE}/later").status == 200


# --- invitations -------------------------------------------------------------------------------------
def invites(page: str, moment: str) -> bool:
    return f'{HERE}/{moment}"' in page


def test_the_course_page_invites_before_and_after(reader: Reader) -> None:
    assert invites(reader.get(f"/c/{CODE}").html, "before")
    sam = make.a_member(reader.context)
    learning.enrol(reader.context, sam, CODE, "en")
    reader.sign_in(sam)
    assert invites(reader.get(f"/c/{CODE}").html, "before")
    make.read_all(reader.context, sam, CODE, only="m1")
    assert "/questions/" not in reader.get(f"/c/{CODE}").html
    make.finish(reader.context, sam, CODE)
    assert invites(reader.get(f"/c/{CODE}").html, "after")
    assert invites(reader.get(f"/c/{CODE}/certificate").html, "after")


def test_my_learning_asks_three_months_later(reader: Reader) -> None:
    sam = make.a_member(reader.context)
    make.finish(reader.context, sam, CODE)
    reader.sign_in(sam)
    with make.statements(reader.context) as soon:
        assert "/questions/" not in reader.get("/my-learning").html
    clock(reader.context).move(days=MONTHS)
    reader.sign_in(sam)
    with make.statements(reader.context) as later:
        assert invites(reader.get("/my-learning").html, "later")
    assert len(later) == len(soon) + 1 == 6
