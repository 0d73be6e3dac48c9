"""The words of questions as HTML: prompts, options, feedback, in the reader's language or marked as another.

Holds how Markdown of a quiz becomes markup; holds no control.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext
from markupsafe import Markup, escape

from lms.core.courses.course import SignVideo
from lms.core.courses.document import Block, Inline, ListBlock, Paragraph
from lms.core.courses.quiz import Quiz
from lms.core.learning.presenting import TaggedText
from lms.core.legislation.held import Hold
from lms.rendering.lessons.anchors import Addresses
from lms.rendering.lessons.blocks import Drawing
from lms.rendering.lessons.inline import Runs, in_its_language
from lms.rendering.words.translator import translator_for


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text as markup: `line` is its last paragraph, `story` stands before it, `after` behind it: a list."""

    story: Markup
    line: Markup
    after: Markup


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says the words of one quiz to a reader of one language; `addresses` says where its links lead."""

    quiz: Quiz
    locale: str
    addresses: Addresses
    sign_videos: tuple[SignVideo, ...] = ()

    def cautions(self, holds: Iterable[Hold]) -> tuple[Markup, ...]:
        """Return what is said of a question that is on hold."""
        said = (TaggedText(*hold.words.best(self.locale)) for hold in holds)
        return tuple(in_its_language(escape(one.text), one.lang, self.locale) for one in said)

    def line(self, said: TaggedText) -> Markup:
        """Return a text as one line, without links: for the label of a control."""
        lang, text = said
        if not lang or text not in self.quiz.marked:
            return in_its_language(escape(text), lang, self.locale)
        runs = Runs(translator_for(self.locale), lang, self.addresses, linking=False)
        lines = [runs.html(_inlines(block)) for block in self.quiz.blocks(text)]
        return in_its_language(Markup("<br>").join(lines), lang, self.locale)

    def told(self, said: TaggedText) -> Markup:
        """Return a text as paragraphs, with its links: for feedback, hints and samples."""
        lang, text = said
        return in_its_language(self._blocks(self.quiz.blocks(text), lang), lang, self.locale, "div")

    def asked(self, said: TaggedText) -> MarkedText:
        """Return a prompt: its last paragraph asks, what stands before and behind it is text of its own."""
        lang, text = said
        if text not in self.quiz.marked:
            plain = Markup(html.escape(text, quote=False))  # noqa: S704  # escaped here
            return MarkedText(Markup(""), in_its_language(plain, lang, self.locale), Markup(""))
        blocks = self.quiz.blocks(text)
        at = max((place for place, one in enumerate(blocks) if isinstance(one, Paragraph)), default=0)
        runs = Runs(translator_for(self.locale), lang, self.addresses, linking=False)
        line = in_its_language(runs.html(_inlines(blocks[at])), lang, self.locale)
        return MarkedText(self._text(blocks[:at], lang), line, self._text(blocks[at + 1 :], lang))

    def signed(self, question: str, number: int) -> Markup:
        """Show the sign-language videos of a question; nothing where there is none."""
        if not self.sign_videos:
            return Markup("")
        title = gettext("Question %(number)s", number=number)
        drawing = Drawing(
            voice=translator_for(self.locale),
            lang=self.locale,
            addresses=self.addresses,
            laws={},
            terms={},
            today="",
            sign_videos=self.sign_videos,
        )
        return drawing.signed(f"question:{question}", title)

    def _text(self, blocks: tuple[Block, ...], lang: str) -> Markup:
        """Return blocks in their language; nothing, not even an element, where there are none."""
        return in_its_language(self._blocks(blocks, lang), lang, self.locale, "div") if blocks else Markup("")

    def _blocks(self, blocks: tuple[Block, ...], lang: str) -> Markup:
        runs = Runs(translator_for(self.locale), lang, self.addresses)
        return Markup("").join(_block(block, runs) for block in blocks)


def _inlines(block: Block) -> tuple[Inline, ...]:
    return block.content if isinstance(block, Paragraph) else ()


def _block(block: Block, runs: Runs) -> Markup:
    if isinstance(block, ListBlock):
        parts = (Markup("").join(_block(one, runs) for one in item.content) for item in block.items)
        items = Markup("").join(Markup("<li>{}</li>").format(part) for part in parts)
        return (Markup("<ol>{}</ol>") if block.ordered else Markup("<ul>{}</ul>")).format(items)
    return Markup("<p>{}</p>").format(runs.html(_inlines(block)))
