"""Browsers of other makes, one of each kind for each process that tests, and people who use them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.clients.engines import PRESENT, other_browser
from tests.journeys.learner import Learner
from tests.pages.browser import Browser
from tests.pages.conftest import atlas  # noqa: F401  # the same sites
from tests.pages.worlds import Atlas

Arrive = Callable[..., Learner]
Engine = Callable[[str], Browser]


@pytest.fixture(scope="session")
def _engines() -> Iterator[Engine]:
    """Start a browser of a kind when it is first asked for."""
    started: dict[str, Browser] = {}
    with ExitStack() as stack:

        def engine(kind: str) -> Browser:
            if kind not in started:
                started[kind] = stack.enter_context(other_browser(kind))
            return started[kind]

        yield engine


@pytest.fixture
def engine(_engines: Engine) -> Engine:
    """Return a browser of a kind, knowing nobody; the test is skipped where the machine has none."""

    def lend(kind: str) -> Browser:
        if not PRESENT[kind]():
            pytest.skip(f"{kind} is not on this machine; script/test says what to install")
        browser = _engines(kind)
        browser.device()
        browser.forget()
        return browser

    return lend


@pytest.fixture
def arrive(atlas: Atlas, engine: Engine, tmp_path: Path) -> Arrive:  # noqa: F811  # the fixture above
    """Return somebody who arrives, with a browser of this kind, where nothing has happened yet."""

    def arriving(kind: str, locale: str = "en", world: str = "sample") -> Learner:
        return Learner(engine(kind), atlas.fresh(world, tmp_path / "data"), locale)

    return arriving
