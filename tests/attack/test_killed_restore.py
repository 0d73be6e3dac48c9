"""A restore that is killed or refused anywhere: all or nothing, and whoever is erased stays erased."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from tests.attack.saying import none_of

ROOT = Path(__file__).resolve().parents[2]
POSTGRES = os.environ.get("TEST_POSTGRES_URL", "")
OLD, NEW = ["ZQ.LATER", "ZQ.STAYS"], ["ZQ.STAYS"]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]  # many files are synchronised, on any disk


def tries(folder: Path, url: str = "") -> list[dict[str, Any]]:
    """Kill one restore after another."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.attack.killed_restore", str(folder), *([url] if url else [])],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def is_whole(left: dict[str, Any]) -> bool:
    """Return whether everything is as it was, or everything as it is to be."""
    parts = left["site"] and left["keys"] and left["blobs"]
    return bool(parts) and (left["names"], left["later"]) in ((OLD, True), (NEW, False))


def faults_of(one: dict[str, Any]) -> list[str]:
    """List what is wrong after one try."""
    left, after, where = one["left"], one["after"], f"{one['how']} at {one['at']} of {one['of']}"
    found = []
    if "ZQ.GONE" in (left["names"] or []):
        found.append(f"{where}: somebody who was erased is back")
    if not left["mark"] and not is_whole(left):
        found.append(f"{where}: half done, and nothing says so: {left}")
    if one["how"] == "refuse" and left["mark"] and left["names"] != NEW:
        found.append(f"{where}: refused, and not undone")
    if one["how"] == "refuse" and (one["ended"] == "0") != (left["names"] == NEW and not left["mark"]):
        found.append(f"{where}: says {one['ended']}, and it is {left}")
    if one["then"] != "0" or after["mark"] or not is_whole(after) or after["names"] != NEW:
        found.append(f"{where}: the next restore ended with {one['then']}: {after}")
    if one["trash"]:
        found.append(f"{where}: left {one['trash']}")
    return found


def judged(all_tries: list[dict[str, Any]]) -> None:
    """Expect nothing wrong, in enough tries."""
    none_of([fault for one in all_tries for fault in faults_of(one)])
    killed = [one for one in all_tries if one["ended"] == "killed"]
    assert len([one for one in killed if one["at"] > one["mark"]]) >= 10
    assert any(one["left"]["mark"] for one in killed)
    assert any(one["how"] == "refuse" and one["ended"] == "6" for one in all_tries)


def test_on_sqlite(tmp_path: Path) -> None:
    judged(tries(tmp_path))


@pytest.mark.skipif(not POSTGRES, reason="TEST_POSTGRES_URL is not set")
def test_on_postgresql(tmp_path: Path) -> None:
    name = f"killed_restore_{os.getpid()}"
    engine = create_engine(POSTGRES.format("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    try:
        judged(tries(tmp_path, POSTGRES.format(name)))
    finally:
        with engine.connect() as connection:
            connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')
        engine.dispose()
