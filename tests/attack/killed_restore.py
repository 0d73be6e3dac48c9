"""A restore that is killed at one step after another, and what the next finds: `python -m … FOLDER [URL]`.

A process of its own, with one thread, which forks a child for each try. A step is a change of the disk (a
rename, a removal, a file opened for writing) or, where a URL of an empty PostgreSQL database is given, a
statement. At a step the child is killed, or, in a second round, the system refuses it once. Prints one line
of JSON for each try. Holds the killing and the looking; the test judges.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import OperationalError

from lms.actions.context import Context
from lms.actions.operations import backing_up, personal_data, setup
from lms.actions.people import visitors
from lms.core.people.actors import NOBODY, SYSTEM
from lms.storage.database import open_database
from lms.storage.migrations import migrating
from lms.storage.operations.backups import swap
from lms.storage.operations.blobs import BlobFolder
from lms.trust.keys import open_keys
from tests.attack.children import in_child
from tests.builders import a_context
from tests.builders_accounts import HERE, PASSWORD, known_by

PHRASE = "three quiet geese"
GONE, STAYS, LATER = "zq.gone", "zq.stays", "zq.later"
BEFORE = 5  # tries at steps before anything changes places
MOVING = 18  # steps from the mark on in which files change places
CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link"}
KILL, REFUSE = "kill", "refuse"
SCHEMAS = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'parvis%'"


class Steps:
    """Counts steps, and ends this process at one of them, or refuses it."""

    def __init__(self, folder: Path, at: int, how: str, report: int) -> None:
        """Count what happens in this folder; write to `report` at which step the mark is set."""
        self.folder, self.at, self.how, self.count, self.report = str(folder), at, how, 0, report
        sys.addaudithook(self._seen)
        if URL:
            event.listen(Engine, "before_cursor_execute", self._asked)
            event.listen(Engine, "commit", self._asked)

    def _asked(self, connection: Connection, *_: object) -> None:
        self._step(connection)

    def _seen(self, name: str, given: tuple[Any, ...]) -> None:
        written = name == "open" and isinstance(given[2], int) and given[2] & os.O_ACCMODE
        if name in CHANGES or (written and str(given[0]).startswith(self.folder)):
            if name == "os.rename" and str(given[1]).endswith(swap.MARK):
                os.write(self.report, f"{self.count + 1}\n".encode())
            self._step()

    def _step(self, connection: Connection | None = None) -> None:
        self.count += 1
        if self.count == self.at and self.how == KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        if self.count == self.at and connection is not None:
            driver: Any = connection.dialect.loaded_dbapi
            raise OperationalError("refused by the test", None, driver.OperationalError("refused"))
        if self.count == self.at:
            raise OSError(errno.EIO, "refused by the test")


def stepped(work: Callable[[], None], folder: Path, at: int = 0, how: str = KILL) -> tuple[str, list[int]]:
    """Do work in a child; say how it ended, and at which step the mark was set and how many there were."""

    def watched(told: int) -> str:
        steps = Steps(folder, at, how, told)
        work()
        return f"{steps.count}\n"

    ended, said = in_child(watched)
    return ended, [int(line) for line in said.splitlines()]


def house(folder: Path, url: str) -> Context:
    """Return an installation in this folder, on SQLite or at the URL."""
    context = a_context(folder.parent / "unused")
    settings = replace(
        context.settings,
        data=folder,
        site=folder / "site",
        database_url=url or f"sqlite:///{folder / 'parvis.sqlite3'}",
    )
    folder.mkdir(exist_ok=True)
    return replace(
        context,
        settings=settings,
        database=open_database(settings.database_url),
        blobs=BlobFolder(settings.blobs),
        keys=open_keys(settings.keys),
    )


def found(folder: Path) -> Context:
    """Set the installation up, with people, a site and a blob."""
    context = house(folder, URL)
    (folder / "site" / "courses").mkdir(parents=True)
    (folder / "site" / "courses" / "a.yaml").write_text("a: 1\n")
    (folder / "blobs").mkdir()
    migrating.upgrade(context.database)
    setup.tie_keys(context, SYSTEM)
    context.blobs.put(b"a certificate")
    for name in (GONE, STAYS):
        visitors.sign_up(context, NOBODY, name.upper(), name, PASSWORD, locale="en", browser=HERE)
    return context


def erase(context: Context, name: str) -> None:
    """Let somebody delete their account."""
    from lms.actions.people.signing_in import sign_in  # noqa: PLC0415  # beside the only use

    known = known_by(context, sign_in(context, NOBODY, name, PASSWORD, HERE).token)
    personal_data.delete_me(context, known.actor, is_sure=True, keep_certificates=False, current="")


def look(folder: Path) -> dict[str, Any]:
    """Return what is there: names, site, keys, blobs."""
    if not URL and not (folder / "parvis.sqlite3").exists():
        names = None
    else:
        engine = create_engine(URL or f"sqlite:///file:{folder}/parvis.sqlite3?mode=ro&uri=true")
        with engine.connect() as tx:
            names = sorted(tx.execute(text("SELECT name FROM profile")).scalars())
        engine.dispose()
    parts = {part: (folder / part).is_dir() for part in ("site", "keys", "blobs")}
    later = (folder / "site" / "courses" / "later.yaml").exists()
    return {"names": names, **parts, "later": later, "mark": swap.is_half_done(folder)}


def chosen(mark: int, most: int) -> Iterator[tuple[str, int]]:
    """Choose where to kill and where to refuse: all around the places that differ, some of those that do not.

    Before the mark nothing has changed. Then files change places, in the end tables do (one transaction), the
    mark goes, and what was made ready and is not needed any more is removed.
    """
    yield from ((KILL, at) for at in range(1, mark - 2, mark // BEFORE))
    some = 3 if URL else 1  # each try takes longer there, and many steps are statements of one transaction
    moving = [*range(mark - 1, mark + MOVING, some), *range(mark + MOVING, most, 9 * some), most - 1, most]
    yield from ((KILL, at) for at in moving)
    yield from ((REFUSE, at) for at in moving if at >= mark)


def main(folder: Path) -> None:
    """Kill one restore after another."""
    data, kept, file = folder / "data", folder / "kept", folder / "x.parvis"
    context = found(data)
    backing_up.back_up(context, SYSTEM, file, PHRASE)
    erase(context, GONE)
    visitors.sign_up(context, NOBODY, LATER.upper(), LATER, PASSWORD, locale="en", browser=HERE)
    (data / "site" / "courses" / "later.yaml").write_text("b: 2\n")
    backing_up.back_up(context, SYSTEM, folder / "now.parvis", PHRASE)
    context.database.engine.dispose()
    shutil.copytree(data, kept)

    def restore() -> None:
        backing_up.restore(house(data, URL), SYSTEM, file, PHRASE)

    def again() -> None:
        settings = replace(context.settings, data=data)
        backing_up.finish_restore(settings, open_database(settings.database_url))
        if (data / "site" / "courses" / "later.yaml").exists():
            restore()

    def fresh() -> None:
        if URL:
            _as_before(folder / "now.parvis")
        shutil.rmtree(data)
        shutil.copytree(kept, data)

    fresh()
    _, (mark, most) = stepped(restore, data)
    for how, at in chosen(mark, most):
        fresh()
        ended, _ = stepped(restore, data, at, how)
        left = look(data)
        then, _ = stepped(again, data)
        told = {"how": how, "at": at, "of": most, "mark": mark, "ended": ended, "left": left}
        trash = [path.name for path in data.glob(".restore-*")]
        trash += [name for name in _schemas() if "staged" in name]
        told |= {"then": then, "after": look(data), "trash": trash}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


def _schemas(*, drop: bool = False) -> list[str]:
    if not URL:
        return []
    engine = create_engine(URL, isolation_level="AUTOCOMMIT")
    with engine.connect() as tx:
        names = list(tx.execute(text(SCHEMAS)).scalars())
        for name in names if drop else ():
            tx.execute(text(f'DROP SCHEMA "{name}" CASCADE'))
    engine.dispose()
    return names


def _as_before(now: Path) -> None:
    """Put the database back as it was before the restore, by the product's own file."""
    other = now.parent / "other"
    shutil.rmtree(other, ignore_errors=True)
    _schemas(drop=True)
    backing_up.restore(house(other, URL), SYSTEM, now, PHRASE)
    shutil.rmtree(other)
    _schemas(drop=True)


URL = sys.argv[2] if len(sys.argv) > 2 else ""

if __name__ == "__main__":
    main(Path(sys.argv[1]))
