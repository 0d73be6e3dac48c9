"""Backups: one file, consistent under load, refused whole when one byte is wrong, and nobody comes back."""

from __future__ import annotations

import random
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from lms.actions import backing_up, founding, my_data
from lms.actions.desk import Desk
from lms.actions.signing_in import Browser
from lms.core.errors import Conflict, Invalid, NotAllowed, Unavailable
from lms.core.people import SYSTEM
from lms.storage import migrating, steps
from lms.storage.archive import LAST_LINE
from lms.storage.database import open_database
from lms.storage.tables import metadata
from lms.trust.keys import open_keys
from tests.builders import a_desk
from tests.builders_accounts import clock, joined, known_by, signed_in
from tests.builders_learning import refused

PHRASE = "three quiet geese"


@pytest.fixture
def house(tmp_path: Path) -> Desk:
    """Give an installation with a site of its own, blobs, and somebody in it, made by the migrations."""
    site = tmp_path / "house" / "site"
    (site / "courses").mkdir(parents=True)
    (site / "courses" / "a.yaml").write_text("a: 1\n")
    desk = a_desk(tmp_path / "unused", site=site)
    settings = replace(desk.settings, data=tmp_path / "house", site=site)
    settings = replace(settings, database_url=f"sqlite:///{settings.data / 'parvis.sqlite3'}")
    desk = replace(
        desk,
        settings=settings,
        database=open_database(settings.database_url),
        blobs=replace(desk.blobs, folder=settings.blobs),
        keys=open_keys(settings.keys),
    )
    settings.blobs.mkdir()
    migrating.upgrade(desk.database)
    founding.tie_keys(desk, SYSTEM)
    desk.blobs.put(b"a certificate")
    joined(desk)
    return desk


def state(desk: Desk) -> dict[str, object]:
    """Give everything there is, to compare."""
    with desk.database.reading() as tx:
        tables = {
            table.name: sorted(map(str, tx.execute(table.select()))) for table in metadata.sorted_tables
        }
    settings = desk.settings
    files = {
        str(path.relative_to(settings.data)): sha256(path.read_bytes()).hexdigest()
        for folder in (settings.site, settings.blobs, settings.keys)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    return {**tables, **files}


def empty(tmp_path: Path, desk: Desk) -> Desk:
    """Give a new machine."""
    data = tmp_path / "new"
    data.mkdir(exist_ok=True)
    settings = replace(desk.settings, data=data, site=data / "site")
    settings = replace(settings, database_url=f"sqlite:///{data / 'parvis.sqlite3'}")
    database = open_database(settings.database_url)
    return replace(desk, settings=settings, database=database, keys=open_keys(settings.keys))


def reopened(desk: Desk) -> Desk:
    """Give the desk as the next process has it."""
    settings = desk.settings
    return replace(desk, database=open_database(settings.database_url), keys=open_keys(settings.keys))


def test_everything_comes_back_on_a_new_machine(house: Desk, tmp_path: Path) -> None:
    file = tmp_path / "x.parvis"
    assert backing_up.back_up(house, SYSTEM, file, PHRASE) == file.stat().st_size
    assert file.stat().st_mode & 0o077 == 0
    new = empty(tmp_path, house)
    done = backing_up.restore(new, SYSTEM, file, PHRASE)
    assert done.made_at.startswith("2026-11-22")
    assert state(reopened(new)) == state(house)
    assert signed_in(reopened(new)).name == "Zoé"


def test_a_backup_under_load_is_one_moment(house: Desk, tmp_path: Path) -> None:
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


def test_a_damaged_file_is_refused_whole(house: Desk, tmp_path: Path) -> None:
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


def test_a_wrong_passphrase_is_refused(house: Desk, tmp_path: Path) -> None:
    file, before = tmp_path / "x.parvis", state(house)
    backing_up.back_up(house, SYSTEM, file, PHRASE)
    with refused(Invalid, "backup.passphrase"):
        backing_up.restore(house, SYSTEM, file, "another one")
    assert state(house) == before


def test_without_keys_a_backup_fits_the_house_it_came_from_alone(house: Desk, tmp_path: Path) -> None:
    file = tmp_path / "x.parvis"
    backing_up.back_up(house, SYSTEM, file, "")
    with refused(Conflict, "keys.other-database"):
        backing_up.restore(empty(tmp_path, house), SYSTEM, file, "")
    before = state(house)
    backing_up.restore(house, SYSTEM, file, "")
    assert state(reopened(house)) == before


def test_what_was_there_is_kept(house: Desk, tmp_path: Path) -> None:
    file = tmp_path / "x.parvis"
    backing_up.back_up(house, SYSTEM, file, PHRASE)
    (house.settings.site / "courses" / "later.yaml").write_text("b: 2\n")
    clock(house).move(minutes=1)
    done = backing_up.restore(house, SYSTEM, file, PHRASE)
    assert not (house.settings.site / "courses" / "later.yaml").exists()
    assert (done.before / "site" / "courses" / "later.yaml").exists()
    assert (done.before / "parvis.sqlite3").exists()


def test_whom_somebody_has_deleted_does_not_come_back(house: Desk, tmp_path: Path) -> None:
    file = tmp_path / "x.parvis"
    known = signed_in(house)
    backing_up.back_up(house, SYSTEM, file, PHRASE)
    my_data.delete_me(house, known.actor, known, is_sure=True, keep_certificates=False, current="")
    assert backing_up.restore(house, SYSTEM, file, PHRASE).erased_again == 1
    with refused(Invalid, "sign-in.wrong"):
        signed_in(reopened(house))


def test_a_database_from_a_newer_version_is_refused(house: Desk, tmp_path: Path) -> None:
    file = tmp_path / "x.parvis"
    with house.database.writing() as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    backing_up.back_up(house, SYSTEM, file, PHRASE)
    with refused(Conflict, "database.newer"):
        backing_up.restore(house, SYSTEM, file, PHRASE)
    with refused(Conflict, "database.newer"):
        backing_up.upgrade(house, SYSTEM, tmp_path / "y.parvis")


def test_a_database_that_is_not_whole_is_refused(house: Desk, tmp_path: Path) -> None:
    file = tmp_path / "x.parvis"
    with closing(sqlite3.connect(house.settings.data / "parvis.sqlite3")) as connection:
        connection.execute("DELETE FROM person")
        connection.commit()
    backing_up.back_up(house, SYSTEM, file, PHRASE)
    with refused(Invalid, "backup.damaged"):
        backing_up.restore(empty(tmp_path, house), SYSTEM, file, PHRASE)


def test_a_backup_that_cannot_be_written_or_read_says_so(house: Desk, tmp_path: Path) -> None:
    with refused(Unavailable, "backup.unwritable"):
        backing_up.back_up(house, SYSTEM, tmp_path / "nowhere" / "x.parvis", "")
    with refused(Unavailable, "backup.unreadable"):
        backing_up.restore(house, SYSTEM, tmp_path / "nowhere.parvis", "")


def test_a_swap_that_fails_is_taken_back(house: Desk, tmp_path: Path) -> None:
    file, before = tmp_path / "x.parvis", state(house)
    backing_up.back_up(house, SYSTEM, file, PHRASE)
    (tmp_path / "no-folder").touch()
    settings = replace(house.settings, site=tmp_path / "no-folder" / "site")
    with refused(Unavailable, "disk.unavailable"):
        backing_up.restore(replace(house, settings=settings), SYSTEM, file, PHRASE)
    assert state(reopened(house)) == before
    assert not (house.settings.data / backing_up.MARK).exists()


def test_an_installation_without_blobs_or_site_is_backed_up_too(house: Desk, tmp_path: Path) -> None:
    settings = replace(house.settings, data=tmp_path / "bare", site=tmp_path / "bare" / "site")
    settings.data.mkdir()
    file = tmp_path / "x.parvis"
    assert backing_up.back_up(replace(house, settings=settings), SYSTEM, file, "") > 0


def test_upgrading_backs_up_and_undoes_itself_when_it_fails(house: Desk, tmp_path: Path) -> None:
    file = tmp_path / "x.parvis"
    assert not backing_up.upgrade(house, SYSTEM, file)
    assert file.exists()
    migrating.downgrade(house.database)
    clock(house).move(minutes=1)
    assert backing_up.upgrade(house, SYSTEM, file)
    assert backing_up._erased_here(house.database) == []  # noqa: SLF001  # nobody yet
    with house.database.writing() as tx:
        tx.exec_driver_sql("CREATE TABLE left_over (a INTEGER)")
    before = steps.current(house.database)
    with refused(Conflict, "database.not-ready"):
        backing_up.upgrade(house, SYSTEM, file)
    assert steps.current(reopened(house).database) == before
    assert not list(house.settings.data.glob(".before-upgrade-*"))


def test_another_database_has_its_own_tools(house: Desk, tmp_path: Path) -> None:
    memory = replace(house, database=open_database("sqlite://"))
    with refused(NotAllowed, "backup.other-database"):
        backing_up.back_up(memory, SYSTEM, tmp_path / "x.parvis", "")
    assert known_by(house, "nothing").actor.person == ""
