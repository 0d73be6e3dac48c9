"""How the templates of this room are filled: everything escaped, nothing left undefined."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).parent / "templates"


def templates(extensions: Sequence[str] = ()) -> Environment:
    """Return the templates of this room."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=extensions,
    )


@cache
def sheets() -> Environment:
    """Return the templates of what is printed, whose words come with what fills them."""
    return templates()
