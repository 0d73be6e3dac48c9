"""The form of a new block: which fields each kind is begun with, and the edits that put it in.

Holds shapes alone; what may stand where is decided by the site.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import pgettext

from lms.core.authoring.lessons.changes import InsertPiece, NewPiece
from lms.core.authoring.lessons.edits import Edit
from lms.core.authoring.lessons.media_types import AUDIO, PICTURE, VIDEO
from lms.rendering.words.marks import NP_
from lms.web.workspace.form_edits import FLAGS, IN_WORDS, SHARED, SentFields, Shown
from lms.web.workspace.piece_words import FIELDS_OF

#: Languages that a phrase may be in.
LANGUAGES = ("en", "fr", "ar", "es", "fa", "hi", "iu", "la", "pa", "so", "sw", "tl", "uk", "ur", "zh")
#: What is asked for besides the text, by kind.
PARTS: Mapping[str, tuple[str, ...]] = {
    "scenario": ("text", "discussion"),
    "branching": ("text", "step"),
    "content-note": ("text", "alternative"),
    "figure": ("text", "description"),
    "video": ("text", "transcript"),
    "audio": ("text", "transcript"),
    "finder": (),
}
UPLOADS: Mapping[str, str] = {"figure": PICTURE, "video": VIDEO, "audio": AUDIO}
TEXTS_BY_KIND = {
    "figure": NP_("part of a block", "Caption"),
    "video": NP_("part of a block", "Caption"),
    "audio": NP_("part of a block", "Caption"),
    "scenario": NP_("part of a block", "Situation"),
    "branching": NP_("part of a block", "Situation"),
    "law": NP_("part of a block", "Statement"),
    "in-short": NP_("part of a block", "Three items, one on each line"),
    "checklist": NP_("part of a block", "Items, one on each line"),
    "bullets": NP_("part of a block", "Items, one on each line"),
    "numbered": NP_("part of a block", "Items, one on each line"),
    "heading": NP_("part of a block", "Heading"),
}
PARTS_BY_NAME = {
    "text": NP_("part of a block", "Text"),
    "discussion": NP_("part of a block", "Discussion"),
    "step": NP_("part of a block", "First step"),
    "alternative": NP_("part of a block", "For those who skip it"),
    "description": NP_("part of a block", "Long description"),
    "transcript": NP_("part of a block", "Transcript"),
}
TABLE_BEGUN = {
    "en": "Table: Caption\n\n| First column | Second column |\n|---|---|\n| | |",
    "fr": "Tableau\u00a0: Légende\n\n| Première colonne | Deuxième colonne |\n|---|---|\n| | |",
}


def part_words(kind: str, part: str) -> str:
    """Return what a part of a new block is called."""
    own = TEXTS_BY_KIND.get(kind, PARTS_BY_NAME["text"]) if part == "text" else PARTS_BY_NAME[part]
    return str(pgettext("part of a block", own))


def parts_of(kind: str) -> tuple[str, ...]:
    """Return the parts that a kind of block is begun with."""
    return PARTS.get(kind, ("text",))


def begun(kind: str, locale: str) -> str:
    """Return what a text area of a new block holds before anybody writes in it."""
    return TABLE_BEGUN.get(locale, TABLE_BEGUN["en"]) if kind == "table" else ""


def new_piece(sent: SentFields, kind: str, locale: str, src: str) -> NewPiece:
    """Read the new block in one language."""
    names = FIELDS_OF.get(kind, ())
    values = {"src": src} if src else {}
    for name in names:
        own = sent.getlist(f"f:{locale}:{name}" if name in IN_WORDS else f"f:{name}")
        if name in {*IN_WORDS, *SHARED} and any(own):
            values[name] = " ".join(filter(None, own)).strip()
    flags = frozenset(name for name in names if name in FLAGS and f"f:{name}" in sent)
    parts = {part: sent.get(f"t:{locale}:{part}", "") for part in parts_of(kind)}
    level = sent.get("level", "")
    return NewPiece(kind, "", values, flags, parts, level=int(level) if level in {"2", "3", "4"} else 2)


def insertions(sent: SentFields, kind: str, src: str, *, inside: bool) -> list[Edit]:
    """Return the edits that put a new block into every language that the form names."""
    found = [Shown.read(value) for value in sent.getlist("at")]
    return [
        shown.edit(InsertPiece(shown.place, new_piece(sent, kind, shown.locale, src), inside=inside))
        for shown in found
        if shown
    ]
