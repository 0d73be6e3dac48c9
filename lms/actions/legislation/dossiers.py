"""Dossiers of changes of the law: opened from an event, a learner's message or by hand; settled; closed.

The affected statements come from `legislation.impact`, and stay open until somebody says what became of them;
a course with an open statement in a language that it must have is not sealed (`publishing.seal`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from lms.actions.action import Who, command, query, record, scope_for
from lms.actions.context import Context
from lms.actions.legislation.editing import LOCALES, known_law, require_no_faults
from lms.actions.legislation.impact import event_called, impact, titles_of
from lms.core.authoring.dossiers import (
    DECIDED,
    OF_STATEMENTS,
    OF_TASKS,
    SIGNED_OFF,
    TASK,
    Dossier,
    DossierLine,
    DossierNote,
    Settled,
    places,
    unsettled,
)
from lms.core.authoring.impact import event_name, words_at
from lms.core.errors import Conflict, Invalid, NotFound
from lms.core.ids import is_id
from lms.core.legislation.entries import MOST, Fault, is_loose_date
from lms.core.legislation.register import Law
from lms.core.operations.jobs import DossierPaper
from lms.core.people.actors import Actor
from lms.storage.authoring import dossiers
from lms.storage.database import Tx
from lms.storage.operations import outbox, tasks
from lms.storage.people import grants, persons

DATE_TASK = "law-date"


@dataclass(frozen=True, slots=True)
class NewDossier:
    """What somebody says to open a dossier; `event` is "date/event" or '', `report` a learner's message."""

    law: str
    event: str = ""
    words: str = ""
    material: str = ""  # yes | no
    effective: str = ""
    report: str = ""


@dataclass(frozen=True, slots=True)
class DossierView:
    """A dossier as it is worked on; `names` are those of the people in it, as far as they still have one.

    `titles` are those of its courses ("course") and of their lessons ("course/module/lesson"), by language.
    """

    dossier: Dossier
    law: Law | None
    names: Mapping[str, str]
    staff: tuple[tuple[str, str], ...]
    titles: Mapping[str, Mapping[str, str]]


def _faults(told: NewDossier) -> list[Fault]:
    wrong: list[Fault] = []
    if not told.words.strip():
        wrong.append(("words", "dossier.words-missing"))
    elif len(told.words) > MOST:
        wrong.append(("words", "law.words-too-long"))
    if told.material not in {"yes", "no"}:
        wrong.append(("material", "law.material-missing"))
    if not is_loose_date(told.effective):
        wrong.append(("effective", "law.date-form"))
    return wrong


@query("dossiers.waiting", by=Who.STAFF)
def waiting(
    context: Context, actor: Actor, *, law: str = "", closed: bool = False
) -> tuple[tuple[Dossier, Law | None], ...]:
    """List dossiers with their laws, the newest first: those that are open, or all."""
    with context.database.reading() as tx:
        found = dossiers.listed(tx, law=law, closed=closed)
    laws = context.library.register().laws
    return tuple((one, laws.get(one.law)) for one in found)


@query("dossiers.show", by=Who.STAFF)
def show(context: Context, actor: Actor, dossier_id: str) -> DossierView:
    """Open a dossier.

    Raises: NotFound `dossier.unknown`.
    """
    with context.database.reading() as tx:
        found = _found(tx, dossier_id)
        staff = grants.staff(tx, scope_for(actor, Who.STAFF))
        people = {found.by, *(line.by for line in found.lines), *(line.owner for line in found.lines)}
        people |= {note.by for note in found.notes}
        names = persons.names_of(tx, {*people, *staff} - {""})
    listed = tuple(sorted((names.get(one, ""), one) for one in staff if names.get(one)))
    law = context.library.register().laws.get(found.law)
    titles = _titles(context, {line.course for line in found.statements})
    return DossierView(found, law, names, tuple((person, name) for name, person in listed), titles)


def _titles(context: Context, courses: Iterable[str]) -> dict[str, Mapping[str, str]]:
    """Return the titles of courses and of their lessons, as far as they can be read."""
    found: dict[str, Mapping[str, str]] = {}
    for course in courses:
        with suppress(Invalid):
            if release := context.library.latest(course):
                found[course] = release.course.title.by_locale
                found |= {f"{course}/{place}": titles for place, titles in titles_of(release).items()}
    return found


def _found(tx: Tx, dossier_id: str, *, hold: bool = False) -> Dossier:
    found = dossiers.find(tx, dossier_id, hold=hold) if is_id(dossier_id) else None
    if found is None:
        raise NotFound("dossier.unknown")
    return found


def _open(tx: Tx, dossier_id: str) -> Dossier:
    """Return a dossier that is still worked on, held until the transaction ends.

    Raises: NotFound `dossier.unknown`; Conflict `dossier.closed`.
    """
    found = _found(tx, dossier_id, hold=True)
    if not found.is_open:
        raise Conflict("dossier.closed")
    return found


@command("dossiers.open_dossier", by=Who.AUTHOR)
def open_dossier(context: Context, actor: Actor, told: NewDossier) -> str:
    """Open a dossier with each statement that the law (or this event of it) reaches, in each language.

    A dossier that was opened for the same event before, or by a first press, is that dossier. What waited
    because of the event's date is answered by it.

    Raises: Invalid `law.wrong`; NotFound `law.unknown`, `law.event-unknown`.
    """
    require_no_faults([] if told.law else [("law", "law.choice-missing"), *_faults(told)])
    law = known_law(context, told.law)
    event = event_called(law, told.event)
    require_no_faults(_faults(told))
    reached = impact(context, actor, told.law, told.event)
    now = context.now()
    lines = [
        DossierLine(context.new_id(), course.course.id, one.place, one.kind, locale, text, at=now)
        for course in reached.courses
        for one in course.statements
        for locale, text in one.words.items()
    ]
    named = f"{event.date}/{event.event}" if event else ""
    made = Dossier(
        id=context.new_id(),
        law=law.id,
        event=named,
        report=told.report if is_id(told.report) else "",
        words=told.words.strip(),
        material=told.material == "yes",
        effective=told.effective,
        opened_at=now,
        by=actor.person,
        lines=tuple(lines),
    )
    with context.database.writing() as tx:
        before = dossiers.listed(tx, law=law.id)
        same = [one.id for one in before if one.event == named != "" or one.says_the_same(made)]
        if same:
            return same[0]
        dossiers.add(tx, made)
        if event:
            tasks.close(tx, DATE_TASK, event_name(law.id, event), now=now)
        record(tx, context, actor, "dossiers.open_dossier", f"{made.id} {law.id}@{named}")
    return made.id


@command("dossiers.settle", by=Who.AUTHOR)
def settle(
    context: Context, actor: Actor, dossier_id: str, lines: Collection[str], settled: str, *, reason: str = ""
) -> int:
    """Say what became of lines: rewritten in the draft, still true, not affected; or that a task is done.

    That a statement was rewritten is not taken on trust: the draft must say something else than the release
    did. Everything else about a statement asks for a reason.

    What somebody else has said of a line stays until it is taken back.

    Raises: NotFound `dossier.unknown`, `dossier.line-unknown`; Invalid `law.wrong`, `draft.not-whole`;
    Conflict `dossier.closed`, `dossier.not-rewritten`, `dossier.line-settled`.
    """
    with context.database.reading() as tx:
        found = _found(tx, dossier_id)
    require_no_faults([] if lines else [("lines", "dossier.lines-missing")])
    chosen = [line for line in found.lines if line.id in set(lines)]
    if len(chosen) < len(set(lines)):
        raise NotFound("dossier.line-unknown")
    require_no_faults(_settling_faults(chosen, settled, reason))
    new = _new_words(context, found.law, chosen) if settled == Settled.REWRITTEN else {}
    with context.database.writing() as tx:
        fresh = unsettled(_open(tx, dossier_id), chosen, Settled(settled), reason.strip(), actor.person)
        for line in fresh:
            words = new.get(line.id, "")
            dossiers.settle(
                tx,
                line.id,
                Settled(settled),
                reason=reason.strip(),
                new=words,
                by=actor.person,
                now=context.now(),
            )
        if fresh:
            record(tx, context, actor, "dossiers.settle", f"{dossier_id} {settled} {len(fresh)}")
    return len(fresh)


def _settling_faults(chosen: Collection[DossierLine], settled: str, reason: str) -> list[Fault]:
    allowed = {one for line in chosen for one in (OF_TASKS if line.is_task else OF_STATEMENTS)}
    if settled not in allowed or len({line.is_task for line in chosen}) > 1:
        return [("settled", "dossier.settled-missing")]
    if settled in {Settled.STILL_TRUE, Settled.NOT_AFFECTED} and not reason.strip():
        return [("reason", "dossier.reason-missing")]
    return [("reason", "law.words-too-long")] if len(reason) > MOST else []


def _new_words(context: Context, law: str, chosen: Collection[DossierLine]) -> dict[str, str]:
    """Return what the drafts say now, by line.

    Raises: Conflict `dossier.not-rewritten`; Invalid `draft.not-whole`.
    """
    drafts = {course: context.library.preview(course) for course in {line.course for line in chosen}}
    new = {
        line.id: words_at(drafts[line.course], line.kind, line.place, law).get(line.locale, "")
        for line in chosen
    }
    same = [line for line in chosen if new[line.id] == line.old]
    if same:
        raise Conflict("dossier.not-rewritten", places=places(same))
    return new


@command("dossiers.reopen_line", by=Who.AUTHOR)
def reopen_line(context: Context, actor: Actor, dossier_id: str, line: str) -> None:
    """Take back what was said of a line: it is open again.

    Raises: NotFound `dossier.unknown`, `dossier.line-unknown`; Conflict `dossier.closed`.
    """
    with context.database.writing() as tx:
        _of(_open(tx, dossier_id), line)
        dossiers.settle(tx, line, Settled.OPEN, reason="", new="", by=actor.person, now=context.now())
        record(tx, context, actor, "dossiers.reopen_line", f"{dossier_id} {line}")


def _of(found: Dossier, line: str) -> DossierLine:
    one = next((one for one in found.lines if one.id == line), None)
    if one is None:
        raise NotFound("dossier.line-unknown")
    return one


@command("dossiers.give", by=Who.AUTHOR)
def give(context: Context, actor: Actor, dossier_id: str, line: str, owner: str, *, shown: str) -> None:
    """Say who settles a line; '' takes the name away. `shown` is who it was as somebody read it.

    Raises: NotFound `dossier.unknown`, `dossier.line-unknown`; Invalid `law.wrong`; Conflict
    `dossier.closed`, `dossier.owner-changed`.
    """
    with context.database.writing() as tx:
        now = _of(_open(tx, dossier_id), line).owner
        if owner and owner not in grants.staff(tx, scope_for(actor, Who.AUTHOR)):
            require_no_faults([("owner", "dossier.owner-unknown")])
        if now == owner:
            return
        if now != shown:
            raise Conflict("dossier.owner-changed")
        dossiers.give(tx, line, owner)
        record(tx, context, actor, "dossiers.give", f"{dossier_id} {line} {owner}".strip())


@command("dossiers.add_task", by=Who.AUTHOR)
def add_task(context: Context, actor: Actor, dossier_id: str, words: str, owner: str = "") -> str:
    """Add something to do; return its id: that of the same open task where a press came twice.

    Raises: NotFound `dossier.unknown`; Invalid `law.wrong`; Conflict `dossier.closed`.
    """
    require_no_faults(_text_faults("task", words))
    line = DossierLine(context.new_id(), "", "", TASK, "", words.strip(), owner=owner, at=context.now())
    with context.database.writing() as tx:
        tasks_now = _open(tx, dossier_id).tasks
        if owner and owner not in grants.staff(tx, scope_for(actor, Who.AUTHOR)):
            require_no_faults([("owner", "dossier.owner-unknown")])
        same = [one.id for one in tasks_now if one.is_open and (one.old, one.owner) == (line.old, owner)]
        if same:
            return same[0]
        dossiers.add_lines(tx, dossier_id, [line])
        record(tx, context, actor, "dossiers.add_task", f"{dossier_id} {line.id}")
    return line.id


def _text_faults(name: str, words: str) -> list[Fault]:
    if not words.strip():
        return [(name, "dossier.words-missing")]
    return [(name, "law.words-too-long")] if len(words) > MOST else []


@command("dossiers.decide", by=Who.AUTHOR)
def decide(context: Context, actor: Actor, dossier_id: str, words: str) -> None:
    """Write down a decision with its reason; what this person has decided in the same words stands once.

    Raises: NotFound `dossier.unknown`; Invalid `law.wrong`; Conflict `dossier.closed`.
    """
    require_no_faults(_text_faults("decision", words))
    note = DossierNote(context.new_id(), DECIDED, "", words.strip(), actor.person, context.now())
    with context.database.writing() as tx:
        before = _open(tx, dossier_id).notes_of(DECIDED)
        if any((one.text, one.by) == (note.text, note.by) for one in before):
            return
        dossiers.add_note(tx, dossier_id, note)
        record(tx, context, actor, "dossiers.decide", f"{dossier_id} {note.id}")


@command("dossiers.sign_off", by=Who.STAFF)
def sign_off(context: Context, actor: Actor, dossier_id: str, words: str = "") -> None:
    """Sign a dossier off: somebody has looked at what became of each statement.

    Who settled some of it themselves says why nobody else could.

    Raises: NotFound `dossier.unknown`; Invalid `law.wrong`; Conflict `dossier.closed`, `dossier.unsettled`.
    """
    if len(words) > MOST:
        require_no_faults([("sign_off", "law.words-too-long")])
    note = DossierNote(context.new_id(), SIGNED_OFF, "", words.strip(), actor.person, context.now())
    with context.database.writing() as tx:
        found = _open(tx, dossier_id)
        _require_settled(found)
        if not note.text and any(line.by == actor.person for line in found.lines):
            require_no_faults([("sign_off", "dossier.reason-missing")])
        dossiers.add_note(tx, dossier_id, note)
        record(tx, context, actor, "dossiers.sign_off", f"{dossier_id} {note.id}")


def _require_settled(found: Dossier) -> None:
    if found.open_lines:
        raise Conflict("dossier.unsettled", count=len(found.open_lines))


@command("dossiers.close", by=Who.STAFF)
def close(context: Context, actor: Actor, dossier_id: str) -> None:
    """Close a dossier in which everything is settled and signed off; its PDFs are made, one per language.

    Raises: NotFound `dossier.unknown`; Conflict `dossier.closed`, `dossier.unsettled`,
    `dossier.not-signed-off`.
    """
    with context.database.writing() as tx:
        found = _open(tx, dossier_id)
        _require_settled(found)
        if not found.is_signed_off:
            raise Conflict("dossier.not-signed-off")
        dossiers.close(tx, dossier_id, context.now())
        for locale in found.locales or LOCALES:
            work = DossierPaper(dossier_id, locale)
            outbox.put(tx, context, work.key, work)
        record(tx, context, actor, "dossiers.close", dossier_id)


def require_settled_statements(context: Context, course: str, languages: Collection[str]) -> None:
    """Refuse to go on with a course while a statement of it is not settled in a language that it must have.

    A statement that was said to be rewritten, and says in the draft what the release said, is not settled.

    Raises: Conflict `release.dossier-open` with the places; Invalid `draft.not-whole`.
    """
    with context.database.reading() as tx:
        lines = [pair for pair in dossiers.of_course(tx, course) if pair[1].locale in set(languages)]
    if not lines:
        return
    draft = context.library.preview(course)
    open_ones = [
        line
        for law, line in lines
        if line.is_open
        or (
            line.settled is Settled.REWRITTEN
            and words_at(draft, line.kind, line.place, law).get(line.locale, "") == line.old
        )
    ]
    if open_ones:
        raise Conflict("release.dossier-open", course=course, places=places(open_ones))
