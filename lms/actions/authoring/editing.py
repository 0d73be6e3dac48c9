"""Working on a lesson: open it in all its languages, save what was changed, see it as a learner will.

Whoever saves names the state in which they saw each piece. What others have changed meanwhile stays; only
where two have changed the same piece are both texts given back. Nothing that is wrong with the words keeps
anybody from saving.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lms.actions.action import Who, command, query
from lms.actions.authoring.reach import require_locale
from lms.actions.context import Context
from lms.actions.publishing import states
from lms.actions.publishing.reach import require_course
from lms.core.authoring.lessons.changes import WITH_ID, Change, InsertPiece, NamePiece, SetFields, SetText
from lms.core.authoring.lessons.drafts import DraftCourse, DraftText, LessonDraft, LessonPlace
from lms.core.authoring.lessons.edits import Clash, Edit, SaveResult
from lms.core.authoring.lessons.pieces import HEADING, Piece, Place, piece_at, walk
from lms.core.authoring.lessons.rows import Row, found_again, rows_of
from lms.core.courses.course import Lesson, Module, Release
from lms.core.courses.findings import Finding
from lms.core.errors import Invalid, NotFound
from lms.core.ids import time_ordered
from lms.core.legislation.entries import is_day
from lms.core.operations.characters import can_be_kept, can_be_written
from lms.core.people.actors import Actor
from lms.core.publishing.site import FileChange

MOST_BYTES = 1_500_000  # of one lesson in one language
_SECTION = 2
_DATES = frozenset({"as-of", "review-by"})
_ID_LETTERS = 6


@query("authoring.outline", by=Who.STAFF, scoped=True)
def outline(context: Context, actor: Actor, course: str) -> DraftCourse:
    """Return the modules and lessons of a draft.

    Raises: NotFound `course.unknown`; Invalid `draft.not-whole`.
    """
    require_course(actor, context, Who.STAFF, course)
    return context.library.draft_course(course)


@query("authoring.outline_findings", by=Who.STAFF, scoped=True)
def findings(context: Context, actor: Actor, course: str) -> tuple[Finding, ...]:
    """Return everything that the check finds in a draft.

    Raises: NotFound `course.unknown`.
    """
    require_course(actor, context, Who.STAFF, course)
    return context.library.check(course, context.today())


@query("authoring.open_lesson", by=Who.STAFF, scoped=True)
def open_lesson(context: Context, actor: Actor, place: LessonPlace) -> LessonDraft:
    """Return a lesson in pieces, with what the check of this lesson finds.

    Raises: NotFound `course.unknown`, `lesson.unknown`; Invalid `draft.not-whole`.
    """
    require_course(actor, context, Who.STAFF, place.course)
    draft = context.library.draft_lesson(place)
    return replace(draft, findings=context.library.judged(draft, context.today()))


@query("authoring.preview", by=Who.STAFF, scoped=True)
def preview(context: Context, actor: Actor, place: LessonPlace) -> tuple[Release, Module, Lesson]:
    """Return a lesson of a draft as learners would read it; nothing is kept for anybody.

    Raises: as `open_lesson`.
    """
    require_course(actor, context, Who.STAFF, place.course)
    return context.library.draft_preview(place)


class _Work:
    """One language of a lesson while it is changed."""

    def __init__(self, context: Context, course: str, locale: str, text: DraftText) -> None:
        self.context = context
        self.course, self.locale, self.file = course, locale, text.file
        self.first = self.raw = context.library.draft_file(course, text.file)
        self.expected = states.digest_of(self.raw) or text.digest

    @property
    def root(self) -> Piece:
        return self.context.library.pieces(self.raw)

    def before(self, base: str) -> Piece | None:
        """Return the pieces of an earlier state; None when it is not known any more."""
        if base == self.expected:
            return self.context.library.pieces(self.first)
        try:
            return self.context.library.pieces(self.context.blobs.get(base)) if base else None
        except NotFound:
            return None

    def place_of(self, edit: Edit) -> tuple[Place, bool] | None:
        """Return where the piece of an edit is now, and whether it is as its author saw it."""
        before = self.before(edit.base)
        if before is not None:
            return found_again(before, self.root, edit.wish.place)
        alike = [place for place, piece in walk(self.root) if states.digest_of(piece.head) == edit.was]
        if len(alike) == 1:
            return alike[0], True
        here = piece_at(self.root, edit.wish.place)
        return (edit.wish.place, False) if here is not None and not here.is_container else None

    def change(self, wish: Change) -> None:
        _require_sound(wish)
        raw = self.context.library.changed(self.raw, wish, self.locale)
        if len(raw) > MOST_BYTES:
            raise Invalid("editing.too-long", kilo=MOST_BYTES // 1000)
        self.raw = raw


def _require_sound(wish: Change) -> None:
    """Refuse what no file of a lesson can hold, and a date that is none.

    Raises: Invalid `input.characters`, `editing.date-form`.
    """
    if not can_be_written(_typed(wish)):
        raise Invalid("input.characters")
    values = wish.new.values if isinstance(wish, InsertPiece) else getattr(wish, "values", {})
    for name in sorted(_DATES & set(values)):
        if values[name] and not is_day(values[name]):
            raise Invalid("editing.date-form", found=values[name])


def _is_done(piece: Piece | None, wish: Change) -> bool:
    """Return whether a piece reads already as it is wished to: a second press, another tab."""
    if not isinstance(wish, SetText) or piece is None:
        return False
    return wish.level in {0, piece.level} and _plain(piece.shown) == _plain(wish.text)


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))


class _Save:
    """One save: every edit in its turn, what cannot be done told apart from what can."""

    def __init__(self, context: Context, draft: LessonDraft) -> None:
        self.context, self.draft = context, draft
        self.works: dict[str, _Work] = {}
        self.done: set[tuple[str, Place]] = set()
        self.clashes: list[Clash] = []
        self.refused: list[tuple[Edit, str, Mapping[str, object]]] = []

    def work(self, locale: str) -> _Work:
        if locale not in self.draft.texts:
            raise NotFound("authoring.language-unknown", locale=locale)
        if locale not in self.works:
            text = self.draft.texts[locale]
            self.works[locale] = _Work(self.context, self.draft.course.id, locale, text)
        return self.works[locale]

    def edit(self, edit: Edit) -> None:
        work = self.work(edit.locale)
        if edit.wish == SetFields(edit.wish.place):  # a piece that is only pointed at
            return
        at = work.place_of(edit) if edit.wish.place else ((), True)
        piece = piece_at(work.root, at[0]) if at else None
        if _is_done(piece, edit.wish):
            return
        is_text = not isinstance(edit.wish, InsertPiece)
        is_mine = (edit.locale, edit.wish.place) in self.done
        if at is None or (is_text and not at[1] and not is_mine):
            self.clashes.append(Clash(edit, piece, at[0] if at else ()))
            return
        try:
            work.change(replace(edit.wish, place=at[0]))
            self.done.add((edit.locale, edit.wish.place))
        except Invalid as refusal:
            self.refused.append((edit, refusal.code, refusal.params))

    def name_headings(self) -> None:
        """Give each new heading of a section an anchor: that of the other languages, or a new one."""
        fresh = {locale: self._fresh(work) for locale, work in self.works.items()}
        roots = {
            locale: self.works[locale].root if locale in self.works else text.root
            for locale, text in self.draft.texts.items()
        }
        for row in reversed(rows_of(roots)):
            bare = [locale for locale, (place, _) in row.cells.items() if place in fresh.get(locale, ())]
            if bare:
                known = next((piece.id for _, piece in row.cells.values() if piece.id), "")
                known = known or new_name(self.context, "s")
                for locale in bare:
                    self.works[locale].change(NamePiece(row.cells[locale][0], known))

    def _fresh(self, work: _Work) -> frozenset[Place]:
        old = {piece.head.strip() for _, piece in walk(self.context.library.pieces(work.first))}
        return frozenset(
            (at,)
            for at, piece in enumerate(work.root.children)
            if piece.kind == HEADING
            and piece.level == _SECTION
            and not piece.id
            and piece.head.strip() not in old
        )

    def now(self, edit: Edit) -> Place | None:
        """Return where the piece of an edit is, after all of them."""
        at = self.work(edit.locale).place_of(edit) if edit.wish.place else None
        return at[0] if at else None

    def written(self) -> list[states.Written]:
        """Write the languages that were changed, all of them or none."""
        changed = {
            work.file: FileChange(work.raw, work.expected)
            for work in self.works.values()
            if work.raw != work.first
        }
        return states.write_together(self.context, self.draft.course.id, changed)


@command("authoring.save_lesson", by=Who.AUTHOR, scoped=True)
def save_lesson(context: Context, actor: Actor, place: LessonPlace, edits: Sequence[Edit]) -> SaveResult:
    """Save what was changed in a lesson, each piece by itself, and say what could not be.

    Texts come first, from the end of the file to its beginning, so that no place moves before its turn; what
    moves pieces comes last. A block is saved in every language that was sent, or in none of them.

    Raises: NotFound `course.unknown`, `lesson.unknown`, `authoring.language-unknown`, `draft.unknown-file`;
    NotAllowed `authoring.other-language`; Invalid `draft.not-whole`, `input.characters`, `editing.too-long`;
    Conflict `draft.changed` where a file was saved in the very same moment; Unavailable `disk.write-failed`.
    """
    if not all(can_be_kept(_typed(edit.wish)) for edit in edits):
        raise Invalid("input.characters")
    for locale in {edit.locale for edit in edits}:
        require_locale(actor, context, place.course, locale)
    require_course(actor, context, Who.AUTHOR, place.course)
    draft, named = context.library.draft_lesson(place), sorted(_named(context, edits), key=_turn)
    save = _made(context, draft, named)
    beside = _beside(save, named)
    if beside:  # once more without them
        save = _made(context, draft, [edit for edit in named if edit not in beside])
    save.name_headings()
    written = save.written()
    with context.database.writing() as tx:
        batch = states.note(tx, context, actor, written, "authoring.save_lesson")
    digests = {locale: states.digest_of(work.raw) for locale, work in save.works.items()}
    places = tuple(save.now(edit) for edit in edits)
    return SaveResult(digests, tuple(save.clashes), tuple(save.refused), places, batch, beside)


def _made(context: Context, draft: LessonDraft, edits: Sequence[Edit]) -> _Save:
    save = _Save(context, draft)
    for edit in edits:
        save.edit(edit)
    return save


def _beside(save: _Save, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return the edits of blocks of which another language could not be saved."""
    failed = [clash.edit for clash in save.clashes] + [edit for edit, _, _ in save.refused]
    texts = [edit for edit in edits if isinstance(edit.wish, SetText | SetFields) and edit not in failed]
    if not failed or not texts:
        return ()
    fresh = _Save(save.context, save.draft)
    rows = dict(_numbered(rows_of({locale: text.root for locale, text in save.draft.texts.items()})))
    stuck = {rows.get((edit.locale, fresh.now(edit))) for edit in failed} - {None}
    return tuple(edit for edit in texts if rows.get((edit.locale, fresh.now(edit))) in stuck)


def _numbered(
    rows: Sequence[Row], around: tuple[int, ...] = ()
) -> Iterator[tuple[tuple[str, Place | None], tuple[int, ...]]]:
    """Give (language, place) of each piece, and the number of the row in which it stands."""
    for at, row in enumerate(rows):
        number = (*around, at)
        for locale, (place, _) in row.cells.items():
            yield (locale, place), number
        yield from _numbered(row.children, number)


def _named(context: Context, edits: Sequence[Edit]) -> list[Edit]:
    """Give a new piece its id, the same in every language into which it is put."""
    given: dict[str, str] = {}
    named: list[Edit] = []
    for edit in edits:
        wish = edit.wish
        if isinstance(wish, InsertPiece) and wish.new.kind in WITH_ID:
            kind = wish.new.kind
            given[kind] = given.get(kind) or new_name(context, "s" if kind == HEADING else kind[0])
            wish = replace(wish, new=replace(wish.new, id=given[kind]))
        named.append(replace(edit, wish=wish))
    return named


def _turn(edit: Edit) -> tuple[bool, tuple[int, ...]]:
    """Return the turn of an edit: texts and fields before the rest, the last place first."""
    is_text = type(edit.wish).__name__.startswith("Set")
    return not is_text, tuple(-step for step in edit.wish.place)


def _typed(wish: Change) -> object:
    if isinstance(wish, InsertPiece):
        return (dict(wish.new.parts), dict(wish.new.values))
    return (getattr(wish, "text", ""), dict(getattr(wish, "values", {})))


@command("authoring.save_source", by=Who.AUTHOR, scoped=True)
def save_source(
    context: Context, actor: Actor, place: LessonPlace, locale: str, content: bytes, *, expected: str
) -> str:
    """Save the whole source of a lesson in a language as it was typed; return its digest.

    Raises: as `save_lesson`; Conflict `draft.changed` where it was changed since it was read.
    """
    require_locale(actor, context, place.course, locale)
    draft = context.library.draft_lesson(place)
    if locale not in draft.texts:
        raise NotFound("authoring.language-unknown", locale=locale)
    if len(content) > MOST_BYTES:
        raise Invalid("editing.too-long", kilo=MOST_BYTES // 1000)
    if not can_be_written(content.decode("utf-8", "replace")):
        raise Invalid("input.characters")
    written = states.write(context, place.course, draft.texts[locale].file, content, expected=expected)
    with context.database.writing() as tx:
        states.note(tx, context, actor, (written,), "authoring.save_source")
    return written.digest


@query("authoring.source", by=Who.STAFF, scoped=True)
def source(context: Context, actor: Actor, place: LessonPlace, locale: str) -> bytes:
    """Return the source of a lesson in a language, byte for byte.

    Raises: as `open_lesson`; NotFound `authoring.language-unknown`.
    """
    require_course(actor, context, Who.STAFF, place.course)
    draft = context.library.draft_lesson(place)
    if locale not in draft.texts:
        raise NotFound("authoring.language-unknown", locale=locale)
    return context.library.draft_file(place.course, draft.texts[locale].file)


def new_name(context: Context, letter: str) -> str:
    """Return an id for a new piece, which nothing else has had or will have."""
    return letter + time_ordered(0, context.random(10))[-_ID_LETTERS:]


@query("authoring.kinds", by=Who.AUTHOR, scoped=True)
def kinds(context: Context, actor: Actor, kind: str) -> tuple[str, ...]:
    """Return the kinds of pieces that may stand in a container, or in the lesson itself for ''."""
    return context.library.allowed_in(kind)
