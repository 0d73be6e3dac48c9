"""A course that is published again and again, walked at random: what was said beforehand, what then happens.

Holds an own idea of which release is current (`sequences.Plan`), of what is on hold for whom and of what an
answer is worth, none of which asks the product. Holds no test.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any, TypeVar

from lms.actions.catalogue import as_of
from lms.actions.context import Context
from lms.actions.learning import learning, moving, quizzing, results
from lms.actions.learning.learning import Learning
from lms.actions.legislation import held, holds
from lms.actions.publishing import adopting, foreseeing
from lms.core.authoring.effects import Foreseen
from lms.core.courses.course import Release
from lms.core.courses.quiz import Question, Quiz
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from lms.core.people.actors import NOBODY, Actor
from lms.core.publishing.adopted import Adopted
from lms.core.publishing.versions import parts
from lms.jobs import run_due
from tests import builders_holds, builders_learning
from tests.builders_accounts import clock
from tests.builders_drafts import an_admin
from tests.walks.sequences import Plan

COURSE, CODE, DAY, PASS_MARK = "sample", "smpl", 86_400_000, 80
REFUSALS = (Conflict, Invalid, NotAllowed, NotFound)
#: What a release changes of the one before: its box, its first question, both, a key, or nothing.
KINDS = {"nothing": "editorial", "box": "informative", "item": "informative", "both": "informative"}
MATERIAL = "material"
ABOUT = (("box", "m1/st1"), ("item", "m1/m1-q1"), ("law", "act"))
T = TypeVar("T")
Fate = tuple[str, str]  # on which release somebody is, and how: complete, choosing, under way


@dataclass(frozen=True)
class Shape:
    """What a release says: numbers of the words of its box and its item, and which option is right."""

    box: int = 0
    item: int = 0
    key: str = "b"

    def changed(self, kind: str) -> Shape:
        """Return what the next release says."""
        key = {"b": "c", "c": "b"}[self.key] if kind == MATERIAL else self.key
        return Shape(self.box + (kind in {"box", "both"}), self.item + (kind in {"item", "both"}), key)

    def bank(self) -> Quiz:
        """Return the questions of the first module."""
        bank = builders_holds.quiz(f"{self.item}")
        keyed: tuple[Any, ...] = bank.questions
        keyed = tuple(replace(one, options=builders_learning.options(self.key)) for one in keyed)
        return replace(bank, questions=keyed, digest=f"{bank.digest}{self.key}")

    def words_of(self, kind: str) -> object:
        """Return what a hold of this kind is about, as far as it can change."""
        item = self.item, self.key
        return {"box": self.box, "item": item, "law": (self.box, item)}[kind]


@dataclass
class Held:
    """A hold: what it is about, since when, and the release that has lifted it, or a person has."""

    id: str
    kind: str
    at: int
    lifted_by: str = ""
    released: bool = False

    def is_in_force(self, version: str) -> bool:
        """Return whether readers of a release see it."""
        return not self.released and (not self.lifted_by or parts(version) < parts(self.lifted_by))


@dataclass
class Somebody:
    """A learner with what they have been told: their results, and what they have done on which release."""

    actor: Actor
    locale: str
    told: dict[str, tuple[str, int, bool]] = field(default_factory=dict)  # by attempt
    on: str = ""
    done: frozenset[str] = frozenset()
    complete: bool = False
    moved: bool = False


@dataclass
class House:
    """A site with one course, and its people."""

    context: Context
    admin: Actor
    began: str
    plan: Plan = field(default_factory=Plan)
    shapes: dict[str, Shape] = field(default_factory=dict)
    people: list[Somebody] = field(default_factory=list)
    holds: list[Held] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)  # versions whose day has come
    seen: dict[str, int] = field(default_factory=dict)  # how often something was judged

    @classmethod
    def opened(cls, context: Context) -> House:
        """Open it with a first release and somebody who learns."""
        shape = Shape()
        shelf = builders_learning.with_shelf(context, _release("1.0.0", shape, "", "first"))
        made = cls(shelf, an_admin(shelf), shelf.today())
        made.shapes["1.0.0"], made.plan.parents["1.0.0"] = shape, ""
        made.plan.accept("1.0.0", shelf.now())
        made.answered.add("1.0.0")
        made.join("en")
        return made

    def tried(self, act: Callable[[], T]) -> T | None:
        """Do something that may be refused."""
        try:
            return act()
        except REFUSALS:
            return None

    # -- publishing ----------------------------------------------------------------------------------------
    def seal(self, parent: str, kind: str) -> str:
        """Make a release after another one, and return its version."""
        shape = self.shapes[parent].changed(kind)
        version = f"{int(parent.split('.', maxsplit=1)[0]) + (kind == MATERIAL)}.{len(self.shapes)}.0"
        library: Any = self.context.library
        library.releases.append(_release(version, shape, parent, KINDS.get(kind, MATERIAL)))
        self.shapes[version], self.plan.parents[version] = shape, parent
        return version

    def publish(self, version: str, in_days: int) -> None:
        """Ask what it would do to publish a release, do it, and compare."""
        clock(self.context).move(minutes=1)
        start = self.context.now() + in_days * DAY
        said = self._foreseen(version, start)
        before, was = self._fates(), self.plan.days.get(version)
        try:
            done = adopting.adopt(self.context, self.admin, COURSE, version, active_from=start)
        except Conflict as refusal:
            self._refused_as_it_was_said(said, refusal.code)
            return
        self.plan.accept(version, done.active_from)
        if done.active_from != was:
            assert said.follows, "it was said that it could not follow"
            self._taken_back(said, done)
        self._come_due()
        clock(self.context).move(minutes=1)
        run_due(self.context)
        if done.active_from != was and not in_days:
            self._happened(said, before, version)

    def _foreseen(self, version: str, start: int) -> Foreseen:
        return foreseeing.activation(self.context, self.admin, COURSE, version, active_from=start)

    def _refused_as_it_was_said(self, said: Foreseen, code: str) -> None:
        if code == "release.followers-wait":
            assert said.waits, "nothing was said of what waits for it"
        elif code == "release.parent-not-current":
            assert not said.follows, "it was said that it would follow"

    def _taken_back(self, said: Foreseen, done: Adopted) -> None:
        assert set(said.taken_back) == set(done.taken_back), "other releases were taken back than was said"

    def _fates(self) -> list[Fate]:
        """Return how each person stands."""
        found: list[Fate] = []
        for who in self.people:
            mine = self.mine(who)
            how = "complete" if mine.standing.complete else "choosing" if mine.offer else "under way"
            found.append((mine.release.version, how))
        return found

    def _happened(self, said: Foreseen, before: Sequence[Fate], version: str) -> None:
        """Compare what was said with what came of each person."""
        self.seen["outcome"] = self.seen.get("outcome", 0) + 1
        came: dict[tuple[str, str], list[int]] = {}
        for who, (was, how), (now, after) in zip(self.people, before, self._fates(), strict=True):
            if was == version:
                continue
            group = came.setdefault((was, who.locale), [0, 0, 0])
            if how == "complete":
                assert (now, after) == (version, "complete"), "who was complete is so no more"
                group[2] += 1
            elif now == version:
                group[0] += 1
            else:
                assert (now, after) == (was, "choosing"), "somebody was neither moved nor asked"
                group[1] += 1
        told = {(one.version, one.locale): [one.moves, one.chooses, one.complete] for one in said.groups}
        assert told == came, f"said {told}, and what happened is {came}"

    def withdraw(self, version: str) -> None:
        """Take back an activation that lies ahead."""

        def act() -> bool:
            adopting.withdraw(self.context, self.admin, COURSE, version)
            return True

        if self.tried(act):
            self.plan.withdraw(version)

    def days(self, count: int) -> None:
        """Let days go by; just before one on which a single release becomes current, ask what will happen."""
        for _ in range(count):
            evening = self.context.now() + DAY
            due = {
                version: day for version, day in self.plan.days.items() if self.context.now() < day <= evening
            }
            said, before = None, list[Fate]()
            if len(due) == 1:
                ((version, day),) = due.items()
                clock(self.context).move(minutes=(day - 1 - self.context.now()) / 60_000)
                run_due(self.context)
                said, before = self._foreseen(version, day), self._fates()
                clock(self.context).move(minutes=1)
                self._come_due()
                run_due(self.context)
                self._happened(said, before, version)
            clock(self.context).move(minutes=(evening - self.context.now()) / 60_000)
            self._come_due()
            run_due(self.context)

    def _come_due(self) -> None:
        """Note which holds the releases answer whose day has come, each against the one that it follows."""
        for version in self.plan.line(self.context.now()):
            parent, day = self.plan.parents[version], self.plan.days[version]
            if version not in self.answered:
                self.answered.add(version)
                old, new = self.shapes[parent], self.shapes[version]
                for one in self.holds:
                    if (
                        not one.released
                        and not one.lifted_by
                        and one.at <= day
                        and _answers(one.kind, old, new)
                    ):
                        one.lifted_by = version

    # -- holding -------------------------------------------------------------------------------------------
    def hold(self, which: int) -> None:
        """Put something on hold."""
        kind, name = ABOUT[which % len(ABOUT)]
        made = self.tried(lambda: builders_holds.hold(self.context, (kind, name), self.admin, course=COURSE))
        if made and made not in {one.id for one in self.holds}:
            self.holds.append(Held(made, kind, self.context.now()))

    def release_hold(self, which: int) -> None:
        """Lift a hold by hand."""
        if self.holds:
            one = self.holds[which % len(self.holds)]
            lifted = self.tried(
                lambda: holds.release_hold(self.context, self.admin, one.id, "It is as it was.")
            )
            assert (lifted is None) is bool(one.released or one.lifted_by)
            one.released |= lifted is not None

    # -- learning ------------------------------------------------------------------------------------------
    def join(self, locale: str) -> None:
        """Let somebody begin the course."""
        who = builders_learning.a_member(self.context, f"Zq{len(self.people)}")
        learning.enrol(self.context, who, CODE, locale)
        self.people.append(Somebody(who, locale))

    def mine(self, who: Somebody) -> Learning:
        """Return the course as its learner sees it."""
        found = learning.my_course(self.context, who.actor, CODE)
        assert found
        return found

    def read(self, who: Somebody) -> None:
        """Read every lesson."""
        for module in self.mine(who).release.modules:
            for one in module.lessons:
                learning.read_lesson(self.context, who.actor, CODE, module.code, one.code, locale=who.locale)

    def begin(self, who: Somebody, module: str) -> None:
        """Begin a quiz and leave it open."""
        self.tried(lambda: quizzing.start_check(self.context, who.actor, CODE, module, self.context.new_id()))

    def answer(self, who: Somebody, module: str, right: Sequence[bool]) -> None:
        """Hand in a quiz, some answers right; the result is the better of the two that a hold makes."""
        self.begin(who, module)
        paper = self.tried(lambda: quizzing.open_check(self.context, who.actor, CODE, module).paper)
        if paper is None:
            return
        marks = {one.id: right[at % len(right)] for at, one in enumerate(paper.questions)}
        answers = {one.id: _reply(one, is_right=marks[one.id]) for one in paper.questions}
        done = quizzing.submit_check(
            self.context, who.actor, paper.attempt.id, answers, known=paper.attempt.saved, confirmed=True
        )
        out = {one.id for one in paper.questions if self._is_held(paper.release, one)}
        if done.waits:
            assert out == set(marks), "it waits, and not everything is on hold"
            return
        view = results.result(self.context, who.actor, paper.attempt.id).paper.attempt
        everything, rest = _share(marks.values()), _share(marks[name] for name in marks if name not in out)
        points, of = Fraction(view.points or "0"), view.out_of or 0
        assert points == Fraction(points.numerator, points.denominator)
        assert points / of == max(everything, rest), f"{points} of {of}, with {everything}, without {rest}"
        assert view.passed is (max(everything, rest) * 100 >= PASS_MARK)
        who.told[paper.attempt.id] = view.points or "", of, bool(view.passed)

    def _is_held(self, release: Release, question: Question) -> bool:
        first = question.id == "m1-q1"
        kinds = {one.kind for one in self.holds if one.is_in_force(release.version)}
        return first and bool(kinds & {"item", "law"})

    def move(self, who: Somebody) -> None:
        """Choose the newer release."""
        before = self.mine(who)

        def act() -> bool:
            moving.move_now(self.context, who.actor, CODE)
            return True

        who.moved = bool(self.tried(act))
        assert who.moved is bool(before.offer)

    # -- what must hold ------------------------------------------------------------------------------------
    def check(self, sample: int) -> None:
        """Look at every promise; `sample` chooses the days that are looked at."""
        self._holds_are_where_they_are_said_to_be()
        for who in self.people:
            self._nothing_was_lowered(who)
        self.as_it_was(sample)

    def _holds_are_where_they_are_said_to_be(self) -> None:
        for version in self.plan.line(self.context.now()):
            found = set(held.of_course(self.context, NOBODY, COURSE, version).key)
            wanted = {one.id for one in self.holds if one.is_in_force(version)}
            assert found == wanted, f"on {version} held is {found}, and should be {wanted}"

    def _nothing_was_lowered(self, who: Somebody) -> None:
        mine = self.mine(who)
        done = frozenset(one.module.id for one in mine.standing.modules if one.done)
        done |= {"final"} if mine.standing.final_passed else frozenset()
        version, complete = mine.release.version, mine.standing.complete
        same = who.on in {version, ""} or not self._is_material(who.on, version)
        assert complete or not who.complete, "what was complete is so no more"
        if same and not complete:
            assert who.done <= done, f"{who.done - done} was done, and is so no more"
        who.on, who.done, who.complete, who.moved = version, done, complete, False
        for attempt, told in list(who.told.items())[-2:]:
            kept = results.result(self.context, who.actor, attempt).paper.attempt
            assert (kept.points, kept.out_of, kept.passed) == told, "a result is another one"

    def _is_material(self, old: str, new: str) -> bool:
        return self.shapes[old].key != self.shapes[new].key or parts(old)[0] != parts(new)[0]

    def as_it_was(self, sample: int) -> None:
        """On some days that have passed, the page of that day is what was current when it ended."""
        first = date.fromisoformat(self.began)
        passed = (date.fromisoformat(self.context.today()) - first).days
        for at in {0, passed, sample * passed // 11}:
            day = (first + timedelta(days=at)).isoformat()
            version = self.plan.line(min(self._end(day), self.context.now()))[-1]
            shown = as_of.as_of(self.context, NOBODY, CODE, day).release
            assert shown.digest == f"digest-{version}", (
                f"on {day} it was {version}, and {shown.version} is shown"
            )

    def _end(self, day: str) -> int:
        after = datetime.combine(date.fromisoformat(day) + timedelta(days=1), datetime.min.time())
        return round(after.replace(tzinfo=self.context.settings.calendar).timestamp() * 1000) - 1


def _release(version: str, shape: Shape, parent: str, change: str) -> Release:
    said = f"Offer a seat. ({shape.box})"
    return builders_holds.release(version, said, shape.bank(), parent=parent, change=change)


def _answers(kind: str, old: Shape, new: Shape) -> bool:
    if kind == "law":
        return old.box != new.box and (old.item, old.key) != (new.item, new.key)
    return old.words_of(kind) != new.words_of(kind)


def _reply(question: Question, *, is_right: bool) -> Any:
    right = builders_learning.right_reply(question)
    return right if is_right else {"choice": ("a",)}


def _share(marks: Any) -> Fraction:
    told = [int(one) for one in marks]
    return Fraction(sum(told), len(told)) if told else Fraction(0)
