"""Killed at any instant, in any way: what was acknowledged is there, once and whole.

The product's own server, four learners at work, and SIGKILL for everything or for one process, or SIGTERM.
"""

from __future__ import annotations

import os
import random
import signal
import statistics
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from lms.actions.learning import learning
from tests.attack.clients import Client, read_back
from tests.attack.digest import count, database_of
from tests.attack.installation import Installation, installed, key_for
from tests.attack.saying import none_of
from tests.builders_learning import SAMPLE_CODE, a_member

LEARNERS = 4
QUICK = 20.0  # seconds until it serves again, however busy the machine; the median is said below


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Installation]:
    """Return an installation that ends with the test."""
    made = installed(tmp_path)
    yield made
    made.end()


def _interrupt(site: Installation, way: str, dice: random.Random) -> None:
    if way == "everything":
        site.kill()
        site.start()
    elif way == "one process":
        found = site.parts()
        if found:
            with suppress(ProcessLookupError):  # one that ends by itself when its work is done
                os.kill(dice.choice(found), signal.SIGKILL)
        until = time.monotonic() + 60
        while site.get("/en/courses").status != 200:
            assert time.monotonic() < until
            time.sleep(0.05)
    else:
        site.end()
        site.start()


def _storm(site: Installation, kills: int, seed: int) -> str:
    dice = random.Random(seed)  # noqa: S311  # a test that can be repeated
    context = site.context()
    people = [a_member(context, f"zq{number}") for number in range(LEARNERS)]
    for who in people:
        learning.enrol(context, who, SAMPLE_CODE, "en")
    site.start()
    clients = [
        Client(site, site.context(), who, key_for(context, who), seed + at) for at, who in enumerate(people)
    ]
    for one in clients:
        one.start()
    ways = ("everything", "everything", "one process", "asked to end", "everything")
    for turn in range(kills):
        time.sleep(dice.uniform(0.1, 1.0))
        _interrupt(site, ways[turn % len(ways)], dice)
    time.sleep(1)
    for one in clients:
        one.stopping.set()
    for one in clients:
        one.join(30)
    site.end()
    for one in clients:
        one.context.database.engine.dispose()
    context.database.engine.dispose()
    sent = [attempt for one in clients for attempt in one.attempts]
    none_of([line for one in clients for line in one.strange])
    none_of(list(read_back(database_of(site.data), sent)))
    started = count(database_of(site.data), "attempt")
    assert started <= len(sent), "an attempt was begun that nobody pressed for"
    acknowledged = sum(one.acknowledged for one in clients)
    assert acknowledged > kills * 3
    return (
        f"{kills} kills, {acknowledged} acknowledged, {sum(one.doubtful for one in clients)} in doubt,"
        f" 0 lost, 0 doubled, 0 torn; serving again after {statistics.median(site.restarts):.2f} s"
        f" (longest {max(site.restarts):.2f} s)"
    )


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_in_fifteen_kills(
    site: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    said = _storm(site, 15, seed=1)
    assert statistics.median(site.restarts) < QUICK
    with capsys.disabled():
        print(f"\n{said}")  # noqa: T201  # the figure that a release note states


@pytest.mark.full
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", [11, 12])
def test_nothing_acknowledged_is_lost_in_a_hundred_kills(
    site: Installation, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    said = _storm(site, 50, seed)
    with capsys.disabled():
        print(f"\n{said}")  # noqa: T201  # as above
