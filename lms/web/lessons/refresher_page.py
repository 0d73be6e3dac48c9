"""The sections of a refresher, drawn: as they stand now, with what they said before.

Holds how two releases are put side by side for a reader; which sections is judged in `core`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from lms.actions.certificates.refreshing import RefresherView
from lms.core.certificates.refreshers import RefresherPart, lesson_of, said_before, sections_of
from lms.core.courses.course import Lesson, Module, Release
from lms.core.courses.document import Block, Heading
from lms.core.courses.durations import section_minutes
from lms.core.courses.walk import text_of
from lms.core.legislation.held import NOTHING_HELD, Held
from lms.rendering.lessons.anchors import Ids
from lms.rendering.lessons.lessons import passage_html, text_language
from lms.web.lessons.lesson_page import addresses_of
from lms.web.shell.i18n import current_locale


@dataclass(frozen=True, slots=True)
class PartHtml:
    """One section to read again: `now` is empty once it is gone, `before` where nothing else was said."""

    id: str
    title: str
    module: str
    lesson: str
    href: str
    minutes: int
    now: Markup
    before: Markup


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all sections of one page share: the ids given out, the day, what is on hold in the new release."""

    ids: Ids
    today: str
    held: Held


def parts_html(view: RefresherView, today: str, held: Held) -> tuple[PartHtml, ...]:
    """Draw the sections of a refresher that is due; `held` is what is on hold in the new release."""
    parts = view.due.made.parts if view.due else ()
    sheet = _Shared(Ids(), today, held)
    return tuple(_part(view, part, sheet) for part in parts)


def _part(view: RefresherView, part: RefresherPart, sheet: _Shared) -> PartHtml:
    locale = current_locale()
    release = view.old if part.gone else view.new
    module, lesson = _found(release, part)
    lang = text_language(lesson, locale)
    blocks = sections_of(lesson.documents[lang]).get(part.anchor, ())
    before = lesson_of(view.old, part)
    base = f"/{locale}/c/{release.course.code}/{module.code}/{lesson.code}"
    old = said_before(
        before.documents.get(lang) if before else None,
        None if part.gone else lesson.documents[lang],
        part.anchor,
    )
    here = sheet.ids.give(f"part-{part.anchor or lesson.code}")
    return PartHtml(
        here,
        _title(blocks) or lesson.title.text(locale),
        module.title.text(locale),
        lesson.title.text(locale),
        "" if part.gone else f"{base}#{part.anchor}" if part.anchor else base,
        0 if part.gone else section_minutes(lesson).get(part.anchor, 1),
        Markup() if part.gone else _drawn(_Standing(release, module, lesson), _under(blocks), sheet),
        _drawn(_Standing(view.old, module, lesson), old, replace(sheet, held=NOTHING_HELD))
        if old
        else Markup(),
    )


def _found(release: Release, part: RefresherPart) -> tuple[Module, Lesson]:
    return next(
        (module, lesson)
        for module in release.modules
        for lesson in module.lessons
        if (module.id, lesson.id) == (part.module, part.lesson)
    )


def _title(blocks: Sequence[Block]) -> str:
    return next((text_of(one.content) for one in blocks if isinstance(one, Heading)), "")


def _under(blocks: Sequence[Block]) -> list[Block]:
    """Leave the heading of the section out: the page has its own."""
    head = next((one for one in blocks if isinstance(one, Heading)), None)
    return [one for one in blocks if one is not head]


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where some blocks stand."""

    release: Release
    module: Module
    lesson: Lesson


def _drawn(place: _Standing, blocks: Sequence[Block], sheet: _Shared) -> Markup:
    release, module, lesson = place.release, place.module, place.lesson
    locale = current_locale()
    addresses = addresses_of(release, module, lesson, locale)
    there = f"{addresses.here}#"
    return passage_html(
        release,
        module,
        blocks,
        text_language(lesson, locale),
        locale,
        addresses=replace(addresses, anchor=lambda anchor: there + anchor),
        today=sheet.today,
        ids=sheet.ids,
        held=sheet.held,
    )
