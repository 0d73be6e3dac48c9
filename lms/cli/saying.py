"""What the terminal says: in the language of the terminal, with the exit codes of the house.

Holds no command. Called by every module of `cli`; loads words only when there is something to say.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click

from lms.core.errors import Invalid, ParvisError
from lms.core.findings import Finding
from lms.rendering.findings import finding_words
from lms.rendering.words import voice
from lms.settings import SettingError, Settings, from_environment
from lms.web.messages import ANYTHING, WORDS

WRONG_INPUT = 2


def tongue() -> str:
    """Give the language of the terminal as a tag (`fr` for LANG=fr_CA.UTF-8)."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    spoken = next((name for name in names if name), "en").split(".")[0].split("_")[0]
    return spoken.lower() if spoken.isalpha() and spoken not in {"C", "POSIX"} else "en"


def gettext(sentence: str, **values: object) -> str:
    """Say a sentence in the language of the terminal."""
    return voice(tongue()).gettext(sentence, **values)


def words_of(problem: ParvisError) -> list[str]:
    """Say what was refused, and everything that was found."""
    said = [gettext(WORDS.get(problem.code, ANYTHING), **problem.params)]
    if problem.code not in WORDS:
        said.append(problem.code)
    if isinstance(problem, Invalid):
        said += [_found(one) for one in problem.findings]
    return said


def _found(finding: Finding) -> str:
    """Say one finding: of a check with its file and line, of a form in one sentence."""
    if finding.rule in WORDS:
        return gettext(WORDS[finding.rule], **finding.params)
    words = finding_words(finding, gettext)
    place = ":".join(str(part) for part in (finding.place.file, finding.place.line) if part)
    return f"{place}: {words.title} {words.mend}"


@contextmanager
def refusals() -> Iterator[None]:
    """Turn refusals into words on the error stream, and the exit code that each kind of error has."""
    try:
        yield
    except SettingError as wrong:
        for problem in wrong.problems:
            click.echo(str(problem), err=True)
        raise SystemExit(WRONG_INPUT) from wrong
    except ParvisError as refused:
        for sentence in words_of(refused):
            click.echo(sentence, err=True)
        raise SystemExit(refused.exit_code) from refused


def settings() -> Settings:
    """Read the settings from the environment."""
    return from_environment(os.environ)
