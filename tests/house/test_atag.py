"""The table of ATAG 2.0 names each criterion once, and only tests that are there."""

from __future__ import annotations

import re

from tests.house.tree import ROOT

PAGE = (ROOT / "docs" / "atag.md").read_text("utf-8")
ROW = re.compile(r"^\| ([AB]\.\d\.\d\.\d) [^|]+\| (A|AA|WCAG) \|([^|]+)\|([^|]+)\|$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
#: Rows with a part that no test shows yet: the number goes down, never up.
MOST_TO_BE_SHOWN = 0
LATER = "to be shown"


def test_each_criterion_of_levels_a_and_aa_has_its_row() -> None:
    found = [number for number, *_ in ROW.findall(PAGE)]
    assert len(found) == len(set(found)) == 52
    assert found == sorted(found)


def test_each_test_that_a_row_names_is_there() -> None:
    def is_there(file: str, name: str) -> bool:
        path = ROOT / file
        return path.is_file() and (not name or f"def {name}(" in path.read_text("utf-8"))

    named = NAMED.findall(PAGE)
    assert len(named) > 30
    assert [f"{file}::{name}" for file, name in named if not is_there(file, name)] == []


def test_a_row_names_a_test_or_says_that_it_is_to_be_shown() -> None:
    bare = [
        number for number, _, _, shown in ROW.findall(PAGE) if LATER not in shown and not NAMED.search(shown)
    ]
    assert bare == []
    assert sum(1 for *_, shown in ROW.findall(PAGE) if LATER in shown) <= MOST_TO_BE_SHOWN
