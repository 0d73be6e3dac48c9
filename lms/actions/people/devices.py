"""Browsers in which somebody has signed in before, known again by a keyed token that only the browser keeps.

Such a browser has budgets of its own, so that the guesses of strangers, however many and from wherever,
cannot keep an owner out (OWASP's device cookies). The token opens nothing: it proves no more than that its
holder once signed in. It names nobody to anybody without the keys. A browser that several people share holds
a token for each of the last few.
"""

from __future__ import annotations

from lms.actions.context import Context
from lms.core.ids import is_id

MOST = 4  # people whom one browser is known for
_SEPARATOR = "~"
_PURPOSE = "device"


def device_of(context: Context, held: str, person: str) -> str:
    """Return the name of this browser among those of a person; '' when they have not signed in here before.

    `held` is what the browser holds, whoever wrote it.
    """
    found = (_name(context, token, person) for token in _tokens(held)) if person else iter(())
    return next((name for name in found if name), "")


def _tokens(held: str) -> list[str]:
    return held.split(_SEPARATOR, MOST)[:MOST]


def _name(context: Context, token: str, person: str) -> str:
    """Return the random part of a token that was made for this person; '' when it was not."""
    name, _, seal = token.partition(".")
    return name if is_id(name) and context.keys.proves(seal, _PURPOSE, person, name) else ""


def signed_in_here(context: Context, held: str, person: str) -> str:
    """Return what the browser is to hold once this person has signed in; what it held for others stays."""
    name = device_of(context, held, person) or context.new_secret()
    mine = f"{name}.{context.keys.mac(_PURPOSE, person, name)}"
    others = [token for token in _tokens(held) if token and not _name(context, token, person)]
    return _SEPARATOR.join([mine, *others][:MOST])
