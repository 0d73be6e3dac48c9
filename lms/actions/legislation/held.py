"""What is on hold for a reader: looked up beside what is shown anyway, kept in memory by id.

The ids of a course's holds ride along with the rows of a learner, so a hold is there on the next request, in
every process, without a statement of its own; what a hold says never changes, so it is read once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lms.actions.action import Who, query
from lms.actions.context import Context
from lms.core.courses.quiz import Question
from lms.core.legislation.held import NOTHING_HELD, Held, HoldMark
from lms.core.people.actors import Actor
from lms.storage.authoring import statement_holds
from lms.storage.database import Tx


def held_for(context: Context, tx: Tx, marks: Sequence[HoldMark], version: str) -> Held:
    """Return the holds in force for a release; one statement more for those that this process has not met."""
    wanted = [one.id for one in marks if one.is_in_force(version)]
    if not wanted:
        return NOTHING_HELD
    known = {name: hold for name in wanted if (hold := context.kept.holds.get(name)) is not None}
    missing = [name for name in wanted if name not in known]
    for hold in statement_holds.find(tx, missing) if missing else ():
        known[hold.id] = context.kept.holds[hold.id] = hold
    return Held(tuple(known[name] for name in wanted if name in known))


def held_questions(held: Held, asked: Iterable[tuple[str, Question]]) -> frozenset[str]:
    """Return which of these questions (each with its module) are on hold."""
    return frozenset(
        question.id
        for module, question in asked
        if held.holds and held.on_item(module, question.id, question.rests_on)
    )


@query("held.of_course", by=Who.ANYONE)
def of_course(context: Context, actor: Actor, course: str, version: str) -> Held:
    """Return what is on hold for a release of a course (by its id): for pages that nobody is enrolled for."""
    with context.database.reading() as tx:
        return held_for(context, tx, statement_holds.marks(tx, course), version)


@query("held.on_laws", by=Who.ANYONE)
def on_laws(context: Context, actor: Actor) -> Held:
    """Return the laws that are held as a whole in any course; what two courses say alike stands once."""
    with context.database.reading() as tx:
        found = statement_holds.on_laws(tx)
    alike = {(one.law, tuple(one.words.by_locale.items())): one for one in reversed(found)}
    return Held(tuple(reversed(alike.values())))
