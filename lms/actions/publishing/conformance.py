"""The record that each release carries: what was checked of it, what was found, and what was added since.

It is made when a release is sealed, or when one that was sealed before is adopted; people and browsers add to
it, and nothing in it is changed. What a release says of itself is here; its words are elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version as installed

from lms.actions.action import Who, command, query, record, scope_for
from lms.actions.catalogue.lookups import course_id, current_line, shelved, shelved_one
from lms.actions.context import Context
from lms.core.checks.conformance import additions, facts, sealed_text
from lms.core.checks.conformance.additions import BrowserRun, ManualCheck, ManualLine
from lms.core.checks.conformance.facts import Answer, Basis, Checked, Noted, Subject
from lms.core.checks.conformance.record import Record
from lms.core.checks.rules import RULES
from lms.core.courses.course import Course, Release
from lms.core.courses.findings import Finding, Place, Severity
from lms.core.errors import Invalid, NotFound
from lms.core.people.actors import Actor, Extent
from lms.core.publishing.release_head import ReleaseHead
from lms.storage.database import Tx
from lms.storage.people import persons
from lms.storage.publishing import conformance as rows
from lms.storage.publishing import releases

MANUAL, BROWSER = "manual", "browser"


@dataclass(frozen=True, slots=True)
class ConformancePage:
    """One release, and everything that is on record about it."""

    head: ReleaseHead
    course: Course
    record: Record


@dataclass(frozen=True, slots=True)
class ConformanceLine:
    """One current release in the list of what was checked."""

    head: ReleaseHead
    course: Course
    checked: Checked | None


# --- made at sealing, or at adoption -------------------------------------------------------------------
def _checked(
    context: Context, release: Release, basis: Basis, rules: Iterable[str], noted: tuple[Noted, ...]
) -> Checked:
    names = tuple(sorted(rules))
    return Checked(
        basis=basis,
        program=installed("parvis"),
        day=context.today(),
        rules=names,
        fingerprint=facts.fingerprint(names),
        languages=facts.languages_of(release),
        looked=facts.looked_at(release),
        noted=noted,
    )


def of_draft(
    context: Context, release: Release, findings: Iterable[Finding], answers: Iterable[Answer] = ()
) -> Checked:
    """Return what is on record of a release whose draft was checked whole; `answers` are its author's."""
    return _checked(context, release, Basis.DRAFT, RULES, facts.noted(findings, answers))


def of_sealed(context: Context, release: Release) -> Checked:
    """Return what the rules about texts find in a release that is sealed already."""
    noted = facts.noted(sealed_text.faults(release))
    return _checked(context, release, Basis.SEALED, sealed_text.TEXT_RULES, noted)


def subject(release: Release) -> Subject:
    """Return what a record is about."""
    return Subject(release.course.id, release.version, release.digest)


def missing(context: Context, release: Release) -> Checked | None:
    """Judge a release of which nothing is on record; None where something is."""
    with context.database.reading() as tx:
        known = rows.find(tx, [subject(release)])
    return None if known else of_sealed(context, release)


def keep(tx: Tx, context: Context, release: Release, checked: Checked | None, *, fresh: bool) -> None:
    """Write the record of a release, unless there is one; what lacks an alternative is not published.

    What was published before there were these rules stays published, and its record says what it lacks.

    Raises: Invalid `release.lacks-alternatives` with each place.
    """
    if checked is None:
        return
    lacking = sealed_text.lacking(one.finding for one in checked.noted)
    if fresh and lacking:
        named = {"course": release.course.id, "version": release.version}
        raise Invalid("release.lacks-alternatives", lacking, **named)
    rows.note(tx, subject(release), facts.to_json(checked), now=context.now())


# --- shown ------------------------------------------------------------------------------------------------
def _page(context: Context, tx: Tx, course: str, version: str) -> ConformancePage:
    one = shelved_one(context, tx, course, version)
    about = Subject(course, version, one.head.digest)
    found, added = rows.find(tx, [about]).get(about), rows.added(tx, about)
    manual = tuple(_line(tx, row) for row in added if row.kind == MANUAL)
    runs = [BrowserRun.from_json(row.facts) for row in added if row.kind == BROWSER]
    checked = facts.from_json(found) if found else None
    return ConformancePage(
        one.head, one.outline.course, Record(about, checked, manual, runs[-1] if runs else None)
    )


def _line(tx: Tx, row: rows.Added) -> ManualLine:
    profile = persons.profile_of(tx, row.by) if row.named else None
    name = profile.name if profile else ""
    return ManualLine(row.id, ManualCheck.from_json(row.facts), row.by, name, row.named)


@query("conformance.published", by=Who.ANYONE)
def published(context: Context, actor: Actor, code: str, version: str = "") -> ConformancePage:
    """Return the record of the release that is current for a course, or of one that has been.

    Raises: NotFound `course.unknown`, `release.unknown`; Unavailable `course.unreadable`, `release.not-here`.
    """
    course = course_id(context, code)
    with context.database.reading() as tx:
        line = [one.version for one in current_line(context, tx, course)]
        if version and version not in line:
            raise NotFound("release.unknown", course=course, version=version)
        return _page(context, tx, course, version or line[-1])


@query("conformance.of_release", by=Who.AUTHOR, scoped=True)
def of_release(context: Context, actor: Actor, course: str, version: str = "") -> ConformancePage:
    """Return the record of an adopted release of a course by its id, of the current one without a version.

    Raises: NotFound `course.unknown`, `release.unknown`; Unavailable `course.unreadable`, `release.not-here`.
    """
    with context.database.reading() as tx:
        return _page(context, tx, course, _version(tx, context, actor, course, version))


def _version(tx: Tx, context: Context, actor: Actor, course: str, version: str) -> str:
    """Return which adopted version is meant, if this actor may speak of the course."""
    if not scope_for(actor, Who.AUTHOR).covers(Extent(course=course)):
        raise NotFound("course.unknown", course=course)
    found = version or current_line(context, tx, course)[-1].version
    if not releases.adopted(tx, course, found):
        raise NotFound("release.unknown", course=course, version=found)
    return found


@query("conformance.overview", by=Who.ANYONE)
def overview(context: Context, actor: Actor) -> tuple[ConformanceLine, ...]:
    """List what is on record of each release that is current; one that cannot be read is left out."""
    with context.database.reading() as tx:
        now_current = releases.all_current(tx, context.now())
        every = shelved(context, tx, ((course, version) for course, (version, _) in now_current.items()))
        about = {
            name: Subject(one.head.course, one.head.version, one.head.digest) for name, one in every.items()
        }
        found = rows.find(tx, about.values())
    return tuple(
        ConformanceLine(
            one.head, one.outline.course, facts.from_json(row) if (row := found.get(about[name])) else None
        )
        for name, one in sorted(every.items())
    )


# --- added ------------------------------------------------------------------------------------------------
def _fault(field: str, rule: str, **params: object) -> Finding:
    return Finding(rule, Severity.ERROR, Place(field), params)


def _faults(check: ManualCheck, known: Sequence[str], today: str) -> list[Finding]:
    """Judge what somebody says about a check by hand."""
    found = []
    if check.subject not in additions.SUBJECTS:
        found.append(_fault("subject", "conformance.subject-missing"))
    if not check.how.strip():
        found.append(_fault("how", "conformance.how-missing"))
    elif len(check.how) > additions.LONGEST_TEXT:
        found.append(_fault("how", "conformance.how-long", most=additions.LONGEST_TEXT))
    if not check.languages or set(check.languages) - set(known):
        found.append(_fault("languages", "conformance.language-missing"))
    if not additions.is_past_day(check.day, today):
        found.append(_fault("checked_on", "conformance.day"))
    if check.result not in additions.RESULTS:
        found.append(_fault("result", "conformance.result-missing"))
    return found


@command("conformance.note_manual", by=Who.AUTHOR, scoped=True)
def note_manual(
    context: Context, actor: Actor, course: str, check: ManualCheck, *, version: str = "", named: bool = False
) -> str:
    """Add a check that somebody made by hand to the record of a release; return its version.

    `named` lets the name of whoever did it be shown beside it; they may change that at any time.

    Raises: NotFound `course.unknown`, `release.unknown`; Invalid `conformance.check-wrong` with the fields;
    Unavailable `course.unreadable`, `release.not-here`.
    """
    with context.database.reading() as tx:
        found = _version(tx, context, actor, course, version)
        head = shelved_one(context, tx, course, found).head
    if faults := _faults(check, head.locales, context.today()):
        raise Invalid("conformance.check-wrong", faults)
    _add(context, actor, head, check, named=named)
    return found


def _add(
    context: Context,
    actor: Actor,
    head: ReleaseHead,
    row: ManualCheck | BrowserRun,
    *,
    named: bool = False,
) -> None:
    about = Subject(head.course, head.version, head.digest)
    kind = MANUAL if isinstance(row, ManualCheck) else BROWSER
    added = rows.Added(context.new_id(), kind, actor.person, named, context.now(), row.to_json())
    with context.database.writing() as tx:
        rows.add(tx, about, added)
        record(tx, context, actor, f"conformance.{kind}", f"{head.course} {head.version} {head.digest}")


@command("conformance.show_name", by=Who.MEMBER)
def show_name(context: Context, actor: Actor, check: str, *, shown: bool) -> None:
    """Let one's name be shown beside a check that one made, or not any more.

    Raises: NotFound `conformance.check-unknown` also for a check that somebody else made.
    """
    with context.database.writing() as tx:
        if not rows.show_name(tx, check, actor.person, shown=shown):
            raise NotFound("conformance.check-unknown")
        record(tx, context, actor, "conformance.show_name", f"{check} {int(shown)}")


@command("conformance.take_in", by=Who.ADMIN)
def take_in(context: Context, actor: Actor, course: str, results: object, *, version: str = "") -> BrowserRun:
    """Add what axe-core has found in a browser, on pages that showed this release; return what was read.

    Raises: NotFound `course.unknown`, `release.unknown`; Invalid `conformance.not-axe`,
    `conformance.other-page`, `conformance.day`; Unavailable `course.unreadable`, `release.not-here`.
    """
    with context.database.reading() as tx:
        found = _version(tx, context, actor, course, version)
        head = shelved_one(context, tx, course, found).head
    run = additions.read_axe(results, head.code, context.today())
    _add(context, actor, head, run)
    return run
