"""Builders for holds: a course whose first module says something about a law, and holds on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lms.actions.context import Context
from lms.actions.legislation import holds
from lms.actions.legislation.holds import HoldWish
from lms.core.courses.course import Release
from lms.core.courses.document import Document, LawBox, Link, Paragraph, Text
from lms.core.courses.quiz import Quiz
from lms.core.legislation.register import Law
from lms.core.locales import Words
from lms.core.people.actors import SYSTEM, Actor
from tests import builders_learning as make

CAUTION = {"en": "Do not rely on it. Ask Ann.", "fr": "Ne vous y fiez pas. Demandez à Ann."}
BOX, ITEM, LAW = ("box", "m1/st1"), ("item", "m1/m1-q1"), ("law", "act")


def law(name: str = "act") -> Law:
    """Return an entry of the register."""
    return Law(
        id=name,
        jurisdiction="ca",
        kind="statute",
        title=make.words(f"The {name}"),
        title_fr_official=True,
        citation=Words({}),
        status="in-force",
        assented="",
        in_force="2020",
        events=(),
        meaning=make.words("What it means"),
        courses=(),
        topics=(),
        url={},
        confidence="verified",
        sources=(),
        unverified=(),
        source_quality="official",
    )


def document(lang: str, said: str) -> Document:
    """Return a text with a statement, and a paragraph that links to its law."""
    box = LawBox("st1", (Text(f"{said} ({lang})"),), ("act",), "2026-11-01", "2027-05-01")
    link = Paragraph((Text("See "), Link("law", "act", (Text("the act"),)), Text(".")))
    return Document(lang, (box, link))


def quiz(said: str = "", resting: int = 1) -> Quiz:
    """Return a bank of six questions, the first few of which rest on the law; `said` is in the first one."""
    bank = make.quiz("m1")
    first = (replace(one, rests_on=("act",)) for one in bank.questions[:resting])
    questions = (*first, *bank.questions[resting:])
    prompt = questions[0].prompt
    worded = replace(questions[0], prompt=make.words(f"{prompt['en']} {said}".strip()))
    digest = f"{bank.digest}{said}"
    return replace(bank, questions=(worded, *questions[1:]), digest=digest)


def release(
    version: str = "1.0.0", said: str = "Offer a seat.", bank: Quiz | None = None, **changes: object
) -> Release:
    """Return a release of the course that says something about a law."""
    texts = {lang: document(lang, said) for lang in ("en", "fr")}
    lesson = replace(make.lesson("l1", digest=f"m1-l1 {said}"), documents=texts)
    first = replace(
        make.module("m1", bank=bank or quiz()), lessons=(lesson, make.lesson("l2", digest="m1-l2"))
    )
    return make.release(version, first, make.module("m2"), laws={"act": law()}, **changes)


def hold(
    context: Context,
    about: tuple[str, str] = BOX,
    actor: Actor = SYSTEM,
    *,
    course: str = "sample",
    since: str = "",
    said: Mapping[str, str] = CAUTION,
) -> str:
    """Put something on hold; give the id of the hold."""
    kind, name = about
    wish = HoldWish(course, kind, name, since or context.today(), {**CAUTION, **said})
    return holds.hold(context, actor, wish)
