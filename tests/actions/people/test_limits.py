"""Guessing is slow wherever it comes from, and no guess of a stranger keeps an owner out."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from lms.actions.certificates import certifying, verifying
from lms.actions.context import Context
from lms.actions.learning import feedback
from lms.actions.people import accounts, codes, devices, limits, signing_in, visitors
from lms.actions.people.limits import Limit
from lms.actions.people.signing_in import Browser
from lms.core.errors import Invalid, NotAllowed, ParvisError
from lms.core.people.actors import NOBODY, Actor
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
    taken,
    use_up,
)
from tests.builders_certificates import CODE, a_choice, a_graduate
from tests.builders_learning import refused

FEW = Limit("few", 3, 15, "sign-in.too-often")


def codes_of(times: int, call: Callable[[int], object]) -> Counter[str]:
    """Count what became of so many tries."""
    said: Counter[str] = Counter()
    for number in range(times):
        try:
            call(number)
            said["ok"] += 1
        except ParvisError as problem:
            said[problem.code] += 1
    return said


def flood(context: Context) -> None:
    """Use up what all strangers have together, from twenty networks of one of them."""
    of_all = limits.PASSWORDS_OF_ALL
    networks = [limits.PASSWORDS_FROM.of(f"2001:db8:0:{number:x}::1") for number in range(20)]
    taken(context, *networks * (of_all.most // len(networks)))
    use_up(context, of_all)


def guess(context: Context, browser: Browser, who: str = "lac.bleu") -> None:
    with pytest.raises(Invalid):
        signing_in.sign_in(context, NOBODY, who, "not this password", browser)


# --- counting ------------------------------------------------------------------------------------------
def test_a_limit_ends_tries_for_what_is_left_of_its_window(context: Context) -> None:
    clock_ = clock(context)
    limits.take(context, FEW.of("a"))
    clock_.move(minutes=5)
    assert codes_of(5, lambda _: limits.take(context, FEW.of("a"))) == {"ok": 2, "sign-in.too-often": 3}
    with pytest.raises(NotAllowed) as caught:
        limits.take(context, FEW.of("a"))
    assert caught.value.params == {"minutes": 10}
    limits.take(context, FEW.of("b"))
    clock_.move(minutes=9.5)
    with pytest.raises(NotAllowed) as caught:
        limits.take(context, FEW.of("a"))
    assert caught.value.params == {"minutes": 2}, "never less than two: sentences say minutes"
    clock_.move(minutes=1)
    limits.take(context, FEW.of("a"))


def test_what_is_refused_by_one_budget_is_taken_from_none(context: Context) -> None:
    wide = Limit("wide", 100, 15, "sign-in.too-often")
    use_up(context, FEW, "a")
    codes_of(10, lambda _: limits.take(context, wide.of(), FEW.of("a")))
    assert codes_of(101, lambda _: limits.take(context, wide.of())) == {"ok": 100, "sign-in.too-often": 1}


def test_tries_at_the_same_instant_are_all_counted(context: Context) -> None:
    """A stranger who sends a hundred guesses at once gets no more of them than one after the other."""
    gate = threading.Barrier(8)
    said: list[str] = []

    def try_often() -> None:
        gate.wait()
        said.extend(codes_of(5, lambda _: limits.take(context, FEW.of("a"))).elements())

    threads = [threading.Thread(target=try_often) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert Counter(said)["ok"] == FEW.most
    assert set(said) == {"ok", "sign-in.too-often"}


def test_a_clock_that_was_ahead_keeps_nobody_out(context: Context) -> None:
    clock_ = clock(context)
    clock_.move(days=400)
    use_up(context, FEW, "a")
    clock_.move(days=-400)
    assert codes_of(4, lambda _: limits.take(context, FEW.of("a"))) == {"ok": 3, "sign-in.too-often": 1}


def test_giving_back_never_makes_more_of_a_limit(context: Context) -> None:
    with context.database.writing() as tx:
        limits.give_back(tx, context, FEW.of("a"), FEW.of("never counted"))
    assert codes_of(5, lambda _: limits.take(context, FEW.of("a")))["ok"] == FEW.most


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("192.0.2.1:5", "192.0.2.1"),
    ],
)
def test_a_network_counts_as_one(context: Context, one: str, other: str) -> None:
    use_up(context, FEW, one)
    with refused(NotAllowed, "sign-in.too-often"):
        limits.take(context, FEW.of(other))


# --- what a stranger can do -----------------------------------------------------------------------------
@pytest.mark.slow
def test_many_passwords_for_many_names_from_one_place_end_before_any_is_looked_at(context: Context) -> None:
    said = codes_of(
        150, lambda n: signing_in.sign_in(context, NOBODY, f"user{n}", "Password1!", Browser("2001:db8::1"))
    )
    most = limits.PASSWORDS_FROM.most
    assert said == {"sign-in.wrong": most, "sign-in.too-often": 150 - most}
    with refused(NotAllowed, "sign-in.too-often"):  # another address of the same /64
        signing_in.sign_in(context, NOBODY, "somebody.else", "Password1!", Browser("2001:db8::2"))


@pytest.mark.slow
def test_right_passwords_in_between_do_not_make_guessing_cheaper(context: Context) -> None:
    joined(context)
    most = limits.PASSWORDS_FROM.most
    for number in range(most):
        guess(context, HERE, f"user{number}")
        if number % 10 == 0 and number < most - 1:
            signed_in(context)
    with refused(NotAllowed, "sign-in.too-often"):
        guess(context, HERE, "one.more")


def test_guesses_from_everywhere_over_all_accounts_end_but_for_a_few_from_each_network(
    context: Context,
) -> None:
    flood(context)
    said = codes_of(30, lambda n: guess(context, Browser("2001:db8:0:7::1"), f"user{n}"))
    assert said == {"sign-in.too-often": 30}, "a network that has taken part"
    said = codes_of(30, lambda n: guess(context, Browser(f"2001:db8:1:1::{n + 1:x}"), f"user{n}"))
    assert said == {"ok": limits.FEW, "sign-in.too-often": 30 - limits.FEW}, "one that comes later"


def test_an_owner_in_a_new_browser_gets_in_at_once_while_a_stranger_guesses_everywhere(
    context: Context,
) -> None:
    joined(context)
    flood(context)
    assert signed_in(context, browser=Browser("2001:db8:ffff::9")).actor.is_member
    for _ in range(limits.FEW - 1):
        guess(context, ELSEWHERE)
    for _ in range(5):
        assert signed_in(context, browser=ELSEWHERE).actor.is_member, "what was right is given back"


def test_tries_of_one_network_at_the_same_instant_are_few_in_a_flood(context: Context) -> None:
    use_up(context, limits.PASSWORDS_OF_ALL)
    network = limits.PASSWORDS_FROM.of("192.0.2.1")
    of_all = limits.PASSWORDS_OF_ALL.of().sparing(network, limits.FEW)
    gate = threading.Barrier(4)
    said: list[str] = []

    def try_often() -> None:
        gate.wait()
        said.extend(codes_of(5, lambda _: limits.take(context, network, of_all)).elements())

    threads = [threading.Thread(target=try_often) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert Counter(said)["ok"] == limits.FEW


def test_the_names_of_others_cannot_be_listed_by_signing_up(context: Context) -> None:
    joined(context)
    said = codes_of(90, lambda _: joined(context, browser=ELSEWHERE))
    assert said == {
        "account.wrong": limits.NAMES_TAKEN.most,
        "sign-up.too-often": 90 - limits.NAMES_TAKEN.most,
    }
    with refused(NotAllowed, "sign-up.too-often"):
        joined(context, "a.free.name", browser=ELSEWHERE)
    assert joined(context, "a.free.name", browser=HERE).token


def test_people_who_sign_up_from_one_place_do_not_count_as_guesses(context: Context) -> None:
    for number in range(limits.NAMES_TAKEN.most + 1):
        joined(context, f"person{number}")


def test_the_names_of_others_cannot_be_listed_by_changing_ones_own(context: Context) -> None:
    joined(context, "taken.name", browser=ELSEWHERE)
    known = known_by(context, joined(context).token)
    said = codes_of(60, lambda _: accounts.change_sign_in_name(context, known.actor, "taken.name", ""))
    assert said == {
        "account.wrong": limits.NAMES_TAKEN.most,
        "sign-up.too-often": 60 - limits.NAMES_TAKEN.most,
    }


def test_reports_that_are_refused_later_are_counted_too(context: Context) -> None:
    a_graduate(context)
    told = feedback.FeedbackReceipt(context.new_id(), CODE, "m1/l1", "wrong", "Hm.", "", anonymous=True)

    def tell(number: int) -> None:
        fresh = replace(told, id=context.new_id())
        feedback.report_barrier(context, NOBODY, fresh, locale="en", origin=f"2001:db8::{number + 1:x}")

    assert codes_of(40, tell) == {"ok": 30, "report.too-often": 10}


# --- and what it does not do to an owner -------------------------------------------------------------------
def test_a_browser_in_which_one_has_signed_in_before_gets_in_whatever_strangers_guess(
    context: Context,
) -> None:
    held = joined(context).held
    signed_out_long_ago = Browser("203.0.113.9", held=held)
    clock(context).move(days=30)
    flood(context)
    use_up(context, limits.PASSWORDS_FROM, "203.0.113.9")
    with refused(NotAllowed, "sign-in.too-often"):
        signing_in.sign_in(context, NOBODY, "lac.bleu", PASSWORD, replace(signed_out_long_ago, held=""))
    entered = signing_in.sign_in(context, NOBODY, "lac.bleu", PASSWORD, signed_out_long_ago)
    assert entered.token
    assert entered.held == held, "known by the same name, which says nothing new"


@pytest.mark.slow
def test_a_hundred_guesses_from_thirteen_places_keep_nobody_out(context: Context) -> None:
    joined(context)
    for number in range(100):
        guess(context, Browser(f"198.51.100.{number % 13}"))
    assert signed_in(context, browser=Browser("203.0.113.9")).actor.is_member, "a browser never seen before"


def test_guessing_in_a_known_browser_ends_and_is_forgiven(context: Context) -> None:
    held = joined(context).held
    mine = Browser("192.0.2.1", held=held)
    for _ in range(2):
        for _ in range(limits.PASSWORD_DEVICE.most - 1):
            guess(context, mine)
        assert signing_in.sign_in(context, NOBODY, "lac.bleu", PASSWORD, mine).token
    for _ in range(limits.PASSWORD_DEVICE.most):
        guess(context, mine)
    with refused(NotAllowed, "sign-in.too-often"):
        signing_in.sign_in(context, NOBODY, "lac.bleu", PASSWORD, mine)
    assert signed_in(context, browser=ELSEWHERE).actor.is_member, "another browser is another budget"


def test_the_token_of_one_account_is_worth_nothing_for_another(context: Context) -> None:
    stranger, owner = joined(context, "stranger.one"), joined(context)
    forged = owner.held[:-1] + ("0" if owner.held[-1] != "0" else "1")
    use_up(context, limits.PASSWORDS_FROM, "192.0.2.1")
    for held in (stranger.held, forged, "", "~", ".", f"{'0' * 26}.", "x" * 5000):
        with refused(NotAllowed, "sign-in.too-often"):
            signing_in.sign_in(context, NOBODY, "lac.bleu", PASSWORD, Browser("192.0.2.1", held=held))
    assert devices.device_of(context, owner.held, "") == ""


def test_a_browser_that_several_people_share_knows_the_last_few(context: Context) -> None:
    held = ""
    people: list[Actor] = []
    for number in range(devices.MOST + 1):
        entered = joined(context, f"person{number}", browser=Browser("192.0.2.1", held=held))
        people.append(known_by(context, entered.token).actor)
        held = entered.held
    known = [bool(devices.device_of(context, held, one.person)) for one in people]
    assert known == [False, *[True] * devices.MOST]
    assert not any(one.person in held for one in people)


def test_letters_that_strangers_ask_for_do_not_keep_the_owner_from_a_code(context: Context) -> None:
    joined_by_mail(context)
    token = codes.ask_to_sign_in(context, NOBODY, "zoe@example.org", locale="en", browser=HERE)
    waiting = known_by(context, token)
    held = codes.confirm(context, waiting.actor, code_in(letters(context)[-1]), HERE).held
    asked = codes_of(
        limits.CODES_ANYWHERE.most + 5,
        lambda n: codes.ask_to_sign_in(
            context, NOBODY, "zoe@example.org", locale="en", browser=Browser(f"198.51.{n}.1")
        ),
    )
    assert asked["code.too-often"]
    with refused(NotAllowed, "code.too-often"):
        codes.ask_to_sign_in(context, NOBODY, "zoe@example.org", locale="en", browser=ELSEWHERE)
    mine = Browser("203.0.113.9", held=held)
    assert codes.ask_to_sign_in(context, NOBODY, "zoe@example.org", locale="en", browser=mine)


def test_codes_on_paper_get_in_from_a_place_where_others_have_tried(context: Context) -> None:
    entered = joined(context)
    paper = visitors.fresh_recovery(context, known_by(context, entered.token))
    use_up(context, limits.RECOVERY, "192.0.2.1")
    with refused(NotAllowed, "sign-in.too-often"):
        signing_in.recover(context, NOBODY, "lac.bleu", paper[0], HERE)
    mine = replace(HERE, held=entered.held)
    assert signing_in.recover(context, NOBODY, "lac.bleu", paper[0], mine).token


def test_right_codes_on_paper_are_not_counted(context: Context) -> None:
    paper = visitors.fresh_recovery(context, known_by(context, joined(context).token))
    for code in paper:
        signing_in.recover(context, NOBODY, "lac.bleu", code, HERE)
    said = codes_of(
        limits.RECOVERY.most + 1, lambda _: signing_in.recover(context, NOBODY, "lac.bleu", "x", HERE)
    )
    assert said == {"sign-in.recovery-wrong": limits.RECOVERY.most, "sign-in.too-often": 1}


def test_proving_with_the_right_password_is_not_counted(context: Context) -> None:
    known = known_by(context, joined(context).token)
    clock(context).move(minutes=20)
    said = codes_of(limits.PASSWORD_DEVICE.most + 5, lambda _: accounts.prove(context, known.actor, PASSWORD))
    assert set(said) == {"ok"}


def test_whoever_guesses_names_on_a_certificate_keeps_nobody_else_from_checking(context: Context) -> None:
    number = certifying.issue(
        context, a_graduate(context), CODE, a_choice("Amina Diallo"), context.new_secret()
    )

    def check(origin: str, name: str = "Somebody") -> bool:
        return verifying.check_name(context, NOBODY, number, name, origin=origin)

    said = codes_of(30, lambda n: check(f"2001:db8::{n + 1:x}"))
    assert said == {"ok": 10, "verify.too-often": 20}
    assert check("192.0.2.1", "Amina Diallo"), "an employer elsewhere"
