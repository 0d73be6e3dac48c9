"""What has been erased here: a database that comes back from a backup must not undo it.

Read from whatever step the tables are at, since a restore may be what comes before an upgrade. Holds ids,
facts that mean nobody, and no name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, select

from lms.storage.database import Database, Tx
from lms.storage.operations.backups import portable

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Erasures:
    """Erased people as the rows that are left of them; certificates with and without their name."""

    people: tuple[Row, ...] = ()
    organisations: tuple[Row, ...] = ()
    named: frozenset[str] = frozenset()
    unnamed: frozenset[str] = frozenset()

    @property
    def ids(self) -> list[str]:
        """List the people."""
        return [str(row["id"]) for row in self.people]


def _rows(tx: Tx, table: Table | None) -> tuple[Row, ...]:
    return () if table is None else tuple(dict(row) for row in tx.execute(select(table)).mappings())


def _numbers(tx: Tx, table: Table | None) -> frozenset[str]:
    return frozenset() if table is None else frozenset(tx.execute(select(table.c.number)).scalars())


def read(database: Database) -> Erasures:
    """List what this installation has erased; nothing when it is new.

    Raises: Unavailable `database.unavailable`, also when the database is damaged.
    """
    with database.reading() as tx:
        there = {table.name: table for table in portable.tables(tx)}
        named = _numbers(tx, there.get("certificate_payload"))
        return Erasures(
            tuple(row for row in _rows(tx, there.get("person")) if row["erased_at"] is not None),
            _rows(tx, there.get("organisation")),
            named,
            _numbers(tx, there.get("certificate")) - named,
        )


def keep(database: Database, erased: Erasures) -> None:
    """Note who was erased also where nobody has heard of them: a later backup may hold them."""
    with database.writing() as tx:
        there = {table.name: table for table in portable.tables(tx)}
        person, organisation = there["person"], there["organisation"]
        known = set(tx.execute(select(person.c.id)).scalars())
        houses = set(tx.execute(select(organisation.c.id)).scalars())
        missing = [row for row in erased.people if row["id"] not in known]
        needed = {row["organisation_id"] for row in missing} - houses
        for row in erased.organisations:
            if row["id"] in needed:
                portable.copy_row(tx, organisation, row)
        for row in missing:
            portable.copy_row(tx, person, row)
