"""`docs/operations.md` can be followed word for word: its commands run, in their order, in one folder.

A block says itself when it is not run here, and why; each such reason stands below, so that one more is
noticed.
"""

from __future__ import annotations

import glob
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.house.tree import ROOT

TEXT = (ROOT / "docs" / "operations.md").read_text("utf-8")
POSTGRES = os.environ.get("TEST_POSTGRES_URL", "")
WITH_POSTGRES = "(with PostgreSQL)"
#: Why a block is not run, and with which words it begins.
NOT_RUN = [
    ("needs root and a network", "apt-get update"),
    ("needs a network", "runuser -u parvis -- git clone"),
    ("needs the group parvis", "chgrp parvis /etc/parvis.env"),
    ("needs a service manager", "systemctl daemon-reload"),
    ("needs root, a network and a public name", "apt-get install -y caddy"),
    ("needs a service manager and a public name", "systemctl reload caddy"),
    ("needs the group parvis", "chgrp parvis /etc/parvis-backup.env"),
    ("needs a service manager", "systemctl daemon-reload"),
    ("needs the user parvis", "install -d -o parvis"),
    ("serves until it is stopped", "PARVIS_ENV=/etc/parvis-rehearsal.env runuser"),
    ("needs a service manager", "systemctl stop parvis"),
    ("needs a service manager and a network", "systemctl stop parvis"),
    ("needs a service manager", "systemctl start parvis"),
    ("needs root and a network", "apt-get install -y postgresql"),
    ("needs somebody who has asked", "runuser -u parvis -- lms person recognize"),
    ("needs work that has failed", "runuser -u parvis -- lms job retry"),
]


@dataclass(frozen=True)
class Block:
    """One block of the document: its language, what stands behind it, and its lines."""

    language: str
    about: str
    code: str

    @property
    def why_not(self) -> str:
        """Return why it is not run; '' when it is."""
        found = re.fullmatch(r"\(not run: (.+)\)", self.about)
        return found.group(1) if found else ""


def blocks() -> Iterator[Block]:
    for language, about, code in re.findall(r"(?ms)^```(\w*) *([^\n]*)\n(.*?)^```", TEXT):
        yield Block(language, about, code)


COMMANDS = [block for block in blocks() if block.language == "sh"]


def test_every_block_is_run_or_says_why_not() -> None:
    assert [block for block in blocks() if block.language != "sh"] == []
    odd = [block.about for block in COMMANDS if not block.why_not and block.about not in {"", WITH_POSTGRES}]
    assert odd == []
    assert len([block for block in COMMANDS if not block.about]) > 12


def test_what_is_not_run_is_known() -> None:
    left = [(block.why_not, block.code) for block in COMMANDS if block.why_not]
    assert [why for why, _ in left] == [why for why, _ in NOT_RUN]
    assert [
        code for (_, code), (_, words) in zip(left, NOT_RUN, strict=True) if not code.startswith(words)
    ] == []


def test_one_ending_for_backups_everywhere() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    assert [page.name for page in pages if ".backup" in page.read_text("utf-8")] == []


@dataclass
class Machine:
    """A folder in which the paths of the document lie."""

    folder: Path

    def __post_init__(self) -> None:
        """Make what a Debian has."""
        for path in ("etc/systemd/system", "etc/caddy", "bin", "srv/parvis/data", "srv/parvis/backups"):
            (self.folder / path).mkdir(parents=True)
        program = self.folder / "srv/parvis/program/.venv/bin/lms"
        program.parent.mkdir(parents=True)
        program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m lms.cli.main "$@"\n')
        program.chmod(0o755)

    def here(self, code: str) -> str:
        """Put the paths of the document into this folder, and let one user do everything."""
        for path, place in (("/usr/local/bin", "bin"), ("/srv/", "srv/"), ("/etc/", "etc/")):
            code = code.replace(path, f"{self.folder}/{place}")
        return code.replace("runuser -u parvis -- ", "")

    def run(self, code: str) -> subprocess.CompletedProcess[str]:
        """Run a block as a person would who has typed the others before."""
        programs = os.pathsep.join(sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True))  # noqa: PTH207  # one line
        environ = {
            "PATH": f"{self.folder / 'bin'}{os.pathsep}{programs}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.folder),
            "LC_ALL": "C",
            "PYTHONPATH": str(ROOT),
        }
        return subprocess.run(
            ["sh", "-eu", "-c", self.here(code)],
            env=environ,
            cwd=self.folder,
            check=False,
            capture_output=True,
            text=True,
            timeout=280,
        )


def on_the_tests_own_server(code: str) -> str:
    """Let the commands for PostgreSQL reach the server of the tests, with names that nobody else uses."""
    parts = urlsplit(POSTGRES)
    folder, owner, ours = parse_qs(parts.query)["host"][0], parts.username, f"docs_{os.getpid()}"
    told = f"-h {folder} -U {owner} "
    code = code.replace("runuser -u postgres -- createuser parvis", f"createuser {told}{ours}")
    code = code.replace("runuser -u postgres -- createdb --owner parvis", f"createdb {told}--owner {ours}")
    code = code.replace("template0 parvis", f"template0 {ours}")
    return code.replace("///parvis?host=/var/run/postgresql", f"//{ours}@/{ours}?host={folder}")


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_the_commands_run_in_their_order(tmp_path: Path) -> None:
    machine, failed, said = Machine(tmp_path), [], []
    for block in COMMANDS:
        if block.why_not or (block.about == WITH_POSTGRES and not POSTGRES):
            continue
        done = machine.run(on_the_tests_own_server(block.code) if block.about else block.code)
        said.append(done.stdout)
        if done.returncode:
            failed.append(f"{block.code}\nended with {done.returncode}: {done.stderr}")
    assert failed == []
    told = "".join(said)
    assert "Published: accessibility " in told
    assert "published versions that match their seals" in told
    assert "Ready. To start the site: lms serve" in told
    assert "Backup saved to" in told
    assert re.search(r"Backup from [^\n]+ restored", told)
    data = tmp_path / "srv/parvis/data"
    assert len(list((data / "backups").glob("before-upgrade-*.parvis"))) == 1
    assert not (tmp_path / "srv/parvis/rehearsal").exists()
    if POSTGRES:
        assert len(re.findall(r"Backup from [^\n]+ restored", told)) == 2
        assert "PostgreSQL" in told
