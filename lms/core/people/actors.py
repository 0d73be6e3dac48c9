"""People as far as rules need to know them: who acts, in which part, and how far that part reaches.

Holds no name, no address: an actor is an opaque id with grants. A grant gives a role for everything, or for
one organisation, course or language alone. Who may do what is judged by `actions.action`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The parts that people play; everybody with an account is a learner."""

    LEARNER = "learner"
    AUTHOR = "author"
    REVIEWER = "reviewer"
    ADMIN = "admin"


#: The roles that are given and taken away; being a learner comes and goes with the account.
STAFF = (Role.AUTHOR, Role.REVIEWER, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a grant reaches, or what an act or a row is about; an empty part is all of it."""

    organisation: str = ""
    course: str = ""
    locale: str = ""

    def covers(self, other: Extent) -> bool:
        """Return whether everything in `other` lies within this extent.

        >>> Extent(course="welcome").covers(Extent("o1", "welcome", "fr")), Extent("o1").covers(Extent())
        (True, False)
        """
        return (
            self.organisation in {"", other.organisation}
            and self.course in {"", other.course}
            and self.locale in {"", other.locale}
        )


EVERYTHING = Extent()


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that somebody holds, and how far it reaches."""

    role: Role
    extent: Extent = EVERYTHING


@dataclass(frozen=True, slots=True)
class Scope:
    """What a query may touch: the extents of somebody's grants of one role; none at all is nothing."""

    extents: frozenset[Extent]

    def covers(self, other: Extent) -> bool:
        """Return whether one of the extents covers everything in `other`."""
        return any(one.covers(other) for one in self.extents)


WHOLE_HOUSE = Scope(frozenset({EVERYTHING}))
NOTHING = Scope(frozenset())


def grants(*roles: Role, extent: Extent = EVERYTHING) -> frozenset[Grant]:
    """Return grants of these roles with one extent.

    >>> grants() == frozenset()
    True
    """
    return frozenset(Grant(role, extent) for role in roles)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does an action.

    `person` is empty for somebody who has only looked. A *visitor* tries a first module without an
    account: a person id, but not a member.
    """

    person: str = ""
    grants: frozenset[Grant] = frozenset()
    organisation: str = ""
    session: str = ""

    @property
    def roles(self) -> frozenset[Role]:
        """Return the roles that are held, however far they reach."""
        return frozenset(grant.role for grant in self.grants)

    @property
    def is_member(self) -> bool:
        """Return whether this is somebody with an account."""
        return Role.LEARNER in self.roles

    @property
    def is_visitor(self) -> bool:
        """Return whether this is somebody who tries a module without an account."""
        return bool(self.person) and not self.grants

    def scope(self, role: Role) -> Scope:
        """Return how far this actor's grants of a role reach."""
        return scope_of(self.grants, role)


def scope_of(held: Iterable[Grant], role: Role) -> Scope:
    """Return how far these grants of a role reach together."""
    return Scope(frozenset(grant.extent for grant in held if grant.role is role))


NOBODY = Actor()
SYSTEM = Actor(person="system", grants=grants(*Role))
