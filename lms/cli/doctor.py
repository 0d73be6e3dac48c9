"""`lms doctor`: what is missing, in plain words, and what to do about it.

Holds the checks; each gives a line. The site runs without what is only useful; what it cannot run without
ends in exit code 6. Called by a person.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import click

from lms.actions import founding, keeping
from lms.actions.desk import Desk
from lms.app import make_desk
from lms.cli.saying import gettext as _
from lms.cli.saying import settings as read_settings
from lms.cli.saying import words_of
from lms.core.errors import ParvisError, Unavailable
from lms.core.people import SYSTEM
from lms.storage import steps

LITTLE_ROOM = 500_000_000  # bytes
GOOD, MISSING, BAD = "ok", "–", "!!"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing looked at: how it is, what it is, what to do."""

    mark: str
    about: str
    words: str


def _database(desk: Desk) -> Line:
    try:
        here, newest = steps.current(desk.database), steps.newest()
        founding.tie_keys(desk, SYSTEM)
        broken = keeping.broken_link(desk, SYSTEM)
    except ParvisError as problem:
        return Line(BAD, _("Database and keys"), " ".join(words_of(problem)))
    if here != newest:
        return Line(BAD, _("Database and keys"), _("not set up for this version. Run: lms setup"))
    if broken:
        return Line(BAD, _("Audit trail"), _("row %(seq)s was changed afterwards", seq=broken))
    return Line(GOOD, _("Database and keys"), _("up to date, and they belong together"))


def _disk(desk: Desk) -> Line:
    free = shutil.disk_usage(desk.settings.data).free
    words = _("%(size)s MB free in the data folder", size=free // 1_000_000)
    return Line(GOOD if free > LITTLE_ROOM else MISSING, _("Disk"), words)


def _mail(desk: Desk) -> Line:
    if desk.settings.mail_url is None:
        return Line(MISSING, _("Mail"), _("no server set (MAIL_URL); messages are kept in a folder"))
    return Line(GOOD, _("Mail"), _("a server is set; try: lms mail test ADDRESS"))


def _pango(_desk: Desk) -> Line:
    # In a process of its own: a missing library must not end this one, and the memory is given back.
    found = subprocess.run(  # this same Python
        [sys.executable, "-c", "import weasyprint"], check=False, capture_output=True
    )
    if found.returncode == 0:
        return Line(GOOD, _("Pango"), _("found; certificates can be made as PDF"))
    return Line(
        MISSING,
        _("Pango"),
        _("missing; no PDF until it is there: apt install libpango-1.0-0 libpangoft2-1.0-0"),
    )


def _fonts(_desk: Desk) -> Line:
    program = shutil.which("fc-list")
    if program is None:
        return Line(MISSING, _("Fonts"), _("cannot be listed: apt install fontconfig fonts-dejavu-core"))
    listed = subprocess.run([program, ":", "family"], check=False, capture_output=True, text=True)  # noqa: S603
    count = len(set(listed.stdout.splitlines()))
    if not count:
        return Line(MISSING, _("Fonts"), _("none found: apt install fonts-dejavu-core"))
    return Line(GOOD, _("Fonts"), _("%(count)s families", count=count))


def _java(_desk: Desk) -> Line:
    if shutil.which("java"):
        return Line(GOOD, _("Java"), _("found; the full test run checks PDFs with veraPDF"))
    return Line(GOOD, _("Java"), _("not needed; only the full test run would use it"))


def _postgres(desk: Desk) -> Line:
    if desk.database.is_sqlite or importlib.util.find_spec("psycopg"):
        return Line(GOOD, _("Database driver"), _("found"))
    return Line(BAD, _("Database driver"), _("missing: pip install 'parvis[postgres]'"))


CHECKS: tuple[Callable[[Desk], Line], ...] = (_postgres, _database, _disk, _mail, _pango, _fonts, _java)


def look(desk: Desk) -> Iterator[Line]:
    """Look at everything."""
    for check in CHECKS:
        yield check(desk)


@click.command()
def doctor() -> None:
    """Say what is missing, and what to do about it."""
    lines = list(look(make_desk(read_settings())))
    width = max(len(line.about) for line in lines)
    for line in lines:
        click.echo(f"{line.mark:<3}{line.about:<{width}}  {line.words}")
    if any(line.mark == BAD for line in lines):
        sys.exit(Unavailable.exit_code)
