"""A library made in memory, for releases that no sealed site has yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lms.core.courses.course import Release
from lms.core.courses.findings import Finding
from lms.core.courses.helplines import HelpLine
from lms.core.errors import NotFound
from lms.core.legislation.register import Register, Term
from lms.core.publishing.site import Expressions, SealHead, Trouble


@dataclass
class Shelf:
    """A library of releases that were made in memory, for what no sealed site has yet."""

    releases: list[Release] = field(default_factory=list)
    broken: list[Finding] = field(default_factory=list)
    expressions: tuple[Expressions, ...] = ()  # other words to search by

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
        """Return a release."""
        for one in self.releases:
            if (one.course.id, one.version) == (course_id, version):
                return one
        raise NotFound("release.unknown")

    def latest(self, course_id: str) -> Release:
        """Return the newest release."""
        return self.release(course_id, self.versions(course_id)[-1])

    def heads(self, course_id: str) -> tuple[SealHead, ...]:
        """List what the locks would say."""
        return tuple(
            SealHead(course_id, one.version, one.digest, one.parent, one.change, one.date)
            for one in self.releases
            if one.course.id == course_id
        )

    def sealed_files(self, _course_id: str, _version: str) -> dict[str, str]:
        """Have no files."""
        return {}

    def is_intact(self, sealed: Mapping[str, str]) -> bool:
        """Have no files that could differ."""
        return not sealed

    def troubles(self) -> tuple[Trouble, ...]:
        """Have no files that could be damaged."""
        return ()

    def help_lines(self) -> tuple[HelpLine, ...]:
        """Return no help lines."""
        return ()

    def search_words(self) -> tuple[Expressions, ...]:
        """Return the other words to search by."""
        return self.expressions

    def confirm_help_line(self, line: str, day: str) -> None:
        """Know no help line."""
        raise NotFound("help-line.unknown", id=line, day=day)

    def verify(self, course_id: str, version: str) -> tuple[Finding, ...]:
        """Return what is wrong with a seal."""
        return tuple(self.broken) if version in self.versions(course_id) else ()

    def medium(self, digest: str) -> None:
        """Have no files."""
        raise NotFound("media.unknown", digest=digest)

    def register(self) -> Register:
        """Return an empty register."""
        return Register("", "", "", {})

    def glossary(self) -> dict[str, Term]:
        """Return no terms."""
        return {}
