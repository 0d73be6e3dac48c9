"""Tests and examples can fail: none compares a thing with itself, none asserts what is always so."""

import ast
from collections.abc import Iterator
from doctest import DocTestParser

from tests.house.tree import parsed, python_files, shown


def with_itself(tree: ast.AST) -> Iterator[str]:
    """Give what is compared with the same expression, for which two calls give two values that are equal."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq)):
            continue
        if ast.dump(node.left) == ast.dump(node.comparators[0]):
            yield ast.unparse(node)


def always_so(tree: ast.AST) -> Iterator[str]:
    """Give assertions of a constant, and of a tuple: `assert (a, "why")`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert) and isinstance(node.test, ast.Constant | ast.Tuple):
            yield ast.unparse(node)


def examples(tree: ast.Module) -> Iterator[ast.AST]:
    """Give the examples in the docstrings of a file."""
    documented = ast.AsyncFunctionDef | ast.ClassDef | ast.FunctionDef | ast.Module
    for node in ast.walk(tree):
        text = ast.get_docstring(node) if isinstance(node, documented) else None
        for example in DocTestParser().get_examples(text or ""):
            yield ast.parse(example.source)


def test_no_test_compares_a_thing_with_itself() -> None:
    found = [
        f"{shown(path)}: {what}"
        for path in python_files("tests")
        for what in (*with_itself(parsed(path)), *always_so(parsed(path)))
    ]
    assert found == []


def test_no_example_compares_a_thing_with_itself() -> None:
    found = [
        f"{shown(path)}: {what}"
        for path in python_files("lms")
        for example in examples(parsed(path))
        for what in with_itself(example)
    ]
    assert found == []


def test_the_guards_find_what_they_look_for() -> None:
    example = '"""One.\n\n>>> f(1) == f(1)\nTrue\n"""'
    bad = ast.parse(f'{example}\nassert f(x) == f(x)\nassert True\nassert (a, "why")')
    assert list(with_itself(bad)) == ["f(x) == f(x)"]
    assert list(always_so(bad)) == ["assert True", "assert (a, 'why')"]
    assert [what for example in examples(bad) for what in with_itself(example)] == ["f(1) == f(1)"]
