"""The date on a certificate: the house's, or where that is set the one that it was where the learner was."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.actions.certificates import certifying
from lms.actions.context import Context
from lms.core.errors import Conflict, Invalid
from lms.core.operations.calendar import day_of, days_of
from lms.core.people.actors import Actor
from lms.settings import from_environment
from tests.builders import Clock, a_context
from tests.builders_certificates import CODE, a_choice, a_graduate
from tests.builders_learning import refused

TORONTO = "America/Toronto"
EVERYWHERE = (
    "America/Vancouver",
    "America/Whitehorse",
    "America/Edmonton",
    "America/Regina",
    "America/Winnipeg",
    "America/Toronto",
    "America/Halifax",
    "America/St_Johns",
)
#: Local times at which a learner finishes, and their date there.
LATE = {
    "America/Vancouver": "2026-11-29T21:30",
    "America/Whitehorse": "2026-07-14T22:15",
    "America/Regina": "2026-07-14T23:40",
    "America/St_Johns": "2026-11-30T00:20",
    "America/Halifax": "2026-11-30T00:05",
    "America/Winnipeg": "2026-12-31T23:59",
}


def a_house(folder: Path, at: str, zone: str, **environ: str) -> tuple[Context, Actor]:
    """Return a house in which somebody finishes at this local time, and who that is."""
    context = a_context(folder, environ=environ)
    assert isinstance(context.now, Clock)
    context.now.at = round(datetime.fromisoformat(at).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)
    return context, a_graduate(context)


def issued(context: Context, who: Actor, day: str = "", press: str = "one") -> tuple[str, str]:
    certifying.issue(context, who, CODE, a_choice(day=day), press)
    holding = certifying.my_certificate(context, who, CODE).holding
    assert holding
    assert holding.content
    return holding.content.completed_on, holding.content.issued_on


@pytest.mark.parametrize("zone", LATE)
def test_the_day_is_that_of_the_house_where_the_house_is(zone: str, tmp_path: Path) -> None:
    context, who = a_house(tmp_path, LATE[zone], zone, TIME_ZONE=zone)
    assert issued(context, who) == (LATE[zone][:10], LATE[zone][:10])


@pytest.mark.parametrize("zone", LATE)
def test_the_day_can_be_that_of_the_learner(zone: str, tmp_path: Path) -> None:
    """What is due by the 30th and done on the 30th is not late on paper, whichever coast it was done on."""
    context, who = a_house(tmp_path, LATE[zone], zone, CERTIFICATE_DAY="learner")
    there = LATE[zone][:10]
    assert there in certifying.my_certificate(context, who, CODE).days
    completed, on = issued(context, who, there)
    assert completed == there
    assert on >= completed


@pytest.mark.parametrize("whose", ["house", "learner"])
def test_a_day_that_it_was_nowhere_is_refused(whose: str, tmp_path: Path) -> None:
    context, who = a_house(tmp_path, "2026-11-29T21:30", "America/Vancouver", CERTIFICATE_DAY=whose)
    for day in ("2026-11-28", "2026-12-01", "tomorrow"):
        with refused(Invalid, "certificate.choice"):
            certifying.issue(context, who, CODE, a_choice(day=day), "one")
    if whose == "house":
        with refused(Invalid, "certificate.choice"):
            certifying.issue(context, who, CODE, a_choice(day="2026-11-29"), "one")
    assert issued(context, who)[0] == "2026-11-30", "the house's, where nobody chooses"


def test_a_press_stands_for_one_day(tmp_path: Path) -> None:
    context, who = a_house(tmp_path, "2026-11-29T21:30", "America/Vancouver", CERTIFICATE_DAY="learner")
    assert issued(context, who, "2026-11-29")[0] == "2026-11-29"
    assert issued(context, who, "2026-11-29")[0] == "2026-11-29", "a second press gets the first one's result"
    with refused(Conflict, "certificate.request-used"):
        certifying.issue(context, who, CODE, a_choice(day="2026-11-30"), "one")


@given(st.integers(1_700_000_000_000, 1_900_000_000_000))
def test_the_coasts_have_every_day_between_them(moment: int) -> None:
    zones = from_environment({"CERTIFICATE_DAY": "learner"}).certificate_zones
    days = days_of(moment, zones)
    assert days[0] == day_of(moment, ZoneInfo(TORONTO))
    assert {day_of(moment, ZoneInfo(zone)) for zone in EVERYWHERE} <= set(days)
    assert len(days) <= 2
