"""A module is finished in lynx and in w3m: read, answered, passed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lms.core.courses.quiz import (
    ChoiceQuestion,
    GapsQuestion,
    MatchQuestion,
    NumberQuestion,
    OrderQuestion,
    Question,
    TextQuestion,
)
from tests.builders_learning import SAMPLE
from tests.clients.terminal import KINDS, TextBrowser
from tests.journeys.learner import COURSE
from tests.pages.conftest import atlas  # noqa: F401  # the same sites
from tests.pages.server import Live
from tests.pages.worlds import Atlas

pytestmark = [pytest.mark.full, pytest.mark.timeout(600)]


@pytest.fixture
def live(atlas: Atlas, tmp_path: Path) -> Live:  # noqa: F811  # the fixture above
    return atlas.fresh("thorough", tmp_path / "data")


@pytest.fixture(params=KINDS)
def reader(request: pytest.FixtureRequest, live: Live, tmp_path: Path) -> Iterator[TextBrowser]:
    kind = KINDS[request.param]
    if not kind.is_here():
        pytest.skip(f"{kind.program} or tmux is not on this machine; script/test says what to install")
    made = kind(tmp_path / "terminal", f"{live.address}/en{COURSE}")
    yield made
    made.close()


def to_choose(question: Question) -> Iterator[tuple[str, str]]:
    """Give what is to be chosen: a label, and the words that it is found under."""
    prompt = question.prompt["en"]
    match question:
        case ChoiceQuestion():
            yield from ((one.text["en"], prompt) for one in question.options if one.correct)
        case OrderQuestion():
            for place, step in enumerate(question.steps, start=1):
                yield str(place), f"{prompt}\n{step.text['en']}"
        case MatchQuestion():
            yield from ((one.right["en"], f"{prompt}\n{one.left['en']}") for one in question.pairs)
        case GapsQuestion():
            for place, gap in enumerate(question.gaps, start=1):
                right = next(one for one in gap.options if one.correct)
                yield right.text["en"], f"{prompt}\nBlank {place} of"


def answer(reader: TextBrowser, question: Question) -> None:
    """Answer a question right; what is not marked stays empty."""
    for label, under in to_choose(question):
        reader.choose(label, under=under)
    typed = question.accept["en"][0] if isinstance(question, TextQuestion) else ""
    if typed := question.answer if isinstance(question, NumberQuestion) else typed:
        reader.fill(typed, under=question.prompt["en"])


def test_a_module_is_finished(reader: TextBrowser, live: Live) -> None:
    release = live.context.library.release(SAMPLE, "1.0.0")
    first = release.modules[0]
    reader.press("Start the course")
    for lesson in first.lessons:
        reader.wait_for(rf"^\W*{lesson.title['en']}")
        reader.press("Mark as read and continue")
    reader.press("Start the quiz")
    reader.wait_for("Submit my answers")
    for question in first.quiz.questions:
        answer(reader, question)
    reader.press("Submit my answers")
    reader.wait_for("Passed")
