"""Typed words as Markdown that stays in its place: no line of them may open, close or swallow anything.

Holds what is escaped, and what is refused because it cannot be. The change itself is `changing`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lms.content.markup.markdown import is_caption
from lms.core.authoring.lessons.pieces import BULLETS, HEADING, NUMBERED, PARAGRAPH, QUOTE, TABLE
from lms.core.errors import Invalid

_NEWLINES = re.compile(r"\r\n?|[\u2028\u2029\x85]")
#: Beginnings of lines that reach beyond the piece: fences, code, HTML that runs on, definitions of links.
_REACHING = re.compile(
    r"([ ]{0,3})(?=:{3,}|`{3,}|~{3,}"
    r"|<(?:script|pre|style|textarea|!--|\?|![A-Za-z]|!\[CDATA\[)|\[[^\]\n]+\]:)",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\{[ \t]*#[^{}\n]*\}[ \t]*$", re.MULTILINE)
_HASHES = re.compile(r"\s*#{1,6}(?:\s+|$)")
_CLOSING = re.compile(r"\s+#+\s*$")
_MARKED = {BULLETS: re.compile(r"\s*[-*+](?:\s|$)"), NUMBERED: re.compile(r"\s*[0-9]{1,9}[.)](?:\s|$)")}


def plain_lines(text: str) -> str:
    r"""Return typed text with one kind of line end, without empty lines around it.

    >>> plain_lines("\r\n  One.\r\n\r\nTwo. \r\n")
    'One.\n\nTwo. '
    """
    lines = _NEWLINES.sub("\n", text).split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    return "\n".join(lines).lstrip()


def kept_in(text: str) -> str:
    r"""Escape the lines that would reach beyond the piece.

    >>> kept_in("Look:\n::: law")
    'Look:\n\\::: law'
    """
    return "\n".join(
        _REACHING.sub(r"\1\\", line, count=1) if _REACHING.match(line) else line for line in text.split("\n")
    )


def _refuse_ids(text: str) -> None:
    found = _BEHIND.search(text)
    if found:
        raise Invalid("editing.id-typed", found=found[0].strip())


def _first_and_rest(text: str) -> tuple[str, str]:
    first, gap, rest = text.partition("\n\n")
    return first.rstrip(), gap + rest


def _with_behind(text: str, behind: str) -> str:
    if not behind or not text:
        return text
    first, rest = _first_and_rest(text)
    return f"{first} {behind}{rest}"


def _heading(text: str, behind: str, level: int) -> str:
    """Write the first line as a heading; what follows stands below it as text of its own."""
    first, _, rest = text.partition("\n")
    words = _CLOSING.sub("", _HASHES.sub("", first, count=1)).strip()
    rest = rest.strip("\n")
    return f"{'#' * level} {words}{' ' + behind if behind else ''}" + (f"\n\n{rest}" if rest else "")


def _list(text: str, kind: str) -> str:
    """Put the mark of a list before each line that has none; an indented one belongs to the item above."""
    lines = list[str]()
    for number, line in enumerate(text.split("\n"), start=1):
        is_own = _MARKED[kind].match(line) or not line.strip() or line.startswith(("  ", "\t"))
        mark = "- " if kind == BULLETS else f"{number}. "
        lines.append(line if is_own else f"{mark}{line}")
    return "\n".join(lines)


def _quote(text: str, behind: str) -> str:
    lines = [line if line.lstrip().startswith(">") else f"> {line}".rstrip() for line in text.split("\n")]
    return "\n".join(lines) + (f" {behind}" if behind else "")


def _table(text: str, behind: str) -> str:
    return _with_behind(text, behind) if is_caption(_first_and_rest(text)[0]) else text


def as_markdown(kind: str, text: str, behind: str = "", level: int = 2) -> str:
    """Return what is written into the file for words typed into a leaf of a kind; '' for none.

    Raises: Invalid `editing.id-typed` for an id, which only the machine gives.
    """
    typed = plain_lines(text)
    if not typed:
        return ""
    _refuse_ids(typed)
    typed = kept_in(typed)
    forms: dict[str, Callable[[], str]] = {
        HEADING: lambda: _heading(typed, behind, level),
        QUOTE: lambda: _quote(typed, behind),
        TABLE: lambda: _table(typed, behind),
        PARAGRAPH: lambda: _with_behind(typed, behind),
    }
    if kind in _MARKED:
        return typed if _MARKED[kind].match(typed) else _list(typed, kind)
    return forms.get(kind, lambda: typed)()
