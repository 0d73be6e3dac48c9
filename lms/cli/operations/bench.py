"""`lms bench`: what the product costs, beside what a bare page costs on the same machine in the same minute.

Holds the arguments; the measuring lies in the folder `bench` of a checkout and is no part of the product.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import click

from lms.cli.saying import gettext as _
from lms.cli.saying import voice
from lms.settings import bundled_site

NO_CHECKOUT = 3


@click.command(short_help="Measure how fast the site is on this machine.")
@click.option("--rounds", default=7, show_default=True, help="Number of rounds. Results are medians.")
@click.option(
    "--lessons", default=200, show_default=True, help="Number of lessons in the site that is checked."
)
@click.option(
    "--words", default=700, show_default=True, help="Number of words in each lesson, in each language."
)
@click.option(
    "--only",
    multiple=True,
    help="Measure only this (lesson, save, submit, sign-in, layout, pipeline, check, …).",
)
@click.option(
    "--json", "target", type=click.Path(path_type=Path), help="Save the results in this file, as JSON."
)
def bench(rounds: int, lessons: int, words: int, only: tuple[str, ...], target: Path | None) -> None:
    """Measure CPU time per request, and median and slowest times, each compared with a reference."""
    checkout = bundled_site()
    if not (checkout / "bench" / "run.py").is_file():
        click.echo(
            _(
                "This command needs a copy of the source code. The measuring tools are not part of "
                "the installed product."
            ),
            err=True,
        )
        raise SystemExit(NO_CHECKOUT)
    sys.path.insert(0, str(checkout))
    measured = import_module("bench.run")
    try:
        click.echo(measured.run(rounds=rounds, lessons=lessons, words=words, only=only, target=target))
    except measured.UnknownCase as unknown:
        name, names = unknown.args
        raise click.UsageError(
            _(
                "Nothing called %(name)s can be measured. Choose from: %(names)s",
                name=name,
                names=voice().any_of(names),
            )
        ) from unknown
