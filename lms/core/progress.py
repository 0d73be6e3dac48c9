"""How far somebody is, as something that can be put in words; and where a lesson can be left.

A `Phrase` is a code with parameters, never a sentence. Stops cut a lesson into parts of five minutes or less,
for people who learn between two clients. Called by `standing`, `actions.learning` and `web`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass

from lms.core.course import Lesson
from lms.core.document import Block, Heading, InShort, Text

LONGEST_STOP = 5  # minutes


@dataclass(frozen=True, slots=True)
class Phrase:
    """Something to say: `progress.quiz-left` with {"module": 4, "modules": 8}."""

    code: str
    params: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stop:
    """A part of a lesson that ends where one can leave; `anchor` is empty at the beginning of the lesson."""

    anchor: str
    minutes: int


def word_count(part: object) -> int:
    """Count the words of a block, a run, or anything made of them."""
    if isinstance(part, Text):
        return len(part.text.split())
    if isinstance(part, tuple):
        return sum(map(word_count, part))
    if is_dataclass(part):
        return sum(word_count(getattr(part, entry.name)) for entry in fields(part))
    return 0


def stops(lesson: Lesson, locale: str) -> tuple[Stop, ...]:
    """Cut a lesson into stops of five minutes or less, at headings and at blocks that carry an anchor.

    The lesson's minutes are shared out by the number of words; the stops together take at least as long as
    the lesson says, because nobody is told less than it takes. A longer run without any anchor stays whole.
    """
    document = lesson.documents.get(locale) or next(iter(lesson.documents.values()), None)
    parts = _parts(document.blocks if document else ())
    words = sum(size for _, _, size in parts)
    if lesson.minutes <= LONGEST_STOP or not words:
        return (Stop("", lesson.minutes),)
    return tuple(_gathered(parts, lesson.minutes, words))


def _parts(blocks: Iterable[Block]) -> list[tuple[str, bool, int]]:
    """Give (anchor, whether it is a section, words) of each part that can begin a stop."""
    parts: list[tuple[str, bool, int]] = [("", True, 0)]
    for block in blocks:
        anchor = "" if isinstance(block, InShort) else block.id
        size = word_count(block)
        if anchor:
            parts.append((anchor, isinstance(block, Heading), size))
        else:
            parts[-1] = (parts[-1][0], parts[-1][1], parts[-1][2] + size)
    return parts


def _gathered(parts: list[tuple[str, bool, int]], minutes: int, words: int) -> Iterable[Stop]:
    """Put parts together as long as five minutes last; cut at a heading where one is near enough."""
    begin, most = 0, LONGEST_STOP * words  # in words times minutes: whole numbers, so that nothing is rounded
    while begin < len(parts):
        end, spent, heading = begin, 0, begin
        while end < len(parts) and (end == begin or spent + parts[end][2] * minutes <= most):
            heading = end if parts[end][1] and end > begin else heading
            spent += parts[end][2] * minutes
            end += 1
        if end < len(parts) and not parts[end][1] and heading > begin:
            end = heading
        said = sum(size for _, _, size in parts[begin:end])
        yield Stop(parts[begin][0], max(1, -(-said * minutes // words)))
        begin = end


def minutes_from(lesson: Lesson, locale: str, anchor: str) -> int:
    """Give the minutes of the stop that an anchor lies in: what "Continue" promises."""
    found = stops(lesson, locale)
    document = lesson.documents.get(locale) or next(iter(lesson.documents.values()), None)
    anchors = [name for name, _, _ in _parts(document.blocks if document else ())]
    begun = set(anchors[: anchors.index(anchor) + 1]) if anchor in anchors else {""}
    return [stop.minutes for stop in found if stop.anchor in begun][-1]
