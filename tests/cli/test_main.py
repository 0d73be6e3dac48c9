"""The command: finds what there is, says refusals in words, and ends with the exit codes of the house."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from lms.cli.main import main
from lms.cli.saying import gettext, of_setting, refusals, tongue, words_of
from lms.core.courses.findings import Finding, Place, Severity
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound, ParvisError, Unavailable
from lms.rendering.words.translator import translator_for
from lms.settings import SettingError, from_environment


def test_every_command_is_found_and_explains_itself() -> None:
    listed = CliRunner().invoke(main, ["--help"]).output
    for name in (
        "adopt",
        "backup",
        "check",
        "doctor",
        "mail",
        "person",
        "restore",
        "seal",
        "serve",
        "setup",
        "upgrade",
    ):
        assert f"  {name} " in listed
        assert CliRunner().invoke(main, [name, "--help"]).exit_code == 0
    assert "serve-web" not in listed
    assert CliRunner().invoke(main, ["nothing"]).exit_code == 2


def every_list(command: click.Group, *name: str) -> Iterator[str]:
    """Return the help of a group and of the groups in it, each of which lists its commands."""
    yield CliRunner(env={"COLUMNS": "80"}).invoke(main, [*name, "--help"], terminal_width=80).output
    context = click.Context(command)
    for inner in command.list_commands(context):
        found = command.get_command(context, inner)
        if isinstance(found, click.Group):
            yield from every_list(found, *name, inner)


def test_no_summary_in_a_list_of_commands_is_cut() -> None:
    lists = [text.partition("Commands:")[2] for text in every_list(main)]
    assert len(lists) > 4
    assert [line for text in lists for line in text.splitlines() if "..." in line] == []


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (Invalid("account.wrong", [Finding("account.name-missing", Severity.ERROR, Place("name"))]), 2),
        (NotFound("account.not-found"), 3),
        (NotAllowed("deed.not-allowed"), 4),
        (Conflict("disk.in-use"), 5),
        (Unavailable("database.unavailable"), 6),
    ],
)
def test_each_kind_of_refusal_has_its_exit_code(
    problem: ParvisError, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended, refusals():
        raise problem
    assert ended.value.code == code
    said = capsys.readouterr().err
    assert problem.code not in said
    assert len(said.splitlines()) == len(words_of(problem))


def test_a_code_without_words_is_shown_as_it_is() -> None:
    assert words_of(NotFound("no.words-yet"))[-1] == "no.words-yet"


def test_wrong_settings_are_said_all_at_once(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        main, ["setup"], env={"LMS_DATA": str(tmp_path), "PORT": "x", "MAIL_URL": "y"}
    )
    assert result.exit_code == 2
    assert "PORT" in result.output
    assert "MAIL_URL" in result.output


def test_wrong_settings_are_said_in_the_language_of_the_terminal(tmp_path: Path) -> None:
    environ = {
        "LC_ALL": "fr_CA.UTF-8",
        "LMS_DATA": str(tmp_path / "data"),
        "PORT": "x",
        "DEFAULT_LOCALE": "zz",
    }
    assert CliRunner(env=environ).invoke(main, ["setup"]).output.splitlines() == [
        "PORT\u00a0: la valeur 'x' ne convient pas. Indiquez un nombre entier de 1 à 65535.",
        "DEFAULT_LOCALE\u00a0: 'zz' n’est pas une langue de l’interface. Choisissez parmi\u00a0: en, fr.",
    ]


def test_each_sentence_about_a_setting_has_its_french() -> None:
    """Whatever sign a sentence needs to say a percent sign, it is filled in without a fault."""
    french = translator_for("fr").catalogue
    wrong = {
        "PORT": "x",
        "HOST": "a b",
        "PUBLIC_URL": "https://a.example/b",
        "DATABASE_URL": "postgresql://u:p@s@h/d",
        "MAIL_URL": "smtp://",
        "FRAME_ANCESTORS": "http://a.example",
        "DEFAULT_LOCALE": "zz",
        "TIME_ZONE": "Toronto",
        "LOG_LEVEL": "loud",
        "ISSUER_NAME": "a\nb",
        "SUPPORT_EMAIL": "nobody",
    }
    with pytest.raises(SettingError) as refused:
        from_environment(wrong)
    for problem in refused.value.problems:
        for sentence in (problem.what, problem.mend):
            assert french.gettext(sentence) != sentence
        assert "%%" not in of_setting(problem)
        assert "%(" not in of_setting(problem)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot be read. Give the path of a PNG or SVG file"),
        (b"GIF89a", "cannot be printed. Provide a PNG or SVG file."),
        (b" " * 200_001, "at most 200 kB"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><text/></svg>', "The drawing contains <text>."),
    ],
)
def test_a_logo_that_cannot_be_printed_stops_the_start(
    tmp_path: Path, content: bytes | None, words: str
) -> None:
    path = tmp_path / "logo"
    if content is not None:
        path.write_bytes(content)
    environ = {"LC_ALL": "C", "LMS_DATA": str(tmp_path / "data"), "ISSUER_LOGO": str(path)}
    result = CliRunner(env=environ).invoke(main, ["setup"])
    assert result.exit_code == 2
    assert result.output.startswith(f"ISSUER_LOGO: {path} ")
    assert words in result.output


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"LANG": "fr_CA.UTF-8"}, "fr"),
        ({"LC_ALL": "fr_CA", "LANG": "en_CA.UTF-8"}, "fr"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({}, "en"),
    ],
)
def test_the_terminal_is_spoken_to_in_its_language(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], expected: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert tongue() == expected
    assert gettext("%(a)s b", a=1) == "1 b"


def test_a_group_shows_its_commands_once() -> None:
    names = main.list_commands(click.Context(main))
    assert len(names) == len(set(names))
    assert "test" not in names
    assert "add-admin" not in names
