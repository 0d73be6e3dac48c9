"""Dates, times, numbers, lengths of time and lists come from one place: `lms/rendering/words/quantities.py`.

What else would make them is found here, so that no page says them in another way.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import PRODUCT, parsed, python_files, shown, templates

THE_PLACE = PRODUCT / "rendering" / "words" / "quantities.py"
#: Where sentences for people are put together. Headers of HTTP and messages to programmers are elsewhere.
SPEAKING = tuple(
    PRODUCT / room
    for room in ("cli", "mail", "rendering", "web/lessons", "web/quizzes", "web/views", "web/words")
)
MODULES = frozenset({"babel.dates", "babel.numbers", "babel.lists", "babel.units", "locale"})
METHODS = frozenset({"strftime", "isoformat", "ctime"})  # `date.fromisoformat` reads
IN_TEMPLATES = {
    "a list joined by hand": re.compile(r"\|\s*join\(\s*[\"'](?:, |,|; )[\"']"),
    "a number rounded by hand": re.compile(r"\|\s*(?:round|filesizeformat)\b"),
    "a date made by hand": re.compile(r"strftime|isoformat"),
    "words sorted by code point": re.compile(r"\|\s*(?:sort|dictsort|groupby)\b"),
    "a length of time told by hand": re.compile(r"ngettext\(\s*[\"'][^\"']*%\(num\)s (?:minute|hour)"),
}


def _calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in MODULES:
            yield f"imports from {node.module}"
        elif isinstance(node, ast.ImportFrom) and node.module in {"flask_babel", "babel"}:
            yield from (f"imports {one.name}" for one in node.names if one.name.startswith("format_"))
        elif isinstance(node, ast.Import):
            yield from (f"imports {one.name}" for one in node.names if one.name in MODULES)


def _by_hand(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in METHODS:
            yield f"line {node.lineno}: {node.attr}"
        match node:
            case ast.Attribute(value=ast.Constant(value=", " | "; "), attr="join"):
                yield f"line {node.lineno}: a list joined by hand"


def test_one_module_asks_babel_for_dates_and_numbers() -> None:
    found = [
        f"{shown(path)} {what}"
        for path in python_files("lms")
        if path != THE_PLACE
        for what in _calls(parsed(path))
    ]
    assert found == []


def test_nothing_that_speaks_to_people_writes_dates_or_lists_by_hand() -> None:
    found = [
        f"{shown(path)} {what}"
        for path in python_files("lms")
        if path != THE_PLACE and any(room in path.parents for room in SPEAKING)
        for what in _by_hand(parsed(path))
    ]
    assert found == []


def test_no_template_writes_quantities_by_hand() -> None:
    found = [
        f"{shown(path)}: {what}"
        for path in templates()
        for what, pattern in IN_TEMPLATES.items()
        if pattern.search(path.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "bad",
    [
        "from babel.dates import format_date",
        "import babel.numbers",
        "from flask_babel import format_time",
        "day.strftime('%d')",
        "day.isoformat()",
        "', '.join(names)",
    ],
)
def test_the_eye_sees_what_is_made_elsewhere(bad: str) -> None:
    tree = ast.parse(bad)
    assert [*_calls(tree), *_by_hand(tree)]


@pytest.mark.parametrize(
    "bad",
    [
        '{{ names|join(", ") }}',
        "{{ (minutes / 60)|round }}",
        "{{ day.strftime('%d') }}",
        "{{ names|sort }}",
        '{{ ngettext("about %(num)s minute", "about %(num)s minutes", 3) }}',
    ],
)
def test_the_eye_sees_it_in_templates(bad: str) -> None:
    assert any(pattern.search(bad) for pattern in IN_TEMPLATES.values())


def test_the_place_is_there() -> None:
    assert Path(THE_PLACE).is_file()
