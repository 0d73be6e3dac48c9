"""The words of every state, once: what has been read, passed, changed, or is left to do.

A state is said by a word and a shape, never by colour alone.
"""

from __future__ import annotations

from functools import cache

from markupsafe import Markup

from lms.rendering.words.marks import NP_
from lms.rendering.words.translator import translator_for

STATES = {
    "read": NP_("state", "read"),
    "done": NP_("state", "done"),
    "passed": NP_("state", "passed"),
    "current": NP_("state", "you are here"),
    "left": NP_("state", "to do"),
    "quiz": NP_("state", "quiz to do"),
    "locked": NP_("state", "available later"),
    "updated": NP_("state", "updated since you read it"),
    "due": NP_("state", "renewal due"),
    "stale": NP_("state", "translation needs checking"),
    "revoked": NP_("state", "revoked"),
    "valid": NP_("state", "valid"),
    "draft": NP_("state", "draft"),
    "error": NP_("state", "error"),
    "new": NP_("state", "new"),
}


@cache
def state_bytes(name: str, locale: str) -> bytes:
    """Write a state as a kept page takes it."""
    words = translator_for(locale).sense("state", STATES[name])
    return Markup('<span class="state {}">{}</span>').format(name, words).encode()
