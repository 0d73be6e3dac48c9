"""The condition that keeps a query within a scope.

Holds no table and no rule about who has which scope. Every query that staff reach takes a `Scope` it cannot
do without, and puts this condition into its WHERE clause.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, or_, true

from lms.core.people.actors import Extent, Scope

Part = ColumnElement[str]


def within(
    scope: Scope, organisation: Part, *, course: Part | None = None, locale: Part | None = None
) -> ColumnElement[bool]:
    """Return the condition that a row lies within a scope.

    A row that has no column for a part (a person has no course) lies only within extents that leave the part
    open.
    """
    return or_(false(), *(_inside(one, organisation, course, locale) for one in _in_order(scope)))


def _in_order(scope: Scope) -> list[Extent]:
    """Return the extents in an order of their own, so that one scope makes one statement."""
    return sorted(scope.extents, key=lambda one: (one.organisation, one.course, one.locale))


def _inside(
    extent: Extent, organisation: Part, course: Part | None, locale: Part | None
) -> ColumnElement[bool]:
    wanted = ((extent.organisation, organisation), (extent.course, course), (extent.locale, locale))
    return and_(
        true(), *(false() if column is None else column == value for value, column in wanted if value)
    )
