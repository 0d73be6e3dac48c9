"""What pages of learning ask of the database: little, and the same whatever has happened before."""

from __future__ import annotations

from flask.testing import FlaskClient

from lms.actions import adopting, learning, quizzing
from lms.actions.desk import Desk
from lms.actions.papers import Paper
from lms.core.people import SYSTEM, Actor
from tests import builders_learning as make
from tests.builders_learning import SAMPLE_CODE as CODE
from tests.builders_pages import Reader, Sheet

COURSE = f"/c/{CODE}"


def _begin(reader: Reader, module: str = "/m1") -> Sheet:
    page = reader.get(f"{COURSE}{module}/check")
    begun = reader.send(page, "/check/start")
    assert (begun.status, begun.to) == (303, f"/{reader.locale}{COURSE}{module}/check")
    return reader.go(begun.to)


def _paper(reader: Reader, actor: Actor, module: str = "m1") -> Paper:
    found = quizzing.open_check(reader.desk, actor, CODE, module).paper
    assert found
    return found


def _right(paper: Paper) -> dict[str, str | list[str]]:
    """Fill in every field with the right answer."""
    fields: dict[str, str | list[str]] = {}
    for name, reply in make.answer_all(paper).items():
        parts = dict(reply)
        if "order" in parts:
            parts = {step: (str(place),) for place, step in enumerate(parts["order"], start=1)}
        fields |= {f"{name}:{part}": list(values) for part, values in parts.items()}
    return fields


def test_pages_ask_little_and_always_the_same(client: FlaskClient, desk: Desk) -> None:
    make.with_sample(desk)
    sam, reader = make.a_member(desk), Reader(client, desk)
    learning.enrol(desk, sam, CODE, "en")
    reader.sign_in(sam)
    counts = []
    for _ in range(2):
        page = _begin(reader)
        paper = _paper(reader, sam)
        with make.statements(desk) as questions:
            reader.get(f"{COURSE}/m1/check")
        with make.statements(desk) as submit:
            done = reader.send(page, "/check", _right(paper), do="check")
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
