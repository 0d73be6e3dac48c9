"""`lms serve`: answers soon, starts again what dies, ends cleanly, and refuses what is not set up."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from lms.cli.serve import Part, Supervisor
from tests.builders import SITE

pytestmark = pytest.mark.slow


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Give the environment of an installation that is set up."""
    found = {
        **os.environ,
        "LMS_DATA": str(tmp_path),
        "LMS_SITE": str(SITE),
        "PORT": str(free_port()),
        "WEB_PROCESSES": "1",
        "LC_ALL": "en",
    }
    subprocess.run(
        [sys.executable, "-m", "lms.cli.main", "setup"], env=found, check=True, capture_output=True
    )
    return found


@pytest.fixture
def serving(environ: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Give a server that answers."""
    process = subprocess.Popen(
        [sys.executable, "-m", "lms.cli.main", "serve"], env=environ, stdout=subprocess.DEVNULL
    )
    wait_for(environ)
    yield process
    if process.poll() is None:
        process.terminate()
        process.wait(20)


def answer(environ: dict[str, str]) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{environ['PORT']}/en/", timeout=5) as response:
            return int(response.status)
    except urllib.error.HTTPError as problem:
        return problem.code
    except OSError:
        return 0


def wait_for(environ: dict[str, str], seconds: float = 40) -> None:
    until = time.monotonic() + seconds
    while answer(environ) != 200:
        assert time.monotonic() < until, "no answer"
        time.sleep(0.1)


def children(pid: int) -> list[int]:
    listed = subprocess.run(["pgrep", "-P", str(pid)], check=False, capture_output=True, text=True)
    return [int(line) for line in listed.stdout.split()]


def test_it_serves_starts_again_what_dies_and_ends_cleanly(
    environ: dict[str, str], serving: subprocess.Popen[bytes]
) -> None:
    parts = children(serving.pid)
    assert len(parts) == 2
    web = next(pid for pid in parts if children(pid))
    os.kill(children(web)[0], signal.SIGKILL)
    time.sleep(0.5)
    wait_for(environ)
    for pid in parts:
        os.kill(pid, signal.SIGKILL)
    until = time.monotonic() + 30
    while len([pid for pid in children(serving.pid) if pid not in parts]) < 2:
        assert time.monotonic() < until
        time.sleep(0.1)
    wait_for(environ)
    everybody = [one for pid in children(serving.pid) for one in (pid, *children(pid))]
    serving.send_signal(signal.SIGTERM)
    assert serving.wait(20) == 0
    assert [pid for pid in everybody if Path(f"/proc/{pid}").exists()] == []


def test_a_second_server_is_refused(environ: dict[str, str], serving: subprocess.Popen[bytes]) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "lms.cli.main", "serve"],
        env=environ,
        check=False,
        capture_output=True,
        text=True,
    )
    assert second.returncode == 5
    assert "Stop it first" in second.stderr
    assert serving.poll() is None


def test_what_is_not_set_up_is_refused(tmp_path: Path, environ: dict[str, str]) -> None:
    (tmp_path / "parvis.sqlite3").unlink()
    result = subprocess.run(
        [sys.executable, "-m", "lms.cli.main", "serve"],
        env=environ,
        check=False,
        capture_output=True,
        text=True,
        timeout=40,
    )
    assert result.returncode == 5
    assert "lms setup" in result.stderr


class Ended:
    """A process that has ended."""

    returncode = 1

    def poll(self) -> int:
        return self.returncode


def test_a_part_that_keeps_ending_is_started_later_and_later(monkeypatch: pytest.MonkeyPatch) -> None:
    at, started = [1000.0], list[float]()

    def start(part: Part) -> None:
        part.started = at[0]
        started.append(at[0])

    monkeypatch.setattr(time, "monotonic", lambda: at[0])
    monkeypatch.setattr(Part, "start", start)
    part = Part("work", Ended())  # type: ignore[arg-type]  # what is asked of a process
    part.started = at[0]
    for _ in range(600):
        at[0] += 0.2
        part.keep()
    gaps = [later - earlier for earlier, later in pairwise(started)]
    assert gaps == sorted(gaps)
    assert gaps[-1] > 10


def test_a_refusal_ends_all(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = Ended()
    refused.returncode = 5
    part = Part("serve-web", refused)  # type: ignore[arg-type]  # what is asked of a process
    part.started = time.monotonic()
    monkeypatch.setattr(part, "start", lambda: None)
    monkeypatch.setattr(part, "wait_for", lambda _until: None)
    supervisor = Supervisor([part])
    supervisor.run()
    assert supervisor.code == 5
