"""The register of laws: a list with filters, and a page for each law."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request

from lms.actions import reading
from lms.core.timeliness import ahead
from lms.rendering.blocks_law import doubt_of, official_of
from lms.rendering.words import sorted_by, voice
from lms.web.desk import actor, desk
from lms.web.i18n import current_locale
from lms.web.legal_words import EVENTS, KINDS, REGIONS, STATUSES, TOPICS, choices, said
from lms.web.security import ANYONE, rule

page = Blueprint("register", __name__)


@page.get("/register")
@rule(ANYONE)
def laws() -> str:
    """List the laws that the courses rest on; filters travel in the address and are sent by a button."""
    g.sensitive = True
    chosen = {name: request.args.get(name, "")[:40] for name in ("jurisdiction", "topic", "status")}
    found = reading.laws(desk(), actor(), **chosen)
    locale = current_locale()
    return render_template(
        "pages/register/laws.html",
        found=found,
        lines=sorted_by(found.lines, lambda line: line.law.title.text(locale)),
        chosen=chosen,
        filters=[
            ("jurisdiction", choices(REGIONS, found.jurisdictions)),
            ("topic", choices(TOPICS, found.topics)),
            ("status", choices(STATUSES, found.statuses)),
        ],
        words_of=lambda law: (said(REGIONS, law.jurisdiction), said(STATUSES, law.status)),
    )


@page.get("/register/<code>")
@rule(ANYONE)
def law(code: str) -> str:
    """Show one law: what it means, what happened, how sure we are, what rests on it."""
    g.sensitive = True
    found = reading.law(desk(), actor(), code)
    entry, spoken = found.line.law, voice(current_locale())
    url, note = official_of(entry, spoken)
    return render_template(
        "pages/register/law.html",
        found=found,
        law=entry,
        place=said(REGIONS, entry.jurisdiction),
        kind=said(KINDS, entry.kind),
        status=said(STATUSES, entry.status),
        topics=[said(TOPICS, topic) for topic in entry.topics],
        event_words=lambda event: said(EVENTS, event.event),
        doubt=doubt_of(entry, spoken),
        official=(url, note),
        ahead=ahead(entry, desk().today()),
    )
