"""Errors: each code is written out in the code, and has words that tell a person what to do."""

import ast
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

from tests.house.tree import called_name, calls, parsed, python_files, shown, strings

KINDS = {"NotFound", "NotAllowed", "Invalid", "Conflict", "Unavailable"}


def takers() -> Iterator[tuple[str, int]]:
    """Return what takes a code to carry on: functions with an argument `code`, classes with such a field."""
    for path in python_files("lms"):
        for node in parsed(path).body:
            if isinstance(node, ast.FunctionDef):
                names = [argument.arg for argument in node.args.args]
            elif isinstance(node, ast.ClassDef):
                fields = [field for field in node.body if isinstance(field, ast.AnnAssign)]
                names = [field.target.id for field in fields if isinstance(field.target, ast.Name)]
            else:
                continue
            if "code" in names:
                yield node.name, names.index("code")


def given(call: ast.Call, position: int) -> ast.expr | None:
    named = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
    return next(iter(named or call.args[position : position + 1]), None)


@cache
def raised() -> list[tuple[str, ast.expr | None]]:
    """Return each place where a code goes into an error."""
    return [
        (f"{shown(path)}:{call.lineno}", given(call, 0))
        for path in python_files("lms")
        for call in calls(parsed(path))
        if isinstance(call.func, ast.Name) and call.func.id in names_of_errors(path)
    ]


@cache
def names_of_errors(path: Path) -> set[str]:
    """Return the error types of ours that a file imports; others may share a name with them."""
    return {
        alias.name
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom) and node.module == "lms.core.errors"
        for alias in node.names
    } & KINDS


@cache
def handed() -> list[tuple[str, ast.expr | None]]:
    """Return each place where a code goes into something that raises it later."""
    positions = {name: position for name, position in takers() if name in raisers()}
    return [
        (f"{shown(path)}:{call.lineno}", given(call, positions[called_name(call)]))
        for path in python_files("lms")
        for call in calls(parsed(path))
        if called_name(call) in positions and not isinstance(of_an_object(call), str)
    ]


def of_an_object(call: ast.Call) -> str | None:
    """Return the object whose method is called; a function of a module is no method."""
    if not isinstance(call.func, ast.Attribute):
        return None
    owner = called_name(call.func.value)
    return None if owner in modules() else owner


@cache
def modules() -> frozenset[str]:
    """Give the names of the modules, without their packages."""
    return frozenset(path.stem for path in python_files("lms"))


@cache
def raisers() -> frozenset[str]:
    """Give the functions that raise a code they were handed, and the types of what they were handed it in."""
    found = set()
    for path in python_files("lms"):
        for node in parsed(path).body:
            if not isinstance(node, ast.FunctionDef):
                continue
            inside = [given(call, 0) for call in calls(node) if called_name(call) in KINDS]
            if any(isinstance(code, ast.Name) and code.id == "code" for code in inside):
                found.add(node.name)
            carried = {
                code.value.id
                for code in inside
                if isinstance(code, ast.Attribute)
                and code.attr == "code"
                and isinstance(code.value, ast.Name)
            }
            found |= {
                called_name(argument.annotation)
                for argument in node.args.args
                if argument.arg in carried and argument.annotation is not None
            }
    return frozenset(found)


def carried_on(code: ast.expr | None) -> bool:
    return called_name(code) == "code" if isinstance(code, ast.Name | ast.Attribute) else False


def codes() -> dict[str, str]:
    return {
        code: place
        for place, expression in [*raised(), *handed()]
        if expression is not None
        for code in strings(expression) or []
    }


def test_codes_are_written_out() -> None:
    vague = [
        place
        for place, code in [*raised(), *handed()]
        if not carried_on(code) and (code is None or strings(code) is None)
    ]
    assert vague == []


def test_codes_are_a_place_and_a_reason() -> None:
    parts = {code: code.split(".") for code in codes()}
    odd = [code for code, pair in parts.items() if len(pair) != 2 or not all(pair) or code != code.lower()]
    assert odd == []


def test_every_code_has_words() -> None:
    words = import_module("lms.rendering.words.messages").WORDS
    assert {code: place for code, place in codes().items() if code not in words} == {}


def test_nobody_catches_everything() -> None:
    broad = [
        f"{shown(path)}:{node.lineno}"
        for path in python_files("lms")
        if path.stem not in {"jobs", "errors"}  # the worker's loop and the last-resort page
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or called_name(node.type) in {"Exception", "BaseException"})
    ]
    assert broad == []
