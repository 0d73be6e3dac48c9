"""One's own account: what can be changed, and what a change of a way in asks for."""

from __future__ import annotations

import pytest

from lms.actions import accounts, codes, joining, sessions
from lms.actions.desk import Desk
from lms.actions.limits import PASSWORD_HERE
from lms.actions.sessions import Known
from lms.core.errors import Invalid, NotAllowed, NotFound
from lms.core.people import NOBODY
from lms.core.reader import ReaderSettings
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


def a_member(desk: Desk) -> Known:
    return known_by(desk, joined(desk).token)


def mine(desk: Desk, known: Known) -> accounts.Account:
    return accounts.my_account(desk, known.actor, known)


def with_address(desk: Desk, known: Known, email: str = "zoe@example.org") -> Known:
    codes.ask_for_address(desk, known.actor, email, locale="en", browser=HERE)
    known = sessions.recognise(desk, known.actor.session)
    codes.confirm_address(desk, known.actor, known, code_in(letters(desk)[-1]))
    return sessions.recognise(desk, known.actor.session)


def test_the_page_shows_what_there_is(desk: Desk) -> None:
    known = a_member(desk)
    assert mine(desk, known) == accounts.Account("Zoé", "", "lac.bleu", "en", True, 10, True)
    clock(desk).move(minutes=16)
    assert not mine(desk, known).is_fresh


def test_an_account_that_is_gone_shows_nothing(desk: Desk) -> None:
    known = a_member(desk)
    with desk.database.writing() as tx:
        tx.exec_driver_sql("DELETE FROM profile")
    with refused(NotFound, "account.not-found"):
        mine(desk, known)


def test_simple_changes_ask_for_nothing(desk: Desk) -> None:
    known = a_member(desk)
    clock(desk).move(minutes=100)
    accounts.change_name(desk, known.actor, " Zoé  Ann ")
    accounts.change_locale(desk, known.actor, "fr")
    accounts.change_reading(desk, known.actor, ReaderSettings(size="large"))
    account = mine(desk, known)
    assert (account.name, account.locale) == ("Zoé Ann", "fr")
    with pytest.raises(Invalid):
        accounts.change_name(desk, known.actor, "")


def test_only_members_have_an_account(desk: Desk) -> None:
    with refused(NotAllowed, "deed.sign-in-first"):
        accounts.change_name(desk, NOBODY, "x")


def test_a_sign_in_name_is_changed_unless_somebody_has_it(desk: Desk) -> None:
    joined(desk, "taken.name")
    known = a_member(desk)
    with pytest.raises(Invalid) as caught:
        accounts.change_sign_in_name(desk, known.actor, known, "Taken.Name", "")
    assert caught.value.findings[0].rule == "account.sign-in-name-taken"
    accounts.change_sign_in_name(desk, known.actor, known, "new.name", "")
    assert signed_in(desk, "new.name").actor.is_member
    with refused(Invalid, "sign-in.wrong"):
        signed_in(desk, "lac.bleu")
    with pytest.raises(Invalid) as caught:
        accounts.change_sign_in_name(desk, known.actor, known, "no", "")
    assert caught.value.findings[0].place.file == "sign_in_name"


def test_a_new_password_signs_other_devices_out(desk: Desk) -> None:
    known = a_member(desk)
    other = signed_in(desk)
    accounts.change_password(desk, known.actor, known, OTHER, "")
    assert sessions.recognise(desk, known.actor.session).actor.person
    assert not sessions.recognise(desk, other.actor.session).actor.person
    assert signed_in(desk, password=OTHER).actor.is_member
    with refused(Invalid, "sign-in.wrong"):
        signed_in(desk)


def test_a_new_password_must_be_a_good_one(desk: Desk) -> None:
    known = a_member(desk)
    with pytest.raises(Invalid) as caught:
        accounts.change_password(desk, known.actor, known, "lac.bleu", "")
    assert caught.value.findings[0].rule == "account.password-weak"


def test_later_the_current_password_is_asked_for_and_guessing_it_ends(desk: Desk) -> None:
    known = a_member(desk)
    clock(desk).move(minutes=16)
    accounts.change_password(desk, known.actor, known, OTHER, PASSWORD)
    for _ in range(PASSWORD_HERE.most - 1):
        with refused(Invalid, "account.wrong"):
            accounts.change_password(desk, known.actor, known, PASSWORD, "wrong words")
    with refused(NotAllowed, "sign-in.too-often"):
        accounts.change_password(desk, known.actor, known, PASSWORD, OTHER)


def test_an_account_without_a_password_signs_in_again(desk: Desk) -> None:
    known = joined_by_mail(desk)
    clock(desk).move(minutes=16)
    with refused(NotAllowed, "account.sign-in-again"):
        accounts.renew_recovery(desk, known.actor, known, "")


def test_recovery_codes_are_made_again_and_noted(desk: Desk) -> None:
    known = a_member(desk)
    old = joining.fresh_recovery(desk, known)
    accounts.renew_recovery(desk, known.actor, known, "")
    known = sessions.recognise(desk, known.actor.session)
    new = joining.fresh_recovery(desk, known)
    assert set(old).isdisjoint(new)
    assert mine(desk, known).recovery_left == 10
    accounts.noted_recovery(desk, known.actor)
    assert joining.fresh_recovery(desk, sessions.recognise(desk, known.actor.session)) == []


def test_an_address_is_taken_once_confirmed_and_can_be_dropped(desk: Desk) -> None:
    known = with_address(desk, a_member(desk))
    assert mine(desk, known).email == "zoe@example.org"
    assert signed_in(desk, "zoe@example.org").actor.is_member
    known = with_address(desk, known, "other@example.org")
    with refused(Invalid, "sign-in.wrong"):
        signed_in(desk, "zoe@example.org")
    accounts.drop_email(desk, known.actor, known, "")
    assert mine(desk, known).email == ""


def test_the_last_way_in_stays(desk: Desk) -> None:
    known = joined_by_mail(desk, password=PASSWORD)
    with refused(NotAllowed, "account.last-way-in"):
        accounts.drop_email(desk, known.actor, known, "")
