"""Runs of text to HTML: emphasis, links of every kind, words in another language.

Holds the escaping of everything that an author typed; holds no block. Called by `blocks`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from markupsafe import Markup

from lms.core.document import Break, Emphasis, Foreign, Inline, Link, Text
from lms.core.locales import direction
from lms.core.opaque import opaque
from lms.rendering.anchors import Addresses
from lms.rendering.words import Voice

_SAFE_OUTSIDE = ("https://", "http://")


@dataclass(slots=True)
class Runs:
    """Draws runs of one text; remembers which terms were met since the last `take_terms`."""

    voice: Voice
    lang: str  # of the text
    addresses: Addresses
    term_anchor: str = ""  # terms lead to the foot of the section under ids that begin so
    met: dict[str, None] = field(default_factory=dict)
    linking: bool = True  # off inside the text of a control, where a link cannot stand

    def html(self, content: Sequence[Inline]) -> Markup:
        """Draw some runs."""
        return Markup("".join(self._run(run) for run in content))  # noqa: S704  # every part is escaped below

    def take_terms(self) -> tuple[str, ...]:
        """Give the terms met since the last time, in the order of reading."""
        terms = tuple(self.met)
        self.met.clear()
        return terms

    def _run(self, run: Inline) -> str:
        if isinstance(run, Text):
            return escape(run.text, quote=False)
        if isinstance(run, Emphasis):
            tag = "strong" if run.strong else "em"
            return f"<{tag}>{self.html(run.content)}</{tag}>"
        if isinstance(run, Link):
            return self._link(run) if self.linking else self.html(run.content)
        if isinstance(run, Foreign):
            return self._foreign(run)
        return "<br>" if isinstance(run, Break) else f"<code>{escape(run.text, quote=False)}</code>"

    def _foreign(self, run: Foreign) -> str:
        turn = f' dir="{direction(run.lang)}"' if direction(run.lang) != direction(self.lang) else ""
        return f'<span lang="{escape(run.lang)}"{turn}>{self.html(run.content)}</span>'

    def _link(self, link: Link) -> str:
        words = self.html(link.content)
        if link.kind == "term":
            return self._term(link, words)
        if link.kind == "outside":
            return self._outside(link, words)
        address = self._inside(link)
        return f'<a href="{escape(address)}">{words}</a>' if address else words

    def _inside(self, link: Link) -> str:
        if link.kind == "lesson":
            module, _, lesson = link.target.partition("/")
            return self.addresses.lesson(module, lesson)
        if link.kind == "law":
            return self.addresses.law(link.target)
        if link.kind == "page":
            return self.addresses.page(link.target)
        if link.kind == "anchor":
            return self.addresses.anchor(link.target.removeprefix("#"))
        return f"mailto:{link.target}"

    def _term(self, link: Link, words: Markup) -> str:
        if not self.addresses.term(link.target):
            return words
        self.met[link.target] = None
        href = (
            f"#{self.term_anchor}{opaque(link.target)}"
            if self.term_anchor
            else self.addresses.term(link.target)
        )
        return f'<a class="term" href="{escape(href)}">{words}</a>'

    def _outside(self, link: Link, words: Markup) -> str:
        if not link.target.startswith(_SAFE_OUTSIDE):
            return words
        note = escape(self.voice.gettext("(another site)"), quote=False)
        lang = "" if self.voice.locale == self.lang else f' lang="{self.voice.locale}"'
        return (
            f'<a class="outside" rel="noreferrer" href="{escape(link.target)}">{words}'
            f'<span class="unseen"{lang}> {note}</span></a>'
        )
