"""What all tests share: a desk, a client that lints what it is given, and no way out to a network."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from werkzeug.test import TestResponse

from lms.actions.context import Context
from lms.web.wiring import build
from tests import databases
from tests.builders import a_context
from tests.page_lint import lint

# A busy machine is no fault: how long an example takes, or is made, says nothing about what is true.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture(autouse=True)
def _no_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
            message = f"a test tried to reach {address}"
            raise RuntimeError(message)
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run choose its database."""
    parser.addoption("--database", choices=(databases.SQLITE, databases.POSTGRESQL), default=databases.SQLITE)


def pytest_configure(config: pytest.Config) -> None:
    """Note the choice in this process, a worker of xdist or the only one."""
    databases.HERE.kind = config.getoption("--database")
    databases.HERE.worker = os.environ.get("PYTEST_XDIST_WORKER", "w")


def pytest_sessionfinish() -> None:
    """Close what is kept from test to test."""
    databases.HERE.after_all()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is about the other database."""
    other = {databases.SQLITE: databases.POSTGRESQL, databases.POSTGRESQL: databases.SQLITE}
    leave = f"only_{other[config.getoption('--database')]}"
    left = [item for item in items if item.get_closest_marker(leave)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


@pytest.fixture(autouse=True)
def _databases() -> Iterator[None]:
    """Close the databases that a test has opened, and take back what it was lent."""
    with databases.one_test():
        yield


@pytest.fixture
def context(tmp_path: Path) -> Context:
    """Return a desk with the sample site, an empty database and a standing clock."""
    return a_context(tmp_path / "data")


class LintingClient(FlaskClient):
    """A client that refuses pages with faults; `lint=False` for answers that are no pages.

    The same pages are fetched once over each database, and linted over SQLite: their HTML is the same.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Fetch, and lint what came."""
        wanted = kwargs.pop("lint", True) and databases.HERE.kind == databases.SQLITE
        response = super().open(*args, **kwargs)
        if wanted and response.mimetype == "text/html" and not 300 <= response.status_code < 400:
            problems = lint(response.get_data(as_text=True))
            assert not problems, f"{response.request.path}: " + "; ".join(problems)
        return response


@pytest.fixture
def app(context: Context) -> Flask:
    """Return the site around the desk."""
    made = build(context)
    made.testing = False
    made.test_client_class = LintingClient
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a browser without JavaScript."""
    return app.test_client()
