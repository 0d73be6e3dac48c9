"""`lms serve`: answers soon, starts again what dies, leaves nothing behind, and refuses in one sentence."""

from __future__ import annotations

import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from lms.cli.serving.children import Child, die_with
from tests.attack.installation import set_up
from tests.builders import SITE

pytestmark = pytest.mark.slow


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Return the environment of an installation that is set up."""
    set_up(tmp_path)
    return {
        **os.environ,
        "LMS_DATA": str(tmp_path),
        "LMS_SITE": str(SITE),
        "PORT": str(free_port()),
        "WEB_PROCESSES": "1",
        "LC_ALL": "en",
    }


@pytest.fixture
def serving(environ: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Return a server that answers."""
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


def raw(environ: dict[str, str], sent: bytes) -> bytes:
    """Send bytes and return what comes back."""
    with socket.create_connection(("127.0.0.1", int(environ["PORT"])), timeout=10) as one:
        one.sendall(sent)
        return b"".join(iter(lambda: one.recv(65536), b""))


def children(pid: int) -> list[int]:
    listed = subprocess.run(["pgrep", "-P", str(pid)], check=False, capture_output=True, text=True)
    return [int(line) for line in listed.stdout.split()]


def serve(environ: dict[str, str], **more: str) -> subprocess.CompletedProcess[str]:
    """Try to serve where it will be refused."""
    return subprocess.run(
        [sys.executable, "-m", "lms.cli.main", "serve"],
        env={**environ, **more},
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_it_serves_starts_again_what_dies_and_ends_cleanly(
    environ: dict[str, str], serving: subprocess.Popen[bytes]
) -> None:
    refused = raw(environ, b"no HTTP\r\n\r\n")
    assert refused.startswith(b"HTTP/1.1 400 ")
    assert b"\r\nContent-Security-Policy: default-src 'none';" in refused
    parts = children(serving.pid)
    assert len(parts) == 3, "one web process, the worker and mail, and nothing between"
    until = time.monotonic() + 30
    while any(children(pid) for pid in parts):  # what the worker begins with is done in processes that end
        assert time.monotonic() < until, "nothing stays between"
        time.sleep(0.1)
    for pid in parts:
        os.kill(pid, signal.SIGKILL)
    until = time.monotonic() + 30
    while len([pid for pid in children(serving.pid) if pid not in parts]) < 3:
        assert time.monotonic() < until
        time.sleep(0.1)
    wait_for(environ)
    everybody = children(serving.pid)
    began = time.monotonic()
    serving.send_signal(signal.SIGTERM)
    assert serving.wait(20) == 0
    assert time.monotonic() - began < 10
    assert [pid for pid in everybody if Path(f"/proc/{pid}").exists()] == []


# --- refused -----------------------------------------------------------------------------------------------
def test_a_second_server_is_refused(environ: dict[str, str], serving: subprocess.Popen[bytes]) -> None:
    second = serve(environ)
    assert second.returncode == 5
    assert "Stop the site first" in second.stderr
    assert serving.poll() is None


def _assert_refused(result: subprocess.CompletedProcess[str], code: int, words: str) -> None:
    assert result.returncode == code
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == "", "nothing is announced that is not so"


def test_a_server_with_another_data_folder_never_shares_the_address(
    environ: dict[str, str], serving: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    own = {**environ, "LMS_DATA": str(tmp_path / "other")}
    set_up(tmp_path / "other")
    _assert_refused(serve(own), 5, f"Another program is using port {environ['PORT']} on 127.0.0.1")
    assert {answer(environ) for _ in range(20)} == {200}


def test_a_port_that_another_program_has_ends_with_one_sentence(environ: dict[str, str]) -> None:
    for option in (None, socket.SO_REUSEPORT):
        with socket.socket() as other:
            if option is not None:
                other.setsockopt(socket.SOL_SOCKET, option, 1)
            other.bind(("127.0.0.1", int(environ["PORT"])))
            other.listen()
            _assert_refused(serve(environ), 5, "Another program is using port")


def test_an_address_that_is_not_ours_is_refused(environ: dict[str, str]) -> None:
    _assert_refused(serve(environ, HOST="192.0.2.7"), 6, "192.0.2.7 is not an address of this computer")


def test_a_site_that_is_not_there_is_refused(environ: dict[str, str]) -> None:
    _assert_refused(serve(environ, LMS_SITE="/nowhere/site"), 3, "/nowhere/site")


def test_what_is_not_set_up_is_refused(tmp_path: Path, environ: dict[str, str]) -> None:
    (tmp_path / "parvis.sqlite3").unlink()
    _assert_refused(serve(environ), 5, "lms setup")


# --- what is said ------------------------------------------------------------------------------------------
def test_it_says_where_it_listens_what_it_is_for_and_that_it_stops(environ: dict[str, str]) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "lms.cli.main", "serve"],
        env={**environ, "PUBLIC_URL": "https://learn.example.org"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    wait_for(environ)
    os.killpg(process.pid, signal.SIGINT)  # as Ctrl+C does
    said, log = process.communicate(timeout=20)
    assert process.returncode == 0
    first, *_, last = said.splitlines()
    assert f"http://127.0.0.1:{environ['PORT']}" in first
    assert "https://learn.example.org" in first
    assert "Stopping" in said
    assert last == "The site has stopped."
    assert "Traceback" not in log


def test_a_stop_under_load_cuts_no_answer_and_takes_less_than_ten_seconds(
    environ: dict[str, str], serving: subprocess.Popen[bytes]
) -> None:
    over, torn, whole = threading.Event(), list[str](), list[int]()

    def press() -> None:
        while not over.is_set():
            connection = http.client.HTTPConnection("127.0.0.1", int(environ["PORT"]), timeout=20)
            try:
                connection.request("GET", "/en/courses")
                with connection.getresponse() as found:
                    whole.append(len(found.read()))
            except http.client.IncompleteRead as problem:
                torn.append(str(problem))
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)  # refused: nothing was promised
            finally:
                connection.close()

    half = socket.create_connection(("127.0.0.1", int(environ["PORT"])))
    half.sendall(b"POST /en/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nabcde")
    crowd = [threading.Thread(target=press) for _ in range(12)]
    for one in crowd:
        one.start()
    time.sleep(1)
    began = time.monotonic()
    serving.send_signal(signal.SIGTERM)
    assert serving.wait(20) == 0
    assert time.monotonic() - began < 10
    over.set()
    for one in crowd:
        one.join()
    half.close()
    assert whole
    assert torn == []


# --- nobody stays behind -----------------------------------------------------------------------------------
def of_session(leader: int) -> list[int]:
    listed = subprocess.run(["pgrep", "-s", str(leader)], check=False, capture_output=True, text=True)
    return [int(line) for line in listed.stdout.split()]


def test_no_process_outlives_its_supervisor_whenever_it_is_killed(environ: dict[str, str]) -> None:
    environ["WEB_PROCESSES"] = "3"
    dice = random.Random(7)  # noqa: S311  # a test that can be repeated
    start = 0.0
    for turn in range(9):
        began = time.monotonic()
        leader = subprocess.Popen(
            [sys.executable, "-m", "lms.cli.main", "serve"],
            env=environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        if turn == 0:
            wait_for(environ)
            start = time.monotonic() - began
        else:
            time.sleep(dice.uniform(0.5, 1.1) * start)
        os.kill(leader.pid, signal.SIGKILL)
        leader.wait()
        until = time.monotonic() + 5
        while left := of_session(leader.pid):
            assert time.monotonic() < until, f"{len(left)} outlived their supervisor"
            time.sleep(0.05)


def test_a_child_whose_parent_is_gone_already_ends_at_once() -> None:
    pid = os.fork()
    if pid == 0:
        die_with(1 if os.getppid() != 1 else 2)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 1


# --- started again -----------------------------------------------------------------------------------------
def test_a_child_that_keeps_ending_is_started_later_and_later() -> None:
    at, started = [1000.0], list[float]()

    def fails(_parent: int) -> None:
        sys.exit(3)

    child = Child("worker", fails, clock=lambda: at[0])
    child.start()
    for _ in range(300):
        at[0] += 0.4
        if child.pid:
            started.append(child.started)
            os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        child.keep()
    moments = sorted(set(started))
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    assert len(gaps) >= 4
    assert all(later >= earlier - 0.5 for earlier, later in pairwise(gaps))
    assert gaps[-1] > 10


def test_a_child_that_has_given_its_memory_back_is_started_again_soon() -> None:
    at = [1000.0]
    child = Child("worker", lambda _parent: None, clock=lambda: at[0])
    child.start()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    at[0] += 100
    child.keep()
    assert not child.pid, "whoever ended it may be about to end us"
    at[0] += 0.5
    child.keep()
    assert child.pid
    os.waitpid(child.pid, 0)
