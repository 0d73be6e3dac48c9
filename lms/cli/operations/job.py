"""`lms job`: work that failed for good, and having it tried again.

Holds the arguments. What a job carries may name somebody and is never shown.
"""

from __future__ import annotations

import click

from lms.actions.operations import background
from lms.cli.opening import open_context
from lms.cli.saying import gettext as _
from lms.cli.saying import settings as read_settings
from lms.core.operations.jobs import (
    BlobErasure,
    CertificatePdf,
    DossierPaper,
    HoldersToTell,
    JobLine,
    LaterQuestions,
    Letter,
    ReleaseActivated,
)
from lms.core.people.actors import SYSTEM


def _kinds() -> dict[str, str]:
    return {
        BlobErasure.kind: _("Erasing a file"),
        CertificatePdf.kind: _("Creating the PDF of a certificate"),
        LaterQuestions.kind: _("Sending the survey three months after a course"),
        DossierPaper.kind: _("Creating the PDF of a change dossier"),
        Letter.kind: _("Sending a message"),
        ReleaseActivated.kind: _("Moving learners to a new version"),
        HoldersToTell.kind: _("Telling certificate holders of a new version"),
    }


def _told(line: JobLine) -> str:
    """Return what it is for; the key of a letter leads to nobody, so it is left out."""
    words = _kinds().get(line.kind, line.kind)
    about = "" if line.kind == Letter.kind else line.key.partition(":")[2]
    return f"{words} {about}".rstrip()


@click.group()
def job() -> None:
    """Manage background tasks."""


@job.command("list")
@click.option("--all", "all_of_them", is_flag=True, help="Include waiting tasks.")
def list_jobs(*, all_of_them: bool) -> None:
    """List the tasks that failed permanently, oldest first."""
    found = background.jobs(open_context(read_settings()), SYSTEM, all_of_them=all_of_them)
    for line in found:
        state = _("failed") if line.state == "failed" else _("waiting")
        why = f", {line.error}" if line.error else ""
        click.echo(f"{line.id}  {_told(line)}")
        click.echo("  " + _("%(state)s, attempts: %(tries)s", state=state, tries=line.tries) + why)
    if not found:
        click.echo(
            _("No tasks are waiting, and none have failed.") if all_of_them else _("No tasks have failed.")
        )
    elif any(line.can_retry for line in found):
        click.echo(_("To try again: lms job retry NUMBER, or lms job retry --all"))


@job.command("retry")
@click.argument("numbers", nargs=-1, metavar="NUMBER...")
@click.option("--all", "all_of_them", is_flag=True, help="All failed tasks.")
def retry(numbers: tuple[str, ...], *, all_of_them: bool) -> None:
    """Try task NUMBER again from the beginning.

    To see the numbers: lms job list
    """
    if bool(numbers) is all_of_them:
        raise click.UsageError(_("Specify the task number, or use --all."))
    context = open_context(read_settings())
    if all_of_them:
        click.echo(
            _("Tasks that will be tried again: %(count)s", count=background.retry_all(context, SYSTEM))
        )
        return
    for number in numbers:
        background.retry_job(context, SYSTEM, number)
    click.echo(_("Tasks that will be tried again: %(count)s", count=len(numbers)))
