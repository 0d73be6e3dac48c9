"""Preparing a release is four acts of a named actor, each in the audit trail."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from lms.actions.catalogue import reading
from lms.actions.context import Context
from lms.actions.publishing import adopting, preparing
from lms.actions.publishing.preparing import SealRequest
from lms.content.site_folder import SiteFolder
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from lms.core.people.actors import NOBODY, SYSTEM, Actor, Role
from lms.storage.operations import audit
from tests.builders import a_context
from tests.builders_content import change, sample_site
from tests.builders_drafts import vouch_for_all
from tests.builders_learning import SAMPLE, SAMPLE_CODE, a_member, refused

LESSON = f"courses/{SAMPLE}/forms/draft/01-first-form.en.md"
WHY = {"en": "Clearer words.", "fr": "Des mots plus clairs."}
WISH = SealRequest("Sample team", WHY, unapproved=True)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return sample_site(tmp_path / "site")


@pytest.fixture
def context(tmp_path: Path, site: Path) -> Context:
    """Return a desk whose site may be written."""
    made = a_context(tmp_path / "data", site=site)
    adopting.adopt(made, SYSTEM, SAMPLE, "1.0.0")
    return made


@pytest.fixture
def author(context: Context) -> Actor:
    return a_member(context, "Ana", Role.AUTHOR)


@pytest.fixture
def reviewer(context: Context) -> Actor:
    return a_member(context, "Rémi", Role.REVIEWER, Role.AUTHOR)


def trail(context: Context) -> list[tuple[str, str, str]]:
    with context.database.reading() as tx:
        return [(one.actor, one.deed, one.object) for one in audit.trail(tx)]


def edited(context: Context, author: Actor, find: str = "Each question", put: str = "Every question") -> str:
    old = context.library.draft_file(SAMPLE, LESSON)
    content = old.replace(find.encode(), put.encode())
    assert content != old
    expected = sha256(old).hexdigest()
    return preparing.save_draft(context, author, SAMPLE, LESSON, content, expected=expected)


# --- saving -------------------------------------------------------------------------------------------
def test_a_file_is_saved_if_nobody_changed_it_since_it_was_read(
    context: Context, author: Actor, site: Path
) -> None:
    before = (site / LESSON).read_bytes()
    digest = edited(context, author)
    assert sha256((site / LESSON).read_bytes()).hexdigest() == digest
    assert (author.person, "publishing.save_draft", f"{LESSON} {digest}") in trail(context)
    with refused(Conflict, "draft.changed"):
        preparing.save_draft(context, author, SAMPLE, LESSON, b"mine", expected=sha256(before).hexdigest())
    assert sha256((site / LESSON).read_bytes()).hexdigest() == digest


def test_saving_the_same_again_is_accepted(context: Context, author: Actor) -> None:
    old = context.library.draft_file(SAMPLE, LESSON)
    for _ in range(2):
        preparing.save_draft(context, author, SAMPLE, LESSON, b"# New\n", expected=sha256(old).hexdigest())
    assert context.library.draft_file(SAMPLE, LESSON) == b"# New\n"


def test_a_new_file_is_expected_not_to_be_there(context: Context, author: Actor) -> None:
    file = f"courses/{SAMPLE}/forms/draft/media/new.svg"
    assert context.library.draft_file(SAMPLE, file) == b""
    preparing.save_draft(context, author, SAMPLE, file, b"<svg/>", expected="")
    with refused(Conflict, "draft.changed"):
        preparing.save_draft(context, author, SAMPLE, file, b"<svg></svg>", expected="")


@pytest.mark.parametrize(
    "file",
    [
        f"courses/{SAMPLE}/forms/1.0.0/module.yaml",
        f"courses/{SAMPLE}/releases/1.0.0.yaml",
        f"courses/{SAMPLE}/forms/draft/../../course.yaml",
        f"courses/{SAMPLE}/forms/draft/.hidden",
        "courses/glossary.yaml",
        "/etc/passwd",
        "",
    ],
)
def test_only_a_draft_is_written(context: Context, author: Actor, file: str) -> None:
    with refused(NotFound, "draft.unknown-file"):
        preparing.save_draft(context, author, SAMPLE, file, b"x", expected="")
    with refused(NotFound, "draft.unknown-file"):
        context.library.draft_file(SAMPLE, file)


def test_who_may_do_what(context: Context, author: Actor, reviewer: Actor) -> None:
    admin = a_member(context, "Alex", Role.ADMIN)
    digest = preparing.review(context, author, SAMPLE).digest
    with refused(NotAllowed, "deed.not-allowed"):
        preparing.save_draft(context, admin, SAMPLE, LESSON, b"x", expected="")
    with refused(NotAllowed, "deed.not-allowed"):
        preparing.approve(context, author, SAMPLE, "en", digest)
    with refused(NotAllowed, "deed.not-allowed"):
        preparing.seal(context, reviewer, SAMPLE, "1.1.0", WISH)
    for deed in (preparing.review, lambda one, who, course: preparing.approve(one, who, course, "en", "x")):
        with refused(NotFound, "course.unknown"):
            deed(context, reviewer, "gone")


# --- approving ----------------------------------------------------------------------------------------
def test_an_approval_is_for_one_draft_in_one_language_and_lapses(
    context: Context, author: Actor, reviewer: Actor
) -> None:
    edited(context, author)
    seen = preparing.review(context, author, SAMPLE)
    assert (seen.languages, seen.given, seen.missing(author)) == (("en", "fr"), (), ("en", "fr"))
    assert preparing.approve(context, reviewer, SAMPLE, "fr", seen.digest)
    assert not preparing.approve(context, reviewer, SAMPLE, "fr", seen.digest)
    now = preparing.review(context, author, SAMPLE)
    assert ([one.locale for one in now.given], now.missing(author)) == (["fr"], ("en",))
    assert now.missing(reviewer) == ("en", "fr"), "nobody approves for themselves"
    edited(context, author, "Every question", "Any question")
    assert preparing.review(context, author, SAMPLE).given == ()
    with refused(Conflict, "draft.changed"):
        preparing.approve(context, reviewer, SAMPLE, "en", seen.digest)
    edited(context, author, "Any question", "Every question")
    assert preparing.review(context, author, SAMPLE).digest == seen.digest
    assert len(preparing.review(context, author, SAMPLE).given) == 1, "the very same draft"
    assert [deed for _, deed, _ in trail(context)].count("publishing.approve") == 1


def test_a_language_that_a_course_is_not_written_in_cannot_be_approved(
    context: Context, reviewer: Actor
) -> None:
    digest = preparing.review(context, reviewer, SAMPLE).digest
    with refused(Invalid, "draft.locale-unknown"):
        preparing.approve(context, reviewer, SAMPLE, "de", digest)


def test_a_draft_that_cannot_be_read_cannot_be_reviewed(context: Context, author: Actor, site: Path) -> None:
    (site / f"courses/{SAMPLE}/course.yaml").write_text("id: [")
    with refused(Invalid, "draft.not-whole"):
        preparing.review(context, author, SAMPLE)


@pytest.mark.parametrize("part", ["course.yaml", "forms/draft/module.yaml", "welcome/draft/media/door.svg"])
def test_every_part_of_a_draft_counts(context: Context, site: Path, part: str) -> None:
    before = context.library.draft_digest(SAMPLE)
    path = site / "courses" / SAMPLE / part
    path.write_bytes(path.read_bytes() + b"\n")
    assert context.library.draft_digest(SAMPLE) != before
    (site / "courses" / SAMPLE / "forms/draft/vouched.yaml").write_text("x")
    path.write_bytes(path.read_bytes()[:-1])
    assert context.library.draft_digest(SAMPLE) == before


# --- sealing ------------------------------------------------------------------------------------------
def test_sealing_asks_for_another_persons_approval(context: Context, author: Actor, reviewer: Actor) -> None:
    admin = a_member(context, "Alex", Role.ADMIN, Role.REVIEWER)
    edited(context, author)
    digest = preparing.review(context, author, SAMPLE).digest
    wish = replace(WISH, unapproved=False)
    for locale in ("en", "fr"):
        preparing.approve(context, admin, SAMPLE, locale, digest)
    for asked in (wish, WISH):  # only the terminal may do without
        with pytest.raises(Conflict) as caught:
            preparing.seal(context, admin, SAMPLE, "1.1.0", asked)
        assert (caught.value.code, caught.value.params["locales"]) == ("release.not-approved", "en, fr")
    with refused(Conflict, "release.not-approved"):
        preparing.seal(
            replace(context, library=SiteFolder(context.settings.site)), admin, SAMPLE, "1.1.0", wish
        )
    assert "1.1.0" not in context.library.versions(SAMPLE)
    for locale in ("en", "fr"):
        preparing.approve(context, reviewer, SAMPLE, locale, digest)
    with refused(Conflict, "release.translations-unchecked"):
        preparing.seal(context, admin, SAMPLE, "1.1.0", wish)
    vouch_for_all(context, author)
    done = preparing.seal(context, admin, SAMPLE, "1.1.0", wish)
    assert not done.was_there
    assert (admin.person, "publishing.seal", f"{SAMPLE} 1.1.0 {done.digest}") in trail(context)


def test_at_the_terminal_the_trail_says_what_nobody_approved(context: Context, author: Actor) -> None:
    edited(context, author)
    done = preparing.seal(context, SYSTEM, SAMPLE, "1.1.0", WISH)
    again = preparing.seal(context, SYSTEM, SAMPLE, "1.1.0", WISH)
    assert (again.was_there, again.digest) == (True, done.digest)
    assert ("system", "publishing.seal", f"{SAMPLE} 1.1.0 {done.digest} unapproved: en fr") in trail(context)
    assert not any("Sample team" in about for _, _, about in trail(context)), "a name is never in the trail"


def test_a_draft_with_errors_is_not_sealed_and_nothing_is_noted(context: Context, site: Path) -> None:
    change(site, f"courses/{SAMPLE}/course.yaml", "pass_mark: 80", "pass_mark: 800")
    before = trail(context)
    with refused(Invalid, "release.findings"):
        preparing.seal(context, SYSTEM, SAMPLE, "2.0.0", WISH)
    assert trail(context) == before


# --- the way back ----------------------------------------------------------------------------------------
def with_a_newer_one(context: Context, author: Actor) -> None:
    edited(context, author)
    preparing.seal(context, SYSTEM, SAMPLE, "1.1.0", WISH)
    context.now.move(minutes=1)  # type: ignore[attr-defined]  # the clock of tests
    adopting.adopt(context, SYSTEM, SAMPLE, "1.1.0")
    context.now.move(minutes=1)  # type: ignore[attr-defined]  # the clock of tests


def test_the_way_back_is_a_new_release_with_the_old_words(context: Context, author: Actor) -> None:
    with_a_newer_one(context, author)
    with pytest.raises(Conflict) as caught:
        adopting.adopt(context, SYSTEM, SAMPLE, "1.0.0")
    number = str(caught.value.params["next"])
    assert number == "1.2.0"
    back = replace(WISH, source="1.0.0", why={"en": "The old words again.", "fr": "Les anciens mots."})
    done = preparing.seal(context, SYSTEM, SAMPLE, number, back)
    assert ("system", "publishing.seal", f"{SAMPLE} 1.2.0 {done.digest} from 1.0.0") in trail(context)
    old, new = context.library.release(SAMPLE, "1.0.0"), context.library.release(SAMPLE, number)
    assert (new.modules, new.course, new.terms, new.laws) == (old.modules, old.course, old.terms, old.laws)
    assert (new.parent, new.change, new.why["en"]) == ("1.1.0", "informative", "The old words again.")
    assert context.library.verify(SAMPLE, number) == ()
    fresh = replace(context, library=SiteFolder(context.settings.site))
    assert fresh.library.release(SAMPLE, number) == new
    adopting.adopt(fresh, SYSTEM, SAMPLE, number)
    context.now.move(minutes=1)  # type: ignore[attr-defined]  # the clock of tests
    page = reading.course(context, NOBODY, SAMPLE_CODE)
    assert [one.version for one in page.changes] == ["1.2.0", "1.1.0", "1.0.0"]
    assert preparing.seal(context, SYSTEM, SAMPLE, number, back).was_there


def test_the_way_back_follows_what_is_current_not_what_nobody_published(
    context: Context, author: Actor
) -> None:
    with_a_newer_one(context, author)
    edited(context, author, "Every question", "Any question")
    preparing.seal(context, SYSTEM, SAMPLE, "1.2.0", WISH)
    with pytest.raises(Conflict) as caught:
        adopting.adopt(context, SYSTEM, SAMPLE, "1.0.0")
    assert caught.value.params["next"] == "1.3.0"
    preparing.seal(context, SYSTEM, SAMPLE, "1.3.0", replace(WISH, source="1.0.0"))
    assert context.library.release(SAMPLE, "1.3.0").parent == "1.1.0"
    context.now.move(minutes=1)  # type: ignore[attr-defined]  # the clock of tests
    adopting.adopt(context, SYSTEM, SAMPLE, "1.3.0")


def test_sealing_a_draft_in_which_nothing_changed_is_refused(context: Context) -> None:
    before = trail(context)
    with refused(Conflict, "release.unchanged"):
        preparing.seal(context, SYSTEM, SAMPLE, "1.1.0", WISH)
    assert trail(context) == before
    assert context.library.versions(SAMPLE) == ("1.0.0",)


def test_going_back_is_refused_when_it_is_not_honest(context: Context, author: Actor, site: Path) -> None:
    back = replace(WISH, source="1.0.0")
    with refused(Conflict, "release.nothing-to-go-back-to"):
        preparing.seal(context, SYSTEM, SAMPLE, "1.2.0", back)
    with_a_newer_one(context, author)
    for number, wish, code in (
        ("1.1.1", back, "release.version-too-low"),
        ("999999.0.0", back, "release.version-too-high"),
        ("banana", back, "release.version-form"),
        ("1.2.0", replace(back, why={"en": "x"}), "release.reason-missing"),
        ("1.2.0", replace(back, by=" "), "release.reason-missing"),
    ):
        with refused(Invalid, code):
            preparing.seal(context, SYSTEM, SAMPLE, number, wish)
    with refused(NotFound, "release.unknown"):
        preparing.seal(context, SYSTEM, SAMPLE, "1.2.0", replace(back, source="9.0.0"))
    for taken in ("1.0.0", "1.1.0"):
        with refused(Conflict, "release.already-sealed"):
            preparing.seal(context, SYSTEM, SAMPLE, taken, replace(back, source="1.0.0"))
    preparing.seal(context, SYSTEM, SAMPLE, "1.2.0", back)
    with refused(Conflict, "release.already-sealed"):
        preparing.seal(context, SYSTEM, SAMPLE, "1.2.0", replace(back, why={"en": "Other.", "fr": "Autre."}))
    (site / f"courses/{SAMPLE}/releases/1.2.0.yaml").write_text("format: [")
    with refused(Invalid, "release.broken-seal"):
        preparing.seal(context, SYSTEM, SAMPLE, "1.2.0", back)
