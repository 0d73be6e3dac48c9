"""How much a new release changes, and the smallest version that says so honestly.

Holds the three classes of the design: editorial (patch), informative (minor), material (major). Compares two
releases and nothing else; who may go below is decided by actions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from lms.core.courses.course import Module, Release
from lms.core.courses.document import Document, Finder, LawBox
from lms.core.courses.quiz import (
    ChoiceQuestion,
    GapsQuestion,
    MatchQuestion,
    Option,
    OrderQuestion,
    Question,
    TextQuestion,
)
from lms.core.courses.walk import walk
from lms.core.legislation.finder import shown
from lms.core.legislation.register import Law
from lms.core.locales import Words
from lms.core.publishing.fingerprint import canonical, digest
from lms.core.publishing.versions import MOST_PART, parts


class ChangeClass(IntEnum):
    """The classes, from small to large."""

    EDITORIAL = 0
    INFORMATIVE = 1
    MATERIAL = 2

    @property
    def word(self) -> str:
        """Return the word that files and records use."""
        return _WORDS[self]


#: The words of sealed files; they stay as they are, whatever the members are called.
_WORDS = {
    ChangeClass.EDITORIAL: "editorial",
    ChangeClass.INFORMATIVE: "informative",
    ChangeClass.MATERIAL: "material",
}


def change_called(word: str) -> ChangeClass | None:
    """Find the class that a file or a record names; None for the first release of a course."""
    return next((change for change, name in _WORDS.items() if name == word), None)


#: How far a number of a new version may be beyond that of the one before.
FARTHEST = 100


def least_version(parent: str, change: ChangeClass) -> str:
    """Return the smallest version after `parent` that says honestly how much has changed.

    >>> least_version("1.4.2", ChangeClass.INFORMATIVE)
    '1.5.0'
    """
    major, minor, patch = parts(parent)
    if change is ChangeClass.MATERIAL:
        return f"{major + 1}.0.0"
    if change is ChangeClass.INFORMATIVE:
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}"


def is_honest(parent: str, version: str, change: ChangeClass) -> bool:
    """Return whether a version after `parent` is at least the smallest honest one."""
    return parts(version) >= parts(least_version(parent, change))


def is_near(parent: str, version: str) -> bool:
    """Return whether later versions can follow this one, and it is not far beyond `parent` ('' for none).

    >>> is_near("1.4.2", "2.0.0"), is_near("1.4.2", "1.500.0"), is_near("", "9999.0.0")
    (True, False, False)
    """
    before = parts(parent) if parent else (MOST_PART, MOST_PART, MOST_PART)
    return all(
        now < MOST_PART and now - then <= FARTHEST for now, then in zip(parts(version), before, strict=True)
    )


def change_said(parent: str, version: str, change: ChangeClass) -> ChangeClass:
    """Return the class of a version whose text makes a change of this class.

    A higher first number calls it material; nothing that people say makes a change smaller.

    >>> change_said("1.4.2", "2.0.0", ChangeClass.INFORMATIVE).word
    'material'
    """
    return ChangeClass.MATERIAL if parts(version)[0] > parts(parent)[0] else change


def change_between(old: Release, new: Release, typo_only: frozenset[str] = frozenset()) -> ChangeClass:
    """Return how much `new` changes for somebody who learns from `old`.

    `typo_only` holds the loose digests (see `fingerprint.digest`) of new blocks that a named person marked
    so.
    """
    if _promises(old) != _promises(new) or _changed_keys(old, new) or _touched_statements(old, new):
        return ChangeClass.MATERIAL
    if _around(old) != _around(new) or not _same_lessons(old, new, typo_only):
        return ChangeClass.INFORMATIVE
    return ChangeClass.EDITORIAL


# --- material -------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Touched:
    """What makes a change material, by name.

    `statements` are (module, language, id), without a language those of a question; `keys` (module, question)
    and `outcomes` (module, outcome); `laws` those that met something under a touched statement. `rules` says
    that a rule of the course changed.
    """

    statements: frozenset[tuple[str, str, str]] = frozenset()
    keys: frozenset[tuple[str, str]] = frozenset()
    outcomes: frozenset[tuple[str, str]] = frozenset()
    laws: frozenset[str] = frozenset()
    rules: bool = False


def touched(old: Release, new: Release) -> Touched:
    """Return what of `old` a change to `new` touches materially; what only one of them has is not learned."""
    rested = dict(_touched(old, new))
    before, after, aims = _keys(old), _keys(new), _outcomes(new)
    return Touched(
        frozenset(rested),
        frozenset(name for name, key in before.items() if name in after and after[name] != key),
        frozenset(name for name, words in _outcomes(old).items() if name in aims and aims[name] != words),
        frozenset().union(*rested.values()),
        _rules(old) != _rules(new),
    )


def _outcomes(release: Release) -> dict[tuple[str, str], bytes]:
    return {
        (module.id, outcome.id): canonical(outcome.words)
        for module in release.modules
        for outcome in module.outcomes
    }


def _rules(release: Release) -> object:
    course = release.course
    draws = tuple((module.id, module.quiz.draw) for module in release.modules)
    return course.pass_mark, course.final_items, course.modules, draws


def _promises(release: Release) -> object:
    """Return what a learner was promised: outcomes and rules."""
    course = release.course
    rules = (course.pass_mark, course.final_items, course.modules)
    return rules, tuple(
        (module.id, canonical(module.outcomes), module.quiz.draw) for module in release.modules
    )


def _right(options: Iterable[Option]) -> frozenset[str]:
    return frozenset(option.id for option in options if option.correct)


def _own_key(question: Question) -> object:
    match question:
        case ChoiceQuestion():
            return _right(question.options)
        case GapsQuestion():
            return tuple(_right(gap.options) for gap in question.gaps)
        case MatchQuestion():
            return frozenset(pair.id for pair in question.pairs)
        case OrderQuestion():
            return tuple(step.id for step in question.steps)
        case TextQuestion():
            return canonical(question.accept)
        case _:
            return getattr(question, "answer", ""), getattr(question, "tolerance", "")


def _key(question: Question) -> object:
    """Return what makes a reply to a question right."""
    instead = getattr(question, "instead", None)
    return question.kind, _own_key(question), _right(instead.options) if instead else None


def _keys(release: Release) -> dict[tuple[str, str], object]:
    return {
        (module.id, question.id): _key(question)
        for module in release.modules
        for question in module.quiz.questions
    }


def _changed_keys(old: Release, new: Release) -> bool:
    before, after = _keys(old), _keys(new)
    return any(after[name] != key for name, key in before.items() if name in after)


def _new_material_events(old: Release, new: Release) -> frozenset[str]:
    """Return the laws that have met a material event since the old release was sealed."""

    def events(law: Law | None) -> frozenset[tuple[str, str]]:
        known = (event for event in (law.events if law else ()) if event.material)
        return frozenset((event.date, event.event) for event in known if event.changes_the_law)

    return frozenset(
        name for name, law in new.laws.items() if name in old.laws and events(law) - events(old.laws[name])
    )


def _statements(release: Release) -> dict[tuple[str, str, str], tuple[frozenset[str], object]]:
    """Return each statement that rests on a law: (module, language, id) -> laws and words."""
    found: dict[tuple[str, str, str], tuple[frozenset[str], object]] = {}
    for module in release.modules:
        for locale, document in _documents(module):
            for box in walk(document.blocks):
                if isinstance(box, LawBox):
                    found[module.id, locale, box.id] = (
                        frozenset(box.rests_on),
                        canonical((box.statement, box.plain)),
                    )
                elif isinstance(box, Finder):
                    found[module.id, locale, box.id] = _told(release)
        for question in module.quiz.questions:
            if question.rests_on:
                found[module.id, "", question.id] = frozenset(question.rests_on), canonical(question)
    return found


def _told(release: Release) -> tuple[frozenset[str], object]:
    """Return what a finder says, as one statement: the laws, and their words on whom they bind and how."""
    laws = shown(release.laws)
    told = ((law.status, law.meaning, law.binds) for law in map(release.laws.__getitem__, sorted(laws)))
    return laws, canonical(tuple(told))


def _touched(old: Release, new: Release) -> Iterator[tuple[tuple[str, str, str], frozenset[str]]]:
    """Return each statement rewritten or dropped after a material event, with the laws that met it."""
    moved = _new_material_events(old, new)
    after = _statements(new)
    for name, (laws, said) in _statements(old).items():
        if laws & moved and after.get(name) != (laws, said):
            yield name, laws & moved


def _touched_statements(old: Release, new: Release) -> bool:
    return next(_touched(old, new), None) is not None


# --- informative ----------------------------------------------------------------------------------
def _documents(module: Module) -> Iterator[tuple[str, Document]]:
    for lesson in module.lessons:
        yield from lesson.documents.items()


def _around(release: Release) -> object:
    """Return everything that learners can read or meet, but for the blocks of lessons."""

    def frame(module: Module) -> object:
        lessons = tuple((lesson.id, lesson.code, lesson.title, lesson.minutes) for lesson in module.lessons)
        named: tuple[Words | str | int | bool, ...] = (module.id, module.code, module.title, module.minutes)
        beside = module.sign_videos, dict(module.media), dict(module.facilitator)
        return named, module.sensitive, lessons, *beside, module.quiz.questions, module.quiz.comments

    modules = tuple(frame(module) for module in release.modules)
    beside = release.course, dict(release.terms), dict(release.laws), release.watch
    return canonical((*beside, modules), loose=True)


def _blocks(release: Release) -> dict[tuple[str, str, str], tuple[str, ...]]:
    return {
        (module.id, lesson.id, locale): tuple(digest(block, loose=True) for block in document.blocks)
        for module in release.modules
        for lesson in module.lessons
        for locale, document in lesson.documents.items()
    }


def _same_lessons(old: Release, new: Release, typo_only: frozenset[str]) -> bool:
    before, after = _blocks(old), _blocks(new)
    if before.keys() != after.keys() or any(
        len(before[name]) != len(blocks) for name, blocks in after.items()
    ):
        return False
    return all(
        mark == former or mark in typo_only
        for name, blocks in after.items()
        for former, mark in zip(before[name], blocks, strict=True)
    )
