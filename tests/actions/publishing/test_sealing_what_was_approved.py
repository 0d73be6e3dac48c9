"""What is sealed is what was checked and approved, terms and laws included, whoever saves in between."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lms.actions.context import Context
from lms.actions.publishing import preparing
from lms.actions.publishing.preparing import SealRequest
from lms.content.files.files import sha256
from lms.content.site_folder import SiteFolder
from lms.core.errors import Conflict, NotFound
from lms.core.people.actors import SYSTEM, Actor, Role
from lms.core.publishing.site import FileChange, Sealing
from lms.storage.operations import audit
from tests.builders import a_context
from tests.builders_content import change, sample_site
from tests.builders_learning import SAMPLE, a_member, refused

LESSON = f"courses/{SAMPLE}/forms/draft/01-first-form.en.md"
GLOSSARY, REGISTER = "courses/glossary.yaml", "courses/legislation/register.yaml"
LAW, OTHER_LAW = "courses/legislation/sample-act.yaml", "courses/legislation/old-sample-act.yaml"
WISH = SealRequest("Sample team", {"en": "Clearer words.", "fr": "Des mots plus clairs."})
Meanwhile = Callable[[], None]


class Between(SiteFolder):
    """A site in which something happens once, at the beginning of a call."""

    def __init__(self, site: Path, call: str, meanwhile: Meanwhile) -> None:
        super().__init__(site)
        self._call, self._meanwhile = call, meanwhile

    def _happen(self, call: str) -> None:
        if call == self._call:
            self._call = ""
            self._meanwhile()

    def check(self, *given: Any) -> Any:
        self._happen("check")
        return super().check(*given)

    def languages(self, *given: Any) -> Any:
        self._happen("languages")
        return super().languages(*given)

    def seal(self, *given: Any) -> Any:
        self._happen("seal")
        return super().seal(*given)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return sample_site(tmp_path / "site")


@pytest.fixture
def context(tmp_path: Path, site: Path) -> Context:
    return a_context(tmp_path / "data", site=site)


@pytest.fixture
def author(context: Context) -> Actor:
    return a_member(context, "Ana", Role.AUTHOR)


def saved(context: Context) -> None:
    """Save a file as somebody else does, in another process."""
    old = context.library.draft_file(SAMPLE, LESSON)
    new = old.replace(b"Each question", b"Every question")
    context.library.save(SAMPLE, {LESSON: FileChange(new, sha256(old))})


def approved(context: Context) -> None:
    reviewer = a_member(context, "Sasha", Role.REVIEWER, Role.AUTHOR)
    seen = preparing.review(context, reviewer, SAMPLE)
    for locale in seen.languages:
        preparing.approve(context, reviewer, SAMPLE, locale, seen.digest)


def missing(context: Context, author: Actor) -> tuple[str, ...]:
    return preparing.review(context, author, SAMPLE).missing(author)


@pytest.mark.parametrize("call", ["check", "languages", "seal"])
def test_what_is_saved_after_the_approvals_were_looked_at_is_not_sealed(
    context: Context, author: Actor, site: Path, call: str
) -> None:
    approved(context)
    admin = a_member(context, "Alex", Role.ADMIN)
    hasty = Between(site, call, lambda: saved(context))
    with refused(Conflict, "draft.changed"):
        preparing.seal(replace(context, library=hasty), admin, SAMPLE, "1.1.0", WISH)
    assert context.library.versions(SAMPLE) == ("1.0.0",)
    assert missing(context, author) == ("en", "fr")
    with context.database.reading() as tx:
        assert not any(one.deed == "publishing.seal" for one in audit.trail(tx))


@pytest.mark.parametrize(
    ("file", "find", "put"),
    [(GLOSSARY, "A question that", "Any question that"), (LAW, "can sit down", "may sit down")],
)
def test_a_term_or_law_that_changes_meanwhile_is_not_sealed_in(
    context: Context, site: Path, file: str, find: str, put: str
) -> None:
    approved(context)
    admin = a_member(context, "Alex", Role.ADMIN)
    hasty = Between(site, "seal", lambda: change(site, file, find, put))
    with refused(Conflict, "draft.changed"):
        preparing.seal(replace(context, library=hasty), admin, SAMPLE, "1.1.0", WISH)
    assert context.library.versions(SAMPLE) == ("1.0.0",)


def _sealed(context: Context) -> None:
    """Seal as somebody else does, in another process."""
    context.library.seal(SAMPLE, "1.1.0", Sealing(WISH.by, WISH.why, context.today(), parent="1.0.0"))


def test_what_another_sealed_meanwhile_is_looked_at_before_anything_follows(context: Context) -> None:
    saved(context)
    alone = replace(WISH, unapproved=True)
    hasty = Between(context.settings.site, "seal", lambda: _sealed(context))
    with refused(Conflict, "release.cannot-follow"):
        preparing.seal(replace(context, library=hasty), SYSTEM, SAMPLE, "1.2.0", alone)
    assert context.library.versions(SAMPLE) == ("1.0.0", "1.1.0")
    again = Between(context.settings.site, "seal", lambda: _sealed(context))
    assert preparing.seal(replace(context, library=again), SYSTEM, SAMPLE, "1.1.0", alone).was_there


class Watched(SiteFolder):
    """A site that notes whether anybody could save each time that a release is put together."""

    held: list[bool]

    def assembled(self, *given: Any) -> Any:
        handle = os.open(self.files.root / "courses" / SAMPLE, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.held.append(False)
        except BlockingIOError:
            self.held.append(True)
        finally:
            os.close(handle)
        return super().assembled(*given)


def test_nobody_saves_while_a_course_is_being_sealed(context: Context, site: Path) -> None:
    saved(context)
    watched = Watched(site)
    watched.held = []
    preparing.seal(replace(context, library=watched), SYSTEM, SAMPLE, "1.1.0", replace(WISH, unapproved=True))
    assert watched.held == [False, False, True, True], (
        "the digest is taken before, and what it follows; then it is sealed, and looked again"
    )


def test_a_course_that_is_not_there_cannot_be_sealed_again(context: Context) -> None:
    with refused(NotFound, "course.unknown"):
        preparing.seal(context, SYSTEM, "gone", "1.1.0", replace(WISH, source="1.0.0"))


@pytest.mark.parametrize(
    "edit",
    [
        (GLOSSARY, "A question that leaves", "Any question that leaves"),
        (LAW, "People who wait", "Everyone who waits"),
        (REGISTER, 'as_of: "2026-11-22"', 'as_of: "2026-11-23"'),
    ],
)
def test_an_approval_lapses_when_a_term_or_law_of_the_draft_changes(
    context: Context, author: Actor, site: Path, edit: tuple[str, str, str]
) -> None:
    (file, find, put) = edit
    approved(context)
    assert missing(context, author) == ()
    before = preparing.review(context, author, SAMPLE).digest
    change(site, file, find, put)
    assert preparing.review(context, author, SAMPLE).digest != before
    assert missing(context, author) == ("en", "fr")
    change(site, file, put, find)
    assert missing(context, author) == (), "the very same draft"


@pytest.mark.parametrize("file", [GLOSSARY, LAW, REGISTER, OTHER_LAW])
def test_an_approval_stays_when_nothing_changes_that_would_be_sealed_in(
    context: Context, author: Actor, site: Path, file: str
) -> None:
    approved(context)
    (site / file).write_bytes((site / file).read_bytes() + b"# A note among authors\n")
    change(site, OTHER_LAW, "Old Sample Act", "The Old Sample Act")  # no lesson names it
    assert missing(context, author) == ()
