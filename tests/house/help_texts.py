"""How catalogues find help texts, which click takes from docstrings and from what options are given.

`script/catalogues` names this module in pyproject.toml; a mark around a docstring is not possible.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any, cast

from babel.messages.extract import extract_python

from lms.cli.click_words import paragraphs

SHOWN = frozenset({"help", "short_help"})
DECLARES = frozenset({"command", "group"})

Found = tuple[int, str | None, Any, list[str]]


def extract(
    file: IO[bytes], keywords: Mapping[str, Any], comment_tags: Collection[str], options: Any
) -> Iterator[Found]:
    """Find what is marked, as everywhere, and what click shows."""
    yield from cast("Iterator[Found]", extract_python(file, keywords, comment_tags, options))
    file.seek(0)
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.FunctionDef) and any(map(_declares, node.decorator_list)):
            yield from ((node.lineno, None, words, []) for words in paragraphs(ast.get_docstring(node) or ""))
        elif isinstance(node, ast.keyword) and node.arg in SHOWN and isinstance(node.value, ast.Constant):
            yield node.value.lineno, None, node.value.value, []


def _declares(decorator: ast.expr) -> bool:
    """Return whether it is `@click.command(…)` or a command of a group."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Attribute) and called.attr in DECLARES
