"""`lms check`: every rule over every file of the site, as text, JSON or SARIF 2.1.0.

Holds the arguments and the three ways of telling. Exit code 0 when nothing keeps a release from being sealed,
2 when something does (with `--strict` warnings count too).
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

import click

from lms.cli.publishing.reading import reading_table
from lms.cli.saying import WRONG_INPUT, settings, tongue
from lms.content.checks.checking import check_site
from lms.content.library import Library
from lms.core.checks.rules import RULES
from lms.core.courses.findings import Finding, Severity
from lms.core.errors import NotFound
from lms.core.operations.calendar import day_of
from lms.rendering.conformance import sarif
from lms.rendering.words.findings import finding_words
from lms.rendering.words.translator import translator_for
from lms.settings import Settings

Translate = Callable[[str], str]


def _counts(findings: Sequence[Finding], translate: Translate) -> str:
    counted = Counter(finding.severity for finding in findings)
    said = {name.value: counted[name] for name in Severity}
    return translate("Errors: %(error)s. Warnings: %(warning)s. Advice: %(advice)s.") % said


def openable(site: Path, file: str) -> str:
    """Return the path of a file of the site as it can be opened from the folder one stands in."""
    whole = site.resolve() / file
    beside = os.path.relpath(whole)
    return beside if not beside.startswith("..") or len(beside) < len(str(whole)) else str(whole)


def as_text(findings: Sequence[Finding], translate: Translate, site: Path) -> str:
    """Print findings for a person: where, how grave, what, why, how to mend, and what it rests on."""
    grave = {
        Severity.ERROR: translate("error"),
        Severity.WARNING: translate("warning"),
        Severity.ADVICE: translate("advice"),
    }
    lines: list[str] = []
    for finding in findings:
        words, place = finding_words(finding, translate), finding.place
        where = f"{openable(site, place.file)}:{place.line}:{place.column}"
        lines += [
            f"{where}: {grave[finding.severity]}: {words.title}",
            f"    {words.why}",
            f"    {words.mend}",
            f"    {finding.rule} · {words.reference}",
        ]
    return "\n".join([*lines, _counts(findings, translate)])


def as_json(findings: Sequence[Finding], translate: Translate, site: Path) -> str:
    """Return findings as a list that a program can read."""
    listed = []
    for finding in findings:
        words, place = finding_words(finding, translate), finding.place
        listed.append(
            {
                "rule": finding.rule,
                "severity": finding.severity.value,
                "file": place.file,
                "path": openable(site, place.file),
                "line": place.line,
                "column": place.column,
                "title": words.title,
                "why": words.why,
                "mend": words.mend,
                "reference": words.reference,
                "params": {name: str(value) for name, value in finding.params.items()},
            }
        )
    return json.dumps({"findings": listed}, ensure_ascii=False, indent=1)


def as_sarif(findings: Sequence[Finding], translate: Translate, site: Path) -> str:
    """Return findings as SARIF 2.1.0."""
    driver = {
        "name": sarif.CHECK,
        "version": version("parvis"),
        "rules": [sarif.rule(name, translate) for name in RULES],
    }
    run: dict[str, object] = {
        "tool": {"driver": driver},
        "originalUriBaseIds": {sarif.BASE: {"uri": f"{site.resolve().as_uri()}/"}},
        "results": [sarif.result(finding, translate) for finding in findings],
    }
    return sarif.written([run])


_FORMS = {"text": as_text, "json": as_json, "sarif": as_sarif}


def _below(library: Library, site: Path, paths: Sequence[str]) -> list[str]:
    """Return paths as findings name them: below the site; a course id stays as it is.

    Raises: NotFound `check.unknown-path`, `check.outside`, because a slip must not look like a clean bill.
    """
    root, found = site.resolve(), []
    for path in paths:
        whole = Path(path).resolve()
        inside = whole if whole.exists() and whole.is_relative_to(root) else root / path
        if path not in library.courses() and not inside.exists():
            raise NotFound("check.unknown-path", path=path)
        if not inside.resolve().is_relative_to(root):
            raise NotFound("check.outside", path=path, site=str(root))
        found.append(path if path in library.courses() else inside.resolve().relative_to(root).as_posix())
    return [] if "." in found else found


@click.command("check")
@click.argument("paths", nargs=-1)
@click.option("--format", "form", type=click.Choice(sorted(_FORMS)), default="text", help="Output format.")
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--no-advice", is_flag=True, help="Leave out advice.")
@click.option("--reading", is_flag=True, help="Show only how hard each lesson is to read.")
@click.option(
    "--site", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Use another site folder."
)
def check_command(
    paths: tuple[str, ...], form: str, *, strict: bool, no_advice: bool, reading: bool, site: Path | None
) -> None:
    """Check the site’s files, or only PATHS.

    PATHS can be files, folders or course IDs.
    """
    knobs = settings()
    folder = site or knobs.site
    if not (folder / "courses").is_dir():
        raise NotFound("site.not-found", path=str(folder))
    library = Library(folder, cache=knobs.data / "cache")
    only = _below(library, folder, paths)
    if reading:
        click.echo(reading_table(library, only, translator_for(tongue())))
        return
    findings = check_site(library, today(knobs), only=only)
    shown = [finding for finding in findings if not (no_advice and finding.severity is Severity.ADVICE)]
    click.echo(_FORMS[form](shown, translator_for(tongue()).gettext, folder))
    grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    if any(finding.severity in grave for finding in findings):
        raise SystemExit(WRONG_INPUT)


def today(knobs: Settings) -> date:
    """Return the day in the time zone of the house."""
    return date.fromisoformat(day_of(time.time_ns() // 1_000_000, knobs.calendar))
