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
from pathlib import Path

from lms.actions.authoring import beginning, editing, history
from lms.actions.context import Context
from lms.actions.publishing import preparing, translations
from lms.actions.publishing.preparing import SealRequest
from lms.content.editing.cutting import cut_pieces
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
from lms.core.authoring.lessons.pieces import Place, walk
from lms.core.authoring.lessons.rows import rows_of
from lms.core.errors import Conflict, Invalid
from lms.core.people.actors import Actor
from lms.core.publishing.comparing.vouching import SetState, VouchedSet
from tests.builders import SITE, a_context
from tests.builders_drafts import an_admin, an_author
from tests.walks.numbered import (
    LOCALES,
    NOUN,
    NOUNS,
    NUMBERLESS,
    SMALL,
    WHY,
    Contents,
    digest,
    flat,
    heads,
    is_sealed,
    leaves,
    meaning_of,
    minute,
    numbers,
    only_rearranged,
    only_that_block,
    own,
    paired_rightly,
    parts,
    plain,
    sentence,
    typed,
)


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
            text = NUMBERLESS.sub(made.said_in(locale), first.decode())
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
        drafts = [path for path in found if path.is_file() and not is_sealed(path)]
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
            only_that_block(old, new, piece, text)

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
                only_rearranged(old, new, what, edit.wish.place)

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
                        parts={"text": sentence(number, locale), **plain(kind, number, locale)},
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
        unknown = history.history(self.context, who, self.at).outside
        assert not {self.files[locale] for locale in mine}.intersection(unknown), "the history has no undo"
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
        return NOUN.sub(lambda word: pairs[word[1]], text.decode()).encode()

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
        self.confirmed |= {meaning_of(one) for one in waiting}
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
        self.confirmed |= {meaning_of(one) for one in sets}
        self.versions.append(version)
        self.sealed = self._sealed_now()
        for locale in LOCALES:
            assert digest(self.raw(locale)) in self.sealed.values(), "something else was sealed"

    def _sealed_now(self) -> dict[str, str]:
        found = [*self.site.glob("courses/doors/**/*"), *self.site.glob("quizzes/doors/**/*")]
        return {str(one): digest(one.read_bytes()) for one in found if one.is_file() and is_sealed(one)}

    # -- what must hold ------------------------------------------------------------------------------------
    def check(self, earlier: int) -> None:
        """Look at everything that must hold; `earlier` chooses with what the texts of today are compared."""
        now = self._sealed_now()
        assert {name: now.get(name) for name in self.sealed} == self.sealed, "what was sealed has changed"
        for locale in LOCALES:
            raw = self.raw(locale)
            assert cut_pieces(raw).raw == raw
            states = self.saved[locale]
            paired_rightly(parts(states[earlier % len(states)], locale), parts(raw, locale))
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
                assert any(meaning_of(one) <= known for known in self.confirmed), "nobody has said so"

    def nothing_is_lost(self) -> None:
        """Every text that was ever saved is in the history, and can be had to the byte."""
        past = history.history(self.context, self.people[0], self.at)
        for locale in LOCALES:
            known = {one.digest for one in past.states if one.file == self.files[locale]}
            lost = [raw for raw in self.saved[locale] if digest(raw) not in known]
            assert not lost, "a state is not in the history"
            assert all(self.context.blobs.get(digest(raw)) == raw for raw in self.saved[locale])
