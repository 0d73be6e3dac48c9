"""The register of laws: a list with filters, what changed in a quarter, and a page for each law."""

from __future__ import annotations

import re
from datetime import date

from flask import Blueprint, g, render_template, request

from lms.actions import law_changes, reading
from lms.core.opaque import opaque
from lms.core.timeliness import ahead
from lms.rendering.blocks_law import doubt_of, official_of
from lms.rendering.words import sorted_by, voice
from lms.web.desk import actor, desk
from lms.web.doubt_words import CONFIDENCE, QUALITY
from lms.web.i18n import current_locale
from lms.web.legal_words import EVENTS, KINDS, REGIONS, STATUSES, TOPICS, choices, said
from lms.web.security import ANYONE, rule

page = Blueprint("register", __name__)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LISTS, _DAYS = ("jurisdiction", "topic", "status"), ("since", "until")


def is_day(text: str) -> bool:
    """Say whether a text is a day of the calendar, as YYYY-MM-DD.

    >>> is_day("2026-11-22"), is_day("2026-02-30"), is_day("soon")
    (True, False, False)
    """
    try:
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


@page.get("/register")
@rule(ANYONE)
def laws() -> str:
    """List the laws that the courses rest on; filters travel in the address and are sent by a button."""
    g.sensitive = True
    chosen = {name: request.args.get(name, "").strip()[:40] for name in (*_LISTS, *_DAYS)}
    wrong = {name for name in _DAYS if chosen[name] and not is_day(chosen[name])}
    found = reading.laws(desk(), actor(), **{**chosen, **dict.fromkeys(wrong, "")})
    locale = current_locale()
    return render_template(
        "pages/register/laws.html",
        found=found,
        lines=sorted_by(found.lines, lambda line: line.law.title.text(locale)),
        chosen=chosen,
        wrong=wrong,
        filters=[
            ("jurisdiction", choices(REGIONS, found.jurisdictions)),
            ("topic", choices(TOPICS, found.topics)),
            ("status", choices(STATUSES, found.statuses)),
        ],
        words_of=lambda law: (said(REGIONS, law.jurisdiction), said(STATUSES, law.status)),
    )


@page.get("/register/changes")
@rule(ANYONE)
def changes() -> str:
    """Show what changed in the law in a quarter, and which lessons that touches."""
    g.sensitive = True
    found = law_changes.quarter(desk(), actor(), request.args.get("quarter", ""))
    return render_template(
        "pages/register/changes.html",
        found=found,
        quarter=found.found.quarter,
        place=lambda law: said(REGIONS, law.jurisdiction),
        event_words=lambda event: said(EVENTS, event.event),
        doubt=lambda law: doubt_of(law, voice(current_locale())),
        laws=found.register.laws,
        code=opaque,
    )


@page.get("/register/<code>")
@rule(ANYONE)
def law(code: str) -> str:
    """Show one law: what it means, what happened, how sure we are, what rests on it."""
    g.sensitive = True
    found = reading.law(desk(), actor(), code)
    entry, spoken = found.line.law, voice(current_locale())
    return render_template(
        "pages/register/law.html",
        found=found,
        law=entry,
        place=said(REGIONS, entry.jurisdiction),
        kind=said(KINDS, entry.kind),
        status=said(STATUSES, entry.status),
        topics=[said(TOPICS, topic) for topic in entry.topics],
        event_words=lambda event: said(EVENTS, event.event),
        confidence=said(CONFIDENCE, entry.confidence),
        quality=said(QUALITY, entry.source_quality),
        doubt=doubt_of(entry, spoken),
        official=official_of(entry, spoken),
        today=desk().today(),
        ahead=ahead(entry, desk().today()),
    )
