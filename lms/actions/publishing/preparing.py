"""Preparing a release: save a draft, approve it, seal it. Adopting and activating are `adopting`.

Four acts of a named actor, each in the audit trail. Files come first: a seal that is there already with the
same contents is accepted again, so a failed second step is simply done once more. An approval is for one
draft (by digest) in one language and lapses by itself when the draft changes, or a term or law that it would
seal in. Whoever seals cannot be the one who approved; at the terminal of the machine a release may be sealed
without approvals, and the trail says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zlib import compress

from lms.actions.action import Who, command, query, record
from lms.actions.context import Context
from lms.actions.legislation.dossiers import require_settled_statements
from lms.actions.publishing import conformance, states
from lms.actions.publishing.answered import on_record
from lms.actions.publishing.basis import followed
from lms.actions.publishing.reach import require_course
from lms.actions.publishing.translations import unchecked
from lms.actions.publishing.writers import writers
from lms.content.seals.trees import tree_of
from lms.core.checks.conformance import sealed_text
from lms.core.checks.conformance.facts import Checked
from lms.core.courses.course import Release
from lms.core.courses.findings import Finding, Severity
from lms.core.errors import Conflict, Invalid, NotFound, Unavailable
from lms.core.people.actors import SYSTEM, Actor, Role
from lms.core.publishing.activations import Approval
from lms.core.publishing.site import Sealing
from lms.storage.operations import tasks
from lms.storage.people import grants
from lms.storage.publishing import approvals, releases, reviews

NOT_COMMITTED = "site-not-committed"


@dataclass(frozen=True, slots=True)
class Sealed:
    """What sealing has done; `was_there` when the very same seal was there already."""

    course: str
    version: str
    digest: str
    was_there: bool


@dataclass(frozen=True, slots=True)
class SealRequest:
    """What whoever seals says: who answers for it, and why, for learners, by language.

    `source` names an earlier version whose contents are sealed again; `parent` the version that the draft
    follows (as its words tell when empty); `unapproved` seals without the approval
    of another person, which only the terminal may. `alone` is why an author who is the only one publishes
    without anybody else's approval, in the language `locale`.
    """

    by: str
    why: Mapping[str, str]
    source: str = ""
    parent: str = ""
    unapproved: bool = False
    alone: str = ""
    locale: str = "en"


@dataclass(frozen=True, slots=True)
class Review:
    """How a draft stands: its digest, the languages that it must have, and who has approved which of them."""

    digest: str
    languages: tuple[str, ...]
    given: tuple[Approval, ...]

    def missing(self, actor: Actor) -> tuple[str, ...]:
        """List the languages that nobody but this actor has approved."""
        done = {one.locale for one in self.given if one.person != actor.person}
        return tuple(locale for locale in self.languages if locale not in done)


@command("publishing.save_draft", by=Who.AUTHOR)
def save_draft(
    context: Context, actor: Actor, course: str, file: str, content: bytes, *, expected: str
) -> str:
    """Save a file of a draft if nobody changed it since it was read; return its new digest.

    `expected` is the digest at which it was read, empty for a file that is not there yet. What is wrong with
    the words never keeps anybody from saving.

    Raises: NotFound `course.unknown`, `draft.unknown-file`; Conflict `draft.changed`; Unavailable
    `disk.write-failed`.
    """
    written = states.write(context, course, file, content, expected=expected)
    with context.database.writing() as tx:
        states.note(tx, context, actor, (written,), "publishing.save_draft")
    return written.digest


def _review(context: Context, course: str, digest: str) -> Review:
    languages = context.library.languages(course)
    with context.database.reading() as tx:
        return Review(digest, languages, approvals.of_draft(tx, course, digest))


@query("publishing.review", by=Who.STAFF, scoped=True)
def review(context: Context, actor: Actor, course: str) -> Review:
    """Return how a draft stands, and who has approved it as it stands.

    Raises: NotFound `course.unknown`; Invalid `draft.not-whole`.
    """
    require_course(actor, context, Who.STAFF, course)
    return _review(context, course, context.library.draft_digest(course))


@command("publishing.approve", by=Who.REVIEWER, scoped=True)
def approve(context: Context, actor: Actor, course: str, locale: str, digest: str) -> bool:
    """Approve a draft in one language, at the digest at which it was read; return False when that was done.

    The draft is kept as it was read, so that later it can be said which words changed since.

    Raises: NotFound `course.unknown`; Invalid `draft.not-whole`, `draft.locale-unknown`; Conflict
    `draft.changed`, `draft.own-words`; Unavailable `blob.unavailable`.
    """
    require_course(actor, context, Who.REVIEWER, course)
    languages = context.library.languages(course)
    if locale not in languages:
        raise Invalid("draft.locale-unknown", course=course, locale=locale)
    require_course(actor, context, Who.REVIEWER, course, locale)
    if digest != context.library.draft_digest(course):
        raise Conflict("draft.changed", file=course)
    with context.database.reading() as tx:
        wrote = writers(context, tx, course, languages)
    if actor.person in wrote[locale]:
        raise Conflict("draft.own-words", course=course, locale=locale)
    text = context.blobs.put(compress(tree_of(context.library.preview(course))))
    given = Approval(course, locale, digest, actor.person, context.now(), text)
    with context.database.writing() as tx:
        fresh = approvals.add(tx, context.new_id(), given)
        if fresh:
            record(tx, context, actor, "publishing.approve", f"{course} {locale} {digest}")
    return fresh


def grave(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that keep a draft from being sealed."""
    return tuple(one for one in findings if one.severity is Severity.ERROR)


@command("publishing.seal", by=Who.ADMIN)
def seal(context: Context, actor: Actor, course: str, version: str, wish: SealRequest) -> Sealed:
    """Seal the draft of a course as a version, or what an earlier version said: the honest way back.

    What is sealed is what was checked and approved: its digest is taken first, and compared again while
    nobody can save.

    Raises: NotFound `course.unknown`, `release.unknown`; Invalid `release.version-form`, `release.findings`,
    `release.reason-missing`, `release.version-too-low`, `draft.not-whole`, `release.broken-seal`; Conflict
    `release.already-sealed`, `release.unchanged`, `release.nothing-to-go-back-to`, `release.not-approved`,
    `release.dossier-open`, `release.not-alone`, `release.translations-unchecked`, `release.cannot-follow`,
    `release.undoes-parent`, `draft.changed`; Unavailable `disk.write-failed`.
    """
    findings, lacking, digest = tuple[Finding, ...](), tuple[str, ...](), ""
    if not wish.source:
        digest = context.library.draft_digest(course)
        findings = context.library.check(course, context.today())
        if errors := grave(findings):
            raise Invalid("release.findings", errors, course=course)
        reviewed = _review(context, course, digest)
        require_settled_statements(context, course, reviewed.languages)
        lacking = _lacking(context, actor, course, digest, wish)
    else:
        _require_alternatives(context, course, wish.source)
    newest = "".join(context.library.versions(course)[-1:])
    parent = _parent(context, course, wish)
    with context.database.reading() as tx:
        typos = frozenset(reviews.typos(tx, course))
    said = Sealing(wish.by, wish.why, context.today(), wish.source, parent, digest, typos, newest)
    was_there = context.library.seal(course, version, said, findings)
    release = context.library.release(course, version)
    checked = _on_record(context, release, wish, findings)
    with context.database.writing() as tx:
        if lacking and wish.alone.strip():
            told = wish.alone.strip()
            reviews.add_unread(tx, course, version, told, wish.locale, by=actor.person, now=context.now())
        about = f"{course} {version} {release.digest}{_unapproved(wish, lacking)}"
        record(tx, context, actor, "publishing.seal", about)
        conformance.keep(tx, context, release, checked, fresh=False)
    _commit(context, actor, course, version)
    return Sealed(course, version, release.digest, was_there)


def _require_alternatives(context: Context, course: str, source: str) -> None:
    """Refuse to seal again what must not be published: an earlier program may have sealed it."""
    if course not in context.library.courses():
        raise NotFound("course.unknown", course=course)
    earlier = sealed_text.faults(context.library.release(course, source))
    if lacking := sealed_text.lacking(earlier):
        raise Invalid("release.findings", lacking, course=course)


def _on_record(
    context: Context, release: Release, wish: SealRequest, findings: tuple[Finding, ...]
) -> Checked:
    """Return what was checked: the draft, or for an earlier version the sealed text alone."""
    if wish.source:
        return conformance.of_sealed(context, release)
    return conformance.of_draft(context, release, findings, on_record(context, release.course.id, findings))


def _lacking(context: Context, actor: Actor, course: str, digest: str, wish: SealRequest) -> tuple[str, ...]:
    """Return the languages in which nobody else has approved, where it may be sealed all the same.

    The terminal of the machine may, and so may an author who is the only one, with a reason.

    Raises: Conflict `release.not-approved`, `release.not-alone`, `release.translations-unchecked`,
    `draft.changed`.
    """
    lacking = _review(context, course, digest).missing(actor)
    if wish.unapproved and actor is SYSTEM:
        return lacking
    if lacking and not wish.alone.strip():
        raise Conflict("release.not-approved", course=course, locales=", ".join(lacking))
    if waiting := unchecked(context, course):
        if context.library.draft_digest(course) != digest:
            raise Conflict("draft.changed", file=course)
        raise Conflict("release.translations-unchecked", course=course, count=waiting)
    if not lacking:
        return ()
    with context.database.reading() as tx:
        others = grants.others(tx, Role.REVIEWER, actor.person)
    if others:
        raise Conflict("release.not-alone", course=course, locales=", ".join(lacking))
    return lacking


def _commit(context: Context, actor: Actor, course: str, version: str) -> None:
    """Note the publish in the history of the site; what fails there opens a task and undoes nothing."""
    about = f"{course} {version}"
    try:
        context.library.commit(course, f"Publish {about}", actor.person)
    except Unavailable:
        with context.database.writing() as tx:
            tasks.open_task(tx, context.new_id(), NOT_COMMITTED, about, now=context.now())


def _parent(context: Context, course: str, wish: SealRequest) -> str:
    """Return what is followed: by the way back the current release, not one that nobody published."""
    if not wish.source:
        return followed(context, context.library.preview(course), wish.parent)
    with context.database.reading() as tx:
        return releases.current(tx, course, context.now())


def _unapproved(wish: SealRequest, lacking: tuple[str, ...]) -> str:
    """Note in the trail what was not looked at by anybody else."""
    if wish.source:
        return f" from {wish.source}"
    return f" unapproved: {' '.join(lacking)}" if lacking else ""
