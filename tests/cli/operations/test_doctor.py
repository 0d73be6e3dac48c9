"""`lms doctor`: says what is wrong in plain words, and never that all is well where it did not look."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
from collections import namedtuple
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from click.testing import CliRunner, Result

from lms.actions.context import Context
from lms.actions.operations import background, backing_up, maintenance
from lms.app import make_context
from lms.cli.main import main
from lms.cli.operations import doctor
from lms.cli.operations.data_lock import hold
from lms.cli.operations.looks import database as doctor_database
from lms.cli.operations.looks import letters
from lms.cli.operations.looks import machine as doctor_machine
from lms.cli.operations.looks.examination import BAD, GOOD, MISSING, UNSEEN, DoctorLine
from lms.core.people.actors import SYSTEM
from lms.rendering.certificates.letters import look_again
from lms.rendering.words.catalogues import uncompiled
from lms.settings import Settings, from_environment
from lms.storage.operations.backups import kept, swap
from lms.storage.operations.outbox import enqueue
from lms.trust.keys import open_keys
from tests.builders import SITE
from tests.builders_accounts import joined
from tests.builders_certificates import DRAWN_LOGO

Finished = namedtuple("Finished", "returncode stdout")  # noqa: PYI024  # what two programs say
Usage = namedtuple("Usage", "f_bavail f_frsize f_files f_favail")  # noqa: PYI024  # what the disk says
DATA = {"Database", "Keys", "Activity log", "Clock", "Tasks", "Seals"}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Return an installation that is set up."""
    found = {
        "LMS_DATA": str(tmp_path / "data"),
        "LMS_SITE": str(SITE),
        "LC_ALL": "en",
        "PORT": str(free_port()),
    }
    assert run(found, "setup").exit_code == 0
    return found


@pytest.fixture
def opened(environ: dict[str, str]) -> Iterator[Context]:
    """Return a desk of that installation."""
    context = make_context(from_environment(environ))
    yield context
    context.database.engine.dispose()


def run(environ: dict[str, str], *words: str) -> Result:
    return CliRunner().invoke(main, list(words), env=environ)


def lines(environ: dict[str, str]) -> dict[str, DoctorLine]:
    return {
        one.about.split(" ")[0] if one.about.startswith("Port") else one.about: one
        for one in doctor.look(from_environment(environ))
    }


def line(context: Context, about: str) -> DoctorLine:
    return next(one for one in doctor_database.look(context) if one.about == about)


def test_a_healthy_installation(environ: dict[str, str]) -> None:
    result = run(environ, "doctor")
    assert result.exit_code == 0, result.output
    assert "they match this database" in result.output
    assert "no server set" in result.output
    assert lines(environ)["Seals"].mark == GOOD
    assert all(one.words for one in lines(environ).values())


def test_no_data_at_all(tmp_path: Path) -> None:
    environ = {"LMS_DATA": str(tmp_path / "nowhere"), "LMS_SITE": str(SITE), "LC_ALL": "en"}
    result = run(environ, "doctor")
    assert result.exit_code == 6
    assert "Run: lms setup" in result.output
    found = lines(environ)
    assert {name for name, one in found.items() if one.mark == UNSEEN} == DATA
    assert all("not checked: " in found[name].words for name in DATA)
    assert not (tmp_path / "nowhere").exists()
    backed = run(environ, "backup", str(tmp_path / "x.parvis"))
    assert backed.exit_code == 5
    assert "Run: lms setup" in backed.output
    assert not (tmp_path / "nowhere").exists()


def test_a_database_that_is_not_set_up(environ: dict[str, str]) -> None:
    (Path(environ["LMS_DATA"]) / "parvis.sqlite3").unlink()
    found = lines(environ)
    assert found["Database"].mark == BAD
    assert found["Tasks"].mark == UNSEEN
    assert run(environ, "doctor").exit_code == 6
    assert not (Path(environ["LMS_DATA"]) / "parvis.sqlite3").exists()


def test_an_older_database(opened: Context) -> None:
    with opened.database.writing() as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    assert "lms setup" in line(opened, "Database").words


def test_a_damaged_database(environ: dict[str, str], opened: Context) -> None:
    maintenance.empty_log(opened, SYSTEM)
    opened.database.engine.dispose()
    path = Path(environ["LMS_DATA"]) / "parvis.sqlite3"
    content = bytearray(path.read_bytes())
    for at in range(0, len(content) - 4096, 4096):
        content[at + 4096 : at + 4200] = b"\x55" * 104
    path.write_bytes(content)
    assert lines(environ)["Database"].mark == BAD
    assert run(environ, "doctor").exit_code == 6


def test_keys(environ: dict[str, str], opened: Context, tmp_path: Path) -> None:
    assert line(opened, "Keys").mark == GOOD
    assert line(replace(opened, keys=open_keys(tmp_path / "others")), "Keys").mark == BAD
    with opened.database.writing() as tx:
        tx.exec_driver_sql("DELETE FROM key_check")
    assert line(opened, "Keys").mark == BAD
    root = opened.settings.keys / "root.key"
    root.chmod(0o644)
    found = lines(environ)
    assert found["Keys"].mark == BAD
    assert "Other users" in found["Keys"].words
    assert found["Database"].mark == UNSEEN
    root.unlink()
    assert "lms setup" in lines(environ)["Keys"].words
    assert not root.exists()


def test_a_trail_that_was_changed(opened: Context) -> None:
    context = replace(opened, now=lambda: opened.now() + 120_000)
    joined(context)
    maintenance.chain_audit(replace(opened, now=lambda: opened.now() + 300_000), SYSTEM)
    assert line(opened, "Activity log").mark == GOOD
    assert line(opened, "Clock").mark == MISSING
    with opened.database.writing() as tx:
        tx.exec_driver_sql("UPDATE audit SET object = 'x'")
    assert line(opened, "Activity log").mark == BAD


def test_work_that_failed(opened: Context) -> None:
    with opened.database.writing() as tx:
        tx.exec_driver_sql("DELETE FROM job")
        enqueue(tx, opened, "letter", "a", {})
    assert "1 waiting" in line(opened, "Tasks").words
    job = background.take_job(opened, SYSTEM)
    assert job
    background.give_up_job(opened, SYSTEM, job, "x")
    assert line(opened, "Tasks").mark == BAD
    assert "letter (1)" in line(opened, "Tasks").words


def test_seals_that_are_broken_or_gone(environ: dict[str, str], opened: Context, tmp_path: Path) -> None:
    with opened.database.writing() as tx:
        tx.exec_driver_sql("UPDATE adopted_release SET digest = 'x'")
    assert line(opened, "Seals").mark == BAD
    empty = from_environment({**environ, "LMS_SITE": str(tmp_path)})
    gone = make_context(empty)
    assert line(gone, "Seals").mark == BAD
    with gone.database.writing() as tx:
        tx.exec_driver_sql("DELETE FROM adopted_release")
    assert line(gone, "Seals").mark == MISSING
    gone.database.engine.dispose()


def test_a_restore_that_was_cut_short(environ: dict[str, str]) -> None:
    (Path(environ["LMS_DATA"]) / swap.MARK).touch()
    found = lines(environ)
    assert found["Restore"].mark == BAD
    assert found["Database"].mark == UNSEEN
    assert "a restore is not finished" in found["Database"].words


def test_the_port(environ: dict[str, str]) -> None:
    data, number = Path(environ["LMS_DATA"]), int(environ["PORT"])
    assert lines(environ)["Port"].mark == GOOD
    with closing(socket.create_server(("127.0.0.1", number))):
        assert "another program" in lines(environ)["Port"].words
        assert run(environ, "doctor").exit_code == 6
        with hold(data):
            assert lines(environ)["Port"].mark == GOOD
    with hold(data):
        assert lines(environ)["Port"].mark == BAD
    assert lines({**environ, "HOST": "192.0.2.1"})["Port"].mark == BAD
    assert lines({**environ, "HOST": "nowhere.invalid"})["Port"].mark == BAD


def test_a_port_that_is_not_for_us() -> None:
    told = [doctor_machine._why_not_bound(OSError(number, "")) for number in (13, 98, 99)]  # noqa: SLF001  # as a system would
    assert len(set(told)) == 3


def test_the_data_folder(environ: dict[str, str]) -> None:
    data = Path(environ["LMS_DATA"])
    data.chmod(0o755)
    assert lines(environ)["Data folder"].mark == MISSING
    assert lines(environ)["Data folder"].words.endswith(str(data))
    data.chmod(0o700)
    assert lines(environ)["Data folder"].mark == GOOD


def test_a_data_folder_that_cannot_be_written(environ: dict[str, str]) -> None:
    blobs = Path(environ["LMS_DATA"]) / "blobs"
    blobs.rmdir()
    blobs.symlink_to("/proc")  # where not even root makes a file
    found = lines(environ)["Data folder"]
    assert found.mark == BAD
    assert str(blobs) in found.words


def test_old_data_and_backups(environ: dict[str, str], opened: Context, tmp_path: Path) -> None:
    settings, now = opened.settings, opened.now()
    assert doctor_database.backup(settings, now).mark == MISSING
    file = tmp_path / "x.parvis"
    assert run(environ, "backup", str(file), "--without-keys").exit_code == 0
    assert doctor_database.backup(settings, now).mark == GOOD
    assert doctor_database.backup(settings, now + 9 * backing_up.DAY).mark == MISSING
    file.rename(tmp_path / "moved.parvis")
    assert "no longer exists" in doctor_database.backup(settings, now).words
    assert doctor_database.old_data(settings, now).mark == GOOD
    assert run(environ, "upgrade").exit_code == 0
    told = doctor_database.old_data(settings, now)
    assert told.mark == MISSING
    assert str(settings.data / "backups") in told.words
    assert doctor_database.old_data(settings, now + 40 * backing_up.DAY).mark == BAD
    assert "removed: 1" in run(environ, "restore", "--forget-old").output
    (settings.data / f"{kept.RESTORE}9" / "x").mkdir(parents=True)
    assert "no removal date" in doctor_database.old_data(settings, now).words


def of_the_machine(settings: Settings) -> dict[str, str]:
    return {one.about: one.mark for one in doctor_machine.look(settings)}


def test_disk_fonts_pango_and_java(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    settings = from_environment(environ)
    answers: dict[str, Any] = {"code": 1, "fonts": "", "found": None, "disk": Usage(1, 1, 0, 0)}

    def run_it(command: list[str], **_options: object) -> Finished:
        return Finished(answers["code"], answers["fonts"] if "--format" in command else "")

    monkeypatch.setattr(subprocess, "run", run_it)
    monkeypatch.setattr(shutil, "which", lambda _name: answers["found"])
    monkeypatch.setattr(os, "statvfs", lambda _path: answers["disk"])
    marks = of_the_machine(settings)
    assert marks["Pango"] == marks["Fonts"] == marks["Disk"] == MISSING
    assert marks["Java"] == GOOD
    answers.update(code=0, found="/usr/bin/x", disk=Usage(10**9, 10**3, 10**6, 5))
    assert doctor_machine.disk(settings).mark == MISSING
    assert letters.fonts(settings).mark == MISSING
    answers["fonts"] = "20-17f\n"
    told = letters.fonts(settings).words
    assert all(letter in told for letter in "ሰத张ع"), "a Latin font alone is not enough"
    assert "é" not in told
    answers["fonts"] = "20-ffff 20000-2ffff\n"
    assert letters.fonts(settings).mark == GOOD
    named = replace(settings, issuer_name="Maison 🌹")
    assert "letters: 🌹." in letters.fonts(named).words
    assert doctor_machine.pango(settings).mark == doctor_machine.java(settings).mark == GOOD
    monkeypatch.undo()
    look_again()


def test_a_driver_that_is_missing(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = {**environ, "DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:1/x"}
    assert lines(elsewhere)["Database"].mark == BAD
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    assert doctor_machine.driver(from_environment(elsewhere)).mark == BAD


class Taking:
    """A mail server that counts what it is sent."""

    sent = 0

    async def handle_DATA(self, _server: object, _session: object, _envelope: object) -> str:  # noqa: N802  # the library's name
        self.sent += 1
        return "250 OK"


def test_mail_is_tried_and_nothing_is_sent(environ: dict[str, str]) -> None:
    taking = Taking()
    controller = Controller(taking, hostname="127.0.0.1", port=free_port())
    controller.start()
    mailing = {**environ, "MAIL_FROM": "x@example.org"}
    try:
        url = f"smtp://127.0.0.1:{controller.port}?tls=none"
        assert lines({**mailing, "MAIL_URL": url})["Email"].mark == GOOD
    finally:
        controller.stop()
    assert taking.sent == 0
    assert lines({**mailing, "MAIL_URL": url})["Email"].mark == BAD


def test_a_proxy_that_must_be_there_and_is_not_declared_is_said(environ: dict[str, str]) -> None:
    """Nothing here speaks TLS, so a public address with https:// has something in front, whatever HOST is."""
    assert lines(environ)["Proxy"].mark == GOOD
    public = {**environ, "PUBLIC_URL": "https://learn.example.org"}
    for host in ("127.0.0.1", "0.0.0.0"):  # noqa: S104  # nothing listens
        found = lines({**public, "HOST": host})["Proxy"]
        assert (found.mark, "TRUSTED_PROXIES=1" in found.words) == (MISSING, True)
    assert lines({**public, "TRUSTED_PROXIES": "2"})["Proxy"].mark == GOOD
    local = {**environ, "PUBLIC_URL": "http://localhost:8000"}
    assert lines(local)["Proxy"].mark == MISSING


def test_catalogues_and_the_public_address(environ: dict[str, str], tmp_path: Path) -> None:
    assert lines(environ)["Translations"].mark == GOOD
    written = tmp_path / "fr" / "LC_MESSAGES" / "messages.po"
    written.parent.mkdir(parents=True)
    written.touch()
    assert uncompiled(tmp_path) == ["fr"]
    public = {**environ, "PUBLIC_URL": "https://learn.example.org"}
    assert "Not checked from outside" in lines(public)["Public address"].words
    assert "Not checked from outside" in lines({**public, "TRUSTED_PROXIES": "1"})["Public address"].words


def test_a_logo_is_looked_at_where_there_is_one(environ: dict[str, str], tmp_path: Path) -> None:
    assert "Logo" not in lines(environ)
    path = tmp_path / "logo.svg"
    path.write_bytes(DRAWN_LOGO)
    assert lines({**environ, "ISSUER_LOGO": str(path)})["Logo"].mark == GOOD
    path.write_text("<svg><text>x</text></svg>")
    found = lines({**environ, "ISSUER_LOGO": str(path)})
    assert (
        found["Logo"].mark,
        found["Logo"].words.startswith(f"ISSUER_LOGO: {path} cannot be printed."),
    ) == (
        BAD,
        True,
    )
    assert found["Seals"].mark == GOOD
