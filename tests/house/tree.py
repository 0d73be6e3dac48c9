"""The tree of the product as the house tests see it: its files, its Python, its templates.

Holds no test. Nothing here asks git, so that the tests also run from an archive.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "lms"
PARTS = (
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Makefile",
    "README.md",
    "bench",
    "courses",
    "docs",
    "lms",
    "pyproject.toml",
    "quizzes",
    "requirements-dev.lock",
    "requirements.lock",
    "script",
    "static",
    "tests",
    "translations",
)


def files(*parts: str) -> Iterator[Path]:
    """Return every file of these parts of the tree, or of all of it."""
    for part in parts or PARTS:
        path = ROOT / part
        if path.is_file():
            yield path
        for found in sorted(path.rglob("*")):
            if found.is_file() and "__pycache__" not in found.parts:
                yield found


def text_files() -> Iterator[Path]:
    """Return every file that a person can read: pictures, fonts and compiled catalogues are not."""
    return (path for path in files() if readable(path.read_bytes()))


def readable(content: bytes) -> bool:
    """Return whether these bytes are text."""
    try:
        return "\0" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False


def python_files(*parts: str) -> list[Path]:
    """Return every Python file of these parts, by default the product and its tests."""
    return [path for path in files(*(parts or ("lms", "tests"))) if path.suffix == ".py"]


def templates() -> list[Path]:
    """Return every Jinja template of the product."""
    return [path for path in files("lms") if "templates" in path.parts]


def module_name(path: Path) -> str:
    """Return the dotted name of a Python file of the product."""
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def parsed(path: Path) -> ast.Module:
    """Parse a Python file once."""
    return ast.parse(path.read_text("utf-8"), str(path))


def shown(path: Path) -> str:
    """Name a file the way a reader of a failure knows it."""
    return str(path.relative_to(ROOT))


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return the functions at the top of a file."""
    return [node for node in parsed(path).body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def called_name(node: ast.expr) -> str:
    """Return the last part of a name: `get` of `page.get(...)`, `deed` of `deed(...)`; else nothing."""
    if isinstance(node, ast.Call):
        return called_name(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Return every call in a piece of code."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def strings(node: ast.expr) -> list[str] | None:
    """Return the literal strings an expression can be (`"a" if x else "b"` is two), or None."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        first, second = strings(node.body), strings(node.orelse)
        return None if first is None or second is None else first + second
    return None


def imported_packages(path: Path) -> set[str]:
    """Return the first names of what a file imports: `ruamel` of `ruamel.yaml`."""
    found = set[str]()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found
