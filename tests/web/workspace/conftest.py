"""A site that may be written, and an author at a browser without JavaScript."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.core.people.actors import Actor, Role
from tests.builders import a_context
from tests.builders_content import sample_site
from tests.builders_learning import a_member
from tests.builders_pages import Reader


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a copy of the sample site."""
    return sample_site(tmp_path / "site")


@pytest.fixture
def context(tmp_path: Path, site: Path) -> Context:
    """Return a context whose site may be written."""
    return a_context(tmp_path / "data", site=site)


@pytest.fixture
def author(context: Context) -> Actor:
    """Return somebody who writes courses."""
    return a_member(context, "Ana", Role.AUTHOR)


@pytest.fixture
def reader(client: FlaskClient, context: Context, author: Actor) -> Reader:
    """Return a browser in which the author is signed in."""
    made = Reader(client, context)
    made.sign_in(author)
    return made
