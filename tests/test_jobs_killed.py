"""A worker that is killed between any two steps: nothing is lost, nothing is there twice.

Each test ends one worker at one step: just before a transaction commits, just after, and around whatever
leaves the database (a letter, a file). Another worker then finds the lease without a sign of life.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import pytest

from lms.actions.certificates import certifying
from lms.actions.context import Context
from lms.actions.learning import learning, moving
from lms.actions.people import codes
from lms.actions.publishing import adopting
from lms.core.certificates.verification import CertificateEventKind
from lms.core.operations.blobs import Blobs
from lms.core.operations.jobs import LEASE, ReleaseActivated
from lms.core.people.actors import NOBODY, SYSTEM, Actor
from lms.jobs import KINDS, JobKind, Worker
from lms.mail.mailer import Email, Mailer
from lms.storage.certificates import certificates
from lms.storage.database import Database, Tx
from lms.storage.operations import outbox
from tests import builders_learning as make
from tests.builders_accounts import HERE, joined_by_mail
from tests.builders_certificates import CODE, a_choice, a_graduate
from tests.builders_jobs import Steady

R = TypeVar("R")

LEARNERS = 5
PAPER_STEPS, MOVING_STEPS = 22, 26  # all there are: `test_each_step_…` sees that none is left


class Killed(BaseException):
    """The end of a process: nothing of ours catches it."""


@dataclass
class Fate:
    """After how many steps it ends."""

    steps: int
    taken: int = 0

    def step(self) -> None:
        self.taken += 1
        if self.taken > self.steps:
            raise Killed


@dataclass(frozen=True)
class MortalDatabase:
    """A database whose process can end before a commit and after it."""

    database: Database
    fate: Fate

    @property
    def is_sqlite(self) -> bool:
        return self.database.is_sqlite

    def attempt(self, action: Callable[[], R]) -> R:
        return self.database.attempt(action)

    def look(self, action: Callable[[], R]) -> R:
        return self.database.look(action)

    @contextmanager
    def reading(self) -> Iterator[Tx]:
        with self.database.reading() as tx:
            yield tx

    @contextmanager
    def writing(self) -> Iterator[Tx]:
        with self.database.writing() as tx:
            yield tx
            self.fate.step()
        self.fate.step()


@dataclass(frozen=True)
class MortalPost:
    """A post whose process can end before a letter has gone and after it."""

    post: Mailer
    fate: Fate

    def send(self, message: Email) -> None:
        self.fate.step()
        self.post.send(message)
        self.fate.step()


@dataclass(frozen=True)
class MortalBlobs:
    """A store whose process can end before bytes are kept or erased, and after it."""

    blobs: Blobs
    fate: Fate

    def put(self, content: bytes) -> str:
        self.fate.step()
        digest = self.blobs.put(content)
        self.fate.step()
        return digest

    def remove(self, digest: str) -> None:
        self.fate.step()
        self.blobs.remove(digest)
        self.fate.step()


@dataclass
class Shift:
    """Two workers after each other; the first one ends after so many steps."""

    context: Context
    fate: Fate
    kinds: dict[str, JobKind] = field(default_factory=lambda: dict(KINDS))

    def _mortal(self) -> Context:
        mortal: dict[str, Any] = {
            "database": MortalDatabase(self.context.database, self.fate),
            "post": MortalPost(self.context.post, self.fate),
            "blobs": MortalBlobs(self.context.blobs, self.fate),
        }
        return replace(self.context, **mortal)

    def work(self) -> bool:
        """Work everything off; say whether the first worker was killed."""
        steady, killed = Steady(), False
        first = Worker(self._mortal(), kinds=self.kinds, rounds=(), steady=steady)
        try:
            while first.step():
                pass
        except Killed:
            killed = True
        second = Worker(self.context, kinds=self.kinds, rounds=(), steady=steady)
        for _ in range(2):
            while second.step():
                pass
            steady.at += LEASE
        with self.context.database.reading() as tx:
            assert outbox.counts(tx) == (0, 0)
            assert outbox.held(tx) == {}
        return killed


# --- a certificate, a letter, bytes to erase ------------------------------------------------------------
def papers(context: Context, steps: int) -> bool:
    """Replace a certificate, ask for a code, and let a worker end on the way."""
    who = a_graduate(context)
    joined_by_mail(context)
    first = certifying.issue(context, who, CODE, a_choice("Amina Dialo"), "press")
    while Worker(context, rounds=()).step():
        pass
    (old,) = context.blobs.all()
    box: Any = context.post
    box.letters.clear()
    number = certifying.replace_mine(context, who, CODE, a_choice("Amina Diallo"), "press-2", replaces=first)
    codes.ask_to_sign_in(context, NOBODY, "zoe@example.org", locale="en", browser=HERE)
    killed = Shift(context, Fate(steps)).work()
    with context.database.reading() as tx:
        kept = certificates.find(tx, number)
    assert kept
    assert kept.payload
    made = [event.digest for event in kept.events if event.event is CertificateEventKind.MADE]
    assert made == [one.blob for one in kept.payload.prints]
    assert list(context.blobs.all()) == made, "the old bytes are erased, the new ones are there"
    assert old not in made
    assert len({letter.key for letter in box.letters}) == 1, "a letter sent twice is the same letter"
    assert 1 <= len(box.letters) <= 1 + killed
    return killed


@pytest.mark.parametrize("steps", range(PAPER_STEPS))
def test_papers_survive_an_end_at_each_step(context: Context, steps: int) -> None:
    assert papers(context, steps)


def test_each_step_of_papers_is_tried(context: Context) -> None:
    assert not papers(context, PAPER_STEPS)


# --- learners who move, some at a time ---------------------------------------------------------------------
def _two_at_a_time(context: Context, work: ReleaseActivated) -> ReleaseActivated | None:
    return moving.move_some(context, SYSTEM, work, at_a_time=2).rest


def move(context: Context, steps: int) -> bool:
    """Publish a release while learners are on the one before it, and let a worker end on the way."""
    first = make.release("1.0.0")
    better = make.release(
        "1.1.0",
        *(make.module(one.id, lessons=3) for one in first.modules),
        parent="1.0.0",
        change="informative",
    )
    shelf = make.with_shelf(context, first)
    people = [make.a_member(shelf) for _ in range(LEARNERS)]
    for one in people:
        learning.enrol(shelf, one, "smpl", "en")
    while Worker(shelf, rounds=()).step():
        pass
    library: Any = shelf.library
    library.releases.append(better)
    shelf.now.move(minutes=1)  # type: ignore[attr-defined]  # the clock of tests
    adopting.adopt(shelf, SYSTEM, "sample", "1.1.0")
    kinds = {**KINDS, ReleaseActivated.kind: JobKind(ReleaseActivated.from_json, _two_at_a_time)}
    killed = Shift(shelf, Fate(steps), kinds).work()
    assert [_version(shelf, one) for one in people] == ["1.1.0"] * LEARNERS
    return killed


def _version(context: Context, who: Actor) -> str:
    found = learning.my_course(context, who, "smpl")
    assert found
    return found.release.version


@pytest.mark.parametrize("steps", range(MOVING_STEPS))
def test_learners_survive_an_end_at_each_step(context: Context, steps: int) -> None:
    assert move(context, steps)


def test_each_step_of_moving_is_tried(context: Context) -> None:
    assert not move(context, MOVING_STEPS)
