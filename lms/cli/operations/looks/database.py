"""What `lms doctor` looks at in the data: database, keys, trail, jobs, seals, backups, old data.

A look that cannot be had says so and why, and the others still follow. Nothing is made or changed: no key, no
database, no table. Holds no look at the machine (`doctor_machine`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from lms.actions.context import Context
from lms.actions.operations import health, maintenance
from lms.cli.opening import open_context
from lms.cli.operations.looks.examination import BAD, GOOD, MISSING, UNSEEN, DoctorLine
from lms.cli.saying import gettext as _
from lms.cli.saying import voice, words_of
from lms.core.errors import ParvisError
from lms.core.operations.calendar import day_of
from lms.core.people.actors import SYSTEM
from lms.settings import Settings
from lms.storage.migrations import steps
from lms.storage.operations.backups import kept, last_backup, snapshot, swap
from lms.trust.keys import ROOT_FILE

DAY = 24 * 3600 * 1000
SELDOM = 8  # days after which a backup is old
OLDEST_SERVER = 13  # of PostgreSQL

Look = Callable[[Context], DoctorLine]


def database(context: Context) -> DoctorLine:
    """Look whether the tables are those of this version."""
    about = _("Database")
    if context.database.is_sqlite and not snapshot.file_of(context.database).exists():
        return DoctorLine(BAD, about, _("missing. Run: lms setup"))
    here = steps.current(context.database)
    if here != steps.newest():
        return DoctorLine(BAD, about, _("not set up for this version. Run: lms setup"))
    if not context.database.is_sqlite:
        return _server(context)
    if not snapshot.is_whole(snapshot.file_of(context.database)):
        return DoctorLine(BAD, about, _("the file is damaged. Restore the latest backup: lms restore FILE"))
    return DoctorLine(GOOD, about, _("SQLite; the file is intact and up to date"))


def _server(context: Context) -> DoctorLine:
    version = health.database_version(context, SYSTEM)
    if int(version.split(".")[0]) < OLDEST_SERVER:
        words = _(
            "PostgreSQL %(version)s is too old. Install version %(least)s or later",
            version=version,
            least=OLDEST_SERVER,
        )
        return DoctorLine(BAD, _("Database"), words)
    return DoctorLine(GOOD, _("Database"), _("PostgreSQL %(version)s; up to date", version=version))


def keys(context: Context) -> DoctorLine:
    """Look whether keys and database belong together."""
    about = _("Keys")
    noted = health.keys_belong(context, SYSTEM)
    if noted is None:
        return DoctorLine(BAD, about, _("not linked to the database yet. Run: lms setup"))
    if not noted:
        return DoctorLine(BAD, about, _("These keys belong to another database."))
    return DoctorLine(GOOD, about, _("they match this database"))


def trail(context: Context) -> DoctorLine:
    """Look whether the audit trail is what was written."""
    about = _("Activity log")
    if broken := maintenance.broken_link(context, SYSTEM):
        return DoctorLine(BAD, about, _("row %(seq)s was changed after it was recorded", seq=broken))
    return DoctorLine(GOOD, about, _("unchanged"))


def clock(context: Context) -> DoctorLine:
    """Look whether the clock is behind what has happened."""
    about, newest = _("Clock"), health.newest_entry(context, SYSTEM)
    if newest > context.now() + 60_000:
        when = voice().moment(context.local(newest))
        words = _(
            "it is slow now, or was fast earlier: the latest entry in the activity log is dated %(when)s",
            when=when,
        )
        return DoctorLine(MISSING, about, words)
    return DoctorLine(GOOD, about, _("no entry in the activity log has a future date"))


def jobs(context: Context) -> DoctorLine:
    """Look for work that failed for good."""
    about, found = _("Tasks"), health.work(context, SYSTEM)
    if found.failed:
        kinds = voice().series([f"{kind} ({count})" for kind, count in found.failed.items()])
        return DoctorLine(
            BAD,
            about,
            _("permanently failed: %(kinds)s. To see why and try again: lms job list", kinds=kinds),
        )
    return DoctorLine(GOOD, about, _("%(count)s waiting, none failed", count=found.waiting))


def seals(context: Context) -> DoctorLine:
    """Hash every published release again."""
    about, count = _("Seals"), 0
    for course, version, digest in health.published(context, SYSTEM):
        try:
            found = context.library.release(course, version).digest
        except ParvisError as problem:
            return DoctorLine(BAD, about, words_of(problem)[0])
        if found != digest:
            words = _(
                "the files of %(course)s %(version)s have changed since they were published",
                course=course,
                version=version,
            )
            return DoctorLine(BAD, about, words)
        count += 1
    if not count:
        return DoctorLine(MISSING, about, _("no course has been published yet. Run: lms adopt"))
    return DoctorLine(GOOD, about, _("published versions that match their seals: %(count)s", count=count))


#: What is looked at, and how it is called when it cannot be.
LOOKS: tuple[tuple[str, Look], ...] = (
    ("Database", database),
    ("Keys", keys),
    ("Audit trail", trail),
    ("Clock", clock),
    ("Jobs", jobs),
    ("Seals", seals),
)


def _names() -> dict[str, str]:
    return {
        "Database": _("Database"),
        "Keys": _("Keys"),
        "Audit trail": _("Activity log"),
        "Clock": _("Clock"),
        "Jobs": _("Tasks"),
        "Seals": _("Seals"),
    }


def look(context: Context) -> Iterator[DoctorLine]:
    """Look at everything in the data; after the first look that cannot be had, the database is left alone."""
    for name, one in LOOKS:
        try:
            line = one(context)
        except ParvisError as problem:
            line = DoctorLine(BAD, _names()[name], words_of(problem)[0])
        yield line
        if one is database and line.mark == BAD:
            yield from unseen(_("the database cannot be used"), but=("Database",))
            return


def unseen(why: str, *, but: tuple[str, ...] = ()) -> Iterator[DoctorLine]:
    """Report everything in the data as not looked at, and why."""
    for name, shown in _names().items():
        if name not in but:
            yield DoctorLine(UNSEEN, shown, _("not checked: %(why)s", why=why))


def open_for_looking(settings: Settings) -> Context | DoctorLine:
    """Open what there is to look at, without making anything; else say what is missing."""
    if not settings.data.is_dir():
        return DoctorLine(UNSEEN, "", _("there is no data folder"))
    if swap.is_half_done(settings.data):
        return DoctorLine(UNSEEN, "", _("a restore is not finished"))
    try:
        if not (settings.keys / ROOT_FILE).exists():
            return DoctorLine(BAD, "", _("there is no key in %(path)s. Run: lms setup", path=settings.keys))
        return open_context(replace(settings, issuer_logo=None))  # the machine is looked at for that
    except ParvisError as problem:
        return DoctorLine(BAD, "", words_of(problem)[0])
    except OSError:
        return DoctorLine(BAD, "", _("this user cannot read %(path)s", path=settings.keys))


# --- what lies in the data folder ---------------------------------------------------------------------------
def restore(settings: Settings) -> DoctorLine:
    """Look for a restore that was cut short."""
    about = _("Restore")
    if swap.is_half_done(settings.data):
        return DoctorLine(BAD, about, _("interrupted. Run lms restore again with the same file"))
    return DoctorLine(GOOD, about, _("no unfinished restore"))


def backup(settings: Settings, now: int) -> DoctorLine:
    """Look when the last backup was made, as far as that is known here."""
    about, last = _("Last backup"), last_backup.find(settings.data)
    if last is None:
        return DoctorLine(MISSING, about, _("no backup recorded here. Run: lms backup FILE"))
    day = voice().date(day_of(last.at, settings.calendar))
    told = {"day": day, "path": last.path}
    if not last.path.exists():
        return DoctorLine(MISSING, about, _("%(day)s, in %(path)s, but this file no longer exists", **told))
    if now - last.at > SELDOM * DAY:
        return DoctorLine(MISSING, about, _("%(day)s, in %(path)s: more than a week ago", **told))
    return DoctorLine(GOOD, about, _("%(day)s, in %(path)s", **told))


def old_data(settings: Settings, now: int) -> DoctorLine:
    """Look for what restores and upgrades have put aside: people who were erased since may be in it."""
    about, found = _("Old data"), list(kept.all_kept(settings.data))
    if endless := kept.without_end(settings.data):
        return DoctorLine(
            MISSING,
            about,
            _("%(path)s has no removal date. Delete it once everything is working", path=endless[0]),
        )
    if not found:
        return DoctorLine(GOOD, about, _("none kept"))
    last = max(found, key=lambda one: one.until)
    day = voice().date(day_of(last.until, settings.calendar))
    told = {"count": len(found), "day": day, "path": last.place}
    if any(one.until < now - DAY for one in found):
        return DoctorLine(BAD, about, _("kept longer than planned. To remove it: lms restore --forget-old"))
    return DoctorLine(
        MISSING, about, _("items kept: %(count)s, until %(day)s at the latest. Example: %(path)s", **told)
    )
