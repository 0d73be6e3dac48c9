"""A material change makes a renewal due for whom it matters; passing the refresher renews, once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import select

from lms.actions.certificates import certifying, refreshing, renewing, verifying
from lms.actions.context import Context
from lms.actions.learning import learning, quizzing, results
from lms.actions.learning.quizzing import SentAnswers
from lms.core.certificates.certificate import grouped
from lms.core.certificates.refreshers import REFRESHER
from lms.core.certificates.verification import State
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from lms.core.people.actors import NOBODY, Actor, Role
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
    Prepared,
    a_holder,
    add_event,
    later,
    pass_refresher,
    prepared,
    publish,
    save,
    sit_refresher,
    site_before,
    with_change,
    with_first,
)


@dataclass(frozen=True, slots=True)
class Begun:
    """The course before the change, and who publishes it."""

    kept: Prepared
    people: tuple[Actor, Actor]


@dataclass(frozen=True, slots=True)
class Changed:
    """The course after the change, and somebody who held a certificate before."""

    kept: Prepared
    holder: tuple[Actor, str]


class Due(NamedTuple):
    """A desk after the change, the holder and the number of the certificate that is due for renewal."""

    context: Context
    who: Actor
    number: str


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Begun:
    folder = tmp_path_factory.mktemp("begun")
    made = a_context(folder / "data", site=site_before(folder / "site"))
    people = with_first(made)
    return Begun(prepared(made), people)


@pytest.fixture(scope="module")
def changed(begun: Begun, tmp_path_factory: pytest.TempPathFactory) -> Changed:
    made = begun.kept.copied(tmp_path_factory.mktemp("changed"))
    holder = a_holder(made)
    with_change(made, begun.people)
    return Changed(prepared(made), holder)


@pytest.fixture
def before(begun: Begun, tmp_path: Path) -> tuple[Context, tuple[Actor, Actor]]:
    return begun.kept.copied(tmp_path), begun.people


@pytest.fixture
def due(changed: Changed, tmp_path: Path) -> Due:
    return Due(changed.kept.copied(tmp_path), *changed.holder)


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
    before: tuple[Context, tuple[Actor, Actor]],
) -> None:
    context, people = before
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


def test_a_new_name_afterwards_keeps_the_renewal(due: Due) -> None:
    context, who, _ = due
    pass_refresher(context, who)
    number = mine(context, who).number
    again = certifying.replace_mine(context, who, CODE, a_choice("Nour"), "press-2", replaces=number)
    held = mine(context, who)
    assert (held.number, held.state) == (again, State.VALID)
    assert held.content
    assert (held.content.version, held.content.renewed_on) == ("2.0.0", context.today())


def test_a_second_press_and_a_resend_renew_once(due: Due) -> None:
    context, who, _ = due
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
    due: Due,
) -> None:
    context, who, number = due
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


def test_it_is_nobody_elses_and_no_quiz_of_the_course(due: Due) -> None:
    context, who, _ = due
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
    before: tuple[Context, tuple[Actor, Actor]],
) -> None:
    context, people = before
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
    before: tuple[Context, tuple[Actor, Actor]],
) -> None:
    context, people = before
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
    before: tuple[Context, tuple[Actor, Actor]],
) -> None:
    context, people = before
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
    due: Due,
) -> None:
    context, who, number = due
    certifying.erase_mine(context, who, CODE)
    assert pass_refresher(context, who).passed
    assert state(context, number) is State.RENEWAL_DUE
    new = certifying.replace_mine(context, who, CODE, a_choice("Noor"), "press-3", replaces=number)
    assert state(context, new) is State.VALID
    assert state(context, number) is State.SUPERSEDED


def test_what_was_revoked_is_not_renewed(due: Due) -> None:
    context, who, number = due
    paper = sit_refresher(context, who)
    admin = make.a_member(context, "Root", Role.ADMIN)
    verifying.revoke(context, admin, grouped(number), "A mistake")
    done = renewing.submit(context, who, paper.attempt.id, SentAnswers(make.answer_all(paper), 0))
    assert done.passed
    assert state(context, number) is State.REVOKED
    assert rows(context, "renewal") == []
    with refused(Conflict, "renewal.not-due"):
        refreshing.start(context, who, CODE, context.new_id())


def test_visitors_and_strangers_have_none(context: Context) -> None:
    for act in (refreshing.open_refresher, refreshing.open_questions):
        with pytest.raises(NotAllowed):
            act(context, NOBODY, CODE)
