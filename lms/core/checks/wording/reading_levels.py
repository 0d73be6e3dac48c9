"""How hard each lesson is to read: one measure for each language, and the middle of a course.

Holds what of a lesson is measured: its sentences, without law boxes, headings and tables, and with one short
word for each official name. The formulas are those of `readability`: the Flesch-Kincaid school grade for
English (lower is easier), the Kandel-Moles reading ease for French (0 to 100, higher is easier).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from lms.core.checks.wording.readability import HARDEST_GRADE, LOWEST_EASE, measure, without_names
from lms.core.courses.document import Document, Emphasis, Heading, Inline, LawBox, Link, Table, Text
from lms.core.courses.walk import TITLED, Node, inside, own_runs, text_of

#: What each language is measured by.
FORMULAS: Mapping[str, str] = {"en": "Flesch-Kincaid", "fr": "Kandel-Moles"}
_NAME = "Nom"
_LEFT_OUT = (Heading, Table, *TITLED)


@dataclass(frozen=True, slots=True)
class Level:
    """How hard a text is: words, words in a sentence, and the score of its language's formula."""

    lang: str
    words: int
    per_sentence: float
    score: float

    @property
    def is_plain(self) -> bool:
        """Return whether it is as plain as the house wants: grade 8 or below, ease 55 or above."""
        return self.score <= HARDEST_GRADE if self.lang == "en" else self.score >= LOWEST_EASE


def _without_law_names(content: Iterable[Inline]) -> Iterator[Inline]:
    for node in content:
        if isinstance(node, Emphasis):
            yield from _without_law_names(node.content)
        else:
            yield Text(_NAME) if isinstance(node, Link) and node.kind == "law" else node


def _texts(nodes: Iterable[Node], names: Sequence[str]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, LawBox):
            continue
        if not isinstance(node, _LEFT_OUT):
            for run in own_runs(node):
                yield without_names(text_of(_without_law_names(run.content), foreign=_NAME), names)
        yield from _texts(inside(node), names)


def level(document: Document, names: Sequence[str] = ()) -> Level | None:
    """Measure a lesson; None in a language for which there is no formula. `names` are official names."""
    lang = document.lang.split("-", maxsplit=1)[0]
    if lang not in FORMULAS:
        return None
    counted = measure(_texts(document.blocks, names), lang)
    score = counted.flesch_kincaid if lang == "en" else counted.kandel_moles
    return Level(lang, counted.words, counted.words / counted.sentences, score)


def middle(levels: Iterable[Level], lang: str) -> Level | None:
    """Return the median of some lessons in one language, each figure by itself; None without any."""
    listed = [one for one in levels if one.lang == lang]
    if not listed:
        return None
    return Level(
        lang,
        round(median(one.words for one in listed)),
        median(one.per_sentence for one in listed),
        median(one.score for one in listed),
    )
