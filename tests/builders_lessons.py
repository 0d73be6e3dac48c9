"""Builders for drawn lessons: a document of given blocks, drawn, and the tree of what came out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element

from lms.core.courses.course import Course, Lesson, Module, Release, SignVideo
from lms.core.courses.document import Block, Document, Heading, LawBox, Paragraph, Text
from lms.core.courses.quiz import Quiz
from lms.core.legislation.register import Event, Law, Term
from lms.core.locales import Words
from lms.rendering.lessons.anchors import Addresses, Picture
from lms.rendering.lessons.lessons import LessonHtml, lesson_html
from tests.page_lint import XHTML, parse, text_of

TODAY = "2026-11-22"
EVERYWHERE = Addresses(
    lesson=lambda module, lesson: f"/l/{module}/{lesson}" if module == "m1" else "",
    term=lambda term: f"/g#{term}",
    law=lambda law: f"/r/{law}",
    media=lambda path: Picture(f"/m/{path}", 300, 200),
    job_aid=lambda block: f"/aid/{block}",
    client=lambda block: f"/aid/{block}/client",
    report=lambda: "/tell-us",
)


def said(text: str) -> tuple[Text, ...]:
    """Return a run of plain words."""
    return (Text(text),)


def para(text: str, **changes: Any) -> Paragraph:
    """Return a paragraph of plain words."""
    return Paragraph(said(text), **changes)


def section(title: str = "One", anchor: str = "s1") -> Heading:
    """Return the heading of a section."""
    return Heading(2, said(title), anchor)


def law_box(**changes: object) -> LawBox:
    """Return a statement that rests on the sample act."""
    given: dict[str, object] = {
        "rests_on": ("act",),
        "as_of": "2026-07-23",
        "review_by": "2027-02-22",
        **changes,
    }
    return LawBox("st1", said("There must be a chair."), **given)  # type: ignore[arg-type]  # fields of LawBox


def a_law(name: str = "act", **changes: Any) -> Law:
    """Return a law that is in force, verified, with texts in both languages."""
    plain = Law(
        id=name,
        jurisdiction="ca",
        kind="statute",
        title=Words({"en": "Sample Act", "fr": "Loi modèle"}),
        title_fr_official=True,
        citation=Words({"en": "S.C. 2020, c. 1", "fr": "L.C. 2020, ch. 1"}),
        status="in-force",
        assented="2020-01-01",
        in_force="2020-01-01",
        events=(),
        meaning=Words({"en": "There must be a chair.", "fr": "Il faut une chaise."}),
        courses=(),
        topics=("accessibility",),
        url={"en": "https://laws.example.ca/en", "fr": "https://laws.example.ca/fr"},
        confidence="verified",
        sources=(),
        unverified=(),
        source_quality="official",
    )
    return replace(plain, **changes)


def an_event(date: str, *, effect: str = "in-force", material: bool = True) -> Event:
    """Return something that happened to a law."""
    return Event(date, "amendment", material, effect, Words({"en": "It changed.", "fr": "Elle a changé."}))


def a_term(name: str = "ally") -> Term:
    """Return a word of the glossary."""
    return Term(
        name, Words({"en": name, "fr": f"{name}-fr"}), Words({"en": "Means it.", "fr": "Le dit."}), TODAY, {}
    )


def a_release(
    lesson: Lesson,
    *,
    laws: Mapping[str, Law] | None = None,
    videos: tuple[SignVideo, ...] = (),
    media: tuple[str, ...] = (),
) -> tuple[Release, Module]:
    """Return a release of one module that holds this lesson."""
    held = {name: name for name in media}
    name, bank = Words({"en": "Course"}), Quiz("q", "1", 1, ())
    module = Module("m1", "m1", "1.0.0", name, 4, (), (lesson,), bank, sign_videos=videos, media=held)
    course = Course("c", "c0de", name, name, name, name, False, ("en",), (), "1", ("m1",), 80, 6)
    rests = dict(laws or {"act": a_law()})
    whole = Release(course, "1.0.0", "d", TODAY, TODAY, Words({}), (module,), {"ally": a_term()}, rests)
    return whole, module


def drawn(
    *blocks: Block,
    locale: str = "en",
    lang: str = "en",
    laws: Mapping[str, Law] | None = None,
    videos: tuple[SignVideo, ...] = (),
    media: tuple[str, ...] = (),
    today: str = TODAY,
    minutes: int = 4,
) -> LessonHtml:
    """Draw a lesson of these blocks."""
    lesson = Lesson("l", "l1", Words({"en": "Lesson"}), minutes, {lang: Document(lang, blocks)})
    release, module = a_release(lesson, laws=laws, videos=videos, media=media)
    return lesson_html(release, module, lesson, locale, addresses=EVERYWHERE, today=today)


def tree(html: str) -> Element:
    """Parse what was drawn as the body of a page; nothing may be malformed."""
    page, complaints = parse(
        f"<!doctype html><html lang=en dir=ltr><title>x</title><body>{html}</body></html>"
    )
    assert complaints == []
    body = page.find(f"{XHTML}body")
    assert body is not None
    return body


def every(root: Element, tag: str, **attributes: str) -> list[Element]:
    """Return the elements with this tag and these attributes (`class_` is one of the classes)."""
    found = []
    for element in root.iter(f"{XHTML}{tag}"):
        kind = attributes.get("class_")
        rest = {name: value for name, value in attributes.items() if name != "class_"}
        fits = all(element.get(name) == value for name, value in rest.items())
        if fits and (kind is None or kind in element.get("class", "").split()):
            found.append(element)
    return found


def words(root: Element, tag: str, **attributes: str) -> list[str]:
    """Return the words of those elements."""
    return [text_of(element) for element in every(root, tag, **attributes)]
