"""A PostgreSQL of the tests' own, beside which a command runs: `python -m tests.postgres pytest …`.

The cluster lives in a temporary folder, is reached by a socket in that folder alone, and ends with the
command or with this process, even when that is killed. It gives up durability for speed. It sorts text by the
rules of a language and not by bytes, as many an installation does. Holds no test and no table.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

URL = "TEST_POSTGRES_URL"
OWNER = "parvis"
LOG = "log"
PATIENCE = 60  # seconds until a server has started or ended
_FAST = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "autovacuum=off",
    "max_connections=300",
    "shared_buffers=64MB",
    "listen_addresses=",
)


def programs() -> Path | None:
    """Find the folder of the server's programs: the newest of Debian's, or what the path leads to."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda found: float(found.parts[-3]),
        reverse=True,
    )
    if debian:
        return debian[0].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def _nobody() -> str | None:
    """Return the user who runs the server when this process is root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return None
    users = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in users else "nobody"


def _ends_with_us(command: Sequence[str]) -> list[str]:
    """Have the kernel end the server when this process dies without a word; elsewhere than on Linux, hope."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "INT", *command] if setpriv else list(command)


def _make(programs: Path, cluster: Path, user: str | None) -> None:
    language = ("--locale-provider=icu", "--icu-locale=fr-CA")
    command = [str(programs / "initdb"), "-D", str(cluster), "-U", OWNER, "-A", "trust", "-E", "UTF8"]
    subprocess.run(
        [*command, "--locale=C.UTF-8", *language, "--no-sync"],
        user=user,
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=PATIENCE,
        cwd=cluster.parent,
    )


def _wait(programs: Path, folder: Path, server: subprocess.Popen[bytes]) -> None:
    ready = [str(programs / "pg_isready"), "-q", "-h", str(folder), "-U", OWNER, "-d", "postgres"]
    for _ in range(PATIENCE * 20):
        if server.poll() is not None:
            message = f"PostgreSQL did not start:\n{(folder / LOG).read_text()}"
            raise RuntimeError(message)
        if subprocess.run(ready, check=False).returncode == 0:
            return
        try:
            server.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
    message = f"PostgreSQL does not answer:\n{(folder / LOG).read_text()}"
    raise RuntimeError(message)


@contextmanager
def server(
    programs: Path, folder: Path, *settings: str, end: signal.Signals = signal.SIGINT
) -> Iterator[str]:
    """Run a server on a cluster in this folder, made when it is not there; give the address of its databases.

    The address has a place for the name: `url.format(name)`. `end` is how it is told to end: SIGQUIT leaves
    no time for anything, as a crash does.
    """
    user, cluster = _nobody(), folder / "cluster"
    if user:
        shutil.chown(folder, user)
    if not cluster.exists():
        _make(programs, cluster, user)
    options = [word for setting in (*_FAST, *settings) for word in ("-c", setting)]
    command = [str(programs / "postgres"), "-D", str(cluster), "-k", str(folder), *options]
    with (folder / LOG).open("ab") as log:
        process = subprocess.Popen(
            _ends_with_us(command), user=user, cwd=folder, start_new_session=True, stderr=log
        )
    try:
        _wait(programs, folder, process)
        yield f"postgresql+psycopg://{OWNER}@/{{}}?host={folder}"
    finally:
        process.send_signal(end)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _run(command: Sequence[str], url: str) -> int:
    """Run a command, and hand on to it what this process is told."""
    process = subprocess.Popen(command, env={**os.environ, URL: url})
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal tells the command itself
    for told in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(told, lambda number, _frame: process.send_signal(number))
    return process.wait()


def main(command: Sequence[str]) -> int:
    """Run a command beside a PostgreSQL; give what it ended with."""
    found = programs()
    if found is None:
        sys.stderr.write(
            "PostgreSQL's server programs were not found (Debian: apt-get install postgresql).\n"
        )
        return 2
    for told in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(told, lambda number, _frame: sys.exit(128 + number))
    with tempfile.TemporaryDirectory(prefix="parvis-pg-") as folder, server(found, Path(folder)) as url:
        code = _run(command, url)
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
