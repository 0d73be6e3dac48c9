"""Journeys are walked in the same browser as the pages, each on a site of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.learner import Learner
from tests.pages.browser import Browser
from tests.pages.conftest import _one_browser, atlas, browser  # noqa: F401  # the same browser and sites
from tests.pages.worlds import Atlas

Arrive = Callable[..., Learner]


@pytest.fixture
def arrive(atlas: Atlas, browser: Browser, tmp_path: Path) -> Arrive:  # noqa: F811  # the fixtures above
    """Return somebody who arrives at a site where nothing has happened yet."""

    def arriving(kind: type[Learner] = Learner, locale: str = "en", world: str = "sample") -> Learner:
        return kind(browser, atlas.fresh(world, tmp_path / "data"), locale)

    return arriving
