"""A new course, module and lesson pass every check from the first moment, in two languages and in one."""

from __future__ import annotations

from pathlib import Path

import pytest

from lms.actions.authoring import beginning, course_lists, findings, quiz_editing
from lms.actions.context import Context
from lms.core.errors import Conflict, Invalid, NotFound
from lms.core.people.actors import Actor
from tests.builders_learning import SAMPLE, refused

TITLE = {"en": "A calm front desk", "fr": "Un accueil calme"}


def found(context: Context, author: Actor, course: str) -> list[tuple[str, str, object]]:
    every = findings.findings(context, author, course)
    mine = [one.finding for one in every if f"/{course}/" in one.finding.place.file]
    return [(one.rule, f"{one.place.file}:{one.place.line}", one.params) for one in mine]


@pytest.mark.parametrize("locales", [("en", "fr"), ("fr",), ("en",)])
def test_a_new_course_has_no_finding_and_can_grow(
    context: Context, author: Actor, locales: tuple[str, ...]
) -> None:
    course = beginning.new_course(context, author, TITLE, locales=locales, sensitive=False)
    assert found(context, author, course) == []
    assert context.library.preview(course).course.required_locales == locales
    module = beginning.new_module(context, author, course, {tag: f"{TITLE[tag]} 2" for tag in locales})
    assert found(context, author, course) == []
    beginning.new_lesson(context, author, course, module, TITLE)
    assert found(context, author, course) == []
    made = context.library.preview(course)
    assert [one.code for one in made.modules] == ["m1", "m2"]
    assert [one.code for one in made.modules[1].lessons] == ["l1", "l2"]
    again = beginning.new_course(context, author, TITLE, locales=locales, sensitive=True)
    assert again == f"{course}-2"
    assert found(context, author, again) == []


def test_the_sample_course_grows_beside_what_was_sealed(context: Context, author: Actor) -> None:
    title = {"en": "Forms", "fr": "Formulaires"}
    module = beginning.new_module(context, author, SAMPLE, title)
    assert module == "forms-2"
    lesson = beginning.new_lesson(context, author, SAMPLE, "welcome", title)
    assert lesson == "forms"
    assert not [one for one in found(context, author, SAMPLE) if "/forms-2/" in one[1] or "-forms." in one[1]]


def test_a_module_is_copied_with_ids_of_its_own(context: Context, author: Actor, site: Path) -> None:
    course = beginning.new_course(context, author, TITLE, locales=("en", "fr"), sensitive=False)
    made = beginning.copy_module(context, author, course, SAMPLE, "welcome")
    assert made == "welcome"
    assert [one for one in found(context, author, course) if one[0] != "link-lesson"] == []
    copied = {one["id"] for one in quiz_editing.quiz(context, author, course, made).entries}
    assert not copied & {one["id"] for one in quiz_editing.quiz(context, author, SAMPLE, "welcome").entries}
    twice = beginning.copy_module(context, author, SAMPLE, SAMPLE, "welcome")
    assert twice == "welcome-2"
    listed = {one.id: list(modules) for one, modules in course_lists.draft_courses(context, author)}
    assert listed[SAMPLE][-1] == "welcome-2"
    assert course_lists.draft_languages(context, author, course) == ("en", "fr")
    media = f"courses/{SAMPLE}/welcome/draft/media/door.svg"
    assert (site / media).read_bytes() == (site / media.replace("/welcome/", "/welcome-2/")).read_bytes()


def test_what_is_missing_is_said(context: Context, author: Actor, site: Path) -> None:
    for title, locales, code in (
        (TITLE, (), "new.locales-missing"),
        ({"en": "A"}, ("en", "fr"), "new.title-missing"),
        ({"en": "A" * 121}, ("en",), "new.title-long"),
    ):
        with refused(Invalid, code):
            beginning.new_course(context, author, title, locales=locales, sensitive=False)
    with refused(NotFound, "module.unknown"):
        beginning.copy_module(context, author, SAMPLE, SAMPLE, "none")
    with refused(NotFound, "module.unknown"):
        beginning.new_lesson(context, author, SAMPLE, "none", TITLE)
    (site / "quizzes/a-calm-front-desk").mkdir()
    (site / "quizzes/a-calm-front-desk/x").mkdir()
    with refused(Conflict, "new.exists"):
        beginning.new_course(context, author, TITLE, locales=("en",), sensitive=False)


def test_files_that_are_not_whole(context: Context, author: Actor, site: Path) -> None:
    module = site / f"courses/{SAMPLE}/welcome/draft/module.yaml"
    module.write_text(module.read_text().replace("minutes:", "minutos:", 1))
    beginning.new_lesson(context, author, SAMPLE, "welcome", TITLE)
    (site / f"quizzes/{SAMPLE}/welcome/draft.yaml").write_text("id: welcome\nitems: [a]\n")
    (site / f"courses/{SAMPLE}/welcome/draft/note.yaml").write_text("- a\n")
    beginning.copy_module(context, author, SAMPLE, SAMPLE, "welcome")
    (site / f"quizzes/{SAMPLE}/welcome/draft.yaml").write_text("id: welcome\nitems: a\n")
    beginning.copy_module(context, author, SAMPLE, SAMPLE, "welcome")
    module.write_text("[")
    assert course_lists.draft_courses(context, author)
    beginning.new_module(context, author, SAMPLE, {"en": "X", "fr": "X"})
    assert course_lists.draft_courses(context, author)
    other = beginning.new_course(context, author, TITLE, locales=("en",), sensitive=False)
    (site / f"courses/{other}/course.yaml").write_text("id: x\n")
    with refused(Invalid, "draft.not-whole"):
        beginning.copy_module(context, author, other, SAMPLE, "welcome")
    (site / f"courses/{SAMPLE}/course.yaml").write_text("id: x\n")
    assert course_lists.draft_courses(context, author) == ()


@pytest.mark.parametrize("odd", ["\uffff", "\ufffe", "\x1f", "\x85", "\n", "\t", "\u2028", "\x07"])
def test_a_title_that_no_file_can_hold_leaves_nothing_behind(
    context: Context, author: Actor, odd: str
) -> None:
    title = {"en": f"Odd{odd}one", "fr": "Titre"}
    before = context.library.draft_digest(SAMPLE)
    with refused(Invalid, "input.characters"):
        beginning.new_lesson(context, author, SAMPLE, "welcome", title)
    with refused(Invalid, "input.characters"):
        beginning.new_module(context, author, SAMPLE, title)
    with refused(Invalid, "input.characters"):
        beginning.new_course(context, author, title, locales=("en", "fr"), sensitive=False)
    assert context.library.draft_digest(SAMPLE) == before
