"""Which blocks make a change as large as it is, and which could be typos."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lms.content.library import Library
from lms.core.courses.course import Outcome, Release
from lms.core.courses.document import Document, LawBox, Paragraph, Text
from lms.core.courses.quiz import TextQuestion
from lms.core.legislation.register import Event
from lms.core.publishing.change import ChangeClass, change_between
from lms.core.publishing.comparing.differences import between
from lms.core.publishing.comparing.reasons import typo_candidates, weighty
from tests.builders_content import SITE
from tests.builders_learning import words

OLD = Library(SITE).release("sample-course", "1.0.0")


def module(at: int, **changes: Any) -> Release:
    modules = list(OLD.modules)
    modules[at] = replace(modules[at], **changes)
    return replace(OLD, modules=tuple(modules))


def heavy(new: Release) -> tuple[str, list[str]]:
    change = change_between(OLD, new)
    found = weighty(between(OLD, new, "en"), OLD, new, change)
    return change.word, [one.place.area.value for one in found]


def test_rules_and_outcomes_are_named() -> None:
    pass_mark = replace(OLD, course=replace(OLD.course, pass_mark=99, title=words("Another name")))
    assert heavy(pass_mark) == ("material", ["course"])
    first = OLD.modules[0]
    outcomes = (Outcome(first.outcomes[0].id, words("Do something else")), *first.outcomes[1:])
    assert heavy(module(0, outcomes=outcomes, title=words("Other")))[1] == ["module"]
    assert heavy(module(0, quiz=replace(first.quiz, draw=first.quiz.draw + 1)))[1] == ["module"]


def test_an_answer_that_is_accepted_is_named() -> None:
    at, found = next(
        (at, one)
        for at, part in enumerate(OLD.modules)
        for one in part.quiz.questions
        if isinstance(one, TextQuestion)
    )
    quiz = OLD.modules[at].quiz
    other = replace(found, accept=dict.fromkeys(found.accept, ("something else",)))
    questions = tuple(other if one is found else one for one in quiz.questions)
    new = module(at, quiz=replace(quiz, questions=questions))
    assert heavy(new) == ("material", ["quiz"])


def boxes(put: str) -> tuple[Release, str]:
    """Return the course with other words in its first law box, and a law that it is based on."""
    for at, part in enumerate(OLD.modules):
        for number, lesson in enumerate(part.lessons):
            blocks = lesson.documents["en"].blocks
            for place, box in enumerate(blocks):
                if isinstance(box, LawBox):
                    changed = (*blocks[:place], replace(box, statement=(Text(put),)), *blocks[place + 1 :])
                    lessons = list(part.lessons)
                    lessons[number] = replace(
                        lesson, documents={**lesson.documents, "en": Document("en", changed)}
                    )
                    return module(at, lessons=tuple(lessons)), box.rests_on[0]
    raise AssertionError


def test_a_statement_touched_by_an_event_is_named() -> None:
    new, law = boxes("Something else is true now.")
    assert heavy(new) == ("informative", ["lesson"])
    event = Event("2026-03-26", "amended", True, "", words("It changed."))
    entry = replace(new.laws[law], events=(*new.laws[law].events, event))
    touched = replace(new, laws={**new.laws, law: entry})
    assert heavy(touched) == ("material", ["lesson"])


def test_where_no_block_is_heavy_all_are_shown() -> None:
    new, _ = boxes("Something else is true now.")
    found = weighty(between(OLD, new, "en"), OLD, new, ChangeClass.MATERIAL)
    assert len(found) == 1


def test_a_law_that_is_new_touches_nothing() -> None:
    law = next(iter(OLD.laws))
    fewer = replace(OLD, laws={name: one for name, one in OLD.laws.items() if name != law})
    assert weighty(between(fewer, OLD, "en"), fewer, OLD, ChangeClass.INFORMATIVE)


def test_typos_are_looked_for_where_no_block_came_or_went() -> None:
    new, _ = boxes("Something else is true now.")
    [one] = typo_candidates(OLD, new)
    assert (one.locale, one.new.startswith("Something else is true now.")) == ("en", True)
    first = OLD.modules[0]
    lesson = first.lessons[0]
    text = lesson.documents["en"]
    longer = replace(text, blocks=(*text.blocks, Paragraph((Text("More."),))))
    more = replace(lesson, documents={**lesson.documents, "en": longer})
    assert not list(typo_candidates(OLD, module(0, lessons=(more, *first.lessons[1:]))))
    assert not list(typo_candidates(replace(OLD, modules=()), OLD))
