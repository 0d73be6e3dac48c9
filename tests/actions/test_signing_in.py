"""Signing in: the same answer for everybody, guessing is slow, and the owner always gets in."""

from __future__ import annotations

from statistics import median
from time import perf_counter

import pytest
from argon2 import PasswordHasher

from lms.actions import codes, joining, signing_in
from lms.actions.desk import Desk
from lms.actions.limits import PASSWORD_ANYWHERE, PASSWORD_HERE, RECOVERY
from lms.actions.signing_in import Browser
from lms.core.errors import Invalid, NotAllowed
from lms.core.people import NOBODY
from lms.storage import people
from tests.builders_accounts import (
    ELSEWHERE,
    HERE,
    PASSWORD,
    clock,
    code_in,
    joined,
    joined_by_mail,
    known_by,
    letters,
    signed_in,
)
from tests.builders_learning import refused


def guess(desk: Desk, who: str = "lac.bleu", browser: Browser = HERE) -> None:
    with refused(Invalid, "sign-in.wrong"):
        signing_in.sign_in(desk, NOBODY, who, "not this password", browser)


@pytest.mark.parametrize("who", ["lac.bleu", " Lac.Bleu ", "LAC.BLEU"])
def test_a_sign_in_name_is_read_forgivingly(desk: Desk, who: str) -> None:
    joined(desk)
    assert signed_in(desk, who).name == "Zoé"


def test_an_address_is_read_forgivingly(desk: Desk) -> None:
    joined_by_mail(desk, password=PASSWORD)
    assert signed_in(desk, "ZOE@EXAMPLE.ORG").name == "Zoé"


@pytest.mark.parametrize("who", ["lac.bleu", "nobody.here", "nobody@example.org", "@", ""])
def test_a_wrong_sign_in_is_refused_with_one_answer(desk: Desk, who: str) -> None:
    joined(desk)
    guess(desk, who)


def test_an_account_without_a_password_is_refused_in_the_same_way(desk: Desk) -> None:
    joined_by_mail(desk)
    guess(desk, "zoe@example.org")


def test_guessing_from_one_place_ends_after_ten_tries(desk: Desk) -> None:
    joined(desk)
    for _ in range(PASSWORD_HERE.most):
        guess(desk)
    with pytest.raises(NotAllowed) as caught:
        signing_in.sign_in(desk, NOBODY, "lac.bleu", PASSWORD, HERE)
    assert caught.value.params == {"minutes": 15}
    clock(desk).move(minutes=16)
    assert signed_in(desk).actor.is_member


def test_unknown_accounts_are_throttled_in_the_same_way(desk: Desk) -> None:
    for _ in range(PASSWORD_HERE.most):
        guess(desk, "nobody.here")
    with refused(NotAllowed, "sign-in.too-often"):
        signing_in.sign_in(desk, NOBODY, "nobody.here", PASSWORD, HERE)


def test_nobody_locks_the_owner_out_from_another_place(desk: Desk) -> None:
    joined(desk)
    for _ in range(PASSWORD_HERE.most):
        guess(desk, browser=ELSEWHERE)
    assert signed_in(desk).actor.is_member


def test_a_browser_with_an_earlier_session_gets_in_whatever_others_have_guessed(desk: Desk) -> None:
    earlier = known_by(desk, joined(desk).token)
    for number in range(PASSWORD_ANYWHERE.most):
        guess(desk, browser=Browser(f"198.51.100.{number // PASSWORD_HERE.most}"))
    with pytest.raises(NotAllowed):
        signing_in.sign_in(desk, NOBODY, "lac.bleu", PASSWORD, Browser("203.0.113.9"))
    for _ in range(PASSWORD_HERE.most - 1):
        guess(desk, browser=Browser("192.0.2.1", before=earlier.actor.session))
    assert signed_in(desk, browser=Browser("192.0.2.1", before=earlier.actor.session)).actor.is_member


def test_a_mailed_code_and_a_recovery_code_get_in_whatever_others_have_guessed(desk: Desk) -> None:
    joined_by_mail(desk, password=PASSWORD)
    recovery = joining.fresh_recovery(desk, known_by(desk, joined(desk).token))
    for who in ("zoe@example.org", "lac.bleu"):
        for _ in range(PASSWORD_HERE.most):
            guess(desk, who)
    token = codes.ask_to_sign_in(desk, NOBODY, "zoe@example.org", locale="en", browser=HERE)
    waiting = known_by(desk, token)
    typed = next(code_in(one) for one in reversed(letters(desk)) if one.to == "zoe@example.org")
    assert codes.confirm(desk, waiting.actor, waiting, typed, HERE).token
    assert signing_in.recover(desk, NOBODY, "lac.bleu", recovery[0], HERE).token


def test_getting_in_forgives_the_tries_before(desk: Desk) -> None:
    joined(desk)
    for _ in range(3):
        for _ in range(PASSWORD_HERE.most - 1):
            guess(desk)
        signed_in(desk)


def test_a_hash_made_with_other_costs_is_made_again(desk: Desk) -> None:
    known = known_by(desk, joined(desk).token)
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    with desk.database.writing() as tx:
        kept = people.own_password(tx, known.actor.person)
        assert kept is not None
        people.change_secret(tx, kept.id, old)
    signed_in(desk)
    with desk.database.reading() as tx:
        kept = people.own_password(tx, known.actor.person)
    assert kept is not None
    assert "m=19456,t=2,p=1" in kept.secret


def test_a_recovery_code_works_once_however_it_is_written(desk: Desk) -> None:
    first, second = joining.fresh_recovery(desk, known_by(desk, joined(desk).token))[:2]
    assert signing_in.recover(desk, NOBODY, "lac.bleu", first.upper().replace("-", " "), HERE).token
    with refused(Invalid, "sign-in.recovery-wrong"):
        signing_in.recover(desk, NOBODY, "lac.bleu", first, HERE)
    look_alikes = second.replace("0", "O").replace("1", "l")
    assert signing_in.recover(desk, NOBODY, "lac.bleu", look_alikes, HERE).token


def test_a_recovery_code_is_refused_for_others_and_for_nobody(desk: Desk) -> None:
    code = joining.fresh_recovery(desk, known_by(desk, joined(desk).token))[0]
    joined(desk, "second.person")
    for who in ("second.person", "nobody.here", ""):
        with refused(Invalid, "sign-in.recovery-wrong"):
            signing_in.recover(desk, NOBODY, who, code, HERE)


def test_trying_recovery_codes_ends(desk: Desk) -> None:
    for _ in range(RECOVERY.most):
        with pytest.raises(Invalid):
            signing_in.recover(desk, NOBODY, "lac.bleu", "x", HERE)
    with refused(NotAllowed, "sign-in.too-often"):
        signing_in.recover(desk, NOBODY, "lac.bleu", "x", HERE)


@pytest.mark.slow
def test_an_unknown_account_takes_as_long_as_a_known_one(desk: Desk) -> None:
    joined(desk)
    taken: dict[str, list[float]] = {"lac.bleu": [], "nobody.here": []}
    for number in range(9):
        for who, times in taken.items():
            began = perf_counter()
            guess(desk, who, Browser(f"192.0.2.{number}"))
            times.append(perf_counter() - began)
    known, unknown = (median(times) for times in taken.values())
    assert 0.5 < known / unknown < 2


def test_one_goes_on_to_the_page_that_was_asked_for(desk: Desk) -> None:
    joined(desk)
    browser = Browser("192.0.2.1", next="/en/account")
    assert signing_in.sign_in(desk, NOBODY, "lac.bleu", PASSWORD, browser).next == "/en/account"
