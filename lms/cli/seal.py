"""`lms seal COURSE VERSION`: check a draft, and seal it as a version that nobody can change.

Holds the arguments and what is said; `lms adopt` publishes what was sealed. Called by a person who prepares a
release.
"""

from __future__ import annotations

from pathlib import Path

import click

from lms.cli.check import as_text, today
from lms.cli.saying import WRONG_INPUT, gettext, settings, tongue
from lms.content.checking import check_site
from lms.content.library import Library
from lms.content.sealing import seal
from lms.core.findings import Severity
from lms.rendering.words import voice


@click.command("seal")
@click.argument("course")
@click.argument("version")
@click.option("--by", required=True, help="Who answers for this release.")
@click.option("--why-en", required=True, help="What changed, for learners, in English.")
@click.option("--why-fr", required=True, help="What changed, for learners, in French.")
@click.option(
    "--site", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Another site folder."
)
def seal_command(course: str, version: str, *, by: str, why_en: str, why_fr: str, site: Path | None) -> None:
    """Seal the draft of COURSE as VERSION, such as 1.2.0."""
    knobs = settings()
    library = Library(site or knobs.site, cache=knobs.data / "cache")
    library.draft(course)
    findings = check_site(library, today(), only=(course, "courses/legislation", "courses/glossary.yaml"))
    grave = [finding for finding in findings if finding.severity is Severity.ERROR]
    if grave:
        click.echo(as_text(grave, voice(tongue()).gettext), err=True)
        click.echo(gettext("Nothing was sealed: mend the errors first."), err=True)
        raise SystemExit(WRONG_INPUT)
    why = {"en": why_en, "fr": why_fr}
    sealed = seal(
        library, course, version, by=by, why=why, date=today().isoformat(), findings=tuple(findings)
    )
    words = {"course": course, "version": version, "digest": sealed.release.digest}
    if sealed.was_there:
        click.echo(
            gettext("Already sealed, and still the same: %(course)s %(version)s (%(digest)s)", **words)
        )
    else:
        click.echo(gettext("Sealed: %(course)s %(version)s (%(digest)s)", **words))
    click.echo(gettext("Publish it with: lms adopt"))
