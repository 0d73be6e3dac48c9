"""Publishing is a row: verified, once, now or from a day on, and it can be taken back before that day."""

from __future__ import annotations

from typing import Any

import pytest

from lms.actions.context import Context
from lms.actions.publishing import adopting
from lms.core.courses.course import Release
from lms.core.courses.findings import Finding, Place, Severity
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from lms.core.people.actors import SYSTEM, WHOLE_HOUSE, Role
from lms.core.publishing.adopted import Adopted, Refused
from lms.storage.operations import outbox, tasks
from lms.storage.publishing import releases
from tests import builders_learning as make
from tests.builders_learning import refused

FIRST = make.release("1.0.0")
SECOND = make.release("1.1.0", parent="1.0.0", change="informative")
DAY = 86_400_000


@pytest.fixture
def shelf(context: Context) -> Context:
    return make.with_shelf(context, FIRST, SECOND)


def _library(context: Context) -> Any:
    return context.library


def _current(context: Context) -> str:
    with context.database.reading() as tx:
        return releases.current(tx, "sample", context.now())


def test_the_sample_site_is_adopted_whole_and_once(context: Context) -> None:
    assert adopting.adopt_all(context, SYSTEM) == (Adopted("sample-course", "1.0.0", True, context.now()),)
    assert adopting.adopt_all(context, SYSTEM) == (Adopted("sample-course", "1.0.0", False, context.now()),)
    with context.database.reading() as tx:
        assert releases.all_current(tx, context.now()) == {"sample-course": ("1.0.0", context.now())}
        assert releases.adopted(tx, "sample-course", "1.0.0")
        assert releases.adopted(tx, "sample-course", "9.0.0") == ""


def test_only_admins_publish(shelf: Context) -> None:
    with refused(NotAllowed, "deed.not-allowed"):
        adopting.adopt(shelf, make.a_member(shelf, "Sam", Role.AUTHOR), "sample", "1.1.0")
    adopting.adopt(shelf, make.a_member(shelf, "Alex", Role.ADMIN), "sample", "1.1.0")
    shelf.now.move(minutes=1)  # type: ignore[attr-defined]  # the clock of tests
    assert _current(shelf) == "1.1.0"


def test_a_release_can_wait_for_its_day_be_moved_and_taken_back(shelf: Context) -> None:
    later = shelf.now() + 10 * DAY
    assert adopting.adopt(shelf, SYSTEM, "sample", "1.1.0", active_from=later).active_from == later
    assert adopting.adopt(shelf, SYSTEM, "sample", "1.1.0").active_from == later
    adopting.adopt(shelf, SYSTEM, "sample", "1.1.0", active_from=later + DAY)
    shelf.now.move(days=10)  # type: ignore[attr-defined]  # the clock of tests
    assert _current(shelf) == "1.0.0"
    adopting.withdraw(shelf, SYSTEM, "sample", "1.1.0")
    shelf.now.move(days=5)  # type: ignore[attr-defined]  # the clock of tests
    assert _current(shelf) == "1.0.0"
    with refused(NotFound, "release.not-waiting"):
        adopting.withdraw(shelf, SYSTEM, "sample", "1.1.0")


def test_what_is_active_cannot_be_taken_back(shelf: Context) -> None:
    with refused(Conflict, "release.already-active"):
        adopting.withdraw(shelf, SYSTEM, "sample", "1.0.0")
    with refused(Conflict, "release.already-active"):
        adopting.adopt(shelf, SYSTEM, "sample", "1.0.0", active_from=shelf.now() + DAY)


def test_a_broken_seal_is_refused(shelf: Context) -> None:
    _library(shelf).broken.append(Finding("seal-broken", Severity.ERROR, Place("courses/x")))
    with pytest.raises(Invalid) as caught:
        adopting.adopt(shelf, SYSTEM, "sample", "1.1.0")
    assert (caught.value.code, len(caught.value.findings)) == ("release.broken-seal", 1)
    (_, found) = adopting.adopt_all(shelf, SYSTEM)
    assert isinstance(found, Refused)
    assert found.problem.code == "release.broken-seal"


def test_what_is_not_there_is_not_found(shelf: Context) -> None:
    with refused(NotFound, "course.unknown"):
        adopting.adopt(shelf, SYSTEM, "nothing", "1.0.0")
    with refused(NotFound, "release.unknown"):
        adopting.adopt(shelf, SYSTEM, "sample", "9.0.0")


def test_the_same_version_with_other_words_is_refused(shelf: Context) -> None:
    shelf_now = _library(shelf)
    shelf_now.releases = [make.release("1.0.0", digest="tampered"), SECOND]
    with refused(Conflict, "release.other-digest"):
        adopting.adopt(shelf, SYSTEM, "sample", "1.0.0")


def test_a_release_beside_the_line_opens_a_task(shelf: Context) -> None:
    orphan: Release = make.release("1.2.0", parent="1.1.0")
    _library(shelf).releases.append(orphan)
    with refused(Conflict, "release.parent-not-current"):
        adopting.adopt(shelf, SYSTEM, "sample", "1.2.0")
    assert _current(shelf) == "1.0.0"
    with shelf.database.reading() as tx:
        (found,) = tasks.open_tasks(tx, WHOLE_HOUSE)
        assert releases.adopted(tx, "sample", "1.2.0")
    assert (found.kind, found.about) == ("release-parent-not-current", "sample 1.2.0")


def test_each_activation_has_its_work_once(shelf: Context) -> None:
    adopting.adopt(shelf, SYSTEM, "sample", "1.1.0")
    adopting.adopt(shelf, SYSTEM, "sample", "1.1.0")
    with shelf.database.reading() as tx:
        assert outbox.counts(tx) == (3, 0)  # learners to move, twice, and certificate holders to tell


def test_versions_that_are_adopted_in_one_go_follow_one_another(context: Context) -> None:
    line = [make.release("1.0.0"), *(make.release(f"1.{n}.0", parent=f"1.{n - 1}.0") for n in range(1, 5))]
    shelf = make.with_shelf(context, *line)
    assert all(isinstance(found, Adopted) for found in adopting.adopt_all(shelf, SYSTEM))
    shelf.now.move(minutes=1)  # type: ignore[attr-defined]  # the clock of tests
    assert _current(shelf) == "1.4.0"


def test_a_quick_correction_takes_back_what_was_to_follow_the_same_parent(shelf: Context) -> None:
    adopting.adopt(shelf, SYSTEM, "sample", "1.1.0", active_from=shelf.now() + DAY)
    shelf.now.move(minutes=1)  # type: ignore[attr-defined]  # the clock of tests
    _library(shelf).releases.append(make.release("1.0.1", parent="1.0.0"))
    adopting.adopt(shelf, SYSTEM, "sample", "1.0.1")
    shelf.now.move(days=2)  # type: ignore[attr-defined]  # the clock of tests
    assert _current(shelf) == "1.0.1"
    with shelf.database.reading() as tx:
        assert [one.about for one in tasks.open_tasks(tx, WHOLE_HOUSE)] == ["sample 1.1.0"]
