"""The review of a draft: who may approve it, who has, and which words changed since; typos; what is unread.

An approval is for one digest and one language, and nobody approves their own words. It lapses by itself when
the draft changes; the draft that was read is kept, so that it can be said what is new. Giving an approval and
sealing are `preparing`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from zlib import decompress, error

from lms.actions.action import Who, command, query, record, scope_for
from lms.actions.context import Context
from lms.actions.publishing.basis import parent_of
from lms.actions.publishing.reach import require_course
from lms.actions.publishing.writers import writers
from lms.content.seals.trees import release_in
from lms.core.courses.course import Release
from lms.core.courses.findings import Finding, Severity
from lms.core.errors import NotFound, Unavailable
from lms.core.people.actors import Actor, Extent
from lms.core.publishing.activations import Approval
from lms.core.publishing.change import ChangeClass, change_between, least_version
from lms.core.publishing.comparing.differences import Difference, between
from lms.core.publishing.comparing.reasons import TypoCandidate, Weighty, typo_candidates, weighty
from lms.storage.people import persons
from lms.storage.publishing import approvals, reviews
from lms.storage.publishing.reviews import UnreadRelease


@dataclass(frozen=True, slots=True)
class LanguageReview:
    """How one language of a draft stands: who wrote what is new, who has approved, what changed since."""

    locale: str
    writers: tuple[str, ...]
    given: tuple[Approval, ...]
    lapsed: Approval | None
    since: Difference | None
    may: bool
    wrote: bool


@dataclass(frozen=True, slots=True)
class DraftReview:
    """Everything that a reviewer needs; `names` are those of the people who are named, as far as they are."""

    release: Release
    digest: str
    parent: str
    languages: tuple[LanguageReview, ...]
    findings: tuple[Finding, ...]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DraftChange:
    """How much a draft changes: the class, the smallest honest version, and the blocks that make it so.

    `newer` is a sealed version that is newer than what the draft follows, if there is one.
    """

    parent: str
    change: ChangeClass | None
    least: str
    weighty: Mapping[str, tuple[Weighty, ...]]
    typos: tuple[TypoCandidate, ...]
    marked: Mapping[str, str]
    newer: str = ""

    @property
    def important(self) -> str:
        """Return a number that calls it important; '' where it is so already, or the first version."""
        if self.change in {None, ChangeClass.MATERIAL}:
            return ""
        return least_version(self.parent, ChangeClass.MATERIAL)


def _kept(context: Context, one: Approval) -> Release | None:
    """Return the draft as it was read; None where it is not kept any more."""
    try:
        return release_in(decompress(context.blobs.get(one.text))) if one.text else None
    except (NotFound, Unavailable, error, ValueError, RecursionError, json.JSONDecodeError):
        return None


def _language(
    context: Context, actor: Actor, draft: Release, locale: str, facts: tuple[str, frozenset[str]]
) -> LanguageReview:
    digest, wrote = facts
    course = draft.course.id
    with context.database.reading() as tx:
        given = tuple(one for one in approvals.of_draft(tx, course, digest) if one.locale == locale)
        last = approvals.newest(tx, course, locale)
    lapsed = last if last and not given and last.digest != digest else None
    read = _kept(context, lapsed) if lapsed else None
    may = scope_for(actor, Who.REVIEWER).covers(Extent(course=course, locale=locale))
    return LanguageReview(
        locale,
        tuple(sorted(wrote)),
        given,
        lapsed,
        between(read, draft, locale) if read else None,
        may and actor.person not in wrote and all(one.person != actor.person for one in given),
        actor.person in wrote,
    )


def names_of(context: Context, people: frozenset[str]) -> dict[str, str]:
    """Return what people are called; whoever has no account any more is left out."""
    with context.database.reading() as tx:
        found = {person: persons.profile_of(tx, person) for person in sorted(people)}
    return {person: profile.name for person, profile in found.items() if profile}


@query("reviewing.draft", by=Who.STAFF, scoped=True)
def draft_review(context: Context, actor: Actor, course: str) -> DraftReview:
    """Return how the review of a draft stands, in each language that it must have.

    Raises: NotFound `course.unknown`; Invalid `draft.not-whole`.
    """
    require_course(actor, context, Who.STAFF, course)
    digest, draft = context.library.draft_digest(course), context.library.preview(course)
    locales = draft.course.required_locales
    with context.database.reading() as tx:
        wrote, parent = writers(context, tx, course, locales), parent_of(context, tx, draft)
    found = tuple(_language(context, actor, draft, locale, (digest, wrote[locale])) for locale in locales)
    people = {person for one in found for person in one.writers}
    people |= {one.person for language in found for one in (*language.given, language.lapsed) if one}
    findings = context.library.check(course, context.today())
    grave = tuple(one for one in findings if one.severity is Severity.ERROR)
    return DraftReview(draft, digest, parent, found, grave, names_of(context, frozenset(people)))


@query("reviewing.change", by=Who.STAFF, scoped=True)
def draft_change(context: Context, actor: Actor, course: str) -> DraftChange:
    """Return how much a draft changes for somebody who learns from what it follows, and why.

    Raises: NotFound `course.unknown`; Invalid `draft.not-whole`, `release.broken-seal`.
    """
    require_course(actor, context, Who.STAFF, course)
    return _change(context, course)


def _change(context: Context, course: str) -> DraftChange:
    draft = context.library.preview(course)
    with context.database.reading() as tx:
        marked, parent = reviews.typos(tx, course), parent_of(context, tx, draft)
    if not parent:
        return DraftChange("", None, "1.0.0", {}, (), marked)
    old = context.library.release(course, parent)
    change = change_between(old, draft, frozenset(marked))
    locales = (*draft.course.required_locales, *draft.course.offered_locales)
    found = {locale: between(old, draft, locale) for locale in locales}
    alone = any(weighty(one, old, draft, change, alone=True) for one in found.values())
    heavy = {locale: weighty(one, old, draft, change, alone=alone) for locale, one in found.items()}
    versions, least = context.library.versions(course), least_version(parent, change)
    while least in versions:
        least = least_version(least, ChangeClass.EDITORIAL)
    newer = versions[-1] if versions[-1] != parent else ""
    return DraftChange(parent, change, least, heavy, tuple(typo_candidates(old, draft)), marked, newer)


@command("reviewing.mark_typo", by=Who.AUTHOR, scoped=True)
def mark_typo(context: Context, actor: Actor, course: str, digest: str, *, undo: bool = False) -> bool:
    """Say that nothing but the writing changed in a block, or take that back; return whether it was new.

    The class of the change follows from it, so the name of whoever says so is kept with it.

    Raises: NotFound `course.unknown`, `draft.block-unknown`; Invalid `draft.not-whole`.
    """
    require_course(actor, context, Who.AUTHOR, course, "")
    candidates = _change(context, course).typos
    if not undo and digest not in {one.digest for one in candidates}:
        raise NotFound("draft.block-unknown", course=course)
    with context.database.writing() as tx:
        if undo:
            fresh = reviews.unmark_typo(tx, course, digest)
        else:
            fresh = reviews.mark_typo(tx, course, digest, by=actor.person, now=context.now())
        if fresh:
            record(tx, context, actor, "reviewing.mark_typo", f"{course} {digest}{' undone' if undo else ''}")
    return fresh


@command("reviewing.read_release", by=Who.REVIEWER, scoped=True)
def read_release(context: Context, actor: Actor, course: str, version: str) -> bool:
    """Note that somebody else has read a release that its only author had published.

    Raises: NotFound `course.unknown`, `release.nothing-to-read`.
    """
    require_course(actor, context, Who.REVIEWER, course, "")
    with context.database.writing() as tx:
        if not reviews.read(tx, course, version, by=actor.person, now=context.now()):
            raise NotFound("release.nothing-to-read", course=course, version=version)
        record(tx, context, actor, "reviewing.read_release", f"{course} {version}")
    return True


@query("reviewing.unread", by=Who.ANYONE)
def unread(context: Context, actor: Actor, course: str) -> Mapping[str, UnreadRelease]:
    """Return which versions of a course its only author has published, with the reason, by version."""
    with context.database.reading() as tx:
        return reviews.unread(tx, course)
