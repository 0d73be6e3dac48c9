"""My work: each thing that waits is listed with the one who can do it, and goes when it is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from lms.actions.context import Context
from lms.actions.learning import feedback
from lms.actions.legislation import dates
from lms.actions.operations import my_work
from lms.actions.publishing import adopting, preparing
from lms.actions.publishing.preparing import SealRequest
from lms.core.authoring.work import WorkFilter, WorkItem, WorkKind
from lms.core.errors import NotAllowed
from lms.core.people.actors import NOBODY, SYSTEM, Actor, Extent, Grant, Role
from tests.builders_content import change
from tests.builders_drafts import FR, a_workshop, an_admin, an_author, edit, vouch_for_all
from tests.builders_learning import SAMPLE, SAMPLE_CODE, a_member, refused, wait
from tests.builders_legislation import LAW, a_dossier, settle_all, with_event

WHY = {"en": "Clearer words.", "fr": "Des mots plus clairs."}


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return a_workshop(tmp_path)


def waiting(context: Context, actor: Actor, *kinds: WorkKind, **wanted: str | bool) -> list[WorkItem]:
    found = my_work.overview(context, actor, WorkFilter(**wanted))  # type: ignore[arg-type]
    return [one for one in found.items if one.kind in kinds or not kinds]


def test_a_draft_that_says_what_was_published_asks_for_nothing(context: Context) -> None:
    ana = an_author(context)
    found = my_work.overview(context, ana)
    assert [course.id for course in found.courses] == [SAMPLE]
    draft = {WorkKind.ERRORS, WorkKind.TRANSLATION, WorkKind.APPROVAL, WorkKind.SEAL, WorkKind.UNREADABLE}
    assert not draft & {one.kind for one in found.items}


def test_a_change_waits_for_a_translation_then_for_another_person_then_for_an_admin(
    context: Context,
) -> None:
    ana, remi, robin = an_author(context), an_author(context, "Rémi"), an_admin(context)
    edit(context, ana, "Each question has", "Every question has")
    (check,) = waiting(context, ana, WorkKind.TRANSLATION)
    assert (check.course, check.count) == (SAMPLE, 1)
    edit(context, remi, "Chaque question a", "Toute question a", FR)
    vouch_for_all(context, ana)
    assert waiting(context, ana, WorkKind.TRANSLATION) == []
    mine = {one.locale: one.mine for one in waiting(context, ana, WorkKind.APPROVAL)}
    assert mine == {"en": False, "fr": True}
    digest = preparing.review(context, ana, SAMPLE).digest
    preparing.approve(context, remi, SAMPLE, "en", digest)
    preparing.approve(context, ana, SAMPLE, "fr", digest)
    assert waiting(context, remi, WorkKind.APPROVAL) == []
    assert [one.mine for one in waiting(context, remi, WorkKind.SEAL)] == [False]
    assert [one.mine for one in waiting(context, robin, WorkKind.SEAL, mine=True)] == [True]
    preparing.seal(context, robin, SAMPLE, "1.1.0", SealRequest(robin.person, WHY))
    assert waiting(context, robin, WorkKind.SEAL) == []
    adopting.adopt(context, SYSTEM, SAMPLE, "1.1.0", active_from=context.now() + 30 * 86_400_000)
    (later,) = waiting(context, ana, WorkKind.ACTIVATION)
    assert (later.about, later.date) == ("1.1.0", context.day_of(context.now() + 30 * 86_400_000))


def test_errors_and_drafts_that_cannot_be_read_are_named(context: Context) -> None:
    ana = an_author(context)
    change(context.settings.site, FR, "## ", "#### ")
    assert [one.course for one in waiting(context, ana, WorkKind.ERRORS)] == [SAMPLE]
    change(context.settings.site, f"courses/{SAMPLE}/forms/draft/module.yaml", "title:", "titel:")
    assert [one.course for one in waiting(context, ana, WorkKind.UNREADABLE)] == [SAMPLE]


def test_a_course_that_was_never_published_is_a_change(context: Context) -> None:
    folder = context.settings.site / "courses" / SAMPLE / "releases"
    for path in folder.iterdir():
        path.unlink()
    assert waiting(context, an_author(context), WorkKind.APPROVAL)


def test_messages_of_learners_come_within_ones_reach(context: Context) -> None:
    for at in range(2):
        said = feedback.FeedbackReceipt(
            context.new_id(), SAMPLE_CODE, "", kind="wrong", text="No.", contact="", anonymous=True
        )
        feedback.report_barrier(context, NOBODY, said, locale="en", origin=str(at))
    assert [one.count for one in waiting(context, an_author(context), WorkKind.REPORTS)] == [2]
    elsewhere = Actor("x", frozenset({Grant(Role.AUTHOR, Extent(course="other"))}))
    assert my_work.overview(context, elsewhere).items == ()
    assert my_work.overview(context, elsewhere).courses == ()
    assert waiting(context, an_author(context), course="other") == []


def test_a_law_waits_until_a_dossier_is_open_about_it_then_the_dossier_does(context: Context) -> None:
    ana = an_author(context)
    event = with_event(context, ana)
    (law,) = waiting(context, ana, WorkKind.LAW)
    assert (law.about, law.count > 0) == (LAW, True)
    dossier = a_dossier(context, ana, event)
    assert waiting(context, ana, WorkKind.LAW) == []
    (one,) = waiting(context, ana, WorkKind.DOSSIER)
    assert (one.about, one.mine) == (dossier, False)


def test_dates_and_help_lines_wait(context: Context) -> None:
    ana, robin = an_author(context), an_admin(context)
    day = context.day_of(context.now() + 40 * 86_400_000)
    with_event(context, ana, date=day, event="applies-from")
    assert waiting(context, ana, WorkKind.DATE) == []
    dates.open_date_tasks(context, SYSTEM)
    assert day in [one.date for one in waiting(context, ana, WorkKind.DATE)]
    wait(context, days=400)
    assert waiting(context, robin, WorkKind.HELP_LINE)
    assert waiting(context, ana, WorkKind.HELP_LINE) == []


def test_learners_have_no_workspace(context: Context) -> None:
    with refused(NotAllowed, "deed.not-allowed"):
        my_work.overview(context, a_member(context, "Noor"))


def test_whoever_does_not_write_is_shown_what_they_can_do(context: Context) -> None:
    ana, kim = an_author(context), a_member(context, "Kim", Role.REVIEWER)
    made = a_dossier(context, ana, with_event(context, ana))
    edit(context, ana, "Each question has", "Every question has")
    assert {one.kind for one in waiting(context, kim)} == {WorkKind.APPROVAL}
    assert [one.mine for one in waiting(context, kim, WorkKind.APPROVAL)] == [True, True]
    settle_all(context, ana, made)
    assert [one.about for one in waiting(context, kim, WorkKind.DOSSIER)] == [made]
    change(context.settings.site, f"courses/{SAMPLE}/forms/draft/module.yaml", "id: forms", "id: [")
    assert {one.kind for one in waiting(context, kim)} == {WorkKind.DOSSIER}
    assert waiting(context, ana, WorkKind.UNREADABLE)
