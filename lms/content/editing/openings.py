"""The opening line of a container: other values in their places, everything else as it is written.

Holds how a value is written. Which values there may be is said by `markup.containers`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lms.content.markup.containers import RULES

_BRACES = re.compile(r"\{(.*)\}", re.DOTALL)
_BARE = re.compile(r"[^\s\"{}=]+")
_SPACES = re.compile(r"\s+")
_QUOTES = {"fr": ("«\u00a0", "\u00a0»")}


def _sound(value: str, lang: str) -> str:
    """Return a value on one line, with signs that end no value."""
    opening, closing = _QUOTES.get(lang.partition("-")[0], ("“", "”"))
    words = (
        _SPACES.sub(" ", value).strip()
        if "\u00a0" not in value
        else re.sub(r"[ \t\r\n]+", " ", value).strip()
    )
    parts = words.split('"')
    pairs = (part + (opening if at % 2 == 0 else closing) for at, part in enumerate(parts[:-1]))
    return "".join(pairs) + parts[-1]


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf'(?P<space>\s*)(?<![^\s{{]){re.escape(name)}=(?:"[^"]*"|[^\s"{{}}]+)')


def _put(inside: str, name: str, value: str) -> str:
    found = _pattern(name).search(inside)
    if not value:
        return inside[: found.start()] + inside[found.end() :] if found else inside
    written = (
        f"{name}={value}"
        if name not in {"alt", "title", "rests-on"} and _BARE.fullmatch(value)
        else f'{name}="{value}"'
    )
    if found:
        return inside[: found.start()] + found["space"] + written + inside[found.end() :]
    return f"{inside.rstrip()} {written}".lstrip()


def _turn(inside: str, flag: str, *, on: bool) -> str:
    found = re.search(rf'\s*(?<![^\s{{]){re.escape(flag)}(?=\s|$)(?=(?:[^"]*"[^"]*")*[^"]*$)', inside)
    if on == bool(found):
        return inside
    return f"{inside.rstrip()} {flag}".lstrip() if on else inside[: found.start()] + inside[found.end() :]  # type: ignore[union-attr]


def opening_line(kind: str, ident: str, values: Mapping[str, str], flags: frozenset[str], lang: str) -> str:
    """Write the opening line of a new container."""
    inside = f"#{ident}" if ident else ""
    for name, value in values.items():
        inside = _put(inside, name, _sound(value, lang))
    for flag in sorted(flags):
        inside = _turn(inside, flag, on=True)
    return f"::: {kind} {{{inside}}}" if inside else f"::: {kind}"


def rewritten(line: str, kind: str, values: Mapping[str, str], flags: Mapping[str, bool], lang: str) -> str:
    """Return an opening line with other values; names that the container cannot carry are left out."""
    rule = RULES[kind]
    found = _BRACES.search(line)
    before = after = found[1] if found else ""
    for name in (rule.required | rule.optional) & set(values):
        after = _put(after, name, _sound(values[name], lang))
    for flag in rule.flags & set(flags):
        after = _turn(after, flag, on=flags[flag])
    if after == before:
        return line
    if found:
        return f"{line[: found.start()]}{{{after}}}{line[found.end() :]}"
    return f"{line.rstrip()} {{{after}}}"
