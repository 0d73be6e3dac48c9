"""Activating, moving and taking back: judged before anything is written, and what descends goes along."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import insert, update

from lms.actions.catalogue import reading
from lms.actions.context import Context
from lms.actions.learning import learning, moving
from lms.actions.publishing import adopting
from lms.core.courses.course import Release
from lms.core.courses.document import Document, LawBox, Text
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound, Unavailable
from lms.core.operations.jobs import ReleaseActivated
from lms.core.people.actors import NOBODY, SYSTEM, WHOLE_HOUSE, Role
from lms.core.publishing.adopted import Adopted, Effect
from lms.jobs import run_due
from lms.storage.operations import tasks
from lms.storage.publishing import release_index, releases
from lms.storage.tables import publishing as tables
from lms.storage.tables.publishing import activation
from tests import builders_learning as make
from tests.builders_learning import plan, refused, wait
from tests.builders_lessons import a_law, an_event

DAY = 86_400_000
FIRST = make.release("1.0.0", change="first")
LINE = (
    FIRST,
    make.release("1.0.1", parent="1.0.0", change="editorial"),
    make.release("1.1.0", parent="1.0.1", change="informative"),
    make.release("2.0.0", parent="1.0.0", change="material"),
    make.release("2.0.1", parent="2.0.0", change="editorial"),
)


@pytest.fixture
def shelf(context: Context) -> Context:
    return make.with_shelf(context, *LINE)


def current(context: Context) -> str:
    with context.database.reading() as tx:
        return releases.current(tx, "sample", context.now())


def rows(context: Context) -> set[tuple[str, int, bool]]:
    with context.database.reading() as tx:
        found = releases.activations(tx, "sample")
    return {(one.version, one.active_from, bool(one.cancelled_at)) for one in found}


def open_tasks(context: Context) -> list[str]:
    with context.database.reading() as tx:
        return [f"{one.kind} {one.about}" for one in tasks.open_tasks(tx, WHOLE_HOUSE)]


# --- moving a day ---------------------------------------------------------------------------------
def test_a_refused_move_leaves_the_day_as_it_was(shelf: Context) -> None:
    plan(shelf, "1.0.1", 5)
    plan(shelf, "1.1.0", 10)
    before = rows(shelf)
    with refused(Conflict, "release.parent-not-current"):
        plan(shelf, "1.1.0", 2)
    assert rows(shelf) == before
    assert open_tasks(shelf) == ["release-parent-not-current sample 1.1.0"]
    wait(shelf, days=11)
    assert current(shelf) == "1.1.0"


def test_a_release_is_not_moved_behind_what_follows_it(shelf: Context) -> None:
    plan(shelf, "1.0.1", 5)
    plan(shelf, "1.1.0", 10)
    before = rows(shelf)
    with pytest.raises(Conflict) as caught:
        plan(shelf, "1.0.1", 12)
    assert caught.value.code == "release.followers-wait"
    assert caught.value.params["follower"] == "1.1.0"
    assert rows(shelf) == before
    assert open_tasks(shelf) == []
    adopting.reschedule(shelf, SYSTEM, "sample", "1.1.0", active_from=shelf.now() + 20 * DAY)
    adopting.reschedule(shelf, SYSTEM, "sample", "1.0.1", active_from=shelf.now() + 12 * DAY)
    wait(shelf, days=13)
    assert current(shelf) == "1.0.1"
    wait(shelf, days=8)
    assert current(shelf) == "1.1.0"


def test_what_was_adopted_is_activated_later_and_once(shelf: Context) -> None:
    plan(shelf, "1.0.1", 5)
    adopting.withdraw(shelf, SYSTEM, "sample", "1.0.1")
    first = adopting.activate(shelf, SYSTEM, "sample", "1.0.1")
    wait(shelf, days=1)
    again = adopting.activate(shelf, SYSTEM, "sample", "1.0.1")
    assert (first.fresh, again.fresh, again.active_from) == (True, False, first.active_from)
    assert current(shelf) == "1.0.1"
    with refused(NotFound, "release.unknown"):
        adopting.activate(shelf, SYSTEM, "sample", "9.0.0")
    with refused(NotFound, "release.unknown"):
        adopting.reschedule(shelf, SYSTEM, "sample", "9.0.0", active_from=shelf.now())


# --- taking back ------------------------------------------------------------------------------------
def test_what_descends_from_what_is_taken_back_goes_along(shelf: Context) -> None:
    plan(shelf, "2.0.0", 5)
    plan(shelf, "2.0.1", 10)
    assert adopting.withdraw(shelf, SYSTEM, "sample", "2.0.0") == ("2.0.1",)
    assert open_tasks(shelf) == ["release-parent-not-current sample 2.0.1"]
    wait(shelf, days=11)
    assert current(shelf) == "1.0.0"


def test_a_rival_takes_what_it_displaces_and_its_descendants_back(shelf: Context) -> None:
    plan(shelf, "2.0.0", 5)
    plan(shelf, "2.0.1", 10)
    wait(shelf, days=1)
    assert set(adopting.adopt(shelf, SYSTEM, "sample", "1.0.1").taken_back) == {"2.0.0", "2.0.1"}
    wait(shelf, days=11)
    assert current(shelf) == "1.0.1"
    assert len(open_tasks(shelf)) == 2


def test_the_task_is_closed_when_the_release_follows_after_all(shelf: Context) -> None:
    with refused(Conflict, "release.parent-not-current"):
        adopting.adopt(shelf, SYSTEM, "sample", "1.1.0")
    assert open_tasks(shelf) == ["release-parent-not-current sample 1.1.0"]
    adopting.adopt(shelf, SYSTEM, "sample", "1.0.1")
    adopting.adopt(shelf, SYSTEM, "sample", "1.1.0")
    assert open_tasks(shelf) == []


def planted(context: Context, version: str, at: int) -> None:
    """Plan a day as an earlier version of the program did, which let a follower wait without its parent."""
    adopting.adopt_all(context, SYSTEM)
    with context.database.writing() as tx:
        row = {
            "id": context.new_id(),
            "course_id": "sample",
            "version": version,
            "by": "system",
            "at": context.now(),
        }
        tx.execute(insert(activation).values(active_from=at, **row))


def test_the_parent_is_checked_again_on_the_day(context: Context) -> None:
    shelf = make.with_shelf(context, FIRST, LINE[4])
    planted(shelf, "2.0.1", shelf.now() + DAY)
    wait(shelf, days=2)
    assert current(shelf) == "1.0.0", "before anybody looked"
    assert reading.course(shelf, NOBODY, "smpl").release.version == "1.0.0"
    moving.follow_activation(shelf, ReleaseActivated("sample"))
    assert "release-parent-not-current sample 2.0.1" in open_tasks(shelf)
    assert {version for version, _, cancelled in rows(shelf) if not cancelled} == {"1.0.0"}
    assert adopting.settle(shelf, SYSTEM, "sample") == ()


def test_what_could_not_follow_on_its_day_stands_in_nobodys_way(context: Context) -> None:
    shelf = make.with_shelf(context, FIRST, LINE[1], LINE[3], LINE[4])
    planted(shelf, "2.0.1", shelf.now() + DAY)
    wait(shelf, days=2)
    assert current(shelf) == "1.0.1"
    with refused(Conflict, "release.parent-not-current"):
        adopting.activate(shelf, SYSTEM, "sample", "2.0.1")
    library: Any = shelf.library
    library.releases.append(make.release("1.0.2", parent="1.0.1", change="editorial"))
    assert adopting.adopt(shelf, SYSTEM, "sample", "1.0.2").taken_back == ()
    assert {version for version, _, cancelled in rows(shelf) if cancelled} == {"2.0.1"}
    wait(shelf, days=1)
    assert current(shelf) == "1.0.2"


# --- the past, and the way back ---------------------------------------------------------------------
def test_a_text_that_was_prepared_for_a_change_is_not_published_before_its_day(context: Context) -> None:
    coming = an_event("2026-11-25", effect="pending")
    box = LawBox("st1", (Text("It is so now."),), ("act",), coming.date, "2027-11-01")
    text = replace(make.lesson("l1"), documents={tag: Document(tag, (box,)) for tag in ("en", "fr")})
    later = make.release(
        "2.0.0",
        replace(make.module("m1"), lessons=(text,)),
        parent="1.0.0",
        change="material",
        laws={"act": a_law(events=(coming,))},
    )
    shelf = make.with_shelf(context, FIRST, later)
    midnight = datetime.fromisoformat(coming.date).replace(tzinfo=shelf.settings.calendar)
    day = int(midnight.timestamp() * 1000)
    for at in (0, day - 1):
        with refused(Invalid, "release.law-not-yet"):
            adopting.adopt(shelf, SYSTEM, "sample", "2.0.0", active_from=at)
    assert adopting.adopt(shelf, SYSTEM, "sample", "2.0.0", active_from=day).active_from == day
    for act in (adopting.activate, adopting.reschedule):
        with refused(Invalid, "release.law-not-yet"):
            act(shelf, SYSTEM, "sample", "2.0.0", active_from=day - 1)
    wait(shelf, days=4)
    assert current(shelf) == "2.0.0"


def test_nothing_is_published_into_the_past(shelf: Context) -> None:
    deeds: list[Callable[[int], object]] = [
        lambda at: adopting.adopt(shelf, SYSTEM, "sample", "1.0.1", active_from=at),
        lambda at: adopting.activate(shelf, SYSTEM, "sample", "1.0.1", active_from=at),
        lambda at: adopting.reschedule(shelf, SYSTEM, "sample", "1.0.1", active_from=at),
        lambda at: adopting.effect(shelf, SYSTEM, "sample", "1.0.1", active_from=at),
    ]
    before = rows(shelf)
    for deed in deeds:
        for at in (shelf.now() - 2 * DAY, 1, -DAY):
            with refused(Invalid, "release.day-in-past"):
                deed(at)
    assert rows(shelf) == before


def test_the_beginning_of_today_means_now(shelf: Context) -> None:
    wait(shelf, days=1)
    found = adopting.adopt(shelf, SYSTEM, "sample", "1.0.1", active_from=shelf.now() - 60_000)
    assert found.active_from == shelf.now()
    assert current(shelf) == "1.0.1"


def test_an_old_version_is_refused_by_name_with_the_way_back(shelf: Context) -> None:
    wait(shelf, days=1)
    adopting.adopt(shelf, SYSTEM, "sample", "1.0.1")
    wait(shelf, days=1)
    before = rows(shelf)
    with pytest.raises(Conflict) as caught:
        adopting.adopt(shelf, SYSTEM, "sample", "1.0.0")
    assert caught.value.code == "release.superseded"
    told = caught.value.params
    assert (told["version"], told["current"], told["next"]) == ("1.0.0", "1.0.1", "2.0.2")
    assert rows(shelf) == before
    assert all(isinstance(one, Adopted) for one in adopting.adopt_all(shelf, SYSTEM) if one.version < "1.1")


# --- whom it touches ----------------------------------------------------------------------------------
def test_before_it_happens_it_is_known_whom_it_touches(shelf: Context) -> None:
    for _ in range(3):
        learning.enrol(shelf, make.a_member(shelf), "smpl", "en")
    make.finish(shelf, make.a_member(shelf), "smpl")
    assert adopting.effect(shelf, SYSTEM, "sample", "1.0.1") == Effect("1.0.0", 3, 0, 1)
    found = adopting.effect(shelf, SYSTEM, "sample", "2.0.0")
    assert (found.moves, found.chooses, found.complete, found.learners) == (0, 3, 1, 4)
    assert adopting.effect(shelf, SYSTEM, "sample", "1.0.0").learners == 0
    assert adopting.effect(shelf, SYSTEM, "sample", "1.1.0").learners == 0, "it cannot follow yet"
    plan(shelf, "2.0.0", 5)
    assert adopting.effect(shelf, SYSTEM, "sample", "1.0.1").taken_back == ("2.0.0",)
    with refused(NotAllowed, "deed.not-allowed"):
        adopting.effect(shelf, make.a_member(shelf, "Sam", Role.AUTHOR), "sample", "1.0.1")


def test_before_anything_is_published_nobody_is_touched(context: Context) -> None:
    library: Any = make.with_shelf(
        context, make.release("1.0.0", course=make.course(id="x", code="x"))
    ).library
    library.releases += LINE
    made = replace(context, library=library)
    assert adopting.effect(made, SYSTEM, "sample", "1.0.0") == Effect("")
    assert adopting.effect(made, SYSTEM, "sample", "1.0.1") == Effect("")


# --- two at once, and the index ------------------------------------------------------------------------
def at_once(context: Context, *deeds: Callable[[Context], object]) -> list[object]:
    def tried(deed: Callable[[Context], object]) -> object:
        try:
            return deed(replace(context))
        except (Conflict, Unavailable) as problem:
            return problem.code

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(tried, deeds))


def test_two_who_publish_at_once_are_one_after_the_other(shelf: Context) -> None:
    wait(shelf, days=1)
    adopting_one = lambda context: adopting.adopt(context, SYSTEM, "sample", "1.0.1")  # noqa: E731
    same = at_once(shelf, *[adopting_one] * 4)
    assert len({one.active_from for one in same if isinstance(one, Adopted)}) == 1
    with shelf.database.reading() as tx:
        assert [one.version for one in releases.line(tx, "sample", shelf.now())] == ["1.0.0", "1.0.1"]


def test_two_rivals_at_once_give_one_current_release(shelf: Context) -> None:
    wait(shelf, days=1)
    found = at_once(
        shelf,
        lambda context: adopting.adopt(context, SYSTEM, "sample", "1.0.1"),
        lambda context: adopting.adopt(context, SYSTEM, "sample", "2.0.0"),
    )
    assert sum(isinstance(one, Adopted) for one in found) == 1
    assert "release.parent-not-current" in found
    wait(shelf, days=1)
    assert current(shelf) in {"1.0.1", "2.0.0"}


def test_a_code_leads_to_one_course_for_ever(shelf: Context) -> None:
    library: Any = shelf.library
    library.releases.append(make.release("1.0.0", course=make.course(id="other")))
    with pytest.raises(Conflict) as caught:
        adopting.adopt(shelf, SYSTEM, "other", "1.0.0")
    assert (caught.value.code, caught.value.params["taken"]) == ("course.code-taken", "smpl")
    with shelf.database.reading() as tx:
        assert releases.adopted(tx, "other", "1.0.0") == ""
    again: Release = make.release("1.0.1", parent="1.0.0", course=make.course(code="new"))
    library.releases = [FIRST, again]
    adopting.adopt(shelf, SYSTEM, "sample", "1.0.1")
    for code in ("smpl", "new"):
        assert reading.course_names(replace(shelf), NOBODY, code).id == "sample"


def test_the_index_is_filled_for_what_was_adopted_before_there_was_one(context: Context) -> None:
    make.with_sample(context)
    with context.database.writing() as tx:
        (before,) = release_index.find(tx, [(make.SAMPLE, "1.0.0")])
        for table in ("release_index", "course_code"):
            tx.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608  # constants
    fresh = replace(context)
    page = reading.course(fresh, NOBODY, make.SAMPLE_CODE)
    assert (page.head.sizes, page.release.version) == ({}, "1.0.0")
    assert [one.course.id for one in reading.courses(replace(context), NOBODY)] == [make.SAMPLE]
    with refused(NotFound, "course.unknown"):
        reading.course(replace(context), NOBODY, "none")
    assert adopting.fill_index(context, SYSTEM) == 1
    assert adopting.fill_index(context, SYSTEM) == 0
    with context.database.reading() as tx:
        assert release_index.find(tx, [(make.SAMPLE, "1.0.0")]) == (before,)
        assert release_index.unlisted(tx) == ()


def test_what_cannot_be_read_waits_for_its_row(shelf: Context) -> None:
    with shelf.database.writing() as tx:
        releases.adopt(tx, "sample", "7.0.0", "d", now=1, by="system")
        releases.adopt(tx, "sample", "1.0.1", "another digest", now=1, by="system")
    assert adopting.fill_index(shelf, SYSTEM) == 0


def test_setting_up_fills_the_index_too(context: Context) -> None:
    make.with_sample(context)
    with context.database.writing() as tx:
        tx.exec_driver_sql("DELETE FROM release_index")
    adopting.adopt_all(context, SYSTEM)
    with context.database.reading() as tx:
        assert release_index.unlisted(tx) == ()


def test_an_outline_that_cannot_be_unpacked_is_made_again(context: Context) -> None:
    make.with_sample(context)
    with context.database.writing() as tx:
        tx.execute(update(tables.release_index).values(outline=b"\0"))
    page = reading.course(replace(context), NOBODY, make.SAMPLE_CODE)
    assert page.head.sizes, "the rest of the row is as it was"
    assert page.release.modules[0].title["en"]


def test_the_work_that_follows_moves_learners(shelf: Context) -> None:
    sam = make.a_member(shelf)
    learning.enrol(shelf, sam, "smpl", "en")
    plan(shelf, "1.0.1", 1)
    wait(shelf, days=2)
    run_due(shelf)
    mine = learning.my_course(shelf, sam, "smpl")
    assert mine
    assert mine.release.version == "1.0.1"
