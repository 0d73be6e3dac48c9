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

from lms.actions.action import Who, command, query, record
from lms.actions.context import Context
from lms.core.courses.findings import Finding, Severity
from lms.core.errors import Conflict, Invalid
from lms.core.people.actors import SYSTEM, Actor
from lms.core.publishing.activations import Approval
from lms.core.publishing.site import Sealing
from lms.storage.publishing import approvals, releases


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

    `source` names an earlier version whose contents are sealed again; `unapproved` seals without the approval
    of another person, which only the terminal may.
    """

    by: str
    why: Mapping[str, str]
    source: str = ""
    unapproved: bool = False


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
    digest = context.library.save(course, file, content, expected=expected)
    with context.database.writing() as tx:
        record(tx, context, actor, "publishing.save_draft", f"{file} {digest}")
    return digest


def _review(context: Context, course: str, digest: str) -> Review:
    languages = context.library.languages(course)
    with context.database.reading() as tx:
        return Review(digest, languages, approvals.of_draft(tx, course, digest))


@query("publishing.review", by=Who.AUTHOR)
def review(context: Context, actor: Actor, course: str) -> Review:
    """Return how a draft stands, and who has approved it as it stands.

    Raises: NotFound `course.unknown`; Invalid `draft.not-whole`.
    """
    return _review(context, course, context.library.draft_digest(course))


@command("publishing.approve", by=Who.REVIEWER)
def approve(context: Context, actor: Actor, course: str, locale: str, digest: str) -> bool:
    """Approve a draft in one language, at the digest at which it was read; return False when that was done.

    Raises: NotFound `course.unknown`; Invalid `draft.not-whole`, `draft.locale-unknown`; Conflict
    `draft.changed`.
    """
    if locale not in context.library.languages(course):
        raise Invalid("draft.locale-unknown", course=course, locale=locale)
    if digest != context.library.draft_digest(course):
        raise Conflict("draft.changed", file=course)
    given = Approval(course, locale, digest, actor.person, context.now())
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
    `draft.changed`; Unavailable `disk.write-failed`.
    """
    findings, lacking, digest = tuple[Finding, ...](), tuple[str, ...](), ""
    if not wish.source:
        digest = context.library.draft_digest(course)
        findings = context.library.check(course, context.today())
        if errors := grave(findings):
            raise Invalid("release.findings", errors, course=course)
        lacking = _review(context, course, digest).missing(actor)
        if lacking and not (wish.unapproved and actor is SYSTEM):
            raise Conflict("release.not-approved", course=course, locales=", ".join(lacking))
    parent = _current(context, course) if wish.source else ""
    said = Sealing(wish.by, wish.why, context.today(), wish.source, parent, digest)
    was_there = context.library.seal(course, version, said, findings)
    sealed = context.library.release(course, version).digest
    with context.database.writing() as tx:
        about = f"{course} {version} {sealed}{_unapproved(wish, lacking)}"
        record(tx, context, actor, "publishing.seal", about)
    return Sealed(course, version, sealed, was_there)


def _current(context: Context, course: str) -> str:
    """Return what the way back follows: the release that is current, not one that nobody published."""
    with context.database.reading() as tx:
        return releases.current(tx, course, context.now())


def _unapproved(wish: SealRequest, lacking: tuple[str, ...]) -> str:
    """Note in the trail what was not looked at by anybody else."""
    if wish.source:
        return f" from {wish.source}"
    return f" unapproved: {' '.join(lacking)}" if lacking else ""
