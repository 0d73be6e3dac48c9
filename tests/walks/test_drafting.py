"""A state machine over the texts of a draft: nothing lost, nothing taken for something else, bytes that stay.

Two people write, in two languages, from what they saw when they last looked; a third seals. A few walks in
every run, many more with the mark `full`; SEQUENCES gives another number, and makes a failing walk short.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.walks.drafting import Desk
from tests.walks.numbered import KINDS, LOCALES
from tests.walks.steps import Step, steps

BY_HAND = "SEQUENCES" in os.environ
LENGTH = 25


class Drafting(RuleBasedStateMachine):
    """One lesson, from its template on."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="parvis-draft-"))
        self.desk: Desk | None = None

    @initialize()
    def open_desk(self) -> None:
        self.desk = Desk.opened(self.folder)

    def teardown(self) -> None:
        if self.desk is not None:
            self.desk.nothing_is_lost()
            self.desk.context.database.engine.dispose()
        shutil.rmtree(self.folder)

    @property
    def at(self) -> Desk:
        """The site, which `open_desk` has opened."""
        assert self.desk is not None
        return self.desk

    # --- what people do -----------------------------------------------------------------------------------
    def type(self, who: int, locale: str, which: int, how: str, looks: bool) -> None:
        """Change words, in what is seen now or was seen some time ago."""
        if looks:
            self.at.look(self.at.people[who])
        self.at.type(self.at.people[who], locale, which, how)

    def rearrange(self, who: int, what: str, which: int, locales: tuple[str, ...]) -> None:
        """Move, join or take out a row, or what of it is in one language."""
        self.at.rearrange(self.at.people[who], what, which, locales)

    def insert(self, who: int, which: int, kind: str) -> None:
        """Put a row in."""
        self.at.insert(self.at.people[who], which, kind)

    def undo(self) -> None:
        """Take the last save back."""
        self.at.undo()

    def bring_back(self, who: int, locale: str, which: int) -> None:
        """Choose a state from the history."""
        self.at.bring_back(self.at.people[who], locale, which)

    def source(self, who: int, locale: str) -> None:
        """Save a whole file."""
        self.at.source(self.at.people[who], locale)

    def by_hand(self, locale: str) -> None:
        """Change a file past the workspace."""
        self.at.by_hand(locale)

    def approve(self, who: int, locale: str) -> None:
        """Approve a language."""
        self.at.approve(self.at.people[who], locale)

    def publish(self, who: int) -> None:
        """Translate, confirm the translations, let each approve what the other wrote, and seal."""
        self.at.translate(self.at.people[who])
        self.at.vouch(self.at.people[who])
        for one in self.at.people:
            for locale in LOCALES:
                self.at.approve(one, locale)
        self.at.seal()

    # --- a step, and what must hold after it --------------------------------------------------------------
    @rule(step=st.deferred(lambda: st.one_of(*STEPS)), earlier=st.integers(0, 11))
    def step(self, step: Step, earlier: int) -> None:
        getattr(self, step.name)(**step.given)
        self.at.check(earlier)


WHO, WHICH, LOCALE = st.integers(0, 1), st.integers(0, 11), st.sampled_from(LOCALES)
WHERE = st.sampled_from([LOCALES, LOCALES, LOCALES[:1], LOCALES[1:]])
ANY_STATE = st.integers(0, 40)
HOW = ["word", "word", "word", "two", "two", "new", "none", "fence", "id", "caption"]
WHAT = ["up", "down", "down", "join", "join", "remove"]
STEPS: list[st.SearchStrategy[Step]] = [
    *steps(6, "type", who=WHO, locale=LOCALE, which=WHICH, how=st.sampled_from(HOW), looks=st.booleans()),
    *steps(3, "rearrange", who=WHO, what=st.sampled_from(WHAT), which=WHICH, locales=WHERE),
    *steps(2, "insert", who=WHO, which=WHICH, kind=st.sampled_from(KINDS)),
    *steps(2, "undo"),
    *steps(2, "bring_back", who=WHO, locale=LOCALE, which=ANY_STATE),
    *steps(1, "source", who=WHO, locale=LOCALE),
    *steps(1, "by_hand", locale=LOCALE),
    *steps(1, "approve", who=WHO, locale=LOCALE),
    *steps(2, "publish", who=WHO),
]


def walk(count: int) -> None:
    """Walk so many times."""
    run_state_machine_as_test(
        Drafting,
        settings=settings(
            max_examples=count,
            stateful_step_count=LENGTH,
            deadline=None,
            print_blob=True,
            phases=[Phase.explicit, Phase.reuse, Phase.generate, *([Phase.shrink] if BY_HAND else [])],
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )


def test_a_draft_keeps_its_promises_whatever_is_done_to_it() -> None:
    walk(int(os.environ.get("SEQUENCES", "5")))


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_a_draft_keeps_its_promises_in_many_walks() -> None:
    walk(200)
