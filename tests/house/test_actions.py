"""Deeds: whatever changes anything is an action that says its name and who may do it; one way in."""

import ast

from tests.house.tree import PRODUCT, called_name, calls, functions, parsed, python_files, shown, strings

DECORATORS = {"command", "query"}
ACTIONS = [path for path in python_files("lms/actions") if path.stem not in {"__init__", "context", "action"}]


def declared(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    return {called_name(decorator) for decorator in function.decorator_list}


def arguments(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    return [argument.arg for argument in [*function.args.posonlyargs, *function.args.args]]


def writes(tree: ast.AST) -> bool:
    return any(called_name(call) == "writing" for call in calls(tree))


def test_every_action_carries_a_deed() -> None:
    bare = [
        f"{shown(path)}: {function.name}"
        for path in ACTIONS
        for function in functions(path)
        if not function.name.startswith("_")
        if arguments(function)[:2] == ["context", "actor"] and not declared(function) & DECORATORS
    ]
    assert bare == []


def test_what_opens_a_transaction_in_public_is_a_deed() -> None:
    bare = [
        f"{shown(path)}: {function.name}"
        for path in ACTIONS
        for function in functions(path)
        if not function.name.startswith("_")
        if writes(function) and "command" not in declared(function)
    ]
    assert bare == []


def test_only_actions_and_storage_open_a_transaction() -> None:
    elsewhere = [
        f"{shown(path)}:{call.lineno}"
        for path in python_files("lms")
        if path.relative_to(PRODUCT).parts[0] not in {"actions", "storage"}
        for call in calls(parsed(path))
        if called_name(call) == "writing"
    ]
    assert elsewhere == []


def test_a_deed_is_named_in_words_that_the_audit_trail_can_keep() -> None:
    names = [
        name
        for path in ACTIONS
        for function in functions(path)
        for decorator in function.decorator_list
        if isinstance(decorator, ast.Call) and called_name(decorator) in DECORATORS
        for name in (strings(decorator.args[0]) or ["not a literal"])
    ]
    assert len(names) == len(set(names))
    assert [
        name for name in names if not name.replace(".", "").replace("_", "").isidentifier() or "." not in name
    ] == []
