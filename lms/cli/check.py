"""`lms check`: every rule over every file of the site, as text, JSON or SARIF 2.1.0.

Holds the arguments and the three ways of telling. Exit code 0 when nothing keeps a release from being sealed,
2 when something does (with `--strict` warnings count too). Called by a person, by the tests and by whoever
guards a repository.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from lms.cli.reading import reading_table
from lms.cli.saying import WRONG_INPUT, settings, tongue
from lms.content.checking import check_site
from lms.content.library import Library
from lms.core.errors import NotFound
from lms.core.findings import Finding, Severity
from lms.core.rules import RULES
from lms.rendering.findings import finding_words, rule_words
from lms.rendering.words import voice

Translate = Callable[[str], str]
_ZONE = ZoneInfo("America/Toronto")
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}


def _counts(findings: Sequence[Finding], translate: Translate) -> str:
    counted = Counter(finding.severity for finding in findings)
    said = {name.value: counted[name] for name in Severity}
    return translate("Errors: %(error)s. Warnings: %(warning)s. Advice: %(advice)s.") % said


def as_text(findings: Sequence[Finding], translate: Translate) -> str:
    """Tell findings to a person: where, how grave, what, why, how to mend, and what it rests on."""
    grave = {
        Severity.ERROR: translate("error"),
        Severity.WARNING: translate("warning"),
        Severity.ADVICE: translate("advice"),
    }
    lines: list[str] = []
    for finding in findings:
        words, place = finding_words(finding, translate), finding.place
        lines += [
            f"{place.file}:{place.line}:{place.column}: {grave[finding.severity]}: {words.title}",
            f"    {words.why}",
            f"    {words.mend}",
            f"    {finding.rule} · {words.reference}",
        ]
    return "\n".join([*lines, _counts(findings, translate)])


def as_json(findings: Sequence[Finding], translate: Translate) -> str:
    """Give findings as a list that a program can read."""
    listed = []
    for finding in findings:
        words, place = finding_words(finding, translate), finding.place
        listed.append(
            {
                "rule": finding.rule,
                "severity": finding.severity.value,
                "file": place.file,
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


def _sarif_rule(name: str, translate: Translate) -> dict[str, object]:
    why, reference = rule_words(name, translate)
    return {
        "id": name,
        "shortDescription": {"text": why},
        "properties": {"reference": reference},
        "defaultConfiguration": {"level": _LEVELS[RULES[name].severity]},
    }


def _sarif_result(finding: Finding, translate: Translate) -> dict[str, object]:
    words, place = finding_words(finding, translate), finding.place
    region = {"startLine": place.line} | ({"startColumn": place.column} if place.column else {})
    location = {"artifactLocation": {"uri": place.file}} | ({"region": region} if place.line else {})
    return {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{words.title} {words.mend}"},
        "locations": [{"physicalLocation": location}],
    }


def as_sarif(findings: Sequence[Finding], translate: Translate) -> str:
    """Give findings as SARIF 2.1.0, which code hosts and editors show beside the line."""
    driver = {
        "name": "lms check",
        "version": version("parvis"),
        "rules": [_sarif_rule(name, translate) for name in RULES],
    }
    run = {"tool": {"driver": driver}, "results": [_sarif_result(finding, translate) for finding in findings]}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


_FORMS = {"text": as_text, "json": as_json, "sarif": as_sarif}


def _below(library: Library, site: Path, paths: Sequence[str]) -> list[str]:
    """Give paths as findings name them: below the site; a course id stays as it is.

    Raises: NotFound `check.unknown-path`, because a slip must not look like a clean bill.
    """
    root, found = site.resolve(), []
    for path in paths:
        whole = Path(path).resolve()
        inside = whole if whole.exists() and whole.is_relative_to(root) else root / path
        if path not in library.courses() and not inside.exists():
            raise NotFound("check.unknown-path", path=path)
        found.append(path if path in library.courses() else inside.relative_to(root).as_posix())
    return [] if "." in found else found


@click.command("check")
@click.argument("paths", nargs=-1)
@click.option(
    "--format", "form", type=click.Choice(sorted(_FORMS)), default="text", help="How findings are told."
)
@click.option("--strict", is_flag=True, help="Let warnings count as errors do.")
@click.option("--no-advice", is_flag=True, help="Leave out advice.")
@click.option("--reading", is_flag=True, help="Tell only how hard each lesson is to read.")
@click.option(
    "--site", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Another site folder."
)
def check_command(
    paths: tuple[str, ...], form: str, *, strict: bool, no_advice: bool, reading: bool, site: Path | None
) -> None:
    """Check the site's files; PATHS (files, folders or course ids) restrict what is told."""
    knobs = settings()
    folder = site or knobs.site
    library = Library(folder, cache=knobs.data / "cache")
    only = _below(library, folder, paths)
    if reading:
        click.echo(reading_table(library, only, voice(tongue())))
        return
    findings = check_site(library, today(), only=only)
    shown = [finding for finding in findings if not (no_advice and finding.severity is Severity.ADVICE)]
    click.echo(_FORMS[form](shown, voice(tongue()).gettext))
    grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    if any(finding.severity in grave for finding in findings):
        raise SystemExit(WRONG_INPUT)


def today() -> date:
    """Give the day in the time zone of the house."""
    return datetime.now(tz=_ZONE).date()
