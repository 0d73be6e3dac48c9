"""Backups: one file, consistent under load, refused whole when one byte is wrong, and nobody comes back."""

from __future__ import annotations

import random
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from lms.actions.context import Context
from lms.actions.operations import backing_up, personal_data
from lms.actions.people.signing_in import Browser
from lms.core.errors import Conflict, Invalid, NotAllowed, Unavailable
from lms.core.people.actors import SYSTEM
from lms.storage.database import open_database
from lms.storage.migrations import migrating, steps
from lms.storage.operations.backups import swap
from lms.storage.operations.backups.archive import LAST_LINE
from tests.builders_accounts import clock, joined, known_by, signed_in
from tests.builders_backups import PHRASE, a_house, empty, reopened, state
from tests.builders_learning import refused


@pytest.fixture
def house(tmp_path: Path) -> Context:
    """Return an installation with a site of its own, blobs, and somebody in it, made by the migrations."""
    return a_house(tmp_path)


def test_everything_comes_back_on_a_new_machine(house: Context, tmp_path: Path) -> None:
    file = tmp_path / "x.parvis"
    assert backing_up.back_up(house, SYSTEM, file, PHRASE) == file.stat().st_size
    assert file.stat().st_mode & 0o077 == 0
    new = empty(tmp_path, house)
    done = backing_up.restore(new, SYSTEM, file, PHRASE)
    assert done.made_at.startswith("2026-11-22")
    assert state(reopened(new)) == state(house)
    assert signed_in(reopened(new)).name == "Zoé"


def test_a_backup_under_load_is_one_moment(house: Context, tmp_path: Path) -> None:
    acknowledged: list[str] = []
    stop = threading.Event()

    def sign_people_up() -> None:
        while not stop.is_set():
            name = f"person.{len(acknowledged)}"
            joined(house, name, browser=Browser(f"10.0.{len(acknowledged) % 200}.1"))
            acknowledged.append(name)

    writer = threading.Thread(target=sign_people_up)
    writer.start()
    try:
        while len(acknowledged) < 3:
            stop.wait(0.01)
        before = list(acknowledged)
        file = tmp_path / "x.parvis"
        backing_up.back_up(house, SYSTEM, file, PHRASE)
    finally:
        stop.set()
        writer.join()
    one, two = empty(tmp_path, house), empty(tmp_path, house)
    backing_up.restore(one, SYSTEM, file, PHRASE)
    first = state(reopened(one))
    clock(house).move(minutes=1)
    backing_up.restore(two, SYSTEM, file, PHRASE)
    assert state(reopened(two)) == first
    for name in before:
        assert signed_in(reopened(two), name).actor.is_member


def test_a_damaged_file_is_refused_whole(house: Context, tmp_path: Path) -> None:
    file, bad = tmp_path / "x.parvis", tmp_path / "bad.parvis"
    backing_up.back_up(house, SYSTEM, file, PHRASE)
    content, before = file.read_bytes(), state(house)
    dice = random.Random(13)  # noqa: S311  # where to damage it, the same in each run
    places = [0, 8, len(content) - 1, len(content) - LAST_LINE, len(content) // 2]
    for place in [*places, *(dice.randrange(len(content)) for _ in range(50))]:
        changed = bytearray(content)
        changed[place] ^= 1 << dice.randrange(8)
        bad.write_bytes(changed)
        with refused(Invalid, "backup.damaged"):
            backing_up.restore(house, SYSTEM, bad, PHRASE)
    for length in (0, 5, 100, len(content) // 2, len(content) - 1):
        bad.write_bytes(content[:length])
        with refused(Invalid, "backup.damaged"):
            backing_up.restore(house, SYSTEM, bad, PHRASE)
    assert state(house) == before
    assert not list(house.settings.data.glob(".restore-*"))


def test_a_wrong_passphrase_is_refused(house: Context, tmp_path: Path) -> None:
    file, before = tmp_path / "x.parvis", state(house)
    backing_up.back_up(house, SYSTEM, file, PHRASE)
    with refused(Invalid, "backup.passphrase"):
        backing_up.restore(house, SYSTEM, file, "another one")
    assert state(house) == before


def test_without_keys_a_backup_fits_the_house_it_came_from_alone(house: Context, tmp_path: Path) -> None:
    file = tmp_path / "x.parvis"
    backing_up.back_up(house, SYSTEM, file, "")
    with refused(Conflict, "keys.other-database"):
        backing_up.restore(empty(tmp_path, house), SYSTEM, file, "")
    before = state(house)
    backing_up.restore(house, SYSTEM, file, "")
    assert state(reopened(house)) == before


def test_what_was_there_is_kept(house: Context, tmp_path: Path) -> None:
    file = tmp_path / "x.parvis"
    backing_up.back_up(house, SYSTEM, file, PHRASE)
    (house.settings.site / "courses" / "later.yaml").write_text("b: 2\n")
    clock(house).move(minutes=1)
    done = backing_up.restore(house, SYSTEM, file, PHRASE)
    assert not (house.settings.site / "courses" / "later.yaml").exists()
    assert (done.before / "site" / "courses" / "later.yaml").exists()
    assert (done.before / "parvis.sqlite3").exists()


def test_whom_somebody_has_deleted_does_not_come_back(house: Context, tmp_path: Path) -> None:
    file = tmp_path / "x.parvis"
    known = signed_in(house)
    backing_up.back_up(house, SYSTEM, file, PHRASE)
    personal_data.delete_me(house, known.actor, is_sure=True, keep_certificates=False, current="")
    assert backing_up.restore(house, SYSTEM, file, PHRASE).erased_again == 1
    with refused(Invalid, "sign-in.wrong"):
        signed_in(reopened(house))


def test_a_database_from_a_newer_version_is_refused(house: Context, tmp_path: Path) -> None:
    file = tmp_path / "x.parvis"
    with house.database.writing() as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    backing_up.back_up(house, SYSTEM, file, PHRASE)
    with refused(Conflict, "database.newer"):
        backing_up.restore(house, SYSTEM, file, PHRASE)
    with refused(Conflict, "database.newer"):
        backing_up.upgrade(house, SYSTEM, tmp_path / "y.parvis")


def test_a_database_that_is_not_whole_is_refused(house: Context, tmp_path: Path) -> None:
    file = tmp_path / "x.parvis"
    with closing(sqlite3.connect(house.settings.data / "parvis.sqlite3")) as connection:
        connection.execute("DELETE FROM person")
        connection.commit()
    backing_up.back_up(house, SYSTEM, file, PHRASE)
    with refused(Invalid, "backup.damaged"):
        backing_up.restore(empty(tmp_path, house), SYSTEM, file, PHRASE)


def test_a_backup_that_cannot_be_written_or_read_says_so(house: Context, tmp_path: Path) -> None:
    with refused(Unavailable, "backup.unwritable"):
        backing_up.back_up(house, SYSTEM, tmp_path / "nowhere" / "x.parvis", "")
    with refused(Unavailable, "backup.unreadable"):
        backing_up.restore(house, SYSTEM, tmp_path / "nowhere.parvis", "")


def test_a_swap_that_fails_is_taken_back(house: Context, tmp_path: Path) -> None:
    file, before = tmp_path / "x.parvis", state(house)
    backing_up.back_up(house, SYSTEM, file, PHRASE)
    (tmp_path / "no-folder").touch()
    settings = replace(house.settings, site=tmp_path / "no-folder" / "site")
    with refused(Unavailable, "disk.unavailable"):
        backing_up.restore(replace(house, settings=settings), SYSTEM, file, PHRASE)
    assert state(reopened(house)) == before
    assert not (house.settings.data / swap.MARK).exists()


def test_an_installation_without_blobs_or_site_is_backed_up_too(house: Context, tmp_path: Path) -> None:
    settings = replace(house.settings, data=tmp_path / "bare", site=tmp_path / "bare" / "site")
    settings.data.mkdir()
    file = tmp_path / "x.parvis"
    assert backing_up.back_up(replace(house, settings=settings), SYSTEM, file, "") > 0


def test_upgrading_backs_up_and_undoes_itself_when_it_fails(house: Context, tmp_path: Path) -> None:
    file = tmp_path / "x.parvis"
    assert not backing_up.upgrade(house, SYSTEM, file)
    assert file.exists()
    migrating.downgrade(house.database)
    clock(house).move(minutes=1)
    assert backing_up.upgrade(house, SYSTEM, tmp_path / "y.parvis")
    with house.database.writing() as tx:
        tx.exec_driver_sql("CREATE TABLE left_over (a INTEGER)")
    before = steps.current(house.database)
    with refused(Conflict, "database.not-ready"):
        backing_up.upgrade(house, SYSTEM, tmp_path / "z.parvis")
    assert steps.current(reopened(house).database) == before
    assert not list(house.settings.data.glob(".before-upgrade-*"))


def test_a_database_in_memory_has_no_place_to_restore_to(house: Context, tmp_path: Path) -> None:
    memory = replace(house, database=open_database("sqlite://"))
    backing_up.back_up(house, SYSTEM, tmp_path / "x.parvis", "")
    with refused(NotAllowed, "backup.other-database"):
        backing_up.restore(memory, SYSTEM, tmp_path / "x.parvis", "")
    assert known_by(house, "nothing").actor.person == ""
