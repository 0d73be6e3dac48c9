"""One's own account: what can be changed, and what a change of a way in asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from lms.actions.context import Context
from lms.actions.operations import personal_data
from lms.actions.people import accounts, codes, sessions, visitors
from lms.actions.people.limits import PASSWORD_DEVICE
from lms.actions.people.sessions import Known
from lms.core.errors import Invalid, NotAllowed, NotFound
from lms.core.people.actors import NOBODY
from lms.core.people.reader_settings import ReaderSettings
from tests.builders_accounts import (
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

OTHER = "girafe-et-lampe-9"


def a_member(context: Context) -> Known:
    return known_by(context, joined(context).token)


def mine(context: Context, known: Known) -> accounts.Account:
    return accounts.my_account(context, known.actor)


def with_address(context: Context, known: Known, email: str = "zoe@example.org") -> Known:
    codes.ask_for_address(context, known.actor, email, locale="en", browser=HERE)
    known = sessions.recognise(context, known.actor.session)
    codes.confirm_address(context, known.actor, code_in(letters(context)[-1]))
    return sessions.recognise(context, known.actor.session)


def test_the_page_shows_what_there_is(context: Context) -> None:
    known = a_member(context)
    assert mine(context, known) == accounts.Account("Zoé", "", "lac.bleu", "en", True, 10, True)
    clock(context).move(minutes=16)
    assert not mine(context, known).is_fresh


def test_an_account_that_is_gone_shows_nothing(context: Context) -> None:
    known = a_member(context)
    with context.database.writing() as tx:
        tx.exec_driver_sql("DELETE FROM profile")
    with refused(NotFound, "account.not-found"):
        mine(context, known)


def test_simple_changes_ask_for_nothing(context: Context) -> None:
    known = a_member(context)
    clock(context).move(minutes=100)
    accounts.change_name(context, known.actor, " Zoé  Ann ")
    accounts.change_locale(context, known.actor, "fr")
    accounts.change_reading(context, known.actor, ReaderSettings(size="large"))
    account = mine(context, known)
    assert (account.name, account.locale) == ("Zoé Ann", "fr")
    with pytest.raises(Invalid):
        accounts.change_name(context, known.actor, "")


def test_only_members_have_an_account(context: Context) -> None:
    with refused(NotAllowed, "deed.sign-in-first"):
        accounts.change_name(context, NOBODY, "x")


def test_a_sign_in_name_is_changed_unless_somebody_has_it(context: Context) -> None:
    joined(context, "taken.name")
    known = a_member(context)
    with pytest.raises(Invalid) as caught:
        accounts.change_sign_in_name(context, known.actor, "Taken.Name", "")
    assert caught.value.findings[0].rule == "account.sign-in-name-taken"
    accounts.change_sign_in_name(context, known.actor, "new.name", "")
    assert signed_in(context, "new.name").actor.is_member
    with refused(Invalid, "sign-in.wrong"):
        signed_in(context, "lac.bleu")
    with pytest.raises(Invalid) as caught:
        accounts.change_sign_in_name(context, known.actor, "no", "")
    assert caught.value.findings[0].place.file == "sign_in_name"


def test_a_new_password_signs_other_devices_out(context: Context) -> None:
    known = a_member(context)
    other = signed_in(context)
    accounts.change_password(context, known.actor, OTHER, "")
    assert sessions.recognise(context, known.actor.session).actor.person
    assert not sessions.recognise(context, other.actor.session).actor.person
    assert signed_in(context, password=OTHER).actor.is_member
    with refused(Invalid, "sign-in.wrong"):
        signed_in(context)


def test_a_new_password_must_be_a_good_one(context: Context) -> None:
    known = a_member(context)
    with pytest.raises(Invalid) as caught:
        accounts.change_password(context, known.actor, "lac.bleu", "")
    assert caught.value.findings[0].rule == "account.password-weak"


def test_later_the_current_password_is_asked_for_and_guessing_it_ends(context: Context) -> None:
    known = a_member(context)
    clock(context).move(minutes=16)
    accounts.change_password(context, known.actor, OTHER, PASSWORD)
    for _ in range(PASSWORD_DEVICE.most):
        with refused(Invalid, "account.wrong"):
            accounts.change_password(context, known.actor, PASSWORD, "wrong words")
    with refused(NotAllowed, "sign-in.too-often"):
        accounts.change_password(context, known.actor, PASSWORD, OTHER)


def test_an_account_without_a_password_signs_in_again(context: Context) -> None:
    known = joined_by_mail(context)
    clock(context).move(minutes=16)
    with refused(NotAllowed, "account.sign-in-again"):
        accounts.renew_recovery(context, known.actor, "")


def test_recovery_codes_are_made_again_and_noted(context: Context) -> None:
    known = a_member(context)
    old = visitors.fresh_recovery(context, known)
    accounts.renew_recovery(context, known.actor, "")
    known = sessions.recognise(context, known.actor.session)
    new = visitors.fresh_recovery(context, known)
    assert set(old).isdisjoint(new)
    assert mine(context, known).recovery_left == 10
    accounts.noted_recovery(context, known.actor)
    assert visitors.fresh_recovery(context, sessions.recognise(context, known.actor.session)) == []


def test_an_address_is_taken_once_confirmed_and_can_be_dropped(context: Context) -> None:
    known = with_address(context, a_member(context))
    assert mine(context, known).email == "zoe@example.org"
    assert signed_in(context, "zoe@example.org").actor.is_member
    known = with_address(context, known, "other@example.org")
    with refused(Invalid, "sign-in.wrong"):
        signed_in(context, "zoe@example.org")
    accounts.drop_email(context, known.actor, "")
    assert mine(context, known).email == ""


def test_the_last_way_in_stays(context: Context) -> None:
    known = joined_by_mail(context, password=PASSWORD)
    with refused(NotAllowed, "account.last-way-in"):
        accounts.drop_email(context, known.actor, "")


# --- what changes a way in -----------------------------------------------------------------------------
def _ask_for_address(context: Context, known: Known, current: str) -> None:
    codes.ask_for_address(
        context, known.actor, "thief@example.org", locale="en", browser=HERE, current=current
    )


#: Everything that changes a way in: what it is called with, and the letter that tells about it.
CHANGES: dict[str, tuple[Callable[[Context, Known, str], object], str]] = {
    "name": (
        lambda context, known, current: accounts.change_sign_in_name(
            context, known.actor, "new.name", current
        ),
        "The sign-in name of your account was changed.",
    ),
    "password": (
        lambda context, known, current: accounts.change_password(context, known.actor, OTHER, current),
        "The password of your account was changed.",
    ),
    "recovery": (
        lambda context, known, current: accounts.renew_recovery(context, known.actor, current),
        "New recovery codes were created for your account.",
    ),
    "remove": (
        lambda context, known, current: accounts.drop_email(context, known.actor, current),
        "This email address was removed from your account.",
    ),
    "address": (_ask_for_address, ""),
    "delete": (
        lambda context, known, current: personal_data.delete_me(
            context, known.actor, is_sure=True, keep_certificates=False, current=current
        ),
        "",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_a_way_in_asks_for_a_proof_itself(context: Context, change: str) -> None:
    """Whoever finds an open session a while after signing in changes nothing, from whatever page."""
    known = with_address(context, a_member(context))
    call, _ = CHANGES[change]
    clock(context).move(minutes=25)
    before = mine(context, known)
    posted = len(letters(context))
    with refused(Invalid, "account.wrong"):
        call(context, known, "not this password")
    assert mine(context, known) == before
    assert len(letters(context)) == posted
    assert signed_in(context, "zoe@example.org").actor.is_member
    call(context, known, PASSWORD)


def test_a_password_that_is_far_too_long_is_no_proof_and_is_not_looked_at(context: Context) -> None:
    known = with_address(context, a_member(context))
    clock(context).move(minutes=25)
    with pytest.raises(Invalid) as problem:
        accounts.prove(context, known.actor, "z" * 100_000)
    assert [(one.place.file, one.rule) for one in problem.value.findings] == [
        ("current", "account.password-long")
    ]


@pytest.mark.parametrize("change", CHANGES)
def test_a_session_of_somebody_else_is_no_proof(context: Context, change: str) -> None:
    known = with_address(context, a_member(context))
    clock(context).move(minutes=25)
    fresh = known_by(context, joined(context, "somebody.else").token)
    mixed = replace(known, actor=replace(known.actor, session=fresh.actor.session), began=fresh.began)
    with refused(Invalid, "account.wrong"):
        CHANGES[change][0](context, mixed, "")


@pytest.mark.parametrize("change", ["name", "password", "recovery", "remove"])
def test_a_change_of_a_way_in_is_told_and_ends_other_sessions(context: Context, change: str) -> None:
    known = with_address(context, a_member(context))
    other = signed_in(context)
    call, words = CHANGES[change]
    call(context, known, "")
    told = letters(context)[-1]
    assert (told.to, told.subject) == ("zoe@example.org", "About your account")
    assert words in told.text
    assert "/en/account" in told.text
    assert "Zoé" not in told.subject
    assert not sessions.recognise(context, other.actor.session).actor.person
    assert sessions.recognise(context, known.actor.session).actor.person


def test_the_old_address_hears_of_the_new_one(context: Context) -> None:
    known = with_address(context, a_member(context))
    other = signed_in(context)
    told = [(one.to, "was changed" in one.text) for one in letters(context)]
    assert told == [("zoe@example.org", False)], "a first address is told nothing"
    with_address(context, known, "new@example.org")
    told = [(one.to, "was changed" in one.text) for one in letters(context)][1:]
    assert sorted(told) == [("new@example.org", False), ("zoe@example.org", True)]
    assert not sessions.recognise(context, other.actor.session).actor.person


def test_a_name_that_is_taken_changes_nothing_else(context: Context) -> None:
    joined(context, "taken.name")
    known = with_address(context, a_member(context))
    other, posted = signed_in(context), len(letters(context))
    with pytest.raises(Invalid):
        accounts.change_sign_in_name(context, known.actor, "taken.name", "")
    assert sessions.recognise(context, other.actor.session).actor.person
    assert len(letters(context)) == posted
