"""The statements of a course that can be put on hold, with their words in every language.

Holds the gathering; loads releases and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lms.core.courses.citations import laws_under
from lms.core.courses.course import Lesson, Module, Release
from lms.core.courses.document import Document, LawBox
from lms.core.courses.walk import text_of, walk
from lms.core.legislation.held import HeldKind
from lms.core.locales import Words


@dataclass(frozen=True, slots=True)
class HoldableStatement:
    """Something that can be held; `name` is "module/id", or the id of a law.

    `lesson` is None for a question, for notes of a team talk and for a law, which has no module either.
    """

    kind: HeldKind
    name: str
    words: Words
    laws: tuple[str, ...]
    module: Module | None = None
    lesson: Lesson | None = None


def statements_in(release: Release) -> tuple[HoldableStatement, ...]:
    """Return the law boxes and questions of a release, module by module, then the laws that it names."""
    found = [one for module in release.modules for one in _of_module(module)]
    named = {law for one in found for law in one.laws} | _named_in_texts(release)
    known = sorted(named & set(release.laws))
    laws = (HoldableStatement(HeldKind.LAW, law, release.laws[law].title, (law,)) for law in known)
    return (*found, *laws)


def _named_in_texts(release: Release) -> frozenset[str]:
    texts = (
        text
        for module in release.modules
        for documents in (*(lesson.documents for lesson in module.lessons), module.facilitator)
        for text in documents.values()
    )
    return frozenset(law for text in texts for law in laws_under(text.blocks, release.laws))


def _of_module(module: Module) -> Iterator[HoldableStatement]:
    for lesson in module.lessons:
        yield from _boxes(module, lesson.documents, lesson)
    yield from _boxes(module, module.facilitator, None)
    for question in module.quiz.questions:
        name = f"{module.id}/{question.id}"
        yield HoldableStatement(HeldKind.ITEM, name, question.prompt, question.rests_on, module)


def _boxes(
    module: Module, documents: Mapping[str, Document], lesson: Lesson | None
) -> Iterator[HoldableStatement]:
    said: dict[str, dict[str, str]] = {}
    laws: dict[str, tuple[str, ...]] = {}
    for locale, document in documents.items():
        for box in walk(document.blocks):
            if isinstance(box, LawBox):
                said.setdefault(box.id, {})[locale] = text_of(box.statement)
                laws[box.id] = box.rests_on
    for name, words in said.items():
        yield HoldableStatement(HeldKind.BOX, f"{module.id}/{name}", Words(words), laws[name], module, lesson)


def named(statements: Iterable[HoldableStatement], kind: str, name: str) -> HoldableStatement | None:
    """Find a statement by kind and name; by its bare id where it alone has that one."""
    among = [one for one in statements if kind in {"", one.kind.value}]
    exact = [one for one in among if one.name == name]
    found = exact or [one for one in among if one.name.rpartition("/")[2] == name]
    return found[0] if len(found) == 1 or exact else None
