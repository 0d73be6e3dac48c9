"""`lms bench`: what the product costs, beside what a bare page costs on the same machine in the same minute.

Holds the arguments; the measuring lies in the folder `bench` of a checkout and is no part of the product.
Called by a person.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import click

from lms.cli.saying import gettext as _
from lms.settings import bundled_site

NO_CHECKOUT = 3


@click.command()
@click.option("--rounds", default=7, show_default=True, help="Interleaved rounds; medians are given.")
@click.option("--lessons", default=200, show_default=True, help="Lessons of the site that is checked.")
@click.option("--words", default=700, show_default=True, help="Words of each lesson, in each language.")
@click.option(
    "--only",
    multiple=True,
    help="Only this case (lesson, save, submit, sign-in, layout, pipeline, check, …).",
)
@click.option("--json", "target", type=click.Path(path_type=Path), help="Write the figures here as JSON.")
def bench(rounds: int, lessons: int, words: int, only: tuple[str, ...], target: Path | None) -> None:
    """Measure CPU per request, p50 and p99 of what matters, each beside a reference."""
    checkout = bundled_site()
    if not (checkout / "bench" / "run.py").is_file():
        click.echo(_("This needs a checkout: the measuring is no part of the installed product."), err=True)
        raise SystemExit(NO_CHECKOUT)
    sys.path.insert(0, str(checkout))
    measured = import_module("bench.run")
    click.echo(measured.run(rounds=rounds, lessons=lessons, words=words, only=only, target=target))
