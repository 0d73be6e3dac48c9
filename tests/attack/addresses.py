"""Every address of the site with something to fill it: made from the URL map, so a new route is attacked too.

Holds what stands for each part of an address, for each person, and no check.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import Rule

from lms.actions.action import Who
from lms.core.certificates.certificate import grouped
from lms.core.courses.opaque import opaque
from lms.web.shell.assets import assets
from lms.web.shell.i18n import shipped
from tests.attack.population import Somebody, Town
from tests.builders_learning import SAMPLE

UNKNOWN_ID = "0" * 25 + "z"
#: Parts of an address that name what belongs to one person alone.
PERSONAL = frozenset({"attempt"})
MEDIUM = "a782c0b33497e37ee4c81b673a4a0fdb61b1674b808f40f034c0be4ade263469"


@dataclass(frozen=True)
class Route:
    """One address pattern with one verb."""

    rule: Rule
    verb: str
    who: Who

    @property
    def parts(self) -> list[str]:
        """Name the parts of the address that vary, the language left out."""
        return sorted(self.rule.arguments - {"locale"})

    def __str__(self) -> str:
        return f"{self.verb} {self.rule.rule}"


def locales(town: Town) -> tuple[str, ...]:
    """List the languages of the site."""
    with town.app.app_context():
        return tuple(shipped())


def routes(app: Flask) -> list[Route]:
    """List every route and verb with the rule that its view declares."""
    return [
        Route(rule, verb, getattr(app.view_functions[rule.endpoint], "rule"))  # noqa: B009  # set by a decorator
        for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule)
        for verb in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def parts_of(town: Town, whose: Somebody) -> dict[str, str]:
    """Return what fills each part of an address, as it belongs to this person.

    A part that is not listed here makes a test fail: say what stands for it, and whose it is.
    """
    law = next(iter(town.context.library.register().laws))
    return {
        "course_code": "s4mp",
        "module_code": "m1",
        "lesson_code": "l1",
        "block": "j1",
        "digest": MEDIUM,
        "build": assets().build,
        "name": "css/parvis.css",
        "code": opaque(law),
        "number": grouped(whose.number) if whose.number else UNKNOWN_ID,
        "attempt": whose.marked or UNKNOWN_ID,
        "report": UNKNOWN_ID,
        "moment": "before",
        "need_code": UNKNOWN_ID,
        "course": SAMPLE,
        "module": "welcome",
        "lesson": "greeting",
        "question": "w-q03",
        "law": law,
        "line": next(line.id for line in town.context.library.help_lines()),
        "tag": "en",
        "state": UNKNOWN_ID,
        "key": UNKNOWN_ID,
        "check": UNKNOWN_ID,
        "dossier": UNKNOWN_ID,
        "hold": UNKNOWN_ID,
    }


#: Parts that mean something else under one endpoint.
ELSEWHERE: Mapping[str, Mapping[str, str]] = {
    "lessons.aid": {"module_code": "m2"},
    "lessons.client": {"module_code": "m2"},
    "lesson_preview.draft_medium": {"name": "door.svg"},
    "results.result": {"module_code": ""},
    "search.results": {"code": base64.urlsafe_b64encode(b"greet").decode().rstrip("=")},
}


def fill(town: Town, route: Route, values: Mapping[str, str], locale: str = "en") -> str:
    """Write an address."""
    told = {**values, **ELSEWHERE.get(route.rule.endpoint, {}), "locale": locale}
    adapter = town.app.url_map.bind("localhost")
    wanted = {name: told.get(name, UNKNOWN_ID) for name in route.rule.arguments}
    return adapter.build(route.rule.endpoint, wanted, method=route.verb)


def everywhere(town: Town, kind: str, *, verb: str = "") -> Iterator[tuple[Route, str]]:
    """Return every route with its address in both languages, filled with what is this person's."""
    mine = town.people[kind]
    for route in routes(town.app):
        if verb in {"", route.verb}:
            values = parts_of(town, mine)
            for locale in locales(town) if "locale" in route.rule.arguments else ("en",):
                yield route, fill(town, route, values, locale)
