"""A site in one folder: the first `core.publishing.site.Site`; it reads (`library`), checks, saves, seals.

Holds the putting together of what the room can do; nothing outside it opens a course file.
"""

from __future__ import annotations

from datetime import date

from lms.content.checks.checking import check_site
from lms.content.drafts import workshop
from lms.content.library import Library
from lms.content.resealing import seal_again
from lms.content.sealing import seal
from lms.content.shared.glossary import FILE as GLOSSARY
from lms.content.shared.helplines import confirm
from lms.content.shared.register import FOLDER as LAWS
from lms.core.courses.findings import Finding
from lms.core.errors import Invalid, NotFound
from lms.core.publishing.site import Sealing


class SiteFolder(Library):
    """Everything that is taught, in one folder."""

    def check(self, course_id: str, today: str) -> tuple[Finding, ...]:
        """Return every finding of a draft and of what it shares with others.

        Raises: NotFound `course.unknown`.
        """
        self.draft(course_id)
        return tuple(check_site(self, date.fromisoformat(today), only=(course_id, LAWS, GLOSSARY)))

    def languages(self, course_id: str) -> tuple[str, ...]:
        """Return the languages that a draft must have.

        Raises: NotFound `course.unknown`; Invalid `draft.not-whole`.
        """
        draft = self.draft(course_id)
        if draft.course is None:
            raise Invalid("draft.not-whole", draft.findings, course=course_id)
        return draft.course.required_locales

    def draft_file(self, course_id: str, file: str) -> bytes:
        """Return a file of a draft; empty when there is none yet.

        Raises: NotFound `course.unknown`, `draft.unknown-file`.
        """
        self.draft(course_id)
        workshop.require_of_draft(course_id, file)
        return self.files.raw(file) or b""

    def save(self, course_id: str, file: str, content: bytes, *, expected: str) -> str:
        """Save a file of a draft if it still has the digest at which it was read; return the new one.

        Raises: NotFound `course.unknown`, `draft.unknown-file`; Conflict `draft.changed`; Unavailable
        `disk.write-failed`.
        """
        self.draft(course_id)
        return workshop.save(self.files, course_id, file, content, expected=expected)

    def confirm_help_line(self, line: str, day: str) -> None:
        """Note in the file of the help lines that a line was confirmed on a day.

        Raises: NotFound `help-line.unknown`; Conflict `help-line.by-hand`; Unavailable `disk.write-failed`.
        """
        confirm(self.files, line, day)

    def seal(self, course_id: str, version: str, wish: Sealing, findings: tuple[Finding, ...] = ()) -> bool:
        """Seal the draft, or an earlier version once more; return whether that very seal was there already.

        Nothing is saved meanwhile.

        Raises: NotFound `course.unknown`, and as `sealing.seal` and `resealing.seal_again` do.
        """
        if course_id not in self.courses():
            raise NotFound("course.unknown", course=course_id)
        with workshop.alone(self.files, course_id):
            if wish.source:
                return seal_again(self, course_id, version, wish)
            said = {"by": wish.by, "why": wish.why, "date": wish.date, "approved": wish.draft}
            return seal(self, course_id, version, **said, findings=findings).was_there  # type: ignore[arg-type]
