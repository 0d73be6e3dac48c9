"""What is added to a record: checks by people, and what axe-core wrote, read with care."""

from __future__ import annotations

from typing import Any

import pytest

from lms.core.checks.conformance.additions import MOST_PAGES, BrowserRun, ManualCheck, PageLooked, read_axe
from lms.core.errors import Invalid
from tests.builders_learning import refused

TODAY = "2026-11-22"


def axe(path: str = "/en/c/smpl/m1/l1", **changes: object) -> dict[str, Any]:
    """Return what axe-core writes about one page."""
    made = {
        "testEngine": {"name": "axe-core", "version": "4.14.2"},
        "testEnvironment": {"userAgent": "Mozilla/5.0 HeadlessChrome/142.0.1.2 Safari/537.36"},
        "timestamp": "2026-11-21T10:00:00.000Z",
        "url": f"https://learn.example.org{path}?token=secret#s1",
        "passes": [{"id": "html-has-lang"}, {"id": "document-title"}],
        "violations": [],
        "incomplete": [],
        "inapplicable": [],
    }
    return {**made, **changes}


def test_pages_engine_and_browser_are_read_and_no_more_than_the_path_is_kept() -> None:
    odd = axe(
        "/fr/c/smpl", violations=[{"id": "color-contrast", "nodes": [{}]}], incomplete=[{"id": "region"}]
    )
    run = read_axe([axe(), odd], "smpl", TODAY)
    assert run == BrowserRun(
        "axe-core",
        "4.14.2",
        "Chrome 142.0.1.2",
        "2026-11-21",
        (
            PageLooked("/en/c/smpl/m1/l1", 2),
            PageLooked("/fr/c/smpl", 2, ("color-contrast",), ("region",)),
        ),
    )
    assert (run.found, run.undecided) == (("color-contrast",), ("region",))
    assert BrowserRun.from_json(run.to_json()) == run


def test_one_result_alone_is_read_too_and_an_unknown_browser_is_not_named() -> None:
    assert read_axe(axe(testEnvironment={"userAgent": "curl"}), "smpl", TODAY).browser == ""
    assert read_axe(axe(testEnvironment=None), "smpl", TODAY).browser == ""


@pytest.mark.parametrize(
    "results",
    [
        None,
        "axe",
        [],
        [1],
        [axe()] * (MOST_PAGES + 1),
        {},
        axe(testEngine={"name": "axe core!", "version": "4"}),
        axe(url="about:blank"),
        axe(passes="all"),
        axe(passes=None),
        axe(violations=["color-contrast"]),
        axe(violations=[{"id": "<script>"}]),
        [axe(), axe(testEngine={"name": "axe-core", "version": "4.1.0"})],
    ],
)
def test_what_is_not_a_result_of_axe_is_refused(results: object) -> None:
    with refused(Invalid, "conformance.not-axe"):
        read_axe(results, "smpl", TODAY)


@pytest.mark.parametrize("path", ["/", "/en/c/other", "/en/c", "/c/smpl"])
def test_a_page_of_another_course_does_not_belong_to_this_record(path: str) -> None:
    with refused(Invalid, "conformance.other-page"):
        read_axe([axe(), axe(path)], "smpl", TODAY)


@pytest.mark.parametrize("at", ["", "2026-11-23T00:00:00Z", "2026-02-30T00:00:00Z", "yesterday"])
def test_a_day_that_is_none_or_has_not_come_is_refused(at: str) -> None:
    with refused(Invalid, "conformance.day"):
        read_axe(axe(timestamp=at), "smpl", TODAY)


def test_a_check_by_a_person_comes_back_from_its_row() -> None:
    check = ManualCheck("keyboard", "Tab through each page.", ("en", "fr"), TODAY, "no-issues")
    assert ManualCheck.from_json(check.to_json()) == check
