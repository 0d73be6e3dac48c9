"""What happens once after a start, or seldom: the first view of a course page, forgetting visitors."""

from __future__ import annotations

import time
from itertools import count
from typing import Any

from sqlalchemy import event

from bench.asking import Asker
from bench.house import House
from bench.measuring import Act, Case
from bench.pages import CODE
from lms.actions.learning import learning
from lms.actions.operations import personal_data
from lms.app import make_context
from lms.core.people.actors import SYSTEM, Actor
from lms.storage.people import persons
from lms.web.wiring import build

VISITORS = 400
LOCK = 50.0  # milliseconds that nobody else may have to wait for


def first_view(house: House) -> Case:
    """Open a course page in a process that has answered nothing but the home page."""

    def prepare() -> Act:
        context = make_context(house.context.settings)
        asker = Asker(build(context), headers={"Accept-Encoding": "gzip", "Accept-Language": "en"})
        asker.get("/en/")()
        return asker.get(f"/en/c/{CODE}")

    return Case("course page, first view after a start", prepare, 2, most=20.0)


def _visitor(house: House) -> None:
    context = house.context
    actor = Actor(context.new_id(), frozenset(), persons.DEFAULT_ORGANISATION)
    with context.database.writing() as tx:
        persons.add_person(tx, actor.person, "visitor", context.now())
    learning.enrol(context, actor, CODE, "en")


def forgetting(house: House) -> Case:
    """Erase visitors who have begun a course and left; `longest lock` is that of the last round."""
    locks: list[float] = []
    begun: dict[int, float] = {}

    def begins(connection: Any) -> None:
        begun[id(connection)] = time.perf_counter()

    def ends(connection: Any) -> None:
        locks.append((time.perf_counter() - begun.pop(id(connection), time.perf_counter())) * 1000)

    def prepare() -> Act:
        for _ in range(VISITORS):
            _visitor(house)
        locks.clear()
        return act

    def act() -> object:
        event.listen(house.context.database.engine, "begin", begins)
        event.listen(house.context.database.engine, "commit", ends)
        try:
            return personal_data.forget_visitors(house.context, SYSTEM, older_than=-next(ahead))
        finally:
            event.remove(house.context.database.engine, "begin", begins)
            event.remove(house.context.database.engine, "commit", ends)

    ahead = count(1)
    return Case(
        f"forgetting {VISITORS} visitors",
        prepare,
        1,
        facts=lambda: {"longest lock, ms": round(max(locks, default=0.0), 1), "goal, ms": LOCK},
    )
