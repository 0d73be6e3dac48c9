"""Mailed codes: for one window, ten minutes, five tries, once; the same for known and unknown addresses."""

from __future__ import annotations

import re

import pytest

from lms.actions import codes, sessions
from lms.actions import letters as letters_of
from lms.actions.desk import Desk
from lms.actions.limits import CODES_ANYWHERE, CODES_HERE
from lms.actions.signing_in import Browser
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from lms.core.people import NOBODY
from lms.storage.snapshot import file_of
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


def asked(desk: Desk, who: str = "zoe@example.org", browser: Browser = HERE) -> sessions.Known:
    return known_by(desk, codes.ask_to_sign_in(desk, NOBODY, who, locale="en", browser=browser))


def test_an_account_is_made_only_when_the_code_comes_back(desk: Desk) -> None:
    token = codes.ask_to_sign_up(desk, NOBODY, " Zoé ", "Zoe@Example.org", locale="fr", browser=HERE)
    with desk.database.reading() as tx:
        assert not tx.exec_driver_sql("SELECT * FROM profile").all()
    waiting = known_by(desk, token)
    assert not waiting.actor.person
    entered = codes.confirm(desk, waiting.actor, waiting, code_in(letters(desk)[-1]), HERE)
    known = known_by(desk, entered.token)
    assert (known.name, known.locale, known.actor.is_member) == ("Zoé", "fr", True)


def test_a_sign_up_says_everything_that_is_wrong(desk: Desk) -> None:
    with pytest.raises(Invalid) as caught:
        codes.ask_to_sign_up(desk, NOBODY, "", "x", locale="en", browser=HERE)
    assert [one.place.file for one in caught.value.findings] == ["name", "email"]


def test_a_password_may_come_with_the_code(desk: Desk) -> None:
    known = joined_by_mail(desk, password=PASSWORD)
    assert signed_in(desk, "zoe@example.org").actor.person == known.actor.person


def test_a_weak_password_does_not_use_the_code_up(desk: Desk) -> None:
    token = codes.ask_to_sign_up(desk, NOBODY, "Zoé", "zoe@example.org", locale="en", browser=HERE)
    waiting, typed = known_by(desk, token), code_in(letters(desk)[-1])
    with pytest.raises(Invalid):
        codes.confirm(desk, waiting.actor, waiting, typed, HERE, password="zoezoezoe")
    assert codes.confirm(desk, waiting.actor, waiting, typed, HERE).token


def test_a_code_for_an_address_that_has_an_account_signs_in(desk: Desk) -> None:
    first = joined_by_mail(desk)
    again = joined_by_mail(desk, password=PASSWORD)
    assert again.actor.person == first.actor.person
    with refused(Invalid, "sign-in.wrong"):
        signed_in(desk, "zoe@example.org")
    assert "account with this address already" in letters(desk)[-1].text


def test_a_code_signs_in(desk: Desk) -> None:
    first = joined_by_mail(desk)
    waiting = asked(desk)
    entered = codes.confirm(
        desk, waiting.actor, waiting, code_in(letters(desk)[-1]), HERE, password="ignored"
    )
    assert known_by(desk, entered.token).actor.person == first.actor.person


def test_a_sign_in_name_with_an_address_gets_its_code_there(desk: Desk) -> None:
    known = known_by(desk, joined(desk).token)
    codes.ask_for_address(desk, known.actor, "zoe@example.org", locale="en", browser=HERE)
    known = sessions.recognise(desk, known.actor.session)
    codes.confirm_address(desk, known.actor, known, code_in(letters(desk)[-1]))
    clock(desk).move(minutes=20)
    asked(desk, "lac.bleu")
    assert letters(desk)[-1].to == "zoe@example.org"


def test_a_sign_in_name_without_an_address_gets_the_same_page_and_no_letter(desk: Desk) -> None:
    joined(desk)
    waiting = asked(desk, "lac.bleu")
    assert codes.pending(waiting)
    assert letters(desk) == []


def test_a_code_that_nobody_was_sent_opens_nothing_even_if_guessed(desk: Desk) -> None:
    waiting = asked(desk, "nobody@example.org")
    waits = codes.pending(waiting)
    assert waits
    with refused(Invalid, "code.wrong"):
        codes.confirm(desk, waiting.actor, waiting, letters_of.code_of(desk, waits.code), HERE)


def test_nothing_is_asked_for_nobody(desk: Desk) -> None:
    with refused(Invalid, "sign-in.who-missing"):
        codes.ask_to_sign_in(desk, NOBODY, " ", locale="en", browser=HERE)


def test_letters_say_nothing_about_courses_and_speak_the_persons_language(desk: Desk) -> None:
    joined_by_mail(desk)
    asked(desk)
    sent = letters(desk)[-1]
    assert sent.subject == "Your sign-in code"
    assert re.search(r"course|space|positive", sent.text, re.IGNORECASE) is None
    assert "http" not in sent.text


@pytest.mark.parametrize("minutes", [9.9, 10])
def test_a_code_counts_for_ten_minutes(desk: Desk, minutes: float) -> None:
    joined_by_mail(desk)
    waiting = asked(desk)
    typed = code_in(letters(desk)[-1])
    clock(desk).move(minutes=minutes)
    if minutes < 10:
        assert codes.confirm(desk, waiting.actor, waiting, typed, HERE).token
    else:
        with refused(Conflict, "code.ended"):
            codes.confirm(desk, waiting.actor, waiting, typed, HERE)


def test_a_code_counts_once(desk: Desk) -> None:
    joined_by_mail(desk)
    waiting = asked(desk)
    typed = code_in(letters(desk)[-1])
    codes.confirm(desk, waiting.actor, waiting, typed, HERE)
    with refused(Conflict, "code.ended"):
        codes.confirm(desk, NOBODY, waiting, typed, HERE)


def test_a_code_bears_five_wrong_tries(desk: Desk) -> None:
    joined_by_mail(desk)
    waiting = asked(desk)
    typed = code_in(letters(desk)[-1])
    for wrong in ("", "00000000", "abc", typed[:-1], "１２３４５６７８"):
        with refused(Invalid, "code.wrong"):
            codes.confirm(desk, waiting.actor, waiting, wrong, HERE)
    with refused(Conflict, "code.ended"):
        codes.confirm(desk, waiting.actor, waiting, typed, HERE)


def test_others_cannot_use_up_the_code_of_a_window(desk: Desk) -> None:
    joined_by_mail(desk)
    mine = asked(desk)
    typed = code_in(letters(desk)[-1])
    theirs = asked(desk, browser=Browser("203.0.113.5"))
    for _ in range(codes.MOST_TRIES):
        with pytest.raises(Invalid):
            codes.confirm(desk, theirs.actor, theirs, "00000000", HERE)
    assert codes.confirm(desk, mine.actor, mine, typed, HERE).token


def test_a_code_of_one_window_does_not_open_another(desk: Desk) -> None:
    joined_by_mail(desk)
    asked(desk)
    typed = code_in(letters(desk)[-1])
    other = asked(desk)
    with refused(Invalid, "code.wrong"):
        codes.confirm(desk, other.actor, other, typed, HERE)


def test_without_a_code_to_wait_for_there_is_nothing_to_confirm(desk: Desk) -> None:
    known = known_by(desk, joined(desk).token)
    with refused(NotFound, "code.none"):
        codes.confirm(desk, known.actor, known, "1", HERE)
    with refused(NotFound, "code.none"):
        codes.confirm_address(desk, known.actor, known, "1")


def test_a_code_for_an_address_is_for_that_alone(desk: Desk) -> None:
    known = known_by(desk, joined(desk).token)
    codes.ask_for_address(desk, known.actor, "zoe@example.org", locale="en", browser=HERE)
    known = sessions.recognise(desk, known.actor.session)
    with refused(NotFound, "code.none"):
        codes.confirm(desk, known.actor, known, code_in(letters(desk)[-1]), HERE)
    with refused(Invalid, "code.wrong"):
        codes.confirm_address(desk, known.actor, known, "00000000")
    waiting = asked(desk, "lac.bleu")
    with refused(NotAllowed, "deed.sign-in-first"):
        codes.confirm_address(desk, waiting.actor, waiting, "1")


def test_letters_to_one_box_are_limited_per_place_and_in_all(desk: Desk) -> None:
    for _ in range(CODES_HERE.most):
        asked(desk)
    with refused(NotAllowed, "code.too-often"):
        asked(desk)
    for number in range(CODES_ANYWHERE.most - CODES_HERE.most):
        asked(desk, browser=Browser(f"203.0.113.{number}"))
    with refused(NotAllowed, "code.too-often"):
        asked(desk, browser=Browser("198.51.100.1"))


def test_a_letter_whose_code_has_ended_is_not_sent(desk: Desk) -> None:
    joined_by_mail(desk)
    sent = len(letters(desk))
    asked(desk)
    clock(desk).move(minutes=11)
    assert len(letters(desk)) == sent


def test_no_code_and_no_address_lies_readable_in_the_database_once_sent(desk: Desk) -> None:
    asked(desk, "someone@example.net")
    typed = letters(desk)[-1]
    with desk.database.reading() as tx:
        jobs = str(tx.exec_driver_sql("SELECT payload FROM job").all())
    assert typed.to not in jobs
    assert file_of(desk.database).exists()


def test_one_comes_back_to_where_one_was(desk: Desk) -> None:
    joined_by_mail(desk)
    waiting = asked(desk, browser=Browser("192.0.2.1", next="/en/account"))
    entered = codes.confirm(desk, waiting.actor, waiting, code_in(letters(desk)[-1]), HERE)
    assert entered.next == "/en/account"


def test_an_address_that_others_have_is_not_taken_over(desk: Desk) -> None:
    joined_by_mail(desk)
    known = known_by(desk, joined(desk).token)
    codes.ask_for_address(desk, known.actor, "zoe@example.org", locale="en", browser=HERE)
    known = sessions.recognise(desk, known.actor.session)
    typed = next(code_in(one) for one in letters(desk) if "confirms that this address" in one.text)
    with refused(Conflict, "account.email-taken"):
        codes.confirm_address(desk, known.actor, known, typed)
