"""One place of a finder as HTML, to stand alone under the h1 of its page. Called by `web`."""

from __future__ import annotations

from markupsafe import Markup

from lms.rendering.anchors import Addresses
from lms.rendering.blocks import Drawing, environment
from lms.rendering.finder import PlaceFacts
from lms.rendering.words import Voice

LEVEL = 2


def place_html(place: PlaceFacts, voice: Voice) -> Markup:
    """Draw a place; its id on the page is its code."""
    drawing = Drawing(voice, voice.locale, Addresses(), {}, {}, "")
    template = environment(voice.locale).get_template("sections/place.html")
    drawn = template.make_module({"r": drawing}).place_section(place, place.code, LEVEL)  # type: ignore[attr-defined]
    return Markup(drawn)  # noqa: S704  # the template escapes
