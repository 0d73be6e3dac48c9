"""`lms backup FILE` and `lms restore FILE`: the arguments, the passphrase, and what is said about it.

`actions.operations.backing_up` does the work.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from lms.actions.catalogue import searching
from lms.actions.operations import backing_up, left_out
from lms.cli.opening import open_context
from lms.cli.operations.data_lock import PATIENCE, hold
from lms.cli.operations.setup_steps import make_folders
from lms.cli.saying import colon, voice
from lms.cli.saying import gettext as _
from lms.cli.saying import settings as read_settings
from lms.core.errors import Invalid, ParvisError, Unavailable
from lms.core.people.actors import SYSTEM
from lms.settings import Settings
from lms.storage.database import open_database
from lms.storage.operations.backups import archive

PASSPHRASE = "LMS_BACKUP_PASSPHRASE"  # noqa: S105  # the name of a variable
_WITHOUT = click.option("--without-keys", is_flag=True, help="Leave out the keys. You keep them elsewhere.")
_PHRASE = click.option("--passphrase", envvar=PASSPHRASE, default="", hidden=True)
_FILE = click.Path(dir_okay=False, path_type=Path)


def _typed(question: str) -> str:
    """Ask for the passphrase.

    Raises: Invalid `backup.no-passphrase` where nobody can be asked.
    """
    try:
        return str(click.prompt(question, hide_input=True, prompt_suffix=colon()))
    except click.Abort as problem:
        raise Invalid("backup.no-passphrase") from problem


def _new_passphrase(given: str) -> str:
    """Take the passphrase that was given, or ask for one twice; a weak one is refused before the second time.

    Raises: Invalid `backup.passphrase-weak`, `backup.passphrases-differ`, `backup.no-passphrase`.
    """
    if given:
        return given
    secret = _typed(_("Passphrase for the keys"))
    backing_up.check_passphrase(secret)
    if _typed(_("Confirm the passphrase")) != secret:
        raise Invalid("backup.passphrases-differ")
    return secret


def _when(made_at: str) -> str:
    """Return when a backup was made, by the calendar of the house."""
    return voice().moment(datetime.fromisoformat(made_at).astimezone(read_settings().calendar))


@click.command()
@click.argument("file", type=_FILE)
@_WITHOUT
@click.option("--replace", is_flag=True, help="Replace FILE if it exists.")
@_PHRASE
def backup(file: Path, *, without_keys: bool, replace: bool, passphrase: str) -> None:
    """Save a backup of everything in FILE. The site can keep running. A passphrase protects the keys.

    You are asked for the passphrase twice, unless LMS_BACKUP_PASSPHRASE is set. You need it to restore the
    keys. An existing FILE is not replaced. Links are listed but not included. If files of a published version
    are missing, the backup is still saved, and the exit code is 6.
    """
    settings = read_settings()
    context = open_context(settings)
    archive.check_free(file.absolute(), replace=replace)
    secret = "" if without_keys else _new_passphrase(passphrase)
    size = backing_up.back_up(context, SYSTEM, file.absolute(), secret, overwrite=replace)
    click.echo(_("Backup saved to %(path)s (%(size)s kB)", path=file, size=voice().number(size // 1000)))
    for link in left_out.links(settings):
        click.echo(_("Not included because it is a link: %(path)s", path=link), err=True)
    if missing := left_out.missing(context, SYSTEM):
        raise Unavailable("backup.incomplete", releases=tuple(missing))


def _finish(settings: Settings, file: Path | None) -> bool:
    """Finish a restore that was cut short; return whether it was of this very file."""
    database = open_database(settings.database_url)
    try:
        plan = backing_up.finish_restore(settings, database)
    finally:
        database.engine.dispose()
    if plan is None:
        return False
    click.echo(_("An interrupted restore is now finished: backup from %(when)s", when=_when(plan.made_at)))
    return file is not None and archive.told_digest(file) == plan.digest


def _forget(settings: Settings) -> None:
    count = backing_up.forget_old(open_context(settings), SYSTEM, everything=True)
    click.echo(_("Old data removed: %(count)s", count=count))


@click.command()
@click.argument("file", type=_FILE, required=False)
@_WITHOUT
@click.option(
    "--even-so", is_flag=True, help="Continue even if we cannot tell whose data was erased since the backup."
)
@click.option("--forget-old", is_flag=True, help="Remove the old data kept by earlier restores and upgrades.")
@_PHRASE
def restore(
    file: Path | None, *, without_keys: bool, even_so: bool, forget_old: bool, passphrase: str
) -> None:
    """Replace the current data with the backup FILE. Stop the site first.

    A damaged file is rejected before anything is changed. The previous data is kept for 30 days. If a restore
    is interrupted, run it again.
    """
    if file is None and not forget_old:
        raise click.UsageError(_("Specify the backup file to restore."))
    settings = read_settings()
    make_folders(settings)
    with hold(settings.data, to_restore=True, patience=PATIENCE):
        done = _finish(settings, file)
        if forget_old:
            _forget(settings)
        if file is not None and not done:
            secret = "" if without_keys else passphrase or _typed(_("Passphrase for the keys"))
            _restore(settings, file, secret, even_so=even_so)


def _restore(settings: Settings, file: Path, secret: str, *, even_so: bool) -> None:
    context = open_context(settings, as_it_is=True)
    done = backing_up.restore(context, SYSTEM, file.absolute(), secret, even_so=even_so)
    click.echo(_("Backup from %(when)s restored", when=_when(done.made_at)))
    if done.erased_again:
        click.echo(_("People whose data was erased again: %(count)s", count=done.erased_again))
    told = {"path": done.before, "day": voice().date(done.until)}
    click.echo(_("The previous data is kept in %(path)s until %(day)s.", **told))
    click.echo(_("To remove it now: %(command)s", command="lms restore --forget-old"))
    try:
        context = open_context(settings)
        for release in left_out.missing(context, SYSTEM):
            words = _("%(release)s is published, but its files are not in this backup.", release=release)
            click.echo(words, err=True)
        searching.rebuild(context, SYSTEM)
    except ParvisError:
        click.echo(_("Search will be ready when the site starts."))
