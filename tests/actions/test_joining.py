"""Signing up without e-mail, recovery codes, and "Was this you?"."""

from __future__ import annotations

import pytest

from lms.actions import joining, learning, limits, sessions, signing_in
from lms.actions.desk import Desk
from lms.actions.limits import SIGN_UPS
from lms.actions.signing_in import Browser
from lms.core.errors import Invalid, NotAllowed, NotFound
from lms.core.people import NOBODY
from lms.storage.tables import credential, session
from tests.builders_accounts import HERE, PASSWORD, clock, joined, known_by, signed_in
from tests.builders_learning import SAMPLE_CODE, pass_check, read_all, refused, sit, with_sample


def test_an_account_is_a_name_a_sign_in_name_and_a_password(desk: Desk) -> None:
    known = known_by(desk, joined(desk, locale="fr").token)
    assert (known.name, known.locale) == ("Zoé", "fr")
    assert len(joining.fresh_recovery(desk, known)) == 10


def test_everything_that_is_wrong_is_said_at_once(desk: Desk) -> None:
    with pytest.raises(Invalid) as caught:
        joining.sign_up(desk, NOBODY, "\u200b", "a@b", "x" * 201, locale="en", browser=HERE)
    assert [one.rule for one in caught.value.findings] == [
        "account.name-missing",
        "account.sign-in-name-shape",
        "account.password-long",
    ]
    with pytest.raises(Invalid) as caught:
        joining.sign_up(desk, NOBODY, "x" * 81, "lac.bleu", "", locale="en", browser=HERE)
    assert [one.rule for one in caught.value.findings] == [
        "account.name-too-long",
        "account.password-missing",
    ]


@pytest.mark.parametrize("password", ["motdepasse1", "Parvis2026", "zoélacbleu", "lac.bleu.99", "12345678"])
def test_what_everybody_guesses_is_no_password(desk: Desk, password: str) -> None:
    with pytest.raises(Invalid) as caught:
        joining.sign_up(desk, NOBODY, "Zoé", "lac.bleu", password, locale="en", browser=HERE)
    assert [one.rule for one in caught.value.findings] == ["account.password-weak"]


def test_a_sign_in_name_belongs_to_one_person(desk: Desk) -> None:
    joined(desk)
    with pytest.raises(Invalid) as caught:
        joined(desk, "LAC.BLEU")
    assert caught.value.findings[0].rule == "account.sign-in-name-taken"
    with desk.database.reading() as tx:
        assert tx.exec_driver_sql("SELECT count(*) FROM person").scalar_one() == 1


def test_making_accounts_by_the_dozen_ends(desk: Desk) -> None:
    with desk.database.writing() as tx:
        for _ in range(SIGN_UPS.most):
            limits.take(tx, desk, SIGN_UPS, HERE.origin)
    with refused(NotAllowed, "sign-up.too-often"):
        joined(desk)


def test_recovery_codes_are_shown_for_a_quarter_of_an_hour(desk: Desk) -> None:
    token = joined(desk).token
    clock(desk).move(minutes=15)
    assert joining.fresh_recovery(desk, known_by(desk, token))
    clock(desk).move(minutes=1)
    assert joining.fresh_recovery(desk, known_by(desk, token)) == []


def test_recovery_codes_cannot_be_read_from_the_database(desk: Desk) -> None:
    known = known_by(desk, joined(desk).token)
    with desk.database.reading() as tx:
        dump = str([tx.execute(table.select()).all() for table in (session, credential)])
    for code in joining.fresh_recovery(desk, known):
        assert code not in dump
        assert code.replace("-", "") not in dump
    spoilt = {"recovery": {**known.keep["recovery"], "codes": "00"}}
    assert joining.fresh_recovery(desk, sessions.Known(known.actor, keep=spoilt)) == []


def visit_with_progress(desk: Desk) -> sessions.Visit:
    visit = sessions.start_visit(desk, NOBODY)
    learning.enrol(desk, visit.actor, SAMPLE_CODE, "en")
    module = learning.enrol(desk, visit.actor, SAMPLE_CODE, "en").release.modules[0]
    read_all(desk, visit.actor, only=module.code)
    pass_check(desk, visit.actor, module.code)
    return visit


def test_progress_without_an_account_is_joined_after_yes(desk: Desk) -> None:
    with_sample(desk)
    visit = visit_with_progress(desk)
    known = known_by(desk, joined(desk, actor=visit.actor).token)
    assert learning.my_learning(desk, known.actor) == ()
    assert joining.answer(desk, known.actor, known, was_me=True) == 1
    mine = learning.my_learning(desk, known.actor)
    assert len(mine) == 1
    assert mine[0].enrolled.facts.passed
    assert learning.my_learning(desk, visit.actor) == ()
    known = sessions.recognise(desk, known.actor.session)
    with refused(NotFound, "visit.nothing-waits"):
        joining.answer(desk, known.actor, known, was_me=True)


def test_progress_without_an_account_is_left_alone_after_no(desk: Desk) -> None:
    with_sample(desk)
    visit = visit_with_progress(desk)
    known = known_by(desk, joined(desk, actor=visit.actor).token)
    assert joining.answer(desk, known.actor, known, was_me=False) == 0
    assert learning.my_learning(desk, known.actor) == ()
    assert len(learning.my_learning(desk, visit.actor)) == 1


def test_progress_is_added_to_a_course_that_the_account_has_begun(desk: Desk) -> None:
    with_sample(desk)
    own = known_by(desk, joined(desk).token).actor
    module = learning.enrol(desk, own, SAMPLE_CODE, "en").release.modules[0]
    sit(desk, own, module.code)
    visit = visit_with_progress(desk)
    sit(desk, visit.actor, module.code)
    browser = Browser("192.0.2.1", before=visit.actor.session)
    known = known_by(desk, signing_in.sign_in(desk, NOBODY, "lac.bleu", PASSWORD, browser).token)
    assert joining.answer(desk, known.actor, known, was_me=True) == 1
    facts = learning.my_learning(desk, known.actor)[0].enrolled.facts
    assert facts.read
    assert facts.passed
    assert signed_in(desk).waiting == ""
