"""Restoring: who was erased stays erased, what was there has an end, rows travel between databases."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from lms.actions.certificates import certifying
from lms.actions.context import Context
from lms.actions.operations import backing_up, personal_data
from lms.content.site_folder import SiteFolder
from lms.core.errors import Conflict, Invalid, Unavailable
from lms.core.people.actors import SYSTEM, Actor
from lms.jobs import run_due
from lms.storage.migrations import migrating, steps
from lms.storage.operations import durable
from lms.storage.operations.backups import erasures, kept, schemas, snapshot, swap
from lms.storage.operations.backups.kept import KeptData
from tests.builders import SITE
from tests.builders_accounts import clock, joined, signed_in
from tests.builders_backups import PHRASE, a_house, an_installation, close_all, empty, reopened, state
from tests.builders_certificates import CODE, a_choice, a_graduate
from tests.builders_learning import refused

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "")
KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.skipif(not POSTGRES, reason="no server"))]


@pytest.fixture
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Return the address of an empty database of the kind that is asked for; '' for SQLite in the folder."""
    if request.param == "sqlite":
        yield ""
        return
    name = f"restoring_{os.getpid()}"
    engine = create_engine(POSTGRES.format("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    yield POSTGRES.format(name)
    close_all()
    with engine.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')
    engine.dispose()


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """Close what a test has opened."""
    yield
    close_all()


@pytest.fixture
def house(tmp_path: Path) -> Context:
    """Return an installation with somebody in it."""
    return a_house(tmp_path)


def delete_me(context: Context, name: str = "lac.bleu", *, keep: bool = False) -> None:
    known = signed_in(context, name)
    personal_data.delete_me(context, known.actor, is_sure=True, keep_certificates=keep, current="")


# --- either database --------------------------------------------------------------------------------
@pytest.mark.parametrize("url", KINDS, indirect=True)
def test_a_house_is_backed_up_erased_from_upgraded_and_restored(tmp_path: Path, url: str) -> None:
    house = a_house(tmp_path, url)
    file, before = tmp_path / "x.parvis", state(house)
    backing_up.back_up(house, SYSTEM, file, PHRASE)
    delete_me(house)
    joined(house, "later.one")
    assert not backing_up.upgrade(house, SYSTEM, tmp_path / "before.parvis")
    done = backing_up.restore(house, SYSTEM, file, PHRASE)
    assert done.erased_again == 1
    after = reopened(house)
    with refused(Invalid, "sign-in.wrong"):
        signed_in(after)
    with refused(Invalid, "sign-in.wrong"):
        signed_in(after, "later.one")
    assert migrating.differences(after.database) == []
    joined(after, "somebody.new")
    again = backing_up.restore(after, SYSTEM, file, PHRASE)
    assert again.erased_again == 1
    assert again.before != done.before
    assert {name for name in state(reopened(house)) if "/" in name} == {
        name for name in before if "/" in name
    }
    assert backing_up.forget_old(reopened(house), SYSTEM, everything=True) >= 2
    assert url == "" or schemas.names(reopened(house).database, "parvis") == ()


@pytest.mark.parametrize("url", KINDS, indirect=True)
def test_a_house_moves_from_one_database_to_the_other_and_back(tmp_path: Path, url: str) -> None:
    house = a_house(tmp_path)
    file, back = tmp_path / "x.parvis", tmp_path / "y.parvis"
    backing_up.back_up(house, SYSTEM, file, PHRASE)
    other = an_installation(tmp_path, url=url, name="other")
    backing_up.restore(other, SYSTEM, file, PHRASE)
    other = reopened(other)
    assert state(other) == state(house)
    assert signed_in(other).name == "Zoé"
    backing_up.back_up(other, SYSTEM, back, PHRASE)
    new = empty(tmp_path, house)
    backing_up.restore(new, SYSTEM, back, PHRASE)
    assert state(reopened(new)) == state(other)


@pytest.mark.parametrize("url", KINDS, indirect=True)
def test_a_backup_of_an_earlier_step_is_brought_up_to_date_before_it_takes_its_place(
    tmp_path: Path, url: str
) -> None:
    house = an_installation(tmp_path, url=url)
    migrating.downgrade(house.database, "0001")
    file = tmp_path / "x.parvis"
    backing_up.back_up(house, SYSTEM, file, PHRASE)
    backing_up.restore(house, SYSTEM, file, PHRASE)
    after = reopened(house)
    assert steps.current(after.database) == steps.newest()
    assert migrating.differences(after.database) == []
    assert backing_up.upgrade(after, SYSTEM, tmp_path / "y.parvis") is False


def test_an_installation_without_tables_is_restored_as_an_empty_one(tmp_path: Path) -> None:
    house = an_installation(tmp_path)
    migrating.downgrade(house.database)
    with house.database.writing() as tx:
        tx.exec_driver_sql("DROP TABLE alembic_version")
    file = tmp_path / "x.parvis"
    backing_up.back_up(house, SYSTEM, file, "")
    backing_up.restore(house, SYSTEM, file, "")
    assert steps.current(reopened(house).database) == steps.newest()


# --- who was erased ---------------------------------------------------------------------------------
@pytest.fixture
def graduates(tmp_path: Path) -> Context:
    """Return an installation with the sample course."""
    made = an_installation(tmp_path)
    shutil.rmtree(made.settings.site)
    shutil.copytree(SITE, made.settings.site)
    return replace(made, library=SiteFolder(made.settings.site))


def a_certificate(context: Context, who: Actor, name: str) -> tuple[str, str]:
    """Issue a certificate with bytes; return its number and their digest."""
    number = certifying.issue(context, who, CODE, a_choice(name), context.new_id())
    digest = context.blobs.put(name.encode())
    with context.database.writing() as tx:
        tx.exec_driver_sql("UPDATE certificate_print SET blob = ? WHERE number = ?", (digest, number))
    return number, digest


def names(context: Context) -> set[str]:
    with context.database.reading() as tx:
        return set(tx.exec_driver_sql("SELECT name FROM certificate_payload").scalars())


def test_an_erased_certificate_stays_erased_and_its_pdf_too(graduates: Context, tmp_path: Path) -> None:
    one, two = a_graduate(graduates, "Amina"), a_graduate(graduates, "Rosa")
    _, gone = a_certificate(graduates, one, "Amina Diallo")
    _, stays = a_certificate(graduates, two, "Rosa Luna")
    file = tmp_path / "x.parvis"
    backing_up.back_up(graduates, SYSTEM, file, PHRASE)
    certifying.erase_mine(graduates, one, CODE)
    run_due(graduates)
    done = backing_up.restore(graduates, SYSTEM, file, PHRASE)
    after = reopened(graduates)
    assert done.erased_again == 0
    assert names(after) == {"Rosa Luna"}
    assert list(after.blobs.all()) == [stays]
    assert gone not in list(after.blobs.all())
    raw = snapshot.file_of(after.database).read_bytes()
    assert b"Amina Diallo" not in raw


def test_a_name_that_its_holder_wanted_to_stay_stays(graduates: Context, tmp_path: Path) -> None:
    who = a_graduate(graduates)
    _, digest = a_certificate(graduates, who, "Amina Diallo")
    file = tmp_path / "x.parvis"
    backing_up.back_up(graduates, SYSTEM, file, PHRASE)
    with graduates.database.writing() as tx:
        tx.exec_driver_sql("DELETE FROM profile")
        tx.exec_driver_sql("UPDATE person SET erased_at = 1")
    assert backing_up.restore(graduates, SYSTEM, file, PHRASE).erased_again == 1
    assert names(reopened(graduates)) == {"Amina Diallo"}
    assert list(reopened(graduates).blobs.all()) == [digest]


def test_whom_an_older_backup_has_never_heard_of_stays_erased_when_a_later_one_is_restored(
    house: Context, tmp_path: Path
) -> None:
    older, later = tmp_path / "older.parvis", tmp_path / "later.parvis"
    backing_up.back_up(house, SYSTEM, older, PHRASE)
    joined(house, "came.after")
    backing_up.back_up(house, SYSTEM, later, PHRASE)
    delete_me(house, "came.after")
    backing_up.restore(house, SYSTEM, older, PHRASE)
    assert backing_up.restore(reopened(house), SYSTEM, later, PHRASE).erased_again == 1
    with refused(Invalid, "sign-in.wrong"):
        signed_in(reopened(house), "came.after")


def test_an_organisation_that_the_backup_has_not_comes_with_its_erased_people(tmp_path: Path) -> None:
    house = an_installation(tmp_path)
    row = {"id": "p" * 26, "organisation_id": "o" * 26, "kind": "member", "created_at": 1}
    row |= {"joined_at": None, "erased_at": 2}
    organisations = (
        {"id": "o" * 26, "name": "", "created_at": 1},
        {"id": "n" * 26, "name": "", "created_at": 1},
    )
    erasures.keep(house.database, erasures.Erasures(people=(row,), organisations=organisations))
    found = erasures.read(house.database)
    assert found.ids == ["p" * 26]
    assert len(found.organisations) == 1


def test_where_nobody_knows_who_was_erased_somebody_decides(house: Context, tmp_path: Path) -> None:
    file = tmp_path / "x.parvis"
    backing_up.back_up(house, SYSTEM, file, PHRASE)
    house.database.engine.dispose()
    path = snapshot.file_of(house.database)
    for beside in path.parent.glob(f"{path.name}-*"):
        beside.unlink()
    path.write_bytes(b"damaged" * 1000)
    with refused(Conflict, "restore.erased-unknown"):
        backing_up.restore(reopened(house), SYSTEM, file, PHRASE)
    assert path.read_bytes().startswith(b"damaged")
    backing_up.restore(reopened(house), SYSTEM, file, PHRASE, even_so=True)
    assert signed_in(reopened(house)).name == "Zoé"


# --- what was there before --------------------------------------------------------------------------
def test_old_data_goes_on_the_day_that_was_said(house: Context, tmp_path: Path) -> None:
    file = tmp_path / "x.parvis"
    backing_up.back_up(house, SYSTEM, file, PHRASE)
    done = backing_up.restore(house, SYSTEM, file, PHRASE)
    assert done.until == "2026-12-22"
    target = backing_up.upgrade_target(house.settings)
    target.parent.mkdir()
    backing_up.upgrade(reopened(house), SYSTEM, target)
    assert backing_up.kept_until(house) == done.until
    assert [one.place for one in kept.all_kept(house.settings.data)] == [done.before, target]
    clock(house).move(days=29)
    assert backing_up.forget_old(reopened(house), SYSTEM) == 0
    assert (done.before / "parvis.sqlite3").exists()
    clock(house).move(days=1)
    assert backing_up.forget_old(reopened(house), SYSTEM) == 2
    assert not done.before.exists()
    assert list(target.parent.iterdir()) == []
    assert kept.without_end(house.settings.data) == []


def test_what_came_first_is_told_by_numbers_not_by_clocks(house: Context, tmp_path: Path) -> None:
    file = tmp_path / "x.parvis"
    backing_up.back_up(house, SYSTEM, file, PHRASE)
    places = []
    for days in (400, -800, 0):
        clock(house).move(days=days)
        places.append(backing_up.restore(reopened(house), SYSTEM, file, PHRASE).before)
    assert [one.place for one in kept.all_kept(house.settings.data)] == places
    assert [path.name for path in places] == ["before-restore-1", "before-restore-2", "before-restore-3"]


def test_old_data_may_be_moved_with_the_folder_it_lies_in(house: Context, tmp_path: Path) -> None:
    file = tmp_path / "x.parvis"
    backing_up.back_up(house, SYSTEM, file, PHRASE)
    backing_up.restore(house, SYSTEM, file, PHRASE)
    house.settings.data.rename(tmp_path / "moved")
    (found,) = kept.all_kept(tmp_path / "moved")
    kept.forget(found, house.database)
    assert list((tmp_path / "moved").glob("before-*")) == []


def test_a_record_that_cannot_be_read_is_left_to_somebody(tmp_path: Path) -> None:
    folder = tmp_path / f"{kept.RESTORE}4"
    folder.mkdir()
    assert kept.without_end(tmp_path) == []
    (folder / kept.RECORD).write_text('{"until": "soon", "paths": [], "schema": ""}')
    assert list(kept.all_kept(tmp_path)) == []
    assert kept.without_end(tmp_path) == [folder]
    assert kept.next_number(tmp_path) == 5


def test_old_data_that_cannot_be_removed_is_said(house: Context) -> None:
    record = house.settings.data / "record" / kept.RECORD
    stubborn = KeptData(record, (Path("/proc/version"),), 0)
    kept.note(stubborn)
    with refused(Unavailable, "disk.unavailable"):
        kept.forget(stubborn, house.database)
    assert record.exists()


# --- half done --------------------------------------------------------------------------------------
def test_a_plan_that_was_cut_short_is_finished_by_whoever_comes_next(house: Context, tmp_path: Path) -> None:
    data = house.settings.data
    ready = data / ".restore-x" / "site"
    ready.mkdir(parents=True)
    (ready / "new").touch()
    move = swap.move_to(data, ready, house.settings.site, data / "before-restore-1")
    plan = swap.SwapPlan(
        "d",
        "then",
        (move,),
        KeptData(data / "before-restore-1" / kept.RECORD, (data / "before-restore-1",), 1),
    )
    durable.write(data / swap.MARK, plan.written())
    assert swap.pending(data) == plan
    swap.sweep(data, (), house.database)
    assert ready.exists()
    assert backing_up.finish_restore(house.settings, house.database) == plan
    assert [path.name for path in house.settings.site.iterdir()] == ["new"]
    assert not swap.is_half_done(data)
    assert backing_up.finish_restore(house.settings, house.database) is None


def test_a_mark_of_an_earlier_version_lets_a_restore_go_on(house: Context, tmp_path: Path) -> None:
    file = tmp_path / "x.parvis"
    backing_up.back_up(house, SYSTEM, file, PHRASE)
    (house.settings.data / swap.MARK).touch()
    backing_up.restore(house, SYSTEM, file, PHRASE)
    assert not swap.is_half_done(house.settings.data)


def test_what_lies_on_another_disk_is_made_ready_there(house: Context, tmp_path: Path) -> None:
    """Two disks, if this machine has two; the place and what is put there are always on one."""
    disks = [Path("/dev/shm"), Path("/var/tmp")]  # noqa: S108  # one of them in memory, on most machines
    here = tmp_path.stat().st_dev
    disk = next((one for one in disks if one.is_dir() and one.stat().st_dev != here), None)
    if disk is None:
        pytest.skip("one disk only")
    away = disk / f"parvis-test-{os.getpid()}"
    away.mkdir()
    try:
        settings = replace(house.settings, site=away / "site")
        shutil.copytree(house.settings.site, settings.site)
        (away / "site.before-restore-1").mkdir()  # of another installation beside this one
        (away / "site.before-restore-1" / "theirs").touch()
        there = replace(house, settings=settings)
        file = tmp_path / "x.parvis"
        backing_up.back_up(there, SYSTEM, file, PHRASE)
        (settings.site / "later").touch()
        backing_up.restore(there, SYSTEM, file, PHRASE)
        assert not (settings.site / "later").exists()
        (before,) = away.glob("site.before-restore-1-*")
        assert (before / "later").exists()
        assert (
            backing_up.forget_old(replace(reopened(house), settings=settings), SYSTEM, everything=True) == 1
        )
        assert sorted(path.name for path in away.iterdir()) == ["site", "site.before-restore-1"]
        (away / ".site.restore-left").mkdir()
        backing_up.finish_restore(settings, house.database)
        assert sorted(path.name for path in away.iterdir()) == ["site", "site.before-restore-1"]
    finally:
        shutil.rmtree(away)
