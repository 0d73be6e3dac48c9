"""Nothing is left out: every template is shown by a state, every block and question by the sample site."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import lms.rendering
import lms.web
from lms.content.library import Library
from lms.core.courses.document import Block
from lms.core.courses.quiz import Question
from lms.core.courses.walk import walk
from lms.core.publishing.release_tags import SEALED
from tests.builders import SITE
from tests.builders_learning import SAMPLE
from tests.pages.states import ALIKE, SHOWN, STATES

TEMPLATES = Path(next(iter(lms.web.__path__))) / "templates"
BLOCKS = Path(next(iter(lms.rendering.__path__))) / "templates" / "blocks"
SHARED = {"errors/refusal.html"}  # what all refusals extend


def test_every_template_is_shown_by_a_state() -> None:
    there = {
        path.relative_to(TEMPLATES).as_posix()
        for folder in ("pages", "errors")
        for path in (TEMPLATES / folder).rglob("*.html")
    }
    assert there - SHARED == set(SHOWN)
    assert set(SHOWN.values()) <= {state.name for state in STATES}


def test_every_run_looks_at_a_state_of_every_template() -> None:
    looked_at = {state.name for state in STATES} - set(ALIKE)
    assert set(SHOWN.values()) | set(ALIKE.values()) <= looked_at
    assert set(ALIKE) <= {state.name for state in STATES}


def test_every_block_and_every_question_stands_in_the_sample_site() -> None:
    release = Library(SITE).latest(SAMPLE)
    assert release
    texts = [text for module in release.modules for one in module.lessons for text in one.documents.values()]
    blocks = {type(node) for text in texts for node in walk(text.blocks)}
    assert set(get_args(Block)) <= blocks
    drawn = {kind.tag for kind in SEALED.kinds if kind.made in get_args(Block)}
    assert {path.stem for path in BLOCKS.glob("*.html")} == drawn
    asked = {type(question) for module in release.modules for question in module.quiz.questions}
    assert set(get_args(Question)) == asked
