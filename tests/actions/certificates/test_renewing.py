"""A material change makes a renewal due for whom it matters; passing the refresher renews, once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from lms.actions.certificates import certifying, refreshing, renewing, verifying
from lms.actions.context import Context
from lms.actions.learning import learning, quizzing, results
from lms.actions.learning.quizzing import SentAnswers
from lms.actions.publishing import adopting
from lms.core.certificates.certificate import grouped
from lms.core.certificates.refreshers import REFRESHER
from lms.core.certificates.verification import State
from lms.core.courses.course import Release
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from lms.core.people.actors import NOBODY, SYSTEM, Actor, Role
from lms.jobs import run_due
from lms.storage.tables.everything import metadata
from tests import builders_learning as make
from tests.builders import a_context
from tests.builders_certificates import a_choice, a_learner
from tests.builders_learning import SAMPLE_CODE as CODE
from tests.builders_learning import refused
from tests.builders_renewal import (
    FILING,
    WHY,
    a_holder,
    add_event,
    later,
    pass_refresher,
    publish,
    save,
    sit_refresher,
    site_before,
    with_change,
    with_first,
)


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return a_context(tmp_path / "data", site=site_before(tmp_path / "site"))


@pytest.fixture
def people(context: Context) -> tuple[Actor, Actor]:
    return with_first(context)


def rows(context: Context, table: str) -> list[dict[str, object]]:
    with context.database.reading() as tx:
        return [dict(row) for row in tx.execute(select(metadata.tables[table])).mappings()]


def state(context: Context, number: str) -> State:
    return verifying.verify(context, NOBODY, number).state


def mine(context: Context, who: Actor) -> certifying.Holding:
    found = certifying.my_certificate(context, who, CODE).holding
    assert found
    return found


def test_a_material_change_makes_a_renewal_due_and_passing_the_refresher_renews(
    context: Context, people: tuple[Actor, Actor]
) -> None:
    who, first = a_holder(context)
    assert state(context, first) is State.VALID
    with_change(context, people)
    found = verifying.verify(context, NOBODY, first)
    assert (found.state, found.since) == (State.RENEWAL_DUE, context.today())
    held = mine(context, who)
    assert held.state is State.RENEWAL_DUE
    assert [why.text("fr") for why in held.why] == [WHY["fr"]]
    view = refreshing.open_refresher(context, who, CODE)
    assert view.due
    assert [(part.lesson, part.anchor) for part in view.due.made.parts] == [("greeting", "s3")]
    assert view.paper is None
    done = pass_refresher(context, who)
    assert done.passed
    held = mine(context, who)
    assert held.state is State.VALID
    assert held.number != first
    assert held.content
    assert held.content.version == "2.0.0"
    assert held.content.renewed_on == context.today()
    old = verifying.verify(context, NOBODY, first)
    assert (old.state, old.since) == (State.SUPERSEDED, context.today())
    events = [one for one in rows(context, "certificate_event") if one["number"] == first]
    assert [one["other"] for one in events if one["event"] == "superseded"] == [held.number]
    assert refreshing.open_refresher(context, who, CODE).due is None
    assert refreshing.waiting(context, who) == {}
    run_due(context)
    assert mine(context, who).making == "ready"


def test_a_new_name_afterwards_keeps_the_renewal(context: Context, people: tuple[Actor, Actor]) -> None:
    who, _ = a_holder(context)
    with_change(context, people)
    pass_refresher(context, who)
    number = mine(context, who).number
    again = certifying.replace_mine(context, who, CODE, a_choice("Nour"), "press-2", replaces=number)
    held = mine(context, who)
    assert (held.number, held.state) == (again, State.VALID)
    assert held.content
    assert (held.content.version, held.content.renewed_on) == ("2.0.0", context.today())


def test_a_second_press_and_a_resend_renew_once(context: Context, people: tuple[Actor, Actor]) -> None:
    who, _ = a_holder(context)
    with_change(context, people)
    paper = sit_refresher(context, who)
    assert refreshing.start(context, who, CODE, context.new_id()) == paper.attempt.id
    sent = SentAnswers(make.answer_all(paper), 0)
    first = renewing.submit(context, who, paper.attempt.id, sent)
    number = mine(context, who).number
    assert renewing.submit(context, who, paper.attempt.id, sent) == replace(first, complete=True)
    assert mine(context, who).number == number
    assert len(rows(context, "renewal")) == 1
    with refused(Conflict, "renewal.not-due"):
        refreshing.start(context, who, CODE, context.new_id())


def test_what_is_missing_is_named_and_not_passing_renews_nothing(
    context: Context, people: tuple[Actor, Actor]
) -> None:
    who, number = a_holder(context)
    with_change(context, people)
    paper = sit_refresher(context, who)
    done = renewing.submit(context, who, paper.attempt.id, SentAnswers({}, 0))
    assert done.missing
    done = renewing.submit(context, who, paper.attempt.id, SentAnswers({}, 0), confirmed=True)
    assert not done.passed
    assert state(context, number) is State.RENEWAL_DUE
    view = refreshing.open_refresher(context, who, CODE)
    assert view.last
    assert view.last.check == REFRESHER
    assert results.result(context, who, paper.attempt.id).paper.is_refresher
    assert pass_refresher(context, who).passed
    assert state(context, number) is State.SUPERSEDED


def test_it_is_nobody_elses_and_no_quiz_of_the_course(context: Context, people: tuple[Actor, Actor]) -> None:
    who, _ = a_holder(context)
    with_change(context, people)
    paper = sit_refresher(context, who)
    other = a_learner(context, "Other")
    with refused(NotFound, "attempt.unknown"):
        renewing.submit(context, other, paper.attempt.id, SentAnswers({}, 0))
    with refused(NotFound, "attempt.unknown"):
        quizzing.submit_check(context, who, paper.attempt.id, {}, known=0)
    for act in (refreshing.open_refresher, refreshing.open_questions):
        with refused(NotFound, "learning.not-enrolled"):
            act(context, other, CODE)
    learning.enrol(context, other, CODE, "en")
    check = make.sit(
        context, other, "m1" if learning.my_course(context, other, CODE) is None else _code(context)
    )
    with refused(NotFound, "attempt.unknown"):
        renewing.submit(context, other, check.attempt.id, SentAnswers({}, 0))
    with refused(NotFound, "certificate.none"):
        refreshing.open_refresher(context, other, CODE)
    with refused(Conflict, "attempt.id"):
        refreshing.start(context, _second_holder(context), CODE, paper.attempt.id)
    with refused(Invalid, "attempt.id"):
        refreshing.start(context, who, CODE, "no id")
    assert refreshing.open_questions(context, other, CODE).paper is None


def _code(context: Context) -> str:
    return context.library.release("sample-course", "1.0.0").modules[0].code


def _second_holder(context: Context) -> Actor:
    """Return somebody who finished the newest release and holds a certificate of the one before."""
    who, number = a_holder(context)
    with context.database.writing() as tx:
        tx.exec_driver_sql(f"UPDATE certificate SET version = '1.1.0' WHERE number = '{number}'")  # noqa: S608  # ours
    return who


def test_finishing_an_old_release_after_the_change_gives_one_that_is_due(
    context: Context, people: tuple[Actor, Actor]
) -> None:
    who = make.a_member(context)
    learning.enrol(context, who, CODE, "en")
    with_change(context, people)
    found = learning.my_course(context, who, CODE)
    assert found
    assert found.offer
    assert found.release.version == "1.1.0"
    make.finish(context, who)
    certifying.issue(context, who, CODE, a_choice(), "press-9")
    held = mine(context, who)
    assert held.state is State.RENEWAL_DUE
    assert held.due
    assert held.due.before == "1.1.0"


def test_a_moved_address_and_a_filing_change_nothing_for_holders(
    context: Context, people: tuple[Actor, Actor]
) -> None:
    _, number = a_holder(context)
    path = Path(context.settings.site) / "courses/legislation/sample-act.yaml"
    path.write_text(
        path.read_text("utf-8").replace("example.org/en/seating", "example.org/en/claims"), "utf-8"
    )
    publish(context, people, "1.1.1")
    assert context.library.release("sample-course", "1.1.1").change == "editorial"
    later(context)
    assert state(context, number) is State.VALID
    add_event(context, FILING)
    publish(context, people, "1.2.0")
    assert context.library.release("sample-course", "1.2.0").change == "informative"
    later(context)
    assert state(context, number) is State.VALID


def test_rollback_brings_back_both_languages_and_the_questions_and_nothing_is_due_for_who_learned_them(
    context: Context, people: tuple[Actor, Actor]
) -> None:
    _, number = a_holder(context)
    author, _ = people
    save(
        context, author, "quizzes/sample-course/welcome/draft.yaml", "rests_on: [sample-act]", "rests_on: []"
    )
    with_change(context, people)
    assert state(context, number) is State.RENEWAL_DUE
    publish(context, people, "3.0.0", source="1.1.0")
    later(context)
    old, back = (context.library.release("sample-course", one) for one in ("1.1.0", "3.0.0"))
    assert back.modules[0].quiz.questions == old.modules[0].quiz.questions
    for locale in ("en", "fr"):
        assert back.modules[0].lessons[0].documents[locale] == old.modules[0].lessons[0].documents[locale]
    assert state(context, number) is State.VALID


def test_who_has_erased_the_name_has_the_renewal_noted_and_chooses_again(
    context: Context, people: tuple[Actor, Actor]
) -> None:
    who, number = a_holder(context)
    with_change(context, people)
    certifying.erase_mine(context, who, CODE)
    assert pass_refresher(context, who).passed
    assert state(context, number) is State.RENEWAL_DUE
    new = certifying.replace_mine(context, who, CODE, a_choice("Noor"), "press-3", replaces=number)
    assert state(context, new) is State.VALID
    assert state(context, number) is State.SUPERSEDED


def test_what_was_revoked_is_not_renewed(context: Context, people: tuple[Actor, Actor]) -> None:
    who, number = a_holder(context)
    with_change(context, people)
    paper = sit_refresher(context, who)
    admin = make.a_member(context, "Root", Role.ADMIN)
    verifying.revoke(context, admin, grouped(number), "A mistake")
    done = renewing.submit(context, who, paper.attempt.id, SentAnswers(make.answer_all(paper), 0))
    assert done.passed
    assert state(context, number) is State.REVOKED
    assert rows(context, "renewal") == []
    with refused(Conflict, "renewal.not-due"):
        refreshing.start(context, who, CODE, context.new_id())


# --- releases made in memory --------------------------------------------------------------------------
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


def test_visitors_and_strangers_have_none(context: Context) -> None:
    for act in (refreshing.open_refresher, refreshing.open_questions):
        with pytest.raises(NotAllowed):
            act(context, NOBODY, CODE)
