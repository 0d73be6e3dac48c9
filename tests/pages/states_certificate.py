"""States of one's own certificate, from the choice of what is printed to its erasure."""

from __future__ import annotations

from lms.core.people.actors import Actor
from tests.pages.hands import Hands
from tests.pages.looks import Deeds, State
from tests.pages.people import (
    begun,
    certified,
    due,
    erased,
    graduate,
    not_refreshed,
    printed,
    refreshed,
    refreshing_now,
    revoked,
    unprinted,
)
from tests.pages.states_public import COURSE

CERTIFICATE = f"{COURSE}/certificate"
FORM = "#certificate button:not([name])"


REFRESHER = f"{COURSE}/refresher"


def _refresher_result(hands: Hands, _: Actor) -> None:
    hands.open(f"{COURSE}/results")
    hands.follow('main a[href*="/refresher/check/result/"]')


def _preview(name: str) -> Deeds:
    def way(hands: Hands, _: Actor) -> None:
        hands.open(CERTIFICATE)
        hands.fill("name", name)
        hands.press(FORM)

    return way


def _both_languages(hands: Hands, _: Actor) -> None:
    hands.open(CERTIFICATE)
    hands.fill("name", "Marie-Ève Tremblay")
    other = "fr" if hands.locale == "en" else "en"
    hands.choose("locales", f"{hands.locale} {other}")
    hands.choose("title", "neutral")
    hands.press(FORM)


def _issued(hands: Hands, who: Actor) -> None:
    _preview("Amina Diallo")(hands, who)
    hands.press(FORM)


def _replaced(hands: Hands, who: Actor) -> None:
    hands.open(f"{CERTIFICATE}/change")
    hands.fill("name", "Amina D.")
    hands.press(FORM)
    hands.press(FORM)


def _issued_already(hands: Hands, _: Actor) -> None:
    hands.open(CERTIFICATE)
    hands.send(
        CERTIFICATE, {"request": "0" * 26, "name": "Someone Else", "locales": hands.locale, "title": "full"}
    )


def _erased_now(hands: Hands, _: Actor) -> None:
    hands.open(f"{CERTIFICATE}/erase")
    hands.press("main form button.grave")


STATES = [
    State("error 403, certificate of a course that is not complete", CERTIFICATE, who=begun),
    State("certificate, choice", CERTIFICATE, who=graduate),
    State("certificate, no name", _preview(" "), who=graduate, has=".errors"),
    State("certificate, preview", _preview("Amina Diallo"), who=graduate),
    State("certificate, preview in both languages", _both_languages, who=graduate),
    State("certificate, preview of a name from right to left", _preview("أمينة ديالو"), who=graduate),
    State("certificate, issued", _issued, who=graduate, has=".notice.done"),
    State("certificate, PDF ready", CERTIFICATE, who=printed, has="a[href$='/pdf']"),
    State("certificate that counts", CERTIFICATE, who=printed, world="public", has="a[href$='/pdf']"),
    State("certificate, PDF failed", CERTIFICATE, who=unprinted),
    State("certificate, revoked", CERTIFICATE, who=revoked, has=".notice.error"),
    State("certificate, change", f"{CERTIFICATE}/change", who=certified),
    State("certificate, replaced", _replaced, who=certified, has=".notice.done"),
    State("error 409, certificate issued already", _issued_already, who=certified, has="a[href$='/change']"),
    State("certificate, erase", f"{CERTIFICATE}/erase", who=certified),
    State("certificate, erased now", _erased_now, who=certified, has=".notice.done"),
    State("certificate, erased", CERTIFICATE, who=erased, has=".empty"),
    State(
        "certificate, due for renewal",
        CERTIFICATE,
        who=due,
        world="amended",
        has=".notice a[href$='/refresher']",
    ),
    State(
        "my learning, due for renewal", "/my-learning", who=due, world="amended", has="a[href$='/refresher']"
    ),
    State("refresher", REFRESHER, who=due, world="amended", has="details.before"),
    State("refresher, under way", REFRESHER, who=refreshing_now, world="amended", has=".notice .go"),
    State("refresher, not passed yet", REFRESHER, who=not_refreshed, world="amended", has=".notice a"),
    State(
        "refresher, nothing to renew",
        REFRESHER,
        who=refreshed,
        world="amended",
        has=".notice.done:not([role])",
    ),
    State("refresher, questions", f"{REFRESHER}/check", who=refreshing_now, world="amended", has=".question"),
    State("refresher, passed", _refresher_result, who=refreshed, world="amended", has=".outcome.passed"),
    State("certificate, sensitive", CERTIFICATE, who=printed, world="discreet", has=".leave"),
]
