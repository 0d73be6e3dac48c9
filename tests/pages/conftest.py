"""What tests of pages share: one browser and one set of served sites for each process that tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.pages.browser import Browser, a_browser
from tests.pages.worlds import Atlas


@pytest.fixture(scope="session")
def _one_browser() -> Iterator[Browser]:
    with a_browser() as made:
        yield made


@pytest.fixture
def browser(_one_browser: Browser) -> Browser:
    """Return the browser as it comes: a desktop, light, with JavaScript, knowing nobody."""
    _one_browser.scripting(on=True)
    _one_browser.device()
    _one_browser.forget()
    _one_browser.complaints()
    return _one_browser


@pytest.fixture(scope="session")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Atlas]:
    """Return the sites to look at."""
    made = Atlas(tmp_path_factory.mktemp("worlds"))
    yield made
    made.close()
