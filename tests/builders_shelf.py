"""A library made in memory, for releases that no sealed site has yet."""

from __future__ import annotations

from dataclasses import dataclass, field

from lms.core.course import Release
from lms.core.errors import NotFound
from lms.core.findings import Finding
from lms.core.legislation import Register, Term


@dataclass
class Shelf:
    """A library of releases that were made in memory, for what no sealed site has yet."""

    releases: list[Release] = field(default_factory=list)
    broken: list[Finding] = field(default_factory=list)

    def __hash__(self) -> int:
        """Be known by identity, as the library of files is."""
        return id(self)

    def courses(self) -> tuple[str, ...]:
        """List the course ids."""
        return tuple(dict.fromkeys(one.course.id for one in self.releases))

    def versions(self, course_id: str) -> tuple[str, ...]:
        """List the versions of a course, oldest first."""
        return tuple(one.version for one in self.releases if one.course.id == course_id)

    def release(self, course_id: str, version: str) -> Release:
        """Give a release."""
        for one in self.releases:
            if (one.course.id, one.version) == (course_id, version):
                return one
        raise NotFound("release.unknown")

    def latest(self, course_id: str) -> Release:
        """Give the newest release."""
        return self.release(course_id, self.versions(course_id)[-1])

    def verify(self, course_id: str, version: str) -> tuple[Finding, ...]:
        """Give what is wrong with a seal."""
        return tuple(self.broken) if version in self.versions(course_id) else ()

    def medium(self, digest: str) -> None:
        """Have no files."""
        raise NotFound("media.unknown", digest=digest)

    def register(self) -> Register:
        """Give an empty register."""
        return Register("", "", "", {})

    def glossary(self) -> dict[str, Term]:
        """Give no terms."""
        return {}
