"""What a command opens is closed when it ends."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from sqlalchemy import event

from lms.cli.opening import open_context
from lms.core.errors import Conflict
from lms.settings import from_environment
from tests.builders_learning import refused


def test_the_database_is_closed_when_the_command_ends(tmp_path: Path) -> None:
    settings = from_environment({"LMS_DATA": str(tmp_path)})
    closed: list[object] = []
    with click.Context(click.Command("any")):
        opened = open_context(settings, as_it_is=True)
        event.listen(opened.database.engine, "engine_disposed", closed.append)
        assert not closed
    assert closed


@pytest.mark.parametrize("as_it_is", [False, True])
def test_it_is_opened_as_ever_where_no_command_runs(tmp_path: Path, *, as_it_is: bool) -> None:
    settings = from_environment({"LMS_DATA": str(tmp_path / "none")})
    if not as_it_is:
        with refused(Conflict, "database.not-ready"):
            open_context(settings)
        return
    opened = open_context(settings, as_it_is=True)
    assert opened.settings is settings
    opened.database.engine.dispose()
