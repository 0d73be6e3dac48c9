"""Signing up without e-mail, recovery codes, and "Was this you?"."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lms.actions import visits
from lms.actions.context import Context
from lms.actions.learning import learning
from lms.actions.people import limits, sessions, signing_in, visitors
from lms.actions.people.limits import SIGN_UPS
from lms.actions.people.signing_in import Browser
from lms.core.errors import Invalid, NotAllowed, NotFound
from lms.core.people.actors import NOBODY
from lms.storage.learning import enrolments
from lms.storage.tables.people import credential, session
from tests.builders_accounts import HERE, PASSWORD, clock, joined, known_by, signed_in
from tests.builders_learning import SAMPLE_CODE, a_visit, pass_check, read_all, refused, sit, with_sample


def test_an_account_is_a_name_a_sign_in_name_and_a_password(context: Context) -> None:
    known = known_by(context, joined(context, locale="fr").token)
    assert (known.name, known.locale) == ("Zoé", "fr")
    assert len(visitors.fresh_recovery(context, known)) == 10


def test_everything_that_is_wrong_is_said_at_once(context: Context) -> None:
    with pytest.raises(Invalid) as caught:
        visitors.sign_up(context, NOBODY, "\u200b", "a@b", "x" * 201, locale="en", browser=HERE)
    assert [one.rule for one in caught.value.findings] == [
        "account.name-missing",
        "account.sign-in-name-shape",
        "account.password-long",
    ]
    with pytest.raises(Invalid) as caught:
        visitors.sign_up(context, NOBODY, "x" * 81, "lac.bleu", "", locale="en", browser=HERE)
    assert [one.rule for one in caught.value.findings] == [
        "account.name-too-long",
        "account.password-missing",
    ]


@pytest.mark.parametrize("password", ["motdepasse1", "Parvis2026", "zoélacbleu", "lac.bleu.99", "12345678"])
def test_what_everybody_guesses_is_no_password(context: Context, password: str) -> None:
    with pytest.raises(Invalid) as caught:
        visitors.sign_up(context, NOBODY, "Zoé", "lac.bleu", password, locale="en", browser=HERE)
    assert [one.rule for one in caught.value.findings] == ["account.password-weak"]


def test_a_sign_in_name_belongs_to_one_person(context: Context) -> None:
    joined(context)
    with pytest.raises(Invalid) as caught:
        joined(context, "LAC.BLEU")
    assert caught.value.findings[0].rule == "account.sign-in-name-taken"
    with context.database.reading() as tx:
        assert tx.exec_driver_sql("SELECT count(*) FROM person").scalar_one() == 1


def test_making_accounts_by_the_dozen_ends(context: Context) -> None:
    for _ in range(SIGN_UPS.most):
        limits.take(context, SIGN_UPS.of(HERE.origin))
    with refused(NotAllowed, "sign-up.too-often"):
        joined(context)


def test_recovery_codes_are_shown_for_a_quarter_of_an_hour(context: Context) -> None:
    token = joined(context).token
    clock(context).move(minutes=15)
    assert visitors.fresh_recovery(context, known_by(context, token))
    clock(context).move(minutes=1)
    assert visitors.fresh_recovery(context, known_by(context, token)) == []


def test_recovery_codes_cannot_be_read_from_the_database(context: Context) -> None:
    known = known_by(context, joined(context).token)
    with context.database.reading() as tx:
        dump = str([tx.execute(table.select()).all() for table in (session, credential)])
    for code in visitors.fresh_recovery(context, known):
        assert code not in dump
        assert code.replace("-", "") not in dump
    shown = known.notes.recovery
    assert shown
    spoilt = replace(known.notes, recovery=replace(shown, codes="00"))
    assert visitors.fresh_recovery(context, replace(known, notes=spoilt)) == []


def visit_with_progress(context: Context) -> sessions.Visit:
    visit = a_visit(context)
    learning.enrol(context, visit.actor, SAMPLE_CODE, "en")
    module = learning.enrol(context, visit.actor, SAMPLE_CODE, "en").release.modules[0]
    read_all(context, visit.actor, only=module.code)
    pass_check(context, visit.actor, module.code)
    return visit


def test_progress_without_an_account_is_joined_after_yes(context: Context) -> None:
    with_sample(context)
    visit = visit_with_progress(context)
    known = known_by(context, joined(context, actor=visit.actor).token)
    assert learning.my_learning(context, known.actor) == ()
    assert visits.answer(context, known.actor, was_me=True) == 1
    mine = learning.my_learning(context, known.actor)
    assert len(mine) == 1
    assert mine[0].enrolled.facts.passed
    assert learning.my_learning(context, visit.actor) == ()
    known = sessions.recognise(context, known.actor.session)
    with refused(NotFound, "visit.nothing-waits"):
        visits.answer(context, known.actor, was_me=True)


def test_progress_without_an_account_is_left_alone_after_no(context: Context) -> None:
    with_sample(context)
    visit = visit_with_progress(context)
    known = known_by(context, joined(context, actor=visit.actor).token)
    assert visits.answer(context, known.actor, was_me=False) == 0
    assert learning.my_learning(context, known.actor) == ()
    assert len(learning.my_learning(context, visit.actor)) == 1


def test_progress_is_added_to_a_course_that_the_account_has_begun(context: Context) -> None:
    with_sample(context)
    own = known_by(context, joined(context).token).actor
    module = learning.enrol(context, own, SAMPLE_CODE, "en").release.modules[0]
    sit(context, own, module.code)
    visit = visit_with_progress(context)
    sit(context, visit.actor, module.code)
    browser = Browser("192.0.2.1", before=visit.actor.session)
    known = known_by(context, signing_in.sign_in(context, NOBODY, "lac.bleu", PASSWORD, browser).token)
    assert visits.answer(context, known.actor, was_me=True) == 1
    facts = learning.my_learning(context, known.actor)[0].enrolled.facts
    assert facts.read
    assert facts.passed
    assert signed_in(context).waiting == ""


def test_a_lesson_that_was_read_without_the_account_is_not_new_in_it(context: Context) -> None:
    with_sample(context)
    own = known_by(context, joined(context).token).actor
    mine = learning.enrol(context, own, SAMPLE_CODE, "en")
    module = mine.release.modules[0]
    with context.database.writing() as tx:
        enrolments.credit(tx, mine.enrolled.id, [(module.id, one.id) for one in module.lessons], "en", 1)
    visit = visit_with_progress(context)
    read = learning.my_learning(context, visit.actor)[0].enrolled.facts.read
    browser = Browser("192.0.2.1", before=visit.actor.session)
    known = known_by(context, signing_in.sign_in(context, NOBODY, "lac.bleu", PASSWORD, browser).token)
    assert visits.answer(context, known.actor, was_me=True) == 1
    after = learning.my_learning(context, known.actor)[0].enrolled.facts.read
    assert read
    assert {name: after[name] for name in read} == dict(read)
    assert set(after) == {(module.id, one.id) for one in module.lessons}
