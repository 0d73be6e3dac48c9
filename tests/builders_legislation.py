"""Builders for the register and its dossiers: events as typed, and a site that may be written."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from lms.actions.context import Context
from lms.actions.legislation import dossiers, editing
from lms.actions.legislation.dossiers import NewDossier
from lms.actions.publishing import preparing
from lms.core.authoring.dossiers import Settled
from lms.core.legislation.entries import EnteredEvent
from lms.core.people.actors import Actor, Role
from tests.builders import a_context
from tests.builders_content import sample_site
from tests.builders_learning import SAMPLE, a_member
from tests.builders_published import publish

LAW = "sample-act"
LESSON = f"courses/{SAMPLE}/welcome/draft/01-greeting."
TODAY = "2026-11-22"
AMENDED = EnteredEvent(
    date=TODAY,
    event="amendment",
    material="yes",
    words={"en": "Offices must offer a drink as well.", "fr": "Les bureaux offrent aussi à boire."},
)


def a_written_site(folder: Path) -> Context:
    """Return a desk whose site may be written, with the sample course published."""
    made = a_context(folder / "data", site=sample_site(folder / "site"))
    publish(made, SAMPLE, "1.0.0")
    return made


def an_author(context: Context, name: str = "Ana") -> Actor:
    """Return somebody who writes courses and reviews them."""
    return a_member(context, name, Role.AUTHOR, Role.REVIEWER)


def with_event(context: Context, actor: Actor, **changes: object) -> str:
    """Add an event to the sample law; return how it is called."""
    digest = context.library.law_digest(LAW)
    entered = replace(AMENDED, **changes)  # type: ignore[arg-type]  # fields
    made = editing.add_event(context, actor, LAW, entered, expected=digest)
    return f"{made.date}/{made.event}"


def a_dossier(context: Context, actor: Actor, event: str = "", **changes: object) -> str:
    """Open a dossier about the sample law."""
    told = NewDossier(LAW, event, "A drink as well.", "yes", "2026-11-22")
    return dossiers.open_dossier(context, actor, replace(told, **changes))  # type: ignore[arg-type]  # fields


def rewrite(context: Context, actor: Actor, locale: str, find: str, put: str) -> None:
    """Put other words into the draft of the lesson that holds the statement."""
    file = f"{LESSON}{locale}.md"
    old = context.library.draft_file(SAMPLE, file)
    assert find.encode() in old
    content = old.replace(find.encode(), put.encode())
    preparing.save_draft(context, actor, SAMPLE, file, content, expected=sha256(old).hexdigest())


def settle_all(context: Context, actor: Actor, dossier: str, reason: str = "It says so still.") -> None:
    """Say of every statement that is open that it is still true."""
    found = dossiers.show(context, actor, dossier).dossier
    left = [line.id for line in found.statements if line.is_open]
    dossiers.settle(context, actor, dossier, left, Settled.STILL_TRUE, reason=reason)
