"""One's own device: thirty days, another value each day, never for who runs the site."""

from __future__ import annotations

from dataclasses import replace

from lms.actions.context import Context
from lms.actions.learning import learning
from lms.actions.people import codes, granting, sessions, signing_in
from lms.actions.people.sessions import OWN_DAYS, recognise, ticket_of
from lms.actions.people.signing_in import Browser, Entered
from lms.core.people.actors import NOBODY, SYSTEM, Role
from lms.storage.people import persons
from lms.storage.people import sessions as rows
from tests import builders_learning as make
from tests.builders_accounts import HERE, PASSWORD, clock, code_in, joined, joined_by_mail, known_by, letters

OWN = replace(HERE, own=True)
DAY = 24 * 60


def entered(context: Context, browser: Browser = OWN) -> Entered:
    return signing_in.sign_in(context, NOBODY, "lac.bleu", PASSWORD, browser)


def test_it_lasts_for_thirty_days_and_no_longer(context: Context) -> None:
    joined(context)
    own, other = entered(context), entered(context, HERE)
    assert (own.days, other.days) == (OWN_DAYS, 0)
    clock(context).move(minutes=OWN_DAYS * DAY)
    assert known_by(context, own.token).actor.is_member
    assert not known_by(context, other.token).actor.is_member
    clock(context).move(minutes=1)
    assert not known_by(context, own.token).actor.is_member


def test_the_list_says_until_when(context: Context) -> None:
    joined(context)
    began = context.now()
    own = known_by(context, entered(context).token)
    listed = {one.is_this: one.until for one in sessions.my_sessions(context, own.actor)}
    assert listed == {True: began + sessions.OWN_LONGEST, False: 0}


def test_signing_out_everywhere_ends_it(context: Context) -> None:
    joined(context)
    own, other = entered(context), known_by(context, entered(context, HERE).token)
    sessions.sign_out_everywhere(context, other.actor)
    assert not known_by(context, own.token).actor.person


def test_its_value_changes_once_a_day_and_the_old_one_is_good_for_a_moment(context: Context) -> None:
    joined(context)
    first = entered(context).token
    known = known_by(context, first)
    assert sessions.renew(context, known.actor, first) == ""
    clock(context).move(minutes=DAY + 1)
    second = sessions.renew(context, known.actor, first)
    assert second not in {"", first}
    assert known_by(context, second).actor == known_by(context, first).actor
    assert known_by(context, second).began == known.began
    assert known_by(context, first).actor.session == ticket_of(second)
    sessions.came_back(context, known_by(context, second).actor)
    assert sessions.renew(context, known_by(context, second).actor, second) == ""
    assert sessions.renew(context, known_by(context, first).actor, first) == "", "the old one brings no more"
    clock(context).move(minutes=3)
    assert not recognise(context, ticket_of(first)).actor.person
    assert known_by(context, second).actor.is_member
    clock(context).move(minutes=DAY + 1)
    third = sessions.renew(context, known_by(context, second).actor, second)
    assert third not in {"", first, second}
    assert not recognise(context, ticket_of(first)).actor.person


def test_the_old_value_is_good_until_the_new_one_has_come_back(context: Context) -> None:
    joined(context)
    first = entered(context).token
    clock(context).move(minutes=DAY + 1)
    lost = sessions.renew(context, known_by(context, first).actor, first)
    clock(context).move(minutes=3 * DAY)
    known = known_by(context, first)
    assert known.actor.session == ticket_of(lost)
    assert known.unseen
    assert sessions.renew(context, known.actor, first) == lost, "it is given again"
    assert known_by(context, lost).unseen
    sessions.came_back(context, known_by(context, lost).actor)
    sessions.came_back(context, known_by(context, lost).actor)
    assert not known_by(context, lost).unseen
    clock(context).move(minutes=3)
    assert not recognise(context, ticket_of(first)).actor.person


def test_a_lesson_knows_the_old_value_for_a_moment(context: Context) -> None:
    desk = make.with_shelf(context, make.release("1.0.0", make.module("m1")))
    joined(desk)
    first = entered(desk).token
    learning.enrol(desk, known_by(desk, first).actor, "smpl", "en")
    clock(desk).move(minutes=DAY + 1)
    second = sessions.renew(desk, known_by(desk, first).actor, first)
    with desk.database.reading() as tx:
        old, new = (learning.row_of(tx, desk, ticket_of(one), "smpl") for one in (first, second))
        assert old == new
        assert old is not None
        assert learning.row_of(tx, desk, ticket_of("nobody's"), "smpl") is None


def test_the_visitor_of_a_page_is_known_a_moment_after_coming_in(context: Context) -> None:
    joined(context)
    visitor = make.a_visitor(context)
    with context.database.writing() as tx:
        before = sessions.begin_session(tx, context, visitor.person)
    entered(context, replace(HERE, before=ticket_of(before)))
    assert sessions.visitor_before(context, ticket_of(before)) == visitor.person
    assert sessions.visitor_before(context, "") == ""
    clock(context).move(minutes=11)
    assert sessions.visitor_before(context, ticket_of(before)) == ""


def test_signing_in_with_the_old_value_ends_the_session_that_was_renewed(context: Context) -> None:
    joined(context)
    first = entered(context).token
    clock(context).move(minutes=DAY + 1)
    second = sessions.renew(context, known_by(context, first).actor, first)
    again = entered(context, replace(HERE, before=ticket_of(first)))
    assert not known_by(context, second).actor.person
    assert known_by(context, again.token).actor.is_member


def test_ending_the_session_ends_the_old_value_too(context: Context) -> None:
    joined(context)
    first = entered(context).token
    clock(context).move(minutes=DAY + 1)
    known = known_by(context, first)
    sessions.renew(context, known.actor, first)
    sessions.sign_out_everywhere(context, known.actor)
    assert not recognise(context, ticket_of(first)).actor.person
    assert sessions.renew(context, known.actor, first) == ""


def test_other_sessions_keep_their_value(context: Context) -> None:
    joined(context)
    token = entered(context, HERE).token
    known = known_by(context, token)
    clock(context).move(minutes=11 * 60)
    assert sessions.renew(context, known.actor, token) == ""


def test_who_runs_the_site_stays_for_twelve_hours(context: Context) -> None:
    who = known_by(context, joined(context).token).actor
    with context.database.writing() as tx:
        persons.give_role(tx, who.person, Role.AUTHOR, context.now())
    own = entered(context)
    assert own.days == 0.5
    clock(context).move(minutes=12 * 60 + 1)
    assert not known_by(context, own.token).actor.is_member


def test_whoever_is_given_a_role_stays_no_longer_than_others(context: Context) -> None:
    joined(context)
    own = entered(context)
    clock(context).move(minutes=DAY)
    assert known_by(context, own.token).actor.is_member
    granting.give_role(context, SYSTEM, "lac.bleu", Role.REVIEWER)
    assert not known_by(context, own.token).actor.is_member


def test_it_can_be_said_before_the_code_is_mailed(context: Context) -> None:
    joined_by_mail(context)
    token = codes.ask_to_sign_in(context, NOBODY, "zoe@example.org", locale="en", browser=OWN)
    waits = known_by(context, token)
    assert waits.notes.pending
    assert waits.notes.pending.own
    again = codes.confirm(context, waits.actor, code_in(list(letters(context))[-1]), HERE)
    assert again.days == 0


def test_old_ones_are_deleted_when_they_are_over(context: Context) -> None:
    joined(context)
    own = known_by(context, entered(context).token)
    clock(context).move(minutes=2 * DAY)
    with context.database.writing() as tx:
        rows.prune(tx, context.now() - DAY * 60_000)
    assert recognise(context, own.actor.session).actor.is_member
