"""What makes a renewal due and what renews, over releases made in memory."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from lms.actions.certificates import certifying, refreshing, renewing, verifying
from lms.actions.certificates.standing import due_on
from lms.actions.context import Context
from lms.actions.learning import learning
from lms.actions.publishing import adopting
from lms.core.certificates.verification import State
from lms.core.courses.course import Release
from lms.core.errors import Conflict, Invalid
from lms.core.people.actors import NOBODY, SYSTEM, Actor
from lms.jobs import run_due
from lms.storage.publishing import releases
from lms.storage.tables.everything import metadata
from tests import builders_learning as make
from tests.builders_certificates import a_choice
from tests.builders_learning import refused
from tests.builders_renewal import (
    later,
    pass_refresher,
)


def rows(context: Context, table: str) -> list[dict[str, object]]:
    with context.database.reading() as tx:
        return [dict(row) for row in tx.execute(select(metadata.tables[table])).mappings()]


def state(context: Context, number: str) -> State:
    return verifying.verify(context, NOBODY, number).state


FIRST = make.release("1.0.0")


def shelf(context: Context, second: Release) -> tuple[Context, Actor]:
    """Return a desk where a second release has followed the first, and somebody who holds a certificate."""
    desk = make.with_shelf(context, FIRST, second)
    sam = make.a_member(desk)
    make.finish(desk, sam, "smpl")
    certifying.issue(desk, sam, "smpl", a_choice(), "press-1")
    later(desk)
    adopting.adopt(desk, SYSTEM, "sample", second.version)
    later(desk)
    return desk, sam


def words_only() -> Release:
    """Return a release that people call material though no rule of the house finds why; nothing to ask."""
    changed = make.lesson("l1", sections=1, digest="other")
    bank = replace(FIRST.modules[0].quiz, questions=(make.reflection("m1-r1"),), digest="none")
    module = replace(FIRST.modules[0], lessons=(changed, FIRST.modules[0].lessons[1]), quiz=bank)
    more = [
        replace(one, documents={lang: make.document(lang, 2, 150) for lang in ("en", "fr")})
        for one in (changed,)
    ]
    module = replace(module, lessons=(more[0], module.lessons[1]))
    return make.release("2.0.0", module, FIRST.modules[1], parent="1.0.0", change="material")


def test_where_nothing_can_be_asked_reading_renews(context: Context) -> None:
    desk, sam = shelf(context, words_only())
    with refused(Conflict, "renewal.no-questions"):
        refreshing.start(desk, sam, "smpl", desk.new_id())
    with refused(Invalid, "attempt.id"):
        renewing.confirm(desk, sam, "smpl", "no id")
    press = desk.new_id()
    renewing.confirm(desk, sam, "smpl", press)
    renewing.confirm(desk, sam, "smpl", press)
    held = certifying.my_certificate(desk, sam, "smpl").holding
    assert held
    assert held.content
    assert (held.state, held.content.version) == (State.VALID, "2.0.0")


def keyed() -> Release:
    bank = FIRST.modules[0].quiz
    questions = tuple(make.choice(one.id, "c", outcome=one.outcome) for one in bank.questions)
    module = replace(FIRST.modules[0], quiz=replace(bank, questions=questions, digest="keyed"))
    return make.release("2.0.0", module, FIRST.modules[1], parent="1.0.0", change="material")


def test_where_questions_are_asked_reading_alone_renews_nothing(context: Context) -> None:
    desk, sam = shelf(context, keyed())
    with refused(Conflict, "renewal.has-questions"):
        renewing.confirm(desk, sam, "smpl", desk.new_id())


def test_an_urgent_fix_is_not_undone_on_the_day_of_a_release_that_waits(context: Context) -> None:
    waits = make.release("1.1.0", parent="1.0.0", change="informative", why=make.words("Later"))
    desk = make.with_shelf(context, FIRST, waits, keyed())
    sam = make.a_member(desk)
    make.finish(desk, sam, "smpl")
    number = certifying.issue(desk, sam, "smpl", a_choice(), "press-1")
    make.plan(desk, "1.1.0", 5)
    later(desk)
    assert adopting.adopt(desk, SYSTEM, "sample", "2.0.0").taken_back == ("1.1.0",)
    for days in (0, 6):
        make.wait(desk, days=days + 0.01)
        run_due(desk)
        assert state(desk, number) is State.RENEWAL_DUE
        found = learning.my_course(desk, sam, "smpl")
        assert found
        assert found.release.version == "2.0.0"


def test_a_rule_alone_says_so_and_leaves_the_certificate_valid(context: Context) -> None:
    rule = make.release("2.0.0", course=make.course(pass_mark=90), parent="1.0.0", change="material")
    desk, sam = shelf(context, rule)
    view = refreshing.open_refresher(desk, sam, "smpl")
    assert (view.due, view.rules) == (None, True)
    with refused(Conflict, "renewal.not-due"):
        renewing.confirm(desk, sam, "smpl", desk.new_id())


def test_steps_that_are_material_together_make_a_renewal_due(context: Context) -> None:
    small = replace(keyed(), version="1.1.0", digest="d1", change="informative")
    last = replace(keyed(), version="1.2.0", digest="d2", change="informative", parent="1.1.0")
    desk, sam = shelf(context, small)
    desk.library.releases.append(last)  # type: ignore[attr-defined]  # a shelf
    adopting.adopt(desk, SYSTEM, "sample", "1.2.0")
    later(desk)
    held = certifying.my_certificate(desk, sam, "smpl").holding
    assert held
    assert held.state is State.RENEWAL_DUE


def test_a_material_step_whose_parent_is_not_known_counts(context: Context) -> None:
    desk, _ = shelf(context, keyed())
    with desk.database.reading() as tx:
        first, second = releases.line(tx, "sample", desk.now())
    due = due_on(desk, "sample", "1.0.0", (first, replace(second, parent=None)))
    assert due
    assert due.steps == ("2.0.0",)


def test_a_release_that_cannot_be_read_makes_nothing_due(context: Context) -> None:
    desk, sam = shelf(context, keyed())
    desk.kept.refreshers.drop(("sample", "1.0.0", "2.0.0"))
    shown = certifying.my_certificate(desk, sam, "smpl").holding
    assert shown
    desk.kept.refreshers.drop(("sample", "1.0.0", "2.0.0"))
    desk.library.releases[:] = []  # type: ignore[attr-defined]  # a shelf
    assert verifying.verify(desk, NOBODY, shown.number).state is State.VALID


def test_a_language_that_is_no_longer_printed_notes_the_renewal_alone(context: Context) -> None:
    french = replace(keyed(), course=make.course(required_locales=("fr",)))
    desk, sam = shelf(context, french)
    assert pass_refresher(desk, sam, "smpl").passed
    held = certifying.my_certificate(desk, sam, "smpl").holding
    assert held
    assert held.state is State.RENEWAL_DUE
    assert len(rows(desk, "renewal")) == 1
