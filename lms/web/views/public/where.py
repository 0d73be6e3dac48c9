"""Accessibility law where one works: choose a province, a territory or the federal sphere, and print it."""

from __future__ import annotations

from flask import Blueprint, Response, g, make_response, render_template
from markupsafe import Markup

from lms.actions.catalogue import reading
from lms.actions.legislation import held
from lms.core.courses.opaque import opaque
from lms.core.legislation.finder import ALL
from lms.rendering.lessons.anchors import Addresses
from lms.rendering.lessons.finder import Telling
from lms.rendering.lessons.finder_page import choose_html, place_html
from lms.rendering.words.translator import translator_for
from lms.web.lessons.chosen_place import chosen_place, keep_place
from lms.web.shell.current import actor, context
from lms.web.shell.i18n import current_locale
from lms.web.shell.security import ANYONE, rule

page = Blueprint("where", __name__)


@page.get("/register/where")
@rule(ANYONE)
def where() -> Response:
    """Show one place or all, from the register as it stands now; the choice travels in the address."""
    g.sensitive = True
    locale, chosen = current_locale(), chosen_place()
    spoken = translator_for(locale)
    register = reading.register(context(), actor())
    on_hold = held.on_laws(context(), actor())
    addresses = Addresses(law=lambda law: f"/{locale}/register/{opaque(law)}")
    telling = Telling(register, register.laws, context().today(), spoken, addresses, on_hold)
    found = telling.places() if chosen.code == ALL else telling.only(chosen.code)
    answer = make_response(
        render_template(
            "pages/where/where.html",
            place=found[0] if len(found) == 1 else None,
            body=Markup("").join(place_html(place, spoken) for place in found),
            form=choose_html(f"/{locale}/register/where", chosen.code, spoken, remembered=chosen.remembered),
        )
    )
    keep_place(answer, chosen)
    return answer
