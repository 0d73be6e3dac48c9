"""Imports: each module stands alone, core on the standard library, and the contracts cover every room."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Collection, Iterator
from graphlib import TopologicalSorter
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


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def for_alembic(path: Path) -> bool:
    """Return whether Alembic runs this file by its path, in surroundings that it makes for it."""
    return "versions" in path.parts or path.parts[-2:] == ("migrations", "env.py")


def at_import(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Return the import statements that run when a module is loaded, not those inside functions."""
    for node in body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from at_import(node.orelse)
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for name in ("body", "orelse", "finalbody"):
                yield from at_import([one for one in getattr(node, name, []) if isinstance(one, ast.stmt)])
            for handler in getattr(node, "handlers", []):
                yield from at_import(handler.body)


def loaded_first(path: Path, known: Collection[str]) -> set[str]:
    """Return our modules that loading this one loads: those it names, and the packages around them."""
    named = set()
    for node in at_import(parsed(path).body):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            named |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    around = {".".join(name.split(".")[:depth]) for name in named for depth in range(1, name.count(".") + 2)}
    me = module_name(path)
    return {one for one in around & set(known) if one != me and not me.startswith(f"{one}.")}


def test_no_module_needs_one_that_needs_it() -> None:
    """Without a circle each module can be loaded first."""
    modules = {module_name(path): path for path in python_files("lms") if not for_alembic(path)}
    needs = {name: loaded_first(path, modules.keys()) for name, path in modules.items()}
    assert sum(map(len, needs.values())) > len(modules)
    TopologicalSorter(needs).prepare()  # raises CycleError, which names the circle


def test_every_module_can_be_loaded() -> None:
    names = sorted(module_name(path) for path in python_files("lms") if not for_alembic(path))
    script = (
        "import importlib, json, sys\nfor name in json.load(sys.stdin):\n    importlib.import_module(name)"
    )
    child = subprocess.run(
        [sys.executable, "-c", script],
        input=json.dumps(names),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert child.returncode == 0, child.stderr


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


def test_what_a_script_in_a_text_imports_is_there() -> None:
    pattern = re.compile(r"^from (lms[\w.]*) import (\w+(?:, \w+)*)$", re.MULTILINE)
    missing = []
    for path in python_files("lms", "tests", "bench"):
        texts = (one.value for one in ast.walk(parsed(path)) if isinstance(one, ast.Constant))
        for module, names in pattern.findall("\n".join(text for text in texts if isinstance(text, str))):
            place = ROOT.joinpath(*module.split("."))
            source = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
            told = source.read_text("utf-8") if source.exists() else ""
            missing += [
                f"{shown(path)}: {module}.{name}"
                for name in names.replace(" ", "").split(",")
                if not (re.search(rf"\b{name}\b", told) or (place / f"{name}.py").exists())
            ]
    assert missing == []


#: Who may put letters in a normal form: what bounds the text first, or what authors wrote.
COMPOSE = {
    "lms/core/certificates/name_folding.py",
    "lms/core/learning/answer_matching.py",
    "lms/core/learning/typed_numbers.py",
    "lms/core/people/letters.py",
    "lms/rendering/offline/offline.py",
    "lms/rendering/words/translator.py",
    "lms/storage/search/stems.py",
}


def test_typed_text_is_composed_in_one_place_which_bounds_it() -> None:
    """Ordering many marks takes time by their square: a typed line goes through `characters.composed`."""
    found = {shown(path) for path in python_files("lms") if "normalize(" in path.read_text("utf-8")}
    assert found == COMPOSE
