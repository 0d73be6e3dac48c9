"""Conformance records as EARL 1.0 in JSON-LD: one assertion for each rule, each check by a person, each page.

Holds the writing alone. What was not run is `untested`, a warning `failed` like an error (its weight stands
beside it), advice `cantTell`. The same facts give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from lms.core.checks.conformance.additions import NOTHING_FOUND, BrowserRun, ManualLine
from lms.core.checks.conformance.facts import Checked, Noted
from lms.core.checks.conformance.record import Record
from lms.core.courses.findings import Severity
from lms.core.courses.opaque import opaque
from lms.rendering.conformance.sarif import CHECK, rule, said
from lms.rendering.conformance.words import SUBJECTS
from lms.rendering.words.translator import Translator

Node = dict[str, object]
CONTEXT = {
    "earl": "http://www.w3.org/ns/earl#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "doap": "http://usefulinc.com/ns/doap#",
}
_OUTCOMES = {
    Severity.ERROR: "earl:failed",
    Severity.WARNING: "earl:failed",
    Severity.ADVICE: "earl:cantTell",
}
_SUBJECT, _CHECK, _BROWSER = "urn:parvis:release", "urn:parvis:lms-check", "urn:parvis:browser-rules"


def _name(record: Record) -> str:
    return f"{_SUBJECT}:{record.subject.digest}"


def _assertion(record: Record, by: str, test: Node, mode: str, result: Node) -> Node:
    return {
        "@type": "earl:Assertion",
        "earl:assertedBy": {"@id": by},
        "earl:subject": {"@id": _name(record)},
        "earl:test": test,
        "earl:mode": {"@id": mode},
        "earl:result": {"@type": "earl:TestResult", **result},
    }


def _outcome(outcome: str, told: Node | None = None) -> Node:
    return {"earl:outcome": {"@id": outcome}, **(told or {})}


def _text(words: str, voice: Translator) -> Node:
    return {"@value": words, "@language": voice.locale}


# --- rules of `lms check` ------------------------------------------------------------------------------
def _test(name: str, voice: Translator) -> Node:
    told = rule(name, voice.gettext)
    test: Node = {"@id": f"urn:parvis:rule:{name}", "@type": "earl:TestCase", "dct:identifier": name}
    if "shortDescription" in told:
        test["dct:description"] = _text(told["shortDescription"]["text"], voice)  # type: ignore[index]
        test["dct:source"] = told["properties"]["reference"]  # type: ignore[index]
    return test


def _found(one: Noted, voice: Translator) -> Node:
    place = one.finding.place
    pointer = {
        "@type": "earl:Pointer",
        "dct:identifier": f"{place.file}:{place.line}:{place.column}" if place.line else place.file,
    }
    told: Node = {
        "dct:description": _text(said(one.finding, voice.gettext), voice),
        "dct:type": one.finding.severity.value,
        "earl:pointer": pointer,
    }
    if one.answer:
        told["earl:info"] = {"dct:description": one.answer.reason, "dct:date": one.answer.day}
    return _outcome(_OUTCOMES[one.finding.severity], told)


def _rules(record: Record, checked: Checked, voice: Translator) -> Iterator[Node]:
    for name in checked.rules:
        noted = [one for one in checked.noted if one.finding.rule == name]
        results = [_found(one, voice) for one in noted] or [_outcome("earl:passed")]
        for result in results:
            dated = {**result, "dct:date": checked.day}
            yield _assertion(record, _CHECK, _test(name, voice), "earl:automatic", dated)


def _check(checked: Checked | None) -> Node:
    software: Node = {"@id": _CHECK, "@type": ["earl:Software", "earl:Assertor"], "dct:title": CHECK}
    if checked:
        software["doap:revision"] = checked.program
        software["dct:hasVersion"] = checked.fingerprint
    return software


# --- people and browsers ---------------------------------------------------------------------------------
def _person(line: ManualLine) -> Node:
    who: Node = {"@id": f"urn:parvis:person:{opaque(line.by)}", "@type": ["foaf:Person", "earl:Assertor"]}
    return who | ({"foaf:name": line.name} if line.name else {})


def _by_hand(record: Record, line: ManualLine, voice: Translator) -> Node:
    check = line.check
    test: Node = {
        "@id": f"urn:parvis:manual:{check.subject}",
        "@type": "earl:TestRequirement",
        "dct:title": _text(voice.gettext(SUBJECTS[check.subject]), voice),
    }
    outcome = "earl:passed" if check.result == NOTHING_FOUND else "earl:failed"
    told = _outcome(
        outcome,
        {"dct:description": check.how, "dct:date": check.day, "dct:language": list(check.languages)},
    )
    return _assertion(record, str(_person(line)["@id"]), test, "earl:manual", told)


def _engine(run: BrowserRun | None) -> Node:
    software: Node = {"@id": _BROWSER, "@type": ["earl:Software", "earl:Assertor"]}
    if run is None:
        return software | {"dct:title": {"@value": "browser rules", "@language": "en"}}
    return software | {"dct:title": run.engine, "doap:revision": run.version, "dct:requires": run.browser}


def _pages(record: Record) -> Iterator[Node]:
    run = record.browser
    if run is None:
        test: Node = {"@id": f"{_BROWSER}:all", "@type": "earl:TestRequirement"}
        yield _assertion(record, _BROWSER, test, "earl:automatic", _outcome("earl:untested"))
        return
    for one in run.pages:
        page = {"@type": "earl:Pointer", "dct:identifier": one.path}
        where: Node = {"dct:date": run.day, "earl:pointer": page}
        for outcome, names in (("earl:failed", one.found), ("earl:cantTell", one.undecided)):
            for name in names:
                test = {"@id": f"urn:{run.engine}:{name}", "@type": "earl:TestCase", "dct:identifier": name}
                told = _outcome(outcome, where)
                yield _assertion(record, _BROWSER, test, "earl:automatic", told)
        if not one.found:
            test = {"@id": f"{_BROWSER}:all", "@type": "earl:TestRequirement"}
            outcome = "earl:cantTell" if one.undecided else "earl:passed"
            told = _outcome(outcome, where)
            yield _assertion(record, _BROWSER, test, "earl:automatic", told)


def _nodes(record: Record, voice: Translator) -> Iterable[Node]:
    about, checked = record.subject, record.checked
    yield {
        "@id": _name(record),
        "@type": ["earl:TestSubject"],
        "dct:identifier": f"{about.course} {about.version}",
        "dct:hasVersion": about.version,
        **({"dct:language": list(checked.languages)} if checked else {}),
    }
    yield _check(checked)
    yield _engine(record.browser)
    people = {line.by: _person(line) for line in sorted(record.manual, key=lambda line: bool(line.name))}
    yield from (people[by] for by in sorted(people))
    if checked:
        yield from _rules(record, checked, voice)
    else:
        test: Node = {"@id": f"{_CHECK}:all", "@type": "earl:TestRequirement"}
        yield _assertion(record, _CHECK, test, "earl:automatic", _outcome("earl:untested"))
    yield from _pages(record)
    yield from (_by_hand(record, line, voice) for line in record.manual)


def earl(record: Record, voice: Translator) -> str:
    """Write the record of a release."""
    graph = list(_nodes(record, voice))
    return json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1)
