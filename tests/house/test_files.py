"""Files: small, named for what they hold, and with nothing in them that belongs elsewhere."""

import ast
import os
import re
from statistics import median

from tests.house.tree import ROOT, files, parsed, python_files, shown, text_files

LONGEST, MIDDLING = 400, 120
NO_ENTRIES = {"__init__.py", "__pycache__", "templates", "versions"}
MOST_ENTRIES = 12  # in one room: what can be taken in at a glance
VAGUE = {
    "base",
    "bases",
    "common",
    "data",
    "handler",
    "handlers",
    "helper",
    "helpers",
    "info",
    "manager",
    "managers",
    "misc",
    "service",
    "services",
    "util",
    "utils",
}
LOOSE_ENDS = re.compile(
    r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|lorem ips" + r"um|coming so" + r"on)\b", re.IGNORECASE
)
# A path that only one machine has, and the hosts that packages come from: neither means anything to a reader.
MACHINE_PATHS = re.compile(r"(?<![\w.\-/])/(?:home|root|Users|work|private)/[\w.]")
PACKAGE_HOSTS = re.compile(
    r"pypi\.(?:org|python)|pythonhosted|file:///|(?:deb|archive)\.(?:debian|ubuntu)\.", re.IGNORECASE
)


def test_no_python_file_needs_a_table_of_contents() -> None:
    lengths = {shown(path): len(path.read_text("utf-8").splitlines()) for path in python_files()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}
    product = [lines for name, lines in lengths.items() if name.startswith("lms/") and "__init__" not in name]
    assert median(product) <= MIDDLING


def test_no_name_is_vague() -> None:
    named = [
        path
        for path in files("lms", "tests", "script", "static")
        if VAGUE & {*path.relative_to(ROOT).parts[:-1], path.stem}
    ]
    assert [shown(path) for path in named if "templates" not in path.parts] == []


def test_the_house_has_a_law_on_each_door_and_nothing_behind_it() -> None:
    doors = [path for path in python_files("lms") if path.name == "__init__.py"]
    rooms = {
        path.parent for path in python_files("lms") if path.parent.name != "versions"
    }  # no package: migrations
    assert {path.parent for path in doors} == rooms
    furnished = [
        shown(path) for path in doors if len(parsed(path).body) != 1 or not ast.get_docstring(parsed(path))
    ]
    assert furnished == []


def test_no_module_is_re_exported() -> None:
    exporting = [
        shown(path)
        for path in python_files("lms")
        for node in parsed(path).body
        if isinstance(node, ast.Assign)
        and any(getattr(target, "id", "") == "__all__" for target in node.targets)
    ]
    assert exporting == []


def test_nothing_is_left_undone_in_the_text() -> None:
    found = [
        f"{shown(path)}:{number}: {line.strip()[:80]}"
        for path in text_files()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if LOOSE_ENDS.search(line)
    ]
    assert found == []


def test_nothing_names_a_machine_or_where_packages_come_from() -> None:
    found = [
        f"{shown(path)}:{number}: {line.strip()[:80]}"
        for path in text_files()
        if path.name != "test_files.py"
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if MACHINE_PATHS.search(line) or PACKAGE_HOSTS.search(line)
    ]
    assert found == []


def test_scripts_can_be_run() -> None:
    scripts = [path for path in files("script", ".ci") if path.read_text("utf-8").startswith("#!")]
    assert scripts
    assert [shown(path) for path in scripts if not os.access(path, os.X_OK)] == []


def test_no_room_shows_more_than_a_dozen_entries() -> None:
    crowded = {}
    # The steps of the database are no room: one file a step, in the order of their numbers, and none goes.
    for room in {path.parent for path in python_files("lms") if path.parent.name != "versions"}:
        inside = {path.name for path in room.iterdir()} - {
            "__init__.py",
            "__pycache__",
            "templates",
            "versions",
        }
        if len(inside) > MOST_ENTRIES:
            crowded[shown(room)] = len(inside)
    assert crowded == {}


def test_each_class_has_a_name_of_its_own() -> None:
    """One word for one thing, in the whole house."""
    known: dict[str, list[str]] = {}
    for path in python_files("lms"):
        for node in parsed(path).body:
            if isinstance(node, ast.ClassDef):
                known.setdefault(node.name, []).append(shown(path))
    assert {name: where for name, where in known.items() if len(where) > 1} == {}
