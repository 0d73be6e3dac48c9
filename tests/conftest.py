"""What all tests share: a desk, a client that lints what it is given, and no way out to a network."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from werkzeug.test import TestResponse

from lms.actions.desk import Desk
from lms.web.wiring import build
from tests.builders import a_desk
from tests.page_lint import lint

# A busy machine is no fault: how long an example takes says nothing about what is true.
settings.register_profile("house", deadline=None)
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


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Give a desk with the sample site, an empty database and a standing clock."""
    made = a_desk(tmp_path / "data")
    yield made
    made.database.engine.dispose()


class LintingClient(FlaskClient):
    """A client that refuses pages with faults; `lint=False` for answers that are no pages."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Fetch, and lint what came."""
        wanted = kwargs.pop("lint", True)
        response = super().open(*args, **kwargs)
        if wanted and response.mimetype == "text/html" and not 300 <= response.status_code < 400:
            problems = lint(response.get_data(as_text=True))
            assert not problems, f"{response.request.path}: " + "; ".join(problems)
        return response


@pytest.fixture
def app(desk: Desk) -> Flask:
    """Give the site around the desk."""
    made = build(desk)
    made.testing = False
    made.test_client_class = LintingClient
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Give a browser without JavaScript."""
    return app.test_client()
