"""How somebody wants to read: for this browser when signed out, for every device when signed in."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from lms.actions.people.accounts import change_reading
from lms.actions.people.sessions import OWN_DAYS
from lms.core.people.reader_settings import ReaderSettings
from lms.rendering.words.marks import N_
from lms.web.shell.cookies import set_cookie
from lms.web.shell.current import actor, context
from lms.web.shell.i18n import current_locale
from lms.web.shell.menus import READER_COOKIE, reader_settings
from lms.web.shell.notices import tell
from lms.web.shell.security import ANYONE, rule

page = Blueprint("reader", __name__)

WORDS = {
    "theme": (
        N_("Colours"),
        {
            "system": N_("Same as my device"),
            "light": N_("Light"),
            "dark": N_("Dark"),
            "contrast": N_("High contrast"),
        },
    ),
    "size": (
        N_("Text size"),
        {
            "small": N_("Small"),
            "normal": N_("Normal"),
            "large": N_("Large"),
            "larger": N_("Extra large"),
            "largest": N_("Twice the normal size"),
        },
    ),
    "space": (N_("Spacing"), {"normal": N_("Normal"), "wide": N_("Wide")}),
    "font": (
        N_("Font"),
        {"system": N_("Same as my device"), "legible": N_("Easy-to-read font")},
    ),
    "sections": (
        N_("Page length"),
        {"all": N_("Whole lesson on one page"), "one": N_("One section per page")},
    ),
    "questions": (
        N_("Questions in a quiz"),
        {
            "": N_("Whatever fits my screen"),
            "one": N_("One question at a time"),
            "all": N_("All questions on one page"),
        },
    ),
    "escape": (
        N_("Leave quickly with the keyboard"),
        {
            "off": N_("Only with the “Leave quickly” link"),
            "on": N_("With the link, or by pressing Escape three times on pages that have the link"),
        },
    ),
}


@page.get("/reading")
@rule(ANYONE)
def reading() -> str:
    """Show the settings with an example of each."""
    words = {
        name: (gettext(legend), [(wish, gettext(words)) for wish, words in options.items()])
        for name, (legend, options) in WORDS.items()
    }
    return render_template(
        "pages/reader/reading.html",
        words=words,
        chosen=reader_settings(),
        is_member=actor().is_member,
        own_days=OWN_DAYS,
    )


@page.post("/reading")
@rule(ANYONE)
def save() -> Response:
    """Keep the settings; whatever is not understood stays as it comes."""
    wishes = ReaderSettings.of(request.form.to_dict())
    tell("saved")
    response = make_response(redirect(f"/{current_locale()}/reading", 303))
    if actor().is_member:
        change_reading(context(), actor(), wishes)
    set_cookie(response, READER_COOKIE, wishes.pack())
    return response
