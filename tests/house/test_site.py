"""The site: nothing but the room of content knows how a course lies on a disk."""

import ast
import re
from collections.abc import Iterator

from tests.house.tree import PRODUCT, parsed, python_files, shown

_PATH = re.compile(r"(courses|quizzes)/[^\s]|\b(course|module|draft|survey)\.yaml|\.tree\.json")


def literals(tree: ast.AST) -> Iterator[ast.Constant]:
    """Return every text of a file but those that only say something about it."""
    said = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef)
        if node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node


def test_nothing_else_names_a_file_of_a_course() -> None:
    named = [
        f"{shown(path)}:{one.lineno}: {one.value!r}"
        for path in python_files("lms")
        if path.relative_to(PRODUCT).parts[0] != "content"
        for one in literals(parsed(path))
        if _PATH.search(str(one.value)) and " " not in str(one.value)  # a sentence opens nothing
    ]
    assert named == []


def test_the_look_finds_what_it_looks_for() -> None:
    tree = ast.parse('"""Of courses/x.yaml."""\nopen("courses/x/course.yaml")')
    assert [bool(_PATH.search(str(one.value))) for one in literals(tree)] == [True]
