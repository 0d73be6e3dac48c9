"""What rests on a law, or on one event of it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, render_template, request
from flask_babel import gettext

from lms.actions.legislation.impact import impact
from lms.rendering.dossiers.crowds import people
from lms.rendering.dossiers.dossier_sheet import KINDS
from lms.rendering.words.translator import translator_for
from lms.web.shell.current import actor, context
from lms.web.shell.i18n import current_locale
from lms.web.shell.security import STAFF, rule
from lms.web.words.legal_words import happened

page = Blueprint("workspace_impact", __name__)


def said_of(titles: Mapping[str, str]) -> str:
    """Return a title in the language of the page, or in the first that it has."""
    return titles.get(current_locale()) or next(iter(titles.values()))


def place_words(names: Mapping[str, Mapping[str, str]], place: str) -> str:
    """Name a place as a reader knows it: the lesson’s title, or what it is."""
    where = place.partition("#")[0]
    if titles := names.get(where):
        return said_of(titles)
    if where == "glossary":
        return str(gettext("Glossary"))
    return str(gettext("Quiz") if where.endswith("/quiz") else gettext("Team discussion"))


@page.get("/workspace/impact/<law>")
@rule(STAFF)
def show(law: str) -> str:
    """Show exactly what is based on a law."""
    found = impact(context(), actor(), law, request.args.get("event", ""))
    spoken = translator_for(current_locale())
    return render_template(
        "pages/workspace/laws/impact.html",
        found=found,
        law=found.law,
        event=found.event,
        kind=lambda one: gettext(KINDS[one.kind]),
        place=place_words,
        languages=lambda one: spoken.series([spoken.language(tag) for tag in one.words]),
        people=lambda crowd: people(crowd, spoken),
        event_words=lambda event: happened(event.event),
    )
