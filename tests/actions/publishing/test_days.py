"""Days of activations: whom moving one touches, and that doing the same again changes nothing."""

from __future__ import annotations

import pytest

from lms.actions.context import Context
from lms.actions.learning import learning
from lms.actions.publishing import adopting
from lms.core.errors import Conflict, Invalid
from lms.core.people.actors import SYSTEM
from lms.core.publishing.adopted import Effect
from lms.storage.operations import audit
from lms.storage.publishing import releases
from tests import builders_learning as make
from tests.builders_learning import plan, refused, wait

DAY, HOUR = 86_400_000, 3_600_000
LINE = (
    make.release("1.0.0", change="first"),
    make.release("1.0.1", parent="1.0.0", change="editorial"),
    make.release("1.0.2", parent="1.0.1", change="editorial"),
)


@pytest.fixture
def shelf(context: Context) -> Context:
    return make.with_shelf(context, *LINE)


def effect(context: Context, version: str, days: float) -> Effect:
    return adopting.effect(context, SYSTEM, "sample", version, active_from=context.now() + round(days * DAY))


def noted(context: Context) -> tuple[object, ...]:
    with context.database.reading() as tx:
        return tuple(releases.activations(tx, "sample")), tuple(audit.trail(tx))


@pytest.mark.parametrize("days", [5, 10, 20])
def test_whoever_waits_for_a_release_is_touched_whichever_way_its_day_is_moved(
    shelf: Context, days: float
) -> None:
    for _ in range(3):
        learning.enrol(shelf, make.a_member(shelf), "smpl", "en")
    plan(shelf, "1.0.1", 10)
    assert effect(shelf, "1.0.1", days) == Effect("1.0.0", moves=3)


def test_nobody_is_touched_by_what_is_current_already_or_would_be_refused(shelf: Context) -> None:
    learning.enrol(shelf, make.a_member(shelf), "smpl", "en")
    assert effect(shelf, "1.0.0", 5) == Effect("1.0.0")
    plan(shelf, "1.0.1", 5)
    plan(shelf, "1.0.2", 10)
    assert effect(shelf, "1.0.1", 12).learners == 0, "1.0.2 waits for it"
    with refused(Conflict, "release.followers-wait"):
        plan(shelf, "1.0.1", 12)
    assert effect(shelf, "1.0.2", 12) == Effect("1.0.1", moves=1)


def test_adopting_for_today_twice_changes_nothing(shelf: Context) -> None:
    wait(shelf, days=1)
    morning = shelf.now() - HOUR
    first = adopting.adopt(shelf, SYSTEM, "sample", "1.0.1", active_from=morning)
    before = noted(shelf)
    for later in (0, 0.1):
        wait(shelf, days=later)
        again = adopting.adopt(shelf, SYSTEM, "sample", "1.0.1", active_from=morning)
        assert (first.fresh, again.fresh, again.active_from) == (True, False, first.active_from)
        assert adopting.effect(shelf, SYSTEM, "sample", "1.0.1", active_from=morning).learners == 0
    wait(shelf, days=3)
    assert not adopting.adopt(shelf, SYSTEM, "sample", "1.0.1", active_from=morning).fresh
    assert noted(shelf) == before
    with refused(Invalid, "release.day-in-past"):
        adopting.adopt(shelf, SYSTEM, "sample", "1.0.1", active_from=morning - DAY)
    with refused(Conflict, "release.already-active"):
        plan(shelf, "1.0.1", 1)


def test_planning_the_same_day_twice_changes_nothing(shelf: Context) -> None:
    taken = plan(shelf, "1.0.1", 5).active_from
    assert adopting.adopt(shelf, SYSTEM, "sample", "1.0.2", active_from=taken).active_from == taken + 1
    before = noted(shelf)
    for version in ("1.0.1", "1.0.2"):
        assert not adopting.adopt(shelf, SYSTEM, "sample", version, active_from=taken).fresh
    assert noted(shelf) == before


def test_what_was_current_once_is_refused_by_name_for_its_own_day_too(shelf: Context) -> None:
    began = shelf.now()
    wait(shelf, days=1)
    adopting.adopt(shelf, SYSTEM, "sample", "1.0.1")
    wait(shelf, days=1)
    with refused(Conflict, "release.superseded"):
        adopting.adopt(shelf, SYSTEM, "sample", "1.0.0", active_from=began)
