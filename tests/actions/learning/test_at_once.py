"""Two acts of one learner at the same instant, each on a connection of its own: nothing is missed.

On PostgreSQL both transactions run side by side, and neither sees the other's row unless one waits; on SQLite
they take turns. LEARNERS_AT_ONCE raises the number of learners (200 by hand, fewer in each run).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from threading import Barrier
from typing import Any

import pytest

from lms.actions import visits
from lms.actions.certificates import certifying
from lms.actions.context import Context
from lms.actions.learning import learning, moving, quizzing
from lms.actions.operations import personal_data
from lms.actions.people.sessions import ticket_of
from lms.actions.publishing import adopting
from lms.core.errors import ParvisError
from lms.core.people.actors import SYSTEM, Actor
from lms.storage.certificates import certificates
from tests import builders_learning as make
from tests.builders_accounts import clock
from tests.builders_certificates import a_choice

MANY = int(os.environ.get("LEARNERS_AT_ONCE", "12"))
CODE = "smpl"
FIRST = make.release("1.0.0")
Act = Callable[[], object]


@contextmanager
def hands(count: int) -> Iterator[ThreadPoolExecutor]:
    """Lend so many threads."""
    with ThreadPoolExecutor(count) as pool:
        yield pool


def at_once(*acts: Act) -> list[object]:
    """Do all of these at the same instant; return what each gave, or how it was refused."""
    gate = Barrier(len(acts))

    def run(act: Act) -> object:
        gate.wait(60)
        try:
            return act()
        except ParvisError as problem:
            return problem.code

    with hands(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def shelf(context: Context) -> Context:
    return make.with_shelf(context, FIRST)


def nearly_done(context: Context, name: str = "Sam") -> tuple[Actor, Act, Act]:
    """Return somebody with one lesson and the final check left, and both acts."""
    sam = make.a_member(context, name)
    learning.enrol(context, sam, CODE, "en")
    for module in FIRST.modules:
        for lesson in module.lessons:
            if (module.id, lesson.id) != ("m2", "l2"):
                learning.read_lesson(context, sam, CODE, module.code, lesson.code, locale="en")
        make.pass_check(context, sam, module.code, CODE)
    paper = make.sit(context, sam, "", CODE)
    answers = make.answer_all(paper)

    def read() -> object:
        return learning.read_lesson(context, sam, CODE, "m2", "l2", locale="en")

    def submit() -> object:
        return quizzing.submit_check(context, sam, paper.attempt.id, answers, known=0, confirmed=True)

    return sam, read, submit


def is_complete(context: Context, who: Actor) -> bool:
    mine = learning.my_course(context, who, CODE)
    assert mine
    assert mine.standing.complete is bool(mine.enrolled.completed_at)
    return mine.standing.complete


def test_whoever_reads_the_last_lesson_and_submits_at_once_completes(shelf: Context) -> None:
    left = []
    for number in range(MANY):
        sam, read, submit = nearly_done(shelf, f"Sam {number}")
        refused = [one for one in at_once(read, submit) if isinstance(one, str)]
        if refused or not is_complete(shelf, sam):
            left.append((number, refused))
    assert left == []


def test_many_learners_complete_side_by_side(shelf: Context) -> None:
    learners = [nearly_done(shelf, f"Sam {number}") for number in range(4)]
    said = at_once(*(act for _, *acts in learners for act in acts))
    assert [one for one in said if isinstance(one, str)] == []
    assert all(is_complete(shelf, sam) for sam, *_ in learners)


def test_a_move_and_the_last_act_complete(shelf: Context) -> None:
    library: Any = shelf.library
    for number in range(MANY // 2):
        sam, read, submit = nearly_done(shelf, f"Sam {number}")
        read()
        parent = library.releases[-1].version
        newer = make.release(f"1.{number + 1}.0", *FIRST.modules, parent=parent, change="editorial")
        library.releases.append(newer)
        clock(shelf).move(minutes=1)
        adopting.adopt(shelf, SYSTEM, "sample", newer.version)
        clock(shelf).move(minutes=1)
        at_once(submit, partial(moving.move_learners, shelf, SYSTEM, "sample"))
        assert is_complete(shelf, sam)


def test_joining_and_reading_complete(shelf: Context) -> None:
    for number in range(MANY // 2):
        sam, read, submit = nearly_done(shelf, f"Sam {number}")
        submit()
        guest = make.a_visitor(shelf)
        learning.enrol(shelf, guest, CODE, "en")
        waiting = make.waiting_for(shelf, sam, guest)
        said = at_once(
            read,
            partial(visits.answer, shelf, waiting, was_me=True),
            partial(visits.answer, shelf, waiting, was_me=True),
            partial(learning.read_lesson, shelf, guest, CODE, "m1", "l1", locale="en"),
        )
        assert sorted(map(str, said[1:3])) == ["1", "visit.nothing-waits"]
        assert is_complete(shelf, sam)


def test_joining_and_starting_the_same_course_is_one_enrolment(shelf: Context) -> None:
    for number in range(MANY // 2):
        sam, guest = make.a_member(shelf, f"Sam {number}"), make.a_visitor(shelf)
        learning.enrol(shelf, guest, CODE, "en")
        learning.read_lesson(shelf, guest, CODE, "m1", "l1", locale="en")
        waiting = make.waiting_for(shelf, sam, guest)
        said = at_once(
            partial(visits.answer, shelf, waiting, was_me=True),
            partial(learning.enrol, shelf, sam, CODE, "en"),
        )
        assert [one for one in said if isinstance(one, str)] == []
        (mine,) = learning.my_learning(shelf, sam)
        assert mine.standing.modules[0].lessons[0].read


def test_of_many_presses_one_certificate_comes(shelf: Context) -> None:
    sam, read, submit = nearly_done(shelf)
    read()
    submit()
    one = partial(certifying.issue, shelf, sam, CODE, a_choice())
    said = at_once(
        *(partial(one, f"press-{n}") for n in range(6)), *(partial(one, "press-0") for _ in range(3))
    )
    assert sorted(set(map(str, said)))[1:] == ["certificate.already-issued"]
    first = certifying.my_certificate(shelf, sam, CODE).holding
    assert first
    another = partial(certifying.replace_mine, shelf, sam, CODE, a_choice("B"), replaces=first.number)
    again = at_once(*(partial(another, f"again-{n}") for n in range(6)))
    assert list(map(str, again)).count("certificate.replaced-meanwhile") == 5


def test_completing_and_issuing_at_once(shelf: Context) -> None:
    for number in range(MANY // 2):
        sam, read, submit = nearly_done(shelf, f"Sam {number}")
        read()
        _, issued = at_once(submit, partial(certifying.issue, shelf, sam, CODE, a_choice(), f"p-{number}"))
        assert is_complete(shelf, sam)
        holding = certifying.my_certificate(shelf, sam, CODE).holding
        assert (holding.number if holding else "certificate.course-not-complete") == issued


def test_deleting_and_issuing_leave_no_name(shelf: Context) -> None:
    for number in range(MANY // 2):
        sam, read, submit = nearly_done(shelf, f"Sam {number}")
        read()
        submit()
        token = make.a_session(shelf, sam)
        sam = replace(sam, session=ticket_of(token))
        said = at_once(
            partial(certifying.issue, shelf, sam, CODE, a_choice("Zq Name"), f"p-{number}"),
            partial(
                personal_data.delete_me,
                shelf,
                sam,
                is_sure=True,
                keep_certificates=False,
                current="",
            ),
            partial(learning.keep_place, shelf, sam, CODE, "m1", "l1", anchor="s1", locale="en"),
        )
        assert said[1] is None
        with shelf.database.reading() as tx:
            kept = [certificates.find(tx, one) for one in certificates.numbers_of(tx, sam.person)]
        assert [one.payload for one in kept if one] == [None] * len(kept)
