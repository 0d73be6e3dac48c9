"""Sessions: a new value each time, dead after twelve hours or after signing out, and what comes along."""

from __future__ import annotations

from typing import Any

import pytest

from lms.actions import sessions, signing_in
from lms.actions.accounts import change_reading
from lms.actions.desk import Desk
from lms.actions.sessions import NOBODY_KNOWN, keep_typed, recognise, start_visit, ticket_of, typed_at
from lms.actions.signing_in import Browser
from lms.core.errors import Conflict, NotAllowed, NotFound
from lms.core.people import NOBODY
from lms.core.reader import ReaderSettings
from lms.storage import sessions as rows
from tests.builders_accounts import HERE, PASSWORD, clock, joined, known_by, signed_in
from tests.builders_learning import refused


def test_a_session_says_who_somebody_is_in_one_statement(desk: Desk) -> None:
    known = known_by(desk, joined(desk).token)
    assert known.actor.is_member
    assert (known.name, known.locale, known.waiting) == ("Zoé", "en", "")
    change_reading(desk, known.actor, ReaderSettings(theme="dark"))
    assert recognise(desk, known.actor.session).reader.theme == "dark"


def test_nobody_is_known_without_a_ticket_or_with_another_one(desk: Desk) -> None:
    assert recognise(desk, "") is NOBODY_KNOWN
    assert recognise(desk, ticket_of("made up")) is NOBODY_KNOWN


def test_a_session_ends_after_twelve_hours(desk: Desk) -> None:
    token = joined(desk).token
    clock(desk).move(minutes=12 * 60)
    assert known_by(desk, token).actor.is_member
    clock(desk).move(minutes=1)
    assert not known_by(desk, token).actor.is_member


def test_the_database_never_holds_what_the_browser_holds(desk: Desk) -> None:
    token = joined(desk).token
    with desk.database.reading() as tx:
        dump = str(tx.exec_driver_sql("SELECT * FROM session").all())
    assert token not in dump
    assert ticket_of(token) in dump


def test_signing_in_again_gives_another_value_and_ends_the_one_before(desk: Desk) -> None:
    first = joined(desk).token
    before = known_by(desk, first)
    second = signing_in.sign_in(desk, before.actor, "lac.bleu", PASSWORD, HERE).token
    assert second != first
    assert not known_by(desk, first).actor.person
    assert known_by(desk, second).actor.person == before.actor.person


def test_signing_out_ends_this_session_alone(desk: Desk) -> None:
    joined(desk)
    one, other = signed_in(desk), signed_in(desk)
    sessions.sign_out(desk, one.actor)
    assert not recognise(desk, one.actor.session).actor.person
    assert recognise(desk, other.actor.session).actor.person


def test_signing_out_everywhere_ends_all(desk: Desk) -> None:
    joined(desk)
    one = signed_in(desk)
    signed_in(desk)
    assert sessions.sign_out_everywhere(desk, one.actor) == 3
    assert not recognise(desk, one.actor.session).actor.person


def test_the_list_names_sessions_by_handles_that_open_nothing(desk: Desk) -> None:
    joined(desk, browser=Browser("192.0.2.1", device="Firefox · Linux"))
    clock(desk).move(minutes=1)
    here = signed_in(desk)
    listed = sessions.my_sessions(desk, here.actor)
    assert [(one.device, one.is_this) for one in listed] == [("", True), ("Firefox · Linux", False)]
    assert here.actor.session not in {one.handle for one in listed}
    sessions.end_one(desk, here.actor, listed[1].handle)
    assert len(sessions.my_sessions(desk, here.actor)) == 1
    with refused(NotFound, "session.not-found"):
        sessions.end_one(desk, here.actor, listed[1].handle)


def test_nobody_ends_the_session_of_another_person(desk: Desk) -> None:
    joined(desk)
    theirs = sessions.my_sessions(desk, signed_in(desk).actor)
    stranger = known_by(desk, joined(desk, "second.person").token)
    with pytest.raises(NotFound):
        sessions.end_one(desk, stranger.actor, theirs[0].handle)


def test_the_list_is_for_members(desk: Desk) -> None:
    with refused(NotAllowed, "deed.sign-in-first"):
        sessions.my_sessions(desk, NOBODY)


def test_a_visitor_is_known_by_this_browser_alone(desk: Desk) -> None:
    visit = start_visit(desk, NOBODY, device="Firefox")
    known = known_by(desk, visit.token)
    assert known.actor == visit.actor
    assert known.actor.is_visitor
    with refused(Conflict, "visit.not-needed"):
        start_visit(desk, known.actor)


def test_a_visit_goes_on_waiting_when_somebody_signs_in(desk: Desk) -> None:
    joined(desk)
    visit = start_visit(desk, NOBODY)
    entered = signing_in.sign_in(desk, visit.actor, "lac.bleu", PASSWORD, HERE)
    assert entered.waiting == visit.actor.person
    again = known_by(desk, entered.token)
    assert again.waiting == visit.actor.person
    later = signing_in.sign_in(desk, again.actor, "lac.bleu", PASSWORD, HERE)
    assert later.waiting == visit.actor.person


def test_what_was_typed_waits_for_the_same_person(desk: Desk) -> None:
    joined(desk)
    away = signed_in(desk)
    typed = [("q1", "a"), ("password", "x"), ("csrf_token", "y"), ("code", "z")]
    assert keep_typed(desk, NOBODY, away.actor.session, "/en/c/x/m/check", typed)
    browser = Browser("192.0.2.1", before=away.actor.session)
    back = known_by(desk, signing_in.sign_in(desk, NOBODY, "lac.bleu", PASSWORD, browser).token)
    assert typed_at(back, "/en/c/x/m/check") == [("q1", "a")]
    assert typed_at(back, "/en/elsewhere") == []
    sessions.drop_typed(desk, back.actor)
    assert typed_at(recognise(desk, back.actor.session), "/en/c/x/m/check") == []


def test_what_was_typed_is_not_handed_to_another_person(desk: Desk) -> None:
    joined(desk)
    joined(desk, "second.person")
    away = signed_in(desk)
    keep_typed(desk, NOBODY, away.actor.session, "/en/c/x", [("q1", "a")])
    browser = Browser("192.0.2.1", before=away.actor.session)
    entered = signing_in.sign_in(desk, NOBODY, "second.person", PASSWORD, browser)
    assert entered.next == ""
    assert typed_at(known_by(desk, entered.token), "/en/c/x") == []


@pytest.mark.parametrize(
    ("ticket", "fields"), [("nothing", [("q", "a")]), ("", [("q", "a")]), (None, [("q", "a" * 50_000)])]
)
def test_some_things_are_not_kept(desk: Desk, ticket: str | None, fields: Any) -> None:
    known = known_by(desk, joined(desk).token)
    assert not keep_typed(desk, NOBODY, known.actor.session if ticket is None else ticket, "/en/x", fields)


def test_a_session_that_is_nobodys_passes_on_what_waits_behind_it(desk: Desk) -> None:
    joined(desk)
    away = signed_in(desk)
    keep_typed(desk, NOBODY, away.actor.session, "/en/c/x", [("q1", "a")])
    with desk.database.writing() as tx:
        token = sessions.remember(tx, desk, NOBODY, before=away.actor.session, pending={})
        assert sessions.remember(tx, desk, known_by_row(desk, tx, token), next="/en/account") == ""
    waiting = known_by(desk, token)
    back = signing_in.sign_in(desk, waiting.actor, "lac.bleu", PASSWORD, HERE)
    assert back.next == "/en/account"
    assert typed_at(known_by(desk, back.token), "/en/c/x") == [("q1", "a")]


def known_by_row(desk: Desk, tx: Any, token: str) -> Any:
    return sessions.known_from(rows.find(tx, ticket_of(token), 0)).actor
