"""A state machine over publishing, time and learning: the promises hold after every step of any sequence.

SEQUENCES raises the number of walks (by default few enough for every run); with it, a walk that fails is made
as short as it can be, which takes minutes. There is one rule that draws a step by weight: rules of their own
would be left out of most walks by Hypothesis, and what is looked for here needs several kinds of steps.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.builders import a_context
from tests.walks.sequences import KINDS, House, Person
from tests.walks.steps import Step, steps

BY_HAND = "SEQUENCES" in os.environ
WALKS = int(os.environ.get("SEQUENCES", "64"))
LENGTH = 30
MOST_RELEASES, MOST_PEOPLE = 9, 4


class Walk(RuleBasedStateMachine):
    """One site, from its first release on; a number that names nobody names the next one in the row."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="parvis-walk-"))
        self.house: House | None = None

    @initialize()
    def open_house(self) -> None:
        self.house = House.opened(a_context(self.folder / "data"))

    def teardown(self) -> None:
        if self.house is not None:
            self.house.context.database.engine.dispose()
        shutil.rmtree(self.folder)

    @property
    def at(self) -> House:
        """The site, which `open_house` has opened."""
        assert self.house is not None
        return self.house

    # --- publishing -------------------------------------------------------------------------------------
    def _publish(self, kind: str, in_days: int, back: int = 1) -> None:
        line = self.at.plan.line()
        if len(self.at.shapes) < MOST_RELEASES:
            self.at.publish(self.at.seal(line[-back:][0], kind), in_days)

    def publish_now(self, kind: str, days: int) -> None:
        """Seal a release after the last one that was accepted, publish it, and let days go by."""
        self._publish(kind, 0)
        self.at.days(days)

    def publish_later(self, kind: str, in_days: int, back: int, followed: bool) -> None:
        """Seal a release after the last one that was accepted, or the one before, for a later day.

        It may have a follower that comes five days after it.
        """
        self._publish(kind, in_days, back)
        if followed:
            self._publish("editorial", in_days + 5)

    def change_mind(self, kind: str, in_days: int, days: int) -> None:
        """Publish for a later day, with a follower; take the first back, publish it again, let days go by."""
        if len(self.at.shapes) + 1 < MOST_RELEASES:
            first = self.at.seal(self.at.plan.line()[-1], kind)
            self.at.publish(first, in_days)
            self._publish("editorial", in_days + 5)
            self.at.withdraw(first)
            self.at.publish(first, in_days)
            self.at.days(days)

    def reschedule(self, which: int, in_days: int) -> None:
        """Move what was made last, or shortly before, to another day."""
        made = list(self.at.shapes)
        self.at.publish(made[-1 - which % len(made)], in_days)

    def withdraw(self, which: int) -> None:
        """Take back what was made last, or shortly before."""
        made = list(self.at.shapes)
        self.at.withdraw(made[-1 - which % len(made)])

    def days_go_by(self, count: int) -> None:
        """Let days go by."""
        self.at.days(count)

    # --- learning ---------------------------------------------------------------------------------------
    def _with(self, who: int, act: Callable[[Person], object], *, guests: bool = False) -> None:
        """Have somebody who is still there do something."""
        there = [one for one in self.at.people if not one.erased and (guests or one.actor.is_member)]
        if there:
            act(there[who % len(there)])

    def somebody_joins(self) -> None:
        """Let somebody come and do everything but the last lesson."""
        if len(self.at.people) < MOST_PEOPLE:
            self.at.nearly_finish(self.at.join_house(), leave=True)

    def somebody_tries(self) -> None:
        """Let somebody without an account begin."""
        if len(self.at.people) < MOST_PEOPLE:
            self.at.visit()

    def read(self, who: int, module: str, lesson: str) -> None:
        """Read a lesson."""
        self._with(who, lambda one: self.at.read(one, module, lesson), guests=True)

    def submit(self, who: int, module: str, right: bool) -> None:
        """Submit a check, all right or empty."""
        self._with(who, lambda one: self.at.sit(one, module, right=right), guests=True)

    def leave_a_check_open(self, who: int, module: str) -> None:
        """Begin a check, to be submitted later."""
        self._with(who, lambda one: self.at.begin_check(one, module), guests=True)

    def finish(self, who: int, leave: bool) -> None:
        """Do everything, or everything but the last lesson."""
        self._with(who, lambda one: self.at.nearly_finish(one, leave=leave))

    def choose(self, who: int, stay: bool) -> None:
        """Choose to stay on a release, or to move to the newer one."""
        self._with(who, self.at.stay if stay else self.at.move)

    def join(self, who: int, guest: int) -> None:
        """Take over what was begun without an account."""
        guests = [one for one in self.at.people if one.actor.is_visitor]
        if guests:
            self._with(who, lambda one: self.at.merge(guests[guest % len(guests)], one))

    def join_with_what_lacks(self, lessons: bool) -> None:
        """Let somebody do all but the first module, do that without an account, and join the two."""
        if len(self.at.people) + 1 < MOST_PEOPLE:
            member, guest = self.at.join_house(), self.at.visit()
            self.at.nearly_finish(member, leave=False, lacks="m1")
            for lesson in ("l1", "l2") if lessons else ():
                self.at.read(member, "m1", lesson)
            for lesson in ("l1", "l2"):
                self.at.read(guest, "m1", lesson)
            self.at.sit(guest, "m1", right=True)
            self.at.merge(guest, member)

    def recognise(self, who: int) -> None:
        """Have earlier learning recognised, and begin what it opens."""
        self._with(who, self.at.recognise)
        self._with(who, self.at.begin_next)

    # --- certificates -----------------------------------------------------------------------------------
    def certificate(self, who: int, how: str) -> None:
        """Issue a certificate, send that once more, or correct it."""
        if how == "correct":
            self._with(who, self.at.correct)
        else:
            self._with(who, lambda one: self.at.issue(one, again=how == "once more"))

    def erase(self, who: int) -> None:
        """Delete an account."""
        self._with(who, self.at.erase)

    # --- a step, and what must hold after it ----------------------------------------------------------------
    @rule(step=st.deferred(lambda: st.one_of(*STEPS)))
    def step(self, step: Step) -> None:
        getattr(self, step.name)(**step.given)

    @invariant()
    def every_promise_holds(self) -> None:
        if self.house is not None:
            self.house.check()


WHO, WHICH = st.integers(0, MOST_PEOPLE - 1), st.sampled_from([0, 0, 1, 2])
KIND, MODULE = st.sampled_from(KINDS), st.sampled_from(["m1", "m2", ""])
SOON, BACK = st.sampled_from([1, 5, 10]), st.sampled_from([1, 1, 2])
HOW = st.sampled_from(["issue", "issue", "once more", "correct", "correct"])
STEPS: list[st.SearchStrategy[Step]] = [
    *steps(4, "publish_now", kind=KIND, days=st.sampled_from([0, 1, 50])),
    *steps(
        4, "publish_later", kind=KIND, in_days=SOON, back=BACK, followed=st.sampled_from([True, True, False])
    ),
    *steps(2, "change_mind", kind=KIND, in_days=SOON, days=st.sampled_from([0, 10, 20])),
    *steps(4, "reschedule", which=WHICH, in_days=st.sampled_from([0, 1, 4, 9])),
    *steps(4, "withdraw", which=st.sampled_from([0, 1, 1, 2])),
    *steps(3, "days_go_by", count=st.sampled_from([1, 6, 12, 45])),
    *steps(4, "somebody_joins"),
    *steps(1, "somebody_tries"),
    *steps(2, "read", who=WHO, module=MODULE, lesson=st.sampled_from(["l1", "l2", "l3"])),
    *steps(2, "submit", who=WHO, module=MODULE, right=st.booleans()),
    *steps(1, "leave_a_check_open", who=WHO, module=MODULE),
    *steps(1, "finish", who=WHO, leave=st.booleans()),
    *steps(3, "choose", who=WHO, stay=st.booleans()),
    *steps(2, "join_with_what_lacks", lessons=st.booleans()),
    *steps(1, "join", who=WHO, guest=WHO),
    *steps(1, "recognise", who=WHO),
    *steps(3, "certificate", who=WHO, how=HOW),
    *steps(1, "erase", who=WHO),
]

Walk.TestCase.settings = settings(
    max_examples=WALKS,
    stateful_step_count=LENGTH,
    deadline=None,
    print_blob=True,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, *([Phase.shrink] if BY_HAND else [])],
    suppress_health_check=[HealthCheck.too_slow],
)
TestSequences = Walk.TestCase
