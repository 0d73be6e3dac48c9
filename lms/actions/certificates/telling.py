"""Telling certificate holders what a new release means for them: some at a time, once each.

That somebody is told is noted in the transaction that puts the letter into the outbox, so that a worker that
dies tells nobody twice and forgets nobody. Who cannot be reached, or wants no such letters, finds the same on
My learning. The letter names no course; what authors say about the change stands in it unless the course is
sensitive. Holds no judgement of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from lms.actions.action import Who, command, record
from lms.actions.catalogue.lookups import shelved_one
from lms.actions.certificates.standing import Due, due_on, reasons
from lms.actions.context import Context
from lms.actions.people.mail_choice import offer
from lms.core.operations.jobs import HoldersToTell, Letter
from lms.core.people.actors import SYSTEM, Actor
from lms.storage.certificates import renewals
from lms.storage.certificates.renewals import HeldCertificate
from lms.storage.database import Tx
from lms.storage.operations import outbox
from lms.storage.publishing import releases

AT_A_TIME = 200  # certificates looked at in one transaction


@dataclass(frozen=True, slots=True)
class Told:
    """How many were told, and where the next batch begins; None when nobody is left."""

    told: int
    rest: HoldersToTell | None


def tell_holders(
    context: Context, work: HoldersToTell, *, at_a_time: int = AT_A_TIME
) -> HoldersToTell | None:
    """Tell some holders; return what is left: the worker lets others have their turn before it goes on."""
    return tell_some(context, SYSTEM, work, at_a_time=at_a_time).rest


@command("telling.tell_some", by=Who.SYSTEM)
def tell_some(context: Context, actor: Actor, work: HoldersToTell, *, at_a_time: int = AT_A_TIME) -> Told:
    """Tell one batch of the holders of a course whose certificates are to be renewed, in one transaction.

    Raises: Unavailable `course.unreadable`, `release.not-here` for what authors said about the change.
    """
    course = work.course
    with context.database.writing() as tx:
        line = releases.line(tx, course, context.now())
        some = renewals.of_course(tx, course, work.after, at_a_time)
        due = {version: due_on(context, course, version, line) for version in {one.version for one in some}}
        wanted = [(one, why) for one in some if (why := due[one.version])]
        count = sum(_tell(tx, context, one, why) for one, why in wanted)
        if count:
            record(tx, context, actor, "telling.tell_some", f"{course} {some[0].number} {some[-1].number}")
    return Told(count, HoldersToTell(course, some[-1].number) if len(some) == at_a_time else None)


def _tell(tx: Tx, context: Context, one: HeldCertificate, why: Due) -> bool:
    if not renewals.tell(tx, one.number, why.told, context.now()):
        return False
    if not one.email or one.mail_off_at:
        return False
    offer(tx, context, one.person)
    course = shelved_one(context, tx, one.course, why.version).outline.course
    notes = () if course.sensitive else reasons(tx, context, why)
    link = f"{context.settings.address}/{one.locale}/c/{course.code}/refresher"
    note = "\n\n".join(words.text(one.locale) for words in notes)
    id_ = context.new_id()
    letter = Letter("renewal", one.email, one.locale, id_, link=link, note=note, person=one.person)
    key = f"letter:renewal:{one.number}:{why.told}"
    return outbox.put(tx, context, key, letter, organisation=one.organisation)
