"""Errors: each code is written out where it is raised, and has words that tell a person what to do."""

import ast
from importlib import import_module
from importlib.util import find_spec

from tests.house.tree import called_name, calls, parsed, python_files, shown, strings

KINDS = {"NotFound", "NotAllowed", "Invalid", "Conflict", "Unavailable"}


def raised() -> list[tuple[str, ast.Call]]:
    return [
        (f"{shown(path)}:{call.lineno}", call)
        for path in python_files("lms")
        if "lms.core.errors"
        in {node.module for node in ast.walk(parsed(path)) if isinstance(node, ast.ImportFrom)}
        for call in calls(parsed(path))
        if isinstance(call.func, ast.Name) and call.func.id in KINDS
    ]


def codes() -> dict[str, str]:
    return {
        code: place
        for place, call in raised()
        for code in (strings(call.args[0]) if call.args else None) or []
    }


def test_codes_are_written_out_where_they_are_raised() -> None:
    vague = [place for place, call in raised() if not call.args or strings(call.args[0]) is None]
    assert vague == []


def test_codes_are_a_place_and_a_reason() -> None:
    parts = {code: code.split(".") for code in codes()}
    odd = [code for code, pair in parts.items() if len(pair) != 2 or not all(pair) or code != code.lower()]
    assert odd == []


def test_every_code_has_words() -> None:
    words = import_module("lms.web.messages").WORDS if find_spec("lms.web.messages") else {}
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
