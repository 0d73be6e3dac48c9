"""How long something takes: one figure for each thing, by one formula, so that figures add up everywhere.

A lesson takes what its author timed for it with its activities, and never less than its words at 150 a minute
or a minute a section; a question that counts takes a minute. Sections share out the lesson, a module is its
lessons and its check, a course its modules and the final check (decision 0078). The language with the most
words decides, so that nobody is told less than it takes and both languages say the same. Holds no words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from weakref import ref

from lms.core.courses.course import Lesson, Module, Release
from lms.core.courses.document import Block, Heading, InShort, Text

WORDS_A_MINUTE = 150
MINUTES_A_QUESTION = 1
_SECTION = 2  # the level of headings that begin a section


def word_count(part: object) -> int:
    """Count the words of a block, a run, or anything made of them."""
    if isinstance(part, Text):
        return len(part.text.split())
    if isinstance(part, tuple):
        return sum(map(word_count, part))
    if is_dataclass(part):
        return sum(word_count(getattr(part, entry.name)) for entry in fields(part))
    return 0


def parts_of(blocks: Iterable[Block]) -> list[tuple[str, bool, int]]:
    """Return (anchor, whether a section begins, words) of each part of a lesson that can be led to."""
    parts: list[tuple[str, bool, int]] = [("", False, 0)]
    for block in blocks:
        anchor = "" if isinstance(block, InShort) else block.id
        begins = bool(anchor) and isinstance(block, Heading) and block.level == _SECTION
        size = word_count(block)
        if anchor:
            parts.append((anchor, begins, size))
        else:
            parts[-1] = (parts[-1][0], parts[-1][1], parts[-1][2] + size)
    return parts


@dataclass(frozen=True, slots=True)
class Timing:
    """The minutes of a lesson, those of its sections by anchor, and the section that each anchor lies in."""

    minutes: int
    sections: Mapping[str, int]
    places: Mapping[str, str]


KNOWN: dict[int, tuple[ref[Lesson], Timing]] = {}  # pages ask again and again; words are counted once


def timing(lesson: Lesson) -> Timing:
    """Return how long a lesson and its sections take, the same in every language."""
    key = id(lesson)
    known = KNOWN.get(key)
    if known is not None and known[0]() is lesson:
        return known[1]
    made = _timed(lesson)
    KNOWN[key] = ref(lesson, lambda _: KNOWN.pop(key, None)), made
    return made


def _timed(lesson: Lesson) -> Timing:
    """Measure a lesson in the language that has the most words.

    What stands before the first section belongs to it: it is a page with it for whoever reads one a page.
    """
    found = [parts_of(document.blocks) for document in lesson.documents.values()]
    parts = max(found, key=_words, default=[])
    sizes: dict[str, int] = {}
    places: dict[str, str] = {}
    before = 0
    for anchor, begins, words in parts:
        here = anchor if begins else next(reversed(sizes), "")
        places[anchor] = here
        if begins:
            sizes[here], before = before + words, 0
        elif here:
            sizes[here] += words
        else:
            before += words
    minutes = max(1, lesson.minutes, -(-_words(parts) // WORDS_A_MINUTE), len(sizes))
    return Timing(minutes, _shared(minutes, sizes), places)


def _words(parts: Iterable[tuple[str, bool, int]]) -> int:
    return sum(words for _, _, words in parts)


def _shared(minutes: int, sizes: Mapping[str, int]) -> dict[str, int]:
    """Share out whole minutes by size, at least one each; whoever lacks or has most too much evens it out."""
    if not sizes:
        return {}
    words = max(1, sum(sizes.values()))
    exact = {name: minutes * size / words for name, size in sizes.items()}
    shares = {name: max(1, int(share)) for name, share in exact.items()}
    while (left := minutes - sum(shares.values())) > 0:
        shares[max(shares, key=lambda name: exact[name] - shares[name])] += 1
    while left < 0:
        long = [name for name, share in shares.items() if share > 1]
        shares[min(long, key=lambda name: exact[name] - shares[name])] -= 1
        left += 1
    return shares


def lesson_minutes(lesson: Lesson) -> int:
    """Return the minutes of a lesson."""
    return timing(lesson).minutes


def section_minutes(lesson: Lesson) -> Mapping[str, int]:
    """Return the minutes of a lesson's sections by anchor; they add up to the lesson."""
    return timing(lesson).sections


def minutes_from(lesson: Lesson, anchor: str) -> int:
    """Return the minutes of a lesson from the section on that an anchor lies in: what "Continue" promises."""
    timed = timing(lesson)
    here = timed.places.get(anchor, "")
    names = list(timed.sections)
    return timed.minutes - sum(timed.sections[name] for name in names[: names.index(here) if here else 0])


def check_minutes(questions: int) -> int:
    """Return the minutes that so many questions usually take; there is no time limit.

    >>> check_minutes(5)
    5
    """
    return max(1, questions * MINUTES_A_QUESTION)


def module_minutes(module: Module) -> int:
    """Return the minutes of a module: its lessons and its check."""
    return sum(map(lesson_minutes, module.lessons)) + check_minutes(module.quiz.draw)


def final_minutes(release: Release) -> int:
    """Return the minutes of the final check."""
    return check_minutes(release.course.final_items)


def course_minutes(release: Release) -> int:
    """Return the minutes of a course: its modules and the final check."""
    return sum(map(module_minutes, release.modules)) + final_minutes(release)
