"""Bringing a database from the tables that it has to the tables of this version, and back.

Every run is one transaction: a step that fails, or a process that is killed, leaves the database as it was.
Called by `lms setup`, `lms upgrade`, `lms doctor` and the tests of the steps.
"""

from __future__ import annotations

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from lms.core.errors import Conflict
from lms.storage.database import Database
from lms.storage.steps import FOLDER, current, newest
from lms.storage.tables import metadata

INDEX = "search_index"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def is_known(step: str) -> bool:
    """Say whether this version knows a step; a newer version may have gone further."""
    return step == "" or step in {
        script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()
    }


def upgrade(database: Database, to: str = "head") -> bool:
    """Go forward to a step; say whether there was anything to do.

    Raises: Conflict `database.newer` when a newer version has been here.
    """
    before = current(database)
    if not is_known(before):
        raise Conflict("database.newer", step=before)
    if before == (newest() if to == "head" else to):
        return False
    config = _config()
    with database.writing() as tx:
        config.attributes["connection"] = tx
        command.upgrade(config, to)
    return True


def downgrade(database: Database, to: str = "base") -> None:
    """Go back to a step."""
    config = _config()
    with database.writing() as tx:
        config.attributes["connection"] = tx
        command.downgrade(config, to)


def _is_ours(_thing: object, name: str | None, kind: str, *_: object) -> bool:
    """Leave out the full-text index, which search makes for itself from `search_entry`."""
    return not (kind == "table" and (name or "").startswith(INDEX))


def differences(database: Database) -> list[object]:
    """List what is different between a database and the tables of this version."""
    with database.reading() as tx:
        return list(
            compare_metadata(MigrationContext.configure(tx, opts={"include_object": _is_ours}), metadata)
        )
