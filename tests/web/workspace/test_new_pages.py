"""New courses, modules and lessons in the browser: plain questions, and nothing typed is lost."""

from __future__ import annotations

import pytest
from flask import Flask

from lms.actions.authoring.beginning import COURSE_PAGES, LESSON_PAGES, MODULE_PAGES
from lms.actions.context import Context
from tests.builders_learning import SAMPLE
from tests.builders_pages import Reader


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_a_course_is_made_and_grows(reader: Reader, context: Context, locale: str) -> None:
    reader.locale = locale
    page = reader.get("/workspace/new")
    made = reader.send(page, "/workspace/new", {"title.en": "Calm desk", "title.fr": "Accueil calme"})
    assert (made.told, made.to) == ("course-made", f"/{locale}/workspace/calm-desk/findings")
    assert reader.go(made.to).status == 200
    titles = {"title.en": "More", "title.fr": "Encore"}
    module = reader.send(reader.get("/workspace/calm-desk/new"), "/calm-desk/new", titles)
    assert module.to == f"/{locale}/workspace/calm-desk/more/quiz"
    assert reader.go(module.to).status == 200
    lesson = reader.send(reader.get("/workspace/calm-desk/more/new"), "/more/new", titles)
    assert lesson.told == "lesson-made"
    copied = reader.send(
        reader.get("/workspace/calm-desk/new"), "/calm-desk/copy", {"module": f"{SAMPLE}/forms"}
    )
    assert copied.told == "module-copied"
    assert context.library.preview("calm-desk").course.modules == ("calm-desk", "more", "forms")


@pytest.mark.parametrize("address", ["/new", f"/{SAMPLE}/new", f"/{SAMPLE}/welcome/new"])
def test_each_page_with_a_template_says_that_no_issues_are_found_in_it(reader: Reader, address: str) -> None:
    """ATAG 2.0, B.2.4.2; that it is true is shown where courses, modules and lessons are begun."""
    assert "find no issues in the starter text" in reader.get(f"/workspace{address}").html
    reader.locale = "fr"
    assert "ne relèvent aucun problème dans le texte de départ" in reader.get(f"/workspace{address}").html


def test_what_is_missing_is_said_and_what_was_typed_stays(reader: Reader) -> None:
    refused = reader.send(reader.get("/workspace/new"), "/workspace/new", {"title.en": "Calm desk"})
    assert refused.status == 422
    assert 'value="Calm desk"' in refused.html
    for address in (f"/workspace/{SAMPLE}/new", f"/workspace/{SAMPLE}/welcome/new"):
        wrong = reader.send(reader.get(address), address, {"title.en": "Typed"})
        assert wrong.status == 422
        assert 'value="Typed"' in wrong.html


def test_nothing_new_is_called_like_a_page_of_the_workspace(app: Flask) -> None:
    """A course called "Laws" could not be opened: its address was the register's."""
    found: dict[int, set[str]] = {1: set(), 2: set(), 3: set()}
    for rule in app.url_map.iter_rules():
        parts = rule.rule.split("/")[2:]
        if parts[:1] == ["workspace"]:
            at = next((at for at, part in enumerate(parts) if at and part[:1] != "<"), 0)
            found.get(at, set()).add(parts[at])
    lessons = {
        name for name in found[3] if f"/<locale:locale>/workspace/<course>/<module>/{name}" in rules(app)
    }
    assert [found[1], found[2], lessons] == [set(COURSE_PAGES), set(MODULE_PAGES), set(LESSON_PAGES)]


def rules(app: Flask) -> set[str]:
    return {rule.rule for rule in app.url_map.iter_rules()}


@pytest.mark.parametrize("title", ["Laws", "New", "Help lines", "Findings"])
def test_a_title_like_a_page_of_the_workspace_leads_to_what_was_made(reader: Reader, title: str) -> None:
    said = {"title.en": title, "title.fr": title}
    made = reader.send(reader.get("/workspace/new"), "/workspace/new", said)
    course = made.to.split("/")[3]
    assert f"/workspace/{course}/new" in reader.get(f"/workspace/{course}").html
    module = reader.send(reader.get(f"/workspace/{SAMPLE}/new"), f"/{SAMPLE}/new", said).to.split("/")[4]
    address = f"/workspace/{SAMPLE}/{module}/new"
    assert reader.send(reader.get(address), address, said).told == "lesson-made"
