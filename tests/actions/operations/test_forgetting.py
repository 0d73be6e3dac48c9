"""Forgetting visitors and members: in steps that nobody waits for, and nothing is left however it is cut."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import process_time, thread_time
from typing import Self

import pytest
from sqlalchemy import Connection, Table, event

from lms.actions.context import Context
from lms.actions.learning import learning
from lms.actions.operations import personal_data
from lms.actions.operations.maintenance import DAY
from lms.actions.people import codes, sessions
from lms.core.people.actors import NOBODY, SYSTEM, Actor
from lms.core.people.session_notes import Pending, SessionNotes
from lms.storage.learning import attempts, enrolments
from lms.storage.operations import personal_rows
from lms.storage.people import persons
from lms.storage.people import sessions as session_rows
from lms.storage.tables.everything import metadata
from lms.storage.tables.learning import answer, attempt
from tests.builders_accounts import HERE, clock, joined, joined_by_mail, known_by
from tests.builders_learning import SAMPLE, SAMPLE_CODE, a_session, a_visit, with_sample


def everything_kept(context: Context) -> str:
    with context.database.reading() as tx:
        return str([tx.execute(table.select()).all() for table in metadata.sorted_tables])


def deleted(context: Context, known: sessions.Known) -> None:
    personal_data.delete_me(context, known.actor, is_sure=True, keep_certificates=False, current="")


@dataclass
class Locks:
    """How long each transaction that writes has held its lock, in seconds of this thread's work."""

    context: Context
    held: list[float] = field(default_factory=list)

    def __enter__(self) -> Self:
        engine = self.context.database.engine  # the one that writes
        event.listen(engine, "begin", self._begin)
        event.listen(engine, "commit", self._commit)
        return self

    def __exit__(self, *_: object) -> None:
        engine = self.context.database.engine
        event.remove(engine, "begin", self._begin)
        event.remove(engine, "commit", self._commit)

    def _begin(self, _: Connection) -> None:
        self._began = thread_time()

    def _commit(self, _: Connection) -> None:
        self.held.append(thread_time() - self._began)


def visitors_who_left(context: Context, count: int) -> None:
    """Let visitors come, try a check, and go; windows that wait for a code stay open beside them."""
    for number in range(count):
        with context.database.writing() as tx:
            visitor = context.new_id()
            persons.add_person(tx, visitor, "visitor", context.now())
            waits = SessionNotes(pending=Pending("sign-in", f"a{number}@b.ca", "", "en", ""))
            session_rows.begin(tx, context.new_secret(), "", context.now(), notes=waits)
            begun, mine = context.new_id(), context.new_id()
            enrolments.add(
                tx,
                mine,
                person=visitor,
                organisation=persons.DEFAULT_ORGANISATION,
                course_id=SAMPLE,
                version="1.0.0",
                locale="en",
                now=context.now(),
            )
            asked = {"enrolment": mine, "check": "m1", "version": "1.0.0", "digest": "d"}
            attempts.start(tx, begun, **asked, items=(), now=context.now())
            tx.execute(answer.insert().values(attempt_id=begun, question="q", reply="{}", save=1, saved_at=1))


def count_of(context: Context, table: Table) -> int:
    with context.database.reading() as tx:
        return len(tx.execute(table.select()).all())


@pytest.mark.slow
def test_four_hundred_visitors_are_forgotten_without_a_long_lock(context: Context) -> None:
    with_sample(context)
    visitors_who_left(context, 400)
    clock(context).move(days=8)
    with Locks(context) as locks:
        assert personal_data.forget_visitors(context, SYSTEM, older_than=7 * DAY) == 400
    assert len(locks.held) == 400 / personal_data.AT_A_TIME
    assert max(locks.held) < 0.05
    assert count_of(context, answer) == 0


@pytest.mark.slow
def test_forgetting_twice_as_many_takes_about_twice_as_long(context: Context) -> None:
    with_sample(context)
    taken = []
    for count in (100, 400):
        visitors_who_left(context, count)
        clock(context).move(days=8)
        began = process_time()
        personal_data.forget_visitors(context, SYSTEM, older_than=7 * DAY)
        taken.append(process_time() - began)
    assert taken[1] < 8 * taken[0]


def test_a_visitor_who_comes_back_meanwhile_is_left_alone(context: Context) -> None:
    visit = a_visit(context)
    sessions.sign_out(context, visit.actor)
    clock(context).move(days=8)
    with context.database.reading() as tx:
        left = personal_rows.left_visitors(tx, context.now())
    token = a_session(context, visit.actor)
    with context.database.reading() as tx:
        assert personal_rows.still_left(tx, left, context.now()) == []
    assert personal_data.forget_visitors(context, SYSTEM, older_than=7 * DAY) == 0
    assert known_by(context, token).actor.person == visit.actor.person


def much_answered(context: Context, who: Actor, times: int) -> None:
    learning.enrol(context, who, SAMPLE_CODE, "en")
    with context.database.writing() as tx:
        mine = enrolments.of_person(tx, who.person)[0].id
        for _ in range(times):
            begun = context.new_id()
            asked = {"enrolment": mine, "check": "m1", "version": "1.0.0", "digest": "d"}
            attempts.start(tx, begun, **asked, items=(), now=context.now())
            tx.execute(attempt.update().where(attempt.c.id == begun).values(submitted_at=1))
            tx.execute(
                answer.insert(),
                [
                    {"attempt_id": begun, "question": f"q{n}", "reply": "zq typed", "save": 1, "saved_at": 1}
                    for n in range(10)
                ],
            )


@pytest.mark.slow
def test_a_member_with_much_history_is_erased_without_a_long_lock(context: Context) -> None:
    with_sample(context)
    known = known_by(context, joined(context).token)
    much_answered(context, known.actor, 2 * personal_rows.MOST_ATTEMPTS + 50)
    visitors_who_left(context, 200)  # whose windows and letters are looked through before the lock
    with Locks(context) as locks:
        deleted(context, known)
    assert max(locks.held) < 0.05
    assert "zq typed" not in everything_kept(context)


def test_a_member_with_more_history_than_one_transaction_takes_is_erased_whole(context: Context) -> None:
    with_sample(context)
    known = known_by(context, joined(context).token)
    much_answered(context, known.actor, personal_rows.MOST_ATTEMPTS + 1)
    deleted(context, known)
    assert "zq typed" not in everything_kept(context)


def test_answers_that_a_cut_left_are_erased_in_the_next_round(context: Context) -> None:
    with_sample(context)
    known = known_by(context, joined(context).token)
    much_answered(context, known.actor, personal_rows.MOST_ATTEMPTS + 1)
    with context.database.writing() as tx:
        assert personal_rows.erase(tx, known.actor.person, context.now())
    assert "zq typed" in everything_kept(context)
    assert personal_data.forget_visitors(context, SYSTEM, older_than=7 * DAY) == 0
    assert "zq typed" not in everything_kept(context)


def test_whom_a_backup_brings_back_with_much_history_is_erased_at_once(context: Context) -> None:
    with_sample(context)
    known = known_by(context, joined(context).token)
    much_answered(context, known.actor, personal_rows.MOST_ATTEMPTS + 1)
    assert personal_data.erase_again(context, SYSTEM, [known.actor.person]) == 1
    assert "zq typed" not in everything_kept(context)


def test_a_letter_that_was_asked_for_meanwhile_is_erased_too(context: Context) -> None:
    known = joined_by_mail(context)
    with context.database.reading() as tx:
        found = personal_rows.waiting_for(tx, known.actor.person, context.now())
    codes.ask_to_sign_in(context, NOBODY, "zoe@example.org", locale="en", browser=HERE)
    with context.database.writing() as tx:
        personal_rows.erase(tx, known.actor.person, context.now(), found)
    assert "zoe@example.org" not in everything_kept(context)
