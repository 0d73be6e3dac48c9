"""Words and pieces of a draft by which it can be told what became of each block. Holds no test."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from lms.actions.context import Context
from lms.content.editing.cutting import cut_pieces
from lms.content.markup.lessons import read_lesson
from lms.core.authoring.lessons.pieces import TEXTS, Piece, Place, piece_at, walk
from lms.core.authoring.lessons.rows import Row
from lms.core.publishing.comparing.differences import compared
from lms.core.publishing.comparing.pieces import ComparedPiece, document_pieces
from lms.core.publishing.comparing.vouching import BlockSet
from tests.builders import Clock

LOCALES = ("en", "fr")
NOUNS = {
    "en": ("door", "chair", "law", "name", "word", "team", "phone", "form"),
    "fr": ("porte", "chaise", "loi", "nom", "parole", "groupe", "ligne", "fiche"),
}
SMALL = {"en": "and the", "fr": "et la"}
WHY = {"en": "Clearer words.", "fr": "Des mots plus clairs."}
KINDS = ("paragraph", "bullets", "quote", "heading", "key-point", "law")
NUMBER, IDS = re.compile(r"\d+"), re.compile(r"\{#[^}]*\}")
NOUN = re.compile(rf"\b(({'|'.join(NOUNS['en'])})(?=\d)|{SMALL['en']})")
WORD = re.compile(r"[^\W\d_]{2,}")
NUMBERLESS = re.compile(r"^(- |## |(?=\w))\w[^{\n]*?(?= \{|$)", re.MULTILINE)  # what people read
Contents = tuple[tuple[str, str], ...]  # every file of the draft with its digest


def sentence(number: int, locale: str, half: int = 0) -> str:
    """Return words that no other block has; a half of them where that is asked for."""
    nouns = NOUNS[locale][{0: slice(0, 8), 1: slice(0, 4), 2: slice(4, 8)}[half]]
    told = [f"{noun}{number}" for noun in nouns]
    return f"{' '.join(told[:2])} {SMALL[locale]} {' '.join(told[2:])}."


def numbers(text: str) -> frozenset[str]:
    """Return which blocks the words of a text come from; the words themselves where a template says them."""
    said = IDS.sub("", text)
    return frozenset(NUMBER.findall(said)) or frozenset(WORD.findall(said.casefold()))


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


# --- words, pieces ------------------------------------------------------------------------------------------
def typed(shown: str, how: str, number: int, locale: str) -> str:
    """Return what somebody types over a text."""
    words = shown.split(" ")
    if how == "word":
        return " ".join([*words[:-1], f"{NOUNS[locale][0]}{number}."])
    one, two = " ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])
    if how == "two" and NUMBER.search(one) and NUMBER.search(two):
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


def plain(kind: str, number: int, locale: str) -> dict[str, str]:
    """Return the words that a law is given besides its statement."""
    return {"plain": sentence(number, locale, 1)} if kind == "law" else {}


def is_sealed(path: Path) -> bool:
    """Return whether a file belongs to a sealed version."""
    return (
        "draft" not in {path.parent.name, path.parent.parent.name, path.stem} and path.name != "course.yaml"
    )


def meaning_of(one: BlockSet) -> frozenset[tuple[str, str]]:
    """Return what a set of blocks says in each language."""
    return frozenset(one.digests.items())


def parts(raw: bytes, locale: str) -> list[ComparedPiece]:
    """Return a lesson as it is compared."""
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


def only_rearranged(old: bytes, new: bytes, what: str, place: Place) -> None:
    """Expect that nothing changed but what was moved, joined or taken out."""
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


def only_that_block(old: bytes, new: bytes, piece: Piece, text: str) -> None:
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
