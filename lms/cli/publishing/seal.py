"""`lms seal COURSE VERSION`: check a draft, and seal it as a version that nobody can change.

Holds the arguments and what is said; `actions.publishing` checks and seals, `lms adopt` publishes what was
sealed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from lms.actions.context import Context
from lms.actions.publishing import preparing
from lms.cli.opening import open_context
from lms.cli.operations.data_lock import hold_sealing
from lms.cli.operations.setup_steps import make_folders, migrate
from lms.cli.publishing.check import as_text
from lms.cli.saying import WRONG_INPUT, gettext, settings, tongue
from lms.content.site_folder import SiteFolder
from lms.core.errors import Conflict, Invalid
from lms.core.people.actors import SYSTEM
from lms.rendering.words.translator import translator_for
from lms.settings import Settings
from lms.storage.migrations import steps


def _reason(text: str) -> tuple[str, str]:
    """Read `fr=…`: a language tag, and why in this language."""
    tag, given, words = text.partition("=")
    if not given or not tag.strip():
        raise click.BadParameter(gettext("Specify a language and the reason, for example fr=…"))
    return tag.strip(), words.strip()


def _context(knobs: Settings, site: Path | None) -> Context:
    """Open the context in which sealing is noted; where there is no database yet, it is made.

    Raises: Conflict `database.not-ready` for one of an earlier version.
    """
    make_folders(knobs)
    context = open_context(knobs)
    here = steps.current(context.database)
    if not here:
        migrate(context)
    elif here != steps.newest():
        raise Conflict("database.not-ready")
    return replace(context, library=SiteFolder(site, cache=knobs.data / "cache")) if site else context


@contextmanager
def _findings_told(site: Path) -> Iterator[None]:
    """Print what keeps a draft from being sealed as `lms check` tells it."""
    try:
        yield
    except Invalid as problem:
        if problem.code != "release.findings":
            raise
        click.echo(as_text(problem.findings, translator_for(tongue()).gettext, site), err=True)
        click.echo(gettext("Nothing was sealed. Fix the errors first."), err=True)
        raise SystemExit(WRONG_INPUT) from problem


@click.command("seal")
@click.argument("course")
@click.argument("version")
@click.option("--by", required=True, help="Who is responsible for this version (written in the sealed file).")
@click.option(
    "--why",
    "reasons",
    multiple=True,
    metavar="LANG=TEXT",
    help="What changed, for learners, such as fr=…. Repeat it for each language of the course.",
)
@click.option(
    "--from", "source", default="", metavar="VERSION", help="Seal the content of this version again."
)
@click.option(
    "--site", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Use another site folder."
)
def seal_command(
    course: str,
    version: str,
    *,
    by: str,
    reasons: tuple[str, ...],
    source: str,
    site: Path | None,
) -> None:
    """Seal the draft of COURSE as VERSION, such as 1.2.0."""
    knobs = settings()
    wish = preparing.SealRequest(by, dict(map(_reason, reasons)), source, unapproved=True)
    context = _context(knobs, site)
    with hold_sealing(knobs.data), _findings_told(site or knobs.site):
        sealed = preparing.seal(context, SYSTEM, course, version, wish)
    words = {"course": course, "version": version, "digest": sealed.digest}
    if sealed.was_there:
        click.echo(gettext("Already sealed, and unchanged: %(course)s %(version)s (%(digest)s)", **words))
    else:
        click.echo(gettext("Sealed: %(course)s %(version)s (%(digest)s)", **words))
    click.echo(gettext("To publish it: lms adopt"))
