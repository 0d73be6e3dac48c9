"""Text browsers in a terminal of their own: lynx and w3m, driven by what their screens show.

The terminal is tall enough for a whole page, so that everything can be found by its words.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

PATIENCE = 40.0  # seconds for a page on a busy machine
TALL, WIDE = 400, 200
SEARCHED = 50  # characters of a pattern: one of more than 64 parts is never found by w3m, and nothing says so
LYNX = """INFOSECS:0
MESSAGESECS:0
ALERTSECS:0
ACCEPT_ALL_COOKIES:TRUE
CHARACTER_SET:utf-8
DEFAULT_KEYPAD_MODE:LINKS_AND_FIELDS_ARE_NUMBERED
"""


class Terminal:
    """A program in a terminal that nobody sees."""

    def __init__(self, folder: Path, *command: str) -> None:
        """Start the program."""
        folder.mkdir(parents=True, exist_ok=True)
        self._tmux = ("tmux", "-S", str(folder / "terminal"), "-f", os.devnull)
        kept = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
        size = ("-x", str(WIDE), "-y", str(TALL))
        self._env = kept
        self._run("new-session", "-d", *size, *command)

    def _run(self, *arguments: str) -> str:
        command = [*self._tmux, *arguments]
        return subprocess.run(command, env=self._env, check=True, capture_output=True, text=True).stdout

    def close(self) -> None:
        """End the program."""
        self._run("kill-server")

    def screen(self) -> list[str]:
        """Return the lines that hold something."""
        return [line.rstrip() for line in self._run("capture-pane", "-p").splitlines() if line.strip()]

    def type(self, words: str) -> None:
        """Type words as they are."""
        self._run("send-keys", "-l", "--", words)

    def keys(self, *names: str) -> None:
        """Press keys by the names that tmux has for them."""
        self._run("send-keys", *names)

    def wait_for(self, words: str) -> list[str]:
        """Wait until a pattern is on the screen."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            lines = self.screen()
            if any(re.search(words, line) for line in lines):
                return lines
            time.sleep(0.1)
        message = "\n".join([f"{words!r} never came; the screen shows", *self.screen()])
        raise AssertionError(message)


class TextBrowser(Terminal):
    """Somebody with a text browser."""

    program = ""

    @classmethod
    def is_here(cls) -> bool:
        """Say whether this machine has the browser, and a terminal for it."""
        return bool(shutil.which(cls.program) and shutil.which("tmux"))

    def press(self, words: str) -> None:
        """Follow a link or press a button by its words."""
        raise NotImplementedError

    def choose(self, words: str, *, under: str) -> None:
        """Tick a box or a circle by its label, the first one beneath other words."""
        raise NotImplementedError

    def fill(self, words: str, *, under: str) -> None:
        """Type into the first field beneath other words."""
        raise NotImplementedError


class Lynx(TextBrowser):
    """Lynx: everything that can be pressed has a number, lists are shown as circles."""

    program = "lynx"

    def __init__(self, folder: Path, address: str) -> None:
        """Open an address."""
        folder.mkdir(parents=True, exist_ok=True)
        settings = folder / "lynx.cfg"
        settings.write_text(LYNX, "utf-8")
        super().__init__(
            folder, "lynx", f"-cfg={settings}", "-number_links", "-number_fields", "-popup", address
        )

    def _number(self, pattern: str, under: str) -> str:
        lines = self.wait_for(pattern)
        start = 0
        for words in filter(None, under.split("\n")):
            start = next(at for at, line in enumerate(lines) if at >= start and words in line)
        found = (re.search(pattern, line) for line in lines[start:])
        return next(one[1] for one in found if one)

    def press(self, words: str) -> None:
        """Follow a link or press a button by its words."""
        number = self._number(rf"\[(\d+)\][^\[]*?{re.escape(words)}", "")
        is_button = any(re.search(rf"\(\[{number}\]", line) for line in self.screen())
        self.type(number)
        self.keys("Enter")
        if is_button:  # a number leads to a button; only Enter presses it
            self.wait_for("submit")
            self.keys("Enter")

    def choose(self, words: str, *, under: str) -> None:
        """Tick a box or a circle by its label."""
        number = self._number(rf"\[(\d+)\](?:\( \)|\[ \]) {re.escape(words)}$", under)
        self.type(number)
        self.keys("Enter")
        self.keys("Enter")
        self.wait_for(rf"\[{number}\](?:\(\*\)|\[X\])")

    def fill(self, words: str, *, under: str) -> None:
        """Type into a field."""
        number = self._number(r"\[(\d+)\]_{5}", under)
        self.type(number)
        self.keys("Enter")
        self.type(words)
        self.wait_for(rf"\[{number}\]{re.escape(words)}_")
        self.keys("Tab")


class W3m(TextBrowser):
    """W3m: what is searched for is where the cursor is."""

    program = "w3m"

    def __init__(self, folder: Path, address: str) -> None:
        """Open an address; cookies are taken from this machine."""
        settings = ("-o", "use_cookie=1", "-o", "accept_cookie=1", "-o", "confirm_qq=0")
        super().__init__(folder, "w3m", "-cookie", *settings, address)

    def _find(self, words: str, under: str) -> None:
        self.wait_for(re.escape(words))
        self.keys("g")
        for one in (*filter(None, under.split("\n")), words):
            self.type("/")
            self.wait_for("^Forward:")
            self.type(re.sub(r"[^\w ]", ".", one)[:SEARCHED])
            self.keys("Enter")

    def press(self, words: str) -> None:
        """Follow a link or press a button by its words."""
        self._find(words, "")
        self.keys("Enter")

    def choose(self, words: str, *, under: str) -> None:
        """Tick a box or a circle, which stands before its label, or choose from the list beneath."""
        if any(re.search(rf"[(\[][ *][)\]] *{re.escape(words)}$", line) for line in self.screen()):
            self._find(words, under)
            self.keys("M-Tab", "Enter")
            self.wait_for(rf"[(\[]\*[)\]] *{re.escape(words)}")
            return
        *rest, last = under.split("\n")
        self._find(last, "\n".join(rest))
        self.keys("Tab", "Enter")
        self.wait_for(rf"│{re.escape(words)} *│")
        self.type("/")
        self.wait_for("^Forward:")
        self.type(words)
        self.keys("Enter", "Enter")
        self.wait_for(rf"{re.escape(last)}.*\[{re.escape(words)} *\]")

    def fill(self, words: str, *, under: str) -> None:
        """Type into a field: w3m asks for its words in the last line."""
        *rest, last = under.split("\n")
        self._find(last, "\n".join(rest))
        self.keys("Tab", "Enter")
        self.wait_for("^TEXT:")
        self.type(words)
        self.keys("Enter")
        self.wait_for(rf"\[{re.escape(words)} *\]")


KINDS: dict[str, type[Lynx | W3m]] = {"lynx": Lynx, "w3m": W3m}
