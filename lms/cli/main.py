"""The command `lms`: finds the commands of this room and turns refusals into exit codes.

Every module here that holds a click command adds it; the command `check` is looked for in the module
`check` first, so that starting one command does not load the others. Holds no command of its own.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import click

from lms import cli
from lms.cli.click_words import one_language, spoken
from lms.cli.saying import refusals

_NO_COMMANDS = frozenset({"click_words", "main", "opening", "saying"})
#: Commands that stand in a module of another name: to look for one would load all others.
_TOGETHER = {"work": "processes"}


def _modules() -> list[str]:
    """Return the full names of the modules that may hold commands."""
    found = walk_packages(cli.__path__, f"{cli.__name__}.")
    return sorted(one.name for one in found if not one.ispkg and _short(one.name) not in _NO_COMMANDS)


def _short(module: str) -> str:
    return module.rpartition(".")[2]


def _commands_of(module: str) -> dict[str, click.Command]:
    loaded = vars(import_module(module))
    found = [one for one in loaded.values() if isinstance(one, click.Command)]
    grouped = {id(inner) for one in found if isinstance(one, click.Group) for inner in one.commands.values()}
    return {one.name: one for one in found if one.name and id(one) not in grouped}


class _Commands(click.Group):
    """All commands of the house, in the language of the terminal."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        with one_language():
            return click.Group.main(spoken(self), *args, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return sorted(name for module in _modules() for name in _commands_of(module))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        likely = _TOGETHER.get(cmd_name, cmd_name.replace("-", "_"))
        for module in sorted(_modules(), key=lambda name: _short(name) != likely):
            if (found := _commands_of(module).get(cmd_name)) is not None:
                return spoken(found)
        return None

    def invoke(self, ctx: click.Context) -> object:
        with refusals():
            return super().invoke(ctx)


@click.command(cls=_Commands)
@click.version_option(package_name="parvis", prog_name="lms", help="Show the version and exit.")
def main() -> None:
    """Manage a Parvis site from the terminal."""


if __name__ == "__main__":
    main()
