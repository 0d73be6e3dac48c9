"""Lifting holds by publishing: what was held has new words in the release that has become current.

Called by whoever makes a release current, in the same transaction. What that lifts is judged by
`core.legislation.held`.
"""

from __future__ import annotations

from collections.abc import Iterator

from lms.actions.action import record
from lms.actions.catalogue.lookups import sealed
from lms.actions.context import Context
from lms.core.courses.course import Module, Release
from lms.core.courses.document import Document, LawBox
from lms.core.courses.walk import walk
from lms.core.errors import Unavailable
from lms.core.legislation.held import Said, lifted_by
from lms.core.people.actors import Actor
from lms.core.publishing.activations import Activation
from lms.core.publishing.fingerprint import digest
from lms.storage.authoring import statement_holds
from lms.storage.database import Tx


def lift_changed(tx: Tx, context: Context, actor: Actor, now_current: Activation) -> None:
    """Lift what a release answers that has just become current; holds made since then stay.

    Without holds nothing is read but that. Where one of the two releases cannot be read, the holds stay: a
    person lifts them.
    """
    course, before = now_current.course, now_current.parent
    held = [one for one in statement_holds.in_place(tx, course) if one.at <= now_current.active_from]
    if not held or not before:
        return
    try:
        old, new = sealed(context, course, before), sealed(context, course, now_current.version)
    except Unavailable:
        return
    for one in lifted_by(held, _said_in(old), _said_in(new)):
        version = now_current.version
        statement_holds.lift(tx, one.id, now=context.now(), by=actor.person, version=version)
        record(tx, context, actor, "holds.lift", f"{one.id} {course} {version}")


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
