"""`lms backup FILE` and `lms restore FILE`."""

from __future__ import annotations

from pathlib import Path

import click

from lms.actions import backing_up
from lms.app import make_desk
from lms.cli.data_lock import hold
from lms.cli.founding import make_folders
from lms.cli.saying import gettext as _
from lms.cli.saying import settings as read_settings
from lms.core.people import SYSTEM

PASSPHRASE = "LMS_BACKUP_PASSPHRASE"  # noqa: S105  # the name of a variable
_FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
_WITHOUT = click.option("--without-keys", is_flag=True, help="Leave the keys out; they are kept elsewhere.")


def _passphrase(*, wanted: bool, twice: bool) -> str:
    if not wanted:
        return ""
    return str(click.prompt(_("Passphrase for the keys"), hide_input=True, confirmation_prompt=twice))


@click.command()
@_FILE
@_WITHOUT
@click.option("--passphrase", envvar=PASSPHRASE, default="", hidden=True)
def backup(file: Path, *, without_keys: bool, passphrase: str) -> None:
    """Write everything into FILE while the site goes on serving; the keys are sealed with a passphrase.

    The passphrase is asked for, or taken from LMS_BACKUP_PASSPHRASE. Without it the keys cannot be restored.
    """
    secret = "" if without_keys else passphrase or _passphrase(wanted=True, twice=True)
    size = backing_up.back_up(make_desk(read_settings()), SYSTEM, file.absolute(), secret)
    click.echo(_("Backed up to %(path)s (%(size)s kB)", path=file, size=size // 1000))


@click.command()
@_FILE
@_WITHOUT
@click.option("--passphrase", envvar=PASSPHRASE, default="", hidden=True)
def restore(file: Path, *, without_keys: bool, passphrase: str) -> None:
    """Put the backup FILE in the place of what is there; stop the site first.

    A damaged file is refused before anything is touched, and what was there is kept beside.
    """
    settings = read_settings()
    make_folders(settings)
    secret = "" if without_keys else passphrase or _passphrase(wanted=True, twice=False)
    with hold(settings.data, to_restore=True):
        done = backing_up.restore(make_desk(settings), SYSTEM, file.absolute(), secret)
    click.echo(_("Restored the backup of %(when)s", when=done.made_at))
    if done.erased_again:
        click.echo(_("People erased again: %(count)s", count=done.erased_again))
    click.echo(_("What was there before is in %(path)s. Delete it when all is well.", path=done.before))
