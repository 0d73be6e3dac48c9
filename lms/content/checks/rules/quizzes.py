"""Whether questions are well made: one right answer, no clue but knowledge, nothing that reads like a trap.

Holds judgements over one quiz; its texts are judged by `wording`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lms.content.drafts.drafts import ModuleDraft
from lms.content.drafts.quizzes import has_holes, written
from lms.content.shapes.reading import Path, Source
from lms.core.checks.rules import broken
from lms.core.courses.document import Block, ListBlock, Paragraph, Text
from lms.core.courses.findings import Finding
from lms.core.courses.quiz import (
    HOLE,
    REPLY_FIELDS,
    ChoiceQuestion,
    GapsQuestion,
    MatchQuestion,
    NumberQuestion,
    Option,
    OrderQuestion,
    Question,
    Quiz,
    TextQuestion,
)
from lms.core.learning.typed_numbers import numbers
from lms.core.locales import Words

_ALL_ABOVE: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:all|none|both) of (?:the above|these)(?: answers)?[.!]?$|\bboth [a-d] and [a-d]\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(?:toutes|tous|aucune|aucun) (?:ces|les|de ces|des) (?:réponses|choix|énoncés)[.!]?$"
        r"|\btout ce qui précède\b",
        re.IGNORECASE,
    ),
}
_NEGATIVE: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"(?i:\bwhich\b[^?.]{0,40}\b(?:is|are|does|do|should|would) not\b|\bexcept\b[^?.]*\?)"
        r"|\b(?:NOT|EXCEPT)\b"
    ),
    "fr": re.compile(
        r"(?i:\b(?:lequel|laquelle|lesquels|lesquelles)\b[^?.]{0,40}\bn(?:e |’)\w+ pas\b|\bsauf\b[^?.]*\?)"
        r"|\bSAUF\b"
    ),
}
_CLUE_TIMES, _CLUE_LETTERS = 1.5, 20
_PLACE_SHARE, _PLACE_LEAST = 0.6, 5


def _options(question: Question) -> Iterator[tuple[tuple[Option, ...], Path, bool]]:
    """Return each list of options of a question with its path; True where exactly one must be right."""
    if isinstance(question, ChoiceQuestion):
        yield question.options, ("options",), question.kind != "choices"
    if isinstance(question, GapsQuestion):
        yield from ((gap.options, ("gaps", at, "options"), True) for at, gap in enumerate(question.gaps))
    if isinstance(question, (MatchQuestion, OrderQuestion, TextQuestion, NumberQuestion)):
        yield question.instead.options, ("instead", "options"), True


def _same(texts: Iterable[Words]) -> str:
    """Return the first text that stands twice in a language."""
    counted = Counter(
        (tag, text.casefold().strip()) for words in texts for tag, text in words.by_locale.items()
    )
    return next((text for (_, text), count in counted.items() if count > 1), "")


def _doubled(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def _option_faults(
    options: Sequence[Option], place: Path, source: Source, *, exactly_one: bool
) -> Iterator[Finding]:
    right = sum(option.correct for option in options)
    if right != 1 if exactly_one else right == 0:
        yield broken("quiz-one-right", source.place(place), count=right, wanted="1" if exactly_one else "1+")
    for name in _doubled(option.id for option in options):
        yield broken("duplicate-id", source.place(place), id=name, line=source.place(place).line)
    same = _same(option.text for option in options)
    if same:
        yield broken("quiz-same-options", source.place(place), found=same)
    for at, option in enumerate(options):
        for tag, text in option.text.by_locale.items():
            pattern = _ALL_ABOVE.get(tag)
            if pattern and pattern.search(text):
                yield broken("quiz-all-above", source.place((*place, at)), found=text)


def _length_clue(options: Sequence[Option], place: Path, source: Source) -> Iterator[Finding]:
    right = [option for option in options if option.correct]
    wrong = [option for option in options if not option.correct]
    if len(right) != 1 or not wrong:
        return
    for tag, text in right[0].text.by_locale.items():
        longest = max(len(option.text.by_locale.get(tag, "")) for option in wrong)
        if len(text) > longest * _CLUE_TIMES and len(text) - longest > _CLUE_LETTERS:
            yield broken("quiz-length-clue", source.place(place), found=text, locale=tag)


def _gap_faults(question: GapsQuestion, place: Path, source: Source) -> Iterator[Finding]:
    gaps = sorted(gap.id for gap in question.gaps)
    for tag, text in question.text.by_locale.items():
        holes = sorted(HOLE.findall(text))
        if holes != gaps:
            where = source.place((*place, "text", tag))
            yield broken("quiz-gap", where, found=", ".join(holes), expected=", ".join(gaps))


def _part_faults(question: Question, place: Path, source: Source) -> Iterator[Finding]:
    """Judge ids and texts of pairs and steps, and the ids of gaps."""
    parts: tuple[tuple[str, Words], ...] = ()
    if isinstance(question, MatchQuestion):
        spare = ((option.id, option.text) for option in question.distractors)
        parts = (*((pair.id, pair.right) for pair in question.pairs), *spare)
    elif isinstance(question, OrderQuestion):
        parts = tuple((step.id, step.text) for step in question.steps)
    gaps = question.gaps if isinstance(question, GapsQuestion) else ()
    names = [*(name for name, _ in parts), *(gap.id for gap in gaps)]
    for name in _doubled(names):
        yield broken("duplicate-id", source.place(place), id=name, line=source.place(place).line)
    for name in sorted(REPLY_FIELDS.intersection(names)):
        yield broken("id-reserved", source.place(place), id=name)
    same = _same(text for _, text in parts)
    if same:
        yield broken("quiz-same-options", source.place(place), found=same)


def _typed_faults(question: TextQuestion, place: Path, source: Source) -> Iterator[Finding]:
    for tag, texts in question.accept.items():
        for text in texts:
            if numbers(text):
                yield broken("quiz-typed-number", source.place((*place, "accept", tag)), found=text)


_LINES = frozenset({"text", "left", "right", "unit", "low", "high"})  # drawn as the label of a control


def _fits(blocks: Sequence[Block], path: Path) -> bool:
    """Return whether what Markdown made of a text can be drawn where the text stands."""
    paragraphs = [isinstance(block, Paragraph) for block in blocks]
    if has_holes(path):
        only = blocks[0] if len(blocks) == 1 else None
        return isinstance(only, Paragraph) and all(isinstance(node, Text) for node in only.content)
    if path[-2] in _LINES and "feedback" not in path:
        return all(paragraphs)
    return _can_be_told(blocks) and (path[-2] != "prompt" or any(paragraphs))


def _can_be_told(blocks: Sequence[Block]) -> bool:
    """Return whether blocks are paragraphs and lists, and lists hold nothing else."""
    inner = [item.content for block in blocks if isinstance(block, ListBlock) for item in block.items]
    return all(isinstance(block, Paragraph | ListBlock) for block in blocks) and all(map(_can_be_told, inner))


def _block_faults(quiz: Quiz, source: Source) -> Iterator[Finding]:
    for path, text in written(source.value):
        if text in quiz.marked and "accept" not in path and not _fits(quiz.marked[text], path):
            yield broken("quiz-block", source.place(path), found=text.split("\n", maxsplit=1)[0])


def _question_faults(question: Question, place: Path, source: Source) -> Iterator[Finding]:
    for tag, text in question.prompt.by_locale.items():
        pattern = _NEGATIVE.get(tag)
        if pattern and pattern.search(text):
            yield broken("quiz-negative", source.place((*place, "prompt", tag)), found=text)
    for options, path, exactly_one in _options(question):
        if question.kind != "true-false":
            yield from _option_faults(options, (*place, *path), source, exactly_one=exactly_one)
            yield from _length_clue(options, (*place, *path), source)
    if isinstance(question, GapsQuestion):
        yield from _gap_faults(question, place, source)
    if isinstance(question, TextQuestion):
        yield from _typed_faults(question, place, source)
    yield from _part_faults(question, place, source)


def _place_clue(quiz: Quiz, source: Source) -> Iterator[Finding]:
    choices = (
        found.options
        for found in quiz.questions
        if isinstance(found, ChoiceQuestion) and found.kind == "choice"
    )
    right = [[at for at, option in enumerate(options, start=1) if option.correct] for options in choices]
    places = Counter(found[0] for found in right if len(found) == 1)
    for at, count in places.items():
        if places.total() >= _PLACE_LEAST and count / places.total() > _PLACE_SHARE:
            yield broken(
                "quiz-place-clue", source.place(("items",)), place=at, count=count, of=places.total()
            )


def faults(module: ModuleDraft) -> list[Finding]:
    """Judge the questions of a module."""
    quiz, source = module.quiz, module.quiz_source
    if quiz is None:
        return []
    findings = [*_place_clue(quiz, source), *_block_faults(quiz, source)]
    known = {entry.id for entry in module.shape.outcomes} if module.shape else set()
    if len(quiz.graded) < quiz.draw:
        findings.append(broken("quiz-few", source.place(("draw",)), count=len(quiz.graded), needed=quiz.draw))
    for at, question in enumerate(quiz.questions):
        if known and question.outcome not in known:
            findings.append(
                broken("outcome-unknown", source.place(("items", at, "outcome")), id=question.outcome)
            )
        findings.extend(_question_faults(question, ("items", at), source))
    return findings
