"""Routes: each names who may use it, a GET changes nothing, and no address disappears unnoticed."""

import ast

from flask import Flask

from tests.house.addresses import LIST, addresses
from tests.house.tree import called_name, functions, parsed, python_files, shown, strings

VERBS = {"get", "post", "put", "patch", "delete", "route"}
VIEWS = [path for path in python_files("lms/web/views") if path.name != "__init__.py"]


def routes(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.Call]:
    return [
        decorator
        for decorator in function.decorator_list
        if isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Attribute)
        and decorator.func.attr in VERBS
        and called_name(decorator.func.value) in {"page", "root"}
    ]


def test_every_view_names_who_may_open_it() -> None:
    bare = [
        f"{shown(path)}: {function.name}"
        for path in VIEWS
        for function in functions(path)
        if routes(function)
        and "rule" not in {called_name(decorator) for decorator in function.decorator_list}
    ]
    assert bare == []


def test_the_rule_stands_below_the_address_so_that_it_is_on_the_view() -> None:
    above = [
        f"{shown(path)}: {function.name}"
        for path in VIEWS
        for function in functions(path)
        if routes(function) and called_name(function.decorator_list[0]) == "rule"
    ]
    assert above == []


def test_a_view_answers_to_one_kind_of_request() -> None:
    mixed = [
        f"{shown(path)}: {function.name}"
        for path in VIEWS
        for function in functions(path)
        if len({called_name(route) for route in routes(function)}) > 1
        or any(called_name(route) == "route" for route in routes(function))
    ]
    assert mixed == []


def test_addresses_are_literal() -> None:
    vague = [
        f"{shown(path)}: {function.name}"
        for path in VIEWS
        for function in functions(path)
        for route in routes(function)
        if not route.args or strings(route.args[0]) is None
    ]
    assert vague == []


def test_no_view_is_nested_where_the_other_tests_cannot_see_it() -> None:
    hidden = [
        f"{shown(path)}: {inner.name}"
        for path in VIEWS
        for inner in ast.walk(parsed(path))
        if isinstance(inner, ast.FunctionDef) and routes(inner) and inner not in parsed(path).body
    ]
    assert hidden == []


def test_no_address_disappears_or_appears_without_a_decision(app: Flask) -> None:
    """A new address is added to addresses.txt; one that goes needs a redirect, since people have kept it."""
    assert addresses(app) == LIST.read_text("utf-8").splitlines()
