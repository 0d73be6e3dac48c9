"""States of the register editor, of impact and of change dossiers. Nothing is written into the site."""

from __future__ import annotations

from lms.actions.context import Context
from lms.actions.legislation import dossiers
from lms.actions.legislation.dossiers import NewDossier
from lms.core.people.actors import Actor
from tests.builders_legislation import LAW
from tests.pages.hands import Hands
from tests.pages.looks import State
from tests.pages.states_desk import author

LAWS, DOSSIERS = "/workspace/laws", "/workspace/dossiers"


def with_dossier(context: Context) -> Actor:
    """Bring an author to the one dossier that is open, with a task and a decision."""
    alex = author(context)
    if dossiers.waiting(context, alex, law=LAW):
        return alex
    told = NewDossier(LAW, words="A drink must be offered as well.", material="yes", effective="2026-11")
    made = dossiers.open_dossier(context, alex, told)
    dossiers.add_task(context, alex, made, "Write to the partners.", alex.person)
    dossiers.decide(context, alex, made, "We keep the word office, because the act does.")
    return alex


def _dossier(hands: Hands, _: Actor) -> None:
    hands.open(DOSSIERS)
    hands.press("main tbody th a")


def _unsettled(hands: Hands, actor: Actor) -> None:
    _dossier(hands, actor)
    hands.press("#settling button:not([form])")


def _no_event(hands: Hands, _: Actor) -> None:
    hands.open(f"{LAWS}/{LAW}/event")
    hands.press("#event-form button:not([form])")


STATES = [
    State("register editor", LAWS, who=author, has="tbody tr"),
    State("register editor, nothing found", f"{LAWS}?topic=nothing", who=author, has=".empty"),
    State("law editor", f"{LAWS}/{LAW}", who=author, has="#events"),
    State("law editor, not read officially", f"{LAWS}/sample-code", who=author, has=".notice.caution"),
    State("law editor, an event", f"{LAWS}/{LAW}/event", who=author, has="#event-form"),
    State("law editor, an event refused", _no_event, who=author, has="#errors"),
    State("law editor, read officially", f"{LAWS}/sample-code/read", who=author, has="#read-form"),
    State("law editor, a new law", f"{LAWS}/new", who=author, has="#law-form"),
    State("impact", f"/workspace/impact/{LAW}", who=author, has="tbody tr"),
    State("impact, nothing", "/workspace/impact/old-sample-act", who=author, has=".empty"),
    State("dossiers", DOSSIERS, who=with_dossier, has="tbody tr"),
    State("dossiers, none", DOSSIERS, who=author, world="bare", has=".empty"),
    State("dossier, a new one", f"{DOSSIERS}/new?law={LAW}", who=author, has="#dossier-form"),
    State("dossier", _dossier, who=with_dossier, has="#settling"),
    State("dossier, nothing chosen", _unsettled, who=with_dossier, has="#errors"),
]
