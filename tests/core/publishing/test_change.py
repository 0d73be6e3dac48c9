"""The smallest honest class of a change, for every kind of thing that can change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from lms.content.library import Library
from lms.core.courses.course import Module, Release
from lms.core.courses.document import Document, Figure, LawBox, Link, Paragraph, Text
from lms.core.legislation.register import Event
from lms.core.locales import Words
from lms.core.publishing.change import ChangeClass, change_between, change_said, is_honest, least_version
from lms.core.publishing.fingerprint import canonical, digest
from tests.builders_content import SITE

OLD = Library(SITE).release("sample-course", "1.0.0")


def module(at: int, **changes: Any) -> Release:
    modules = list(OLD.modules)
    modules[at] = replace(modules[at], **changes)
    return replace(OLD, modules=tuple(modules), version="9.9.9", date="2027-01-01", digest="other")


def blocks(change: Callable[[Any], Any], *, at: int = 0, lesson: int = 0) -> Release:
    """Change the blocks of one lesson in English."""
    found = OLD.modules[at].lessons[lesson]
    document = found.documents["en"]
    changed = tuple(block for old in document.blocks if (block := change(old)) is not None)
    lessons = list(OLD.modules[at].lessons)
    lessons[lesson] = replace(found, documents={**found.documents, "en": Document("en", changed)})
    return module(at, lessons=tuple(lessons))


def question(name: str, **changes: Any) -> Release:
    at = next(index for index, found in enumerate(OLD.modules) if found.quiz.question(name))
    quiz = OLD.modules[at].quiz
    questions = tuple(replace(one, **changes) if one.id == name else one for one in quiz.questions)
    return module(at, quiz=replace(quiz, questions=questions))


def find(name: str) -> Any:
    return next(found for one in OLD.modules if (found := one.quiz.question(name)))


def words(block: Any, old: str, new: str) -> Any:
    """Put other words into a paragraph."""
    if isinstance(block, Paragraph) and isinstance(block.content[0], Text) and old in block.content[0].text:
        return replace(block, content=(Text(block.content[0].text.replace(old, new)), *block.content[1:]))
    return block


def address(block: Any) -> Any:
    if not isinstance(block, Paragraph):
        return block
    moved = tuple(
        replace(node, target="https://www.example.org/moved")
        if isinstance(node, Link) and node.kind == "outside"
        else node
        for node in block.content
    )
    return replace(block, content=moved)


def law(material: bool, statement: str = "") -> Release:
    """Let a law meet an event, and perhaps rewrite the statement that rests on it."""
    act = OLD.laws["sample-act"]
    event = Event("2026-12-01", "amendment", material, "in-force", Words({"en": "x", "fr": "x"}))
    laws = {**OLD.laws, "sample-act": replace(act, events=(*act.events, event))}

    def rewritten(block: Any) -> Any:
        return (
            replace(block, statement=(Text(statement),)) if statement and isinstance(block, LawBox) else block
        )

    return replace(blocks(rewritten), laws=laws)


EDITORIAL = {
    "nothing": OLD,
    "white space": blocks(lambda block: words(block, "A good", "A  good ")),
    "a line": blocks(lambda block: replace(block, line=99)),
    "an address": blocks(address, at=1),
    "alternative text": blocks(
        lambda block: replace(block, alt="Other") if isinstance(block, Figure) else block
    ),
    "the address of a law": replace(
        OLD, laws={**OLD.laws, "sample-act": replace(OLD.laws["sample-act"], url={"en": "https://a.example"})}
    ),
}
INFORMATIVE = {
    "a word": blocks(lambda block: words(block, "A good", "A warm")),
    "a block more": blocks(lambda block: words(block, "A good", "A warm")),
    "a block less": blocks(lambda block: None if isinstance(block, Figure) else block),
    "a language less": module(
        0,
        lessons=(
            replace(OLD.modules[0].lessons[0], documents={"en": OLD.modules[0].lessons[0].documents["en"]}),
            *OLD.modules[0].lessons[1:],
        ),
    ),
    "a title": module(0, title=Words({"en": "Other", "fr": "Autre"})),
    "minutes": module(0, minutes=10),
    "a picture": module(0, media={**OLD.modules[0].media, "media/door.svg": "0" * 64}),
    "a term": replace(
        OLD, terms={name: replace(term, reviewed="2027-01-01") for name, term in OLD.terms.items()}
    ),
    "a question more": module(
        1, quiz=replace(OLD.modules[1].quiz, questions=OLD.modules[1].quiz.questions[:-1])
    ),
    "when it comments": module(0, quiz=replace(OLD.modules[0].quiz, comments="each")),
    "feedback": question("f-q01", prompt=Words({"en": "Other?", "fr": "Autre?"})),
    "a law noted": law(material=False),
    "a material event that touches no statement": law(material=True),
    "a statement without an event": blocks(
        lambda block: replace(block, statement=(Text("Other."),)) if isinstance(block, LawBox) else block
    ),
}


def turned_round(options: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(replace(option, correct=not option.correct) for option in options)


def turned(name: str) -> dict[str, Any]:
    return {"options": turned_round(find(name).options)}


def other_gaps() -> dict[str, Any]:
    first, *rest = find("w-q08").gaps
    return {"gaps": (replace(first, options=turned_round(first.options)), *rest)}


MATERIAL = {
    "an outcome": module(0, outcomes=OLD.modules[0].outcomes[:1]),
    "the pass mark": replace(OLD, course=replace(OLD.course, pass_mark=70)),
    "the final check": replace(OLD, course=replace(OLD.course, final_items=5)),
    "the draw": module(0, quiz=replace(OLD.modules[0].quiz, draw=4)),
    "a module less": replace(OLD, course=replace(OLD.course, modules=("welcome",)), modules=OLD.modules[:1]),
    "the key of a choice": question("f-q01", **turned("f-q01")),
    "the key of a gap": question("w-q08", **other_gaps()),
    "the order": question("w-q05", steps=tuple(reversed(find("w-q05").steps))),
    "the pairs": question("w-q04", pairs=find("w-q04").pairs[:2]),
    "accepted words": question("w-q06", accept={"en": ("other",)}),
    "the number": question("w-q07", answer="6"),
    "the tolerance": question("w-q07", tolerance="0"),
    "the key of an equivalent item": question(
        "w-q05", instead=replace(find("w-q05").instead, options=turned_round(find("w-q05").instead.options))
    ),
    "a statement touched by a material event": law(material=True, statement="Offices must offer two seats."),
    "a question touched by a material event": replace(
        law(material=True), modules=question("w-q03", hint=Words({"en": "x"})).modules
    ),
}


@pytest.mark.parametrize("name", EDITORIAL)
def test_editorial(name: str) -> None:
    assert change_between(OLD, EDITORIAL[name]) is ChangeClass.EDITORIAL


@pytest.mark.parametrize("name", INFORMATIVE)
def test_informative(name: str) -> None:
    assert change_between(OLD, INFORMATIVE[name]) is ChangeClass.INFORMATIVE


@pytest.mark.parametrize("name", MATERIAL)
def test_material(name: str) -> None:
    assert change_between(OLD, MATERIAL[name]) is ChangeClass.MATERIAL


def test_a_block_that_somebody_marked_as_a_typo_is_editorial() -> None:
    new = INFORMATIVE["a word"]
    marks = frozenset(digest(block, loose=True) for block in new.modules[0].lessons[0].documents["en"].blocks)
    assert change_between(OLD, new, marks) is ChangeClass.EDITORIAL


def test_moving_blocks_is_a_change() -> None:
    document = OLD.modules[0].lessons[0].documents["en"]
    other_way = Document("en", tuple(reversed(document.blocks)))
    lesson = replace(
        OLD.modules[0].lessons[0], documents={**OLD.modules[0].lessons[0].documents, "en": other_way}
    )
    new = module(0, lessons=(lesson, *OLD.modules[0].lessons[1:]))
    assert change_between(OLD, new) is ChangeClass.INFORMATIVE


def test_versions() -> None:
    assert [least_version("1.4.2", change) for change in ChangeClass] == ["1.4.3", "1.5.0", "2.0.0"]
    assert [change_said("1.4.2", "2.0.0", change) for change in ChangeClass] == [ChangeClass.MATERIAL] * 3
    assert [change_said("1.4.2", "1.9.0", change) for change in ChangeClass] == list(ChangeClass)
    assert is_honest("1.4.2", "1.5.0", ChangeClass.INFORMATIVE)
    assert is_honest("1.9.2", "1.10.0", ChangeClass.INFORMATIVE)
    assert not is_honest("1.4.2", "1.4.3", ChangeClass.INFORMATIVE)
    assert ChangeClass.MATERIAL.word == "material"


def test_the_canonical_form_of_a_thing_that_is_no_content_is_itself() -> None:
    assert canonical(3) == b"3"
    assert digest(Text("a  b")) == digest(Text("a b"))
    assert isinstance(OLD.modules[0], Module)
