"""Imports: each module stands alone, core on the standard library, and the contracts cover every room."""

import ast
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.house.tree import PRODUCT, ROOT, called_name, calls, module_name, parsed, python_files, shown

# Parts of the standard library that see a clock, a disk, a network, a language or another thread.
IMPURE = {
    *(
        "asyncio",
        "gettext",
        "glob",
        "http",
        "io",
        "locale",
        "logging",
        "multiprocessing",
        "os",
        "pathlib",
        "queue",
    ),
    *(
        "random",
        "secrets",
        "shutil",
        "signal",
        "smtplib",
        "socket",
        "sqlite3",
        "ssl",
        "subprocess",
        "sys",
        "tempfile",
    ),
    *("threading", "time", "urllib.request", "uuid"),
}
ASKS_THE_WORLD = {"open", "print", "input", "now", "today", "utcnow", "uuid4", "getenv", "urandom"}

# Loads what comes from outside once, then forks a process per module: each is imported alone, quickly.
ALONE = """
import importlib, json, os, sys
outside, inside = json.loads(sys.stdin.read())
for name in outside:
    importlib.import_module(name)
failed = []
for name in inside:
    child = os.fork()
    if child == 0:
        try:
            importlib.import_module(name)
        except BaseException as error:
            print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        failed.append(name)
print(json.dumps(failed))
"""


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def for_alembic(path: Path) -> bool:
    """Say whether Alembic runs this file by its path, in surroundings that it makes for it."""
    return "versions" in path.parts or path.parts[-2:] == ("migrations", "env.py")


def test_each_module_imports_alone() -> None:
    modules = [path for path in python_files("lms") if not for_alembic(path)]
    outside = {
        name for path in modules for name in imported(parsed(path)) if not name.startswith(("lms", "alembic"))
    }
    names = [sorted(outside - {"__future__"}), sorted(module_name(path) for path in modules)]
    child = subprocess.run(
        [sys.executable, "-c", ALONE],
        input=json.dumps(names),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert child.returncode == 0, child.stderr
    assert json.loads(child.stdout) == [], child.stderr


def test_core_stands_on_the_standard_library_without_its_senses() -> None:
    found = [
        f"{shown(path)} imports {name}"
        for path in python_files("lms/core")
        for name in imported(parsed(path))
        if not name.startswith("lms.core")
        and (name.split(".")[0] not in sys.stdlib_module_names or {name, name.split(".")[0]} & IMPURE)
    ]
    assert found == []


def test_core_never_asks_the_world() -> None:
    found = [
        f"{shown(path)}:{call.lineno}: {called_name(call)}"
        for path in python_files("lms/core")
        for call in calls(parsed(path))
        if called_name(call) in ASKS_THE_WORLD
    ]
    assert found == []


def contracts() -> list[dict[str, Any]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return list(settings["tool"]["importlinter"]["contracts"])


def rooms() -> set[str]:
    return {
        f"lms.{path.stem}"
        for path in PRODUCT.iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
        if path.stem != "__init__"
    }


def test_each_library_contract_speaks_of_every_room() -> None:
    known = rooms()
    for contract in contracts():
        forbidden = contract.get("forbidden_modules")
        assert "ignore_imports" not in contract, contract["name"]
        if isinstance(forbidden, list) and not any(name.startswith("lms.") for name in forbidden):
            sources = contract["source_modules"]
            assert isinstance(sources, list)
            missing = known - set(sources)
            assert 1 <= len(missing) <= 2 or sources == ["lms.core"], contract["name"]


def test_every_library_of_the_product_has_its_room() -> None:
    listed = {name for contract in contracts() for name in (contract.get("forbidden_modules") or [])}
    used = {
        name.split(".")[0]
        for path in python_files("lms")
        for name in imported(parsed(path))
        if not name.startswith("lms") and name.split(".")[0] not in sys.stdlib_module_names
    }
    assert used - listed - {"markupsafe"} == set()
