"""What differs, drawn: as HTML that pages and PDFs take in, and as plain text for terminals.

Holds the drawing; what is said is `difference_words`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap

from markupsafe import Markup

from lms.core.courses.course import Release
from lms.core.locales import direction
from lms.core.publishing.comparing.differences import BlockChange, Difference, Fate, Section
from lms.core.publishing.comparing.runs import RunKind, word_runs
from lms.rendering.lessons.blocks import environment
from lms.rendering.publishing.difference_words import (
    fate_words,
    piece_words,
    place_words,
    run_words,
    told_of,
)
from lms.rendering.words.translator import Translator, translator_for

_WIDE = 96


@dataclass(frozen=True, slots=True)
class DrawnBlock:
    """One block as it is drawn; `kept` counts blocks without changes that stand before it."""

    block: BlockChange
    kept: int
    head: str
    told: tuple[str, ...]
    other: str


@dataclass(frozen=True, slots=True)
class ShownSection:
    """One part of a course as it is drawn."""

    title: str
    blocks: tuple[DrawnBlock, ...]
    kept: int  # without changes, after the last one


def _shown(section: Section, release: Release, voice: Translator, locale: str) -> ShownSection:
    found: list[DrawnBlock] = []
    kept = 0
    for block in section.blocks:
        if block.is_kept:
            kept += 1
            continue
        head = voice.gettext(
            "%(fate)s: %(block)s", fate=fate_words(block, voice), block=piece_words(block.piece, voice)
        )
        other = place_words(block.other, release, voice, locale) if block.other else ""
        found.append(DrawnBlock(block, kept, head, tuple(told_of(block, voice)), other))
        kept = 0
    return ShownSection(place_words(section.place, release, voice, locale), tuple(found), kept)


def shown(found: Difference, release: Release, locale: str) -> tuple[ShownSection, ...]:
    """Return a difference as it is drawn, its words in the reader's language; `release` names its parts."""
    voice = translator_for(locale)
    return tuple(_shown(one, release, voice, found.locale) for one in found.sections)


def difference_html(found: Difference, release: Release, locale: str, *, level: int = 2) -> Markup:
    """Draw a difference to stand under a heading above `level`: nothing in it needs a script or colours."""
    html = (
        environment(locale)
        .get_template("differences/difference.html")
        .render(
            sections=shown(found, release, locale),
            level=level,
            lang=found.locale,
            turn=direction(found.locale),
            foreign=found.locale != locale,
            Fate=Fate,
        )
    )
    return Markup(html)  # noqa: S704  # the template escapes


def statement_html(old: str, new: str, tag: str, locale: str) -> Markup:
    """Draw what became of one text in the language `tag`, for a reader of another one, perhaps."""
    voice, runs = translator_for(locale), word_runs(old, new)
    html = (
        environment(locale)
        .get_template("differences/statement.html")
        .render(
            runs=runs,
            told=[run_words(run, voice) for run in runs if run.kind is not RunKind.SAME],
            lang=tag,
            turn=direction(tag),
            foreign=tag != locale,
        )
    )
    return Markup(html)  # noqa: S704  # the template escapes


def difference_text(found: Difference, release: Release, locale: str) -> str:
    """Write a difference as plain text, one block after the other."""
    lines: list[str] = []
    for section in shown(found, release, locale):
        lines += [section.title, "=" * min(len(section.title), _WIDE), ""]
        for one in section.blocks:
            lines += [*_lines(one, translator_for(locale)), ""]
    return "\n".join(lines)


def _lines(one: DrawnBlock, voice: Translator) -> Iterator[str]:
    yield one.head
    block = one.block
    before, after = voice.gettext("Before:"), voice.gettext("After:")
    if block.old and block.old.text and block.fate is not Fate.MOVED:
        yield from _indented(f"- {before} {block.old.text}")
    if block.new and block.new.text:
        yield from _indented(
            f"+ {after} {block.new.text}" if block.fate is not Fate.MOVED else block.new.text
        )
    for sentence in one.told:
        yield from _indented(f"* {sentence}")
    if one.other:
        yield from _indented(one.other)


def _indented(text: str) -> list[str]:
    return wrap(text, _WIDE, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
