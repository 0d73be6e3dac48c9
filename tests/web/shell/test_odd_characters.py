"""Text that a database refuses is refused on both, in words, and what was typed stays."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.actions.learning import learning
from lms.core.people.actors import WHOLE_HOUSE, Actor
from lms.storage.learning import reports
from tests import builders_learning as make
from tests.builders_learning import SAMPLE_CODE as CODE
from tests.builders_pages import Reader, Sheet
from tests.databases import all_rows

CHECK = f"/c/{CODE}/m1/check"
WORDS = {
    "en": "contains a character that we can’t save",
    "fr": "contient un caractère que nous ne pouvons pas enregistrer",
}


@pytest.fixture(params=["en", "fr"])
def reader(request: pytest.FixtureRequest, client: FlaskClient, context: Context) -> Reader:
    return Reader(client, make.with_sample(context), request.param, lint=False)


def test_a_form_says_so_and_keeps_what_was_typed(reader: Reader) -> None:
    page = reader.get("/tell-us")
    answer = reader.send(page, "/tell-us", {"kind": "other", "text": "the pic\0ture", "contact": "me"})
    assert answer.status == 422
    assert WORDS[reader.locale] in answer.html
    assert "the pic" in answer.html
    assert answer.form("/tell-us")["contact"] == ["me"]
    with reader.context.database.reading() as tx:
        assert reports.waiting(tx, WHOLE_HOUSE) == ()


def test_a_form_with_a_page_of_its_own_for_faults_says_so_too(reader: Reader) -> None:
    page = reader.get("/sign-up/without-email")
    typed = {"name": "Zo\0é", "sign_in_name": "heron\0", "password": "brumeuse-tasse-13"}
    answer = reader.send(page, "/sign-up/without-email", typed)
    assert answer.status == 422
    assert WORDS[reader.locale] in answer.html
    assert "heron" not in all_rows(reader.context.database)


def at_a_check(reader: Reader) -> tuple[Actor, Sheet, str]:
    """Return somebody with a check open, and a field of its first question."""
    sam = make.a_member(reader.context)
    learning.enrol(reader.context, sam, CODE, "en")
    reader.sign_in(sam)
    page = reader.begin_check(CHECK)
    return sam, page, f"{reader.paper(sam, CODE).questions[0].id}:text"


def test_an_answer_of_a_check_is_refused_and_the_attempt_goes_on(reader: Reader) -> None:
    sam, page, field = at_a_check(reader)
    before = reader.paper(sam, CODE)
    answer = reader.send(page, "/check", {field: "a\0b"}, do="save")
    assert answer.status == 422
    assert WORDS[reader.locale] in answer.html
    assert reader.paper(sam, CODE) == before
    assert reader.send(reader.get(CHECK), "/check", {field: "ab"}, do="save").status == 303


@pytest.mark.parametrize(
    "address",
    ["/c/q%00q", f"/c/{CODE}/m1/l%001", f"/c/{CODE}/m1/check/result/%00", "/verify/%00", "/tell-us%00"],
)
def test_an_address_with_one_is_an_address_that_is_not_there(reader: Reader, address: str) -> None:
    assert reader.get(address).status == 404


@pytest.mark.parametrize(
    "arguments", ["course=%00", "place=m1%00/l1", "version=%00", "q%00=1", "next=/%00", "number=%00"]
)
def test_an_argument_with_one_is_no_fault_of_ours(reader: Reader, arguments: str) -> None:
    for page in ("/tell-us", f"/c/{CODE}/questions/before", "/verify", "/sign-in", "/search", "/register"):
        assert reader.get(f"{page}?{arguments}").status < 500


def test_a_cookie_with_one_is_nobodys(reader: Reader) -> None:
    for value in ("a\\000b.1.c", "\\000", "%00", "\xff\xfe"):
        reader.client.set_cookie("parvis", value)
        assert reader.get("/account").status in {302, 303, 401, 403, 422}
        assert reader.get("/courses").status == 200


def test_a_page_that_asks_for_json_gets_the_words_too(reader: Reader) -> None:
    _, page, field = at_a_check(reader)
    fields = {**page.form("/check"), "save": "1", "known": "0", field: "a\0b"}
    asks = {"Accept": "application/json"}
    answer = reader.client.post(f"/{reader.locale}{CHECK}/save", data=fields, headers=asks)
    assert answer.status_code == 422
    assert answer.json is not None
    assert answer.json["error"] == "input.characters"
    assert WORDS[reader.locale] in answer.json["words"]
