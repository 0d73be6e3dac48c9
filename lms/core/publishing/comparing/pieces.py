"""What a text is made of when it is compared: stretches of words, each with what is not words.

Holds the taking apart of lessons (a document) and of whatever stands side by side in one file (names, rules,
questions, terms, laws), in one language. Holds no comparison.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from lms.core.courses.document import Emphasis, Figure, Foreign, Inline, Link, Step
from lms.core.courses.walk import TITLED, Node, id_of, inside, own_runs, text_of
from lms.core.locales import Words
from lms.core.publishing.release_tags import SEALED
from lms.core.publishing.tags import Tag

Fact = tuple[str, str]
#: What says nothing that anybody would read: where it was written, what it was called when, its digest.
_UNSAID = frozenset({"id", "line", "version", "digest", "marked", "date", "by", "parent", "change"})
#: Parts whose order says something.
_ORDERED = frozenset({"steps", "modules", "lessons"})


@dataclass(frozen=True, slots=True)
class ComparedPiece:
    """A stretch of words: in what it stands, its id as far as it has one, its words, what is not words.

    `fixed` is said of what is known by its place in a file of names or questions, wherever it stands there.
    """

    kind: str
    id: str
    text: str
    facts: tuple[Fact, ...] = ()
    fixed: bool = False

    @property
    def said(self) -> tuple[str, str, tuple[Fact, ...]]:
        """Return what it says apart from its id: equal for two pieces that say the same."""
        return self.kind, self.text, self.facts


def _squeezed(text: str) -> str:
    r"""Make one space of each stretch of ordinary white space; a no-break space is typography and stays.

    >>> _squeezed("one \n two\u00a0:")
    'one two\xa0:'
    """
    return " ".join(part for part in text.replace("\n", " ").replace("\t", " ").split(" ") if part)


# --- lessons ----------------------------------------------------------------------------------------------
def _marks(content: Iterable[Inline], found: dict[str, list[str]]) -> None:
    for node in content:
        if isinstance(node, Link):
            found.setdefault("links", []).append(f"{node.kind}:{node.target}")
        elif isinstance(node, Emphasis):
            found.setdefault("stressed", []).append(_squeezed(text_of(node.content)))
        elif isinstance(node, Foreign):
            found.setdefault("foreign", []).append(f"{node.lang}: {_squeezed(text_of(node.content))}")
        if isinstance(node, (Link, Emphasis, Foreign)):
            _marks(node.content, found)


def marks_of(content: Iterable[Inline]) -> tuple[Fact, ...]:
    """Return what stands on words: where they lead, which are stressed, which are in another language."""
    found: dict[str, list[str]] = {}
    _marks(content, found)
    return tuple((name, "; ".join(some)) for name, some in found.items())


def _plain(value: object) -> str | None:
    """Return a value that is no words as text; None for what holds other things."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (str, int)):
        return str(value)
    if isinstance(value, tuple) and value and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return None


def _facts(node: object, kind: Tag, *without: str) -> tuple[Fact, ...]:
    """Return what an object says besides words; what its absence would say as well is left out."""
    found: list[Fact] = []
    for key, value in kind.values(node):
        if key in _UNSAID or key in without or kind.is_left_out(key, value):
            continue
        told = _plain(value)
        if told:
            found.append((key, told))
    return tuple(found)


def _of_node(node: Node, within: str) -> Iterator[ComparedPiece]:
    kind = cast("Tag", SEALED.kind(node))
    title = ("title",) if isinstance(node, TITLED) else ()
    facts = _facts(node, kind, "alt", *title)
    if isinstance(node, Step):
        facts = (
            *facts,
            *((("choices", ", ".join(one.target for one in node.choices)),) * bool(node.choices)),
        )
    if within:
        facts = (*facts, ("inside", within))
    words = [(_squeezed(run.text), run.content) for run in own_runs(node) if run.content]
    if isinstance(node, Figure):
        words = [(_squeezed(node.alt), ())]
    if not words and (facts[: -1 if within else None] or id_of(node)):
        words = [("", ())]
    for at, (text, content) in enumerate(words):
        own = facts if at == 0 else ((("inside", within),) if within else ())
        yield ComparedPiece(kind.tag, id_of(node) if at == 0 else "", text, (*own, *marks_of(content)))


#: What only holds other blocks in order: what stands in it is as if it stood in what is around it.
_TRANSPARENT = frozenset({"list-item"})


def document_pieces(blocks: Iterable[Node], within: str = "") -> Iterator[ComparedPiece]:
    """Take a document apart, in reading order; each piece knows in which kind of block it stands."""
    for node in blocks:
        yield from _of_node(node, within)
        tag = SEALED.tag(node)
        yield from document_pieces(inside(node), within if tag in _TRANSPARENT else tag)


# --- what stands side by side in one file -----------------------------------------------------------------
def structured_pieces(value: object, locale: str, path: tuple[str, ...] = ()) -> list[ComparedPiece]:
    """Take apart what has its languages side by side: each text by its place, with the facts around it."""
    kind = cast("Tag", SEALED.kind(value))
    facts, words, below = list(_facts(value, kind)), [], list[ComparedPiece]()
    for key, part in kind.values(value):
        if key in _UNSAID or part is None:
            continue
        here = (*path, key)
        if isinstance(part, Words):
            words += _of_words(part, locale, here)
        elif _plain(part) is None:
            facts += _order(key, part)
            below += _of_plain(part, locale, here)
    name = "/".join(path)
    first = words[0] if words else ComparedPiece(kind.tag, name, "", (), fixed=True)
    if facts or words:
        words[:1] = [ComparedPiece(first.kind, first.id, first.text, tuple(facts), fixed=True)]
    return [*words, *below]


def _order(key: str, part: Any) -> list[Fact]:
    if key not in _ORDERED or not isinstance(part, tuple):
        return []
    return [("order", ", ".join(str(getattr(one, "id", one)) for one in part))]


def _of_words(words: Words, locale: str, path: tuple[str, ...]) -> list[ComparedPiece]:
    text = _squeezed(words.by_locale.get(locale, ""))
    return [ComparedPiece(path[-1], "/".join(path), text, (), fixed=True)] if text else []


def _of_plain(value: object, locale: str, path: tuple[str, ...]) -> list[ComparedPiece]:
    if isinstance(value, Mapping):
        return _of_map(value, locale, path)
    if not isinstance(value, tuple):
        return structured_pieces(value, locale, path)
    found: list[ComparedPiece] = []
    for at, one in enumerate(value, start=1):
        found += _of_plain(one, locale, (*path, str(getattr(one, "id", "") or at)))
    return found


def _of_map(value: Mapping[str, object], locale: str, path: tuple[str, ...]) -> list[ComparedPiece]:
    """Take a map apart: texts by language, or digests of files by their names."""
    name = "/".join(path)
    if any("/" in one for one in value):
        facts = tuple((one, str(digest)[:12]) for one, digest in value.items())
        return [ComparedPiece(path[-1], name, "", facts, fixed=True)]
    text = _plain(value.get(locale)) or ""
    return [ComparedPiece(path[-1], name, text, (), fixed=True)] if text else []
