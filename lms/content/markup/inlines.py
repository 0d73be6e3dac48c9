"""Inline Markdown to core inline nodes: emphasis, links by kind, foreign runs.

Holds the tokens' translation and the one inline extension `[words]{lang=haw}`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import SimpleNamespace

from markdown_it import MarkdownIt, helpers
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from lms.content.markup.attributes import parse_attributes
from lms.content.markup.report import Notebook
from lms.core.checks.wording.leftovers import leftover
from lms.core.courses.document import SITE_PAGES, Break, Emphasis, Foreign, Inline, InlineCode, Link, Text

_BRACES = re.compile(r"\{([^{}\n]*)\}")
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_DASHED = re.compile(r"\s*[–—·]\s")
_SAMPLE = 40
_KINDS = {"term": "term", "law": "law", "lesson": "lesson", "page": "page", "mailto": "mail"}


def foreign_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # markdown-it’s signature
    """Recognize `[words]{lang=xx}`; anything else is left to the link rule."""
    if state.src[state.pos] != "[":
        return False
    end = _label_end(state, state.pos)
    braces = _BRACES.match(state.src, end + 1) if end >= 0 else None
    if braces is None:
        return False
    attributes = parse_attributes(braces[1])
    if set(attributes.values) != {"lang"} or attributes.fault or attributes.id or attributes.flags:
        return False
    if not silent:
        start, last = state.pos + 1, state.posMax
        token = state.push("foreign_open", "span", 1)
        token.meta = {"lang": attributes.values["lang"]}
        state.pos, state.posMax = start, end
        state.md.inline.tokenize(state)
        state.posMax = last
        state.push("foreign_close", "span", -1)
    state.pos = braces.end()
    return True


def _label_end(state: StateInline, start: int, no_links: bool = False) -> int:  # noqa: FBT001, FBT002  # the same
    """Find where `[label]` ends, as markdown-it does; but a foreign run in a link's words is no link."""
    before, level, end = state.pos, 1, -1
    state.pos = start + 1
    while state.pos < state.posMax:
        mark, at = state.src[state.pos], state.pos
        level -= mark == "]"
        if not level:
            end = state.pos
            break
        state.md.inline.skipToken(state)
        is_text = at == state.pos - 1
        if mark == "[" and not is_text and no_links and state.src[state.pos - 1] != "}":
            break
        level += mark == "[" and is_text
    state.pos = before
    return end


def add_foreign(parser: MarkdownIt) -> None:
    """Teach the parser about foreign runs."""
    parser.inline.ruler.before("link", "foreign", foreign_rule)
    parser.helpers = SimpleNamespace(  # type: ignore[assignment]
        parseLinkDestination=helpers.parseLinkDestination,
        parseLinkLabel=_label_end,
        parseLinkTitle=helpers.parseLinkTitle,
    )


def _link(href: str, content: tuple[Inline, ...], line: int, notes: Notebook) -> tuple[Inline, ...]:
    if href.startswith("#"):
        return (Link("anchor", href[1:], content),)
    scheme, _, rest = href.partition(":")
    if scheme == "page" and rest not in SITE_PAGES:
        notes.error("link-page", line, target=rest)
        return content
    if scheme in _KINDS:
        return (Link(_KINDS[scheme], rest, content),)
    if scheme in {"https", "http"}:
        return (Link("outside", href, content),)
    notes.error("link-address", line, address=href)
    return content


def _joined(nodes: Sequence[Inline]) -> tuple[Inline, ...]:
    """Make one run of neighbouring runs, so that a sentence is not cut where the source line ends."""
    joined: list[Inline] = []
    for node in nodes:
        before = joined[-1] if joined else None
        if isinstance(node, Text) and isinstance(before, Text):
            joined[-1] = Text(before.text + node.text)
        elif not (isinstance(node, Text) and not node.text):
            joined.append(node)
    return tuple(joined)


def _closed(token: Token, content: tuple[Inline, ...], line: int, notes: Notebook) -> tuple[Inline, ...]:
    if token.type == "link_open":
        return _link(str(token.attrGet("href") or ""), content, line, notes)
    if token.type == "foreign_open":
        lang = str(token.meta["lang"])
        if not _TAG.fullmatch(lang):
            notes.error("language-tag", line, tag=lang)
        return (Foreign(lang, content),)
    return (Emphasis(content, strong=token.type == "strong_open"),)


def _leaf(token: Token, line: int, notes: Notebook) -> tuple[Inline, ...]:
    match token.type:
        case "text" | "text_special":
            return (Text(token.content),)
        case "softbreak":
            return (Text(" "),)
        case "hardbreak":
            return (Break(),)
        case "code_inline":
            return (InlineCode(token.content),)
        case "html_inline":
            notes.error("raw-html", line, found=token.content)
        case _:
            notes.error("markdown-unsupported", line, found="image" if token.type == "image" else token.type)
    return ()


def _is_stray(token: Token) -> bool:
    """Return whether a backslash escapes nothing, so that it is shown."""
    return token.type == "text_special" and len(token.content) > 1 and token.content.startswith("\\")


def note_leftovers(tokens: Sequence[Token], line: int, notes: Notebook, end: re.Pattern[str] | None) -> None:
    """Note markup that is shown as text, once on a line; what is escaped is meant (`text_special`).

    `end` is what may stand behind the last words: an attribute list.
    """
    begun, starts, noted = line, True, 0
    dashed: list[str] = []
    soft = True
    for token in tokens:
        if token.type in {"softbreak", "hardbreak"}:
            line, starts, soft = line + 1, True, token.type == "softbreak"
        words = end.sub("", token.content) if end and token is tokens[-1] else token.content
        found = leftover(words, starts=starts) if token.type == "text" or _is_stray(token) else ""
        if found and noted != line:
            notes.error("markup-shown", line, found=found)
            noted = line
        if starts and soft and _DASHED.match(words):
            dashed.append(words)
        starts = starts and not token.content
    if len(dashed) > 1:
        notes.error("list-by-hand", begun, found=dashed[0][:_SAMPLE])


def to_inlines(tokens: Sequence[Token], line: int, notes: Notebook) -> tuple[Inline, ...]:
    """Translate the children of an inline token that began on `line`."""
    stack: list[tuple[Token | None, list[Inline]]] = [(None, [])]
    for token in tokens:
        if token.type in {"softbreak", "hardbreak"}:
            line += 1
        if token.nesting > 0:
            stack.append((token, []))
        elif token.nesting < 0:
            opening, content = stack.pop()
            if opening is not None:
                stack[-1][1].extend(_closed(opening, _joined(content), line, notes))
        else:
            stack[-1][1].extend(_leaf(token, line, notes))
    return _joined(stack[0][1])
