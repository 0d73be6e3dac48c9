"""The worker: takes work from the outbox and does the rounds, one thing at a time, until it is told to stop.

Holds the clockwork and which function does which kind of work; no rule. One of the two places that may
catch everything: whatever goes wrong in one piece of work must not stop the next. Called by `cli.serve` and
by tests.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import Any

from lms.actions import keeping, letters, moving, my_data, printing, searching, surveying
from lms.actions.desk import Desk
from lms.core.errors import ParvisError, Unavailable
from lms.core.faults import whereabouts
from lms.core.people import SYSTEM
from lms.storage.outbox import Job

log = logging.getLogger("lms.jobs")
MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
BREATH = 0.5  # seconds between two looks into an empty outbox

#: Kind of work -> what does it. A handler may be called twice for one job and must not mind.
HANDLERS: dict[str, Callable[[Desk, dict[str, Any]], None]] = {
    "certificate": printing.make_pdf,
    "erase-blob": printing.erase_blob,
    "letter": letters.send_letter,
    surveying.LATER: surveying.follow_completion,
    "release-activated": moving.follow_activation,
}
#: What is done every so many milliseconds.
ROUNDS: dict[Callable[[Desk], object], int] = {
    lambda desk: keeping.chain_audit(desk, SYSTEM): 5 * MINUTE,
    lambda desk: keeping.prune(desk, SYSTEM): 10 * MINUTE,
    lambda desk: keeping.check_help_lines(desk, SYSTEM): 6 * HOUR,
    lambda desk: searching.rebuild(
        desk, SYSTEM
    ): DAY,  # the register and the glossary change without a release
    lambda desk: my_data.forget_visitors(desk, SYSTEM, older_than=7 * DAY): 6 * HOUR,
}


def _fault(problem: Exception) -> str:
    """Name a fault without repeating what it says: that may hold an address."""
    return problem.code if isinstance(problem, ParvisError) else type(problem).__name__


def do_job(desk: Desk, job: Job) -> None:
    """Do one piece of work and note how it went."""
    try:
        HANDLERS[job.kind](desk, dict(job.payload))
    except Unavailable as problem:
        log.warning("job %s (%s): %s, try %d", job.id, job.kind, problem.code, job.tries)
        keeping.postpone_job(desk, SYSTEM, job, problem.code)
    except ParvisError as problem:
        log.warning("job %s (%s) cannot be done: %s", job.id, job.kind, problem.code)
        keeping.give_up_job(desk, SYSTEM, job, problem.code)
    except Exception as problem:  # noqa: BLE001  # the worker loop: one fault must not stop the rest
        where = whereabouts(problem)
        log.error("job %s (%s) failed: %s", job.id, job.kind, where)  # noqa: TRY400  # its sentence may name somebody
        keeping.postpone_job(desk, SYSTEM, job, _fault(problem))
    else:
        keeping.finish_job(desk, SYSTEM, job)


def run_due(desk: Desk) -> int:
    """Do everything that is due now; give how many pieces of work that were."""
    count = 0
    while (job := keeping.take_job(desk, SYSTEM)) is not None:
        do_job(desk, job)
        count += 1
    return count


@dataclass
class Worker:
    """One worker; `stop` ends it after the piece of work in hand."""

    desk: Desk
    stop: Event = field(default_factory=Event)
    due: dict[Callable[[Desk], object], int] = field(default_factory=dict)

    def step(self) -> bool:
        """Do the rounds that are due and one piece of work; say whether there was any."""
        for deed, every in ROUNDS.items():
            if self.desk.now() >= self.due.get(deed, 0):
                self.due[deed] = self.desk.now() + every
                self._safely(deed)
        job = self._safely(lambda desk: keeping.take_job(desk, SYSTEM))
        if not isinstance(job, Job):
            return False
        self._safely(lambda desk: do_job(desk, job))
        return True

    def _safely(self, deed: Callable[[Desk], object]) -> object:
        try:
            return deed(self.desk)
        except Exception as problem:  # noqa: BLE001  # the worker loop: a locked database must not end it
            log.warning("the worker waits: %s", _fault(problem))
            return None

    def run(self, *, alive: Callable[[], bool] = lambda: True) -> None:
        """Work until told to stop, or until `alive` says that nobody would tell any more."""
        while not self.stop.is_set() and alive():
            if not self.step():
                self.stop.wait(BREATH)
