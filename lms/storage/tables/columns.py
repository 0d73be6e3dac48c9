"""The columns that tables share, and the names that constraints get.

Facts (what happened) and payloads (what is personal) are kept apart: facts are append-only, payloads can be
erased. No lesson text is kept in any table. Times are whole milliseconds since 1970 UTC.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, MetaData, String

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def id_column() -> Column[str]:
    """Return the primary key: an id made by `core.ids`."""
    return Column("id", String(26), primary_key=True)


def when(name: str = "at", *, optional: bool = False) -> Column[int]:
    """Return a moment: whole milliseconds since 1970 UTC."""
    return Column(name, BigInteger, nullable=optional)


def to(table: str, name: str = "", *, optional: bool = False, index: bool = False) -> Column[str]:
    """Return a column that points to the id of another table."""
    column = ForeignKey(f"{table}.id")
    return Column(name or f"{table}_id", String(26), column, nullable=optional, index=index)


def whose() -> Column[str]:
    """Return the organisation that a row belongs to; empty for the whole house."""
    return Column("organisation_id", String(26), nullable=False, server_default="")
