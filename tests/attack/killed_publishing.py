"""A release that is killed or refused at one step on its way: `python -m … FOLDER URL EVERY`.

A process of its own, with one thread, which forks a child for each try: an author changes a word, and the
child seals the draft and makes it current. A step is a change of the disk (a rename, a folder, a file opened
for writing) or a statement to the database. There the child is killed, or the system refuses the disk once.
Then this process looks at what is there, and publishes once more. Each try follows the one before, on the
same site. Prints one line of JSON for each try. Holds the killing and the looking; the test judges.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from lms.actions.authoring import editing
from lms.actions.context import Context
from lms.actions.publishing import adopting, preparing
from lms.actions.publishing.preparing import SealRequest
from lms.content.site_folder import SiteFolder
from lms.core.people.actors import SYSTEM
from lms.storage.database import open_database
from lms.storage.publishing import releases
from tests.attack.children import in_child
from tests.walks.drafting import Desk
from tests.walks.numbered import minute

WISH = SealRequest("Team", {"en": "Clearer words.", "fr": "Des mots plus clairs."}, unapproved=True)
CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link"}
KILL, REFUSE = "kill", "refuse"


class Steps:
    """Counts steps, and ends this process at one of them, or refuses the disk there."""

    def __init__(self, folder: Path, at: int, how: str) -> None:
        """Count what happens in this folder, and what is asked of a database."""
        self.folder, self.at, self.how, self.count, self.parts = str(folder), at, how, 0, dict[int, str]()
        sys.addaudithook(self._seen)
        event.listen(Engine, "before_cursor_execute", lambda *_: self._step("statement"))
        event.listen(Engine, "commit", lambda *_: self._step("commit"))

    def _seen(self, name: str, given: tuple[Any, ...]) -> None:
        written = name == "open" and isinstance(given[2], int) and given[2] & os.O_ACCMODE
        if (name in CHANGES or written) and str(given[0]).startswith(self.folder):
            self._step("disk")

    def _step(self, part: str) -> None:
        self.count += 1
        self.parts[self.count] = part
        if self.count == self.at and self.how == KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        if self.count == self.at and part == "disk":
            raise OSError(errno.ENOSPC, "refused by the test")


def stepped(work: Callable[[], None], folder: Path, at: int, how: str) -> tuple[str, dict[str, str]]:
    """Do work in a child; say how it ended, and what its steps were when it came to its end."""

    def watched(_told: int) -> str:
        steps = Steps(folder, at, how)
        work()
        return json.dumps(steps.parts)

    ended, said = in_child(watched)
    return ended, json.loads(said or "{}")


class Press:
    """One site that is published from again and again."""

    def __init__(self, folder: Path, url: str) -> None:
        """Make a site with a first version."""
        self.url = url
        self.desk = Desk.opened(folder, url=url)
        self.folder, self.made = folder, 0
        self.desk.context.database.engine.dispose()
        self.publish(self.next())

    def fresh(self) -> Context:
        """Return what another process would have: its own connections, nothing read yet."""
        context = self.desk.context
        site = SiteFolder(context.settings.site, cache=context.settings.data / "cache")
        return replace(context, library=site, database=open_database(context.settings.database_url))

    def next(self) -> str:
        """Change a word, and return the version in which that will be published."""
        self.made += 1
        raw, context = self.desk.raw("en"), self.fresh()
        more = f"The word{self.made} and the door{self.made} are here.\n".encode()
        place, who = self.desk.at, self.desk.people[0]
        text = raw[: raw.rindex(b"\n\n")] + b"\n\n" + more
        french = self.desk.in_french(text).replace(b"The ", b"La ").replace(b"are here", b"sont ici")
        for locale, content in (("en", text), ("fr", french)):
            expected = sha256(self.desk.raw(locale)).hexdigest()
            editing.save_source(context, who, place, locale, content, expected=expected)
        context.database.engine.dispose()
        return f"{self.made}.0.0"

    def publish(self, version: str) -> None:
        """Seal the draft and make it current."""
        context, course = self.fresh(), self.desk.at.course
        preparing.seal(context, SYSTEM, course, version, WISH)
        adopting.adopt(context, SYSTEM, course, version)
        context.database.engine.dispose()

    def look(self) -> dict[str, Any]:
        """Return what is there a minute later: sealed, whole, current, half done."""
        minute(self.desk.context)
        context, course = self.fresh(), self.desk.at.course
        library = context.library
        with context.database.reading() as tx:
            current = releases.current(tx, course, context.now())
            known = [one.version for one in releases.activations(tx, course)]
        context.database.engine.dispose()
        versions = library.versions(course)
        damaged = [one for one in versions if library.verify(course, one)]
        missing = [one for one in known if one not in versions]
        trash = [str(path) for path in (self.folder / "site").rglob(".*")]
        return {"current": current, "sealed": versions, "damaged": damaged, "lost": missing, "trash": trash}


def tries(press: Press, every: int) -> Iterator[dict[str, Any]]:
    """Kill and refuse at one step after another."""
    version = press.next()
    _, parts = stepped(lambda: press.publish(version), press.folder, 0, KILL)
    for how in (KILL, REFUSE):
        wanted = [int(at) for at, part in parts.items() if how == KILL or part == "disk"]
        for at in wanted[:: every if how == KILL else max(1, every // 2)]:
            before, version = press.look()["current"], press.next()
            ended, _ = stepped(partial(press.publish, version), press.folder, at, how)
            left = press.look()
            again, _ = stepped(partial(press.publish, version), press.folder, 0, KILL)
            told = {"how": how, "at": at, "part": parts[str(at)], "ended": ended, "before": before}
            yield {**told, "version": version, "left": left, "again": again, "after": press.look()}


def main(folder: Path, url: str, every: int) -> None:
    """Try, and print what came of it."""
    for one in tries(Press(folder, url), every):
        sys.stdout.write(json.dumps(one) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
