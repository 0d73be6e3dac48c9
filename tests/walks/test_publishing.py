"""A state machine over publishing: what was said beforehand is what happens to each person; nothing lowered.

A few walks in every run, many more with the mark `full`; SEQUENCES gives another number, and makes a failing
walk short.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.builders import a_context
from tests.walks.publishing import KINDS, MATERIAL, House, Somebody
from tests.walks.steps import Step, steps

BY_HAND = "SEQUENCES" in os.environ
LENGTH, MOST_RELEASES, MOST_PEOPLE = 20, 9, 4


class Publishing(RuleBasedStateMachine):
    """One course, from its first release on."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="parvis-publishing-"))
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

    # --- publishing ---------------------------------------------------------------------------------------
    def publish(self, kind: str, in_days: int, back: int, days: int) -> None:
        """Seal a release after the last one that was accepted, or the one before, and publish it."""
        if len(self.at.shapes) < MOST_RELEASES:
            self.at.publish(self.at.seal(self.at.plan.line()[-back:][0], kind), in_days)
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

    def hold(self, which: int) -> None:
        """Put a statement, a question or a law on hold."""
        self.at.hold(which)

    def release_hold(self, which: int) -> None:
        """Lift a hold by hand."""
        self.at.release_hold(which)

    # --- learning -----------------------------------------------------------------------------------------
    def _with(self, who: int, act: Callable[[Somebody], object]) -> None:
        act(self.at.people[who % len(self.at.people)])

    def join(self, locale: str) -> None:
        """Let somebody begin."""
        if len(self.at.people) < MOST_PEOPLE:
            self.at.join(locale)

    def finish(self, who: int) -> None:
        """Do everything."""
        self._with(who, self.at.read)
        for module in ("m1", "m2", ""):
            self.answer(who, module, [True])

    def begin(self, who: int, module: str) -> None:
        """Begin a quiz and leave it open."""
        self._with(who, lambda one: self.at.begin(one, module))

    def answer(self, who: int, module: str, right: list[bool]) -> None:
        """Hand a quiz in."""
        self._with(who, lambda one: self.at.answer(one, module, right))

    def move(self, who: int) -> None:
        """Choose the newer release."""
        self._with(who, self.at.move)

    # --- a step, and what must hold after it --------------------------------------------------------------
    @rule(step=st.deferred(lambda: st.one_of(*STEPS)), sample=st.integers(0, 11))
    def step(self, step: Step, sample: int) -> None:
        getattr(self, step.name)(**step.given)
        self.at.check(sample)


WHO, WHICH = st.integers(0, MOST_PEOPLE - 1), st.integers(0, 2)
KIND, MODULE = st.sampled_from([*KINDS, MATERIAL, MATERIAL]), st.sampled_from(["m1", "m1", "m2", ""])
WHEN, BACK = st.sampled_from([0, 0, 1, 1, 5]), st.sampled_from([1, 1, 1, 2])
STEPS: list[st.SearchStrategy[Step]] = [
    *steps(6, "publish", kind=KIND, in_days=WHEN, back=BACK, days=st.sampled_from([0, 0, 2, 6])),
    *steps(2, "reschedule", which=WHICH, in_days=st.sampled_from([0, 1, 4])),
    *steps(2, "withdraw", which=WHICH),
    *steps(2, "days_go_by", count=st.sampled_from([1, 3, 6])),
    *steps(1, "days_go_by", count=st.sampled_from([40, 91])),
    *steps(3, "hold", which=WHICH),
    *steps(1, "release_hold", which=st.integers(0, 5)),
    *steps(3, "join", locale=st.sampled_from(["en", "fr"])),
    *steps(2, "finish", who=WHO),
    *steps(1, "begin", who=WHO, module=MODULE),
    *steps(3, "answer", who=WHO, module=MODULE, right=st.lists(st.booleans(), min_size=1, max_size=3)),
    *steps(2, "move", who=WHO),
]


def walk(count: int) -> None:
    """Walk so many times."""
    run_state_machine_as_test(
        Publishing,
        settings=settings(
            max_examples=count,
            stateful_step_count=LENGTH,
            deadline=None,
            print_blob=True,
            phases=[Phase.explicit, Phase.reuse, Phase.generate, *([Phase.shrink] if BY_HAND else [])],
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )


def test_publishing_keeps_its_promises_whatever_is_done() -> None:
    walk(int(os.environ.get("SEQUENCES", "8")))


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_publishing_keeps_its_promises_in_many_walks() -> None:
    walk(200)
