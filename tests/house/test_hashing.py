"""Hashing stays off the page threads, and behind a limit.

Each route that may come to hash a password says so, and no other; each action that hashes for somebody asks a
budget before, on whatever way leads to the hashing.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.house.tree import called_name, calls, functions, module_name, parsed, python_files

HASHES = {("lms.trust.passwords", name) for name in ("hash_password", "verify_password", "spend")}
#: What counts a try and refuses when there were too many.
COUNTS = {("lms.actions.people.limits", "take"), ("lms.storage.people.codes", "take_try")}
ROOMS = ("lms/actions", "lms/web")
Function = tuple[str, str]  # module, name


@cache
def modules() -> dict[str, ast.Module]:
    return {module_name(path): parsed(path) for path in python_files(*ROOMS)}


@cache
def all_modules() -> frozenset[str]:
    return frozenset(module_name(path) for path in python_files("lms"))


@cache
def imported(module: str) -> dict[str, Function]:
    """Return what each imported name of a module is: (module, "") for a module, else a thing in one."""
    found = dict[str, Function]()
    for node in ast.walk(modules()[module]):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                here = (whole, "") if whole in all_modules() else (node.module, alias.name)
                found[alias.asname or alias.name] = here
    return found


def called(module: str, function: ast.AST) -> Iterator[Function]:
    """Return the functions that one calls, as far as a name says it."""
    found = (meant(module, call) for call in calls(function))
    return (one for one in found if one is not None)


def meant(module: str, call: ast.Call) -> Function | None:
    """Return the function that a call names, as far as a name says it."""
    names = imported(module)
    if isinstance(call.func, ast.Name):
        return names.get(call.func.id, (module, call.func.id))
    if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
        base, inner = names.get(call.func.value.id, ("", ""))
        if base and not inner:
            return base, call.func.attr
    return None


@cache
def hashing() -> frozenset[Function]:
    """Return every function of actions and web that may come to hash a password."""
    arrows = {
        (module_name(path), function.name): set(called(module_name(path), function))
        for path in python_files(*ROOMS)
        for function in functions(path)
    }
    found = set(HASHES)
    while more := {name for name, to in arrows.items() if name not in found and to & found}:
        found |= more
    return frozenset(found)


def always_done(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Return the statements that stand under no condition and in no loop, in order."""
    for statement in body:
        if isinstance(statement, ast.With):
            yield from always_done(statement.body)
        elif isinstance(statement, ast.Expr | ast.Assign | ast.AnnAssign | ast.Return):
            yield statement


def certain_parts(node: ast.AST) -> Iterator[ast.AST]:
    """Return what is evaluated whenever this is: not the second half of `a and b`, nor of `a if b else c`."""
    yield node
    if isinstance(node, ast.BoolOp):
        certain: list[ast.AST] = [node.values[0]]
    elif isinstance(node, ast.IfExp):
        certain = [node.test]
    elif isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
        certain = []
    else:
        certain = list(ast.iter_child_nodes(node))
    for one in certain:
        yield from certain_parts(one)


def certainly_calls(module: str, statement: ast.stmt, wanted: frozenset[Function]) -> bool:
    """Return whether a statement that is done calls one of these."""
    parts = certain_parts(statement)
    return any(isinstance(node, ast.Call) and meant(module, node) in wanted for node in parts)


def line_of_limit(module: str, function: ast.FunctionDef, counts: frozenset[Function]) -> int | None:
    """Return the line after which a try has certainly been counted."""
    for statement in always_done(function.body):
        if certainly_calls(module, statement, counts):
            return statement.end_lineno or statement.lineno
    return None


def has_way_out(function: ast.FunctionDef, before: int) -> bool:
    """Return whether a function may come back before a line without having raised."""
    return any(isinstance(node, ast.Return) and node.lineno < before for node in ast.walk(function))


@cache
def counting() -> frozenset[Function]:
    """Return every function after which a try has certainly been counted, in whatever way it came back."""
    found = frozenset(COUNTS)
    while True:
        more = {
            (module_name(path), function.name)
            for path in python_files("lms/actions")
            for function in functions(path)
            if isinstance(function, ast.FunctionDef)
            and (line := line_of_limit(module_name(path), function, found)) is not None
            and not has_way_out(function, line)
        }
        if more <= found:
            return found
        found |= more


def is_for_the_machine(path: Path, function: ast.FunctionDef) -> bool:
    """Return whether nobody but the person at this machine calls it, themselves or through others."""
    if function.decorator_list:
        return any("Who.SYSTEM" in ast.unparse(one) for one in function.decorator_list)
    callers = [
        one
        for one in functions(path)
        if isinstance(one, ast.FunctionDef)
        and (module_name(path), function.name) in called(module_name(path), one)
    ]
    return (
        function.name.startswith("_")
        and bool(callers)
        and all(is_for_the_machine(path, one) for one in callers)
    )


def hashing_functions() -> Iterator[tuple[str, ast.FunctionDef, int]]:
    """Return each function that hashes for anybody but the machine, and the line where it begins to."""
    for path in python_files(*ROOMS):
        for function in functions(path):
            module = module_name(path)
            lines = [call.lineno for call in calls(function) if meant(module, call) in HASHES]
            if lines and isinstance(function, ast.FunctionDef) and not is_for_the_machine(path, function):
                yield module, function, min(lines)


def views() -> Iterator[tuple[Function, bool]]:
    """Return each view that takes a form, and whether its rule says that it hashes."""
    for path in python_files("lms/web/views"):
        for function in functions(path):
            rules = [one for one in function.decorator_list if called_name(one) == "rule"]
            posts = [one for one in function.decorator_list if called_name(one) == "post"]
            if rules and posts and isinstance(rules[0], ast.Call):
                says = any(keyword.arg == "hashes" for keyword in rules[0].keywords)
                yield (module_name(path), function.name), says


def test_the_graph_sees_what_is_known_to_hash() -> None:
    names = {name for _, name in hashing()}
    assert {"sign_in", "prove", "sign_up", "change_password", "_confirm", "delete_me"} <= names


def test_a_route_that_may_hash_a_password_says_so() -> None:
    silent = [
        f"{module}.{name}" for (module, name), says in views() if (module, name) in hashing() and not says
    ]
    assert silent == [], "write `hashes=True` in its rule"


def test_each_function_that_hashes_has_counted_a_try_before() -> None:
    unlimited = [
        f"{module}.{function.name}"
        for module, function, line in hashing_functions()
        if (limit := line_of_limit(module, function, counting())) is None or limit >= line
    ]
    assert unlimited == [], "call `limits.take` first, whatever else is true"


def test_the_limits_are_seen_where_they_are_and_nowhere_else() -> None:
    """A proof that is fresh counts nothing, so it limits nothing that comes after it."""
    names = {name for _, name in counting()}
    assert {"take", "take_try", "_try"} <= names
    assert "prove" not in names
    seen = {function.name for _, function, _ in hashing_functions()}
    assert {"sign_in", "prove", "sign_up", "change_password", "_confirm"} <= seen


def test_no_other_route_leaves_the_page_thread() -> None:
    idle = [
        f"{module}.{name}" for (module, name), says in views() if says and (module, name) not in hashing()
    ]
    assert idle == []


def test_no_page_that_is_only_looked_at_hashes() -> None:
    looks = [
        f"{module_name(path)}.{function.name}"
        for path in python_files("lms/web/views")
        for function in functions(path)
        if any(called_name(one) == "get" for one in function.decorator_list)
        and (module_name(path), function.name) in hashing()
    ]
    assert looks == []
