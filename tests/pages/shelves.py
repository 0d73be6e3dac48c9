"""Courses that no file holds: each is the sample course with something else said, left out or broken.

Holds libraries alone; the sites that are made of them are `worlds`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NoReturn

from lms.content.library import Library
from lms.core.courses.course import Module, Need, Release
from lms.core.courses.document import Document, Figure, LawBox, Recording, Text
from lms.core.courses.findings import Finding
from lms.core.courses.quiz import LikertQuestion, Question
from lms.core.errors import NotAllowed
from lms.core.legislation.register import Event, Register
from lms.core.locales import Words
from tests.builders_learning import SAMPLE as COURSE
from tests.builders_surveys import a_survey

OLD, NEW = "1.0.0", "2.0.0"
NEXT, NEXT_CODE = "next-course", "n3xt"


class Discreet(Library):
    """The sample site with its course marked sensitive, and its laws in doubt."""

    def release(self, course_id: str, version: str) -> Release:
        """Return a release, its course sensitive."""
        found = super().release(course_id, version)
        return replace(found, course=replace(found.course, sensitive=True))

    def register(self) -> Register:
        """Return the register, each law still being checked."""
        found = super().register()
        laws = {name: replace(law, unverified=("in_force",)) for name, law in found.laws.items()}
        return replace(found, laws=laws)


class Thorough(Library):
    """The sample site with checks that ask every question of their banks, the scale in the second one."""

    def release(self, course_id: str, version: str) -> Release:
        """Return a release whose checks draw everything."""
        found = super().release(course_id, version)
        first, second = found.modules
        scale = tuple(one for one in first.quiz.questions if isinstance(one, LikertQuestion))
        rest = tuple(one for one in first.quiz.questions if one not in scale)
        return replace(found, modules=(_asking(first, rest), _asking(second, second.quiz.questions + scale)))


def _asking(module: Module, questions: tuple[Question, ...]) -> Module:
    return replace(module, quiz=replace(module.quiz, draw=len(questions), questions=questions))


class Telling(Thorough):
    """The thorough site with checks that comment on each answer when it is asked for."""

    def release(self, course_id: str, version: str) -> Release:
        """Return a release whose checks comment at once."""
        found = super().release(course_id, version)
        each = (replace(one, quiz=replace(one.quiz, comments="each")) for one in found.modules)
        return replace(found, modules=tuple(each))


class Curious(Library):
    """The sample site with a course that asks before, after and three months later."""

    def release(self, course_id: str, version: str) -> Release:
        """Return a release whose course asks."""
        found = super().release(course_id, version)
        return replace(found, course=replace(found.course, survey=a_survey()))


class Building(Library):
    """The sample course twice: as itself, and as a course that builds on it."""

    def courses(self) -> tuple[str, ...]:
        """List both courses."""
        return (COURSE, NEXT)

    def versions(self, course_id: str) -> tuple[str, ...]:
        """List the one version of either."""
        assert course_id in {COURSE, NEXT}
        return (OLD,)

    def release(self, course_id: str, version: str) -> Release:
        """Return a release of either."""
        found = super().release(COURSE, version)
        if course_id == COURSE:
            return found
        why = {"en": "It builds on how we greet people.", "fr": "Il s’appuie sur notre façon d’accueillir."}
        title = {"en": "A second welcome", "fr": "Un second accueil"}
        needs = (Need(COURSE, Words(why)),)
        course = replace(found.course, id=NEXT, code=NEXT_CODE, title=Words(title), needs=needs)
        modules = tuple(replace(one, title=_another(one.title)) for one in found.modules)
        return replace(found, course=course, modules=modules, digest=found.digest[::-1])

    def verify(self, course_id: str, version: str) -> tuple[Finding, ...]:
        """Find no fault with either seal."""
        assert course_id in {COURSE, NEXT}
        return super().verify(COURSE, version)


def _another(title: Words) -> Words:
    return Words({tag: f"{title[tag]} 2" for tag in ("en", "fr")})


class Wordy(Library):
    """The sample site without pictures and recordings: text alone."""

    def release(self, course_id: str, version: str) -> Release:
        """Return a release whose lessons are text."""
        found = super().release(course_id, version)
        return replace(found, modules=tuple(map(_text_of, found.modules)))


def _text_of(module: Module) -> Module:
    def bare(document: Document) -> Document:
        blocks = tuple(one for one in document.blocks if not isinstance(one, Figure | Recording))
        return replace(document, blocks=blocks)

    lessons = (
        replace(one, documents={tag: bare(text) for tag, text in one.documents.items()})
        for one in module.lessons
    )
    return replace(module, lessons=tuple(lessons), sign_videos=())


class Renewed(Library):
    """The sample site with a second release, in which the first module says something else."""

    def versions(self, course_id: str) -> tuple[str, ...]:
        """List both releases."""
        assert course_id == COURSE
        return (OLD, NEW)

    def release(self, course_id: str, version: str) -> Release:
        """Return a release."""
        old = super().release(course_id, OLD)
        if version == OLD:
            return old
        first = old.modules[0]
        lessons = tuple(replace(one, digest=f"{one.digest}+") for one in first.lessons)
        quiz = replace(first.quiz, questions=first.quiz.questions[:6], digest=f"{first.quiz.digest}+")
        return replace(
            old,
            version=NEW,
            digest=old.digest[::-1],
            parent=OLD,
            change="material",
            why=Words(
                {"en": "The rule about chairs is new.", "fr": "La règle sur les chaises est nouvelle."}
            ),
            modules=(replace(first, lessons=lessons, quiz=quiz), *old.modules[1:]),
        )

    def verify(self, course_id: str, version: str) -> tuple[Finding, ...]:
        """Find no fault with either seal."""
        assert version in {OLD, NEW}
        return super().verify(course_id, OLD)


class Amended(Library):
    """The sample site with a second release, in which a law has changed and its statement with it."""

    def versions(self, course_id: str) -> tuple[str, ...]:
        """List both releases."""
        assert course_id == COURSE
        return (OLD, NEW)

    def release(self, course_id: str, version: str) -> Release:
        """Return a release."""
        old = super().release(course_id, OLD)
        if version == OLD:
            return old
        act = old.laws["sample-act"]
        event = Event("2026-11-20", "amendment", material=True, effect="in-force", words=act.title)
        first = old.modules[0]
        lessons = tuple(
            replace(one, documents=_amended(one.documents), digest=f"{one.digest}+") for one in first.lessons
        )
        why = {
            "en": "Offices must now offer a seat and a glass of water.",
            "fr": "Les bureaux doivent maintenant offrir une chaise et un verre d’eau.",
        }
        return replace(
            old,
            version=NEW,
            digest=old.digest[::-1],
            parent=OLD,
            change="material",
            why=Words(why),
            laws={**old.laws, "sample-act": replace(act, events=(*act.events, event))},
            modules=(replace(first, lessons=lessons), *old.modules[1:]),
        )

    def verify(self, course_id: str, version: str) -> tuple[Finding, ...]:
        """Find no fault with either seal."""
        assert version in {OLD, NEW}
        return super().verify(course_id, OLD)


_WATER = {
    "en": "Since 20 November 2026, every office must offer a seat and a glass of water to people who wait.",
    "fr": "Depuis le 20 novembre 2026, chaque bureau doit offrir une chaise et un verre d’eau.",
}


def _amended(documents: Mapping[str, Document]) -> dict[str, Document]:
    def amended(locale: str, document: Document) -> Document:
        said = (Text(_WATER.get(locale, _WATER["en"])),)
        blocks = (
            replace(one, statement=said, as_of="2026-11-20") if isinstance(one, LawBox) else one
            for one in document.blocks
        )
        return replace(document, blocks=tuple(blocks))

    return {locale: amended(locale, document) for locale, document in documents.items()}


class Torn(Library):
    """A library whose glossary cannot be read, as after a fault of the disk; its help lines are shut."""

    def glossary(self) -> NoReturn:
        """Fail."""
        message = "the disk gave up"
        raise OSError(message)

    def help_lines(self) -> NoReturn:
        """Refuse."""
        raise NotAllowed("report.too-often", minutes=15)
