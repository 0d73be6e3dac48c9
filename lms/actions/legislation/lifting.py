"""Lifting holds by publishing: what was held has new words in the release that has become current.

Called by whoever makes a release current, in the same transaction. What that lifts is judged by
`core.legislation.held`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lms.actions.action import record
from lms.actions.catalogue.lookups import sealed
from lms.actions.context import Context
from lms.core.courses.course import Module, Release
from lms.core.courses.document import Document, LawBox
from lms.core.courses.walk import walk
from lms.core.errors import Unavailable
from lms.core.legislation.held import Hold, Said, lifted_by
from lms.core.people.actors import Actor
from lms.core.publishing.activations import Activation
from lms.core.publishing.fingerprint import digest
from lms.storage.authoring import statement_holds
from lms.storage.database import Tx


def lift_changed(
    tx: Tx, context: Context, actor: Actor, course: str, became_current: Iterable[Activation]
) -> None:
    """Lift what releases answer that have become current, the oldest first; holds made since then stay.

    Several may have come since anybody looked, and the last one need not be the one that brought new words.
    Without holds nothing is read but that. Where one of two releases cannot be read, the holds stay: a person
    lifts them.
    """
    held = statement_holds.in_place(tx, course)
    for one in became_current if held else ():
        lifted = _lifted(tx, context, actor, one, [hold for hold in held if hold.at <= one.active_from])
        held = tuple(hold for hold in held if hold.id not in lifted)


def _lifted(tx: Tx, context: Context, actor: Actor, one: Activation, held: Sequence[Hold]) -> frozenset[str]:
    """Lift what one release answers; return the ids of those holds."""
    course, before, version = one.course, one.parent, one.version
    if not held or not before:
        return frozenset()
    try:
        old, new = sealed(context, course, before), sealed(context, course, version)
    except Unavailable:
        return frozenset()
    found = lifted_by(held, _said_in(old), _said_in(new))
    for hold in found:
        statement_holds.lift(tx, hold.id, now=context.now(), by=actor.person, version=version)
        record(tx, context, actor, "holds.lift", f"{hold.id} {course} {version}")
    return frozenset(hold.id for hold in found)


def _said_in(release: Release) -> Said:
    boxes = (
        (f"{module.id}/{box.id}", frozenset(box.rests_on), f"{locale} {digest((box.statement, box.plain))}")
        for module in release.modules
        for locale, document in _documents(module)
        for box in walk(document.blocks)
        if isinstance(box, LawBox)
    )
    items = (
        (f"{module.id}/{question.id}", frozenset(question.rests_on), digest(question))
        for module in release.modules
        for question in module.quiz.questions
    )
    return Said(frozenset(boxes), frozenset(items))


def _documents(module: Module) -> Iterator[tuple[str, Document]]:
    for lesson in module.lessons:
        yield from lesson.documents.items()
    yield from module.facilitator.items()
