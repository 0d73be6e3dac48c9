"""Lists a page at a time: in the order of time and id, after the last row of the page before (keyset).

Holds no list; whoever asks brings the table, and the condition that keeps it within a scope.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Select, tuple_

from lms.core.operations.paging import Bookmark


def page(
    query: Select[Any], at: Column[Any], id_: Column[Any], after: Bookmark | None, limit: int
) -> Select[Any]:
    """Return a query for the rows that follow a bookmark, oldest first; for the first ones without it."""
    if after is not None:
        query = query.where(tuple_(at, id_) > tuple_(after.at, after.id))
    return query.order_by(at, id_).limit(limit)
