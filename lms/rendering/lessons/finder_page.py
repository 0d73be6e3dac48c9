"""One place of a finder as HTML, to stand alone under the h1 of its page, and the form that chooses it."""

from __future__ import annotations

from markupsafe import Markup

from lms.core.legislation.finder import PLACES
from lms.rendering.lessons.anchors import Addresses
from lms.rendering.lessons.blocks import Drawing, environment
from lms.rendering.lessons.finder import PlaceFacts, name_of, ordered
from lms.rendering.words.translator import Translator

LEVEL = 2


def place_html(place: PlaceFacts, voice: Translator) -> Markup:
    """Draw a place; its id on the page is its code."""
    drawing = Drawing(voice, voice.locale, Addresses(), {}, {}, "")
    template = environment(voice.locale).get_template("sections/place.html")
    drawn = template.make_module({"r": drawing}).place_section(place, place.code, LEVEL)  # type: ignore[attr-defined]
    return Markup(drawn)  # noqa: S704  # the template escapes


def choose_html(action: str, chosen: str, voice: Translator, *, remembered: bool) -> Markup:
    """Draw the form that chooses a place."""
    places = [(code, name_of(code, voice)) for code in ordered(PLACES, voice)]
    template = environment(voice.locale).get_template("sections/choose_place.html")
    drawn = template.make_module({}).choose(action, "place", places, chosen, remembered)  # type: ignore[attr-defined]
    return Markup(drawn)  # noqa: S704  # the template escapes
