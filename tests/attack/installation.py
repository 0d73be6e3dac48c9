"""A real installation in a temporary folder: set up and served by the product's commands, killed at will.

Holds the machinery and no check.
"""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from lms.actions.context import Context
from lms.actions.people.sessions import begin_session
from lms.app import make_context
from lms.core.people.actors import Actor
from lms.settings import from_environment
from tests.builders import SITE

MINUTE = 60_000
PATIENCE = 90.0  # seconds: other work may have the machine


def free_port() -> int:
    """Find a port that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def lms(*command: str) -> list[str]:
    """Return a command of the product."""
    return [sys.executable, "-m", "lms.cli.main", *command]


@dataclass
class Reply:
    """One answer over the wire; status 0 means that none came."""

    status: int
    text: str = ""
    location: str = ""


@dataclass
class Installation:
    """A folder, its environment, and the server while it runs."""

    data: Path
    environ: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    restarts: list[float] = field(default_factory=list)

    @property
    def port(self) -> int:
        """Return the port it serves on."""
        return int(self.environ["PORT"])

    def context(self) -> Context:
        """Open the same database and keys from here."""
        return make_context(from_environment(self.environ))

    def run(self, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            lms(*command),
            env={**self.environ, **more},
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def start(self, before: Callable[[], None] | None = None, **more: str) -> float:
        """Serve; give the seconds until the first answer."""
        began = time.monotonic()
        log = (self.data.parent / "server.log").open("ab")
        self.process = subprocess.Popen(
            lms("serve"),
            env={**self.environ, **more},
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=before,  # noqa: PLW1509  # limits of the system, set where there are no threads
        )
        log.close()
        while self.get("/robots.txt").status != 200:
            assert time.monotonic() - began < PATIENCE, "no answer"
            time.sleep(0.05)
        took = time.monotonic() - began
        self.restarts.append(took)
        return took

    def log(self) -> str:
        """Return what the server has said."""
        return (self.data.parent / "server.log").read_text("utf-8", "replace")

    def kill(self) -> None:
        """End everything at once, as a power cut would."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def end(self) -> None:
        """End it as a system does."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(40)
        except subprocess.TimeoutExpired:
            self.kill()

    def parts(self) -> list[int]:
        """List the processes below the supervisor, the ones below those too."""
        assert self.process is not None
        found, waiting = [], [self.process.pid]
        while waiting:
            parent = waiting.pop()
            listed = subprocess.run(["pgrep", "-P", str(parent)], check=False, capture_output=True, text=True)
            below = [int(line) for line in listed.stdout.split()]
            found += below
            waiting += below
        return found

    def get(self, path: str, cookie: str = "") -> Reply:
        """Fetch a page."""
        return self.ask("GET", path, cookie=cookie)

    def ask(self, verb: str, path: str, form: dict[str, str] | None = None, cookie: str = "") -> Reply:
        """Send one request over a connection of its own."""
        headers = {"Cookie": cookie} if cookie else {}
        body = urlencode(form) if form is not None else None
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(verb, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            return Reply(0)
        finally:
            connection.close()
        return Reply(answer.status, text, answer.headers.get("Location", ""))


@dataclass(frozen=True)
class Key:
    """What lets somebody in: the cookie, and the token of their forms."""

    cookie: str
    token: str


def key_for(context: Context, who: Actor) -> Key:
    """Sign somebody in."""
    with context.database.writing() as tx:
        token = begin_session(tx, context, who.person)
    minute = str(context.now() // MINUTE)
    seal = context.keys.mac("session-minute", token, minute)[:22]
    cookies = f"parvis={token}.{minute}.{seal}; parvis-form={token[:9]}"
    return Key(cookies, context.keys.mac("csrf", token[:9]))


def installed(folder: Path, **more: str) -> Installation:
    """Set an installation up, with a site of its own: a restore puts another in its place."""
    shutil.copytree(SITE, folder / "site")
    environ = {
        **{
            name: os.environ[name]
            for name in ("PATH", "HOME", "PYTHONPATH", "PYTHONPYCACHEPREFIX")
            if name in os.environ
        },
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
        "LMS_DATA": str(folder / "data"),
        "LMS_SITE": str(folder / "site"),
        "PORT": str(free_port()),
        "WEB_PROCESSES": "2",
        "LC_ALL": "en",
        **more,
    }
    set_up(folder / "data")
    return Installation(folder / "data", environ)


@cache
def _one_that_is_set_up() -> TemporaryDirectory[str]:
    made = TemporaryDirectory(prefix="parvis-set-up-")
    environ = {**os.environ, "LMS_DATA": made.name, "LMS_SITE": str(SITE), "LC_ALL": "en"}
    subprocess.run(lms("setup"), env=environ, check=True, capture_output=True, timeout=120)
    return made


def set_up(data: Path) -> None:
    """Set the sample site up in a data folder, over SQLite, as a copy of what the command has made once."""
    shutil.copytree(_one_that_is_set_up().name, data, dirs_exist_ok=True)
