"""Locks: every package by version and hash, both agreeing, neither naming where packages come from."""

import re
import tomllib

import pytest

from tests.house.tree import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")
ENTRY = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^ \\;]+)( ; [^\\]+)?(.*(?:\n    --hash.*)*)", re.MULTILINE)


def entries(lock: str) -> dict[str, tuple[str, str]]:
    return {
        name: (version, hashes)
        for name, version, _, hashes in ENTRY.findall((ROOT / lock).read_text("utf-8"))
    }


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_has_a_hash(lock: str) -> None:
    assert len(entries(lock)) > 40
    assert [name for name, (_, hashes) in entries(lock).items() if "--hash=sha256:" not in hashes] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_index(lock: str) -> None:
    assert re.findall(r"--(?:extra-)?index-url|--find-links|://", (ROOT / lock).read_text("utf-8")) == []


def test_the_development_lock_holds_the_other_one() -> None:
    runtime, development = (entries(lock) for lock in LOCKS)
    assert {name for name in runtime if development.get(name, ("",))[0] != runtime[name][0]} == set()


def test_what_the_package_needs_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {re.split(r"[<>=\[ ]", line)[0].replace(".", "-") for line in project["dependencies"]}
    assert needed - set(entries("requirements.lock")) == set()
