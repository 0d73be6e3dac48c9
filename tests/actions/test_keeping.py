"""House-keeping: what is over is forgotten, the chain shows a change, unchecked help lines become tasks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lms.actions import keeping, sessions
from lms.actions.desk import Desk
from lms.actions.keeping import DAY
from lms.core.errors import NotAllowed
from lms.core.helplines import HelpLine
from lms.core.locales import Words
from lms.core.people import NOBODY, SYSTEM
from lms.storage import outbox, tasks
from tests.builders_accounts import HERE, clock, joined, joined_by_mail, known_by, signed_in
from tests.builders_learning import refused


def put(desk: Desk, key: str = "one", **payload: object) -> None:
    with desk.database.writing() as tx:
        assert outbox.enqueue(tx, desk, "letter", key, payload)


def test_only_the_machine_keeps_house(desk: Desk) -> None:
    with refused(NotAllowed, "deed.sign-in-first"):
        keeping.prune(desk, NOBODY)


def test_work_is_taken_once_and_finished_once(desk: Desk) -> None:
    assert keeping.take_job(desk, SYSTEM) is None
    put(desk, a="b")
    job = keeping.take_job(desk, SYSTEM)
    assert job is not None
    assert (job.kind, dict(job.payload), job.tries) == ("letter", {"a": "b"}, 1)
    assert keeping.take_job(desk, SYSTEM) is None
    assert keeping.finish_job(desk, SYSTEM, job)
    assert not keeping.finish_job(desk, SYSTEM, job)
    with desk.database.reading() as tx:
        assert outbox.state(tx, "one") == "done"


def test_work_of_a_worker_that_died_is_given_back_and_its_late_report_does_not_count(desk: Desk) -> None:
    put(desk)
    first = keeping.take_job(desk, SYSTEM)
    clock(desk).move(minutes=6)
    second = keeping.take_job(desk, SYSTEM)
    assert first is not None
    assert second is not None
    assert second.tries == 2
    assert not keeping.finish_job(desk, SYSTEM, first)
    assert keeping.finish_job(desk, SYSTEM, second)


def test_work_that_fails_is_tried_later_and_later_and_then_given_up(desk: Desk) -> None:
    put(desk)
    began, tried = desk.now(), 0
    while True:
        job = keeping.take_job(desk, SYSTEM)
        if job is not None:
            tried += 1
            keeping.postpone_job(desk, SYSTEM, job, "mail.unavailable")
        with desk.database.reading() as tx:
            if outbox.state(tx, "one") == "failed":
                break
        clock(desk).move(minutes=0.5)
    assert tried == outbox.MOST_TRIES
    assert 1.5 * DAY < desk.now() - began < 2.5 * DAY


def test_work_that_cannot_be_done_becomes_a_task(desk: Desk) -> None:
    put(desk)
    job = keeping.take_job(desk, SYSTEM)
    assert job is not None
    assert keeping.give_up_job(desk, SYSTEM, job, "x")
    with desk.database.reading() as tx:
        assert [one.kind for one in tasks.open_tasks(tx)] == ["job-failed"]
        assert outbox.counts(tx) == (0, 1)


def test_what_is_over_is_forgotten(desk: Desk) -> None:
    joined_by_mail(desk)
    assert keeping.prune(desk, SYSTEM) == keeping.Pruned(0, 0, 0, 0, 0)
    clock(desk).move(days=2)
    pruned = keeping.prune(desk, SYSTEM)
    assert pruned.sessions == 2
    assert pruned.codes == 1
    assert pruned.throttles == 3
    clock(desk).move(days=40)
    assert keeping.prune(desk, SYSTEM).jobs == 1


def test_a_session_in_use_is_not_forgotten(desk: Desk) -> None:
    known = known_by(desk, joined(desk).token)
    clock(desk).move(minutes=11 * 60)
    keeping.prune(desk, SYSTEM)
    assert sessions.recognise(desk, known.actor.session).actor.is_member


def test_the_chain_reaches_settled_rows_and_shows_a_change(desk: Desk) -> None:
    joined(desk)
    assert keeping.chain_audit(desk, SYSTEM) == 0, "too fresh: a transaction may still be under way"
    clock(desk).move(minutes=2)
    assert keeping.chain_audit(desk, SYSTEM) == 1
    signed_in(desk)
    assert keeping.broken_link(desk, SYSTEM) == 0
    clock(desk).move(minutes=2)
    assert keeping.chain_audit(desk, SYSTEM) == 1
    assert keeping.broken_link(desk, SYSTEM) == 0
    with desk.database.writing() as tx:
        tx.exec_driver_sql("UPDATE audit SET deed = 'nothing.happened' WHERE seq = 1")
    assert keeping.broken_link(desk, SYSTEM) == 1


def test_the_trail_holds_no_name(desk: Desk) -> None:
    joined(desk, browser=HERE)
    with desk.database.reading() as tx:
        trail = str(tx.exec_driver_sql("SELECT * FROM audit").all())
    assert "Zoé" not in trail
    assert "lac.bleu" not in trail
    assert HERE.origin not in trail


def test_a_help_line_that_nobody_has_checked_is_one_task_until_somebody_has(desk: Desk) -> None:
    line = HelpLine("nine", ("ca",), "crisis", Words({"en": "N"}), Words({"en": "R"}), checked="2026-01-01")

    class Lines:
        def help_lines(self) -> tuple[HelpLine, ...]:
            return (line,)

    lines: Any = Lines()
    stale = replace(desk, library=lines)
    assert keeping.check_help_lines(stale, SYSTEM) == 1
    assert keeping.check_help_lines(stale, SYSTEM) == 1
    with desk.database.reading() as tx:
        assert [one.about for one in tasks.open_tasks(tx)] == ["nine"]
    line = replace(line, checked=desk.today())
    assert keeping.check_help_lines(stale, SYSTEM) == 0
    with desk.database.reading() as tx:
        assert tasks.open_tasks(tx) == []
    line = replace(line, checked="")
    assert keeping.check_help_lines(stale, SYSTEM) == 1
    with desk.database.reading() as tx:
        assert len(tasks.open_tasks(tx)) == 1
