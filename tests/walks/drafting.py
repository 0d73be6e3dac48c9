"""A draft and the people who write it, walked at random: what can be done to its texts, and what must hold.

Knows of each block which blocks it was made of, by words that no other block has (`Numbered`), so that it can
tell by itself what was lost, what was taken for something else, and whose bytes were touched. Holds no test.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from lms.actions.authoring import beginning, editing, history
from lms.actions.context import Context
from lms.actions.publishing import preparing, translations
from lms.actions.publishing.preparing import SealRequest
from lms.content.editing.cutting import cut_pieces
from lms.content.markup.lessons import read_lesson
from lms.core.authoring.lessons.changes import (
    Change,
    InsertPiece,
    JoinPieces,
    MovePiece,
    NewPiece,
    RemovePiece,
    SetText,
)
from lms.core.authoring.lessons.drafts import LessonPlace
from lms.core.authoring.lessons.edits import Edit, SaveResult
from lms.core.authoring.lessons.pieces import TEXTS, Piece, Place, piece_at, walk
from lms.core.authoring.lessons.rows import Row, rows_of
from lms.core.errors import Conflict, Invalid
from lms.core.people.actors import Actor
from lms.core.publishing.comparing.differences import compared
from lms.core.publishing.comparing.pieces import ComparedPiece, document_pieces
from lms.core.publishing.comparing.vouching import BlockSet, SetState, VouchedSet
from tests.builders import SITE, Clock, a_context
from tests.builders_drafts import an_admin, an_author

LOCALES = ("en", "fr")
NOUNS = {
    "en": ("door", "chair", "law", "name", "word", "team", "phone", "form"),
    "fr": ("porte", "chaise", "loi", "nom", "parole", "groupe", "ligne", "fiche"),
}
SMALL = {"en": "and the", "fr": "et la"}
WHY = {"en": "Clearer words.", "fr": "Des mots plus clairs."}
KINDS = ("paragraph", "bullets", "quote", "heading", "key-point", "law")
_NUMBER, _IDS = re.compile(r"\d+"), re.compile(r"\{#[^}]*\}")
_NOUN = re.compile(rf"\b(({'|'.join(NOUNS['en'])})(?=\d)|{SMALL['en']})")
_WORD = re.compile(r"[^\W\d_]{2,}")
_NUMBERLESS = re.compile(r"^(- |## |(?=\w))\w[^{\n]*?(?= \{|$)", re.MULTILINE)  # what people read
Contents = tuple[tuple[str, str], ...]  # every file of the draft with its digest


def sentence(number: int, locale: str, half: int = 0) -> str:
    """Return words that no other block has; a half of them where that is asked for."""
    nouns = NOUNS[locale][{0: slice(0, 8), 1: slice(0, 4), 2: slice(4, 8)}[half]]
    told = [f"{noun}{number}" for noun in nouns]
    return f"{' '.join(told[:2])} {SMALL[locale]} {' '.join(told[2:])}."


def numbers(text: str) -> frozenset[str]:
    """Return which blocks the words of a text come from; the words themselves where a template says them."""
    said = _IDS.sub("", text)
    return frozenset(_NUMBER.findall(said)) or frozenset(_WORD.findall(said.casefold()))


def own(piece: Piece) -> bytes:
    """Return the bytes of a piece without its line end."""
    return piece.head.rstrip(b"\r\n")


def heads(raw: bytes) -> list[bytes]:
    """Return the pieces of a file, containers by the line that opens them, in reading order."""
    return [own(piece) for _, piece in walk(cut_pieces(raw))]


def leaves(raw: bytes) -> list[tuple[Place, Piece]]:
    """Return what people type into."""
    return [(place, piece) for place, piece in walk(cut_pieces(raw)) if piece.kind in TEXTS]


def digest(content: bytes) -> str:
    """Return the SHA-256."""
    return sha256(content).hexdigest()


@dataclass
class Desk:
    """A site with one course, the people who write it, what they have seen, and what was ever there."""

    context: Context
    site: Path
    at: LessonPlace
    people: tuple[Actor, ...]
    admin: Actor
    files: dict[str, str]
    count: int = 100
    views: dict[tuple[str, str], bytes] = field(default_factory=dict)
    template: dict[str, bytes] = field(default_factory=dict)
    outside: set[bytes] = field(default_factory=set)
    saved: dict[str, list[bytes]] = field(default_factory=dict)
    writers: dict[str, tuple[str, str]] = field(default_factory=dict)  # by language: who last, which digest
    approved: dict[Contents, set[tuple[str, str]]] = field(default_factory=dict)
    confirmed: set[frozenset[tuple[str, str]]] = field(default_factory=set)
    sealed: dict[str, str] = field(default_factory=dict)  # every sealed file with its digest
    versions: list[str] = field(default_factory=list)
    last: tuple[Actor, str, dict[str, bytes], dict[str, bytes]] | None = None

    @classmethod
    def opened(cls, folder: Path, *, url: str = "") -> Desk:
        """Open it with a new course, as its author leaves it in the first minute; `url` names a database."""
        site = folder / "site"
        shutil.copytree(SITE / "courses/legislation", site / "courses/legislation")
        for name in ("glossary.yaml", "help-lines.yaml"):
            shutil.copy(SITE / "courses" / name, site / "courses" / name)
        context = a_context(folder / "data", site=site, environ={"DATABASE_URL": url} if url else None)
        ana, bea, rob = an_author(context), an_author(context, "Bea"), an_admin(context)
        title = {"en": "Doors", "fr": "Portes"}
        course = beginning.new_course(context, ana, title, locales=LOCALES, sensitive=False)
        module = editing.outline(context, ana, course).modules[0]
        lesson = module.lessons[0]
        at = LessonPlace(course, module.id, lesson.id)
        made = cls(context, site, at, (ana, bea), rob, dict(lesson.files))
        for locale in LOCALES:
            first = made.raw(locale)
            text = _NUMBERLESS.sub(made.said_in(locale), first.decode())
            done = editing.save_source(context, ana, at, locale, text.encode(), expected=digest(first))
            made.saved[locale], made.writers[locale] = [text.encode()], (ana.person, done)
            made.template[locale] = first
        for who in made.people:
            made.look(who)
        return made

    def said_in(self, locale: str) -> Callable[[re.Match[str]], str]:
        """Return what puts words of their own in the place of those of the template."""
        return lambda line: f"{line[1]}{sentence(self.new(), locale)}"

    # -- what is there -------------------------------------------------------------------------------------
    def raw(self, locale: str) -> bytes:
        """Return the bytes of the lesson in a language, past everything of ours."""
        return (self.site / self.files[locale]).read_bytes()

    def texts(self) -> dict[str, bytes]:
        """Return the lesson in each language."""
        return {locale: self.raw(locale) for locale in LOCALES}

    def contents(self) -> Contents:
        """Return what an approval is for: every byte of the draft."""
        found = [*self.site.glob("courses/doors/**/*"), *self.site.glob("quizzes/doors/**/*")]
        drafts = [path for path in found if path.is_file() and not _is_sealed(path)]
        return tuple(
            sorted((str(path), digest(path.read_bytes())) for path in drafts if path.name != "vouched.yaml")
        )

    def look(self, who: Actor) -> None:
        """Let somebody open the lesson; what they do next, they do to what they see now."""
        for locale in LOCALES:
            self.views[who.person, locale] = self.raw(locale)

    def new(self) -> int:
        """Return a number for words that nobody has written."""
        self.count += 1
        return self.count

    # -- what people do ------------------------------------------------------------------------------------
    def _save(self, who: Actor, edits: Sequence[Edit]) -> tuple[SaveResult, dict[str, bytes]]:
        """Save, and note what was there before; what is in no language that was edited stays as it was."""
        before = self.texts()
        minute(self.context)
        result = editing.save_lesson(self.context, who, self.at, edits)
        after = self.texts()
        for locale in LOCALES:
            assert locale in {edit.locale for edit in edits} or after[locale] == before[locale]
        self._note(who, before, after, result.batch)
        self.look(who)
        return result, before

    def _note(self, who: Actor, before: dict[str, bytes], after: dict[str, bytes], batch: str) -> None:
        changed = [locale for locale in LOCALES if before[locale] != after[locale]]
        for locale in changed:
            self.saved[locale].append(after[locale])
            self.writers[locale] = who.person, digest(after[locale])
        if changed and batch:
            self.last = who, batch, before, after

    def type(self, who: Actor, locale: str, which: int, how: str) -> None:
        """Change the words of a block, as somebody saw it when they last looked."""
        seen = self.views[who.person, locale]
        if not (found := leaves(seen)):
            return
        place, piece = found[which % len(found)]
        text = typed(piece.shown, how, self.new(), locale)
        wish = Edit(locale, digest(seen), SetText(place, text), digest(piece.head))
        result, before = self._save(who, [wish])
        old, new = before[locale], self.raw(locale)
        if result.clashes:
            assert new == old, "a clash was shown, and something was saved"
            clash = result.clashes[0].edit.wish
            assert isinstance(clash, SetText)
            assert clash.text == text, "what was typed is lost"
        elif new == old:
            assert result.refused or any(text.strip() == one.shown.strip() for _, one in leaves(old))
        else:
            self._only_that_block(old, new, piece, text)

    def _only_that_block(self, old: bytes, new: bytes, piece: Piece, text: str) -> None:
        """Every other block has its bytes and its place; the one that was meant says what was typed."""
        was, now = heads(old), heads(new)
        begin = next((at for at, pair in enumerate(zip(was, now, strict=False)) if pair[0] != pair[1]), None)
        begin = min(len(was), len(now)) if begin is None else begin
        alike = (at for at in range(len(was)) if was[at] == own(piece))
        fits = [
            at
            for at in alike
            if at <= begin and was[at + 1 :] == now[len(now) - (len(was) - at - 1) :] and was[:at] == now[:at]
        ]
        assert fits, f"other blocks were touched by {text!r}"
        said = b"\n".join(now[fits[0] : len(now) - (len(was) - fits[0] - 1)])
        assert numbers(said.decode()) >= numbers(text), "what was typed is not there"
        start = old.index(own(piece)) if old.count(own(piece)) == 1 else 0
        assert new.startswith(old[:start].rstrip(b"\n")), "bytes before the block were touched"
        end = start + len(own(piece))
        assert not start or new.endswith(old[end:].lstrip(b"\n")), "bytes after the block were touched"

    def rearrange(self, who: Actor, what: str, which: int, locales: Sequence[str]) -> None:
        """Move, join or take out what stands side by side in these languages, as its buttons do."""
        roots = {locale: cut_pieces(self.raw(locale)) for locale in LOCALES}
        if not (rows := flat(rows_of(roots))):
            return
        row = rows[which % len(rows)]
        wishes: dict[str, Callable[[Place], Change]] = {
            "up": lambda place: MovePiece(place, -1),
            "down": lambda place: MovePiece(place, 1),
            "join": JoinPieces,
            "remove": RemovePiece,
        }
        edits = [
            Edit(locale, digest(self.raw(locale)), wishes[what](place))
            for locale, (place, _) in row.cells.items()
            if locale in locales
        ]
        _, before = self._save(who, edits)
        for edit in edits:
            old, new = before[edit.locale], self.raw(edit.locale)
            if new != old:
                _only_rearranged(old, new, what, edit.wish.place)

    def insert(self, who: Actor, which: int, kind: str) -> None:
        """Put a new block behind another one, in both languages."""
        roots = {locale: cut_pieces(self.raw(locale)) for locale in LOCALES}
        rows = rows_of(roots)
        row, number = rows[which % len(rows)] if rows else None, self.new()
        values = {"rests-on": "sample-act", "as-of": "2026-11-01", "review-by": "2027-05-01"}
        edits = [
            Edit(
                locale,
                digest(self.raw(locale)),
                InsertPiece(
                    row.cells[locale][0] if row else (),
                    NewPiece(
                        kind,
                        "",
                        values if kind == "law" else {},
                        parts={"text": sentence(number, locale), **_plain(kind, number, locale)},
                    ),
                    inside=row is None,
                ),
            )
            for locale in LOCALES
            if row is None or locale in row.cells
        ]
        result, before = self._save(who, edits)
        ids = set()
        for edit, place in zip(edits, result.places, strict=True):
            old, new = before[edit.locale], self.raw(edit.locale)
            if new == old:
                assert result.refused
                continue
            left = Counter(heads(old)) - Counter(heads(new))
            assert not left, f"putting something in took {left} away"
            assert place is not None
            fresh = [one for _, one in walk(cut_pieces(new)) if f"{number}" in numbers(one.shown)]
            assert fresh, "what was put in is not there"
            ids |= {
                one.id for _, one in walk(cut_pieces(new)) if one.kind == kind and own(one) not in heads(old)
            }
        assert len(ids) <= 1, "a new block has another id in each language"

    def undo(self) -> None:
        """Take back the last thing that was saved, if nobody has changed it since."""
        if self.last is None:
            return
        who, batch, before, after = self.last
        now = self.texts()
        mine = [locale for locale in LOCALES if before[locale] != after[locale]]
        minute(self.context)
        try:
            history.undo(self.context, who, self.at, batch)
        except Conflict:
            assert self.texts() == now
            assert any(now[locale] != after[locale] for locale in mine), "nobody had changed it"
            return
        assert all(self.raw(locale) == before[locale] for locale in mine), "it is not as it was"
        assert all(self.raw(locale) == now[locale] for locale in LOCALES if locale not in mine)
        self._note(who, now, self.texts(), "")
        self.last = None

    def bring_back(self, who: Actor, locale: str, which: int) -> None:
        """Make a text again what it once was."""
        past = history.history(self.context, who, self.at).states
        template = digest(self.template[locale])  # says nothing by which it could be known again
        mine = [one for one in past if one.file == self.files[locale] and one.digest != template]
        before, wanted = self.texts(), mine[which % len(mine)]
        minute(self.context)
        history.bring_back(self.context, who, self.at, wanted.id, expected=digest(before[locale]))
        assert digest(self.raw(locale)) == wanted.digest
        known = {*self.saved[locale], *self.outside}
        assert self.raw(locale) in known, "nobody has ever written that"
        self._note(who, before, self.texts(), "")

    def source(self, who: Actor, locale: str) -> None:
        """Save the whole source, as somebody saw it when they last looked, with a paragraph more."""
        seen, before = self.views[who.person, locale], self.texts()
        more = seen.rstrip(b"\n") + f"\n\n{sentence(self.new(), locale)}\n".encode()
        minute(self.context)
        try:
            editing.save_source(self.context, who, self.at, locale, more, expected=digest(seen))
        except Conflict:
            assert seen != before[locale]
            assert self.texts() == before
            return
        assert seen == before[locale], "what another has saved was overwritten"
        assert self.raw(locale) == more
        self._note(who, before, self.texts(), "")

    def translate(self, who: Actor) -> None:
        """Write the French anew, block by block as the English stands."""
        before = self.texts()
        text = self.in_french(before["en"])
        minute(self.context)
        editing.save_source(self.context, who, self.at, "fr", text, expected=digest(before["fr"]))
        self._note(who, before, self.texts(), "")

    @staticmethod
    def in_french(text: bytes) -> bytes:
        """Return an English text in French, word by word."""
        pairs = {SMALL["en"]: SMALL["fr"], **dict(zip(NOUNS["en"], NOUNS["fr"], strict=True))}
        return _NOUN.sub(lambda word: pairs[word[1]], text.decode()).encode()

    def by_hand(self, locale: str) -> None:
        """Change a file outside the workspace, as Git does."""
        raw = self.raw(locale).rstrip(b"\n") + f"\n\n{sentence(self.new(), locale)}\n".encode()
        (self.site / self.files[locale]).write_bytes(raw)
        self.outside.add(raw)

    # -- approving and sealing -----------------------------------------------------------------------------
    def approve(self, who: Actor, locale: str) -> None:
        """Approve a language as it stands, if these are not one's own words."""
        seen = preparing.review(self.context, who, self.at.course)
        person, last = self.writers[locale]
        wrote = person == who.person and digest(self.raw(locale)) == last and last not in self.sealed.values()
        try:
            preparing.approve(self.context, who, self.at.course, locale, seen.digest)
        except Conflict:
            return
        assert not wrote, "somebody has approved their own words"
        self.approved.setdefault(self.contents(), set()).add((locale, who.person))

    def vouch(self, who: Actor) -> None:
        """Confirm every set of blocks that stands side by side: some with a press, the others in the file."""
        course, module = self.at.course, self.at.module
        found = translations.state(self.context, who, course).sets
        waiting = list({one.key: one for one in found if one.state is SetState.CHECK}.values())
        self.confirmed |= {_said(one) for one in waiting}
        if waiting:
            translations.confirm(self.context, who, course, waiting[0].key)
        said = (VouchedSet(one.digests, who.person, self.context.today()) for one in waiting[1:])
        self.context.library.vouch(course, module, tuple(said))

    def seal(self) -> None:
        """Seal what stands there: only what somebody else has approved in every language."""
        sets = translations.state(self.context, self.admin, self.at.course).sets
        contents, before = self.contents(), dict(self.sealed)
        given = self.approved.get(contents, set())
        version = f"{len(self.versions) + 1}.0.0"
        try:
            preparing.seal(self.context, self.admin, self.at.course, version, SealRequest("Team", WHY))
        except (Conflict, Invalid):
            assert self._sealed_now().keys() == before.keys()
            return
        assert {locale for locale, who in given if who != self.admin.person} == set(LOCALES)
        assert all(one.state is SetState.CURRENT for one in sets)
        self.confirmed |= {_said(one) for one in sets}
        self.versions.append(version)
        self.sealed = self._sealed_now()
        for locale in LOCALES:
            assert digest(self.raw(locale)) in self.sealed.values(), "something else was sealed"

    def _sealed_now(self) -> dict[str, str]:
        found = [*self.site.glob("courses/doors/**/*"), *self.site.glob("quizzes/doors/**/*")]
        return {str(one): digest(one.read_bytes()) for one in found if one.is_file() and _is_sealed(one)}

    # -- what must hold ------------------------------------------------------------------------------------
    def check(self, earlier: int) -> None:
        """Look at everything that must hold; `earlier` chooses with what the texts of today are compared."""
        now = self._sealed_now()
        assert {name: now.get(name) for name in self.sealed} == self.sealed, "what was sealed has changed"
        for locale in LOCALES:
            raw = self.raw(locale)
            assert cut_pieces(raw).raw == raw
            states = self.saved[locale]
            paired_rightly(_parts(states[earlier % len(states)], locale), _parts(raw, locale))
        for row in flat(rows_of({locale: cut_pieces(self.raw(locale)) for locale in LOCALES})):
            ids = {piece.id for _, piece in row.cells.values() if piece.id}
            assert len(ids) <= 1, f"two ids stand side by side: {ids}"
        if self.approved:
            self._approvals_are_for_these_bytes()
        if self.confirmed and earlier % 3 == 0:
            self._what_is_vouched_for_was_confirmed()

    def _approvals_are_for_these_bytes(self) -> None:
        given = preparing.review(self.context, self.admin, self.at.course).given
        found = {(one.locale, one.person) for one in given}
        assert found == self.approved.get(self.contents(), set()), "an approval is for other bytes"

    def _what_is_vouched_for_was_confirmed(self) -> None:
        for one in translations.state(self.context, self.admin, self.at.course).sets:
            if one.state is SetState.CURRENT:
                assert any(_said(one) <= known for known in self.confirmed), "nobody has said so"

    def nothing_is_lost(self) -> None:
        """Every text that was ever saved is in the history, and can be had to the byte."""
        past = history.history(self.context, self.people[0], self.at)
        for locale in LOCALES:
            known = {one.digest for one in past.states if one.file == self.files[locale]}
            lost = [raw for raw in self.saved[locale] if digest(raw) not in known]
            assert not lost, "a state is not in the history"
            assert all(self.context.blobs.get(digest(raw)) == raw for raw in self.saved[locale])


# --- words, pieces ------------------------------------------------------------------------------------------
def typed(shown: str, how: str, number: int, locale: str) -> str:
    """Return what somebody types over a text."""
    words = shown.split(" ")
    if how == "word":
        return " ".join([*words[:-1], f"{NOUNS[locale][0]}{number}."])
    one, two = " ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])
    if how == "two" and _NUMBER.search(one) and _NUMBER.search(two):
        return f"{one}\n\n{two}"
    odd = {"none": "", "fence": f":::\n{shown}", "id": f"{shown} {{#x}}", "caption": f"Table: {shown}"}
    return odd.get(how, sentence(number, locale))


def minute(context: Context) -> None:
    """Let a minute pass, so that what comes later is later."""
    assert isinstance(context.now, Clock)
    context.now.move(minutes=1)


def flat(rows: Sequence[Row]) -> list[Row]:
    """Return rows at any depth."""
    return [one for row in rows for one in (row, *flat(row.children))]


def _plain(kind: str, number: int, locale: str) -> dict[str, str]:
    return {"plain": sentence(number, locale, 1)} if kind == "law" else {}


def _is_sealed(path: Path) -> bool:
    return (
        "draft" not in {path.parent.name, path.parent.parent.name, path.stem} and path.name != "course.yaml"
    )


def _said(one: BlockSet) -> frozenset[tuple[str, str]]:
    return frozenset(one.digests.items())


def _parts(raw: bytes, locale: str) -> list[ComparedPiece]:
    return list(document_pieces(read_lesson(raw, f"01-x.{locale}.md", locale).document.blocks))


def paired_rightly(old: list[ComparedPiece], new: list[ComparedPiece]) -> None:
    """Each block is there once on either side, and no block is taken for one with which it shares nothing."""
    blocks = compared(old, new)
    assert [one.new for one in blocks if one.new] == new
    assert Counter(one.old for one in blocks if one.old) == Counter(old)
    for one in blocks:
        if one.old and one.new and one.old.text != one.new.text:
            same_id = one.old.id and one.old.id == one.new.id
            assert same_id or numbers(one.old.text) & numbers(one.new.text), (one.old, one.new)
            assert not (one.old.id and one.new.id) or same_id, "two ids are two things"


def _only_rearranged(old: bytes, new: bytes, what: str, place: Place) -> None:
    piece = piece_at(cut_pieces(old), place)
    assert piece is not None
    before, after = Counter(heads(old)), Counter(heads(new))
    if what in {"up", "down"}:
        assert before == after, "a move changed words"
        assert heads(old) != heads(new) or heads(old).count(own(piece)) > 1
        return
    gone = Counter([own(piece), *(own(one) for _, one in walk(piece))])
    if what == "remove":
        assert before - gone == after, "something else was taken out"
        return
    neighbour = piece_at(cut_pieces(old), (*place[:-1], place[-1] + 1))
    assert neighbour is not None
    assert not before - gone - Counter([own(neighbour)]) - after, "something else was joined"
    assert numbers(old.decode()) == numbers(new.decode()), "words were lost"
