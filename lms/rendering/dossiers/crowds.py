"""Numbers of people as they may be said: nobody is known by one."""

from __future__ import annotations

from lms.core.authoring.impact import Crowd
from lms.rendering.words.marks import NP_
from lms.rendering.words.translator import Translator

NOBODY = NP_("number of people", "none")


def people(crowd: Crowd, spoken: Translator) -> str:
    """Say how many people: none, fewer than ten, or about so many."""
    if crowd.is_few:
        return spoken.gettext("fewer than ten")
    if crowd.about:
        return spoken.gettext("about %(count)s", count=spoken.number(crowd.about))
    return spoken.sense("number of people", NOBODY)
