"""What is far too long is refused as it came: in words beside its field, and nothing of it is kept."""

from __future__ import annotations

import time

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from tests import builders_learning as make
from tests.builders_pages import Reader
from tests.databases import all_rows

#: Marks in the wrong order: what puts them right takes a step for each pair of them.
MARKS = "\u0301" * 50_000 + "\u0327" * 50_000
AT_ONCE = 1.5  # seconds of work
Sent = tuple[str, dict[str, str], str, str, str]  # address, what is typed, which field of it, button, words
NAME = {"name": "Zoé", "sign_in_name": "heron", "password": "brumeuse-tasse-13"}
WHO = "This email address or sign-in name is too long"
LONG_NAME = "This name is too long"


@pytest.fixture
def reader(client: FlaskClient, context: Context) -> Reader:
    return Reader(client, make.with_sample(context), "en", lint=False)


@pytest.mark.parametrize("filling", ["z" * 100_000, MARKS, " " * 100_000 + "z"])
@pytest.mark.parametrize(
    "sent",
    [
        ("/sign-in", {"who": "heron", "password": "brumeuse"}, "who", "password", WHO),
        ("/sign-in", {"who": "heron", "password": "brumeuse"}, "password", "password", "at most 200"),
        ("/sign-in", {"who": "zoe@example.org"}, "who", "code", WHO),
        ("/sign-in/recovery", {"who": "heron", "code": "abcd"}, "who", "", WHO),
        ("/sign-in/recovery", {"who": "heron", "code": "abcd"}, "code", "", "does not match"),
        ("/sign-up", {"name": "Zoé", "email": "zoe@example.org"}, "name", "", LONG_NAME),
        ("/sign-up", {"name": "Zoé", "email": "z@example.org"}, "email", "", "email address is too long"),
        ("/sign-up/without-email", NAME, "name", "", LONG_NAME),
        ("/sign-up/without-email", NAME, "sign_in_name", "", "3 to 40"),
        ("/sign-up/without-email", NAME, "password", "", "at most 200"),
    ],
)
def test_what_is_far_too_long_is_refused_beside_its_field(reader: Reader, sent: Sent, filling: str) -> None:
    address, typed, field, do, words = sent
    page = reader.get(address)
    before = len(all_rows(reader.context.database))
    began = time.process_time()
    answer = reader.send(page, address, {**typed, field: filling}, do=do)
    assert time.process_time() - began < AT_ONCE
    assert answer.status == 422
    assert words in answer.html
    assert len(all_rows(reader.context.database)) < before + 2_000


@pytest.mark.parametrize("filling", [MARKS, "z " * 100_000])
def test_a_question_is_cut_before_it_is_looked_at(reader: Reader, filling: str) -> None:
    page = reader.get("/search")
    began = time.process_time()
    assert reader.send(page, "/search", {"question": filling}).status == 303
    assert time.process_time() - began < AT_ONCE
