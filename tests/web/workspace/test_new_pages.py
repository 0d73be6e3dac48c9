"""New courses, modules and lessons in the browser: plain questions, and nothing typed is lost."""

from __future__ import annotations

import pytest

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


def test_what_is_missing_is_said_and_what_was_typed_stays(reader: Reader) -> None:
    refused = reader.send(reader.get("/workspace/new"), "/workspace/new", {"title.en": "Calm desk"})
    assert refused.status == 422
    assert 'value="Calm desk"' in refused.html
    for address in (f"/workspace/{SAMPLE}/new", f"/workspace/{SAMPLE}/welcome/new"):
        wrong = reader.send(reader.get(address), address, {"title.en": "Typed"})
        assert wrong.status == 422
        assert 'value="Typed"' in wrong.html
