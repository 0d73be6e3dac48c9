"""A course and its learners, walked at random: what can be done, and what must hold after each step.

Holds an own, simple idea of which release is current (`Plan`), which knows nothing of how the product keeps
activations, and the promises that the product has made to learners. Holds no test.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import func, select

from lms.actions import visits
from lms.actions.catalogue.lookups import current_release
from lms.actions.certificates import certifying, verifying
from lms.actions.context import Context
from lms.actions.learning import learning, moving, quizzing
from lms.actions.learning.learning import Learning
from lms.actions.operations import personal_data
from lms.actions.people.sessions import recognise, ticket_of
from lms.actions.publishing import adopting
from lms.core.certificates.certificate import CertificateChoice
from lms.core.certificates.verification import State
from lms.core.courses.course import Module
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from lms.core.people.actors import NOBODY, SYSTEM, Actor
from lms.jobs import run_due
from lms.storage.certificates import certificates
from lms.storage.tables.everything import metadata
from tests import builders_learning as make
from tests.builders_accounts import HERE, clock
from tests.builders_needs import NEXT, a_next_course, asked

COURSE, CODE = "sample", "smpl"
DAY = 86_400_000
REFUSALS = (Conflict, Invalid, NotAllowed, NotFound)
#: Rows are only ever added to these.
APPENDED = ("mark", "completion", "certificate", "certificate_event", "audit", "adopted_release", "attempt")
T = TypeVar("T")


# --- which release is current -----------------------------------------------------------------------------
@dataclass
class Plan:
    """What was accepted: version, parent and day. A release follows its parent, or it is nothing."""

    parents: dict[str, str] = field(default_factory=dict)
    days: dict[str, int] = field(default_factory=dict)

    def line(self, now: int | None = None) -> list[str]:
        """Return what becomes current, oldest first, by a moment or ever."""
        found: list[str] = []
        for version, day in sorted(self.days.items(), key=lambda item: item[1]):
            follows = self.parents[version] == (found[-1] if found else "")
            if follows and (now is None or day <= now):
                found.append(version)
        return found

    def accept(self, version: str, day: int) -> None:
        """Note an activation; what cannot follow any more is none."""
        self.days[version] = day
        line = self.line()
        assert version in line, f"{version} was accepted, and follows nothing"
        self._keep(line)

    def withdraw(self, version: str) -> None:
        """Note that an activation was taken back, with whatever descends from it."""
        del self.days[version]
        self._keep(self.line())

    def _keep(self, line: list[str]) -> None:
        self.days = {version: day for version, day in self.days.items() if version in line}


# --- learners ---------------------------------------------------------------------------------------------
@dataclass
class Person:
    """A learner, and what was said to them."""

    actor: Actor
    name: str
    promised: dict[str, int] = field(default_factory=dict)  # by version: until when one may stay
    was_complete: bool = False
    pressed: int = 0
    erased: bool = False


def _module(name: str, lessons: int, key: str) -> Module:
    questions = tuple(make.choice(f"{name}-q{n}", key, outcome=f"o{n % 2 + 1}") for n in range(1, 7))
    bank = make.quiz(name, questions=questions, digest=f"digest-{name}-{key}")
    return make.module(name, lessons=lessons, bank=bank)


KINDS = ("editorial", "shorter", "longer", "material")


@dataclass
class House:
    """A site with one course that is published again and again, another that needs it, and its people."""

    context: Context
    plan: Plan = field(default_factory=Plan)
    shapes: dict[str, tuple[int, str]] = field(default_factory=dict)  # by version: lessons of m2, key of m1
    people: list[Person] = field(default_factory=list)
    counted: dict[str, int] = field(default_factory=dict)

    @classmethod
    def opened(cls, context: Context) -> House:
        """Open it with a first release and a learner who has one lesson left."""
        first = make.release("1.0.0", _module("m1", 2, "b"), _module("m2", 2, "b"))
        shelf = make.with_shelf(context, first, a_next_course())
        adopting.adopt(shelf, SYSTEM, "next", "1.0.0")
        made = cls(shelf)
        made.shapes["1.0.0"], made.plan.parents["1.0.0"] = (2, "b"), ""
        made.plan.accept("1.0.0", shelf.now())
        made.nearly_finish(made.join_house(), leave=True)
        return made

    # -- what people do; a refusal is an answer too ----------------------------------------------------------
    def tried(self, act: Callable[[], T]) -> T | None:
        """Do something that may be refused; that nothing is left behind then is seen by the witness."""
        try:
            return act()
        except REFUSALS:
            return None

    def seal(self, parent: str, kind: str) -> str:
        """Make a release after another one, and return its version."""
        lessons, key = self.shapes[parent]
        lessons += {"shorter": -1, "longer": 1}.get(kind, 0)
        shape = (min(max(lessons, 1), 4), {"b": "c", "c": "b"}[key] if kind == "material" else key)
        major = int(parent.split(".", maxsplit=1)[0]) + (kind == "material")
        version = f"{major}.{len(self.shapes)}.0"
        change = kind if kind in {"editorial", "material"} else "informative"
        modules = (_module("m1", 2, shape[1]), _module("m2", shape[0], "b"))
        library: Any = self.context.library
        library.releases.append(make.release(version, *modules, parent=parent, change=change))
        self.shapes[version], self.plan.parents[version] = shape, parent
        return version

    def publish(self, version: str, in_days: int) -> None:
        """Let a release be current on a day; where it waits already, that moves it."""
        clock(self.context).move(minutes=1)
        start = self.context.now() + in_days * DAY
        done = self.tried(
            lambda: adopting.adopt(self.context, SYSTEM, COURSE, version, active_from=start if in_days else 0)
        )
        if done is not None:
            self.plan.accept(version, done.active_from)
        clock(self.context).move(minutes=1)
        run_due(self.context)

    def withdraw(self, version: str) -> None:
        """Take an activation back that lies ahead."""

        def act() -> bool:
            adopting.withdraw(self.context, SYSTEM, COURSE, version)
            return True

        if self.tried(act):
            self.plan.withdraw(version)

    def days(self, count: int) -> None:
        """Let days go by; the worker does what is due on each of them."""
        for _ in range(count):
            clock(self.context).move(days=1)
            run_due(self.context)

    def join_house(self) -> Person:
        """Let somebody with an account come."""
        name = f"Zq{len(self.people)} Name"
        self.people.append(Person(make.a_member(self.context, name), name))
        return self.people[-1]

    def visit(self) -> Person:
        """Let somebody without an account begin."""
        begun = visits.begin(self.context, NOBODY, CODE, "en", browser=HERE)
        found = recognise(self.context, ticket_of(begun.token))
        self.people.append(Person(found.actor, ""))
        return self.people[-1]

    def read(self, who: Person, module: str, lesson: str) -> None:
        """Read a lesson."""
        self.tried(lambda: learning.read_lesson(self.context, who.actor, CODE, module, lesson, locale="en"))

    def sit(self, who: Person, module: str, *, right: bool) -> None:
        """Begin a check or go on with it, and hand it in."""

        def act() -> None:
            quizzing.start_check(self.context, who.actor, CODE, module, self.context.new_id())
            paper = quizzing.open_check(self.context, who.actor, CODE, module).paper
            assert paper
            answers = make.answer_all(paper) if right else {}
            quizzing.submit_check(self.context, who.actor, paper.attempt.id, answers, known=0, confirmed=True)

        self.tried(act)

    def begin_check(self, who: Person, module: str) -> None:
        """Begin a check and leave it open."""
        self.tried(lambda: quizzing.start_check(self.context, who.actor, CODE, module, self.context.new_id()))

    def nearly_finish(self, who: Person, *, leave: bool, lacks: str = "none") -> None:
        """Do everything, or everything but the last lesson; or but what a module holds."""
        mine = self.tried(lambda: learning.enrol(self.context, who.actor, CODE, "en"))
        if mine is None:
            return
        every = [(module.code, lesson.code) for module in mine.release.modules for lesson in module.lessons]
        for module, lesson in every[: -1 if leave else None]:
            if module != lacks:
                self.read(who, module, lesson)
        for code in ("m1", "m2", ""):
            if code != lacks:
                self.sit(who, code, right=True)

    def move(self, who: Person) -> None:
        """Choose the newer release."""
        before = self.seen(who)
        self.tried(lambda: moving.move_now(self.context, who.actor, CODE))
        if before and before.offer:
            who.was_complete = False

    def stay(self, who: Person) -> None:
        """Choose to finish the release one is on: the day that is said is the day that was promised."""
        before = self.seen(who)
        until = self.tried(lambda: moving.stay(self.context, who.actor, CODE))
        if until is not None:
            assert before
            assert before.offer
            assert until == who.promised.get(before.release.version, until)

    def merge(self, guest: Person, member: Person) -> None:
        """Answer "Was this you?" with yes."""
        waiting = make.waiting_for(self.context, member.actor, guest.actor)
        self.tried(lambda: visits.answer(self.context, waiting, was_me=True))

    def recognise(self, who: Person) -> None:
        """Have earlier learning recognised in the place of the course."""
        from lms.actions.learning import recognition  # noqa: PLC0415  # names an act of this class too

        def act() -> None:
            recognition.answer(self.context, SYSTEM, asked(self.context, who.actor), granted=True)

        try:
            self.tried(act)
        except AssertionError:
            return  # it waits already, or is settled

    def begin_next(self, who: Person) -> None:
        """Begin the course that needs this one."""
        self.tried(lambda: learning.enrol(self.context, who.actor, NEXT, "en"))

    def issue(self, who: Person, *, again: bool) -> None:
        """Issue a certificate, or send the page that did so once more."""
        who.pressed += 0 if again else 1
        choice = CertificateChoice(who.name or "Zq Guest", ("en",), neutral=False)
        press = f"{who.actor.person[-12:]}-{who.pressed}"
        self.tried(lambda: certifying.issue(self.context, who.actor, CODE, choice, press))

    def correct(self, who: Person) -> None:
        """Put a certificate with another name in the place of the one that there is."""
        who.pressed += 1
        name, press = f"{who.name} {who.pressed}", f"{who.actor.person[-12:]}-{who.pressed}"

        def act() -> None:
            holding = certifying.my_certificate(self.context, who.actor, CODE).holding
            number = holding.number if holding else "0" * 26
            choice = CertificateChoice(name, ("en",), neutral=False)
            certifying.replace_mine(self.context, who.actor, CODE, choice, press, replaces=number)

        self.tried(act)

    def erase(self, who: Person) -> None:
        """Delete an account."""
        ticket = ticket_of(make.a_session(self.context, who.actor))
        known = recognise(self.context, ticket)
        personal_data.delete_me(self.context, known.actor, is_sure=True, keep_certificates=False, current="")
        who.erased = True

    # -- what must hold --------------------------------------------------------------------------------------
    def seen(self, who: Person) -> Learning | None:
        """Return the course as its learner sees it."""
        return self.tried(lambda: learning.my_course(self.context, who.actor, CODE))

    def check(self) -> None:
        """Look at every promise."""
        self._current_is_what_was_planned()
        self._only_added()
        for who in self.people:
            if who.erased:
                self._erased_left_no_name(who)
            elif (mine := self.seen(who)) is not None:
                self._done_means_a_certificate(who, mine)
                self._a_promise_is_kept(who, mine)
                self._one_certificate_lives(who)

    def _current_is_what_was_planned(self) -> None:
        line = self.plan.line(self.context.now())
        with self.context.database.reading() as tx:
            current = current_release(tx, self.context, COURSE).version
        assert current == line[-1], f"current is {current}, planned was {line}"

    def _only_added(self) -> None:
        with self.context.database.reading() as tx:
            now = {
                name: tx.execute(select(func.count()).select_from(metadata.tables[name])).scalar_one()
                for name in APPENDED
            }
        lost = {name: (count, now[name]) for name, count in self.counted.items() if now[name] < count}
        assert not lost, f"rows are gone: {lost}"
        self.counted = now

    def _erased_left_no_name(self, who: Person) -> None:
        assert self.seen(who) is None
        with self.context.database.reading() as tx:
            numbers = certificates.numbers_of(tx, who.actor.person)
            kept = [certificates.find(tx, number) for number in numbers]
        assert [one.payload for one in kept if one] == [None] * len(numbers)

    def _done_means_a_certificate(self, who: Person, mine: Learning) -> None:
        complete = mine.standing.complete
        assert complete is bool(mine.enrolled.completed_at), f"on the page {complete}, not on record"
        everything = mine.standing.final_passed and all(one.done for one in mine.standing.modules)
        assert complete or not everything, "everything is done, and it is not complete"
        assert complete or not who.was_complete, "what was complete is so no more"
        who.was_complete = complete
        if who.actor.is_member:
            page = self.tried(lambda: certifying.my_certificate(self.context, who.actor, CODE))
            assert complete is (page is not None), f"complete {complete}, and the page is {page}"

    def _a_promise_is_kept(self, who: Person, mine: Learning) -> None:
        version = mine.release.version
        if mine.offer is not None:
            promised = who.promised.setdefault(version, mine.offer.until)
            assert mine.offer.until == promised, f"the last day on {version} moved"
        if not mine.standing.complete and version in who.promised:
            over = self.context.now() - who.promised[version]
            assert over <= DAY, f"still on {version}, {over // DAY} days after the last day"

    def _one_certificate_lives(self, who: Person) -> None:
        with self.context.database.reading() as tx:
            numbers = certificates.numbers_of(tx, who.actor.person)
        states = [verifying.verify(self.context, NOBODY, number).state for number in numbers]
        living = [
            number
            for number, state in zip(numbers, states, strict=True)
            if state in {State.VALID, State.RENEWAL_DUE}
        ]
        assert len(living) == min(1, len(numbers)), f"live certificates: {living} of {numbers}"
        if living:
            holding = certifying.my_certificate(self.context, who.actor, CODE).holding
            assert holding
            assert holding.number == living[0]
            assert holding.content is not None
            with self.context.database.reading() as tx:
                kept = [certificates.find(tx, number) for number in numbers]
            names = [one.payload for one in kept if one and one.payload]
            assert len(names) == 1, "an old name is still kept"
