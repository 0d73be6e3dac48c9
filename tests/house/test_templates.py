"""Templates: used, complete, and without anything that the content security policy forbids."""

import ast
import re
from pathlib import Path

from tests.house.tree import ROOT, parsed, python_files, shown, templates

FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "an on… attribute": re.compile(r"<[^>{}]*\son[a-z]+\s*=", re.IGNORECASE),
    "a nonce": re.compile(r"\bnonce\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "a positive tabindex": re.compile(r"tabindex=[\"']?[1-9]"),
    "a foreign host": re.compile(r"<(?:script|img|link)\b[^>]*(?:src|href)=[\"'](?:https?:)?//"),
}
#: Signs that a screen reader says by name, “middle dot”, “right arrow”: style sheets draw them silently.
READ_OUT = re.compile(r"[·•→←↑↓▾▸›‹✓✕★]")
NAMED = re.compile(r"{%-?\s*(?:extends|include|import|from)\s+(?:\[[^\]]*\]|[\"'][^\"']+[\"'])")
QUOTED = re.compile(r"[\"']([^\"']+\.(?:html|txt|svg|xml|css))[\"']")
NEIGHBOUR = re.compile(r"url\(([\w.-]+)\)")
MACRO = re.compile(r"{%-?\s*macro\s+(\w+)")


def source(path: Path) -> str:
    return re.sub(r"{#.*?#}", "", path.read_text("utf-8"), flags=re.DOTALL)


def name(path: Path) -> str:
    return path.as_posix().split("/templates/", 1)[1]


def names(path: Path) -> set[str]:
    """Return what a template is called: from the folder; a style sheet or picture also by itself."""
    return {name(path)} | ({path.name} if path.suffix in {".css", ".svg"} else set())


def patterns_in_python() -> list[re.Pattern[str]]:
    """Return what the product's strings can name: literal names, f-strings with any words in the holes."""
    found: list[re.Pattern[str]] = []
    for path in python_files("lms"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value:
                found.append(re.compile(re.escape(node.value)))
            elif isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w./-]+"
                    for part in node.values
                ]
                found.append(re.compile("".join(parts)))
    return [pattern for pattern in found if re.search(r"\\?\.(html|txt|svg|xml|css)$", pattern.pattern)]


def test_no_template_holds_what_the_policy_forbids() -> None:
    found = [
        f"{shown(path)}: {what}"
        for path in templates()
        for what, pattern in FORBIDDEN.items()
        if pattern.search(source(path))
    ]
    assert found == []


def test_what_a_template_names_is_there() -> None:
    known = {name(path) for path in templates()}
    missing = [
        f"{shown(path)} names {wanted}"
        for path in templates()
        for statement in NAMED.findall(source(path))
        for wanted in QUOTED.findall(statement)
        if wanted not in known
    ]
    assert missing == []


def test_every_template_is_used() -> None:
    named = {wanted for path in templates() for wanted in QUOTED.findall(source(path))}
    named |= {beside for path in templates() for beside in NEIGHBOUR.findall(source(path))}
    patterns = patterns_in_python()
    unused = [
        shown(path)
        for path in templates()
        if not named & names(path)
        and not any(pattern.fullmatch(one) for one in names(path) for pattern in patterns)
    ]
    assert unused == []


def test_every_macro_is_used() -> None:
    everything = "\n".join(source(path) for path in templates())
    unused = [
        f"{shown(path)}: {macro}"
        for path in templates()
        for macro in MACRO.findall(source(path))
        if len(re.findall(rf"\b{macro}\b", everything)) < 2
    ]
    assert unused == []


def test_templates_live_in_the_rooms_that_fill_them() -> None:
    rooms = {path.relative_to(ROOT).parts[1] for path in templates()}
    assert rooms <= {"web", "rendering"}


def test_no_template_says_a_sign_that_only_decorates() -> None:
    found = [
        f"{name(path)}: {READ_OUT.findall(source(path))}"
        for path in templates()
        if path.suffix == ".html" and READ_OUT.search(source(path))
    ]
    assert found == []
    assert READ_OUT.search('<span class="seam">·</span>')
