"""A world before the laws changed, made once, and one browser that goes by the words of the pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lms.web.wiring import build
from tests.builders_by_words import ByWords
from tests.builders_changes import Before, world_before
from tests.conftest import LintingClient
from tests.journeys.changes.deeds import Story

Begin = Callable[[str], Story]


@pytest.fixture(scope="session")
def before(tmp_path_factory: pytest.TempPathFactory) -> Before:
    """Return the world before the laws changed."""
    return world_before(tmp_path_factory.mktemp("before"))


@pytest.fixture(params=["en", "fr"])
def locale(request: pytest.FixtureRequest) -> str:
    """Return the language in which everybody reads: those who write, and those who learn."""
    return str(request.param)


@pytest.fixture
def begin(before: Before, locale: str, tmp_path: Path) -> Begin:
    """Return how a story begins on a day, in a copy of the world of its own."""

    def on(day: str) -> Story:
        context = before.on(tmp_path / "copy", day)
        app = build(context)
        app.test_client_class = LintingClient
        return Story(ByWords(app.test_client(), context, locale), before.people)

    return on
