"""`lms hold`: list what is on hold, put a statement on hold, lift a hold.

Holds the arguments and what is said; who may hold what is decided by `actions.legislation.holds`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import click

from lms.actions.context import Context
from lms.actions.legislation import holds
from lms.actions.legislation.holds import HoldWish
from lms.cli.click_words import Day
from lms.cli.opening import open_context
from lms.cli.saying import gettext as _
from lms.cli.saying import settings, tongue, voice
from lms.core.people.actors import SYSTEM
from lms.rendering.lessons.blocks_law import held_sentence, whom_to_ask
from lms.rendering.words.translator import translator_for


@click.command(short_help="Tell learners not to rely on a statement for now.")
@click.argument("course", required=False, default="")
@click.argument("statement", required=False, default="")
@click.option("--since", type=Day(), metavar="YYYY-MM-DD", help="When it may have changed (default: today).")
@click.option("--ask", multiple=True, metavar="LANG=WHO", help="Who to ask, in one language.")
@click.option("--words", multiple=True, metavar="LANG=TEXT", help="A sentence of your own.")
@click.option("--release", metavar="NUMBER", default="", help="Lift the hold with this number.")
@click.option("--why", metavar="TEXT", default="", help="Why you are lifting it.")
def hold(
    *,
    course: str,
    statement: str,
    since: datetime | None,
    ask: tuple[str, ...],
    words: tuple[str, ...],
    release: str,
    why: str,
) -> None:
    """Put STATEMENT of COURSE on hold: a law box, a quiz question or a law, by its id.

    Without arguments, list what is on hold.
    """
    if bool(course) != bool(statement):
        raise click.UsageError(_("Specify both a course and a statement, or neither."))
    context = open_context(settings())
    if release:
        lifted = holds.release_hold(context, SYSTEM, release, why)
        click.echo(_("Lifted: %(name)s", name=lifted.statement or lifted.law))
    elif course:
        day = f"{since:%Y-%m-%d}" if since else context.today()
        _hold(context, course, statement, _words(context, course, day, _pairs(ask), _pairs(words)), day)
    else:
        _list(context)


def _pairs(given: Iterable[str]) -> dict[str, str]:
    split = [pair.partition("=") for pair in given]
    if any(not equals for _tag, equals, _text in split):
        raise click.UsageError(_("Write the language first, for example: --ask en=WHO"))
    return {tag: text for tag, _equals, text in split}


def _words(
    context: Context, course: str, day: str, ask: dict[str, str], words: dict[str, str]
) -> dict[str, str]:
    """Return what learners read in each language of the course."""
    found = holds.holdable(context, SYSTEM, course)
    voices = {tag: translator_for(tag) for tag in found.release.course.required_locales}
    return {
        tag: words.get(tag) or held_sentence(spoken, day, ask.get(tag) or whom_to_ask(spoken))
        for tag, spoken in voices.items()
    }


def _hold(context: Context, course: str, name: str, words: dict[str, str], day: str) -> None:
    made = holds.hold(context, SYSTEM, HoldWish(course, "", name, day, words))
    click.echo(_("On hold: %(name)s", name=name))
    for tag, sentence in words.items():
        click.echo(f"  {tag}: {sentence}")
    click.echo(_("To lift it: %(command)s", command=f"lms hold --release {made} --why …"))


def _list(context: Context) -> None:
    lines = [line for line in holds.listed(context, SYSTEM) if not line.hold.lifted_at]
    if not lines:
        click.echo(_("Nothing is on hold."))
    for line in lines:
        one = line.hold
        day = voice().date(context.day_of(one.at))
        click.echo(f"{one.id}  {one.course}  {one.statement or one.law}  {day}")
        click.echo(f"  {one.words.text(tongue())}")
