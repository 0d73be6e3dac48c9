"""Bringing a database from the tables that it has to the tables of this version, and back.

Every run is one transaction: a step that fails, or a process that is killed, leaves the database as it was.
"""

from __future__ import annotations

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from lms.core.errors import Conflict
from lms.storage.database import Database, Tx
from lms.storage.migrations.steps import FOLDER, current, newest
from lms.storage.tables.everything import metadata


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def is_known(step: str) -> bool:
    """Return whether this version knows a step; a newer version may have gone further."""
    return step == "" or step in {
        script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()
    }


def upgrade(database: Database, to: str = "head", *, sure: bool = False) -> bool:
    """Go forward to a step; return whether there was anything to do.

    `sure`: nothing is kept unless the tables end as those of this version.

    Raises: Conflict `database.newer` when a newer version has been here, `database.not-ready`.
    """
    before = current(database)
    if not is_known(before):
        raise Conflict("database.newer", step=before)
    changes = before != (newest() if to == "head" else to)
    if not (changes or sure):
        return False
    config = _config()
    with database.writing() as tx:
        if changes:
            config.attributes["connection"] = tx
            command.upgrade(config, to)
        if sure and _differences(tx):
            raise Conflict("database.not-ready")
    return changes


def downgrade(database: Database, to: str = "base") -> None:
    """Go back to a step."""
    config = _config()
    with database.writing() as tx:
        config.attributes["connection"] = tx
        command.downgrade(config, to)


def differences(database: Database) -> list[object]:
    """List what is different between a database and the tables of this version."""
    with database.reading() as tx:
        return _differences(tx)


def _differences(tx: Tx) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(tx), metadata))
