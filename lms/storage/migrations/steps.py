"""At which step of its tables a database stands, and which step is the newest.

Holds two questions and no step; a server asks them without the library that takes the steps, which would cost
each of its processes 10 MB.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import inspect, text

from lms.storage.database import Database

FOLDER = Path(__file__).parent


def newest() -> str:
    """Return the last step that this version knows; a step's file begins with its number."""
    return max(path.name.split("_", 1)[0] for path in (FOLDER / "versions").glob("[0-9]*_*.py"))


def has_tables(database: Database) -> bool:
    """Return whether the database answers and its tables are there.

    Raises: Unavailable `database.unavailable`.
    """
    with database.reading() as tx:
        return (
            tx.execute(text("SELECT count(*) FROM (SELECT 1 FROM person LIMIT 1) AS found")).scalar()
            is not None
        )


def current(database: Database) -> str:
    """Return the step at which a database stands; '' before the first."""
    with database.reading() as tx:
        if not inspect(tx).has_table("alembic_version"):
            return ""
        return str(tx.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")
