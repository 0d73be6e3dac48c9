"""The sites that pages are looked at on: each a desk of another kind, made once and served while tests run.

Holds the desks and no check.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NoReturn

from flask import Flask, Response, before_render_template, request_finished
from jinja2 import Template

from lms.actions.catalogue.searching import rebuild
from lms.actions.context import Context
from lms.actions.publishing import adopting
from lms.content.library import Library
from lms.core.courses.course import Module, Need, Release
from lms.core.courses.document import Document, Figure, Recording
from lms.core.courses.findings import Finding
from lms.core.courses.quiz import LikertQuestion, Question
from lms.core.errors import NotAllowed
from lms.core.legislation.register import Register
from lms.core.locales import Words
from lms.core.people.actors import SYSTEM
from tests.builders import SITE, Clock, a_context
from tests.builders_learning import SAMPLE as COURSE
from tests.builders_learning import with_sample
from tests.builders_surveys import a_survey
from tests.pages.server import Live, real_site, serving

OLD, NEW = "1.0.0", "2.0.0"
NEXT, NEXT_CODE = "next-course", "n3xt"
POSITIVE_SPACES = "positive-spaces-1"


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


class Torn(Library):
    """A library whose glossary cannot be read, as after a fault of the disk; its help lines are shut."""

    def glossary(self) -> NoReturn:
        """Fail."""
        message = "the disk gave up"
        raise OSError(message)

    def help_lines(self) -> NoReturn:
        """Refuse."""
        raise NotAllowed("report.too-often", minutes=15)


def sample(folder: Path) -> Context:
    """Return the sample site, published, its words in the search index (else the worker puts them there)."""
    context = with_sample(a_context(folder))
    rebuild(context, SYSTEM)
    return context


def public(folder: Path) -> Context:
    """Return the sample site with an address of its own, so that its certificates count."""
    return with_sample(a_context(folder, environ={"PUBLIC_URL": "http://localhost"}))


def discreet(folder: Path) -> Context:
    """Return the sample site with a sensitive course."""
    return with_sample(a_context(folder, library=Discreet(SITE, cache=folder / "cache")))


def thorough(folder: Path) -> Context:
    """Return the sample site with checks that ask everything."""
    return with_sample(a_context(folder, library=Thorough(SITE, cache=folder / "cache")))


def telling(folder: Path) -> Context:
    """Return the sample site with checks that comment at once."""
    return with_sample(a_context(folder, library=Telling(SITE, cache=folder / "cache")))


def curious(folder: Path) -> Context:
    """Return the sample site with a course that asks, and has been there for a year."""
    context = a_context(folder, library=Curious(SITE, cache=folder / "cache"))
    assert isinstance(context.now, Clock)
    context.now.move(days=-365)
    with_sample(context)
    context.now.move(days=365)
    return context


def building(folder: Path) -> Context:
    """Return the sample site with a course that builds on another one."""
    context = with_sample(a_context(folder, library=Building(SITE, cache=folder / "cache")))
    adopting.adopt(context, SYSTEM, NEXT, OLD)
    return context


def wordy(folder: Path) -> Context:
    """Return the sample site as text alone."""
    return with_sample(a_context(folder, library=Wordy(SITE, cache=folder / "cache")))


def renewed(folder: Path) -> Context:
    """Return the sample site with a newer release."""
    context = with_sample(a_context(folder, library=Renewed(SITE, cache=folder / "cache")))
    assert isinstance(context.now, Clock)
    context.now.move(minutes=1)
    adopting.adopt(context, SYSTEM, COURSE, NEW)
    return context


def torn(folder: Path) -> Context:
    """Return a site with an inner fault."""
    return with_sample(a_context(folder, library=Torn(SITE, cache=folder / "cache")))


def bare(folder: Path) -> Context:
    """Return a site on its first day: nothing is there."""
    site = folder / "no-courses"
    (site / "courses").mkdir(parents=True)
    return a_context(folder, site=site)


def unpublished(folder: Path) -> Context:
    """Return a whole site of which nothing is published yet, so that nothing waits for anybody."""
    return a_context(folder)


def mailing(folder: Path) -> Context:
    """Give the sample site with a mail server named in its settings; letters still go into the letterbox."""
    return with_sample(
        a_context(folder, environ={"MAIL_URL": "smtp://127.0.0.1:9", "MAIL_FROM": "parvis@example.org"})
    )


def real(folder: Path) -> Context:
    """Return the courses that this checkout brings, published."""
    context = a_context(folder, site=real_site())
    adopting.adopt_all(context, SYSTEM)
    return context


def has_real_course() -> bool:
    """Return whether the first real course is sealed."""
    return any((real_site() / "courses" / POSITIVE_SPACES / "releases").glob("*.yaml"))


WORLDS: dict[str, Callable[[Path], Context]] = {
    "sample": sample,
    "discreet": discreet,
    "public": public,
    "thorough": thorough,
    "telling": telling,
    "curious": curious,
    "building": building,
    "wordy": wordy,
    "renewed": renewed,
    "torn": torn,
    "bare": bare,
    "unpublished": unpublished,
    "mailing": mailing,
    "real": real,
}


def _plain(data: bytes, packed: str | None) -> bytes:
    return zlib.decompress(data, wbits=zlib.MAX_WBITS | 32) if packed in {"gzip", "deflate"} else data


@dataclass
class Atlas:
    """Worlds that are served as soon as somebody wants to see them, and until the tests are over."""

    folder: Path
    drawn: list[str] = field(default_factory=list)  # templates that were drawn since this was last cleared
    sent: str = ""  # the page that was sent last, before a browser made something of it
    spoil: Callable[[str], str] = str  # a fault that a test plants in every page that is sent
    _live: dict[str, Live] = field(default_factory=dict)
    _open: ExitStack = field(default_factory=ExitStack)

    def world(self, name: str) -> Live:
        """Return a world, served."""
        if name not in self._live:
            self._live[name] = self._served(name, self.folder / name)
        return self._live[name]

    def fresh(self, name: str, folder: Path) -> Live:
        """Return a world of its own, in which nothing has happened yet; ended with the others."""
        return self._served(name, folder)

    def _served(self, name: str, folder: Path) -> Live:
        live = self._open.enter_context(serving(WORLDS[name](folder)))
        before_render_template.connect(self._note, live.app)
        request_finished.connect(self._keep, live.app)
        return live

    def _note(self, _app: Flask, template: Template, **_: object) -> None:
        self.drawn.append(template.name or "")

    def _keep(self, _app: Flask, response: Response, **_: object) -> None:
        if response.mimetype != "text/html" or response.status_code in {301, 302, 303, 304}:
            return
        came = _plain(response.get_data(), response.content_encoding).decode()
        self.sent = self.spoil(came)
        if self.sent != came:
            response.headers.remove("Content-Encoding")
            response.set_data(self.sent)

    def close(self) -> None:
        """Stop serving."""
        self._open.close()
