"""Signing in: the same answer for everybody, guessing is slow, and the owner always gets in."""

from __future__ import annotations

from dataclasses import replace
from statistics import median
from time import perf_counter

import pytest
from argon2 import PasswordHasher

from lms.actions.context import Context
from lms.actions.people import codes, signing_in, visitors
from lms.actions.people.limits import PASSWORD_ANYWHERE, PASSWORD_HERE, RECOVERY
from lms.actions.people.signing_in import Browser
from lms.core.errors import Invalid, NotAllowed
from lms.core.people.actors import NOBODY
from lms.storage.people import persons
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


def guess(context: Context, who: str = "lac.bleu", browser: Browser = HERE) -> None:
    with refused(Invalid, "sign-in.wrong"):
        signing_in.sign_in(context, NOBODY, who, "not this password", browser)


@pytest.mark.parametrize("who", ["lac.bleu", " Lac.Bleu ", "LAC.BLEU"])
def test_a_sign_in_name_is_read_forgivingly(context: Context, who: str) -> None:
    joined(context)
    assert signed_in(context, who).name == "Zoé"


def test_an_address_is_read_forgivingly(context: Context) -> None:
    joined_by_mail(context, password=PASSWORD)
    assert signed_in(context, "ZOE@EXAMPLE.ORG").name == "Zoé"


@pytest.mark.parametrize("who", ["lac.bleu", "nobody.here", "nobody@example.org", "@", ""])
def test_a_wrong_sign_in_is_refused_with_one_answer(context: Context, who: str) -> None:
    joined(context)
    guess(context, who)


def test_an_account_without_a_password_is_refused_in_the_same_way(context: Context) -> None:
    joined_by_mail(context)
    guess(context, "zoe@example.org")


def test_guessing_from_one_place_ends_after_ten_tries(context: Context) -> None:
    joined(context)
    for _ in range(PASSWORD_HERE.most):
        guess(context)
    with pytest.raises(NotAllowed) as caught:
        signing_in.sign_in(context, NOBODY, "lac.bleu", PASSWORD, HERE)
    assert caught.value.params == {"minutes": 15}
    clock(context).move(minutes=16)
    assert signed_in(context).actor.is_member


def test_unknown_accounts_are_throttled_in_the_same_way(context: Context) -> None:
    for _ in range(PASSWORD_HERE.most):
        guess(context, "nobody.here")
    with refused(NotAllowed, "sign-in.too-often"):
        signing_in.sign_in(context, NOBODY, "nobody.here", PASSWORD, HERE)


def test_nobody_locks_the_owner_out_from_another_place(context: Context) -> None:
    joined(context)
    for _ in range(PASSWORD_HERE.most):
        guess(context, browser=ELSEWHERE)
    assert signed_in(context).actor.is_member


def test_a_browser_with_an_earlier_session_gets_in_whatever_others_have_guessed(context: Context) -> None:
    earlier = known_by(context, joined(context).token)
    for number in range(PASSWORD_ANYWHERE.most):
        guess(context, browser=Browser(f"198.51.100.{number // PASSWORD_HERE.most}"))
    with pytest.raises(NotAllowed):
        signing_in.sign_in(context, NOBODY, "lac.bleu", PASSWORD, Browser("203.0.113.9"))
    for _ in range(PASSWORD_HERE.most - 1):
        guess(context, browser=Browser("192.0.2.1", before=earlier.actor.session))
    assert signed_in(context, browser=Browser("192.0.2.1", before=earlier.actor.session)).actor.is_member


def test_a_mailed_code_and_a_recovery_code_get_in_whatever_others_have_guessed(context: Context) -> None:
    joined_by_mail(context, password=PASSWORD)
    recovery = visitors.fresh_recovery(context, known_by(context, joined(context).token))
    for who in ("zoe@example.org", "lac.bleu"):
        for _ in range(PASSWORD_HERE.most):
            guess(context, who)
    token = codes.ask_to_sign_in(context, NOBODY, "zoe@example.org", locale="en", browser=HERE)
    waiting = known_by(context, token)
    typed = next(code_in(one) for one in reversed(letters(context)) if one.to == "zoe@example.org")
    assert codes.confirm(context, waiting.actor, typed, HERE).token
    assert signing_in.recover(context, NOBODY, "lac.bleu", recovery[0], HERE).token


def test_getting_in_forgives_the_tries_before(context: Context) -> None:
    joined(context)
    for _ in range(3):
        for _ in range(PASSWORD_HERE.most - 1):
            guess(context)
        signed_in(context)


def test_a_hash_made_with_other_costs_is_made_again(context: Context) -> None:
    known = known_by(context, joined(context).token)
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    with context.database.writing() as tx:
        kept = persons.own_password(tx, known.actor.person)
        assert kept is not None
        persons.change_secret(tx, kept.id, old)
    signed_in(context)
    with context.database.reading() as tx:
        kept = persons.own_password(tx, known.actor.person)
    assert kept is not None
    assert "m=19456,t=2,p=1" in kept.secret


def test_a_recovery_code_works_once_however_it_is_written(context: Context) -> None:
    first, second = visitors.fresh_recovery(context, known_by(context, joined(context).token))[:2]
    assert signing_in.recover(context, NOBODY, "lac.bleu", first.upper().replace("-", " "), HERE).token
    with refused(Invalid, "sign-in.recovery-wrong"):
        signing_in.recover(context, NOBODY, "lac.bleu", first, HERE)
    look_alikes = second.replace("0", "O").replace("1", "l")
    assert signing_in.recover(context, NOBODY, "lac.bleu", look_alikes, HERE).token


def test_a_second_press_with_a_recovery_code_gets_the_first_ones_result(context: Context) -> None:
    known = known_by(context, joined(context).token)
    first, second = visitors.fresh_recovery(context, known)[:2]
    here = replace(HERE, window="this browser", next="/en/my-learning")
    tokens = [signing_in.recover(context, NOBODY, "lac.bleu", first, here).token for _ in range(3)]
    who = [known_by(context, token).actor.person for token in tokens]
    assert who == ["", "", known.actor.person], "only the newest session lives"
    with refused(Invalid, "sign-in.recovery-wrong"):
        signing_in.recover(context, NOBODY, "lac.bleu", first, replace(here, window="another"))
    with refused(Invalid, "sign-in.recovery-wrong"):
        signing_in.recover(context, NOBODY, "lac.bleu", first, HERE)
    signing_in.recover(context, NOBODY, "lac.bleu", second, replace(here, window="another"))
    clock(context).move(minutes=11)
    with refused(Invalid, "sign-in.recovery-wrong"):
        signing_in.recover(context, NOBODY, "lac.bleu", first, here)


def test_a_recovery_code_is_refused_for_others_and_for_nobody(context: Context) -> None:
    code = visitors.fresh_recovery(context, known_by(context, joined(context).token))[0]
    joined(context, "second.person")
    for who in ("second.person", "nobody.here", ""):
        with refused(Invalid, "sign-in.recovery-wrong"):
            signing_in.recover(context, NOBODY, who, code, HERE)


def test_trying_recovery_codes_ends(context: Context) -> None:
    for _ in range(RECOVERY.most):
        with pytest.raises(Invalid):
            signing_in.recover(context, NOBODY, "lac.bleu", "x", HERE)
    with refused(NotAllowed, "sign-in.too-often"):
        signing_in.recover(context, NOBODY, "lac.bleu", "x", HERE)


@pytest.mark.slow
def test_an_unknown_account_takes_as_long_as_a_known_one(context: Context) -> None:
    joined(context)
    taken: dict[str, list[float]] = {"lac.bleu": [], "nobody.here": []}
    for number in range(9):
        for who, times in taken.items():
            began = perf_counter()
            guess(context, who, Browser(f"192.0.2.{number}"))
            times.append(perf_counter() - began)
    known, unknown = (median(times) for times in taken.values())
    assert 0.5 < known / unknown < 2


def test_one_goes_on_to_the_page_that_was_asked_for(context: Context) -> None:
    joined(context)
    browser = Browser("192.0.2.1", next="/en/account")
    assert signing_in.sign_in(context, NOBODY, "lac.bleu", PASSWORD, browser).next == "/en/account"
