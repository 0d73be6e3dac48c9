"""The words of one file of a draft as pieces, and the file with other words in some of them.

What is no prose stays out of reach: ids, addresses, attributes, times of captions, words marked as another
language. Every byte outside the changed pieces stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lms.content.editing.rewriting import put, rewritten
from lms.content.shapes.reading import Path, read_yaml
from lms.core.authoring.draft_texts import ALTERNATIVE, CAPTION, PROSE, QUESTION, TITLE, TextPiece
from lms.core.courses.findings import Place

_LANG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_KEPT = re.compile(
    r"^:::.*$"  # a container: only the words among its attributes are prose
    r"|^Table:(?= )"  # the sign of a caption
    r"|\[[^\]\n]*\]\{[^}\n]*\blang=[^}\n]*\}"  # words of another language
    r"|\{[^{}\n]*\}"  # attributes
    r"|\]\([^)\n]*\)",  # where a link leads
    re.MULTILINE,
)
_WORDS_OF_ATTRIBUTE = re.compile(r'\b(alt|title)="([^"\n]*)"')


@dataclass(frozen=True, slots=True)
class _Found:
    """A piece with its place: characters of the file, or a path of its values."""

    piece: TextPiece
    start: int = 0
    path: Path = ()
    is_attribute: bool = False


def pieces_of(raw: bytes, file: str) -> tuple[TextPiece, ...]:
    """Return the words of a file, in their order; none of a file that cannot be read."""
    return tuple(one.piece for one in _found(raw, file))


def with_pieces(raw: bytes, file: str, words: Mapping[int, str]) -> bytes:
    """Return a file with other words in some of its pieces, by their number.

    Raises: Conflict `draft.by-hand` where a YAML file cannot be written so.
    """
    found = _found(raw, file)
    if file.endswith(".yaml"):
        value = read_yaml(raw, file).value
        for at, text in words.items():
            value = put(value, found[at].path, text)
        return rewritten(raw, (), value)
    text = raw.decode()
    for at in sorted(words, reverse=True):
        one = found[at]
        said = words[at].replace('"', "”") if one.is_attribute else words[at]
        text = text[: one.start] + said + text[one.start + len(one.piece.text) :]
    return text.encode()


def _found(raw: bytes, file: str) -> list[_Found]:
    if file.endswith(".yaml"):
        return list(_yaml(raw, file))
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return []
    lang = file.rsplit(".", 2)[-2]
    return list(_captions(text, lang) if file.endswith(".vtt") else _markdown(text, lang))


def _yaml(raw: bytes, file: str) -> Iterator[_Found]:
    source = read_yaml(raw, file)
    kind = QUESTION if file.startswith("quizzes/") else TITLE
    for path, text in _texts(source.value, ()):
        tag = next((key for key in reversed(path) if isinstance(key, str) and _LANG.fullmatch(key)), "")
        if tag and (path[-1] == tag or path[-2:-1] == (tag,)) and "rests_on" not in path:
            place: Place = source.place(path)
            yield _Found(TextPiece(text, kind, tag, place.line), path=path)


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in _NO_WORDS:
                yield from _texts(part, (*path, key))
    elif isinstance(value, tuple):
        for at, part in enumerate(value):
            yield from _texts(part, (*path, at))


_NO_WORDS = frozenset({"id", "kind", "code", "src", "for", "lang", "url", "quiz", "email"})


def _markdown(text: str, lang: str) -> Iterator[_Found]:
    at = 0
    for kept in _KEPT.finditer(text):
        yield from _lines(text, at, kept.start(), PROSE, lang)
        for words in _WORDS_OF_ATTRIBUTE.finditer(text, kept.start(), kept.end()):
            kind = ALTERNATIVE if words[1] == "alt" else TITLE
            line = text.count("\n", 0, words.start(2)) + 1
            yield _Found(TextPiece(words[2], kind, lang, line), words.start(2), is_attribute=True)
        at = kept.end()
    yield from _lines(text, at, len(text), PROSE, lang)


def _lines(text: str, start: int, end: int, kind: str, lang: str) -> Iterator[_Found]:
    line = text.count("\n", 0, start) + 1
    for offset, part in enumerate(text[start:end].splitlines(keepends=True)):
        said = part.rstrip("\r\n")
        if said.strip():
            yield _Found(TextPiece(said, kind, lang, line + offset), start)
        start += len(part)


def _captions(text: str, lang: str) -> Iterator[_Found]:
    start, is_cue = 0, False
    for number, part in enumerate(text.splitlines(keepends=True), start=1):
        said = part.rstrip("\r\n")
        if "-->" in said:
            is_cue = True
        elif not said.strip():
            is_cue = False
        elif is_cue:
            yield _Found(TextPiece(said, CAPTION, lang, number), start)
        start += len(part)
