"""Builders for backups: an installation with everything in it, a new machine, what there is to compare."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from lms.actions.context import Context
from lms.actions.operations import setup
from lms.core.people.actors import SYSTEM
from lms.storage.database import Database, open_database
from lms.storage.migrations import migrating
from lms.storage.operations.blobs import BlobFolder
from lms.storage.tables.everything import metadata
from lms.trust.keys import open_keys
from tests.builders import a_context
from tests.builders_accounts import joined

PHRASE = "three quiet geese"
#: What was opened here, to be closed after a test.
OPENED: list[Database] = []


def opened(url: str) -> Database:
    """Open a database that `close_all` closes."""
    OPENED.append(open_database(url))
    return OPENED[-1]


def close_all() -> None:
    """Close what was opened."""
    while OPENED:
        OPENED.pop().engine.dispose()


def an_installation(tmp_path: Path, *, url: str = "", name: str = "house") -> Context:
    """Return an installation with a site of its own and blobs, made by the migrations; nobody is in it."""
    site = tmp_path / name / "site"
    (site / "courses").mkdir(parents=True)
    (site / "courses" / "a.yaml").write_text("a: 1\n")
    context = a_context(tmp_path / "unused", site=site)
    settings = replace(context.settings, data=tmp_path / name, site=site)
    settings = replace(settings, database_url=url or f"sqlite:///{settings.data / 'parvis.sqlite3'}")
    context = replace(
        context,
        settings=settings,
        database=opened(settings.database_url),
        blobs=BlobFolder(settings.blobs),
        keys=open_keys(settings.keys),
    )
    settings.blobs.mkdir()
    migrating.upgrade(context.database)
    setup.tie_keys(context, SYSTEM)
    return context


def a_house(tmp_path: Path, url: str = "") -> Context:
    """Return an installation with a blob, and somebody in it."""
    context = an_installation(tmp_path, url=url)
    context.blobs.put(b"a certificate")
    joined(context)
    return context


def state(context: Context) -> dict[str, object]:
    """Return everything there is, to compare."""
    with context.database.reading() as tx:
        tables = {
            table.name: sorted(map(str, tx.execute(table.select()))) for table in metadata.sorted_tables
        }
    settings = context.settings
    files = {
        str(path.relative_to(settings.data)): sha256(path.read_bytes()).hexdigest()
        for folder in (settings.site, settings.blobs, settings.keys)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    return {**tables, **files}


def empty(tmp_path: Path, context: Context) -> Context:
    """Return a new machine."""
    data = tmp_path / "new"
    data.mkdir(exist_ok=True)
    settings = replace(context.settings, data=data, site=data / "site")
    settings = replace(settings, database_url=f"sqlite:///{data / 'parvis.sqlite3'}")
    database = opened(settings.database_url)
    return replace(context, settings=settings, database=database, keys=open_keys(settings.keys))


def reopened(context: Context) -> Context:
    """Return the desk as the next process has it."""
    settings = context.settings
    return replace(context, database=opened(settings.database_url), keys=open_keys(settings.keys))
