"""A lesson as HTML: its sections, their minutes, and what stands at each one's foot.

Holds how a document is cut at its `##` headings and put together again; blocks draw themselves in `blocks`.
No request, no learner: what is personal is filled in later (`prepared`). Called by `web` and by exports.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from lms.core.course import Lesson, Module, Release
from lms.core.document import Block, Document, Heading, JobAid
from lms.core.legislation import Law
from lms.core.locales import direction
from lms.core.opaque import opaque
from lms.core.progress import word_count
from lms.core.walk import text_of
from lms.rendering.anchors import Addresses
from lms.rendering.blocks import Drawing, environment
from lms.rendering.words import voice


@dataclass(frozen=True, slots=True)
class SectionHtml:
    """A stretch of a lesson under one `##` heading; the first may stand before any heading."""

    anchor: str
    title: str
    minutes: int
    html: Markup


@dataclass(frozen=True, slots=True)
class LessonHtml:
    """A lesson drawn; `lang` is the language of its text: not the reader's when it had to fall back."""

    lang: str
    sections: tuple[SectionHtml, ...]
    signing: Markup  # said when there is no sign-language video

    @property
    def body(self) -> Markup:
        """Give the whole lesson."""
        return Markup("").join(section.html for section in self.sections) + self.signing

    @property
    def pages(self) -> tuple[Markup, ...]:
        """Give one part a page, for whoever reads one section at a time; what stands first joins the next."""
        html = [section.html for section in self.sections]
        if len(html) > 1 and not self.sections[0].anchor:
            html[:2] = [html[0] + html[1]]
        return (*html[:-1], html[-1] + self.signing) if html else ()


def text_language(lesson: Lesson, locale: str) -> str:
    """Say in which language a lesson can be read by somebody who reads `locale`."""
    return language_of(lesson.documents, locale)


def language_of(documents: Mapping[str, Document], locale: str) -> str:
    """Say in which of its languages a text is given to somebody who reads `locale`."""
    for tag in (locale, locale.split("-", maxsplit=1)[0]):
        if tag in documents:
            return tag
    return next(iter(documents))


def sections(document: Document) -> list[list[Block]]:
    """Cut a document at its `##` headings; what stands before the first one is a section of its own."""
    parts: list[list[Block]] = [[]]
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 2:  # noqa: PLR2004  # `##` begins a section
            parts.append([])
        parts[-1].append(block)
    return [part for part in parts if part]


def _minutes(parts: Sequence[Sequence[Block]], total: int) -> list[int]:
    counts = [word_count(tuple(part)) for part in parts]
    return [max(1, round(total * count / max(1, sum(counts)))) for count in counts]


def _drawing(
    release: Release,
    module: Module,
    lang: str,
    locale: str,
    *,
    addresses: Addresses,
    laws: Mapping[str, Law],
    today: str,
) -> Drawing:
    return Drawing(
        voice=voice(locale),
        lang=lang,
        addresses=addresses,
        laws=laws or release.laws,
        terms=release.terms,
        today=today,
        sign_videos=module.sign_videos,
        media=frozenset(module.media),
        register=release.register,
    )


def _section(drawing: Drawing, part: Sequence[Block], minutes: int) -> SectionHtml:
    head = part[0] if isinstance(part[0], Heading) else None
    anchor, title = (head.id, text_of(head.content)) if head else ("", "")
    drawing.level = 1
    drawing.runs.term_anchor = f"w-{anchor or 'start'}-"
    drawn = drawing.blocks(part)
    terms = [
        (drawing.runs.term_anchor + opaque(term_id), drawing.terms[term_id], _signed_term(drawing, term_id))
        for term_id in drawing.runs.take_terms()
        if term_id in drawing.terms
    ]
    html = (
        environment(drawing.voice.locale)
        .get_template("sections/section.html")
        .render(
            r=drawing,
            drawn=drawn,
            turn=direction(drawing.lang),
            signed=drawing.signed(f"#{anchor}", title) if anchor else "",
            terms=terms,
            report=drawing.addresses.report(anchor) if anchor else "",
            title=title,
        )
    )
    return SectionHtml(anchor, title, minutes, Markup(html))  # noqa: S704  # the template escapes


def _signed_term(drawing: Drawing, term_id: str) -> Markup:
    return drawing.signed(f"term:{term_id}", drawing.terms[term_id].term.text(drawing.lang))


def lesson_html(
    release: Release,
    module: Module,
    lesson: Lesson,
    locale: str,
    *,
    addresses: Addresses,
    today: str,
    laws: Mapping[str, Law] | None = None,
) -> LessonHtml:
    """Draw a lesson for a reader of `locale`.

    `laws` is the register as it stands today (status and dates ahead are never sealed); without it the
    release's own snapshot is used. A lesson that lacks the language is drawn in another, marked so
    (WCAG 3.1.2), while the words of the interface stay in the reader's.
    """
    lang = text_language(lesson, locale)
    drawing = _drawing(release, module, lang, locale, addresses=addresses, laws=laws or {}, today=today)
    parts = sections(lesson.documents[lang])
    minutes = _minutes(parts, lesson.minutes)
    drawn = tuple(_section(drawing, part, minute) for part, minute in zip(parts, minutes, strict=True))
    signed = any(video.part.startswith("#") for video in module.sign_videos)
    note = "" if signed else environment(locale).get_template("sections/signing.html").render()
    return LessonHtml(lang, drawn, Markup(note))  # noqa: S704  # the template escapes


def signed_html(module: Module, part: str, locale: str, *, addresses: Addresses, title: str = "") -> Markup:
    """Draw the sign-language videos of a part that stands in a page of its own, such as `question:m1-q01`."""
    drawing = Drawing(voice(locale), locale, addresses, {}, {}, "", sign_videos=module.sign_videos)
    return drawing.signed(part, title)


def client_page(block: JobAid, fallback: str) -> tuple[str, JobAid]:
    """Give the title of the version for a client, which is its first heading, and the job aid without it."""
    head = block.client[0] if block.client else None
    if not isinstance(head, Heading):
        return fallback, block
    return text_of(head.content), replace(block, client=block.client[1:])


def job_aid_html(
    release: Release,
    module: Module,
    block: JobAid,
    lang: str,
    locale: str,
    *,
    addresses: Addresses,
    today: str,
    client: bool = False,
) -> Markup:
    """Draw what a job aid (or its version for a client) holds, to stand under its own h1."""
    drawing = _drawing(release, module, lang, locale, addresses=addresses, laws={}, today=today)
    return _spoken(drawing.nested(block.client if client else block.content), lang, locale)


def _spoken(drawn: Markup, lang: str, locale: str) -> Markup:
    """Mark a text that is not in the reader's language."""
    if lang == locale:
        return drawn
    return Markup(f'<div lang="{escape(lang)}" dir="{direction(lang)}">{drawn}</div>')  # noqa: S704


def facilitator_html(
    release: Release, module: Module, locale: str, *, addresses: Addresses, today: str
) -> Markup:
    """Draw a module's notes for a team talk, to stand under their own h1."""
    lang = language_of(module.facilitator, locale)
    drawing = _drawing(release, module, lang, locale, addresses=addresses, laws={}, today=today)
    return _spoken(drawing.blocks(module.facilitator[lang].blocks), lang, locale)


def job_aid(lesson: Lesson, lang: str, block_id: str) -> JobAid | None:
    """Find a job aid of a lesson."""
    found = (
        block for block in lesson.documents[lang].blocks if isinstance(block, JobAid) and block.id == block_id
    )
    return next(found, None)
