"""The file of a backup: an earlier or a forged one, a weak passphrase, a taken name, what is left out."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from lms.actions.context import Context
from lms.actions.operations import backing_up, left_out
from lms.core.errors import Conflict, Invalid, Unavailable
from lms.core.people.actors import SYSTEM
from lms.storage.migrations import steps
from lms.storage.operations.backups import archive, last_backup, snapshot
from lms.storage.publishing import releases
from lms.trust.encryption import seal_with_passphrase
from lms.trust.key_folder import _ABOUT, unseal_folder
from tests.builders_accounts import clock, signed_in
from tests.builders_backups import PHRASE, a_house, an_installation, close_all, reopened, state
from tests.builders_learning import refused


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """Close what a test has opened."""
    yield
    close_all()


@pytest.fixture
def house(tmp_path: Path) -> Context:
    """Return an installation with somebody in it."""
    return a_house(tmp_path)


def test_a_backup_of_an_earlier_version_is_restored(house: Context, tmp_path: Path) -> None:
    file, copy = tmp_path / "x.parvis", tmp_path / "database.sqlite3"
    with (
        closing(sqlite3.connect(snapshot.file_of(house.database))) as there,
        closing(sqlite3.connect(copy)) as here,
    ):
        there.backup(here)
    new = an_installation(tmp_path, name="other")
    for step, code in (("0001", "backup.damaged"), (steps.newest(), "")):
        file.write_bytes(earlier(copy.read_bytes(), step))
        if code:
            with refused(Invalid, code):
                backing_up.restore(replace(new, keys=house.keys), SYSTEM, file, "")
            continue
        backing_up.restore(replace(new, keys=house.keys), SYSTEM, file, "")
    assert signed_in(replace(reopened(new), keys=house.keys)).name == "Zoé"
    broken = bytearray(copy.read_bytes())
    broken[5000:9000] = bytes(4000)
    file.write_bytes(earlier(bytes(broken), steps.newest()))
    with refused(Invalid, "backup.damaged"):
        backing_up.restore(house, SYSTEM, file, "")


def earlier(database: bytes, step: str) -> bytes:
    """Write a backup as the version before did."""
    parts = {"database.sqlite3": {"sha256": sha256(database).hexdigest(), "size": len(database)}}
    told = {"made_at": "2026-11-22T12:00:00+00:00", "step": step, "keys": False, "parts": parts}
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w:gz") as tar:
        for name, content in (("database.sqlite3", database), ("manifest.json", json.dumps(told).encode())):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    whole = archive.EARLIER + raw.getvalue()
    return whole + b"\nsha256:" + sha256(whole).hexdigest().encode() + b"\n"


def forged(tmp_path: Path, tables: list[str], rows: dict[str, bytes]) -> Path:
    file = tmp_path / "forged.parvis"
    facts = {"made_at": "2026-11-22T12:00:00+00:00", "step": steps.newest(), "keys": False, "tables": tables}
    archive.pack(file, {f"rows/{name}": content for name, content in rows.items()}, facts, replace=True)
    return file


def test_a_backup_whose_tables_are_not_ours_is_refused(house: Context, tmp_path: Path) -> None:
    before = state(house)
    for tables in ([], ["person"], ["person", "../../etc/passwd"]):
        with refused(Invalid, "backup.damaged"):
            backing_up.restore(house, SYSTEM, forged(tmp_path, tables, {"person": b"[]\n"}), "")
    assert state(reopened(house)) == before
    assert list(house.settings.data.glob(".restore-*")) == []


def test_a_backup_whose_tables_are_named_and_not_there_is_refused(house: Context, tmp_path: Path) -> None:
    good, folder = tmp_path / "x.parvis", tmp_path / "unpacked"
    backing_up.back_up(house, SYSTEM, good, "")
    folder.mkdir()
    names = list(archive.unpack(good, folder).tables)
    with refused(Invalid, "backup.damaged"):
        backing_up.restore(house, SYSTEM, forged(tmp_path, names, {"person": b"[]\n"}), "")


def test_forged_keys_are_refused(tmp_path: Path) -> None:
    odd = [b"[]", b"{", b"[" * 90_000, b"{}", b'{"root.key": 7}', b'{"root.key": "a", "../x.key": "b"}']
    for number, content in enumerate(odd):
        with refused(Invalid, "backup.damaged"):
            unseal_folder(seal_with_passphrase(PHRASE, content, _ABOUT), PHRASE, tmp_path / str(number))


def test_a_weak_passphrase_a_file_that_is_there_and_a_place_inside_are_refused(
    house: Context, tmp_path: Path
) -> None:
    file = tmp_path / "x.parvis"
    for weak in ("a", "short words", "passwordpassword", "123456789012"):
        with refused(Invalid, "backup.passphrase-weak"):
            backing_up.back_up(house, SYSTEM, file, weak)
    backing_up.back_up(house, SYSTEM, file, PHRASE)
    kept_bytes = file.read_bytes()
    with refused(Conflict, "backup.exists"):
        backing_up.back_up(house, SYSTEM, file, PHRASE)
    assert file.read_bytes() == kept_bytes
    clock(house).move(minutes=1)
    backing_up.back_up(house, SYSTEM, file, PHRASE, overwrite=True)
    assert file.read_bytes() != kept_bytes
    for folder in (house.settings.site, house.settings.blobs, house.settings.keys):
        with refused(Invalid, "backup.inside"):
            backing_up.back_up(house, SYSTEM, folder / "x.parvis", PHRASE)
    with refused(Conflict, "backup.exists"):
        backing_up.upgrade(house, SYSTEM, file)
    with refused(Invalid, "backup.passphrase-weak"):
        backing_up.upgrade(house, SYSTEM, tmp_path / "y.parvis", "weak")
    assert list(tmp_path.glob("y.*")) == []
    with refused(Unavailable, "backup.unwritable"):
        backing_up.upgrade(house, SYSTEM, tmp_path / "nowhere" / "x.parvis")


def test_links_are_told_because_they_are_left_out(house: Context, tmp_path: Path) -> None:
    assert left_out.links(house.settings) == ()
    site = house.settings.site
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "file").touch()
    made = [site / "courses" / "elsewhere", site / "file", site / "dead", house.settings.blobs / "one"]
    for link, target in zip(made, ("elsewhere", "elsewhere/file", "nowhere", "elsewhere"), strict=True):
        link.symlink_to(tmp_path / target)
    assert set(left_out.links(house.settings)) == {str(link) for link in made}


def test_the_last_backup_is_noted_unless_it_lies_in_the_data_folder(house: Context, tmp_path: Path) -> None:
    data = house.settings.data
    assert last_backup.find(data) is None
    backing_up.back_up(house, SYSTEM, data / "inside.parvis", "")
    assert last_backup.find(data) is None
    backing_up.back_up(house, SYSTEM, tmp_path / "x.parvis", "")
    found = last_backup.find(data)
    assert found == last_backup.LastBackup(house.now(), tmp_path / "x.parvis")
    (data / last_backup.FILE).write_text("[]")
    assert last_backup.find(data) is None


def test_a_backup_that_could_not_bring_a_course_back_is_not_the_last_one(
    house: Context, tmp_path: Path
) -> None:
    with house.database.writing() as tx:
        assert releases.adopt(tx, "gone", "1.0.0", "0" * 64, now=house.now(), by="zoe")
    assert left_out.missing(house, SYSTEM) == ("gone 1.0.0",)
    assert backing_up.back_up(house, SYSTEM, tmp_path / "x.parvis", "")
    assert last_backup.find(house.settings.data) is None


def test_a_disk_that_fails_is_said(house: Context, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    shutil.rmtree(house.settings.keys)
    house.settings.keys.mkdir()
    (house.settings.keys / "root.key").symlink_to(tmp_path / "nowhere")
    with refused(Unavailable, "backup.unwritable"):
        backing_up.back_up(house, SYSTEM, tmp_path / "folder" / "x.parvis", PHRASE)
