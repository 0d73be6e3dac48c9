"""Documents: what can be set, run and failed is written down, and decisions say what was refused."""

import ast
import re
import tomllib
from importlib import import_module

import click
import pytest

from tests.house.tree import PRODUCT, ROOT, called_name, calls, files, parsed, shown

README = (ROOT / "README.md").read_text("utf-8")
DECISIONS = [path for path in files("docs/decisions") if path.suffix == ".md"]


def settings() -> set[str]:
    return {
        argument.value
        for call in calls(parsed(PRODUCT / "settings.py"))
        if called_name(call) in {"text", "optional", "path", "file", "number"}
        for argument in call.args[:1]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def commands(group: click.Command, name: str) -> list[str]:
    """List every command that is shown, by its full name."""
    if not isinstance(group, click.Group):
        return [name]
    asked = click.Context(group)
    found = [(child, group.get_command(asked, child)) for child in group.list_commands(asked)]
    return [
        full
        for child, command in found
        if command is not None and not command.hidden
        for full in commands(command, f"{name} {child}")
    ]


def test_every_setting_is_in_the_readme() -> None:
    assert len(settings()) > 15
    assert [name for name in sorted(settings()) if f"`{name}`" not in README] == []


def test_the_readme_names_no_setting_that_is_not_there() -> None:
    table = re.search(r"## Settings\n(.*?)\n## ", README, re.DOTALL)
    assert table
    assert set(re.findall(r"^\| `([A-Z_]+)`", table.group(1), re.MULTILINE)) - settings() == set()


def test_every_command_is_in_the_readme() -> None:
    found = commands(import_module("lms.cli.main").main, "lms")
    assert len(found) > 15, found
    assert [name for name in found if f"`{name}" not in README] == []


def without_code(text: str) -> str:
    """Drop what a document shows as a sample, be it a block or a few words."""
    return re.sub(r"(?ms)^```.*?^```|(`+).*?\1", "", text)


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        f"{shown(path)}: {target}"
        for path in [*files("docs", "README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
        if path.suffix == ".md"
        for target in re.findall(
            r"\]\((?!https?:|mailto:|#)([^)#\s]+)", without_code(path.read_text("utf-8"))
        )
        if not (path.parent / target).exists()
    ]
    assert broken == []


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_one_page_and_says_what_was_refused(path: object) -> None:
    text = (ROOT / str(path)).read_text("utf-8")
    assert re.search(r"^\*\*Refused\.\*\*", text, re.MULTILINE)
    assert len(text.splitlines()) <= 60


def test_no_two_decisions_have_one_number() -> None:
    numbers = sorted(int(path.name[:4]) for path in DECISIONS)
    assert len(numbers) == len(set(numbers))


def test_the_changelog_speaks_of_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
