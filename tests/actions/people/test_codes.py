"""Mailed codes: for one window, ten minutes, five tries, once; the same for known and unknown addresses."""

from __future__ import annotations

import re
import threading
from collections import Counter
from dataclasses import replace

import pytest

from lms.actions.context import Context
from lms.actions.people import codes, sessions
from lms.actions.people import emails as letters_of
from lms.actions.people.limits import CODES_ANYWHERE, CODES_HERE
from lms.actions.people.signing_in import Browser
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound, ParvisError
from lms.core.people.actors import NOBODY
from lms.storage.people import sessions as session_rows
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
from tests.databases import all_rows


def asked(context: Context, who: str = "zoe@example.org", browser: Browser = HERE) -> sessions.Known:
    return known_by(context, codes.ask_to_sign_in(context, NOBODY, who, locale="en", browser=browser))


def test_an_account_is_made_only_when_the_code_comes_back(context: Context) -> None:
    token = codes.ask_to_sign_up(context, NOBODY, " Zoé ", "Zoe@Example.org", locale="fr", browser=HERE)
    with context.database.reading() as tx:
        assert not tx.exec_driver_sql("SELECT * FROM profile").all()
    waiting = known_by(context, token)
    assert not waiting.actor.person
    entered = codes.confirm(context, waiting.actor, code_in(letters(context)[-1]), HERE)
    known = known_by(context, entered.token)
    assert (known.name, known.locale, known.actor.is_member) == ("Zoé", "fr", True)


def test_a_sign_up_says_everything_that_is_wrong(context: Context) -> None:
    with pytest.raises(Invalid) as caught:
        codes.ask_to_sign_up(context, NOBODY, "", "x", locale="en", browser=HERE)
    assert [one.place.file for one in caught.value.findings] == ["name", "email"]


def test_accents_before_the_at_sign_are_named_as_what_is_wrong(context: Context) -> None:
    for typed, rule in (("zoé@exemple.ca", "account.email-accents"), ("zoé", "account.email-shape")):
        with pytest.raises(Invalid) as caught:
            codes.ask_to_sign_up(context, NOBODY, "Zoé", typed, locale="fr", browser=HERE)
        assert [one.rule for one in caught.value.findings] == [rule]


@pytest.mark.parametrize(
    "pasted", ["\ufeffmailto:zoe@example.org", "Zoé <zoe＠Example.org>,", "‘zoe@example.org’"]
)
def test_a_pasted_address_is_the_one_that_was_typed(context: Context, pasted: str) -> None:
    first = joined_by_mail(context)
    token = codes.ask_to_sign_in(context, NOBODY, pasted, locale="en", browser=HERE)
    assert letters(context)[-1].to == "zoe@example.org"
    eastern = code_in(letters(context)[-1]).translate({ord("0") + at: chr(0x660 + at) for at in range(10)})
    entered = codes.confirm(context, known_by(context, token).actor, f"\u200b{eastern}", HERE)
    assert known_by(context, entered.token).actor.person == first.actor.person


def test_a_letter_goes_to_the_domain_that_was_typed_and_to_no_other(context: Context) -> None:
    codes.ask_to_sign_up(context, NOBODY, "Zoé", "zoe@straße.example", locale="fr", browser=HERE)
    assert letters(context)[-1].to == "zoe@xn--strae-oqa.example"


def test_a_password_may_come_with_the_code(context: Context) -> None:
    known = joined_by_mail(context, password=PASSWORD)
    assert signed_in(context, "zoe@example.org").actor.person == known.actor.person


def test_a_weak_password_does_not_use_the_code_up(context: Context) -> None:
    token = codes.ask_to_sign_up(context, NOBODY, "Zoé", "zoe@example.org", locale="en", browser=HERE)
    waiting, typed = known_by(context, token), code_in(letters(context)[-1])
    with pytest.raises(Invalid):
        codes.confirm(context, waiting.actor, typed, HERE, password="zoezoezoe")
    assert codes.confirm(context, waiting.actor, typed, HERE).token


def test_a_code_for_an_address_that_has_an_account_signs_in(context: Context) -> None:
    first = joined_by_mail(context)
    again = joined_by_mail(context, password=PASSWORD)
    assert again.actor.person == first.actor.person
    with refused(Invalid, "sign-in.wrong"):
        signed_in(context, "zoe@example.org")
    assert "already have an account with this email address" in letters(context)[-1].text


def test_a_code_signs_in(context: Context) -> None:
    first = joined_by_mail(context)
    waiting = asked(context)
    entered = codes.confirm(context, waiting.actor, code_in(letters(context)[-1]), HERE, password="ignored")
    assert known_by(context, entered.token).actor.person == first.actor.person


def test_a_sign_in_name_with_an_address_gets_its_code_there(context: Context) -> None:
    known = known_by(context, joined(context).token)
    codes.ask_for_address(context, known.actor, "zoe@example.org", locale="en", browser=HERE)
    known = sessions.recognise(context, known.actor.session)
    codes.confirm_address(context, known.actor, code_in(letters(context)[-1]))
    clock(context).move(minutes=20)
    asked(context, "lac.bleu")
    assert letters(context)[-1].to == "zoe@example.org"


def test_a_sign_in_name_without_an_address_gets_the_same_page_and_no_letter(context: Context) -> None:
    joined(context)
    waiting = asked(context, "lac.bleu")
    assert waiting.notes.pending
    assert letters(context) == []


def test_a_code_that_nobody_was_sent_opens_nothing_even_if_guessed(context: Context) -> None:
    waiting = asked(context, "nobody@example.org")
    waits = waiting.notes.pending
    assert waits
    with refused(Invalid, "code.wrong"):
        codes.confirm(context, waiting.actor, letters_of.code_of(context, waits.code), HERE)


def test_nothing_is_asked_for_nobody(context: Context) -> None:
    with refused(Invalid, "sign-in.who-missing"):
        codes.ask_to_sign_in(context, NOBODY, " ", locale="en", browser=HERE)


def test_letters_say_nothing_about_courses_and_speak_the_persons_language(context: Context) -> None:
    joined_by_mail(context)
    asked(context)
    sent = letters(context)[-1]
    assert sent.subject == "Your sign-in code"
    assert re.search(r"course|space|positive", sent.text, re.IGNORECASE) is None
    assert "http" not in sent.text


@pytest.mark.parametrize("minutes", [9.9, 10])
def test_a_code_counts_for_ten_minutes(context: Context, minutes: float) -> None:
    joined_by_mail(context)
    waiting = asked(context)
    typed = code_in(letters(context)[-1])
    clock(context).move(minutes=minutes)
    if minutes < 10:
        assert codes.confirm(context, waiting.actor, typed, HERE).token
    else:
        with refused(Conflict, "code.ended"):
            codes.confirm(context, waiting.actor, typed, HERE)


def test_a_code_counts_once(context: Context) -> None:
    joined_by_mail(context)
    waiting = asked(context)
    typed = code_in(letters(context)[-1])
    codes.confirm(context, waiting.actor, typed, HERE)
    other = asked(context)
    with context.database.writing() as tx:
        session_rows.set_notes(tx, other.actor.session, waiting.notes)
    with refused(Conflict, "code.ended"):
        codes.confirm(context, other.actor, typed, HERE)


def test_a_second_press_of_the_window_gets_the_first_ones_result(context: Context) -> None:
    known = joined_by_mail(context)
    waiting = asked(context)
    typed, away = code_in(letters(context)[-1]), replace(HERE, before=waiting.actor.session)
    first = codes.confirm(context, waiting.actor, typed, HERE)
    second = codes.confirm(context, NOBODY, typed, away)
    third = codes.confirm(context, waiting.actor, typed, HERE)
    who = [known_by(context, one.token).actor.person for one in (first, second, third)]
    assert who == ["", "", known.actor.person], "only the newest session lives"
    with refused(NotFound, "code.none"):
        codes.confirm(context, NOBODY, "00000000", away)
    with refused(NotFound, "code.none"):
        codes.confirm(context, NOBODY, typed, HERE)
    with refused(NotFound, "code.none"):  # five tries in all
        codes.confirm(context, NOBODY, typed, replace(away, before="another"))
    codes.confirm(context, NOBODY, typed, away)
    with refused(NotFound, "code.none"):
        codes.confirm(context, NOBODY, typed, away)


def test_a_second_press_after_ten_minutes_or_signing_out_opens_nothing(context: Context) -> None:
    joined_by_mail(context)
    waiting = asked(context)
    typed, away = code_in(letters(context)[-1]), replace(HERE, before=waiting.actor.session)
    entered = codes.confirm(context, waiting.actor, typed, HERE)
    sessions.sign_out(context, known_by(context, entered.token).actor)
    with refused(NotFound, "code.none"):
        codes.confirm(context, NOBODY, typed, away)
    waiting = asked(context)
    typed, away = code_in(letters(context)[-1]), replace(HERE, before=waiting.actor.session)
    codes.confirm(context, waiting.actor, typed, HERE)
    clock(context).move(minutes=11)
    with refused(NotFound, "code.none"):
        codes.confirm(context, NOBODY, typed, away)


def test_a_second_press_for_an_address_changes_nothing_more(context: Context) -> None:
    known = known_by(context, joined(context).token)
    codes.ask_for_address(context, known.actor, "zoe@example.org", locale="en", browser=HERE)
    typed = code_in(letters(context)[-1])
    codes.confirm_address(context, known.actor, typed)
    written = len(letters(context))
    codes.confirm_address(context, known.actor, typed)
    assert len(letters(context)) == written
    with refused(NotFound, "code.none"):
        codes.confirm_address(context, known.actor, "00000000")


def test_a_code_bears_five_wrong_tries(context: Context) -> None:
    joined_by_mail(context)
    waiting = asked(context)
    typed = code_in(letters(context)[-1])
    for wrong in ("", "00000000", "abc", typed[:-1], "１２３４５６７８"):
        with refused(Invalid, "code.wrong"):
            codes.confirm(context, waiting.actor, wrong, HERE)
    with refused(Conflict, "code.ended"):
        codes.confirm(context, waiting.actor, typed, HERE)


def test_others_cannot_use_up_the_code_of_a_window(context: Context) -> None:
    joined_by_mail(context)
    mine = asked(context)
    typed = code_in(letters(context)[-1])
    theirs = asked(context, browser=Browser("203.0.113.5"))
    for _ in range(codes.MOST_TRIES):
        with pytest.raises(Invalid):
            codes.confirm(context, theirs.actor, "00000000", HERE)
    assert codes.confirm(context, mine.actor, typed, HERE).token


def test_a_code_of_one_window_does_not_open_another(context: Context) -> None:
    joined_by_mail(context)
    asked(context)
    typed = code_in(letters(context)[-1])
    other = asked(context)
    with refused(Invalid, "code.wrong"):
        codes.confirm(context, other.actor, typed, HERE)


def test_without_a_code_to_wait_for_there_is_nothing_to_confirm(context: Context) -> None:
    known = known_by(context, joined(context).token)
    with refused(NotFound, "code.none"):
        codes.confirm(context, known.actor, "1", HERE)
    with refused(NotFound, "code.none"):
        codes.confirm_address(context, known.actor, "1")


def test_a_code_for_an_address_is_for_that_alone(context: Context) -> None:
    known = known_by(context, joined(context).token)
    codes.ask_for_address(context, known.actor, "zoe@example.org", locale="en", browser=HERE)
    known = sessions.recognise(context, known.actor.session)
    with refused(NotFound, "code.none"):
        codes.confirm(context, known.actor, code_in(letters(context)[-1]), HERE)
    with refused(Invalid, "code.wrong"):
        codes.confirm_address(context, known.actor, "00000000")
    waiting = asked(context, "lac.bleu")
    with refused(NotAllowed, "deed.sign-in-first"):
        codes.confirm_address(context, waiting.actor, "1")


def test_letters_to_one_box_are_limited_per_place_and_in_all(context: Context) -> None:
    for _ in range(CODES_HERE.most):
        asked(context)
    with refused(NotAllowed, "code.too-often"):
        asked(context)
    for number in range(CODES_ANYWHERE.most - CODES_HERE.most):
        asked(context, browser=Browser(f"203.0.113.{number}"))
    with refused(NotAllowed, "code.too-often"):
        asked(context, browser=Browser("198.51.100.1"))


def test_a_letter_whose_code_has_ended_is_not_sent(context: Context) -> None:
    joined_by_mail(context)
    sent = len(letters(context))
    asked(context)
    clock(context).move(minutes=11)
    assert len(letters(context)) == sent


def test_no_code_and_no_address_lies_readable_in_the_database_once_sent(context: Context) -> None:
    codes.ask_to_sign_up(context, NOBODY, "Zoé", "someone@example.net", locale="en", browser=HERE)
    typed = letters(context)[-1]
    assert typed.to == "someone@example.net"
    everything = all_rows(context.database, but="session")  # where the window keeps what it waits for
    assert typed.to not in everything
    assert not re.search(rf"\b{code_in(typed).replace(' ', ' ?')}\b", everything)


def test_one_comes_back_to_where_one_was(context: Context) -> None:
    joined_by_mail(context)
    waiting = asked(context, browser=Browser("192.0.2.1", next="/en/account"))
    entered = codes.confirm(context, waiting.actor, code_in(letters(context)[-1]), HERE)
    assert entered.next == "/en/account"


def test_an_address_that_others_have_is_not_taken_over(context: Context) -> None:
    joined_by_mail(context)
    known = known_by(context, joined(context).token)
    codes.ask_for_address(context, known.actor, "zoe@example.org", locale="en", browser=HERE)
    known = sessions.recognise(context, known.actor.session)
    typed = next(code_in(one) for one in letters(context) if "confirm that this email address" in one.text)
    with refused(Conflict, "account.email-taken"):
        codes.confirm_address(context, known.actor, typed)


def test_a_hundred_tries_at_the_same_instant_are_five(context: Context) -> None:
    joined_by_mail(context)
    token = codes.ask_to_sign_in(context, NOBODY, "zoe@example.org", locale="en", browser=HERE)
    waiting = known_by(context, token)
    right, gate = code_in(letters(context)[-1]), threading.Barrier(8)
    said: list[str] = []

    def guess_often() -> None:
        gate.wait()
        for _ in range(3):
            try:
                codes.confirm(context, waiting.actor, "0000 0000", HERE)
            except ParvisError as problem:
                said.append(problem.code)

    threads = [threading.Thread(target=guess_often) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert Counter(said) == {"code.wrong": 5, "code.ended": 19}
    with refused(Conflict, "code.ended"):
        codes.confirm(context, waiting.actor, right, HERE)


def test_a_right_code_at_the_same_instant_leaves_one_session(context: Context) -> None:
    joined_by_mail(context)
    token = codes.ask_to_sign_in(context, NOBODY, "zoe@example.org", locale="en", browser=HERE)
    waiting = known_by(context, token)
    right, gate = code_in(letters(context)[-1]), threading.Barrier(4)
    said: list[str] = []

    def go_in() -> None:
        gate.wait()
        try:
            said.append(codes.confirm(context, waiting.actor, right, HERE).token)
        except ParvisError as problem:
            said.append(problem.code)

    threads = [threading.Thread(target=go_in) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sum(known_by(context, one).actor.is_member for one in said) == 1


def test_a_code_counts_for_what_it_was_asked_for(context: Context) -> None:
    """A code that signs in changes no address, whatever a session says that it waits for."""
    known = joined_by_mail(context)
    token = codes.ask_to_sign_in(context, NOBODY, "zoe@example.org", locale="en", browser=HERE)
    asked = known_by(context, token).notes.pending
    assert asked
    with context.database.writing() as tx:
        swapped = replace(known.notes, pending=replace(asked, purpose="address"))
        session_rows.set_notes(tx, known.actor.session, swapped)
    with refused(Conflict, "code.ended"):
        codes.confirm_address(context, known.actor, code_in(letters(context)[-1]))


def test_what_no_address_is_as_long_as_is_refused_before_anything_is_kept(context: Context) -> None:
    long = "a" * 300 + "@example.org"
    with refused(Invalid, "account.wrong"):
        codes.ask_to_sign_up(context, NOBODY, "Zoé", long, locale="en", browser=HERE)
    with refused(Invalid, "sign-in.who-too-long"):
        codes.ask_to_sign_in(context, NOBODY, long, locale="en", browser=HERE)
    with context.database.reading() as tx:
        assert not tx.exec_driver_sql("SELECT * FROM session").all()
