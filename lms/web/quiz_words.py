"""The words of questions as HTML: prompts, options, feedback, in the reader's language or marked as another.

Holds how Markdown of a quiz becomes markup; holds no control. Called by `quiz_form` and `views.quiz`.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from lms.core.course import SignVideo
from lms.core.document import Block, Inline, ListBlock, Paragraph
from lms.core.locales import Words, direction
from lms.core.quiz import Quiz
from lms.rendering.anchors import Addresses
from lms.rendering.blocks import Drawing
from lms.rendering.inline import Runs
from lms.rendering.words import voice

_AROUND = {
    "span": Markup('<span lang="{}" dir="{}">{}</span>'),
    "div": Markup('<div lang="{}" dir="{}">{}</div>'),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A text as markup: `story` stands before the question, `line` is its last paragraph."""

    story: Markup
    line: Markup


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says the words of one quiz to a reader of one language; `addresses` says where its links lead."""

    quiz: Quiz
    locale: str
    addresses: Addresses
    sign_videos: tuple[SignVideo, ...] = ()

    def line(self, words: Words) -> Markup:
        """Say a text as one line, without links: for the label of a control."""
        lang, text = words.best(self.locale)
        if text not in self.quiz.marked:
            return self._marked(lang, escape(text), "span")
        runs = Runs(voice(self.locale), lang, self.addresses, linking=False)
        lines = [runs.html(_inlines(block)) for block in self.quiz.blocks(text)]
        return self._marked(lang, Markup("<br>").join(lines), "span")

    def told(self, words: Words) -> Markup:
        """Say a text as paragraphs, with its links: for feedback, hints and samples."""
        lang, text = words.best(self.locale)
        return self._marked(lang, self._blocks(self.quiz.blocks(text), lang), "div")

    def asked(self, words: Words) -> Said:
        """Say a prompt: what comes before its last paragraph is a story of its own."""
        lang, text = words.best(self.locale)
        *story, last = self.quiz.blocks(text)
        runs = Runs(voice(self.locale), lang, self.addresses, linking=False)
        before = self._marked(lang, self._blocks(story, lang), "div") if story else Markup("")
        return Said(before, self._marked(lang, runs.html(_inlines(last)), "span"))

    def signed(self, question: str, title: str) -> Markup:
        """Show the sign-language videos of a question; nothing where there is none."""
        drawing = Drawing(
            voice=voice(self.locale),
            lang=self.locale,
            addresses=self.addresses,
            laws={},
            terms={},
            today="",
            sign_videos=self.sign_videos,
        )
        return drawing.signed(f"question:{question}", title)

    def _blocks(self, blocks: list[Block] | tuple[Block, ...], lang: str) -> Markup:
        runs = Runs(voice(self.locale), lang, self.addresses)
        return Markup("").join(_block(block, runs) for block in blocks)

    def _marked(self, lang: str, html: Markup, tag: str) -> Markup:
        """Mark a text that is not in the reader's language (WCAG 3.1.2)."""
        if lang in {self.locale, self.locale.split("-", maxsplit=1)[0]}:
            return html
        return _AROUND[tag].format(lang, direction(lang), html)


def _inlines(block: Block) -> tuple[Inline, ...]:
    return block.content if isinstance(block, Paragraph) else ()


def _block(block: Block, runs: Runs) -> Markup:
    if isinstance(block, ListBlock):
        parts = (Markup("").join(_block(one, runs) for one in item.content) for item in block.items)
        items = Markup("").join(Markup("<li>{}</li>").format(part) for part in parts)
        return (Markup("<ol>{}</ol>") if block.ordered else Markup("<ul>{}</ul>")).format(items)
    return Markup("<p>{}</p>").format(runs.html(_inlines(block)))
