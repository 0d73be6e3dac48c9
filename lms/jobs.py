"""The worker: takes jobs from the outbox and does the rounds, one thing at a time, until it is told to stop.

Holds the clockwork and which function does which kind of work; no rule. One of the two places that may
catch everything: whatever goes wrong in one piece of work must not stop the next. How long something takes or
waits is counted by a clock that nobody can set.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from types import MappingProxyType
from typing import Any

from lms.actions.catalogue import searching
from lms.actions.certificates import printing, telling
from lms.actions.context import Context
from lms.actions.learning import completion, moving, surveys
from lms.actions.legislation import dates, dossier_papers
from lms.actions.operations import background, backing_up, maintenance, personal_data, tasks
from lms.actions.people import emails
from lms.actions.publishing import adopting
from lms.core.errors import Conflict, ParvisError, Unavailable
from lms.core.operations.faults import whereabouts
from lms.core.operations.jobs import (
    EVERY_KIND,
    MOST_TRIES,
    BlobErasure,
    CertificatePdf,
    DossierPaper,
    HoldersToTell,
    Job,
    KindFilter,
    LaterQuestions,
    Letter,
    ReleaseActivated,
    Seen,
    Work,
    abandoned,
    read,
    watched,
)
from lms.core.operations.timekeeping import TOLERANCE
from lms.core.people.actors import SYSTEM

log = logging.getLogger("lms.jobs")
MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
BREATH = 0.5  # seconds between two looks into an empty outbox
BEAT = 15.0  # seconds between two signs of life while a job is done
FAIR_TURN = 10  # of so many jobs one is the oldest, however urgent the others are


@dataclass(frozen=True, slots=True)
class JobKind:
    """How a kind of work is read and done; it may be done twice for one job and must not mind.

    `do` gives what is left, when it has done only a part.
    """

    read: Callable[[Mapping[str, Any]], Any]
    do: Callable[[Context, Any], Work | None]


@dataclass(frozen=True, slots=True)
class Round:
    """What is done every so many milliseconds; one that deletes what is old needs a clock to be trusted."""

    name: str
    every: int
    do: Callable[[Context], object]
    needs_clock: bool = False


KINDS: Mapping[str, JobKind] = MappingProxyType(
    {
        CertificatePdf.kind: JobKind(CertificatePdf.from_json, printing.make_pdf),
        DossierPaper.kind: JobKind(DossierPaper.from_json, dossier_papers.make_paper),
        BlobErasure.kind: JobKind(BlobErasure.from_json, printing.erase_blob),
        Letter.kind: JobKind(Letter.from_json, emails.send_letter),
        LaterQuestions.kind: JobKind(LaterQuestions.from_json, surveys.follow_completion),
        ReleaseActivated.kind: JobKind(ReleaseActivated.from_json, moving.follow_activation),
        HoldersToTell.kind: JobKind(HoldersToTell.from_json, telling.tell_holders),
    }
)
ROUNDS = (
    Round("audit-chain", 5 * MINUTE, lambda context: maintenance.chain_audit(context, SYSTEM)),
    Round("prune", 10 * MINUTE, lambda context: maintenance.prune(context, SYSTEM), needs_clock=True),
    # What was erased must not stay in the log of the database, nor in old data beyond the day that was said.
    Round("empty-log", 10 * MINUTE, lambda context: maintenance.empty_log(context, SYSTEM)),
    Round("old-data", HOUR, lambda context: backing_up.forget_old(context, SYSTEM), needs_clock=True),
    Round("certificates", HOUR, lambda context: printing.take_up_again(context, SYSTEM)),
    Round("help-lines", 6 * HOUR, lambda context: maintenance.check_help_lines(context, SYSTEM)),
    Round("dates", 6 * HOUR, lambda context: dates.open_date_tasks(context, SYSTEM)),
    Round("release-index", HOUR, lambda context: adopting.fill_index(context, SYSTEM)),
    Round("site", 15 * MINUTE, lambda context: tasks.look_over_site(context, SYSTEM)),
    # At once after an upgrade, and later what could not be read then.
    Round("completions", DAY, lambda context: completion.mend(context, SYSTEM)),
    # The register and the glossary change without a release.
    Round("search", DAY, lambda context: searching.rebuild(context, SYSTEM)),
    Round(
        "visitors",
        6 * HOUR,
        lambda context: personal_data.forget_visitors(context, SYSTEM, older_than=7 * DAY),
        needs_clock=True,
    ),
)


def steady_milliseconds() -> int:
    """Count since the machine started, its sleep included where the system tells."""
    source = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return time.clock_gettime_ns(source) // 1_000_000


def _fault(problem: Exception) -> str:
    """Name a fault without repeating what it says: that may hold an address."""
    return problem.code if isinstance(problem, ParvisError) else type(problem).__name__


def _work_on(context: Context, job: Job, kinds: Mapping[str, JobKind]) -> Work | None:
    if job.tries > MOST_TRIES:  # its last workers died over it before they could say so
        raise Conflict("job.worker-died", kind=job.kind)
    kind = kinds.get(job.kind)
    if kind is None:
        raise Unavailable("job.kind-unknown", kind=job.kind)
    return kind.do(context, read(kind.read, job))


def do_job(context: Context, job: Job, kinds: Mapping[str, JobKind] = KINDS) -> None:
    """Do one piece of work and note how it went."""
    try:
        rest = _work_on(context, job, kinds)
    except Unavailable as problem:
        log.warning("job %s (%s): %s, try %d", job.id, job.kind, problem.code, job.tries)
        background.postpone_job(context, SYSTEM, job, problem.code)
    except ParvisError as problem:
        log.warning("job %s (%s) cannot be done: %s", job.id, job.kind, problem.code)
        background.give_up_job(context, SYSTEM, job, problem.code)
    except Exception as problem:  # noqa: BLE001  # the worker loop: one fault must not stop the rest
        where = whereabouts(problem)
        log.error("job %s (%s) failed: %s", job.id, job.kind, where)  # noqa: TRY400  # its sentence may name somebody
        background.postpone_job(context, SYSTEM, job, _fault(problem))
    else:
        if rest is None:
            background.finish_job(context, SYSTEM, job)
        else:
            background.go_on_later(context, SYSTEM, job, rest)


def run_due(context: Context, kinds: Mapping[str, JobKind] = KINDS) -> int:
    """Do everything that is due now; return how many pieces of work that were."""
    count = 0
    while (job := background.take_job(context, SYSTEM)) is not None:
        do_job(context, job, kinds)
        count += 1
    return count


@dataclass
class Worker:
    """One worker; `stop` ends it after the piece of work in hand.

    `steady` counts milliseconds and is never set; `breath` and `beat` are in seconds. A worker takes its
    `share` of the kinds alone; one `beside` another does nothing planned and leaves the clock to the other.
    """

    context: Context
    kinds: Mapping[str, JobKind] = field(default_factory=lambda: KINDS)
    rounds: tuple[Round, ...] = ROUNDS
    share: KindFilter = EVERY_KIND
    beside: bool = False
    breath: float = BREATH
    beat: float = BEAT
    steady: Callable[[], int] = steady_milliseconds
    stop: Event = field(default_factory=Event)
    _due: dict[str, int] = field(default_factory=dict)
    _failing: set[str] = field(default_factory=set)
    _seen: dict[str, Seen] = field(default_factory=dict)
    _done: int = 0
    _trouble: str = ""
    _believed: bool = False
    _looked: tuple[int, int] | None = None  # steady and set clock when they were last compared

    def step(self) -> bool:
        """Do the rounds that are due and one piece of work; return whether there was any."""
        if not self.beside:
            self._watch_clock()
        for one in self.rounds:
            if self.steady() >= self._due.get(one.name, 0) and (self._believed or not one.needs_clock):
                self._do_round(one)
        job = self._safely(self._take)
        if not isinstance(job, Job):
            return False
        self._done += 1
        with self._alive(job):
            self._safely(lambda context: do_job(context, job, self.kinds))
        return True

    def run(self, *, alive: Callable[[], bool] = lambda: True) -> None:
        """Work until told to stop, or until `alive` says that nobody would tell any more."""
        while not self.stop.is_set() and alive():
            if not self.step():
                self.stop.wait(self.breath)

    def _take(self, context: Context) -> Job | None:
        """Take a job; one whose worker has shown no sign of life for as long as a lease lasts is free."""
        now = self.steady()
        self._seen = watched(self._seen, background.leases(context, SYSTEM), now)
        left = abandoned(self._seen, now)
        fair = self._done % FAIR_TURN == FAIR_TURN - 1
        return background.take_job(
            context, SYSTEM, left=left, planned=self._believed, oldest=fair, kinds=self.share
        )

    def _safely(self, work: Callable[[Context], object]) -> object:
        """Do it, or wait; say once why."""
        try:
            done = work(self.context)
        except Exception as problem:  # noqa: BLE001  # the worker loop: a locked database must not end it
            fault = _fault(problem)
            if fault != self._trouble:
                log.warning("the worker waits: %s", fault)
            self._trouble = fault
            return None
        self._trouble = ""
        return done

    # --- rounds ---------------------------------------------------------------------------------------
    def _do_round(self, one: Round) -> None:
        """Do a round; say once that it fails, and once that it no longer does. The others go on."""
        self._due[one.name] = self.steady() + one.every
        try:
            one.do(self.context)
        except Exception as problem:  # noqa: BLE001  # the worker loop: one round must not stop the others
            self._due[one.name] = self.steady() + min(one.every, 5 * MINUTE)
            if one.name not in self._failing:
                self._failing.add(one.name)
                log.warning("round %s: %s", one.name, whereabouts(problem))
                self._safely(lambda context: background.note_round(context, SYSTEM, one.name, failed=True))
        else:
            if one.name in self._failing:
                self._failing.discard(one.name)
                log.warning("round %s: done again", one.name)
                self._safely(lambda context: background.note_round(context, SYSTEM, one.name, failed=False))

    # --- the clock ------------------------------------------------------------------------------------
    def _watch_clock(self) -> None:
        """Compare the clocks once a minute, and at once when they part."""
        steady, now = self.steady(), self.context.now()
        passed = None if self._looked is None else steady - self._looked[0]
        if self._looked is not None and passed is not None:
            is_steady = abs(now - self._looked[1] - passed) <= TOLERANCE
            if is_steady and passed < MINUTE:
                return
        believed = self._safely(lambda context: background.watch_clock(context, SYSTEM, passed))
        if believed is None:  # nothing is known, so nothing is deleted; it is asked again
            self._believed = False
            return
        self._looked = steady, now
        if bool(believed) is not self._believed:
            log.log(logging.INFO if believed else logging.WARNING, "the clock is believed: %s", believed)
        self._believed = bool(believed)

    @contextmanager
    def _alive(self, job: Job) -> Iterator[None]:
        """Renew the lease while the work is done, however long it takes."""
        over = Event()

        def beat() -> None:
            while not over.wait(self.beat):
                self._safely(lambda context: background.renew(context, SYSTEM, job))

        thread = Thread(target=beat, daemon=True, name="lease")
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()
