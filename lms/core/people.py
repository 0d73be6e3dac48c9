"""People as far as rules need to know them: who acts, and in which part.

Holds no name, no address: an actor is an opaque id with roles.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The parts that people play; everybody with an account is a learner."""

    LEARNER = "learner"
    AUTHOR = "author"
    REVIEWER = "reviewer"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does a deed.

    `person` is empty for somebody who has only looked. A *visitor* tries a first module without an
    account: a person id, but not a member.
    """

    person: str = ""
    roles: frozenset[Role] = frozenset()
    organisation: str = ""
    session: str = ""

    @property
    def is_member(self) -> bool:
        """Say whether this is somebody with an account."""
        return Role.LEARNER in self.roles

    @property
    def is_visitor(self) -> bool:
        """Say whether this is somebody who tries a module without an account."""
        return bool(self.person) and not self.roles


NOBODY = Actor()
SYSTEM = Actor(person="system", roles=frozenset(Role))
