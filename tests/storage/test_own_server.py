"""The server of the tests ends with whoever started it, and leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.only_postgresql,
    pytest.mark.skipif(
        not shutil.which("setpriv"), reason="elsewhere than on Linux nothing ends it after a kill"
    ),
]
SAY = "import os, time; print(os.environ['TEST_POSTGRES_URL'], flush=True); time.sleep(60)"


def started() -> tuple[subprocess.Popen[str], Path]:
    """Start a server beside a command that sleeps; give the process and the server's folder."""
    command = [sys.executable, "-m", "tests.postgres", sys.executable, "-c", SAY]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    folder = Path(process.stdout.readline().strip().partition("host=")[2])
    assert (folder / "cluster" / "postmaster.pid").exists()
    return process, folder


def is_over(server: int) -> bool:
    for _ in range(200):
        try:
            os.kill(server, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_the_server_ends_with_its_command(how: signal.Signals) -> None:
    process, folder = started()
    server = int((folder / "cluster" / "postmaster.pid").read_text().split()[0])
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    process.send_signal(how)
    process.wait(30)
    assert process.stdout
    if how == signal.SIGKILL:  # what it ran goes on, and is ours to end
        for child in set(map(int, children)) - {server}:
            os.kill(child, signal.SIGKILL)
    process.stdout.close()
    assert is_over(server)
    assert folder.exists() == (how == signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)
