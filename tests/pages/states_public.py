"""States of the pages that anybody may open: courses, lessons, glossary, register, help, search, verify."""

from __future__ import annotations

from lms.actions.certificates import certifying, verifying
from lms.core.courses.opaque import opaque
from lms.core.people.actors import NOBODY, Actor
from tests.builders_certificates import a_choice
from tests.builders_learning import SAMPLE_CODE
from tests.pages.hands import Hands
from tests.pages.looks import Deeds, State
from tests.pages.people import (
    NAME,
    begun,
    certified,
    enrolled,
    erased,
    graduate,
    halfway,
    member,
    number_of,
    reading_as,
    revoked,
    visitor,
)

COURSE = f"/c/{SAMPLE_CODE}"
ACT, CODE, OLD = "sample-act", "sample-code", "old-sample-act"
NEVER_ISSUED = "04zs7-m9qk3-hj8wx-v2ctr-5ybng-e"


def _law(name: str) -> str:
    return f"/register/{opaque(name)}"


def _search(words: str) -> Deeds:
    def way(hands: Hands, _: Actor) -> None:
        hands.open("/search")
        hands.fill("question", words)
        hands.press("#search button")

    return way


def _saved_reading(hands: Hands, _: Actor) -> None:
    hands.open("/reading")
    hands.choose("size", "large")
    hands.press("#reading button:not([name])")


LOOPBACK = "127.0.0.1"  # where the browser of the tests is, and what it is counted by


def _verify(name: str | None = None, *, times: int = 0) -> Deeds:
    def way(hands: Hands, who: Actor) -> None:
        number = number_of(hands.context, who) if who.person else NEVER_ISSUED
        for _ in range(times):
            verifying.check_name(hands.context, NOBODY, number, "Somebody Else", origin=LOOPBACK)
        hands.open(f"/verify/{number}")
        if name is not None:
            hands.fill("name", name)
            hands.press("#name-check button")

    return way


def _superseded(hands: Hands, who: Actor) -> None:
    number = number_of(hands.context, who)
    press = hands.context.new_secret()
    certifying.replace_mine(hands.context, who, SAMPLE_CODE, a_choice("Amina D."), press, replaces=number)
    hands.open(f"/verify/{number}")


def _verify_a_typed_number(hands: Hands, _: Actor) -> None:
    hands.open("/verify")
    hands.fill("number", "12")
    hands.press("main form button")


COURSES = [
    State("home", "/"),
    State("home, nothing published", "/", world="bare"),
    State("home, course under way", "/", who=begun, has="main .go"),
    State("home, course complete", "/", who=graduate),
    State("courses", "/courses"),
    State("courses, none", "/courses", world="bare", has=".empty"),
    State("course", COURSE),
    State("course, visitor", COURSE, who=visitor),
    State("course, member", COURSE, who=member),
    State("course, under way", COURSE, who=halfway, has="progress"),
    State("course, complete", COURSE, who=graduate, has="main a[href$='/certificate']"),
    State("course, sensitive", COURSE, who=begun, world="discreet", has=".leave"),
]

LESSONS = [
    State("lesson", f"{COURSE}/m1/l1", who=enrolled),
    State("lesson, visitor", f"{COURSE}/m1/l1", who=visitor),
    State("lesson, scenarios", f"{COURSE}/m1/l2", who=enrolled),
    State("lesson, read before", f"{COURSE}/m1/l1", who=begun, has=".on .state.read"),
    State("lesson, checklist and job aid", f"{COURSE}/m2/l1", who=enrolled),
    State("lesson, content note", f"{COURSE}/m2/l2", who=enrolled),
    State("lesson, sensitive", f"{COURSE}/m1/l1", who=enrolled, world="discreet", has=".leave"),
    State("lesson, one section", f"{COURSE}/m1/l1?part=2", who=reading_as(sections="one"), has=".lesson"),
    State(
        "lesson, high contrast",
        f"{COURSE}/m1/l2",
        who=reading_as(theme="contrast"),
        has="[data-theme=contrast]",
    ),
    State(
        "lesson, largest",
        f"{COURSE}/m1/l1",
        who=reading_as(size="largest", space="wide", font="legible"),
        has="[data-size=largest]",
    ),
    State(
        "lesson, law in doubt, largest",
        f"{COURSE}/m1/l1",
        who=reading_as(size="largest"),
        world="discreet",
        has=".law .doubt",
    ),
    State("lesson, account needed", f"{COURSE}/m2/l1", who=visitor),
    State("team talk", f"{COURSE}/m1/facilitator"),
    State("team talk, sensitive", f"{COURSE}/m1/facilitator", world="discreet", has=".leave"),
    State("job aid", f"{COURSE}/m2/l1/aid/j1", who=enrolled),
    State("job aid for a client", f"{COURSE}/m2/l1/aid/j1/client", who=enrolled),
]

REFERENCE = [
    State("glossary", "/glossary"),
    State("glossary, of a course", "/glossary?course=s4mp", has=".filters"),
    State("glossary, of no course", "/glossary?course=none", has=".empty"),
    State("glossary, empty", "/glossary", world="bare", has=".empty"),
    State("register", "/register"),
    State("register, filtered", "/register?status=repealed"),
    State(
        "register, nothing fits", "/register?status=repealed&topic=sample&jurisdiction=ca-on", has=".empty"
    ),
    State("register, empty", "/register", world="bare", has=".empty"),
    State("register, a day that is none", "/register?since=soon", has=".error"),
    State("law of a place", "/register/where?place=ca-on", has=".place"),
    State("law of a place, none yet", "/register/where?place=ca-yt", has=".place"),
    State("law of a place, before the choice", "/register/where"),
    State("changes", "/register/changes", has=".state.due"),
    State("changes, a quarter long ago", "/register/changes?quarter=2020-Q1", has=".stack"),
    State("changes, nothing", "/register/changes?quarter=2001-Q1", has=".empty"),
    State("law", _law(ACT)),
    State("law, in doubt and about to change", _law(CODE), has=".notice.caution"),
    State("law, repealed", _law(OLD)),
    State("help", "/help"),
    State("support", "/support"),
    State("support, a province", "/support?region=ca-on"),
    State("support, nothing", "/support?region=ca-nu", world="bare", has=".empty"),
    State("accessibility", "/accessibility"),
    State("privacy", "/privacy"),
    State("search", "/search"),
    State("search, nothing typed", _search(" "), has=".errors"),
    State("search, found", _search("Amara"), has=".stack"),
    State("search, nothing found", _search("xylophone"), has=".empty"),
    State("reading settings", "/reading"),
    State("reading settings, member", "/reading", who=member),
    State("reading settings, saved", _saved_reading, has=".notice.done"),
]

VERIFYING = [
    State("verify", "/verify"),
    State("verify, wrong number", _verify_a_typed_number, has=".errors"),
    State("verify, unknown", _verify(), has=".errors"),
    State("verify, valid", _verify(), who=certified, world="public", has=".notice.done"),
    State("verify, specimen", _verify(), who=certified, has=".notice.caution"),
    State("verify, name matches", _verify(NAME), who=certified, has="#name-result.done"),
    State("verify, name differs", _verify("Somebody Else"), who=certified, has="#name-result.error"),
    State("verify, no name typed", _verify(""), who=certified, has=".errors"),
    State("verify, too many names", _verify("Somebody Else", times=10), who=certified, has=".errors"),
    State("verify, superseded", _superseded, who=certified, has=".notice.caution"),
    State("verify, revoked", _verify(), who=revoked, has=".notice.error"),
    State("verify, erased", _verify(), who=erased, has="main:not(:has(#name-check))"),
]

STATES = [*COURSES, *LESSONS, *REFERENCE, *VERIFYING]
