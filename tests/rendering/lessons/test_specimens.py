"""Two specimen figures, one of them a scene with people: labels in both languages, colours for the dark."""

from __future__ import annotations

import pytest

from lms.content.checks.rules.media import LARGEST_DRAWING, drawing_faults
from lms.content.markup.lessons import read_lesson
from lms.core.checks.alternatives import faults
from lms.core.courses.document import Figure
from lms.core.courses.findings import Place
from lms.rendering.lessons.blocks_pictures import manner_of
from tests.builders import SITE

SPECIMENS = SITE / "specimens"


def figures(lang: str) -> list[Figure]:
    name = f"figures.{lang}.md"
    found = read_lesson((SPECIMENS / name).read_bytes(), name, lang)
    assert [*found.findings, *faults(found.document, name)] == []
    return [block for block in found.document.blocks if isinstance(block, Figure)]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_specimens_are_what_authors_are_asked_for(lang: str) -> None:
    shown = figures(lang)
    assert [len(figure.labels) for figure in shown] == [3, 3]
    for figure in shown:
        raw = (SPECIMENS / figure.src).read_bytes()
        assert len(raw) <= LARGEST_DRAWING
        assert manner_of(raw) == "own"
        assert list(drawing_faults(raw, Place(figure.src))) == []


def test_what_a_style_may_not_do_is_found() -> None:
    for style in ("@import 'x.css'", ".a{fill:url(https://e.example/x)}"):
        raw = f'<svg viewBox="0 0 1 1"><style>{style}</style></svg>'.encode()
        assert [one.rule for one in drawing_faults(raw, Place("a.svg"))] == ["picture-unsafe"]
