"""Nobody approves their own words; what was read is kept; what happens is what a dry run said."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from lms.actions.catalogue import as_of
from lms.actions.context import Context
from lms.actions.learning import learning, moving
from lms.actions.publishing import adopting, foreseeing, preparing, reviewing, translations
from lms.actions.publishing.preparing import SealRequest
from lms.actions.publishing.writers import languages_of
from lms.content.drafts.vouched import vouched_file
from lms.core.authoring.effects import LearnerGroup
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound, Unavailable
from lms.core.people.actors import NOBODY, SYSTEM, WHOLE_HOUSE, Actor, Role, grants
from lms.core.publishing.change import ChangeClass
from lms.core.publishing.comparing.vouching import SetState
from lms.storage.operations import tasks
from lms.storage.people import grants as rows
from lms.storage.publishing import reviews
from tests.builders import Clock
from tests.builders_drafts import FR, QUIZ, a_workshop, an_admin, an_author, edit, vouch_for_all
from tests.builders_learning import SAMPLE, SAMPLE_CODE, a_member, refused

WHY = {"en": "Clearer words.", "fr": "Des mots plus clairs."}


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return a_workshop(tmp_path)


@pytest.fixture
def ana(context: Context) -> Actor:
    return an_author(context)


def sealed(context: Context, version: str, *, source: str = "") -> None:
    preparing.seal(context, SYSTEM, SAMPLE, version, SealRequest("a", WHY, source=source, unapproved=True))


def changed(context: Context, who: Actor) -> None:
    edit(context, who, "Each question has", "Every question has")


# --- approvals ------------------------------------------------------------------------------------------
def test_nobody_approves_their_own_words_in_a_language(context: Context, ana: Actor) -> None:
    changed(context, ana)
    digest = preparing.review(context, ana, SAMPLE).digest
    with refused(Conflict, "draft.own-words"):
        preparing.approve(context, ana, SAMPLE, "en", digest)
    assert preparing.approve(context, ana, SAMPLE, "fr", digest)
    english, french = reviewing.draft_review(context, ana, SAMPLE).languages
    assert (english.writers, english.wrote, english.may) == ((ana.person,), True, False)
    assert (french.writers, french.may) == ((), False)
    old = context.library.draft_file(SAMPLE, QUIZ)
    preparing.save_draft(context, ana, SAMPLE, QUIZ, old + b"# a remark\n", expected=sha256(old).hexdigest())
    assert all(one.wrote for one in reviewing.draft_review(context, ana, SAMPLE).languages)


def test_what_was_sealed_is_nobodys_any_more(context: Context, ana: Actor) -> None:
    changed(context, ana)
    sealed(context, "1.1.0")
    assert [one.writers for one in reviewing.draft_review(context, ana, SAMPLE).languages] == [(), ()]
    assert languages_of("a/b.en.vtt", ("en", "fr")) == ("en",)


def test_a_lapsed_approval_says_which_words_changed(context: Context, ana: Actor) -> None:
    remi = an_author(context, "Rémi")
    preparing.approve(context, remi, SAMPLE, "en", preparing.review(context, ana, SAMPLE).digest)
    changed(context, ana)
    english = reviewing.draft_review(context, ana, SAMPLE).languages[0]
    assert english.lapsed
    assert english.since
    assert [block.piece.text for part in english.since.sections for block in part.changes] == [
        "Every question has a reason."
    ]
    context.blobs.remove(english.lapsed.text)
    assert reviewing.draft_review(context, ana, SAMPLE).languages[0].since is None


# --- typos ----------------------------------------------------------------------------------------------
def test_a_typo_is_marked_once_by_a_named_person(context: Context, ana: Actor) -> None:
    changed(context, ana)
    [one] = reviewing.draft_change(context, ana, SAMPLE).typos
    assert reviewing.mark_typo(context, ana, SAMPLE, one.digest)
    assert not reviewing.mark_typo(context, ana, SAMPLE, one.digest)
    found = reviewing.draft_change(context, ana, SAMPLE)
    assert (found.least, found.marked) == ("1.0.1", {one.digest: ana.person})
    sealed(context, "1.0.1")
    assert context.library.release(SAMPLE, "1.0.1").change == "editorial"
    with refused(NotFound, "draft.block-unknown"):
        reviewing.mark_typo(context, ana, SAMPLE, "0" * 64)
    assert reviewing.mark_typo(context, ana, SAMPLE, one.digest, undo=True)
    assert not reviewing.mark_typo(context, ana, SAMPLE, one.digest, undo=True)


# --- alone ----------------------------------------------------------------------------------------------
def test_a_reason_is_enough_only_for_somebody_who_is_alone(context: Context) -> None:
    solo = a_member(context, "Solo", Role.AUTHOR, Role.REVIEWER, Role.ADMIN)
    wish = SealRequest(solo.person, WHY, alone="Nobody else is here yet.")
    changed(context, solo)
    with refused(Conflict, "release.translations-unchecked"):
        preparing.seal(context, solo, SAMPLE, "1.1.0", wish)
    vouch_for_all(context, solo)
    remi = an_author(context, "Rémi")
    with refused(Conflict, "release.not-alone"):
        preparing.seal(context, solo, SAMPLE, "1.1.0", wish)
    with context.database.writing() as tx:
        rows.take(tx, WHOLE_HOUSE, remi.person, grants(Role.REVIEWER))
    preparing.seal(context, solo, SAMPLE, "1.1.0", wish)
    assert reviewing.unread(context, NOBODY, SAMPLE)["1.1.0"].reason == "Nobody else is here yet."
    with refused(NotFound, "release.nothing-to-read"):
        reviewing.read_release(context, solo, SAMPLE, "1.1.0")
    other = an_author(context, "Noor")
    assert reviewing.read_release(context, other, SAMPLE, "1.1.0")
    with context.database.reading() as tx:
        assert reviews.unread(tx, SAMPLE)["1.1.0"].read_by == other.person


# --- translations ---------------------------------------------------------------------------------------
def test_whichever_side_moves_the_set_is_to_check(context: Context, ana: Actor) -> None:
    assert translations.state(context, ana, SAMPLE).done == 100
    edit(context, ana, "Chaque question a", "Toute question a", FR)
    now = translations.state(context, ana, SAMPLE)
    assert (now.count(SetState.CHECK), now.count(SetState.MISSING)) == (1, 0)
    assert now.done < 100
    digest = context.library.draft_digest(SAMPLE)
    vouch_for_all(context, ana)
    assert context.library.draft_digest(SAMPLE) == digest, "it lies outside the approved digest"
    done = translations.state(context, ana, SAMPLE)
    assert done.done == 100
    key = next(one.key for one in done.sets if one.confirmed and one.confirmed.by)
    first = next(one.key for one in done.sets if one.confirmed and not one.confirmed.by)
    translations.undo(context, ana, SAMPLE, key)
    for wrong in (first, "nothing"):
        with refused(NotFound, "translation.set-unknown"):
            translations.undo(context, ana, SAMPLE, wrong)
    assert translations.state(context, ana, SAMPLE).count(SetState.CHECK) == 1


def test_a_damaged_file_vouches_for_nothing_and_is_not_overwritten(context: Context, ana: Actor) -> None:
    edit(context, ana, "Chaque question a", "Toute question a", FR)
    file = context.settings.site / vouched_file(SAMPLE, "forms")
    for text in ("- {en: [1]}\n", "one: two\n", "- [a]\n", "- {by: x}\n", "{"):
        file.write_text(text, "utf-8")
        key = next(
            one.key for one in translations.state(context, ana, SAMPLE).sets if one.state is SetState.CHECK
        )
        with refused(Conflict, "translation.file-damaged"):
            translations.confirm(context, ana, SAMPLE, key)
        assert file.read_text("utf-8") == text
    file.write_text("# nothing yet\n", "utf-8")
    vouch_for_all(context, ana)
    assert ana.person in file.read_text("utf-8")


# --- the history of the site ----------------------------------------------------------------------------
def git(site: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=site, check=True, capture_output=True, text=True).stdout


def test_each_publish_is_one_commit_by_an_opaque_id(context: Context, ana: Actor) -> None:
    site = context.settings.site
    git(site, "init", "-q")
    changed(context, ana)
    (site / "other.txt").write_text("of somebody else", "utf-8")
    sealed(context, "1.1.0")
    assert git(site, "log", "--format=%an %s").strip() == f"system Publish {SAMPLE} 1.1.0"
    assert "other.txt" not in git(site, "show", "--name-only", "--format=")
    assert not context.library.commit(SAMPLE, "again", "system")


def test_a_commit_that_fails_undoes_nothing_and_opens_a_task(context: Context, ana: Actor) -> None:
    (context.settings.site / ".git").write_text("gitdir: /nowhere", "utf-8")
    changed(context, ana)
    sealed(context, "1.1.0")
    assert "1.1.0" in context.library.versions(SAMPLE)
    with context.database.reading() as tx:
        assert tasks.about(tx, "site-not-committed") == [f"{SAMPLE} 1.1.0"]
    with refused(Unavailable, "site.not-committed"):
        context.library.commit(SAMPLE, "x", "y")


# --- what happens is what a dry run said ------------------------------------------------------------------
@pytest.mark.parametrize("material", [False, True])
def test_what_happens_is_what_was_foreseen_person_by_person(
    context: Context, ana: Actor, material: bool
) -> None:
    people = {locale: a_member(context, f"L{locale}") for locale in ("en", "fr")}
    for locale, who in people.items():
        learning.enrol(context, who, SAMPLE_CODE, locale)
    changed(context, ana)
    if material:
        edit(context, ana, "pass_mark: 80", "pass_mark: 90", f"courses/{SAMPLE}/course.yaml")
    version = "2.0.0" if material else "1.1.0"
    sealed(context, version)
    found = foreseeing.activation(context, ana, SAMPLE, version)
    assert (found.replaces, found.follows) == ("1.0.0", True)
    told = {"chooses": 1} if material else {"moves": 1}
    assert found.groups == tuple(LearnerGroup("1.0.0", locale, **told) for locale in people)
    assert [one.state for one in foreseeing.versions(context, ana, SAMPLE)] == ["sealed", "current"]
    adopting.adopt(context, an_admin(context), SAMPLE, version)
    assert isinstance(context.now, Clock)
    context.now.move(minutes=1)
    moving.move_learners(context, SYSTEM, SAMPLE)
    for who in people.values():
        mine = learning.my_course(context, who, SAMPLE_CODE)
        assert mine
        assert mine.release.version == ("1.0.0" if material else version)
    again = foreseeing.activation(context, ana, SAMPLE, version)
    assert all(group.version != version for group in again.groups)


def test_what_cannot_follow_is_said_before_it_is_refused(context: Context, ana: Actor) -> None:
    changed(context, ana)
    sealed(context, "1.1.0")
    later = context.now() + 86_400_000
    adopting.adopt(context, SYSTEM, SAMPLE, "1.1.0", active_from=later)
    edit(context, ana, "Every question has", "Any question has")
    sealed(context, "1.2.0")
    adopting.adopt(context, SYSTEM, SAMPLE, "1.2.0", active_from=later + 86_400_000)
    states = [one.state for one in foreseeing.versions(context, ana, SAMPLE)]
    assert states == ["waiting", "waiting", "current"]
    moved = foreseeing.activation(context, ana, SAMPLE, "1.1.0", active_from=later + 2 * 86_400_000)
    assert (moved.follows, moved.waits) == (True, "1.2.0")
    early = foreseeing.activation(context, ana, SAMPLE, "1.2.0", active_from=later - 1)
    assert not early.follows
    assert isinstance(context.now, Clock)
    context.now.move(days=4)
    assert [one.state for one in foreseeing.versions(context, ana, SAMPLE)] == ["current", "past", "past"]


def test_a_number_that_is_taken_is_not_proposed(context: Context, ana: Actor) -> None:
    changed(context, ana)
    sealed(context, "1.1.0")
    adopting.adopt(context, SYSTEM, SAMPLE, "1.1.0", active_from=context.now() + 86_400_000)
    edit(context, ana, "Every question has", "Each question has")
    edit(context, ana, "A short form is a kind form.", "A short form is a kind form, always.")
    urgent = reviewing.draft_change(context, ana, SAMPLE)
    assert (urgent.parent, urgent.least, urgent.newer) == ("1.0.0", "1.1.1", "1.1.0")


def test_a_higher_first_number_calls_a_change_important(context: Context, ana: Actor) -> None:
    changed(context, ana)
    told = reviewing.draft_change(context, ana, SAMPLE)
    assert (told.change, told.important) == (ChangeClass.INFORMATIVE, "2.0.0")
    sealed(context, "2.0.0")
    assert context.library.release(SAMPLE, "2.0.0").change == "material"
    edit(context, ana, "answer: false", "answer: true", f"quizzes/{SAMPLE}/welcome/draft.yaml")
    told = reviewing.draft_change(context, ana, SAMPLE)
    assert (told.change, told.important) == (ChangeClass.MATERIAL, "")


# --- as of ------------------------------------------------------------------------------------------------
def test_as_of_gives_the_digest_of_its_day(context: Context, ana: Actor) -> None:
    changed(context, ana)
    sealed(context, "1.1.0")
    assert isinstance(context.now, Clock)
    context.now.move(days=3)
    adopting.adopt(context, SYSTEM, SAMPLE, "1.1.0")
    context.now.move(days=3)
    day = context.day_of(context.now() - 4 * 86_400_000)
    assert as_of.as_of(context, NOBODY, SAMPLE_CODE, day).release.version == "1.0.0"
    assert as_of.as_of(context, NOBODY, SAMPLE_CODE).release.version == "1.1.0"
    newest, oldest = as_of.versions(context, NOBODY, SAMPLE_CODE).versions
    assert (newest.until, oldest.until) == (0, newest.since)
    laws = context.library.register().laws
    name, law = next((name, law) for name, law in laws.items() if law.events)
    assert as_of.known_on(laws, frozenset({name, "no-law"}), "1800-01-01")[0].events == ()
    assert as_of.known_on(laws, frozenset({name}), "2999-01-01")[0].events == law.events
    for wrong, code in (
        ("soon", "as-of.day-shape"),
        ("9999-12-31", "as-of.day-shape"),
        ("2999-01-01", "as-of.day-ahead"),
    ):
        with refused(Invalid, code):
            as_of.as_of(context, NOBODY, SAMPLE_CODE, wrong)
    with refused(NotFound, "as-of.nothing-yet"):
        as_of.as_of(context, NOBODY, SAMPLE_CODE, "2001-01-01")


# --- who --------------------------------------------------------------------------------------------------
def test_only_those_who_are_meant_may(context: Context) -> None:
    member = a_member(context, "Lou")
    for ask in (reviewing.draft_review, reviewing.draft_change, translations.state, foreseeing.versions):
        with refused(NotAllowed, "deed.not-allowed"):
            ask(context, member, SAMPLE)
        with refused(NotFound, "course.unknown"):
            ask(context, SYSTEM, "no-course")


def test_before_the_first_version_everything_is_new(context: Context) -> None:
    class Unsealed(type(context.library)):  # type: ignore[misc]  # the folder of the fixture
        def versions(self, _course_id: str) -> tuple[str, ...]:
            return ()

    empty = replace(context, library=Unsealed(context.settings.site))
    found = reviewing.draft_change(empty, SYSTEM, SAMPLE)
    assert (found.parent, found.change, found.least) == ("", None, "1.0.0")
    assert translations.state(empty, SYSTEM, SAMPLE).done == 0
    assert reviewing.draft_review(empty, SYSTEM, SAMPLE).parent == ""
