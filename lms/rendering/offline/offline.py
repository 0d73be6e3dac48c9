"""A whole module as one file: read without a network, printed, kept.

Holds the order of its parts and how their headings, ids and links fit on one page; blocks draw themselves as
on the site, with nothing folded. Pictures come as data addresses from whoever calls.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from unicodedata import combining, normalize

from markupsafe import Markup

from lms.core.courses.course import Lesson, Module, Release
from lms.core.courses.document import Document, Heading, Recording
from lms.core.courses.durations import module_minutes
from lms.core.courses.walk import text_of, walk
from lms.core.legislation.held import NOTHING_HELD, Held
from lms.core.legislation.register import Law, Term
from lms.core.locales import direction
from lms.core.people.letters import OPENED
from lms.rendering.filling import TEMPLATES
from lms.rendering.lessons.anchors import Addresses, Ids, Picture
from lms.rendering.lessons.blocks import Drawing, environment
from lms.rendering.lessons.inline import definition_id, place_id
from lms.rendering.lessons.lessons import text_language
from lms.rendering.lessons.words import words_once
from lms.rendering.offline.offline_quiz import PrintedQuestion, sheets, speaking
from lms.rendering.words.translator import Translator, sorted_by, translator_for

_FIRST = 2  # level of the headings that name lessons; `##` of a lesson stands below it
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Kit:
    """What a file is made with: pictures by path, the register as it stands, today, the site's address.

    `held` is what is on hold on the day on which it is made.
    """

    picture: Callable[[str], Picture]
    laws: Mapping[str, Law]
    today: str
    site: str = ""  # without it, what leads to other pages stays words
    held: Held = NOTHING_HELD


@dataclass(frozen=True, slots=True)
class LessonPart:
    """A lesson in the file, with its sections for the table of contents."""

    id: str
    title: str
    lang: str
    turn: str  # direction, when the text is in another language than the file; else empty
    html: Markup
    sections: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Making:
    """One file being made: its ids, and the terms that were met on the way."""

    release: Release
    module: Module
    voice: Translator
    kit: Kit
    taken: set[str] = field(default_factory=set)
    met: dict[str, None] = field(default_factory=dict)

    def drawing(self, prefix: str, lang: str) -> Drawing:
        """Return what draws one lesson, or all questions, in one language."""
        site, locale = self.kit.site, self.voice.locale
        drawing = Drawing(
            voice=self.voice,
            lang=lang,
            addresses=Addresses(
                lesson=self._lesson,
                term=lambda name: f"#{definition_id(name)}",
                page=lambda name: f"{site}/{locale}/{name}" if site else "",
                anchor=lambda anchor: f"#{prefix}{anchor}",
                media=self.kit.picture,
                where=lambda place: f"{site}/{locale}/register/where?place={place}" if site else "",
            ),
            laws=self.kit.laws,
            terms=self.release.terms,
            today=self.kit.today,
            ids=Ids(self.taken, prefix),
            register=self.release.register,
            checked=self.release.law_as_of,
            paper=True,
            held=self.kit.held,
            module=self.module.id,
        )
        drawing.level, drawing.shift = _FIRST, _FIRST - 1
        drawing.runs.listed, drawing.runs.met = True, self.met
        return drawing

    def _lesson(self, module: str, lesson: str) -> str:
        own = next((one.code for one in self.module.lessons if one.id == lesson), "")
        return f"#{own}" if own and module == self.module.id else ""


def _lesson_part(making: _Making, lesson: Lesson) -> LessonPart:
    locale = making.voice.locale
    lang = text_language(lesson, locale)
    document, prefix = words_once(lesson.documents[lang]), f"{lesson.code}-"
    return LessonPart(
        id=lesson.code,
        title=lesson.title.text(locale),
        lang=lang,
        turn="" if lang == locale else direction(lang),
        html=making.drawing(prefix, lang).blocks(document.blocks),
        sections=tuple(_sections(document, prefix)),
    )


def _sections(document: Document, prefix: str) -> Iterator[tuple[str, str]]:
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 2 and block.id:  # noqa: PLR2004  # `##` begins a section
            yield prefix + block.id, text_of(block.content)


def _questions(making: _Making) -> tuple[PrintedQuestion, ...]:
    drawings: dict[str, Drawing] = {}

    def drawing_of(lang: str) -> Drawing:
        if lang not in drawings:
            drawings[lang] = making.drawing("q-", lang)
        return drawings[lang]

    locale = making.voice.locale
    say = speaking(making.module.quiz, drawing_of, locale)
    return sheets(making.module, say, drawing_of(locale), making.release.law_as_of)


def _terms(making: _Making) -> list[tuple[str, str, Term]]:
    known = [making.release.terms[name] for name in making.met if name in making.release.terms]
    ordered = sorted_by(known, lambda term: term.term.text(making.voice.locale), making.voice.locale)
    return [(definition_id(term.id), place_id(term.id), term) for term in ordered]


def _plays(module: Module, parts: Sequence[LessonPart]) -> bool:
    """Return whether anything of the module plays, and so is not in the file."""
    texts = (lesson.documents[part.lang] for lesson, part in zip(module.lessons, parts, strict=True))
    played = any(isinstance(node, Recording) for text in texts for node in walk(text.blocks))
    return played or bool(module.sign_videos)


def module_file(release: Release, module: Module, locale: str, kit: Kit) -> str:
    """Return the file: lessons, questions, answers, words; nothing in it asks for anything from outside.

    Its window title says no more than the site's own does where the course is sensitive.
    """
    making = _Making(release, module, translator_for(locale), kit)
    parts = tuple(_lesson_part(making, lesson) for lesson in module.lessons)
    questions = _questions(making)
    style = (TEMPLATES / "offline" / "sheet.css").read_text("utf-8")
    return (
        environment(locale)
        .get_template("offline/module.html")
        .render(
            course=release.course,
            release=release,
            module=module,
            minutes=module_minutes(module),
            number=release.modules.index(module) + 1,
            parts=parts,
            questions=questions,
            terms=_terms(making),
            plays=_plays(module, parts),
            voice=making.voice,
            today=kit.today,
            site=kit.site,
            style=Markup("<{0}>{1}</{0}>").format("style", Markup(style)),  # noqa: S704  # our own file
        )
    )


def file_name(release: Release, module: Module, locale: str) -> str:
    """Return a name for the file that says nothing of a sensitive course."""
    plain = normalize("NFKD", release.course.shown_title(locale).casefold()).translate(OPENED)
    words = _WORD.findall("".join(sign for sign in plain if not combining(sign)))
    return (
        "-".join([*words, "module", str(release.modules.index(module) + 1), release.version, locale])
        + ".html"
    )
