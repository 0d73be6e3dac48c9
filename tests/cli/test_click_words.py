"""What click says: in the language of the terminal, with our help texts, and no sentence forgotten."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages.extract import extract_from_dir
from click.testing import CliRunner

from lms.cli.click_words import SENTENCES, Day, one_language, paragraphs
from lms.cli.main import main
from lms.rendering.words.translator import translator_for
from tests.house.tree import ROOT

FRENCH = {"LC_ALL": "fr_CA.UTF-8", "LANGUAGE": "en_CA:en", "COLUMNS": "80"}
#: What click can say and `lms` never does, by what it would take.
NEVER_MET = (
    # A mistake in how a command is declared, which no user makes.
    "Name '{name}' defined twice",
    "Boolean option {decl!r} cannot use the same flag for true/false.",
    "Could not determine name for option with declarations {decls!r}",
    "No options defined but a name was passed",
    "Arguments take exactly one parameter declaration",
    "Invalid start character for option ({option})",
    "Unknown color {colour!r}",
    "Unknown standard stream '{name}'",
    "Value must be an iterable.",
    # Kinds of parameters, questions and commands that no command of ours has.
    "deprecated",
    "DeprecationWarning:",
    "Positional arguments",
    "env var: {var}",
    "(dynamic)",
    "Takes {nargs} values",
    "Argument {name!r} takes {nargs} values.",
    "{len_type} values are required",
    "Do you want to continue?",
    "Confirm the action without prompting.",
    "Missing parameter",
    "Missing {param_type}",
    "Error: invalid input",
    "Repeat for confirmation",
    "Could not open file {filename!r}: {message}",
    "unknown error",
    "Choice({choices})",
    "{value} is not in the range {range}.",
    "{value!r} is not a valid boolean.",
    "{value!r} is not a valid UUID.",
    "{value!r} does not match the format",
    "{name} {filename!r} is not writable.",
    "{name} {filename!r} is not executable.",
    # An editor, a progress bar, a pause, a Windows terminal, the completion of an old shell.
    "{editor}: Editing failed",
    "d",
    "Press any key to continue",
    "Windows error: {error}",
    "Shell completion is not supported",
    "Couldn't detect Bash version",
)
#: English words that stand in what click says and in help texts, and are no French ones.
ENGLISH = re.compile(
    r"\b(?:the|and|usage|commands?|show|this|exit|try|help|missing|no such|did you|is not|"
    r"required|default|integer|text|file|directory|number|args|error|value|of|to|with)\b",
    re.IGNORECASE,
)
NAMES = re.compile(r"--[\w-]+|\blms [\w -]+|^  [\w-]+  |'[^' ]+'|\[[a-z|]+\]", re.MULTILINE)


def in_a_process(*arguments: str) -> str:
    environ = {name: value for name, value in os.environ.items() if name != "LANG"} | FRENCH
    done = subprocess.run(
        [sys.executable, "-m", "lms.cli.main", *arguments],
        env=environ,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def in_french(*arguments: str) -> str:
    return CliRunner(env=FRENCH).invoke(main, arguments, prog_name="lms", terminal_width=80).output


def english_in(text: str) -> list[str]:
    """Return the English words of an output; options, commands and what is typed keep their names."""
    return ENGLISH.findall(
        re.sub(r"--[\w-]+|\blms [\w -]+|^  [\w-]+  |'[^' ]+'|\[[a-z|]+\]", " ", text, flags=re.MULTILINE)
    )


def every_command(group: click.Group, *name: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for inner in group.list_commands(context):
        command = group.get_command(context, inner)
        assert command is not None
        yield (*name, inner), command
        if isinstance(command, click.Group):
            yield from every_command(command, *name, inner)


@pytest.mark.slow
def test_a_french_terminal_is_answered_in_french_alone() -> None:
    """LANGUAGE says English; the language of the terminal decides."""
    outputs = {
        arguments: in_a_process(*arguments)
        for arguments in (
            ("--help",),
            ("backup", "--help"),
            ("nonsense",),
            ("certificate", "revoke"),
            ("bench", "--rounds", "x"),
        )
    }
    assert {arguments: english_in(said) for arguments, said in outputs.items() if english_in(said)} == {}
    assert "Commandes\u00a0:" in outputs["--help",]
    assert "n’existe pas" in outputs["nonsense",]
    assert "NUMÉRO" in outputs["certificate", "revoke"]
    assert "nombre entier" in outputs["bench", "--rounds", "x"]


def test_the_eye_for_english_itself() -> None:
    assert english_in("Usage: lms [OPTIONS]\nTry 'lms --help' for help.") == ["Usage", "Try", "help"]
    assert english_in("  --help  Afficher cette aide") == []


def test_every_command_explains_itself_in_french() -> None:
    said = {name: in_french(*name, "--help") for name, _command in every_command(main)}
    assert len(said) > 20
    assert {name: english_in(text) for name, text in said.items() if english_in(text)} == {}


def test_no_summary_in_a_french_list_is_cut() -> None:
    groups = [(), *(name for name, command in every_command(main) if isinstance(command, click.Group))]
    lists = [in_french(*name, "--help").partition("Commandes")[2] for name in groups]
    assert all(lists)
    assert [line for text in lists for line in text.splitlines() if "..." in line] == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("restor",), "La commande 'restor' n’existe pas."),
        (("backup", "--replce", "x"), "Vouliez-vous dire '--replace'?"),
        (("backup", "x", "y"), "un argument de trop"),
        (("backup",), "Il manque l’argument 'FICHIER'."),
        (("backup", "/"), "Fichier attendu, mais '/' est un dossier."),
        (("certificate", "revoke", "1"), "Il manque l’option '--reason'."),
        (("seal", "a", "1", "--by"), "doit être suivie d’une valeur"),
        (("check", "--strict=1"), "n’accepte aucune valeur"),
        (("check", "--site", "/nowhere"), "Dossier introuvable\u00a0: '/nowhere'."),
        (("check", "--format", "x"), "l’une des valeurs possibles"),
        (("adopt", "--on", "x"), "'x' n’est pas une date. Écrivez-la sous la forme AAAA-MM-JJ"),
        (("hold", "--since", "30/11/2026"), "'30/11/2026' n’est pas une date."),
        (("conformance", "a", "--on", "2026-02-30"), "'2026-02-30' n’est pas une date."),
        (("person", "give-role", "a"), "Choisissez parmi"),
        (("job", "retry"), "Indiquez le numéro de la tâche"),
    ],
)
def test_a_mistake_is_told_in_french(arguments: tuple[str, ...], words: str) -> None:
    said = in_french(*arguments)
    assert words in said
    assert english_in(said) == []


def test_english_says_it_as_the_house_does() -> None:
    said = CliRunner(env={"LC_ALL": "en_CA.UTF-8", "LANGUAGE": "fr"}).invoke(main, ["nonsense"]).output
    assert "There is no command 'nonsense'." in said
    said = CliRunner(env={"LC_ALL": "C"}).invoke(main, ["check", "--site", "/nowhere"]).output
    assert "Directory '/nowhere' does not exist." in said


def test_every_option_that_takes_a_date_reads_it_in_one_way() -> None:
    takes = {
        (name, one.opts[0]): one.type
        for name, command in every_command(main)
        for one in command.params
        if "YYYY-MM-DD" in (one.metavar or "") or isinstance(one.type, click.DateTime)
    }
    assert len(takes) == 3
    assert [where for where, kind in takes.items() if not isinstance(kind, Day)] == []
    said = CliRunner(env={"LC_ALL": "C"}).invoke(main, ["adopt", "--on", "tomorrow"]).output
    assert "'tomorrow' is not a date. Write it as YYYY-MM-DD, such as 2026-11-30." in said
    assert "%Y" not in said


def test_the_environment_is_as_it_was_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    for before in ("de", None):
        monkeypatch.delenv("LANGUAGE", raising=False)
        if before:
            monkeypatch.setenv("LANGUAGE", before)
        with one_language():
            assert os.environ["LANGUAGE"].endswith(":en")
        assert os.environ.get("LANGUAGE") == before


def click_says() -> set[str | tuple[str, ...]]:
    """Return every sentence of the installed click that it gives to gettext."""
    folder = str(Path(click.__file__).parent)
    found = extract_from_dir(folder, method_map=[("**.py", "python")])
    return {words if isinstance(words, str) else tuple(words) for _, _, words, _, _ in found}


def never_met(sentence: str | tuple[str, ...]) -> list[str]:
    text = sentence if isinstance(sentence, str) else sentence[0]
    return [one for one in NEVER_MET if text == one or (len(one) > 1 and text.startswith(one))]


def test_every_sentence_of_click_is_translated_or_never_met() -> None:
    """A new version of click with other words is found here, before somebody meets them in English."""
    ours = {*SENTENCES, "Show the version and exit.", "file", "directory", "path"}
    assert ours - click_says() == set()
    assert {one for one in click_says() if not never_met(one)} == ours
    assert {one for said in click_says() for one in never_met(said)} == set(NEVER_MET)


def test_every_help_text_is_in_the_catalogue() -> None:
    """The commands are asked, not their source: whatever click shows has passed through the catalogue."""
    french = translator_for("fr").catalogue
    for name, command in every_command(main):
        texts = [*paragraphs(command.help or ""), command.short_help or ""]
        texts += [one.help or "" for one in command.params if isinstance(one, click.Option)]
        assert [text for text in texts if text and french.gettext(text) == text] == [], name
