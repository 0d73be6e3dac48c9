"""The register of laws: a list with filters, what changed in a quarter, and a page for each law."""

from __future__ import annotations

import re
from datetime import date

from flask import Blueprint, g, render_template, request
from flask_babel import gettext

from lms.actions.action import Who, may
from lms.actions.catalogue import law_changes, reading
from lms.actions.legislation import held
from lms.core.courses.opaque import opaque
from lms.core.legislation.register import Law
from lms.core.legislation.timeliness import ahead
from lms.rendering.lessons.blocks_law import doubt_of, official_of
from lms.rendering.words.places import status_words
from lms.rendering.words.translator import sorted_by, translator_for
from lms.web.shell.current import actor, context
from lms.web.shell.i18n import current_locale
from lms.web.shell.security import ANYONE, rule
from lms.web.words.doubt_words import CONFIDENCE, QUALITY
from lms.web.words.legal_words import KINDS, REGIONS, STATUSES, TOPICS, choices, happened, said

page = Blueprint("register", __name__)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LISTS, _DAYS = ("jurisdiction", "topic", "status"), ("since", "until")


def is_day(text: str) -> bool:
    """Return whether a text is a day of the calendar, as YYYY-MM-DD.

    >>> is_day("2026-11-22"), is_day("2026-02-30"), is_day("soon")
    (True, False, False)
    """
    try:
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def _stands(law: Law) -> str:
    return str(gettext(status_words(law.kind, law.status)))


def _not_yet(law: Law) -> str:
    return str(gettext(status_words(law.kind, "not-yet")))


@page.get("/register")
@rule(ANYONE)
def laws() -> str:
    """List the laws that the courses rest on; filters travel in the address and are sent by a button."""
    g.sensitive = True
    chosen = {name: request.args.get(name, "").strip()[:40] for name in (*_LISTS, *_DAYS)}
    wrong = {name for name in _DAYS if chosen[name] and not is_day(chosen[name])}
    found = reading.laws(context(), actor(), **{**chosen, **dict.fromkeys(wrong, "")})
    locale = current_locale()
    return render_template(
        "pages/register/laws.html",
        found=found,
        lines=sorted_by(found.lines, lambda line: line.law.title.text(locale), locale),
        chosen=chosen,
        wrong=wrong,
        filters=[
            ("jurisdiction", choices(REGIONS, found.jurisdictions, locale)),
            ("topic", choices(TOPICS, found.topics, locale)),
            ("status", choices(STATUSES, found.statuses, locale)),
        ],
        words_of=lambda law: (said(REGIONS, law.jurisdiction), _stands(law)),
    )


@page.get("/register/changes")
@rule(ANYONE)
def changes() -> str:
    """Show what changed in the law in a quarter, and which lessons that touches."""
    g.sensitive = True
    found = law_changes.quarter(context(), actor(), request.args.get("quarter", ""))
    return render_template(
        "pages/register/changes.html",
        found=found,
        quarter=found.found.quarter,
        place=lambda law: said(REGIONS, law.jurisdiction),
        event_words=lambda event: happened(event.event),
        not_yet=_not_yet,
        doubt=lambda law: doubt_of(law, translator_for(current_locale())),
        laws=found.register.laws,
        code=opaque,
    )


@page.get("/register/<code>")
@rule(ANYONE)
def law(code: str) -> str:
    """Show one law: what it means, what happened, how sure we are, what rests on it."""
    g.sensitive = True
    found = reading.law(context(), actor(), code)
    entry, spoken = found.line.law, translator_for(current_locale())
    return render_template(
        "pages/register/law.html",
        found=found,
        law=entry,
        place=said(REGIONS, entry.jurisdiction),
        kind=said(KINDS, entry.kind),
        status=_stands(entry),
        topics=[said(TOPICS, topic) for topic in entry.topics],
        event_words=lambda event: happened(event.event),
        confidence=said(CONFIDENCE, entry.confidence),
        quality=said(QUALITY, entry.source_quality),
        not_yet=_not_yet,
        doubt=doubt_of(entry, spoken),
        official=official_of(entry, spoken),
        today=context().today(),
        ahead=ahead(entry, context().today()),
        on_hold=[one.words for one in held.on_laws(context(), actor()).on_law(entry.id)],
        may_hold=may(actor(), Who.AUTHOR),
    )
