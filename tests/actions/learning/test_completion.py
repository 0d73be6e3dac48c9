"""Done means a certificate: what is complete on the page is complete on record, whatever came last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import delete, update

from lms.actions import visits
from lms.actions.certificates import certifying
from lms.actions.context import Context
from lms.actions.learning import completion, learning, moving, quizzing
from lms.actions.publishing import adopting
from lms.core.certificates.certificate import CertificateChoice
from lms.core.courses.course import Release
from lms.core.errors import NotAllowed, NotFound
from lms.core.people.actors import SYSTEM, Actor
from lms.jobs import run_due
from lms.storage.operations import audit, personal_rows
from lms.storage.tables.learning import completion as completed
from lms.storage.tables.learning import enrolment
from tests import builders_learning as make
from tests.builders_accounts import clock
from tests.builders_learning import refused
from tests.builders_needs import a_next_course, recognised

CODE = "smpl"
FIRST = make.release("1.0.0")


def complete(context: Context, who: Actor) -> bool:
    """Return whether the course is complete, on the page and on record, which are the same."""
    mine = learning.my_course(context, who, CODE)
    assert mine
    assert mine.standing.complete is bool(mine.enrolled.completed_at)
    try:
        certifying.my_certificate(context, who, CODE)
    except NotAllowed:
        assert not mine.standing.complete
    else:
        assert mine.standing.complete
    return mine.standing.complete


def all_but(context: Context, who: Actor, *left: tuple[str, str]) -> None:
    """Do everything but some lessons."""
    learning.enrol(context, who, CODE, "en")
    for module in FIRST.modules:
        for lesson in module.lessons:
            if (module.id, lesson.id) not in left:
                learning.read_lesson(context, who, CODE, module.code, lesson.code, locale="en")
        make.pass_check(context, who, module.code, CODE)
    make.pass_check(context, who, "", CODE)


def publish(context: Context, release: Release) -> None:
    """Publish a release that is made in memory, and let the worker move who need not be asked."""
    library: Any = context.library
    library.releases.append(release)
    clock(context).move(minutes=1)
    adopting.adopt(context, SYSTEM, "sample", release.version)
    clock(context).move(minutes=1)
    run_due(context)


def shorter(change: str = "informative", version: str = "1.1.0", **changes: object) -> Release:
    """Return a release without the last lesson."""
    last = make.module("m2", lessons=1)
    return make.release(version, FIRST.modules[0], last, parent="1.0.0", change=change, **changes)


@pytest.fixture
def shelf(context: Context) -> Context:
    return make.with_shelf(context, FIRST)


@pytest.fixture
def sam(shelf: Context) -> Actor:
    who = make.a_member(shelf)
    all_but(shelf, who, ("m2", "l2"))
    assert not complete(shelf, who)
    return who


def test_a_release_that_takes_the_last_lesson_out_completes(shelf: Context, sam: Actor) -> None:
    publish(shelf, shorter())
    assert complete(shelf, sam)
    assert certifying.issue(shelf, sam, CODE, CertificateChoice("Sam", ("en",), neutral=False), "press")


def test_a_chosen_move_completes(shelf: Context, sam: Actor) -> None:
    other = make.course(pass_mark=70)
    publish(shelf, shorter("material", "2.0.0", course=other))
    assert not complete(shelf, sam)
    moving.move_now(shelf, sam, CODE)
    make.pass_check(shelf, sam, "", CODE)
    assert complete(shelf, sam)


def test_what_was_begun_without_an_account_completes(shelf: Context) -> None:
    sam, guest = make.a_member(shelf), make.a_visitor(shelf)
    all_but(shelf, sam, ("m1", "l1"))
    learning.enrol(shelf, guest, CODE, "en")
    learning.read_lesson(shelf, guest, CODE, "m1", "l1", locale="en")
    visits.answer(shelf, make.waiting_for(shelf, sam, guest), was_me=True)
    assert complete(shelf, sam)


def test_what_lapsed_and_was_read_again_without_an_account_counts(shelf: Context) -> None:
    sam, guest = make.a_member(shelf), make.a_visitor(shelf)
    make.finish(shelf, make.a_member(shelf), CODE)
    all_but(shelf, sam, ("m2", "l2"))
    keyed = make.quiz("m1", questions=tuple(make.choice(f"m1-q{n}", "c") for n in range(1, 7)))
    lessons = tuple(make.lesson(f"l{n}", digest=f"other-l{n}") for n in (1, 2))
    touched = make.module("m1", bank=keyed, lessons=2)
    publish(
        shelf,
        make.release(
            "2.0.0", replace(touched, lessons=lessons), FIRST.modules[1], parent="1.0.0", change="material"
        ),
    )
    moving.move_now(shelf, sam, CODE)
    learning.enrol(shelf, guest, CODE, "en")
    make.read_all(shelf, guest, CODE, only="m1")
    visits.answer(shelf, make.waiting_for(shelf, sam, guest), was_me=True)
    mine = learning.my_course(shelf, sam, CODE)
    assert mine
    assert [one.read for one in mine.standing.modules[0].lessons] == [True, True]


def test_what_was_begun_on_an_older_release_goes_through_the_move(shelf: Context) -> None:
    sam, guest = make.a_member(shelf), make.a_visitor(shelf)
    learning.enrol(shelf, guest, CODE, "en")
    make.read_all(shelf, guest, CODE, only="m1")
    make.pass_check(shelf, guest, "m1", CODE)
    keyed = make.quiz("m1", questions=tuple(make.choice(f"m1-q{n}", "c") for n in range(1, 7)))
    changed = make.module("m1", bank=replace(keyed, digest="other"))
    publish(shelf, make.release("2.0.0", changed, FIRST.modules[1], parent="1.0.0", change="material"))
    learning.enrol(shelf, sam, CODE, "en")
    visits.answer(shelf, make.waiting_for(shelf, sam, guest), was_me=True)
    mine = learning.my_course(shelf, sam, CODE)
    assert mine
    assert (mine.release.version, mine.standing.modules[0].check_passed) == ("2.0.0", False)
    assert all(one.read for one in mine.standing.modules[0].lessons)


# --- people whom an older version left without ------------------------------------------------------------
@pytest.fixture
def forgotten(shelf: Context) -> Actor:
    """Return somebody who is complete on the page alone, as an older version could leave them."""
    who = make.a_member(shelf)
    make.finish(shelf, who, CODE)
    with shelf.database.writing() as tx:
        tx.execute(delete(completed))
        tx.execute(update(enrolment).values(completed_at=None))
    return who


def issue(context: Context, who: Actor) -> object:
    return certifying.issue(context, who, CODE, CertificateChoice("Sam", ("en",), neutral=False), "press")


MENDERS: dict[str, Callable[[Context, Actor], object]] = {
    "issuing": issue,
    "reading": lambda context, who: learning.read_lesson(context, who, CODE, "m1", "l1", locale="en"),
    "starting": lambda context, who: learning.enrol(context, who, CODE, "en"),
    "a check": lambda context, who: make.pass_check(context, who, "m1", CODE),
    "the worker": lambda context, _: completion.mend(context, SYSTEM),
}


@pytest.mark.parametrize("how", MENDERS)
def test_whoever_was_left_without_is_mended_by(shelf: Context, forgotten: Actor, how: str) -> None:
    assert certifying.my_certificate(shelf, forgotten, CODE).release.version == "1.0.0"
    MENDERS[how](shelf, forgotten)
    assert complete(shelf, forgotten)


def test_a_yes_to_earlier_learning_mends(context: Context) -> None:
    shelf = make.with_shelf(context, FIRST, a_next_course())
    adopting.adopt(shelf, SYSTEM, "next", "1.0.0")
    sam = make.a_member(shelf)
    make.finish(shelf, sam, CODE)
    with shelf.database.writing() as tx:
        tx.execute(delete(completed))
        tx.execute(update(enrolment).values(completed_at=None))
    recognised(shelf, sam)
    assert complete(shelf, sam)


def test_mending_goes_over_everybody_and_leaves_what_cannot_be_read(shelf: Context) -> None:
    everybody = [make.a_member(shelf, f"Sam {n}") for n in range(3)]
    for who in everybody:
        make.finish(shelf, who, CODE)
    beginner = make.a_member(shelf)
    learning.enrol(shelf, beginner, CODE, "en")
    make.pass_check(shelf, beginner, "", CODE)
    with shelf.database.writing() as tx:
        tx.execute(delete(completed))
        tx.execute(update(enrolment).values(completed_at=None))
        tx.execute(
            update(enrolment).where(enrolment.c.person_id == everybody[0].person).values(version="9.9.9")
        )
    assert completion.mend(shelf, SYSTEM, at_a_time=2) == 2
    assert completion.mend(shelf, SYSTEM) == 0


def test_who_was_erased_learns_no_more(shelf: Context, sam: Actor) -> None:
    paper = make.sit(shelf, sam, "m1", CODE)
    with shelf.database.writing() as tx:
        personal_rows.erase(tx, sam.person, shelf.now())
    with refused(NotFound, "learning.not-enrolled"):
        learning.read_lesson(shelf, sam, CODE, "m2", "l2", locale="en")
    with refused(NotFound, "learning.not-enrolled"):
        learning.enrol(shelf, sam, CODE, "en")
    with refused(NotFound, "attempt.unknown"):
        quizzing.keep_answers(shelf, sam, paper.attempt.id, {}, known=0)
    with refused(NotAllowed, "certificate.course-not-complete"):
        issue(shelf, sam)


def test_a_completion_is_told_once(shelf: Context) -> None:
    sam = make.a_member(shelf)
    make.finish(shelf, sam, CODE)
    for how in MENDERS.values():
        how(shelf, sam)
    with shelf.database.reading() as tx:
        assert [entry.deed for entry in audit.trail(tx)].count("learning.complete") == 1
