"""Keys: one root, one key per purpose, readable by the owner alone; one changed character is too many."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lms.core.errors import Unavailable
from lms.trust.keys import ROOT_FILE, Keys, open_keys
from tests.builders_learning import refused

KEYS = Keys(bytes(32))


def test_keys_are_made_once_for_their_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    first = open_keys(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / ROOT_FILE).stat().st_mode & 0o777 == 0o600
    assert open_keys(folder) == first
    assert [path.name for path in folder.iterdir()] == [ROOT_FILE]


def test_processes_that_start_at_once_have_the_same_keys(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: open_keys(tmp_path / "keys"), range(8)))
    assert len(made) == 1


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_keys_that_others_can_read_are_refused(tmp_path: Path, mode: int) -> None:
    open_keys(tmp_path)
    (tmp_path / ROOT_FILE).chmod(mode)
    with refused(Unavailable, "keys.open-to-others"):
        open_keys(tmp_path)


@pytest.mark.parametrize("content", ["", "zz", "abcd", "00" * 31])
def test_damaged_keys_are_refused(tmp_path: Path, content: str) -> None:
    open_keys(tmp_path)
    (tmp_path / ROOT_FILE).write_text(content)
    with refused(Unavailable, "keys.damaged"):
        open_keys(tmp_path)


def test_keys_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    (tmp_path / ROOT_FILE).mkdir()
    with refused(Unavailable, "keys.unreadable"):
        open_keys(tmp_path)


def test_a_mac_is_for_one_purpose_and_for_these_parts() -> None:
    made = KEYS.mac("a", "b", "c")
    assert made == KEYS.mac("a", "b", "c")
    others = {
        KEYS.mac("a", "bc"),
        KEYS.mac("a", "b", "c", ""),
        KEYS.mac("x", "b", "c"),
        Keys(b"1" * 32).mac("a", "b", "c"),
    }
    assert made not in others
    assert len(others) == 4
    assert KEYS.proves(made, "a", "b", "c")
    assert not KEYS.proves(made, "a", "b", "d")
    assert not KEYS.proves("é", "a")


def test_a_sealed_text_opens_for_its_purpose_alone() -> None:
    sealed = KEYS.seal("codes", "secret")
    assert "secret" not in sealed
    assert KEYS.unseal("codes", sealed) == "secret"
    assert KEYS.unseal("other", sealed) is None
    for odd in ("", "zz", "00", sealed[:-2], "00" + sealed[2:]):
        assert KEYS.unseal("codes", odd) is None


def test_the_root_is_not_shown_by_accident() -> None:
    assert "root" not in repr(KEYS)
