"""What click says in its own words, and help texts, in the language of the terminal.

click asks Python's gettext for its sentences, in the catalogue of the name `messages`, which ours has too: so
they are translated there, once they are marked here. Help texts stand where a command is declared, and
`tests/house/help_texts.py` gathers them. Holds no command.
"""

from __future__ import annotations

import gettext as catalogues
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from datetime import datetime
from typing import Any

import click

from lms.cli.saying import gettext, tongue
from lms.rendering.words.marks import N_, NN_
from lms.settings import bundled_site

#: What a user can meet of click; tests/cli/test_click_words.py compares it with click itself.
SENTENCES = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("Show this message and exit."),
    N_("%(prog)s, version %(version)s"),
    N_("default: {default}"),
    N_("required"),
    N_("Try '{command} {option}' for help."),
    N_("Error: {message}"),
    N_("Error: The two entered values do not match."),
    N_("Aborted!"),
    N_("Missing command."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("No such command {name!r}."),
    N_("No such option {name!r}."),
    NN_("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    NN_("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    NN_("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    N_("Option {name!r} does not take a value."),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("{value!r} is not a valid {number_type}."),
    N_("Choose from:\n\t{choices}"),
    NN_("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    N_("{name} {filename!r} does not exist."),
    N_("{name} {filename!r} is a file."),
    N_("{name} {filename!r} is a directory."),
    N_("{name} {filename!r} is not readable."),
)
#: What stands for a value: what click calls a type of value, and the words in capitals of a usage line.
VALUES = (
    N_("file"),
    N_("directory"),
    N_("path"),
    N_("integer"),
    N_("text"),
    N_("ADDRESS"),
    N_("ARGS"),
    N_("COMMAND"),
    N_("COURSE"),
    N_("FILE"),
    N_("ID"),
    N_("LANG"),
    N_("LAW"),
    N_("NEW"),
    N_("NUMBER"),
    N_("OLD"),
    N_("OPTIONS"),
    N_("PATHS"),
    N_("REQUEST"),
    N_("SIGN_IN_NAME"),
    N_("STATEMENT"),
    N_("TEXT"),
    N_("VERSION"),
    N_("WHO"),
    N_("YYYY-MM-DD"),
)
_DAY = "%Y-%m-%d"  # as Python reads it, which nobody who types a date has to know
_CAPITALS = re.compile(r"[A-Z][A-Z_-]*[A-Z]")


class Day(click.DateTime):
    """A date, as every option takes it: YYYY-MM-DD, and so it is said when it is written otherwise."""

    def __init__(self) -> None:
        super().__init__([_DAY])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Return the beginning of the day, without a zone.

        Raises: click.BadParameter for what is no date, in words.
        """
        try:
            return datetime.strptime(str(value), _DAY)  # noqa: DTZ007  # a day, of the calendar of the house
        except ValueError:
            wrong = gettext(
                "%(value)r is not a date. Write it as YYYY-MM-DD, such as 2026-11-30.", value=value
            )
            self.fail(wrong, param, ctx)


@contextmanager
def one_language() -> Iterator[None]:
    """Let click speak the language of the terminal; LANGUAGE, which it would ask first, must not differ."""
    catalogues.bindtextdomain("messages", str(bundled_site() / "translations"))
    before = os.environ.get("LANGUAGE")
    os.environ["LANGUAGE"] = f"{tongue()}:en"
    try:
        yield
    finally:
        del os.environ["LANGUAGE"]
        if before is not None:
            os.environ["LANGUAGE"] = before


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a help text, each in one line: so the catalogues have them."""
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip())]


def in_capitals(metavar: str) -> str:
    """Return what stands for a value, `[PATHS]...`, with its words translated."""
    return _CAPITALS.sub(lambda found: gettext(found[0]), metavar)


def spoken(command: click.Command) -> click.Command:
    """Return a copy of a command, and of those in it, whose help is in the language of the terminal."""
    said = copy(command)
    said.help = "\n\n".join(map(gettext, paragraphs(command.help or "")))
    said.short_help = command.short_help and gettext(command.short_help)
    said.options_metavar = command.options_metavar and in_capitals(command.options_metavar)
    said.params = [_parameter(one, click.Context(command)) for one in command.params]
    if isinstance(said, click.Group):
        said.subcommand_metavar = in_capitals(said.subcommand_metavar)
        said.commands = {name: spoken(inner) for name, inner in said.commands.items()}
    return said


def _parameter(parameter: click.Parameter, context: click.Context) -> click.Parameter:
    said = copy(parameter)
    said.type = copy(parameter.type)
    said.type.name = gettext(_type_name(parameter.type))
    if isinstance(said, click.Option):
        said.help = said.help and gettext(said.help)
        said.metavar = said.metavar and in_capitals(said.metavar)
    elif not isinstance(said.type, click.Choice):
        said.metavar = in_capitals(parameter.make_metavar(context))
    return said


def _type_name(kind: click.ParamType[object]) -> str:
    """Return the English name of a type; click names a path once, in the language of that moment."""
    if not isinstance(kind, click.Path):
        return kind.name
    if kind.file_okay:
        return "path" if kind.dir_okay else "file"
    return "directory"
