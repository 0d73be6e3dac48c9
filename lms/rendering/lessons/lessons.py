"""A lesson as HTML: its sections, their minutes, and what stands once at its end.

Holds how a document is cut at its `##` headings and put together again; blocks draw themselves in `blocks`.
No request, no learner: what is personal is filled in later (`prepared`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup, escape

from lms.core.courses.course import Lesson, Module, Release
from lms.core.courses.document import Block, Document, Heading, JobAid
from lms.core.courses.durations import section_minutes
from lms.core.courses.walk import text_of
from lms.core.legislation.finder import ALL
from lms.core.legislation.held import NOTHING_HELD, Held
from lms.core.legislation.register import Law
from lms.core.locales import direction
from lms.rendering.lessons.anchors import Addresses, Ids
from lms.rendering.lessons.blocks import Drawing, environment
from lms.rendering.lessons.blocks_law import LawFacts
from lms.rendering.lessons.inline import definition_id, place_id
from lms.rendering.lessons.words import words_once
from lms.rendering.words.translator import sorted_by, translator_for


@dataclass(frozen=True, slots=True)
class SectionHtml:
    """A stretch of a lesson under one `##` heading; the first may stand before any heading.

    The minutes of all of them add up to the lesson; what stands before a heading has none of its own.
    """

    anchor: str
    title: str
    minutes: int
    html: Markup
    terms: tuple[str, ...] = ()  # explained words, in the order of reading
    laws: Mapping[str, LawFacts] = field(default_factory=dict)  # that its statements rest on


@dataclass(frozen=True, slots=True)
class LessonHtml:
    """A lesson drawn; `lang` is the language of its text: not the reader's when it had to fall back."""

    lang: str
    sections: tuple[SectionHtml, ...]
    pages: tuple[Markup, ...]  # one part a page, for whoever reads section by section
    body: Markup  # the whole lesson


def text_language(lesson: Lesson, locale: str) -> str:
    """Return in which language a lesson can be read by somebody who reads `locale`."""
    return language_of(lesson.documents, locale)


def language_of(documents: Mapping[str, Document], locale: str) -> str:
    """Return in which of its languages a text is given to somebody who reads `locale`."""
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


def _drawing(
    release: Release,
    module: Module,
    lang: str,
    locale: str,
    *,
    addresses: Addresses,
    laws: Mapping[str, Law],
    today: str,
    held: Held,
) -> Drawing:
    return Drawing(
        voice=translator_for(locale),
        lang=lang,
        addresses=addresses,
        laws=laws or release.laws,
        terms=release.terms,
        today=today,
        sign_videos=module.sign_videos,
        media=frozenset(module.media),
        register=release.register,
        checked=release.law_as_of,
        held=held,
        module=module.id,
    )


def _section(drawing: Drawing, part: Sequence[Block], minutes: Mapping[str, int]) -> SectionHtml:
    head = part[0] if isinstance(part[0], Heading) else None
    anchor, title = (head.id, text_of(head.content)) if head else ("", "")
    drawing.level = 1
    html = (
        environment(drawing.voice.locale)
        .get_template("sections/section.html")
        .render(
            r=drawing,
            drawn=drawing.blocks(part),
            turn=direction(drawing.lang),
            signed=drawing.signed(f"#{anchor}", title) if anchor else "",
        )
    )
    terms, laws = drawing.runs.take_terms(), drawing.take_relied()
    taken = minutes.get(anchor, 0)
    return SectionHtml(anchor, title, taken, Markup(html), terms, laws)  # noqa: S704  # the template escapes


def _signed_term(drawing: Drawing, term_id: str) -> Markup:
    return drawing.signed(f"term:{term_id}", drawing.terms[term_id].term.text(drawing.lang))


def _ending(drawing: Drawing, parts: Sequence[SectionHtml]) -> Markup:
    """Draw what stands once below a text: its words, how sure its laws are, where to tell us."""
    voice, lang = drawing.voice, drawing.lang
    terms = sorted_by(
        (term for part in parts for term in part.terms),
        lambda term: drawing.terms[term].term.text(lang),
        lang,
    )
    laws = {law_id: law for part in parts for law_id, law in part.laws.items()}
    html = (
        environment(voice.locale)
        .get_template("sections/ending.html")
        .render(
            r=drawing,
            turn=direction(lang),
            terms=[
                (definition_id(term), place_id(term), drawing.terms[term], _signed_term(drawing, term))
                for term in terms
            ],
            reliance=drawing.reliance(tuple(laws.values())),
            report=drawing.addresses.report(),
        )
    )
    return Markup(html)  # noqa: S704  # the template escapes


def _on_pages(parts: Sequence[SectionHtml]) -> list[Sequence[SectionHtml]]:
    """Put one section on a page; what stands before any heading joins the first."""
    pages: list[Sequence[SectionHtml]] = [[part] for part in parts]
    if len(pages) > 1 and not parts[0].anchor:
        pages[:2] = [parts[:2]]
    return pages


def _with_ending(drawing: Drawing, parts: Sequence[SectionHtml]) -> Markup:
    return Markup("").join(part.html for part in parts) + _ending(drawing, parts)


def lesson_html(
    release: Release,
    module: Module,
    lesson: Lesson,
    locale: str,
    *,
    addresses: Addresses,
    today: str,
    laws: Mapping[str, Law] | None = None,
    place: str = ALL,
    remembered: bool = False,
    held: Held = NOTHING_HELD,
) -> LessonHtml:
    """Draw a lesson for a reader of `locale`.

    `laws` is the register as it stands today (status and dates ahead are never sealed); without it the
    release's own snapshot is used. A lesson that lacks the language is drawn in another, marked so
    (WCAG 3.1.2), while the words of the interface stay in the reader's. A finder tells of `place`, which is
    '' as long as none is chosen.
    """
    lang = text_language(lesson, locale)
    drawing = _drawing(
        release, module, lang, locale, addresses=addresses, laws=laws or {}, today=today, held=held
    )
    drawing.runs.listed = True
    drawing.place, drawing.remembered = place, remembered
    parts = sections(words_once(lesson.documents[lang]))
    minutes = section_minutes(lesson)
    drawn = tuple(_section(drawing, part, minutes) for part in parts)
    pages = tuple(_with_ending(drawing, page) for page in _on_pages(drawn))
    return LessonHtml(lang, drawn, pages, _with_ending(drawing, drawn))


def passage_html(
    release: Release,
    module: Module,
    blocks: Sequence[Block],
    lang: str,
    locale: str,
    *,
    addresses: Addresses,
    today: str,
    ids: Ids,
    held: Held,
) -> Markup:
    """Draw some blocks of a lesson to stand under an h3; `ids` are those given out on the page so far."""
    drawing = _drawing(release, module, lang, locale, addresses=addresses, laws={}, today=today, held=held)
    drawing.ids, drawing.level, drawing.shift = ids, 3, 1
    return _spoken(drawing.blocks(blocks), lang, locale)


def client_page(block: JobAid, fallback: str) -> tuple[str, JobAid]:
    """Return the title of the version for a client, its first heading, and the job aid without it."""
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
    held: Held = NOTHING_HELD,
) -> Markup:
    """Draw what a job aid (or its version for a client) holds, to stand under its own h1."""
    drawing = _drawing(release, module, lang, locale, addresses=addresses, laws={}, today=today, held=held)
    return _spoken(drawing.nested(block.client if client else block.content), lang, locale)


def _spoken(drawn: Markup, lang: str, locale: str) -> Markup:
    """Mark a text that is not in the reader's language."""
    if lang == locale:
        return drawn
    return Markup(f'<div lang="{escape(lang)}" dir="{direction(lang)}">{drawn}</div>')  # noqa: S704


def facilitator_html(
    release: Release,
    module: Module,
    locale: str,
    *,
    addresses: Addresses,
    today: str,
    held: Held = NOTHING_HELD,
) -> Markup:
    """Draw a module's notes for a team talk, to stand under their own h1."""
    lang = language_of(module.facilitator, locale)
    drawing = _drawing(release, module, lang, locale, addresses=addresses, laws={}, today=today, held=held)
    return _spoken(drawing.blocks(module.facilitator[lang].blocks), lang, locale)


def job_aid(lesson: Lesson, lang: str, block_id: str) -> JobAid | None:
    """Find a job aid of a lesson."""
    found = (
        block for block in lesson.documents[lang].blocks if isinstance(block, JobAid) and block.id == block_id
    )
    return next(found, None)
