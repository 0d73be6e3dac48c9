"""Where somebody works, for the finder: chosen in the address, remembered for the session if they say so.

Holds the reading of the choice and its cookie; which places there are is `core.legislation.finder`.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from werkzeug.wrappers import Response

from lms.core.legislation.finder import ALL, PLACES
from lms.web.shell.cookies import PLACE_COOKIE, cookie_name, set_cookie


@dataclass(frozen=True, slots=True)
class ChosenPlace:
    """A code of a place, `ALL` or '' for none, and whether it is remembered."""

    code: str = ""
    remembered: bool = False


def chosen_place() -> ChosenPlace:
    """Return what the address asks for, else what was remembered."""
    asked, held = request.args.get("place", ""), request.cookies.get(cookie_name(PLACE_COOKIE), "")
    held = held if held in PLACES else ""
    if asked in PLACES:
        return ChosenPlace(asked, request.args.get("remember") == "y")
    return ChosenPlace(ALL if asked == ALL else held, bool(held))


def keep_place(response: Response, place: ChosenPlace) -> None:
    """Remember or forget, as the form said; without a choice in the address nothing changes."""
    held = request.cookies.get(cookie_name(PLACE_COOKIE), "")
    if request.args.get("place", "") not in PLACES:
        return
    if place.remembered and held != place.code:
        set_cookie(response, PLACE_COOKIE, place.code)
    elif held and not place.remembered:
        set_cookie(response, PLACE_COOKIE, "", seconds=0)
