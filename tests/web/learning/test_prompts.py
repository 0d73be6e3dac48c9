"""A prompt is whole for everyone: its story, its list and its question belong to one group."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from markupsafe import Markup

from lms.content.markup.markdown import to_blocks
from lms.content.markup.report import Notebook
from lms.core.courses.quiz import Quiz
from lms.core.learning.presenting import Interaction, TaggedText
from lms.rendering.lessons.anchors import Addresses
from lms.web.quizzes.quiz_form import Field, FormRow, Mark
from lms.web.quizzes.quiz_words import MarkedText, Speaker

LISTED = "Lin waits.\n\nWhich comes first?\n\n- Greet the guest\n- Finish the line"


def asked(text: str, lang: str = "en") -> MarkedText:
    quiz = Quiz("m1", "1.0.0", 1, (), marked={text: to_blocks(text, 1, Notebook("a.yaml"))})
    return Speaker(quiz, "en", Addresses()).asked(TaggedText(lang, text))


def test_a_list_behind_the_question_is_drawn() -> None:
    said = asked(LISTED)
    assert said.story == "<p>Lin waits.</p>"
    assert said.line == "Which comes first?"
    assert said.after == "<ul><li><p>Greet the guest</p></li><li><p>Finish the line</p></li></ul>"


def test_each_piece_says_which_language_it_is_in() -> None:
    said = asked(LISTED, "fr")
    assert all('lang="fr"' in piece for piece in (said.story, said.line, said.after))


def test_a_prompt_without_a_paragraph_still_breaks_nothing() -> None:
    assert asked("- One\n- Two").line == ""


MARKS = (Mark("q1-choice-a", "a", Markup("A"), chosen=False),)
ROW = FormRow("q1-choice", "x:choice", "choice", Markup("Say"), MARKS, "")
FIELD = Field(
    number=1,
    title="Question 1",
    question="x",
    kind=Interaction.ONE,
    said=MarkedText(Markup("<p>Story.</p>"), Markup("What?"), Markup("<ul><li>One</li></ul>")),
    hint=None,
    signed=Markup(""),
    rows=(ROW,),
    pieces=(),
    unit=None,
    is_instead=False,
    has_instead=False,
    ungraded=False,
    told=None,
)


def drawn(client: FlaskClient, field: Field, *, missing: bool = False) -> str:
    source = '{% import "macros/quiz.html" as quiz with context %}{{ quiz.question(field, missing=missing) }}'
    app = client.application
    with app.test_request_context("/en/courses"):
        return app.jinja_env.from_string(source).render(field=field, missing=missing)


@pytest.mark.parametrize(
    ("kind", "missing", "ids"),
    [
        (Interaction.ONE, False, "q1.story q1.after"),
        (Interaction.ONE, True, "q1.story q1.after q1.error"),
        (Interaction.ORDER, True, "q1.story q1.after q1.note q1.error"),
        (Interaction.TEXT, True, "q1.story q1.after q1.note q1.error"),
        (Interaction.THOUGHT, False, "q1.story q1.after q1.note"),
    ],
)
def test_story_and_list_belong_to_the_group(
    client: FlaskClient, kind: Interaction, ids: str, *, missing: bool
) -> None:
    html = drawn(client, replace(FIELD, kind=kind), missing=missing)
    assert html.count(f'aria-describedby="{ids}"') == 1
    assert all(html.count(f'id="{one}"') == 1 for one in ids.split())


def test_a_short_question_is_described_by_nothing(client: FlaskClient) -> None:
    short = replace(FIELD, said=MarkedText(Markup(""), Markup("What?"), Markup("")))
    assert "aria-describedby" not in drawn(client, short)


def test_lines_of_an_option_stay_apart_in_a_list() -> None:
    assert Mark("a", "a", Markup("one<br><em>two</em>"), chosen=False).text == "one two"
