"""Nothing of ours is patched: a test hands over another object or another argument."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house.tree import called_name, calls, parsed, python_files, shown

PATCHING = {"setattr", "setitem", "delattr", "delitem", "patch"}
PRODUCT = "lms"
OURS = (PRODUCT, "tests")


def imported(tree: ast.Module) -> dict[str, str]:
    """Give what each imported name leads to."""
    found = dict[str, str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.asname or alias.name.split(".")[0]: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return found


def root(node: ast.expr) -> str:
    """Give the name at which `one.two[three].four` begins; '' when it begins with something else."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def is_foreign(target: ast.expr, names: dict[str, str]) -> bool:
    """Say whether a target belongs to somebody else: a string or a name that leads to no room of ours."""
    if isinstance(target, ast.Constant):
        return not str(target.value).startswith(OURS)
    origin = names.get(root(target), "lms")  # whatever was made in the test may be ours
    return origin.split(".")[0] not in OURS


def is_attribute_of_ours(target: ast.expr, names: dict[str, str]) -> bool:
    """Say whether something is assigned to a name inside a module or class of the product."""
    return isinstance(target, ast.Attribute) and names.get(root(target), "").split(".")[0] == PRODUCT


def patched(tree: ast.Module) -> Iterator[int]:
    """Give the lines on which something of ours is replaced."""
    names = imported(tree)
    for call in calls(tree):
        by_monkey = isinstance(call.func, ast.Attribute) and called_name(call) in PATCHING and call.args
        if by_monkey and not is_foreign(call.args[0], names):
            yield call.lineno
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and any(is_attribute_of_ours(one, names) for one in node.targets):
            yield node.lineno


def test_no_test_patches_what_is_ours() -> None:
    found = [f"{shown(path)}:{line}" for path in python_files("tests") for line in patched(parsed(path))]
    assert found == []


def test_nothing_pretends_to_be_ours() -> None:
    pretending = [
        shown(path)
        for path in python_files("tests")
        if any(origin.startswith(("unittest.mock", "mock")) for origin in imported(parsed(path)).values())
    ]
    assert pretending == []


def test_each_way_to_patch_is_found() -> None:
    """Without this, a guard that looks at nothing would look as good."""
    bad = """
import lms.jobs
from lms import jobs
from lms.cli.serve import Child as Part
import socket, sys
monkeypatch.setattr(jobs, "ROUNDS", {})
monkeypatch.setattr("lms.mail.mailer.PATIENCE", 1)
monkeypatch.setattr(Part, "start", None)
monkeypatch.setattr(context.library, "release", None)
monkeypatch.setitem(jobs.HANDLERS, "a", None)
mocker.patch("lms.jobs.run")
jobs.BREATH = 1
lms.jobs.BREATH = 1
monkeypatch.setattr(socket.socket, "connect", None)
monkeypatch.setitem(sys.modules, "weasyprint", None)
worker.stop = None
"""
    assert sorted(patched(ast.parse(bad))) == [6, 7, 8, 9, 10, 11, 12, 13]
