"""Sessions: a new value each time, dead after twelve hours or after signing out, and what comes along."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lms.actions.context import Context
from lms.actions.people import codes, sessions, signing_in
from lms.actions.people.accounts import change_reading
from lms.actions.people.sessions import NOBODY_KNOWN, keep_typed, recognise, ticket_of
from lms.actions.people.signing_in import Browser
from lms.core.errors import NotAllowed, NotFound
from lms.core.people.actors import NOBODY
from lms.core.people.reader_settings import ReaderSettings
from lms.storage.people import sessions as rows
from tests.builders_accounts import HERE, PASSWORD, clock, joined, known_by, signed_in
from tests.builders_learning import a_visit, refused


def test_a_session_says_who_somebody_is_in_one_statement(context: Context) -> None:
    known = known_by(context, joined(context).token)
    assert known.actor.is_member
    assert (known.name, known.locale, known.waiting) == ("Zoé", "en", "")
    change_reading(context, known.actor, ReaderSettings(theme="dark"))
    assert recognise(context, known.actor.session).reader.theme == "dark"


def test_nobody_is_known_without_a_ticket_or_with_another_one(context: Context) -> None:
    assert recognise(context, "") is NOBODY_KNOWN
    assert recognise(context, ticket_of("made up")) is NOBODY_KNOWN


def test_a_session_ends_after_twelve_hours(context: Context) -> None:
    token = joined(context).token
    clock(context).move(minutes=12 * 60)
    assert known_by(context, token).actor.is_member
    clock(context).move(minutes=1)
    assert not known_by(context, token).actor.is_member


def test_the_database_never_holds_what_the_browser_holds(context: Context) -> None:
    token = joined(context).token
    with context.database.reading() as tx:
        dump = str(tx.exec_driver_sql("SELECT * FROM session").all())
    assert token not in dump
    assert ticket_of(token) in dump


def test_signing_in_again_gives_another_value_and_ends_the_one_before(context: Context) -> None:
    first = joined(context).token
    before = known_by(context, first)
    second = signing_in.sign_in(context, before.actor, "lac.bleu", PASSWORD, HERE).token
    assert second != first
    assert not known_by(context, first).actor.person
    assert known_by(context, second).actor.person == before.actor.person


def test_signing_out_ends_this_session_alone(context: Context) -> None:
    joined(context)
    one, other = signed_in(context), signed_in(context)
    sessions.sign_out(context, one.actor)
    assert not recognise(context, one.actor.session).actor.person
    assert recognise(context, other.actor.session).actor.person


def test_signing_out_everywhere_ends_all(context: Context) -> None:
    joined(context)
    one = signed_in(context)
    signed_in(context)
    assert sessions.sign_out_everywhere(context, one.actor) == 3
    assert not recognise(context, one.actor.session).actor.person


def test_the_list_names_sessions_by_handles_that_open_nothing(context: Context) -> None:
    joined(context, browser=Browser("192.0.2.1", device="Firefox, Linux"))
    clock(context).move(minutes=1)
    here = signed_in(context)
    listed = sessions.my_sessions(context, here.actor)
    assert [(one.device, one.is_this) for one in listed] == [("", True), ("Firefox, Linux", False)]
    assert here.actor.session not in {one.handle for one in listed}
    sessions.end_one(context, here.actor, listed[1].handle)
    assert len(sessions.my_sessions(context, here.actor)) == 1
    with refused(NotFound, "session.not-found"):
        sessions.end_one(context, here.actor, listed[1].handle)


def test_nobody_ends_the_session_of_another_person(context: Context) -> None:
    joined(context)
    theirs = sessions.my_sessions(context, signed_in(context).actor)
    stranger = known_by(context, joined(context, "second.person").token)
    with pytest.raises(NotFound):
        sessions.end_one(context, stranger.actor, theirs[0].handle)


def test_the_list_is_for_members(context: Context) -> None:
    with refused(NotAllowed, "deed.sign-in-first"):
        sessions.my_sessions(context, NOBODY)


def test_a_visitor_is_known_by_this_browser_alone(context: Context) -> None:
    visit = a_visit(context, device="Firefox")
    known = known_by(context, visit.token)
    assert known.actor == visit.actor
    assert known.actor.is_visitor


def test_a_visit_goes_on_waiting_when_somebody_signs_in(context: Context) -> None:
    joined(context)
    visit = a_visit(context)
    entered = signing_in.sign_in(context, visit.actor, "lac.bleu", PASSWORD, HERE)
    assert entered.waiting == visit.actor.person
    again = known_by(context, entered.token)
    assert again.waiting == visit.actor.person
    later = signing_in.sign_in(context, again.actor, "lac.bleu", PASSWORD, HERE)
    assert later.waiting == visit.actor.person


def test_what_was_typed_waits_for_the_same_person(context: Context) -> None:
    joined(context)
    away = signed_in(context)
    typed = [("q1", "a"), ("password", "x"), ("csrf_token", "y"), ("code", "z")]
    assert keep_typed(context, NOBODY, away.actor.session, "/en/c/x/m/check", typed)
    browser = Browser("192.0.2.1", before=away.actor.session)
    back = known_by(context, signing_in.sign_in(context, NOBODY, "lac.bleu", PASSWORD, browser).token)
    assert back.notes.typed_at("/en/c/x/m/check") == (("q1", "a"),)
    assert back.notes.typed_at("/en/elsewhere") == ()
    sessions.drop_typed(context, back.actor)
    assert not recognise(context, back.actor.session).notes.typed_at("/en/c/x/m/check")


def test_fields_that_begin_like_a_secret_are_kept(context: Context) -> None:
    joined(context)
    away = signed_in(context)
    names = ("code-of-conduct:choice", "current-law:text", "password-rules:choice", "csrf-x:choice")
    typed = tuple((name, "a") for name in names)
    assert keep_typed(context, NOBODY, away.actor.session, "/en/c/x", typed)
    browser = Browser("192.0.2.1", before=away.actor.session)
    back = known_by(context, signing_in.sign_in(context, NOBODY, "lac.bleu", PASSWORD, browser).token)
    assert back.notes.typed_at("/en/c/x") == typed


def test_a_code_that_is_waited_for_outlives_what_was_typed(context: Context) -> None:
    joined(context)
    away = signed_in(context)
    codes.ask_for_address(context, away.actor, "lac@example.org", locale="en", browser=HERE)
    assert keep_typed(context, NOBODY, away.actor.session, "/en/c/x", [("q1", "a")])
    sessions.drop_typed(context, away.actor)
    sessions.drop_typed(context, NOBODY)
    notes = recognise(context, away.actor.session).notes
    assert (notes.typed, notes.next) == (None, "")
    assert notes.pending
    assert notes.pending.who == "lac@example.org"


def test_what_was_typed_is_not_handed_to_another_person(context: Context) -> None:
    joined(context)
    joined(context, "second.person")
    away = signed_in(context)
    keep_typed(context, NOBODY, away.actor.session, "/en/c/x", [("q1", "a")])
    browser = Browser("192.0.2.1", before=away.actor.session)
    entered = signing_in.sign_in(context, NOBODY, "second.person", PASSWORD, browser)
    assert entered.next == ""
    assert not known_by(context, entered.token).notes.typed_at("/en/c/x")


@pytest.mark.parametrize(
    ("ticket", "fields"), [("nothing", [("q", "a")]), ("", [("q", "a")]), (None, [("q", "a" * 50_000)])]
)
def test_some_things_are_not_kept(context: Context, ticket: str | None, fields: Any) -> None:
    known = known_by(context, joined(context).token)
    assert not keep_typed(context, NOBODY, known.actor.session if ticket is None else ticket, "/en/x", fields)


def test_a_session_that_is_nobodys_passes_on_what_waits_behind_it(context: Context) -> None:
    joined(context)
    away = signed_in(context)
    keep_typed(context, NOBODY, away.actor.session, "/en/c/x", [("q1", "a")])
    with context.database.writing() as tx:
        token = sessions.remember(tx, context, NOBODY, lambda notes: notes, before=away.actor.session)
        there = known_by_row(context, tx, token)
        assert sessions.remember(tx, context, there, lambda notes: replace(notes, next="/en/account")) == ""
    waiting = known_by(context, token)
    back = signing_in.sign_in(context, waiting.actor, "lac.bleu", PASSWORD, HERE)
    assert back.next == "/en/account"
    assert known_by(context, back.token).notes.typed_at("/en/c/x") == (("q1", "a"),)


def known_by_row(context: Context, tx: Any, token: str) -> Any:
    return sessions.known_from(rows.find(tx, ticket_of(token), 0)).actor
