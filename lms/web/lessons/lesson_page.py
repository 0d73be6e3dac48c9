"""A lesson page drawn with holes: what stands on it that is the same for everybody who reads this text.

Holds addresses, order and words around the text; the text is drawn by `rendering.lessons.lessons`, the holes
are
listed in `prepared`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from flask import render_template
from flask_babel import gettext
from markupsafe import Markup

from lms.actions.catalogue import reading
from lms.core.courses.course import Lesson, Module, Release
from lms.core.courses.document import Finder, Heading, LawBox
from lms.core.courses.durations import lesson_minutes
from lms.core.courses.opaque import opaque
from lms.core.courses.walk import id_of, walk
from lms.core.errors import NotFound, Unavailable
from lms.core.legislation.held import NOTHING_HELD, Held
from lms.core.legislation.register import Register
from lms.core.people.actors import NOBODY, Role
from lms.rendering.lessons.anchors import Addresses, Picture
from lms.rendering.lessons.blocks_pictures import manner_of, size_of
from lms.rendering.lessons.lessons import LessonHtml, lesson_html, sections, text_language
from lms.rendering.lessons.prepared import Page, mark
from lms.rendering.words.translator import translator_for
from lms.web.lessons.chosen_place import ChosenPlace
from lms.web.lessons.prepared import HollowFrame, ReaderKind, hollow
from lms.web.shell.current import context

NO_PLACE = ChosenPlace()
_PICTURES = ("image/",)
_DIGITS = 9  # of a part; Python refuses to read a number of more than 4,300 digits


@dataclass(frozen=True, slots=True)
class Spot:
    """Which page: a lesson of a release, in a language, for a kind of reader; `part` 0 is all of it."""

    release: Release
    module: Module
    lesson: Lesson
    locale: str
    kind: ReaderKind
    part: int
    place: ChosenPlace = NO_PLACE  # of a finder, where the lesson has one
    held: Held = NOTHING_HELD

    @property
    def path(self) -> str:
        """The address after the language."""
        return f"c/{self.release.course.code}/{self.module.code}/{self.lesson.code}"

    @property
    def arguments(self) -> str:
        """What the address says besides, in any language."""
        said = {"part": str(self.part)} if self.part else {}
        if self.place.code:
            said["place"] = self.place.code
        return f"?{urlencode(said)}" if said else ""

    def key(self, today: str) -> tuple[object, ...]:
        """Return what makes two pages the same page."""
        release, kind = self.release, self.kind
        sealed = (release.course.id, release.version, release.digest)
        return (*sealed, self.path, self.locale, kind, self.part, self.place, self.held.key, today)


def has_finder(lesson: Lesson) -> bool:
    """Return whether a lesson tells of the law of places."""
    return any(isinstance(block, Finder) for text in lesson.documents.values() for block in text.blocks)


def part_of(lesson: Lesson, locale: str, at: str, number: str) -> int:
    """Return which part is meant by an id on it or by a number from an address; the first when by nothing."""
    parts = sections(lesson.documents[text_language(lesson, locale)])
    head = 1 if len(parts) > 1 and not isinstance(parts[0][0], Heading) else 0  # joins the next
    found = (
        next((place for place, part in enumerate(parts) if at in map(id_of, walk(part))), -1) if at else -1
    )
    asked = int(number[:_DIGITS]) if number.isascii() and number.isdigit() else 1
    return max(1, min(found + 1 - head if found >= 0 else asked, len(parts) - head))


def picture(digest: str) -> Picture:
    """Return where a module's file is and how large it is shown."""
    try:
        medium = reading.medium(context(), NOBODY, digest)
        raw = medium.read() if medium.type.startswith(_PICTURES) else b""
    except (NotFound, Unavailable):
        return Picture(f"/media/{digest}")
    return Picture(f"/media/{digest}", *size_of(raw), manner_of(raw))


def addresses_of(release: Release, module: Module, lesson: Lesson | None, locale: str) -> Addresses:
    """Return where everything is that a text of this module may link to."""
    course = f"/{locale}/c/{release.course.code}"
    here = f"{course}/{module.code}/{lesson.code}" if lesson else f"{course}/{module.code}"

    def of_lesson(module_id: str, lesson_id: str) -> str:
        codes = (
            f"{course}/{other.code}/{one.code}"
            for other in release.modules
            for one in other.lessons
            if (other.id, one.id) == (module_id, lesson_id)
        )
        return next(codes, "")

    def report() -> str:
        place = f"{module.code}/{lesson.code if lesson else 'check'}"
        asked = {"course": release.course.code, "version": release.version, "place": place}
        return f"/{locale}/tell-us?{urlencode(asked)}"

    return Addresses(
        lesson=of_lesson,
        term=lambda term: f"/{locale}/glossary#{opaque(term)}",
        law=lambda law: f"/{locale}/register/{opaque(law)}",
        page=lambda name: f"/{locale}/{name}",
        media=lambda path: picture(module.media.get(path, "missing")),
        job_aid=lambda block: f"{here}/aid/{block}",
        client=lambda block: f"{here}/aid/{block}/client",
        where=lambda place: f"/{locale}/register/where?{urlencode({'place': place})}",
        report=report,
        here=here,
    )


def draw(spot: Spot, register: Register, today: str) -> Page:
    """Draw the page with holes."""
    release, module, lesson, locale = spot.release, spot.module, spot.lesson, spot.locale
    addresses = addresses_of(release, module, lesson, locale)
    if spot.part:
        addresses = replace(
            addresses, anchor=lambda anchor: f"?at={anchor}#{anchor}", carried={"part": str(spot.part)}
        )
    text = lesson_html(
        release,
        module,
        lesson,
        locale,
        addresses=addresses,
        today=today,
        laws=register.laws,
        place=spot.place.code,
        remembered=spot.place.remembered,
        held=spot.held,
    )
    course = release.course
    numbers = {
        "course": course.shown_title(locale),
        "module": release.modules.index(module) + 1,
        "modules": len(release.modules),
        "lesson": module.lessons.index(lesson) + 1,
        "lessons": len(module.lessons),
    }
    neutral = gettext("%(course)s, module %(module)s, lesson %(lesson)s", **numbers)
    html = render_template(
        "pages/lessons/lesson.html",
        frame=HollowFrame(spot.kind, locale, spot.path, spot.arguments),
        heading=lesson.title.text(locale),
        view=_view(spot, text),
        progress=Markup(mark("progress")),  # noqa: S704  # a mark
        sensitive=course.sensitive or module.sensitive,
        window_title=neutral if course.sensitive else "",
        course_title="" if course.sensitive else course.title.text(locale),
        trail=[
            (f"/{locale}/", gettext("Home")),
            (f"/{locale}/courses", gettext("Courses")),
            (f"/{locale}/c/{course.code}", course.title.text(locale)),
        ],
    )
    return hollow(html, tuple(f"state-{one.code}" for one in module.lessons))


def _view(spot: Spot, text: LessonHtml) -> dict[str, Any]:
    module, locale = spot.module, spot.locale
    base = f"/{locale}/c/{spot.release.course.code}/{module.code}"
    all_lessons = [one for other in spot.release.modules for one in other.lessons]
    so_far = next(at for at, one in enumerate(all_lessons, start=1) if one is spot.lesson)
    pages, heads = text.pages, [section.anchor for section in text.sections if section.anchor]
    return {
        "part_words": gettext("Section %(part)s of %(parts)s", part=spot.part, parts=len(pages))
        if spot.part and len(pages) > 1
        else "",
        "place_words": gettext("Lesson %(lesson)s of %(lessons)s", lesson=so_far, lessons=len(all_lessons)),
        "module_words": module.title.text(locale),
        "time_words": translator_for(locale).length(lesson_minutes(spot.lesson)),
        "lessons": [
            {
                "href": f"{base}/{one.code}",
                "title": one.title.text(locale),
                "current": one is spot.lesson,
                "state": Markup(mark(f"state-{one.code}")),  # noqa: S704  # a mark
            }
            for one in module.lessons
        ],
        "sections": [
            (f"?at={section.anchor}#{section.anchor}" if spot.part else f"#{section.anchor}", section)
            for section in text.sections
            if section.anchor
        ],
        "check_href": f"{base}/check",
        "check_state": Markup(mark("check")),  # noqa: S704  # a mark
        "was_read": Markup(mark("was-read")),  # noqa: S704  # a mark
        "read_href": f"{base}/{spot.lesson.code}/read",
        "fallback": _fallback(text.lang, locale),
        "body": pages[spot.part - 1] if spot.part else text.body,
        "lang": text.lang,
        "next_part": f"?part={spot.part + 1}" if 0 < spot.part < len(pages) else "",
        "place_href": f"{base}/{spot.lesson.code}/place",
        "place_anchor": "".join(heads[spot.part - 1 : spot.part]) if spot.part else "",
        "previous": _previous(spot, base),
        "hold_href": _hold_href(spot),
    }


def _hold_href(spot: Spot) -> str:
    """Return where an author puts a statement of this lesson on hold; nothing for others or without one."""
    texts = spot.lesson.documents.values()
    has_law = any(isinstance(node, LawBox) for text in texts for node in walk(text.blocks))
    if not has_law or Role.AUTHOR not in spot.kind.roles:
        return ""
    asked = urlencode({"course": spot.release.course.id})
    return f"/{spot.locale}/workspace/holds/new?{asked}#{spot.module.code}-{spot.lesson.code}"


def _fallback(lang: str, locale: str) -> str:
    if lang == locale.split("-", maxsplit=1)[0] or lang == locale:
        return ""
    return str(
        gettext(
            "This lesson is not available in your language yet. It is shown in: %(language)s.",
            language=translator_for(locale).language(lang),
        )
    )


def _previous(spot: Spot, base: str) -> tuple[str, str]:
    """Return address and words of what comes before; empty at the very beginning."""
    if spot.part > 1:
        return f"?part={spot.part - 1}", gettext("Previous section")
    before: Sequence[Lesson] = spot.module.lessons[: spot.module.lessons.index(spot.lesson)]
    if not before:
        return "", ""
    title = before[-1].title.text(spot.locale)
    return f"{base}/{before[-1].code}", gettext("Back to: %(title)s", title=title)
