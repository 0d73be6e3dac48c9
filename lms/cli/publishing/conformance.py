"""`lms conformance COURSE [VERSION]`: what was checked of a release, as text, EARL or SARIF.

Holds the arguments and what is said.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version as installed
from pathlib import Path

import click

from lms.actions.context import Context
from lms.actions.publishing import conformance
from lms.actions.publishing.conformance import ConformancePage
from lms.cli.click_words import Day
from lms.cli.opening import open_context
from lms.cli.saying import gettext as _
from lms.cli.saying import settings, voice
from lms.core.checks.conformance.additions import RESULTS, SUBJECTS, ManualCheck
from lms.core.checks.conformance.proof import LIMITS
from lms.core.errors import Invalid
from lms.core.people.actors import SYSTEM
from lms.rendering.conformance import words
from lms.rendering.conformance.earl import earl
from lms.rendering.conformance.sarif import said, sarif

MOST_BYTES = 50_000_000  # of results from a browser: what passed is in them too
_PLACES = ("file", "line", "column")


def _findings(page: ConformancePage) -> Iterator[str]:
    checked = page.record.checked
    for one in checked.noted if checked else ():
        place = ":".join(str(part) for name in _PLACES if (part := getattr(one.finding.place, name)))
        grave = voice().gettext(words.SEVERITIES[one.finding.severity])
        yield f"  {place}: {grave}: {said(one.finding, voice().gettext)}"
        if one.answer:
            yield "    " + _("Decided: %(reason)s", reason=one.answer.reason)


def _by_hand(page: ConformancePage) -> Iterator[str]:
    for line in page.record.manual:
        check = line.check
        told = [voice().date(check.day), _(words.SUBJECTS[check.subject]), _(words.RESULTS[check.result])]
        yield "  " + voice().series([*told, *check.languages, *([line.name] if line.name else [])])
        yield f"    {check.how}"
    if not page.record.manual:
        yield "  " + _("No one has recorded a check of this version by a person.")


def as_text(page: ConformancePage) -> str:
    """Return the record of a release for a person at a terminal."""
    checked, run = page.record.checked, page.record.browser
    lines = [f"{page.course.id} {page.head.version}", words.verdict(checked, voice())]
    if checked:
        lines += [
            words.basis(checked, voice()),
            _("Checked: %(looked)s.", looked=words.looked(checked, voice())),
            _(
                "Parvis %(program)s, %(day)s, rules: %(rules)s (%(fingerprint)s), languages: %(languages)s",
                program=checked.program,
                day=voice().date(checked.day),
                rules=voice().number(len(checked.rules)),
                fingerprint=checked.fingerprint,
                languages=voice().series(checked.languages),
            ),
        ]
    lines += [*_findings(page), _("Rules run in a browser"), "  " + words.browser(run, voice())]
    if run:
        told = [f"{run.engine} {run.version}", run.browser, voice().date(run.day)]
        lines += [
            "  " + voice().series([one for one in told if one]),
            *(f"    {one.path}" for one in run.pages),
        ]
    lines += ["  " + words.proof(installed("parvis"), voice())]
    lines += [_("Checked by people"), *_by_hand(page), _("Known limits")]
    return "\n".join([*lines, *("  " + _(words.LIMITS[limit]) for limit in LIMITS)])


def _read(file: Path) -> object:
    if file.stat().st_size > MOST_BYTES:
        raise Invalid("conformance.not-axe")
    try:
        return json.loads(file.read_bytes())
    except (ValueError, RecursionError) as problem:
        raise Invalid("conformance.not-axe") from problem


def _take_in(context: Context, course: str, version: str, file: Path) -> None:
    run = conformance.take_in(context, SYSTEM, course, _read(file), version=version)
    told = {"engine": run.engine, "version": run.version, "count": voice().number(len(run.pages))}
    click.echo(_("Recorded: %(engine)s %(version)s, pages: %(count)s", **told))
    click.echo(words.browser(run, voice()))


@click.command("conformance")
@click.argument("course")
@click.argument("version", default="")
@click.option("--earl", "form", flag_value="earl", help="Print EARL (JSON-LD).")
@click.option("--sarif", "form", flag_value="sarif", help="Print SARIF 2.1.0.")
@click.option(
    "--record",
    "results",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Add the results of axe-core in FILE, made in a browser on pages that showed this version.",
)
@click.option(
    "--checked",
    "subject",
    type=click.Choice(SUBJECTS),
    help="Add a check by a person, with --how, --on, --language and --found.",
)
@click.option("--how", default="", help="How it was checked, and what was found.")
@click.option("--on", "day", type=Day(), metavar="YYYY-MM-DD", help="The date of the check.")
@click.option("--language", "languages", multiple=True, help="A language that was checked; can be repeated.")
@click.option(
    "--found", "result", type=click.Choice(RESULTS), default=RESULTS[0], help="Result of the check."
)
def conformance_command(  # one argument for each option
    course: str,
    version: str,
    *,
    form: str | None,
    results: Path | None,
    subject: str | None,
    how: str,
    day: datetime | None,
    languages: tuple[str, ...],
    result: str,
) -> None:
    """Show what was checked of a version of a course."""
    context = open_context(settings())
    if results:
        _take_in(context, course, version, results)
    elif subject:
        on = f"{day:%Y-%m-%d}" if day else context.today()
        check = ManualCheck(subject, how, languages, on, result)
        done = conformance.note_manual(context, SYSTEM, course, check, version=version)
        click.echo(_("Recorded for version %(version)s.", version=done))
    else:
        click.echo(_written(conformance.of_release(context, SYSTEM, course, version), form))


def _written(page: ConformancePage, form: str | None) -> str:
    if form == "earl":
        return earl(page.record, voice())
    return sarif(page.record, voice().gettext) if form == "sarif" else as_text(page)
