"""`lms doctor`: says what is missing in plain words; only what the site cannot run without is a failure."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections import namedtuple
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from lms.actions import keeping
from lms.actions.desk import Desk
from lms.cli import doctor
from lms.cli.main import main
from lms.core.people import SYSTEM
from lms.storage import steps
from lms.trust.keys import open_keys
from tests.builders import SITE
from tests.builders_accounts import clock, joined

Finished = namedtuple("Finished", "returncode stdout")  # noqa: PYI024  # what two programs say
Usage = namedtuple("Usage", "free")  # noqa: PYI024  # what the disk says


@pytest.fixture
def migrated(desk: Desk) -> Desk:
    """Give a desk whose tables know their step."""
    with desk.database.writing() as tx:
        tx.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        tx.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{steps.newest()}')")  # noqa: S608  # ours
    return desk


def line(desk: Desk, about: str) -> doctor.Line:
    return next(one for one in doctor.look(desk) if one.about == about)


def test_a_healthy_installation(tmp_path: Path) -> None:
    environ = {"LMS_DATA": str(tmp_path), "LMS_SITE": str(SITE), "LC_ALL": "en"}
    CliRunner().invoke(main, ["setup"], env=environ)
    result = CliRunner().invoke(main, ["doctor"], env=environ)
    assert result.exit_code == 0, result.output
    assert "they belong together" in result.output
    assert "no server set" in result.output


def test_a_database_that_is_not_set_up(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["doctor"], env={"LMS_DATA": str(tmp_path), "LMS_SITE": str(SITE)})
    assert result.exit_code == 6


def test_an_older_database(desk: Desk) -> None:
    assert "lms setup" in line(desk, "Database and keys").words


def test_keys_of_another_database(migrated: Desk, tmp_path: Path) -> None:
    assert line(migrated, "Database and keys").mark == doctor.GOOD
    other = replace(migrated, keys=open_keys(tmp_path / "others"))
    assert line(other, "Database and keys").mark == doctor.BAD


def test_a_trail_that_was_changed(migrated: Desk) -> None:
    joined(migrated)
    clock(migrated).move(minutes=2)
    keeping.chain_audit(migrated, SYSTEM)
    with migrated.database.writing() as tx:
        tx.exec_driver_sql("UPDATE audit SET object = 'x'")
    assert line(migrated, "Audit trail").mark == doctor.BAD


def test_mail_disk_fonts_pango_and_java(
    migrated: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mailing = replace(migrated, settings=replace(migrated.settings, mail_url="smtp://x"))
    assert line(mailing, "Mail").mark == doctor.GOOD
    answers: dict[str, Any] = {"code": 1, "fonts": "", "found": None}

    def run(command: list[str], **_options: object) -> Finished:
        return Finished(answers["code"], answers["fonts"] if "family" in command else "")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(shutil, "which", lambda _name: answers["found"])
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(1))
    marks = {one.about: one.mark for one in doctor.look(migrated)}
    assert marks["Pango"] == marks["Fonts"] == marks["Disk"] == doctor.MISSING
    assert marks["Java"] == doctor.GOOD
    answers.update(code=0, found="/usr/bin/x")
    assert line(migrated, "Fonts").mark == doctor.MISSING
    answers["fonts"] = "A\nB\nA\n"
    assert line(migrated, "Fonts").words == "2 families"
    assert line(migrated, "Pango").mark == line(migrated, "Java").mark == doctor.GOOD


def test_a_driver_that_is_missing(migrated: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    class Elsewhere:
        is_sqlite = False

    elsewhere: Any = Elsewhere()
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    assert doctor._postgres(replace(migrated, database=elsewhere)).mark == doctor.BAD  # noqa: SLF001  # one check alone
