"""What pages of learning ask of the database: little, and the same whatever has happened before."""

from __future__ import annotations

from flask.testing import FlaskClient

from lms.actions import adopting, learning
from lms.actions.desk import Desk
from lms.core.people import SYSTEM
from tests import builders_learning as make
from tests.builders_learning import SAMPLE_CODE as CODE
from tests.builders_pages import Reader, right_fields

COURSE = f"/c/{CODE}"


def test_pages_ask_little_and_always_the_same(client: FlaskClient, desk: Desk) -> None:
    make.with_sample(desk)
    sam, reader = make.a_member(desk), Reader(client, desk)
    learning.enrol(desk, sam, CODE, "en")
    reader.sign_in(sam)
    counts = []
    for _ in range(2):
        page = reader.begin_check(f"{COURSE}/m1/check")
        paper = reader.paper(sam, CODE)
        with make.statements(desk) as questions:
            reader.get(f"{COURSE}/m1/check")
        with make.statements(desk) as submit:
            done = reader.send(page, "/check", right_fields(paper.questions, reader.locale), do="check")
        with make.statements(desk) as result:
            reader.go(done.to)
        with make.statements(desk) as mine:
            reader.get("/my-learning")
        with make.statements(desk) as lesson:
            reader.get(f"{COURSE}/m1/l1")
        with make.statements(desk) as read:
            reader.send(reader.get(f"{COURSE}/m1/l1"), "/read")
        counts.append([len(one) for one in (questions, submit, result, mine, lesson)])
        assert len(read) <= 7
    assert counts[0] == counts[1] == [3, 6, 2, 4, 1]


def test_what_is_adopted_is_shown(client: FlaskClient, desk: Desk) -> None:
    adopting.adopt_all(desk, SYSTEM)
    assert Reader(client, desk).get(COURSE).status == 200
