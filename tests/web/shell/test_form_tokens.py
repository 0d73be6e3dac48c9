"""The token of forms: another one in each answer, and nothing to be learned from the length of a page."""

from __future__ import annotations

import base64
import gzip
import re

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.actions.learning import learning
from lms.actions.people.sessions import ticket_of
from lms.core.people.actors import Actor
from lms.storage.people.sessions import find
from lms.web.shell.security import MASK_DIGITS
from tests.builders_accounts import Hand
from tests.builders_certificates import later, sign_in
from tests.builders_learning import SAMPLE_CODE, a_member, with_sample

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture
def reader(client: FlaskClient, context: Context) -> FlaskClient:
    with_sample(context)
    sam = a_member(context)
    learning.enrol(context, sam, SAMPLE_CODE, "en")
    return sign_in(client, context, sam)


def tokens(client: FlaskClient, path: str) -> set[str]:
    found = set(TOKEN.findall(client.get(path).get_data(as_text=True)))
    assert found
    return found


def test_every_answer_has_its_own_token_and_all_its_forms_the_same(reader: FlaskClient) -> None:
    seen = [tokens(reader, "/en/account/name") for _ in range(4)]
    assert [len(one) for one in seen] == [1, 1, 1, 1]
    assert len(set.union(*seen)) == 4


def test_every_token_that_was_given_out_is_good_while_the_session_lives(reader: FlaskClient) -> None:
    given = {tokens(reader, "/en/account/name").pop() for _ in range(3)}
    for number, token in enumerate(given):
        sent = reader.post("/en/account/name", data={"csrf_token": token, "name": f"Sam {number}"})
        assert sent.status_code == 303


def test_a_token_is_good_after_the_same_person_has_signed_in_again(
    reader: FlaskClient, context: Context
) -> None:
    with context.database.reading() as tx:
        sam = find(tx, ticket_of(reader.get_cookie("parvis").value.split(".")[0]), 0)  # type: ignore[union-attr]
    token = tokens(reader, "/en/account/name").pop()
    away = reader.post("/en/sign-out", data={"csrf_token": token})
    assert away.status_code == 303
    assert reader.post("/en/account/name", data={"csrf_token": token, "name": "x"}).status_code == 403
    assert sam
    sign_in(reader, context, Actor(sam.person))
    assert reader.post("/en/account/name", data={"csrf_token": token, "name": "x"}).status_code == 303
    later(context, minutes=40 * 24 * 60)
    sign_in(reader, context, Actor(sam.person))
    assert reader.post("/en/account/name", data={"csrf_token": token, "name": "x"}).status_code == 303
    later(context, minutes=40 * 24 * 60)
    sign_in(reader, context, Actor(sam.person))
    assert reader.post("/en/account/name", data={"csrf_token": token, "name": "x"}).status_code == 403


def test_a_form_from_before_signing_in_is_good_afterwards(client: FlaskClient, context: Context) -> None:
    token = tokens(client, "/en/tell-us").pop()
    sign_in(client, context, a_member(context))
    sent = client.post("/en/tell-us", data={"csrf_token": token, "kind": "other", "text": ""})
    assert sent.status_code == 422, "only the text is missing"


def test_a_token_is_good_before_there_is_a_session(client: FlaskClient) -> None:
    hand = Hand(client)
    hand.look("sign-in")
    assert hand.send("sign-in", who="x", password="y").status_code == 422


@pytest.mark.parametrize(
    "change", ["first", "last", "swapped", "shorter", "longer", "upper", "zeros", "other"]
)
def test_a_token_that_was_touched_is_refused(reader: FlaskClient, context: Context, change: str) -> None:
    token = tokens(reader, "/en/account/name").pop()
    flipped = {"0": "1"}
    other = sign_in(reader.application.test_client(), context, a_member(context, "Ada"))
    touched = {
        "first": flipped.get(token[0], "0") + token[1:],
        "last": token[:-1] + flipped.get(token[-1], "0"),
        "swapped": token[MASK_DIGITS:] + token[:MASK_DIGITS][::-1],
        "shorter": token[:-1],
        "longer": f"{token}0",
        "upper": f"{token[:-1]}G",
        "zeros": "0" * len(token),
        "other": tokens(other, "/en/account/name").pop(),
    }[change]
    assert touched != token
    assert reader.post("/en/account/name", data={"csrf_token": touched, "name": "x"}).status_code == 403


def test_the_length_of_a_compressed_page_tells_nothing_of_the_token(
    reader: FlaskClient, context: Context
) -> None:
    """The next digit, typed into the search, was the shortest of sixteen answers (BREACH)."""
    plain = tokens(reader, f"/en/c/{SAMPLE_CODE}/m1/l1").pop()

    def size(guess: str) -> int:
        question = base64.urlsafe_b64encode(f'csrf_token" value="{guess}'.encode()).decode().rstrip("=")
        answer = reader.get(f"/en/search/{question}", headers={"Accept-Encoding": "gzip"}, lint=False)
        page = gzip.decompress(answer.get_data()).decode()
        assert "csrf_token" in page
        assert plain[:MASK_DIGITS] not in page
        return len(answer.get_data())

    shortest = 0
    for at in range(6, 14):
        sizes = {digit: size(plain[:at] + digit) for digit in "0123456789abcdef"}
        right = sizes.pop(plain[at])
        shortest += right < min(sizes.values())
    assert shortest < 6, "the right digit is the shortest no more often than any other"


def test_a_lesson_keeps_its_token_out_of_what_is_compressed(reader: FlaskClient, context: Context) -> None:
    """So it needs no mask, and two readings of one page are the same bytes (ADR 0020)."""
    lesson = f"/en/c/{SAMPLE_CODE}/m1/l1"
    token = tokens(reader, lesson).pop()
    assert tokens(reader, lesson) == {token}
    raw = reader.get(lesson, headers={"Accept-Encoding": "gzip"}, lint=False).get_data()
    assert token.encode() in raw, "a stored block, letter by letter"
    read = reader.post(f"{lesson}/read", data={"csrf_token": token})
    assert read.status_code == 303
