"""Quiz files to core quizzes.

Holds the conversion only; what makes a question a good one is judged by checks. Texts stay as they are
written; those that hold Markdown are read once into `Quiz.marked`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lms.content.markup.markdown import has_markup, to_blocks
from lms.content.markup.report import Notebook
from lms.content.shapes import quiz_schemas as shapes
from lms.content.shapes.reading import Path, Source
from lms.content.shapes.validation import validate
from lms.content.shapes.wording import maybe, words
from lms.core.checks.wording.leftovers import leftover
from lms.core.courses import quiz as core
from lms.core.courses.document import Block
from lms.core.courses.findings import Finding
from lms.core.courses.quiz import HOLE
from lms.core.locales import Words

_NO_WORDS = Words({"en": "", "fr": ""})
_TRUTH = {True: Words({"en": "True", "fr": "Vrai"}), False: Words({"en": "False", "fr": "Faux"})}


def _option(entry: shapes.OptionEntry) -> core.Option:
    then = words(entry.then) if isinstance(entry, shapes.BranchOptionEntry) else None
    return core.Option(entry.id, words(entry.text), words(entry.feedback), entry.correct, then)


def _options(entries: tuple[shapes.OptionEntry, ...]) -> tuple[core.Option, ...]:
    return tuple(_option(entry) for entry in entries)


def _verdict(entry: shapes.VerdictEntry) -> core.Verdict:
    return core.Verdict(words(entry.right), words(entry.wrong))


def _instead(item: shapes.QuestionSchema, entry: shapes.InsteadEntry) -> core.ChoiceQuestion:
    prompt, options = words(entry.prompt), _options(entry.options)
    return core.ChoiceQuestion(
        f"{item.id}-instead", prompt, item.outcome, item.rests_on, None, "choice", options
    )


def _truth(item: shapes.TrueFalseItem) -> tuple[core.Option, ...]:
    feedback = {True: words(item.feedback.true), False: words(item.feedback.false)}
    return tuple(
        core.Option(str(value).lower(), _TRUTH[value], feedback[value], item.answer is value)
        for value in (True, False)
    )


def _question(item: shapes.AnyItem) -> core.Question:
    base = (item.id, words(item.prompt), item.outcome, item.rests_on, maybe(item.hint))
    match item:
        case shapes.ChoiceItem() | shapes.ChoicesItem() | shapes.BranchItem():
            return core.ChoiceQuestion(*base, item.kind, _options(item.options))
        case shapes.TrueFalseItem():
            return core.ChoiceQuestion(*base, item.kind, _truth(item))
        case shapes.GapsItem():
            gaps = tuple(core.Gap(gap.id, _options(gap.options)) for gap in item.gaps)
            return core.GapsQuestion(*base, words(item.text), gaps)
        case shapes.ReflectionItem():
            return core.ReflectionQuestion(*base, maybe(item.sample))
        case shapes.LikertItem():
            return core.LikertQuestion(*base, item.points, words(item.ends.low), words(item.ends.high))
        case _:
            return _with_instead(item)


def _with_instead(
    item: shapes.MatchItem | shapes.OrderItem | shapes.TextItem | shapes.NumberItem,
) -> core.Question:
    base = (item.id, words(item.prompt), item.outcome, item.rests_on, maybe(item.hint))
    instead = _instead(item, item.instead)
    match item:
        case shapes.MatchItem():
            pairs = tuple(
                core.Pair(pair.id, words(pair.left), words(pair.right), words(pair.feedback))
                for pair in item.pairs
            )
            spare = tuple(core.Option(entry.id, words(entry.text), _NO_WORDS) for entry in item.distractors)
            return core.MatchQuestion(*base, pairs, spare, instead)
        case shapes.OrderItem():
            steps = tuple(core.Option(step.id, words(step.text), _NO_WORDS) for step in item.steps)
            return core.OrderQuestion(*base, steps, _verdict(item.feedback), instead)
        case shapes.TextItem():
            return core.TextQuestion(*base, dict(item.accept), _verdict(item.feedback), instead)
        case shapes.NumberItem():
            unit, verdict = maybe(item.unit), _verdict(item.feedback)
            return core.NumberQuestion(*base, item.answer, item.tolerance, unit, verdict, instead)


def _marked(source: Source) -> tuple[dict[str, tuple[Block, ...]], list[Finding]]:
    marked: dict[str, tuple[Block, ...]] = {}
    notes = Notebook(source.file)
    for path, text in written(source.value):
        line = source.place(path).line
        if has_markup(text) and text not in marked:
            marked[text] = to_blocks(text, line, Notebook(source.file))
        if "accept" not in path:  # what learners type is no Markdown
            _judge(HOLE.sub("x", text) if has_holes(path) else text, line, notes)
    return marked, notes.findings


def _judge(text: str, line: int, notes: Notebook) -> None:
    if has_markup(text):
        to_blocks(text, line, notes)
    elif found := leftover(text):
        notes.error("markup-shown", line, found=found)


def has_holes(path: Path) -> bool:
    """Return whether a text of a quiz file is the one of a question that has holes."""
    return path[0] == "items" and path[2:3] == ("text",)


def written(value: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Return every text of a quiz file with its place in it."""
    if isinstance(value, str):
        yield path, value.strip()
    parts: Iterable[tuple[str | int, object]] = ()
    if isinstance(value, dict):
        parts = value.items()
    elif isinstance(value, tuple):
        parts = enumerate(value)
    for key, part in parts:
        yield from written(part, (*path, key))


def read_quiz(
    source: Source, raw: bytes, version: str = "draft"
) -> tuple[core.Quiz | None, tuple[Finding, ...]]:
    """Read a quiz file; no quiz when it is not whole, and every fault as a finding."""
    found, findings = validate(shapes.QuizFile, source)
    if found is None:
        return None, findings
    questions = tuple(_question(item) for item in found.items)
    quiz = core.Quiz(found.id, version, found.draw, questions, hashlib.sha256(raw).hexdigest())
    marked, faults = _marked(source)
    return replace(quiz, marked=marked, comments=found.comments), (*findings, *faults)
