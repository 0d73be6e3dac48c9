"""A page of the site that a text names: a link where there is an address, its words alone elsewhere."""

from __future__ import annotations

from lms.core.courses.document import Link, Text
from lms.rendering.lessons.anchors import Addresses
from lms.rendering.lessons.inline import Runs
from lms.rendering.words.translator import translator_for

NAMED = (Link("page", "support", (Text("support near you"),)),)


def test_with_an_address_it_is_a_link() -> None:
    runs = Runs(translator_for("en"), "en", Addresses(page=lambda name: f"/en/{name}"))
    assert runs.html(NAMED) == '<a href="/en/support">support near you</a>'


def test_without_one_the_words_stand_alone() -> None:
    assert Runs(translator_for("en"), "en", Addresses()).html(NAMED) == "support near you"
