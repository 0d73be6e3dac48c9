"""A site in one folder: the first `core.publishing.site.Site`; it reads (`library`), checks, saves, seals.

Holds the putting together of what the room can do; nothing outside it opens a course file.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from lms.content.checks.checking import check_site
from lms.content.checks.rules.check_context import CheckContext, a_context
from lms.content.checks.rules.courses import quiz_faults
from lms.content.drafts import workshop
from lms.content.drafts.courses import outcomes_of
from lms.content.drafts.drafts import DRAFT, read_module_draft
from lms.content.drafts.quiz_drafts import placed_in, quiz_file
from lms.content.drafts.vouched import read_vouched, vouched_file, write_vouched
from lms.content.editing import changing, cutting, law_files, lesson_files
from lms.content.files import checkout
from lms.content.files.files import sha256
from lms.content.files.writing import clear_left
from lms.content.library import Library
from lms.content.resealing import seal_again
from lms.content.sealing import SealOrder, seal_order
from lms.content.shared.glossary import FILE as GLOSSARY
from lms.content.shared.helplines import confirm
from lms.content.shared.register import FOLDER as LAWS
from lms.core.authoring.lessons.changes import Change
from lms.core.authoring.lessons.drafts import DraftCourse, LessonDraft, LessonPlace
from lms.core.authoring.lessons.pieces import Piece
from lms.core.authoring.quizzes.quiz_draft import QuizDraft
from lms.core.courses.course import Lesson, Module, Release
from lms.core.courses.findings import Finding
from lms.core.errors import Conflict, Invalid, NotFound
from lms.core.ids import is_slug
from lms.core.legislation.register import Law
from lms.core.locales import Words
from lms.core.publishing.comparing.vouching import VouchedSet
from lms.core.publishing.site import FileChange, Sealing

_Surroundings = tuple[int, int, str, CheckContext, object]


class SiteFolder(Library):
    """Everything that is taught, in one folder."""

    #: What a check of one lesson needs of register and glossary, made again when one of them is read again.
    _surroundings: _Surroundings | None = None

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
        self._require(course_id)
        workshop.require_of_draft(course_id, file)
        return self.files.raw(file) or b""

    def save(self, course_id: str, changes: Mapping[str, FileChange]) -> Mapping[str, str]:
        """Save files of a draft, all or none, if each has the digest it was read at; return the new ones.

        Raises: NotFound `course.unknown`, `draft.unknown-file`; Conflict `draft.changed`; Unavailable
        `disk.write-failed`.
        """
        self._require(course_id)
        return workshop.save(self.files, course_id, changes)

    def begin_course(self, course_id: str, files: Mapping[str, bytes]) -> None:
        """Make the files of a new course, its course file last.

        Raises: Conflict `new.exists`; NotFound `draft.unknown-file`; Unavailable `disk.write-failed`.
        """
        workshop.begin(self.files, course_id, files)

    def module_files(self, course_id: str, module_id: str) -> Mapping[str, bytes]:
        """Return every file of a module's draft, its quiz and media included; none of one that is not there.

        Raises: NotFound `course.unknown`.
        """
        course, _ = self.course_draft(course_id)
        if course is None or module_id not in course.modules:
            return {}
        return workshop.files_of_module(self.files, course_id, module_id)

    def draft_texts(self, course_id: str) -> tuple[str, ...]:
        """List the files of a draft that hold words: course, survey, modules, lessons, captions, quizzes.

        Raises: NotFound `course.unknown`; Invalid `draft.not-whole`.
        """
        course, findings = self.course_draft(course_id)
        if course is None:
            raise Invalid("draft.not-whole", findings, course=course_id)
        return tuple(workshop.texts_of_draft(self.files, course_id, course.modules))

    def quiz_draft(self, course_id: str, module_id: str, today: str) -> QuizDraft:
        """Return the quiz of a module as it stands, with every finding at its place.

        Raises: NotFound `course.unknown`, `module.unknown`; Invalid `draft.not-whole`.
        """
        course, findings = self.course_draft(course_id)
        if course is None:
            raise Invalid("draft.not-whole", findings, course=course_id)
        if module_id not in course.modules:
            raise NotFound("module.unknown", module=module_id)
        folder, file = f"courses/{course_id}/{module_id}/{DRAFT}", quiz_file(course_id, module_id)
        module = read_module_draft(self.files, course, module_id, folder=folder, quiz_file=file)
        context = a_context(self.files, date.fromisoformat(today), self.register().laws, self.glossary())
        faults = (*module.findings, *quiz_faults(module, course, context))
        value, raw = module.quiz_source.value, self.files.raw(file)
        return QuizDraft(
            file=file,
            digest="" if raw is None else sha256(raw),
            course=course,
            module=module_id,
            title=Words(dict(module.shape.title) if module.shape else {}),
            outcomes=outcomes_of(module.shape),
            value=value if isinstance(value, dict) else {},
            findings=placed_in(module.quiz_source, faults),
            is_readable=raw is None or isinstance(value, dict),
        )

    def vouched(self, course_id: str, module_id: str) -> tuple[VouchedSet, ...]:
        """Return the sets of blocks of a module that somebody has vouched for; none of a damaged file."""
        return read_vouched(self.files, course_id, module_id) or ()

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
        self.draft(course_id)
        workshop.require_of_draft(course_id, vouched_file(course_id, module_id))
        with workshop.alone(self.files, course_id):
            write_vouched(self.files, course_id, module_id, add, remove)

    def commit(self, course_id: str, message: str, by: str) -> bool:
        """Note what was published in the history of the site, if it is a Git checkout.

        Raises: Unavailable `site.not-committed`.
        """
        return checkout.commit(self.files.root, (f"courses/{course_id}", f"quizzes/{course_id}"), message, by)

    def _require(self, course_id: str) -> None:
        """Refuse a course that is not there, without reading it: a block is saved in a moment."""
        if not is_slug(course_id) or not self.files.exists(f"courses/{course_id}/course.yaml"):
            raise NotFound("course.unknown", course=course_id)

    # --- editing ----------------------------------------------------------------------------------
    def draft_course(self, course_id: str) -> DraftCourse:
        """Return the outline of a draft.

        Raises: NotFound `course.unknown`; Invalid `draft.not-whole`.
        """
        return lesson_files.draft_course(self.files, course_id)

    def draft_lesson(self, place: LessonPlace) -> LessonDraft:
        """Return one lesson of a draft in pieces.

        Raises: NotFound `course.unknown`, `lesson.unknown`; Invalid `draft.not-whole`.
        """
        return lesson_files.draft_lesson(self.files, place)

    def pieces(self, content: bytes) -> Piece:
        """Cut the source of a lesson into pieces."""
        return cutting.cut_pieces(content)

    def changed(self, content: bytes, wish: Change, locale: str) -> bytes:
        """Return the source of a lesson with one change.

        Raises: as `editing.changing.changed`.
        """
        return changing.changed(content, wish, locale)

    def allowed_in(self, kind: str) -> tuple[str, ...]:
        """Return the kinds of pieces that may stand in a container, or in the lesson itself for ''."""
        return changing.allowed_in(kind)

    def judged(self, draft: LessonDraft, today: str) -> tuple[Finding, ...]:
        """Check one lesson alone."""
        laws, terms = self.register(), self.glossary()
        kept = self._surroundings
        if kept is None or (kept[0], kept[1], kept[2]) != (id(laws), id(terms), today):
            made = a_context(self.files, date.fromisoformat(today), laws.laws, terms)
            kept = self._surroundings = (id(laws), id(terms), today, made, (laws, terms))
        return lesson_files.judged(draft, kept[3])

    def draft_preview(self, place: LessonPlace) -> tuple[Release, Module, Lesson]:
        """Return a lesson of a draft as it would be read.

        Raises: as `draft_lesson`.
        """
        return lesson_files.preview(self.files, place, self.register(), self.glossary())

    def unsafe_drawing(self, content: bytes) -> tuple[Finding, ...]:
        """Judge a drawing that somebody wants to upload."""
        return lesson_files.unsafe_drawing(content)

    def confirm_help_line(self, line: str, day: str) -> None:
        """Note in the file of the help lines that a line was confirmed on a day.

        Raises: NotFound `help-line.unknown`; Conflict `help-line.by-hand`; Unavailable `disk.write-failed`.
        """
        confirm(self.files, line, day)
        self._lines.expire()

    def law_digest(self, law_id: str) -> str:
        """Return the digest of an entry of the register as it is now; '' for one that is not there yet.

        Raises: NotFound `law.unknown`.
        """
        return law_files.law_digest(self.files, law_id)

    def save_law(self, law: Law, *, expected: str) -> str:
        """Write an entry of the register that still has the digest at which it was read.

        Raises: NotFound `law.unknown`; Conflict `law.changed`, `law.by-hand`; Invalid `law.not-whole`;
        Unavailable `disk.write-failed`.
        """
        digest = law_files.save_law(self.files, law, expected=expected)
        self._register.expire()
        return digest

    def seal(self, course_id: str, version: str, wish: Sealing, findings: tuple[Finding, ...] = ()) -> bool:
        """Seal the draft, or an earlier version once more; return whether that very seal was there already.

        Nothing is saved meanwhile, and what was being written when a process was killed is taken away.

        Raises: NotFound `course.unknown`; Conflict `release.cannot-follow` where another version was sealed
        since it was found out what this one follows; and as `sealing.seal` and `resealing.seal_again` do.
        """
        if course_id not in self.courses():
            raise NotFound("course.unknown", course=course_id)
        with workshop.alone(self.files, course_id):
            for part in ("courses", "quizzes"):
                clear_left(self.files.root / part / course_id)
            if wish.source:
                return seal_again(self, course_id, version, wish)
            newest = "".join(self.versions(course_id)[-1:])
            if wish.newest not in {"", newest} and version not in self.versions(course_id):
                raise Conflict("release.cannot-follow", course=course_id, version=wish.parent)
            order = SealOrder(version, wish.by, wish.why, wish.date, wish.draft, wish.typo_only, wish.parent)
            return seal_order(self, course_id, order, findings).was_there
