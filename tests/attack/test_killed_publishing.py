"""Publishing that is killed or refused anywhere, or done by two: whole or not there, and a retry ends it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import databases
from tests.attack.saying import none_of

ROOT = Path(__file__).resolve().parents[2]
UNAVAILABLE = "6"  # what the terminal ends with when the disk refuses


def tries(folder: Path, every: int) -> list[dict[str, Any]]:
    """Kill one release after another."""
    data = folder / "data"
    data.mkdir()
    command = [sys.executable, "-m", "tests.attack.killed_publishing", str(folder), databases.HERE.url(data)]
    done = subprocess.run(
        [*command, str(every)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return [{**json.loads(line), "said": done.stderr} for line in done.stdout.splitlines()]


def faults_of(one: dict[str, Any]) -> list[str]:
    """List what is wrong after one try."""
    left, after, version = one["left"], one["after"], one["version"]
    where = f"{one['how']} at {one['at']} ({one['part']})"
    is_refused, again = one["how"] == "refuse", one["again"]
    wrong = {
        f"half published: {left}": left["damaged"] or left["lost"],
        f"{left['current']} is current": left["current"] not in {one["before"], version},
        "current, and not sealed": left["current"] == version and version not in left["sealed"],
        f"was not killed, but ended with {one['ended']}": not is_refused and one["ended"] != "killed",
        f"ended with {one['ended']}: {one['said'][-300:]}": is_refused
        and one["ended"] not in {"0", UNAVAILABLE},
        f"left {left['trash']}": is_refused and left["trash"],
        f"{after['trash']} is still there": after["trash"],
        f"once more ended with {again}: {after} {one['said'][-300:]}": again != "0"
        or after["current"] != version
        or after["damaged"],
    }
    return [f"{where}: {what}" for what, is_so in wrong.items() if is_so]


def judged(all_tries: list[dict[str, Any]]) -> None:
    """Expect nothing wrong, in enough tries, on either side of the seal and of the database."""
    none_of([fault for one in all_tries for fault in faults_of(one)])
    killed = [one for one in all_tries if one["ended"] == "killed"]
    assert any(one["version"] not in one["left"]["sealed"] for one in killed)
    between = [one for one in killed if one["version"] in one["left"]["sealed"]]
    assert any(one["left"]["current"] == one["before"] for one in between)
    assert any(one["ended"] == UNAVAILABLE for one in all_tries)


@pytest.mark.slow
def test_a_release_that_is_killed_or_refused_is_whole_or_not_there(tmp_path: Path) -> None:
    judged(tries(tmp_path, 9))


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_a_release_that_is_killed_or_refused_at_any_step(tmp_path: Path) -> None:
    judged(tries(tmp_path, 1))
