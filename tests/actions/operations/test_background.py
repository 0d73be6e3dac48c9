"""Jobs are taken on a lease, tried later and later, given up with a task, and taken up again by hand."""

from __future__ import annotations

import pytest

from lms.actions.context import Context
from lms.actions.operations import background
from lms.core.errors import Conflict, NotAllowed, NotFound
from lms.core.operations import jobs
from lms.core.operations.jobs import Job, Letter, Seen, abandoned, watched
from lms.core.operations.timekeeping import HOLD, HOUR
from lms.core.people.actors import NOBODY, SYSTEM, WHOLE_HOUSE
from lms.jobs import run_due
from lms.storage.operations import outbox, tasks
from lms.storage.people import persons
from tests.builders_accounts import clock, joined_by_mail
from tests.builders_learning import refused

DAY = 24 * HOUR


def put(context: Context, key: str = "one", kind: str = "kind", **payload: object) -> None:
    with context.database.writing() as tx:
        assert outbox.enqueue(tx, context, kind, key, payload or {"a": "b"})


def taken(context: Context) -> Job:
    job = background.take_job(context, SYSTEM)
    assert job is not None
    return job


def state(context: Context, key: str = "one") -> str:
    with context.database.reading() as tx:
        return outbox.state(tx, key)


def open_tasks(context: Context) -> list[tuple[str, str]]:
    with context.database.reading() as tx:
        return [(one.kind, one.about) for one in tasks.open_tasks(tx, WHOLE_HOUSE)]


def test_only_the_machine_takes_jobs_and_only_admins_retry_them(context: Context) -> None:
    with refused(NotAllowed, "deed.sign-in-first"):
        background.take_job(context, NOBODY)
    with refused(NotAllowed, "deed.sign-in-first"):
        background.retry_job(context, NOBODY, "x")
    with refused(NotAllowed, "deed.sign-in-first"):
        background.jobs(context, NOBODY)


def test_work_is_taken_once_and_finished_once(context: Context) -> None:
    assert background.take_job(context, SYSTEM) is None
    put(context)
    job = taken(context)
    assert (job.kind, dict(job.payload), job.tries) == ("kind", {"a": "b"}, 1)
    assert background.take_job(context, SYSTEM) is None
    assert background.finish_job(context, SYSTEM, job)
    assert not background.finish_job(context, SYSTEM, job)
    assert state(context) == "done"


def test_the_job_of_a_worker_that_died_is_taken_over_and_its_late_report_does_not_count(
    context: Context,
) -> None:
    put(context)
    first = taken(context)
    held = background.leases(context, SYSTEM)
    assert set(held) == {first.id}
    second = background.take_job(context, SYSTEM, left=held)
    assert second is not None
    assert second.tries == 2
    for late in (background.finish_job, background.renew):
        assert not late(context, SYSTEM, first)
    assert not background.postpone_job(context, SYSTEM, first, "x")
    assert not background.give_up_job(context, SYSTEM, first, "x")
    assert not background.go_on_later(context, SYSTEM, first, jobs.ReleaseActivated("c"))
    assert open_tasks(context) == []
    assert background.finish_job(context, SYSTEM, second)


def test_a_lease_that_was_renewed_meanwhile_is_not_taken_over(context: Context) -> None:
    put(context)
    first = taken(context)
    left = background.leases(context, SYSTEM)
    assert background.renew(context, SYSTEM, first)
    assert background.take_job(context, SYSTEM, left=left) is None
    assert background.finish_job(context, SYSTEM, first)


@pytest.mark.parametrize("days", [365, -365])
def test_no_clock_ends_a_lease(context: Context, days: int) -> None:
    put(context)
    first = taken(context)
    clock(context).move(days=days)
    assert background.take_job(context, SYSTEM) is None
    assert background.finish_job(context, SYSTEM, first)


def test_a_lease_without_a_sign_of_life_is_abandoned() -> None:
    seen = watched({}, {"a": "x 0", "b": "y 0"}, 0)
    seen = watched(seen, {"a": "x 0", "b": "y 1"}, jobs.LEASE - 1)
    assert abandoned(seen, jobs.LEASE - 1) == {}
    seen = watched(seen, {"a": "x 0", "b": "y 1"}, jobs.LEASE)
    assert abandoned(seen, jobs.LEASE) == {"a": "x 0"}
    assert watched(seen, {}, jobs.LEASE) == {}
    assert seen["b"] == Seen("y 1", jobs.LEASE - 1)


def test_work_that_fails_is_tried_later_and_later_and_then_given_up(context: Context) -> None:
    put(context)
    began, tried = context.now(), 0
    while state(context) != "failed":
        job = background.take_job(context, SYSTEM)
        if job is not None:
            tried += 1
            assert background.postpone_job(context, SYSTEM, job, "mail.unavailable")
        clock(context).move(minutes=5)
    assert tried == jobs.MOST_TRIES
    assert 1.5 * DAY < context.now() - began < 2.5 * DAY
    assert open_tasks(context) == [("job-failed", "kind one")], "somebody is told when the last try fails"


def test_what_failed_together_is_not_tried_together(context: Context) -> None:
    for number in range(20):
        put(context, f"{number}")
        background.postpone_job(context, SYSTEM, taken(context), "x")
    with context.database.reading() as tx:
        moments = {one.run_at for one in outbox.lines(tx, all_of_them=True)}
    assert len(moments) > 10
    assert max(moments) <= context.now() + jobs.wait_after(1, 1.0)


@pytest.mark.parametrize("days", [365, -365])
def test_what_failed_does_not_wait_for_a_clock_that_was_set(context: Context, days: int) -> None:
    put(context)
    background.postpone_job(context, SYSTEM, taken(context), "x")
    clock(context).move(days=days)
    assert background.take_job(context, SYSTEM)


# --- failed for good ------------------------------------------------------------------------------------
def failed(context: Context, key: str = "one", kind: str = "kind", **payload: object) -> Job:
    put(context, key, kind, **payload)
    job = taken(context)
    assert background.give_up_job(context, SYSTEM, job, "certificate.none")
    return job


def test_a_job_that_failed_is_listed_without_what_it_carries_and_can_be_tried_again(context: Context) -> None:
    job = failed(context)
    put(context, "two")
    (line,) = background.jobs(context, SYSTEM)
    assert (line.id, line.state, line.error, line.can_retry) == (job.id, "failed", "certificate.none", True)
    assert [one.state for one in background.jobs(context, SYSTEM, all_of_them=True)] == ["failed", "waiting"]
    background.retry_job(context, SYSTEM, job.id)
    assert open_tasks(context) == []
    with refused(Conflict, "job.not-failed"):
        background.retry_job(context, SYSTEM, job.id)
    with refused(NotFound, "job.unknown"):
        background.retry_job(context, SYSTEM, "none")
    keys = [taken(context).key, taken(context).key]
    assert keys == ["two", "one"], "it waits behind what came before it was taken up again"


def test_all_that_failed_can_be_tried_again_at_once(context: Context) -> None:
    for number in range(3):
        failed(context, f"{number}")
    with context.database.writing() as tx:  # nothing is left of it: its person was erased
        tx.exec_driver_sql("UPDATE job SET payload = '{}' WHERE key = '1'")
    assert background.retry_all(context, SYSTEM) == 2
    assert background.retry_all(context, SYSTEM) == 0
    assert open_tasks(context) == [("job-failed", "kind 1")]
    (line,) = background.jobs(context, SYSTEM)
    assert not line.can_retry


def a_letter(to: str) -> dict[str, str]:
    return Letter("answered", to, "en", "l1").to_json()


def unreachable(context: Context, person: str) -> int:
    with context.database.reading() as tx:
        profile = persons.profile_of(tx, person)
    assert profile
    return profile.unreachable_at


def test_a_letter_that_failed_is_written_on_the_account_until_one_arrives(context: Context) -> None:
    known = joined_by_mail(context)
    job = failed(context, "l1", "letter", **a_letter("zoe@example.org"))
    failed(context, "l2", "letter", **a_letter("nobody@example.org"))
    failed(context, "l3", "letter", letter="of a version that wrote something else")
    assert unreachable(context, known.actor.person) == context.now()
    background.retry_job(context, SYSTEM, job.id)
    run_due(context)
    assert unreachable(context, known.actor.person) == 0


def test_another_address_has_not_failed(context: Context) -> None:
    known = joined_by_mail(context)
    failed(context, "l1", "letter", **a_letter("zoe@example.org"))
    with context.database.writing() as tx:
        persons.write_profile(tx, known.actor.person, email="new@example.org")
    assert unreachable(context, known.actor.person) == 0


# --- rounds and the clock ---------------------------------------------------------------------------------
def test_a_round_that_fails_is_one_task_until_it_is_done_again(context: Context) -> None:
    for _ in range(2):
        background.note_round(context, SYSTEM, "search", failed=True)
    assert open_tasks(context) == [("round-failed", "search")]
    background.note_round(context, SYSTEM, "search", failed=False)
    assert open_tasks(context) == []


def test_a_clock_that_jumps_is_a_task_until_it_is_right_or_was_left_so_for_a_day(context: Context) -> None:
    assert background.watch_clock(context, SYSTEM, None)
    for days in (365, -365):
        clock(context).move(days=days)
        assert not background.watch_clock(context, SYSTEM, 60_000)
        assert [kind for kind, _ in open_tasks(context)] == ["clock-jumped"]
        assert not background.watch_clock(context, SYSTEM, None), "a restart changes nothing"
        clock(context).move(days=-days)
        assert background.watch_clock(context, SYSTEM, 60_000)
        assert open_tasks(context) == []
    clock(context).move(days=365)
    for _ in range(HOLD // HOUR - 1):
        assert not background.watch_clock(context, SYSTEM, HOUR)
    assert background.watch_clock(context, SYSTEM, HOUR)
    assert background.watch_clock(context, SYSTEM, 0)
    assert open_tasks(context) == []


def test_a_site_may_be_switched_off_for_two_days(context: Context) -> None:
    assert background.watch_clock(context, SYSTEM, None)
    clock(context).move(days=1.9)
    assert background.watch_clock(context, SYSTEM, None)
    clock(context).move(days=3)
    assert not background.watch_clock(context, SYSTEM, None)
