"""The tables as they are today, made in one go.

For tests, which start from nothing a thousand times; an installation goes step by step
(`storage.migrations.migrating`). Both end in the same tables: a house test compares them.
"""

from __future__ import annotations

from lms.storage.database import Database
from lms.storage.tables.everything import metadata


def create_all(database: Database) -> None:
    """Make every table in an empty database."""
    with database.writing() as tx:
        metadata.create_all(tx)
