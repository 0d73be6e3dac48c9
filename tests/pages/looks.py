"""What a state of a page is: who looks, on which site, and the way there.

Holds the shape and the way in; the states themselves are in `states_*`, the tests in `test_matrix`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lms.core.people.actors import Actor
from tests.builders import Clock
from tests.pages.browser import Browser
from tests.pages.hands import Hands
from tests.pages.people import Who, nobody
from tests.pages.worlds import Atlas

KEPT = "parvis-shelf"
#: How somebody gets to a state: an address, or what they do.
Deeds = Callable[[Hands, Actor], None]
Way = str | Deeds


@dataclass(frozen=True)
class State:
    """One state of one page; `ago` is how many minutes ago the person signed in.

    `has` is what the page must hold to be in this state (a selector): another state would look as well.
    """

    name: str
    way: Way
    who: Who = nobody
    world: str = "sample"
    ago: float = 0
    has: str = "h1"

    def __str__(self) -> str:
        """Be known by the name."""
        return self.name


def enter(state: State, locale: str, browser: Browser, atlas: Atlas, kind: type[Hands] = Hands) -> Hands:
    """Bring somebody to a state of a page."""
    live = atlas.world(state.world)
    live.app.extensions.pop(KEPT, None)  # lessons are drawn anew, so that it is seen that they are
    hands = kind(browser, live, locale)
    who = state.who(live.context)
    clock = live.context.now
    assert isinstance(clock, Clock)
    clock.move(minutes=-state.ago)
    hands.sit_down(who)
    atlas.drawn.clear()
    clock.move(minutes=state.ago)
    if isinstance(state.way, str):
        hands.open(state.way)
    else:
        state.way(hands, who or Actor(""))
    return hands
