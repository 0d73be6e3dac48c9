"""Orca, the screen reader of Linux, reading pages in Firefox: what it would say is written down.

Nothing is heard and nothing is seen: the desktop is a virtual one, and the voice is a file.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement

from tests.clients.engines import OtherBrowser, a_screen, firefox
from tests.clients.marionette import Firefox
from tests.pages.browser import PATIENCE
from tests.pages.hands import Hands

HERE = Path(__file__).parent / "speech"
BUSES = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
NEEDED = ("orca", "Xvfb", "dbus-run-session", "openbox", "gdbus", "localedef")
LANGUAGES = {"en": "en_CA", "fr": "fr_CA"}
CHATTER = ("Loading", "Chargement en cours")  # said or not, as the machine is quick or slow
REST = 3.0  # seconds without a word, after which a page has been read
MOST = 90.0  # seconds in which a page is read
PACKAGES = (
    "orca firefox-esr firefox-esr-l10n-fr at-spi2-core xvfb xauth dbus openbox libglib2.0-bin xkbset locales"
)


def missing() -> list[str]:
    """List what this machine lacks for a screen reader."""
    lacking = [program for program in NEEDED if not shutil.which(program)]
    return [
        *lacking,
        *([] if firefox() else ["firefox-esr"]),
        *([] if _bus() else ["at-spi2-core"]),
    ]


def _bus() -> str | None:
    return next((path for path in BUSES if Path(path).is_file()), None)


class Listener(OtherBrowser):
    """Somebody who hears Firefox, in one language."""

    def __init__(self, folder: Path, locale: str) -> None:
        """Make the desktop and start all of it."""
        self._folder, self._locale = folder, locale
        self._spoken = folder / "spoken"
        self._spoken.touch()
        self._known = 0
        super().__init__(folder)
        self.open("about:blank")

    def _start(self, profile: Path) -> WebDriver:
        program, bus = firefox(), _bus()
        assert program
        assert bus
        self._screen, display = a_screen()
        home, run, mine = (profile / name for name in ("home", "run", "profile"))
        customizations = home / ".local" / "share" / "orca"
        customizations.mkdir(parents=True)
        shutil.copy(HERE / "orca-customizations.py", customizations)
        for folder in (run, mine):
            folder.mkdir(mode=0o700)
        environ = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "LC_"))}
        environ |= {
            "ATSPI": bus,
            "DISPLAY": f":{display}",
            "GNOME_ACCESSIBILITY": "1",
            "HOME": str(home),
            "NO_AT_BRIDGE": "0",
            "SPOKEN": str(self._spoken),
            "XDG_RUNTIME_DIR": str(run),
            **_tongue(profile, self._locale),
        }
        accept = {"en": "en-ca, en", "fr": "fr-ca, fr"}[self._locale]
        try:
            return Firefox(
                program,
                mine,
                inside=("dbus-run-session", "--", "bash", str(HERE / "session.sh")),
                environ=environ,
                preferences={"intl.accept_languages": accept, "intl.locale.requested": self._locale},
            )
        except BaseException:
            self._end()
            raise

    def close(self) -> None:
        """Stop all of it."""
        super().close()
        self._end()

    def _end(self) -> None:
        self._screen.terminate()
        self._screen.wait(PATIENCE)

    def open(self, address: str) -> None:
        """Go to an address, when all is quiet: what is said from now on is about that page."""
        self.listen_for_more()
        super().open(address)

    def listen_for_more(self) -> None:
        """Wait until nothing more is said, and forget it."""
        self._wait()
        self._known = len(self._lines())

    def heard(self) -> list[str]:
        """Wait until nothing more is said; give what was said since we began to listen for more."""
        self._wait()
        return self._lines()[self._known :]

    def pressed(self, *keys: str) -> list[str]:
        """Press keys, wait, and give what was said of it."""
        self.listen_for_more()
        self.press(*keys)
        return self.heard()

    def _wait(self) -> None:
        until, rested = time.monotonic() + MOST, time.monotonic() + 2 * REST
        size = -1
        while time.monotonic() < min(until, rested):
            if (now := self._spoken.stat().st_size) != size:
                size, rested = now, time.monotonic() + REST
            time.sleep(0.2)

    def _lines(self) -> list[str]:
        said = (line.split("\t", 1) for line in self._spoken.read_text("utf-8").splitlines())
        lines = (self._line(language, words) for language, words in said if words)
        return [line for line in lines if not line.startswith(CHATTER)]

    def _line(self, language: str, words: str) -> str:
        return f"[{language}] {words}" if language and language != self._locale else words


@dataclass(frozen=True)
class PatientHands(Hands):
    """Somebody who hears a page to its end before they press anything that leads on."""

    def arrive(self, press: WebElement) -> None:
        """Press when all is quiet."""
        assert isinstance(self.browser, Listener)
        self.browser.listen_for_more()
        super().arrive(press)


def _tongue(folder: Path, locale: str) -> dict[str, str]:
    """Make the locale that Orca speaks in, in a folder of its own: the machine's own are left alone."""
    name = LANGUAGES[locale]
    made = folder / "locales"
    made.mkdir()
    subprocess.run(
        ["localedef", "-i", name, "-f", "UTF-8", str(made / f"{name}.UTF-8")],
        check=True,
        capture_output=True,
    )
    return {"LOCPATH": str(made), "LANG": f"{name}.UTF-8", "LANGUAGE": locale}


@contextmanager
def listening(locale: str) -> Iterator[Listener]:
    """Lend ears for one language."""
    with TemporaryDirectory(prefix="parvis-orca-", ignore_cleanup_errors=True) as folder:
        listener = Listener(Path(folder), locale)
        try:
            yield listener
        finally:
            listener.close()
