"""How somebody wants to read: for this browser when signed out, for every device when signed in."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from lms.actions.accounts import change_reading
from lms.core.reader import CHOICES, ReaderSettings
from lms.web.cookies import set_cookie
from lms.web.desk import actor, desk
from lms.web.i18n import current_locale
from lms.web.menus import READER_COOKIE, reader_settings
from lms.web.messages import N_
from lms.web.security import ANYONE, rule

page = Blueprint("reader", __name__)

WORDS = {
    "theme": (
        N_("Colours"),
        {
            "system": N_("As my device does it"),
            "light": N_("Light"),
            "dark": N_("Dark"),
            "contrast": N_("High contrast"),
        },
    ),
    "size": (
        N_("Text size"),
        {
            "normal": N_("Normal"),
            "small": N_("Small"),
            "large": N_("Large"),
            "larger": N_("Larger"),
            "largest": N_("Twice as large"),
        },
    ),
    "space": (N_("Spacing"), {"normal": N_("Normal"), "wide": N_("Wide")}),
    "font": (
        N_("Letters"),
        {"system": N_("The letters of my device"), "legible": N_("Letters that are easier to tell apart")},
    ),
    "sections": (
        N_("Length of a page"),
        {"all": N_("The whole lesson on one page"), "one": N_("One section a page")},
    ),
    "escape": (
        N_("Leave quickly with the keyboard"),
        {
            "off": N_("Only with the link “Leave this site quickly”"),
            "on": N_("Also by pressing Escape three times, on pages that have the link"),
        },
    ),
}


@page.get("/reading")
@rule(ANYONE)
def reading() -> str:
    """Show the settings with an example of each."""
    words = {
        name: (gettext(legend), [(wish, gettext(options[wish])) for wish in CHOICES[name]])
        for name, (legend, options) in WORDS.items()
    }
    return render_template(
        "pages/reader/reading.html", words=words, chosen=reader_settings(), is_member=actor().is_member
    )


@page.post("/reading")
@rule(ANYONE)
def save() -> Response:
    """Keep the settings; whatever is not understood stays as it comes."""
    wishes = ReaderSettings.of(request.form.to_dict())
    response = make_response(redirect(f"/{current_locale()}/reading?done=saved", 303))
    if actor().is_member:
        change_reading(desk(), actor(), wishes)
    set_cookie(response, READER_COOKIE, wishes.pack())
    return response
