"""What the house asks of a site: drafts, sealed releases, the files that courses share, media.

Holds protocols and no implementation: a folder is the first one, shared storage may be another. Nothing else
opens a course file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO, Protocol, runtime_checkable

from lms.core.authoring.lessons.changes import Change
from lms.core.authoring.lessons.drafts import DraftCourse, LessonDraft, LessonPlace
from lms.core.authoring.lessons.pieces import Piece
from lms.core.authoring.quizzes.quiz_draft import QuizDraft
from lms.core.courses.course import Course, Lesson, Module, Release
from lms.core.courses.findings import Finding
from lms.core.courses.helplines import HelpLine
from lms.core.legislation.register import Law, Register, Term
from lms.core.publishing.comparing.vouching import VouchedSet

#: Kinds of trouble, which are also the kinds of the tasks that they open.
UNREADABLE, NOT_HERE, SHARED_DAMAGED = "release-unreadable", "release-not-here", "shared-file-damaged"
MEDIUM_DAMAGED = "medium-damaged"

#: Several expressions for one thing, by language: whoever looks for one finds what holds any.
Expressions = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, order=True)
class Trouble:
    """Something of the site that cannot be read: which kind, and a file or a course with its version."""

    kind: str
    about: str


@dataclass(frozen=True, slots=True)
class SealHead:
    """What the lock of a sealed release says of it, without its texts."""

    course: str
    version: str
    digest: str
    parent: str
    change: str
    date: str


@dataclass(frozen=True, slots=True)
class FileChange:
    """Other bytes for a file of a draft; `expected` is the digest at which it was read, '' for a new one."""

    content: bytes
    expected: str


@dataclass(frozen=True, slots=True)
class Sealing:
    """What whoever seals says: who answers for it, why (in each required language), on which day.

    What is sealed follows `parent` (the newest sealed version when empty). `source` names a sealed version
    whose contents are sealed again: the way back. Without a source the draft is sealed, if it has the digest
    `draft` at which it was checked and approved (whatever it holds when empty). `typo_only` holds the loose
    digests of blocks that a named person marked so. `newest` is the newest sealed version when it was found
    out what is followed: where there is a newer one by then, that has to be found out again.
    """

    by: str
    why: Mapping[str, str]
    date: str
    source: str = ""
    parent: str = ""
    draft: str = ""
    typo_only: frozenset[str] = frozenset()
    newest: str = ""


@runtime_checkable
class Medium(Protocol):
    """A picture, recording or caption file."""

    @property
    def size(self) -> int:
        """Return the number of bytes."""
        ...

    @property
    def type(self) -> str:
        """Return the media type."""
        ...

    def open(self) -> BinaryIO:
        """Open the bytes; whoever opens closes.

        Raises: Unavailable `media.unreadable` where they are gone or have changed since they were found.
        """
        ...

    def read(self) -> bytes:
        """Return the bytes.

        Raises: as `open`.
        """
        ...


class Site(Protocol):
    """Everything that is taught."""

    # --- sealed releases
    def courses(self) -> tuple[str, ...]:
        """List the ids of the courses."""
        ...

    def versions(self, course_id: str) -> tuple[str, ...]:
        """List the sealed versions of a course, oldest first."""
        ...

    def heads(self, course_id: str) -> tuple[SealHead, ...]:
        """List what the locks of a course say, oldest first; one that cannot be read is left out."""
        ...

    def release(self, course_id: str, version: str) -> Release:
        """Return a sealed release.

        Raises: NotFound `release.unknown`; Invalid `release.broken-seal` with every file that differs.
        """
        ...

    def latest(self, course_id: str) -> Release | None:
        """Return the newest sealed release of a course.

        Raises: Invalid `release.broken-seal`.
        """
        ...

    def verify(self, course_id: str, version: str) -> tuple[Finding, ...]:
        """Hash a seal again and return every file that is gone or differs."""
        ...

    def sealed_files(self, course_id: str, version: str) -> Mapping[str, str]:
        """Return every file of a seal with its digest; nothing where that cannot be said."""
        ...

    def is_intact(self, sealed: Mapping[str, str]) -> bool:
        """Return whether files are here and have these digests."""
        ...

    # --- drafts
    def check(self, course_id: str, today: str) -> tuple[Finding, ...]:
        """Return every finding of a draft and of what it shares with others.

        Raises: NotFound `course.unknown`.
        """
        ...

    def preview(self, course_id: str) -> Release:
        """Return the draft as if it were sealed, with `draft` as its version.

        Raises: NotFound `course.unknown`; Invalid `draft.not-whole` with what keeps it from being read.
        """
        ...

    def draft_digest(self, course_id: str) -> str:
        """Return the digest of a draft as it stands, with the terms and laws that it would seal in.

        An approval is for one digest.

        Raises: NotFound `course.unknown`.
        """
        ...

    def languages(self, course_id: str) -> tuple[str, ...]:
        """Return the languages that a draft must have.

        Raises: NotFound `course.unknown`; Invalid `draft.not-whole`.
        """
        ...

    def course_draft(self, course_id: str) -> tuple[Course | None, tuple[Finding, ...]]:
        """Return the course file of a draft by itself; no course where it is not whole.

        Raises: NotFound `course.unknown`.
        """
        ...

    def begin_course(self, course_id: str, files: Mapping[str, bytes]) -> None:
        """Make the files of a new course, its course file last.

        Raises: Conflict `new.exists`; NotFound `draft.unknown-file`; Unavailable `disk.write-failed`.
        """
        ...

    def module_files(self, course_id: str, module_id: str) -> Mapping[str, bytes]:
        """Return every file of a module's draft, its quiz and media included; none of one that is not there.

        Raises: NotFound `course.unknown`.
        """
        ...

    def draft_texts(self, course_id: str) -> tuple[str, ...]:
        """List the files of a draft that hold words: course, survey, modules, lessons, captions, quizzes.

        Raises: NotFound `course.unknown`; Invalid `draft.not-whole`.
        """
        ...

    def quiz_draft(self, course_id: str, module_id: str, today: str) -> QuizDraft:
        """Return the quiz of a module as it stands, with every finding at its place.

        Raises: NotFound `course.unknown`, `module.unknown`; Invalid `draft.not-whole`.
        """
        ...

    def draft_file(self, course_id: str, file: str) -> bytes:
        """Return a file of a draft; empty when there is none yet.

        Raises: NotFound `course.unknown`, `draft.unknown-file`.
        """
        ...

    def save(self, course_id: str, changes: Mapping[str, FileChange]) -> Mapping[str, str]:
        """Save files of a draft, all or none, if each has the digest it was read at; return the new ones.

        Raises: NotFound `course.unknown`, `draft.unknown-file`; Conflict `draft.changed`; Unavailable
        `disk.write-failed`.
        """
        ...

    def vouched(self, course_id: str, module_id: str) -> tuple[VouchedSet, ...]:
        """Return the sets of blocks of a module that somebody has vouched for; none of a damaged file."""
        ...

    def vouch(
        self,
        course_id: str,
        module_id: str,
        add: tuple[VouchedSet, ...] = (),
        remove: frozenset[str] = frozenset(),
    ) -> None:
        """Vouch for sets of blocks, and take back others by their keys.

        Raises: NotFound `course.unknown`, `draft.unknown-file`; Conflict `translation.file-damaged`;
        Unavailable `disk.write-failed`.
        """
        ...

    def commit(self, course_id: str, message: str, by: str) -> bool:
        """Note what was published in the history of the site, if it keeps one; return whether it did.

        Raises: Unavailable `site.not-committed`.
        """
        ...

    # --- editing
    def draft_course(self, course_id: str) -> DraftCourse:
        """Return the outline of a draft: modules, lessons, files.

        Raises: NotFound `course.unknown`; Invalid `draft.not-whole`.
        """
        ...

    def draft_lesson(self, place: LessonPlace) -> LessonDraft:
        """Return one lesson of a draft in pieces.

        Raises: NotFound `course.unknown`, `lesson.unknown`; Invalid `draft.not-whole`.
        """
        ...

    def pieces(self, content: bytes) -> Piece:
        """Cut the source of a lesson into pieces, whose bytes together are the source."""
        ...

    def changed(self, content: bytes, wish: Change, locale: str) -> bytes:
        """Return the source of a lesson with one change; every other piece keeps its bytes.

        Raises: Conflict `editing.piece-gone`; Invalid `editing.reaches-out`, `editing.id-typed`,
        `editing.no-text`, `editing.kind-not-here`, `editing.no-neighbour`, `editing.cannot-join`,
        `editing.text-missing`.
        """
        ...

    def allowed_in(self, kind: str) -> tuple[str, ...]:
        """Return the kinds of pieces that may stand in a container, or in the lesson itself for ''."""
        ...

    def judged(self, draft: LessonDraft, today: str) -> tuple[Finding, ...]:
        """Check one lesson alone, which is quick."""
        ...

    def draft_preview(self, place: LessonPlace) -> tuple[Release, Module, Lesson]:
        """Return a lesson of a draft as it would be read.

        Raises: as `draft_lesson`.
        """
        ...

    def draft_medium(self, course_id: str, module_id: str, name: str) -> Medium:
        """Find a file among the media of a draft.

        Raises: NotFound `media.unknown`.
        """
        ...

    def unsafe_drawing(self, content: bytes) -> tuple[Finding, ...]:
        """Judge a drawing that somebody wants to upload."""
        ...

    def seal(self, course_id: str, version: str, wish: Sealing, findings: tuple[Finding, ...] = ()) -> bool:
        """Seal the draft, or an earlier version once more; return whether that very seal was there already.

        Raises: NotFound `course.unknown`, `release.unknown`; Invalid `release.version-form`,
        `release.findings`, `release.reason-missing`, `release.version-too-low`, `draft.not-whole`,
        `release.broken-seal`; Conflict `release.already-sealed`, `draft.changed`; Unavailable
        `disk.write-failed`.
        """
        ...

    # --- what all courses share
    def register(self) -> Register:
        """Return the register of laws as it stands now; of a damaged file, as it last was whole."""
        ...

    def glossary(self) -> dict[str, Term]:
        """Return all terms by id; of a damaged file, as it last was whole."""
        ...

    def help_lines(self) -> tuple[HelpLine, ...]:
        """Return all help lines; of a damaged file, as it last was whole."""
        ...

    def search_words(self) -> tuple[Expressions, ...]:
        """Return the groups of expressions for one thing; of a damaged file, as it last was whole."""
        ...

    def confirm_help_line(self, line: str, day: str) -> None:
        """Note in the file of the help lines that a line was confirmed on a day.

        Raises: NotFound `help-line.unknown`; Conflict `help-line.by-hand`; Unavailable `disk.write-failed`.
        """
        ...

    def law_digest(self, law_id: str) -> str:
        """Return the digest of an entry of the register as it is now; '' for one that is not there yet.

        Raises: NotFound `law.unknown`.
        """
        ...

    def save_law(self, law: Law, *, expected: str) -> str:
        """Write an entry of the register that still has the digest at which it was read; return the new one.

        What nobody touched keeps its bytes. `expected` is empty for a new entry.

        Raises: NotFound `law.unknown`; Conflict `law.changed`, `law.by-hand`; Invalid `law.not-whole`;
        Unavailable `disk.write-failed`.
        """
        ...

    def troubles(self) -> tuple[Trouble, ...]:
        """List the shared files that are damaged now."""
        ...

    # --- media
    def medium(self, digest: str) -> Medium:
        """Find sealed media by digest; what is given has that digest.

        Raises: NotFound `media.unknown`; Unavailable `media.unreadable` with the file that is gone or
        differs.
        """
        ...
