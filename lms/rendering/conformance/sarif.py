"""Findings and conformance records as SARIF 2.1.0, which code hosts and editors show beside the line.

Holds the one way to write a rule and a result, for `lms check` and for the record of a release. The same
facts give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from lms.core.checks.conformance.additions import BrowserRun, ManualLine
from lms.core.checks.conformance.facts import Noted
from lms.core.checks.conformance.record import Record
from lms.core.checks.rules import RULES
from lms.core.courses.findings import Finding, Severity
from lms.core.courses.opaque import opaque
from lms.rendering.words.findings import ENTRIES, finding_words, rule_words

Translate = Callable[[str], str]
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
VERSION = "2.1.0"
BASE = "SITE"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
CHECK = "lms check"


def rule(name: str, translate: Translate) -> dict[str, object]:
    """Describe a rule of `lms check`; of one that this program no longer has, its name is left."""
    if name not in ENTRIES:
        return {"id": name}
    why, reference = rule_words(name, translate)
    return {
        "id": name,
        "shortDescription": {"text": why},
        "properties": {"reference": reference},
        "defaultConfiguration": {"level": LEVELS[RULES[name].severity]},
    }


def said(finding: Finding, translate: Translate) -> str:
    """Return a finding in one line; of a rule that this program no longer has, its name."""
    if finding.rule not in ENTRIES:
        return finding.rule
    words = finding_words(finding, translate)
    return f"{words.title} {words.mend}"


def result(finding: Finding, translate: Translate) -> dict[str, object]:
    """Describe a finding, with the place that it is about."""
    place = finding.place
    region = {"startLine": place.line} | ({"startColumn": place.column} if place.column else {})
    location = {"artifactLocation": {"uri": place.file, "uriBaseId": BASE}} | (
        {"region": region} if place.line else {}
    )
    return {
        "ruleId": finding.rule,
        "level": LEVELS[finding.severity],
        "message": {"text": said(finding, translate)},
        "locations": [{"physicalLocation": location}],
    }


def written(runs: Iterable[dict[str, object]]) -> str:
    """Return a log of these runs."""
    return json.dumps(
        {"$schema": SCHEMA, "version": VERSION, "runs": list(runs)}, ensure_ascii=False, indent=1
    )


# --- the record of a release -----------------------------------------------------------------------------
def _noted(one: Noted, translate: Translate) -> dict[str, object]:
    found = {**result(one.finding, translate)}
    if one.answer:
        found["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": one.answer.reason}
        ]
    return found


def _manual(line: ManualLine) -> dict[str, object]:
    check = line.check
    told: dict[str, object] = {
        "what": check.subject,
        "how": check.how,
        "languages": list(check.languages),
        "day": check.day,
        "result": check.result,
        "by": opaque(line.by),
    }
    return told | ({"name": line.name} if line.name else {})


def _content(record: Record, translate: Translate) -> dict[str, object]:
    """Describe the run of `lms check`: without results where they are not on record."""
    about, checked = record.subject, record.checked
    driver: dict[str, object] = {"name": CHECK}
    run: dict[str, object] = {
        "tool": {"driver": driver},
        "automationDetails": {"id": f"{about.course}/{about.version}/{about.digest}"},
        "invocations": [{"executionSuccessful": checked is not None}],
        "properties": {
            "browserRules": "recorded" if record.browser else "not run",
            "manualChecks": [_manual(line) for line in record.manual],
        },
    }
    if checked:
        driver |= {"version": checked.program, "rules": [rule(name, translate) for name in checked.rules]}
        run["results"] = [_noted(one, translate) for one in checked.noted]
        run["properties"] = {
            "basis": checked.basis.value,
            "day": checked.day,
            "rules": checked.fingerprint,
            "languages": list(checked.languages),
            **run["properties"],  # type: ignore[dict-item]  # made above
        }
    return run


def _browser(run: BrowserRun) -> dict[str, object]:
    """Describe a run in a browser: what it found fails, what it could not decide is for a person."""
    results = [
        {
            "ruleId": name,
            "kind": kind,
            "level": level,
            "message": {"text": f"{name}: {one.path}"},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": one.path}}}],
        }
        for one in run.pages
        for kind, level, names in (("fail", "error", one.found), ("review", "none", one.undecided))
        for name in names
    ]
    driver = {
        "name": run.engine,
        "version": run.version,
        "rules": [{"id": name} for name in sorted({*run.found, *run.undecided})],
    }
    return {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": True}],
        "properties": {
            "browser": run.browser,
            "day": run.day,
            "pages": [{"path": one.path, "passed": one.passed} for one in run.pages],
        },
        "results": results,
    }


def sarif(record: Record, translate: Translate) -> str:
    """Write the record of a release: a run of `lms check`, and one of a browser where there was one."""
    runs = [_content(record, translate)]
    return written([*runs, _browser(record.browser)] if record.browser else runs)
