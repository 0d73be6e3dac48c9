"""Putting a statement on hold: one author, alone, at once; nothing is sealed and nobody is moved.

Whoever writes for a course, in any of its languages, may hold what it says: a caution hurts nobody, a wrong
statement may. Holds end when a release brings new words (`lifting`) or when somebody says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from lms.actions.action import Who, command, query, record, scope_for
from lms.actions.catalogue.lookups import sealed
from lms.actions.catalogue.reading import current_courses
from lms.actions.context import Context
from lms.actions.legislation.statements import HoldableStatement, named, statements_in
from lms.core.courses.course import Course, Release
from lms.core.courses.findings import Finding, Place, Severity
from lms.core.errors import Conflict, Invalid, NotFound, Unavailable
from lms.core.legislation.held import HeldKind, Hold
from lms.core.locales import Words
from lms.core.operations.characters import one_line
from lms.core.people.actors import Actor, Extent, Scope
from lms.core.publishing.versions import parts
from lms.storage.authoring import statement_holds
from lms.storage.database import Tx
from lms.storage.publishing import releases

LONGEST = 400  # characters of a sentence, and of a reason
MOST_LISTED = 200  # holds on one page; those that ended long ago are in the activity log
_DAY = len("2026-11-30")


@dataclass(frozen=True, slots=True)
class HoldWish:
    """What is to be held: a course (its id), a statement or a law by name, since when, what learners read."""

    course: str
    kind: str
    name: str
    since: str
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class HoldLine:
    """A hold with what it is about; None for a statement that no release holds any more."""

    hold: Hold
    course: Course
    statement: HoldableStatement | None


@dataclass(frozen=True, slots=True)
class Holdable:
    """What of a course can be held, in the newest words, and which holds are in place."""

    release: Release
    statements: tuple[HoldableStatement, ...]
    holds: tuple[Hold, ...]

    def hold_on(self, statement: HoldableStatement) -> Hold | None:
        """Return the hold on a statement, if it has one of its own."""
        about = _about(statement)
        return next((one for one in self.holds if (one.kind, one.statement, one.law) == about), None)


def _about(statement: HoldableStatement) -> tuple[HeldKind, str, str]:
    is_law = statement.kind is HeldKind.LAW
    return statement.kind, "" if is_law else statement.name, statement.name if is_law else ""


def _reach(actor: Actor, who: Who = Who.AUTHOR) -> Scope:
    """Return how far somebody may hold: a hold is in every language, whichever is theirs."""
    scope = scope_for(actor, who)
    return Scope(frozenset(replace(extent, locale="") for extent in scope.extents))


# --- what can be held -------------------------------------------------------------------------------------
@query("holds.courses", by=Who.STAFF, scoped=True)
def courses(context: Context, actor: Actor) -> tuple[Course, ...]:
    """List the courses in which this actor may hold something: none for whoever only reads."""
    reach = _reach(actor)
    found = (one.outline.course for one in current_courses(context))
    return tuple(course for course in found if reach.covers(Extent(course=course.id)))


@query("holds.holdable", by=Who.AUTHOR, scoped=True)
def holdable(context: Context, actor: Actor, course: str) -> Holdable:
    """List the statements of a course that anybody reads or will read, in whatever release.

    Raises: NotFound `course.unknown`.
    """
    with context.database.reading() as tx:
        return _holdable(context, tx, actor, course)


def _holdable(context: Context, tx: Tx, actor: Actor, course: str) -> Holdable:
    if not _reach(actor).covers(Extent(course=course)):
        raise NotFound("course.unknown", course=course)
    found = _in_use(context, tx, course)
    if not found:
        raise NotFound("course.unknown", course=course)
    statements: dict[tuple[HeldKind, str], HoldableStatement] = {}
    for release in found:
        for one in statements_in(release):
            statements.setdefault((one.kind, one.name), one)
    return Holdable(found[0], tuple(statements.values()), statement_holds.in_place(tx, course))


def _in_use(context: Context, tx: Tx, course: str) -> list[Release]:
    """Return the releases of a course that somebody reads, the newest first; damaged ones are left out."""
    versions = [version for name, version, _ in releases.in_use(tx) if name == course]
    found = []
    for version in sorted(versions, key=parts, reverse=True):
        try:
            found.append(sealed(context, course, version))
        except Unavailable:
            continue
    return found


# --- holding ------------------------------------------------------------------------------------------------
def _is_day(text: str) -> bool:
    try:
        return len(text) == _DAY and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _faults(context: Context, wish: HoldWish, words: Mapping[str, str]) -> list[Finding]:
    wrong: dict[str, str] = {}
    if not _is_day(wish.since):
        wrong["since"] = "hold.since"
    elif wish.since > context.today():
        wrong["since"] = "hold.since-ahead"
    for locale, sentence in words.items():
        if not sentence:
            wrong[f"words-{locale}"] = "hold.words-missing"
        elif len(sentence) > LONGEST:
            wrong[f"words-{locale}"] = "hold.too-long"
    return [Finding(code, Severity.ERROR, Place(field), {"most": LONGEST}) for field, code in wrong.items()]


@command("holds.hold", by=Who.AUTHOR, scoped=True)
def hold(context: Context, actor: Actor, wish: HoldWish) -> str:
    """Put a statement, or everything that names a law, on hold; give the id of the hold.

    Pressed twice with the same words it is one hold.

    Raises: NotFound `course.unknown`, `hold.statement-unknown`; Invalid `hold.wrong`; Conflict
    `hold.already`.
    """
    with context.database.writing() as tx:
        course = _holdable(context, tx, actor, wish.course)
        statement = named(course.statements, wish.kind, wish.name)
        if statement is None:
            raise NotFound("hold.statement-unknown", name=wish.name)
        locales = course.release.course.required_locales
        words = {locale: one_line(wish.words.get(locale, "")) for locale in locales}
        if faults := _faults(context, wish, words):
            raise Invalid("hold.wrong", faults)
        kind, name, law = _about(statement)
        made = Hold(
            id=context.new_id(),
            course=wish.course,
            kind=kind,
            statement=name,
            law=law,
            since=wish.since,
            words=Words(words),
            by=actor.person,
            at=context.now(),
        )
        if statement_holds.add(tx, made):
            record(tx, context, actor, "holds.hold", f"{made.id} {wish.course} {statement.name}")
            return made.id
        return _already(tx, course, statement, made)


def _already(tx: Tx, course: Holdable, statement: HoldableStatement, made: Hold) -> str:
    there = Holdable(course.release, (), statement_holds.in_place(tx, made.course)).hold_on(statement)
    if there is None or (there.since, there.words) != (made.since, made.words):
        raise Conflict("hold.already", name=statement.name)
    return there.id


@command("holds.release_hold", by=Who.AUTHOR, scoped=True)
def release_hold(context: Context, actor: Actor, hold_id: str, why: str) -> Hold:
    """Lift a hold for everybody, with the reason; return it as it was.

    Raises: NotFound `hold.unknown`; Invalid `hold.wrong`; Conflict `hold.lifted`.
    """
    reason = one_line(why)
    with context.database.writing() as tx:
        found = statement_holds.of_id(tx, _reach(actor), hold_id)
        if found is None:
            raise NotFound("hold.unknown")
        if not reason or len(reason) > LONGEST:
            code = "hold.too-long" if reason else "hold.why-missing"
            raise Invalid("hold.wrong", [Finding(code, Severity.ERROR, Place("why"), {"most": LONGEST})])
        if not statement_holds.lift(tx, hold_id, now=context.now(), by=actor.person, why=reason):
            raise Conflict("hold.lifted")
        record(tx, context, actor, "holds.release_hold", f"{hold_id} {found.course}")
    return found


# --- the workspace ------------------------------------------------------------------------------------------
@query("holds.listed", by=Who.STAFF, scoped=True)
def listed(context: Context, actor: Actor) -> tuple[HoldLine, ...]:
    """List the holds within this actor’s reach with what they are about: those in place first."""
    with context.database.reading() as tx:
        found = statement_holds.listed(tx, _reach(actor, Who.STAFF), MOST_LISTED)
        known = {course: _in_use(context, tx, course) for course in {one.course for one in found}}
    lines = (_line(one, known[one.course]) for one in found)
    return tuple(line for line in lines if line is not None)


def _line(one: Hold, in_use: list[Release]) -> HoldLine | None:
    """Return a line; None for a course of which nothing can be read now."""
    about = (named(statements_in(release), one.kind, one.statement or one.law) for release in in_use)
    statement = next((found for found in about if found), None)
    return HoldLine(one, in_use[0].course, statement) if in_use else None
