"""House-keeping: what is over is forgotten, the chain shows a change, unchecked help lines become tasks."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import insert, update

from lms.actions.context import Context
from lms.actions.operations import maintenance
from lms.actions.operations.maintenance import DAY
from lms.actions.people import codes, limits, sessions
from lms.core.courses.helplines import HelpLine
from lms.core.errors import NotAllowed
from lms.core.locales import Words
from lms.core.people.actors import NOBODY, SYSTEM, WHOLE_HOUSE
from lms.storage.operations import tasks
from lms.storage.operations.audit import append, linked
from lms.storage.tables.operations import audit, audit_chain
from tests.builders_accounts import HERE, clock, joined, joined_by_mail, known_by, signed_in
from tests.builders_learning import refused


def test_only_the_machine_keeps_house(context: Context) -> None:
    with refused(NotAllowed, "deed.sign-in-first"):
        maintenance.prune(context, NOBODY)


def test_what_is_over_is_forgotten(context: Context) -> None:
    joined_by_mail(context)
    assert maintenance.prune(context, SYSTEM) == maintenance.Pruned(0, 0, 0, 0, 0)
    clock(context).move(days=2)
    pruned = maintenance.prune(context, SYSTEM)
    assert pruned.sessions == 2
    assert pruned.codes == 1
    assert pruned.throttles == 3
    clock(context).move(days=40)
    assert maintenance.prune(context, SYSTEM).jobs == 1


def test_a_session_in_use_is_not_forgotten(context: Context) -> None:
    known = known_by(context, joined(context).token)
    clock(context).move(minutes=11 * 60)
    maintenance.prune(context, SYSTEM)
    assert sessions.recognise(context, known.actor.session).actor.is_member


def test_the_chain_reaches_committed_rows_and_shows_a_change(context: Context) -> None:
    joined(context)
    assert maintenance.chain_audit(context, SYSTEM) == 1
    signed_in(context)
    assert maintenance.broken_link(context, SYSTEM) == 0
    assert maintenance.chain_audit(context, SYSTEM) == 1
    assert maintenance.broken_link(context, SYSTEM) == 0
    with context.database.writing() as tx:
        tx.exec_driver_sql("UPDATE audit SET deed = 'nothing.happened' WHERE seq = 1")
    assert maintenance.broken_link(context, SYSTEM) == 1


def test_a_row_that_is_taken_away_breaks_the_chain_even_at_its_end(context: Context) -> None:
    joined(context)
    signed_in(context)
    maintenance.chain_audit(context, SYSTEM)
    with context.database.writing() as tx:
        last = tx.exec_driver_sql("SELECT max(seq) FROM audit").scalar_one()
        tx.execute(update(audit_chain).where(audit_chain.c.seq == last).values(digest="other"))
    assert maintenance.broken_link(context, SYSTEM) == last


def test_a_row_whose_transaction_took_long_is_linked_when_it_is_there(context: Context) -> None:
    """As on PostgreSQL, where a number is given out before its row can be seen."""
    with context.database.writing() as tx:
        for seq in (1, 3):
            tx.execute(insert(audit).values(seq=seq, at=context.now(), actor="a", deed="x.y", object=""))
    assert maintenance.chain_audit(context, SYSTEM) == 2
    with context.database.writing() as tx:
        tx.execute(insert(audit).values(seq=2, at=context.now() - DAY, actor="b", deed="x.y", object=""))
    assert maintenance.chain_audit(context, SYSTEM) == 1
    assert maintenance.broken_link(context, SYSTEM) == 0
    with context.database.writing() as tx:
        tx.execute(update(audit).where(audit.c.seq == 2).values(object="other"))
    assert maintenance.broken_link(context, SYSTEM) == 2


def test_a_transaction_that_stays_open_breaks_no_chain(context: Context) -> None:
    if context.database.is_sqlite:
        pytest.skip("SQLite lets one transaction write at a time")
    with context.database.writing() as slow:
        append(slow, context.now(), "a", "x.slow", "")
        signed_up = joined(context)
        assert maintenance.chain_audit(context, SYSTEM) == 1
        assert signed_up.token
    assert maintenance.chain_audit(context, SYSTEM) == 1
    with context.database.reading() as tx:
        assert [entry.seq for entry in linked(tx)] == [2, 1], "linked in the order in which they were seen"
    assert maintenance.broken_link(context, SYSTEM) == 0


def test_the_chain_asks_no_clock(context: Context) -> None:
    clock(context).move(days=365)
    joined(context)
    clock(context).move(days=-365)
    signed_in(context)
    assert maintenance.chain_audit(context, SYSTEM) == 2
    assert maintenance.broken_link(context, SYSTEM) == 0


def test_what_a_clock_that_was_ahead_wrote_is_forgotten_once_it_is_right(context: Context) -> None:
    now = joined_by_mail(context)
    clock(context).move(days=365)
    later = joined_by_mail(context, "other@example.org")
    for _ in range(limits.CODES_HERE.most):
        with suppress(NotAllowed):
            codes.ask_to_sign_in(context, NOBODY, "zoe@example.org", locale="en", browser=HERE)
    clock(context).move(days=-365)
    assert maintenance.prune(context, SYSTEM).ahead > 3
    assert sessions.recognise(context, now.actor.session).actor.is_member
    assert not sessions.recognise(context, later.actor.session).actor.is_member
    codes.ask_to_sign_in(context, NOBODY, "zoe@example.org", locale="en", browser=HERE)
    clock(context).move(days=-0.9)
    assert maintenance.prune(context, SYSTEM).sessions == 0
    assert sessions.recognise(context, now.actor.session).actor.is_member


def test_the_trail_holds_no_name(context: Context) -> None:
    joined(context, browser=HERE)
    with context.database.reading() as tx:
        trail = str(tx.exec_driver_sql("SELECT * FROM audit").all())
    assert "Zoé" not in trail
    assert "lac.bleu" not in trail
    assert HERE.origin not in trail


def test_a_help_line_that_nobody_has_checked_is_one_task_until_somebody_has(context: Context) -> None:
    line = HelpLine(
        "nine", ("ca",), "crisis", Words({"en": "N"}), Words({"en": "R"}), number="9", checked="2026-01-01"
    )

    class Lines:
        def help_lines(self) -> tuple[HelpLine, ...]:
            return (line,)

    lines: Any = Lines()
    stale = replace(context, library=lines)
    assert maintenance.check_help_lines(stale, SYSTEM) == 1
    assert maintenance.check_help_lines(stale, SYSTEM) == 1
    with context.database.reading() as tx:
        assert [one.about for one in tasks.open_tasks(tx, WHOLE_HOUSE)] == ["nine"]
    line = replace(line, checked=context.today())
    assert maintenance.check_help_lines(stale, SYSTEM) == 0
    with context.database.reading() as tx:
        assert tasks.open_tasks(tx, WHOLE_HOUSE) == []
    line = replace(line, checked="")
    assert maintenance.check_help_lines(stale, SYSTEM) == 1
    with context.database.reading() as tx:
        assert len(tasks.open_tasks(tx, WHOLE_HOUSE)) == 1
    line = replace(line, number="")
    assert maintenance.check_help_lines(stale, SYSTEM) == 0
    with context.database.reading() as tx:
        assert tasks.open_tasks(tx, WHOLE_HOUSE) == []
