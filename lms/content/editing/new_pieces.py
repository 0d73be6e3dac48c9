"""The source of a new piece: its opening line, the words for its parts, its closing line.

Holds which parts each kind is begun with. What may stand where is said by `markup.containers`.
"""

from __future__ import annotations

from collections.abc import Iterator

from lms.content.editing.openings import opening_line
from lms.content.editing.typed_text import as_markdown
from lms.core.authoring.lessons.changes import NewPiece
from lms.core.authoring.lessons.pieces import BULLETS, PARAGRAPH, TEXTS
from lms.core.errors import Invalid

#: Containers whose own words are a list.
LISTED = frozenset({"in-short", "checklist"})


def _inner(new: NewPiece, lang: str) -> Iterator[str]:
    for name, words in new.parts.items():
        kind = BULLETS if new.kind in LISTED else PARAGRAPH
        text = as_markdown(kind, words)
        if name == "text":
            yield text
        elif name == "step":
            yield (
                f"{opening_line('step', f'{new.id}-a', {}, frozenset(), lang)}\n\n{text}\n\n:::"
                if text
                else ""
            )
        else:
            yield f"::: {name}\n\n{text}\n\n:::" if text else f"::: {name}\n\n:::"


def source_of(new: NewPiece, lang: str) -> str:
    """Write a new piece, without a line end behind it.

    Raises: Invalid `editing.text-missing` for a leaf without words, `editing.id-typed`.
    """
    if new.kind in TEXTS:
        behind = f"{{#{new.id}}}" if new.id else ""
        text = as_markdown(new.kind, new.parts.get("text", ""), behind, new.level)
        if not text:
            raise Invalid("editing.text-missing")
        return text
    opening = opening_line(new.kind, new.id, new.values, new.flags, lang)
    inner = [part for part in _inner(new, lang) if part]
    return "\n\n".join([opening, *inner, ":::"])
