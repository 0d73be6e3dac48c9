"""Accessibility law where one works: choose a province, a territory or the federal sphere, and print it."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request

from lms.actions import reading
from lms.core.finder import PLACES, place_of
from lms.core.opaque import opaque
from lms.rendering.anchors import Addresses
from lms.rendering.finder import Telling, name_of, ordered
from lms.rendering.finder_page import place_html
from lms.rendering.words import voice
from lms.web.desk import actor, desk
from lms.web.i18n import current_locale
from lms.web.security import ANYONE, rule

page = Blueprint("where", __name__)


@page.get("/register/where")
@rule(ANYONE)
def where() -> str:
    """Show one place, from the register as it stands now; the choice travels in the address."""
    g.sensitive = True
    locale, code = current_locale(), request.args.get("place", "")
    spoken = voice(locale)
    register = reading.register(desk(), actor())
    addresses = Addresses(law=lambda law: f"/{locale}/register/{opaque(law)}")
    found = None
    if code in PLACES:
        telling = Telling(register, register.laws, desk().today(), spoken, addresses)
        found = telling.place(place_of(code, register.laws))
    return render_template(
        "pages/where/where.html",
        place=found,
        body=place_html(found, spoken) if found else "",
        choices=[(one, name_of(one, spoken)) for one in ordered(PLACES, spoken)],
    )
