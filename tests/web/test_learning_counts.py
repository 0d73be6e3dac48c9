"""What pages of learning ask of the database: little, and the same whatever has happened before."""

from __future__ import annotations

from dataclasses import replace

from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.actions.learning import learning, prerequisites
from lms.actions.publishing import adopting
from lms.core.courses.course import Release
from lms.core.people.actors import SYSTEM
from lms.web.wiring import build
from tests import builders_learning as make
from tests.builders_learning import SAMPLE_CODE as CODE
from tests.builders_needs import a_next_course, ready_for
from tests.builders_pages import Reader, right_fields
from tests.conftest import LintingClient

COURSE = f"/c/{CODE}"


def test_pages_ask_little_and_always_the_same(client: FlaskClient, context: Context) -> None:
    make.with_sample(context)
    sam, reader = make.a_member(context), Reader(client, context)
    learning.enrol(context, sam, CODE, "en")
    reader.sign_in(sam)
    counts = []
    for _ in range(2):
        page = reader.begin_check(f"{COURSE}/m1/check")
        paper = reader.paper(sam, CODE)
        with make.statements(context) as questions:
            reader.get(f"{COURSE}/m1/check")
        with make.statements(context) as submit:
            done = reader.send(page, "/check", right_fields(paper.questions, reader.locale), do="check")
        with make.statements(context) as result:
            reader.go(done.to)
        with make.statements(context) as mine:
            reader.get("/my-learning")
        with make.statements(context) as lesson:
            reader.get(f"{COURSE}/m1/l1")
        with make.statements(context) as read:
            reader.send(reader.get(f"{COURSE}/m1/l1"), "/read")
        counts.append([len(one) for one in (questions, submit, result, mine, lesson)])
        assert len(read) <= 7
    assert counts[0] == counts[1] == [3, 6, 2, 4, 1]


def test_what_is_adopted_is_shown(client: FlaskClient, context: Context) -> None:
    adopting.adopt_all(context, SYSTEM)
    assert Reader(client, context).get(COURSE).status == 200


def test_my_learning_asks_the_same_for_one_course_with_needs_and_for_five(context: Context) -> None:
    numbers = [f"{number}" for number in range(5)]
    shelf = make.with_shelf(context, make.release(), *(_needing(number) for number in numbers))
    for number in numbers:
        adopting.adopt(shelf, SYSTEM, f"next{number}", "1.0.0")
    sam = make.a_member(shelf)
    ready_for(shelf, sam, a_next_course())
    application = build(shelf)
    application.test_client_class = LintingClient
    reader = Reader(application.test_client(), shelf)
    reader.sign_in(sam)
    learning.enrol(shelf, sam, "nxt0", "en")
    counts = []
    for _ in range(2):
        reader.get("/my-learning")
        with make.statements(shelf) as mine:
            reader.get("/my-learning")
        counts.append(len(mine))
        for number in numbers[1:]:
            learning.enrol(shelf, sam, f"nxt{number}", "en")
    assert counts[0] == counts[1] <= 8
    views = [(one.release, one.enrolled.facts) for one in learning.my_learning(shelf, sam)]
    assert len(views) == 5
    assert prerequisites.come_first(shelf, sam, views) == tuple(
        prerequisites.comes_first(shelf, sam, *one) for one in views
    )


def _needing(number: str) -> Release:
    """Return a course that needs the sample course."""
    made = a_next_course()
    course = replace(made.course, id=f"next{number}", code=f"nxt{number}")
    return replace(made, course=course, digest=f"digest-next{number}")
