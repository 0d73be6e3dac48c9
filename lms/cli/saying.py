"""What the terminal says: in the language of the terminal, with the exit codes of the house.

Holds no command.
"""

from __future__ import annotations

import errno
import os
import pwd
from collections.abc import Iterator
from contextlib import contextmanager

import click

from lms.core.courses.findings import Finding
from lms.core.errors import Invalid, ParvisError, Unavailable
from lms.rendering.words.findings import finding_words
from lms.rendering.words.marks import N_
from lms.rendering.words.messages import ANYTHING, WORDS
from lms.rendering.words.translator import Translator, translator_for
from lms.rendering.words.values import said
from lms.settings import Problem, SettingError, Settings, from_environment

WRONG_INPUT = 2

#: What a page says to a learner is of no use to whoever runs the installation.
OPERATORS: dict[str, str] = {
    "database.unavailable": N_(
        "The database cannot be used. It is missing, not set up or cannot be reached. To find out why: "
        "lms doctor"
    ),
    "mail.login": N_("%(server)s does not accept the user name and password in MAIL_URL."),
    "mail.unavailable": N_(
        "We cannot send email through %(server)s. Check the host, the port and tls= in MAIL_URL, and whether "
        "the server is running."
    ),
    "blob.unavailable": N_("The site’s files cannot be read or written. To find out why: lms doctor"),
    "blob.damaged": N_("A file of the site is damaged. To check the site: lms doctor"),
}


def tongue() -> str:
    """Return the language of the terminal as a tag (`fr` for LANG=fr_CA.UTF-8)."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    spoken = next((name for name in names if name), "en").split(".")[0].split("_")[0]
    return spoken.lower() if spoken.isalpha() and spoken not in {"C", "POSIX"} else "en"


def voice() -> Translator:
    """Return how the language of the terminal is spoken: its dates, times, numbers and lists."""
    return translator_for(tongue())


def gettext(sentence: str, **values: object) -> str:
    """Return a sentence in the language of the terminal."""
    return voice().gettext(sentence, **values)


def colon() -> str:
    """Return what follows a question that is answered at the terminal: a colon, as the language writes it."""
    return gettext("%(question)s:", question="") + " "


def want_yes(question: str) -> None:
    """Ask a question that is answered with yes or no, in words of the language of the terminal or in English.

    Raise click.Abort after anything but yes: what is asked about cannot be taken back.
    """
    yes, no = gettext("yes"), gettext("no")
    choice = f"{question} [{yes[0]}/{no[0].upper()}]"
    answer = str(click.prompt(choice, default="", show_default=False, prompt_suffix=colon()))
    if answer.strip().casefold() not in {yes, yes[0], "yes", "y"}:
        raise click.Abort


def words_of(problem: ParvisError) -> list[str]:
    """Return what was refused, and everything that was found."""
    words = OPERATORS.get(problem.code) or WORDS.get(problem.code, ANYTHING)
    lines = [gettext(words, **said(problem.params, gettext, tongue()))]
    if problem.code not in WORDS:
        lines.append(problem.code)
    if isinstance(problem, Invalid):
        lines += [_found(one) for one in problem.findings]
    return lines


def _found(finding: Finding) -> str:
    """Return one finding: of a check with its file and line, of a form in one sentence."""
    if finding.rule in WORDS:
        return gettext(WORDS[finding.rule], **said(finding.params, gettext))
    words = finding_words(finding, gettext)
    place = ":".join(str(part) for part in (finding.place.file, finding.place.line) if part)
    return f"{place}: {words.title} {words.mend}"


def of_setting(problem: Problem) -> str:
    """Return which setting cannot be used, why, and how to mend it."""
    what, mend = (gettext(sentence) % problem.values for sentence in (problem.what, problem.mend))
    return gettext("%(variable)s: %(what)s %(mend)s", variable=problem.variable, what=what, mend=mend)


@contextmanager
def refusals() -> Iterator[None]:
    """Turn refusals into words on the error stream, and the exit code that each kind of error has."""
    try:
        yield
    except SettingError as wrong:
        for problem in wrong.problems:
            click.echo(of_setting(problem), err=True)
        raise SystemExit(WRONG_INPUT) from wrong
    except ParvisError as refused:
        for sentence in words_of(refused):
            click.echo(sentence, err=True)
        raise SystemExit(refused.exit_code) from refused
    except BrokenPipeError:
        raise
    except OSError as problem:
        click.echo(_of_the_system(problem), err=True)
        raise SystemExit(Unavailable.exit_code) from problem


def _of_the_system(problem: OSError) -> str:
    """Return in words what the system refuses: a file, and why."""
    path = problem.filename or "?"
    if isinstance(problem, PermissionError):
        return gettext(
            "The user %(user)s does not have access to %(path)s. Run the command as the user that runs "
            "the site.",
            path=path,
            user=user_name(),
        )
    if isinstance(problem, FileNotFoundError):
        return gettext("%(path)s does not exist.", path=path)
    if problem.errno in {errno.ENOSPC, errno.EDQUOT}:
        return gettext("The disk is full: %(path)s cannot be written.", path=path)
    if problem.errno == errno.EROFS:
        return gettext("The disk that contains %(path)s is read-only.", path=path)
    return gettext(
        "The system reports a problem with %(path)s: %(reason)s.",
        path=path,
        reason=problem.strerror or problem,
    )


def user_name() -> str:
    """Return the name of the user whom this process runs as, or its number."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())


def settings() -> Settings:
    """Read the settings from the environment."""
    return from_environment(os.environ)
