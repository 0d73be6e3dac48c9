"""The words of every state, once: what has been read, passed, changed, or is left to do.

A state is said by a word and a shape, never by colour alone. Called by the macro `state` and by `prepared`.
"""

from __future__ import annotations

from functools import cache

from markupsafe import Markup

from lms.rendering.words import voice
from lms.web.messages import N_

STATES = {
    "read": N_("read"),
    "done": N_("done"),
    "passed": N_("passed"),
    "current": N_("you are here"),
    "left": N_("to do"),
    "quiz": N_("quiz left"),
    "locked": N_("opens later"),
    "updated": N_("updated since you read it"),
    "due": N_("renewal due"),
    "stale": N_("translation to be checked"),
    "revoked": N_("revoked"),
    "valid": N_("valid"),
    "draft": N_("draft"),
    "error": N_("error"),
    "new": N_("new"),
}


@cache
def state_bytes(name: str, locale: str) -> bytes:
    """Write a state as a kept page takes it."""
    words = voice(locale).gettext(STATES[name])
    return Markup('<span class="state {}">{}</span>').format(name, words).encode()
