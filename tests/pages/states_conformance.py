"""States of the accessibility record of a release, and of the form by which a person adds to it."""

from __future__ import annotations

from lms.actions.context import Context
from lms.actions.publishing import conformance
from lms.core.checks.conformance.additions import ManualCheck
from lms.core.people.actors import SYSTEM, Actor
from tests.builders_learning import SAMPLE, SAMPLE_CODE
from tests.pages.hands import Hands
from tests.pages.looks import State
from tests.pages.people import nobody
from tests.pages.states_desk import author

CHECK = ManualCheck("keyboard", "Every page, with Tab alone.", ("en", "fr"), "2026-11-20", "no-issues")
RESULTS = {
    "testEngine": {"name": "axe-core", "version": "4.14.2"},
    "testEnvironment": {"userAgent": "HeadlessChrome/142.0.1.2"},
    "timestamp": "2026-11-21T10:00:00Z",
    "url": f"https://learn.example.org/en/c/{SAMPLE_CODE}",
    "passes": [{"id": "html-has-lang"}],
    "violations": [{"id": "color-contrast"}],
    "incomplete": [{"id": "region"}],
}


def checked(context: Context) -> Actor:
    """Bring an author who has recorded a check under their name, beside results of a browser."""
    who = author(context)
    conformance.note_manual(context, who, SAMPLE, CHECK, named=True)
    conformance.take_in(context, SYSTEM, SAMPLE, [RESULTS])
    return who


def _lacking(hands: Hands, _: Actor) -> None:
    hands.open(f"/workspace/{SAMPLE}/conformance")
    hands.press("#check button")


STATES = [
    State("accessibility record", f"/c/{SAMPLE_CODE}/conformance", who=checked, has="#people + .stack"),
    State("accessibility record, nothing added", f"/c/{SAMPLE_CODE}/conformance", who=nobody, has="#limits"),
    State("workspace, accessibility check", f"/workspace/{SAMPLE}/conformance", who=checked, has="form.act"),
    State("workspace, accessibility check, lacking", _lacking, who=author, has=".errors"),
]
