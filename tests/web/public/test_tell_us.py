"""Telling the authors from a page: nothing typed is lost, nobody is named against their wish."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.core.learning.reports import Report
from lms.core.people.actors import WHOLE_HOUSE
from lms.storage.learning import reports
from tests import builders_learning as make
from tests.builders_learning import SAMPLE_CODE as CODE
from tests.builders_pages import Reader

HERE = f"/tell-us?course={CODE}&version=1.0.0&place=m1/l1%23s1"


@pytest.fixture(params=["en", "fr"])
def reader(request: pytest.FixtureRequest, client: FlaskClient, context: Context) -> Reader:
    return Reader(client, make.with_sample(context), request.param)


def _reports(context: Context) -> tuple[Report, ...]:
    with context.database.reading() as tx:
        return reports.waiting(tx, WHOLE_HOUSE)


def test_somebody_signed_out_tells_and_is_led_back(reader: Reader) -> None:
    page = reader.get(HERE)
    sent = reader.send(page, "/tell-us", {"kind": "barrier", "text": "The picture has no words."})
    thanks = reader.go(sent.to)
    assert f'href="/{reader.locale}/c/{CODE}/m1/l1#s1"' in thanks.html
    (found,) = _reports(reader.context)
    assert (found.place, found.version, found.person, found.kind) == ("m1/l1#s1", "1.0.0", "", "barrier")
    assert reader.send(page, "/tell-us", {"kind": "barrier", "text": "Again."}).status == 303
    assert len(_reports(reader.context)) == 1


def test_a_member_may_hide_their_name(reader: Reader) -> None:
    sam = make.a_member(reader.context)
    reader.sign_in(sam)
    for hidden in ({"anonymous": "y"}, {}):
        page = reader.get("/tell-us")
        sent = reader.send(page, "/tell-us", {"kind": "other", "text": "Thank you.", **hidden})
        assert reader.go(sent.to).status == 200
    assert [one.person for one in _reports(reader.context)] == ["", sam.person]


def test_what_is_missing_is_said_and_what_was_typed_stays(reader: Reader) -> None:
    page = reader.get(HERE)
    sent = reader.send(page, "/tell-us", {"contact": "me@example.org"})
    assert sent.status == 422
    assert 'href="#kind-0"' in sent.html
    assert 'href="#text"' in sent.html
    assert sent.form("/tell-us")["contact"] == ["me@example.org"]
    assert sent.form("/tell-us")["place"] == ["m1/l1#s1"]


def test_the_part_of_a_lesson_is_chosen_in_the_form_and_kept(reader: Reader) -> None:
    page = reader.get(f"/tell-us?course={CODE}&place=m1/l1")
    assert '<option value="m1/l1" selected>' in page.html
    assert '<option value="m1/l1#s3">' in page.html
    wrong = reader.send(page, "/tell-us", {"kind": "wrong", "place": "m1/l1#s3"})
    assert wrong.status == 422
    assert '<option value="m1/l1#s3" selected>' in wrong.html
    reader.send(wrong, "/tell-us", {"text": "A word is missing."})
    assert [one.place for one in _reports(reader.context)] == ["m1/l1#s3"]


def test_the_language_can_be_switched_while_writing(reader: Reader) -> None:
    other = {"en": "fr", "fr": "en"}[reader.locale]
    page = reader.send(reader.get(HERE), "/tell-us", {"text": "Half a sen"}, switch_to=other)
    assert page.status == 200
    assert f'<html lang="{other}"' in page.html
    assert "Half a sen" in page.html


@pytest.mark.parametrize(
    "address", ["/tell-us?course=nope&place=x", "/tell-us?place=//evil.example", "/tell-us?place=sign-in"]
)
def test_an_address_that_leads_nowhere_is_no_fault(reader: Reader, address: str) -> None:
    page = reader.get(address)
    assert page.status == 200
    sent = reader.send(page, "/tell-us", {"kind": "wrong", "text": "Hm."})
    assert not re.search(r'href="[^"?]*evil', reader.go(sent.to).html)


def test_a_made_up_place_is_refused_and_kept_on_the_page(reader: Reader) -> None:
    page = reader.get("/tell-us")
    sent = reader.send(page, "/tell-us", {"kind": "wrong", "text": "Hm.", "place": "<b>"})
    assert sent.status == 422
    assert "Hm." in sent.html
