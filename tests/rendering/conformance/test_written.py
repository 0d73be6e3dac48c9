"""EARL and SARIF of a record: of the shape that their standards ask for, and the same bytes each time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from lms.core.checks.conformance import facts
from lms.core.checks.conformance.additions import BrowserRun, ManualCheck, ManualLine, PageLooked
from lms.core.checks.conformance.facts import Answer, Basis, Checked, Looked, Subject
from lms.core.checks.conformance.record import Record
from lms.core.checks.rules import broken
from lms.core.courses.findings import Finding, Place, Severity
from lms.rendering.conformance import words
from lms.rendering.conformance.earl import earl
from lms.rendering.conformance.sarif import sarif
from lms.rendering.words.translator import translator_for

EN, FR = translator_for("en"), translator_for("fr")
WARNED = broken("alt-long", Place("m/1.en.md", 3, 2), count=130, limit=125)
ADVISED = broken("abbreviation", Place("m/1.en.md"), found="WCAG")
GONE = Finding("rule-of-yesterday", Severity.WARNING, Place("m/1.en.md", 1), {})
DECIDED = Answer("alt-long", "m/1.en.md", 3, "It is a chart.", "p1", "2026-11-20")
CHECKED = Checked(
    Basis.DRAFT,
    "0.1.0",
    "2026-11-22",
    ("abbreviation", "alt-long", "alt-missing", "rule-of-yesterday"),
    "abc",
    ("en", "fr"),
    Looked(1, 2, 2, 1, 0),
    facts.noted([GONE, ADVISED, WARNED], [DECIDED]),
)
RUN = BrowserRun(
    "axe-core",
    "4.14.2",
    "Chrome 142",
    "2026-11-22",
    (
        PageLooked("/en/c/x", 40),
        PageLooked("/en/c/x/m/l", 41, ("region",), ("color-contrast",)),
        PageLooked("/fr/c/x", 39, (), ("color-contrast",)),
    ),
)
BY_HAND = (
    ManualLine(
        "1", ManualCheck("keyboard", "Tab.", ("en",), "2026-11-21", "no-issues"), "p1", "Ana", named=True
    ),
    ManualLine("2", ManualCheck("switch", "One switch.", ("fr",), "2026-11-22", "issues"), "p2"),
)
FULL = Record(Subject("course", "1.0.0", "d" * 64), CHECKED, BY_HAND, RUN)
EMPTY = Record(FULL.subject, None)


# --- SARIF 2.1.0 (OASIS): what its schema requires of what is written here ------------------------------
def faults(log: Any) -> Iterator[str]:
    if set(log) - {"$schema", "version", "runs"} or log["version"] != "2.1.0":
        yield "log"
    for run in log["runs"]:
        driver = run["tool"]["driver"]
        names = [rule["id"] for rule in driver.get("rules", ())]
        if not driver["name"] or len(names) != len(set(names)):
            yield "driver"
        if any(type(one["executionSuccessful"]) is not bool for one in run["invocations"]):
            yield "invocation"
        for result in run.get("results", ()):
            yield from result_faults(result, names)


def result_faults(result: Any, names: list[str]) -> Iterator[str]:
    if result["ruleId"] not in names or not result["message"]["text"]:
        yield f"result {result}"
    if result["level"] not in {"none", "note", "warning", "error"}:
        yield "level"
    if (result.get("kind", "fail") != "fail") != (result["level"] == "none"):
        yield "kind"  # 3.27.10: whatever is not a failure has no level
    for one in result["locations"]:
        place = one["physicalLocation"]
        region = place.get("region", {"startLine": 1})
        if not place["artifactLocation"]["uri"] or region["startLine"] < 1:
            yield "location"
    for one in result.get("suppressions", ()):
        if one["kind"] not in {"inSource", "external"} or one["status"] != "accepted":
            yield "suppression"


@pytest.mark.parametrize("record", [FULL, EMPTY, replace(FULL, browser=None, manual=())])
def test_sarif_has_the_structure_of_2_1_0(record: Record) -> None:
    assert list(faults(json.loads(sarif(record, EN.gettext)))) == []


def test_sarif_tells_each_finding_its_place_and_the_decision_about_it() -> None:
    content, browser = json.loads(sarif(FULL, EN.gettext))["runs"]
    levels = {one["ruleId"]: one["level"] for one in content["results"]}
    assert levels == {"alt-long": "warning", "rule-of-yesterday": "warning", "abbreviation": "note"}
    (decided,) = (one for one in content["results"] if one["ruleId"] == "alt-long")
    assert decided["suppressions"][0]["justification"] == "It is a chart."
    assert decided["locations"][0]["physicalLocation"]["region"] == {"startLine": 3, "startColumn": 2}
    assert [(one["ruleId"], one["kind"]) for one in browser["results"]] == [
        ("region", "fail"),
        ("color-contrast", "review"),
        ("color-contrast", "review"),
    ]
    assert [one.get("name") for one in content["properties"]["manualChecks"]] == ["Ana", None]


def test_sarif_says_what_is_not_on_record_and_what_was_not_run() -> None:
    (run,) = json.loads(sarif(EMPTY, EN.gettext))["runs"]
    assert run["invocations"] == [{"executionSuccessful": False}]
    assert "results" not in run
    assert run["properties"]["browserRules"] == "not run"


# --- EARL 1.0 (W3C) -----------------------------------------------------------------------------------
OUTCOMES = {"earl:passed", "earl:failed", "earl:cantTell", "earl:inapplicable", "earl:untested"}


def assertions(record: Record) -> list[Any]:
    graph = json.loads(earl(record, EN))["@graph"]
    return [node for node in graph if node["@type"] == "earl:Assertion"]


@pytest.mark.parametrize("record", [FULL, EMPTY, replace(FULL, browser=None, manual=())])
def test_each_assertion_has_its_four_parts_and_a_known_outcome(record: Record) -> None:
    graph = json.loads(earl(record, EN))["@graph"]
    known = {node["@id"] for node in graph if "@id" in node}
    for node in assertions(record):
        assert {node["earl:assertedBy"]["@id"], node["earl:subject"]["@id"]} <= known
        assert node["earl:test"]["@id"]
        assert node["earl:result"]["earl:outcome"]["@id"] in OUTCOMES
        assert node["earl:mode"]["@id"] in {"earl:automatic", "earl:manual"}
    assert len(known) == sum(1 for node in graph if "@id" in node)


def outcomes(record: Record) -> list[tuple[str, str]]:
    return [
        (one["earl:test"]["@id"].rpartition(":")[2], one["earl:result"]["earl:outcome"]["@id"][5:])
        for one in assertions(record)
    ]


def test_a_rule_passes_fails_or_cannot_tell_by_what_it_noted() -> None:
    assert outcomes(FULL) == [
        ("abbreviation", "cantTell"),
        ("alt-long", "failed"),
        ("alt-missing", "passed"),
        ("rule-of-yesterday", "failed"),
        ("all", "passed"),
        ("region", "failed"),
        ("color-contrast", "cantTell"),
        ("color-contrast", "cantTell"),
        ("all", "cantTell"),
        ("keyboard", "passed"),
        ("switch", "failed"),
    ]


def test_what_is_not_on_record_is_untested() -> None:
    assert outcomes(EMPTY) == [("all", "untested"), ("all", "untested")]


def test_people_are_named_only_if_they_agreed() -> None:
    people = [one for one in json.loads(earl(FULL, EN))["@graph"] if "foaf:Person" in one["@type"]]
    assert sorted(one.get("foaf:name", "") for one in people) == ["", "Ana"]
    assert "p1" not in {one["@id"] for one in people}


# --- both ------------------------------------------------------------------------------------------------
def test_the_same_record_gives_the_same_bytes() -> None:
    again = replace(FULL, checked=facts.from_json(facts.to_json(CHECKED)))
    assert earl(FULL, FR).encode() == earl(again, FR).encode()
    assert sarif(FULL, FR.gettext).encode() == sarif(again, FR.gettext).encode()
    assert earl(FULL, FR) != earl(FULL, EN)


@pytest.mark.parametrize("voice", [EN, FR])
def test_no_verdict_claims_more_than_a_check_can_say(voice: Any) -> None:
    clean, found = (
        replace(CHECKED, noted=()),
        replace(CHECKED, noted=facts.noted([broken("alt-missing", Place("a"))])),
    )
    told = [words.verdict(one, voice) for one in (None, clean, CHECKED, found)]
    told += [words.browser(one, voice) for one in (None, RUN, replace(RUN, pages=RUN.pages[:1]))]
    told += [words.browser(replace(RUN, pages=RUN.pages[2:]), voice), words.proof("0.1.0", voice)]
    told += [words.basis(one, voice) for one in (clean, replace(clean, basis=Basis.SEALED))]
    assert len(set(told)) == len(told)
    assert not [one for one in told if "accessib" in one.casefold()]


def test_nothing_found_is_said_in_these_words() -> None:
    assert words.verdict(replace(CHECKED, noted=()), EN) == "No issues found by these checks."
    assert words.looked(CHECKED, EN) == "1 module, 2 lessons, 2 quizzes, 1 image and 0 recordings"
