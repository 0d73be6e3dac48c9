"""Puts the cases together, measures them and tells: a table for people, JSON for programs."""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench import certificates, checks, pages, reference, seldom, site
from bench.house import House, open_house
from bench.measuring import NOMINAL, Case, Figure, measure

SECOND = 1000.0
WORDS = {0, 6, 7}  # columns that are read from the left
MET = {True: "met", False: "MISSED", None: ""}


class UnknownCase(ValueError):
    """There is no case of this name; its arguments are the name and the names that there are."""


@dataclass(frozen=True, slots=True)
class _Sites:
    """What is measured: a site that is served, and folders that are checked."""

    folder: Path
    made: Path
    name: str
    house: House


_MAKERS: dict[str, Callable[[_Sites], Case]] = {
    "lesson": lambda sites: pages.lesson(sites.house),
    "save": lambda sites: pages.save(sites.house),
    "submit": lambda sites: pages.submit(sites.house),
    "sign-in": lambda sites: pages.sign_in(sites.house),
    "first-view": lambda sites: seldom.first_view(sites.house),
    "forget": lambda sites: seldom.forgetting(sites.house),
    "layout": lambda sites: certificates.layout(sites.house),
    "pipeline": lambda sites: certificates.pipeline(sites.house),
    "check": lambda sites: checks.warm(sites.name, sites.made, sites.folder / "cache-warm", most=SECOND),
    "check-cold": lambda sites: checks.cold(sites.name, sites.made, sites.folder / "cache-cold"),
    "check-bundled": lambda sites: checks.warm(
        "bundled courses", site.BUNDLED, sites.folder / "cache-bundled"
    ),
    "check-bundled-cold": lambda sites: checks.cold(
        "bundled courses", site.BUNDLED, sites.folder / "cache-bundled-cold"
    ),
}


def _cases(folder: Path, size: site.Size, wanted: Sequence[str]) -> list[Case]:
    made = folder / "site"
    courses = site.write_site(made, site.Size(size.lessons, size.words))
    small = folder / "small"
    house = open_house(
        folder / "data", small, site.write_site(small, site.Size(lessons=20, words=size.words))
    )
    sites = _Sites(folder, made, f"{len(courses) * site.MODULES * site.LESSONS} lessons", house)
    return [make(sites) for key, make in _MAKERS.items() if not wanted or key in wanted]


def table(figures: Sequence[Figure]) -> str:
    """Write the figures for people."""
    heads = ("case", "CPU ms", "× ref.", f"at {NOMINAL} ms", "p50 ms", "p99 ms", "goal", "")
    rows = [
        (
            one.name,
            f"{one.cpu:.2f}",
            f"{one.ratio:.2f}",
            f"{one.nominal:.2f}",
            f"{one.p50:.2f}",
            f"{one.p99:.2f}",
            one.goal,
            MET[one.met],
        )
        for one in figures
    ]
    widths = [max(len(row[at]) for row in (heads, *rows)) for at in range(len(heads))]
    lines = [_line(row, widths) for row in (heads, *rows)]
    told = [f"  {one.name}: {_facts(one)}" for one in figures if one.facts or one.note]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:], "", *told])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    told = zip(row, widths, strict=True)
    cells = [text.ljust(room) if at in WORDS else text.rjust(room) for at, (text, room) in enumerate(told)]
    return "  ".join(cells).rstrip()


def _facts(figure: Figure) -> str:
    return "; ".join(
        [
            *([figure.note] if figure.note else []),
            *(f"{name} {value}" for name, value in figure.facts.items()),
        ]
    )


def run(*, rounds: int, lessons: int, words: int, only: Sequence[str], target: Path | None) -> str:
    """Measure, write JSON to `target` if there is one, and give the table.

    Raise UnknownCase when `only` names none, before anything is made.
    """
    if unknown := [name for name in only if name not in _MAKERS]:
        raise UnknownCase(unknown[0], list(_MAKERS))
    with tempfile.TemporaryDirectory(prefix="parvis-bench-") as name:
        cases = _cases(Path(name), site.Size(lessons, words), only)
        figures = measure(reference.case(), cases, rounds, lambda told: print(told, file=sys.stderr))  # noqa: T201  # progress
    about = {
        "how": "calls of the WSGI application in this process; CPU by time.process_time; medians over rounds",
        "goals in ms": f"judged where the reference takes {NOMINAL} ms of CPU",
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "rounds": rounds,
    }
    if target is not None:
        told = {"about": about, "figures": [asdict(one) for one in figures]}
        target.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", "utf-8")
    head = "\n".join(f"{key}: {value}" for key, value in about.items())
    return f"{head}\n\n{table(figures)}"
