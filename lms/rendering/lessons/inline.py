"""Runs of text to HTML: emphasis, links of every kind, words in another language, what somebody says.

Holds the escaping of everything that an author typed; holds no block.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from html import escape

from markupsafe import Markup

from lms.core.courses.document import Break, Emphasis, Foreign, Inline, Link, Text
from lms.core.courses.opaque import opaque
from lms.core.locales import direction
from lms.rendering.lessons.anchors import Addresses
from lms.rendering.words.translator import Translator

_SAFE_OUTSIDE = ("https://", "http://")
_SPEECH = (("«", "»"), ("“", "”"))
_IN_ITS_LANGUAGE = {
    "span": Markup('<span lang="{}" dir="{}">{}</span>'),
    "div": Markup('<div lang="{}" dir="{}">{}</div>'),
}


def in_its_language(html: Markup, lang: str, locale: str, tag: str = "span") -> Markup:
    """Mark a text that is not in the reader's language (WCAG 3.1.2); `lang` is empty for what has none."""
    if lang in {"", locale, locale.split("-", maxsplit=1)[0]}:
        return html
    return _IN_ITS_LANGUAGE[tag].format(lang, direction(lang), html)


def _speech(content: Sequence[Inline]) -> tuple[str, ...]:
    """Return the marks between which somebody speaks; nothing when they are not in pairs."""
    plain = "".join(run.text for run in content if isinstance(run, Text))
    for opening, closing in _SPEECH:
        met = "".join(sign for sign in plain if sign in {opening, closing})
        if met and met == (opening + closing) * (len(met) // 2):
            return opening, closing
    return ()


def _voice(drawn: str, run: Inline, marks: tuple[str, ...]) -> str:
    """Set what is said between marks apart; the marks stay."""
    if not marks or not isinstance(run, Text):
        return drawn
    opening, closing = marks
    return drawn.replace(opening, f'<span class="said">{opening}').replace(closing, f"{closing}</span>")


def definition_id(term: str) -> str:
    """Return the id under which a word's definition stands on a page."""
    return f"w-{opaque(term)}"


def place_id(term: str) -> str:
    """Return the id of the place in the text that leads to a definition, and that one comes back to."""
    return f"w-t-{opaque(term)}"


@dataclass(slots=True)
class Runs:
    """Draws runs of one text; remembers which terms were met since the last `take_terms`.

    A word is linked once: what is pressed for the second time says nothing new.
    """

    voice: Translator
    lang: str  # of the text
    addresses: Addresses
    known: Container[str] = ()  # terms that can be explained
    listed: bool = False  # whether the definitions stand on the same page
    met: dict[str, None] = field(default_factory=dict)
    linked: set[str] = field(default_factory=set)
    linking: bool = True  # off inside the text of a control, where a link cannot stand
    held_laws: frozenset[str] = frozenset()  # of which a link says that they may have changed
    voiced: bool = False  # on in a story, where what people say has a voice of its own

    def html(self, content: Sequence[Inline]) -> Markup:
        """Draw some runs."""
        marks = _speech(content) if self.voiced else ()
        return Markup("".join(_voice(self._run(run), run, marks) for run in content))  # noqa: S704  # escaped below

    def take_terms(self) -> tuple[str, ...]:
        """Return the terms met since the last time, in the order of reading."""
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
        return (f'<a href="{escape(address)}">{words}</a>' if address else words) + self._caution(link)

    def _caution(self, link: Link) -> str:
        """Say behind a link to a law that is held as a whole not to rely on it; its page says more."""
        if link.kind != "law" or link.target not in self.held_laws:
            return ""
        said = escape(self.voice.gettext("(may have changed – do not rely on this)"), quote=False)
        lang = "" if self.voice.locale == self.lang else f' lang="{self.voice.locale}"'
        return f' <span class="doubt"{lang}>{said}</span>'

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
        term, address = link.target, self.addresses.term(link.target)
        if not address or term not in self.known or term in self.linked:
            return words
        self.linked.add(term)
        place = ""
        if self.listed:
            address = f"#{definition_id(term)}"
            place = "" if term in self.met else f' id="{place_id(term)}"'
        self.met[term] = None
        return f'<a class="term"{place} href="{escape(address)}">{words}</a>'

    def _outside(self, link: Link, words: Markup) -> str:
        if not link.target.startswith(_SAFE_OUTSIDE):
            return words
        note = escape(self.voice.gettext("(another site)"), quote=False)
        lang = "" if self.voice.locale == self.lang else f' lang="{self.voice.locale}"'
        return (
            f'<a class="outside" rel="noreferrer" href="{escape(link.target)}">{words}'
            f'<span class="unseen"{lang}> {note}</span></a>'
        )
