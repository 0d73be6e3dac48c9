"""The refresher between two releases: what a material change touched, its questions, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lms.content.library import Library
from lms.core.certificates.refreshers import (
    AIM,
    Refresher,
    RefresherPart,
    refresher,
    said_before,
    sections_of,
)
from lms.core.courses.course import Lesson, Module, Outcome, Release
from lms.core.courses.document import Document, Heading, LawBox, Paragraph, Text
from lms.core.courses.durations import section_minutes
from lms.core.legislation.register import Event, Law
from lms.core.locales import Words
from lms.core.publishing.change import touched
from tests import builders_learning as make
from tests.builders_content import SITE

SAMPLE = Library(SITE).release("sample-course", "1.0.0")
ACT = SAMPLE.laws["sample-act"]


def met(law: Law, *, material: bool = True) -> Law:
    event = Event("2026-12-01", "amendment", material, "in-force", Words({"en": "x", "fr": "x"}))
    return replace(law, events=(*law.events, event))


def box(words: str, name: str = "b1") -> LawBox:
    found = next(
        one
        for module in SAMPLE.modules
        for lesson in module.lessons
        for one in lesson.documents["en"].blocks
        if isinstance(one, LawBox)
    )
    return replace(found, id=name, statement=(Text(words),), plain=(), rests_on=("sample-act",))


def text(words: str | None, *, where: str = "s2", lang: str = "en") -> Document:
    """Return a lesson of two sections, a statement standing in one of them."""
    blocks: list[Any] = [Paragraph((Text("Before all."),))]
    for anchor in ("s1", "s2"):
        blocks += [Heading(2, (Text(f"Section {anchor}"),), anchor), Paragraph((Text(f"About {anchor}."),))]
        if words and anchor == where:
            blocks.append(box(words))
    return Document(lang, tuple(blocks))


def lesson(words: str | None, name: str = "l1", *, where: str = "s2") -> Lesson:
    made = make.lesson(name)
    return replace(made, documents={lang: text(words, where=where, lang=lang) for lang in ("en", "fr")})


def release(version: str, words: str | None, law: Law = ACT, **changes: Any) -> Release:
    """Return a course whose first module makes a statement about the act, two questions resting on it."""
    where = changes.pop("where", "s2")
    bank = make.quiz("m1")
    resting = tuple(
        replace(one, rests_on=("sample-act",) if number < 2 else ())
        for number, one in enumerate(bank.questions)
    )
    first = make.module("m1", bank=replace(bank, questions=resting))
    first = replace(first, lessons=(lesson(words, where=where), lesson(None, "l2")), **changes)
    return make.release(version, first, make.module("m2"), laws={"sample-act": law})


READING = section_minutes(lesson("There is a deadline."))["s2"]
OLD = release("1.0.0", "There is no deadline.")
NEW = release("2.0.0", "There is a deadline.", met(ACT))


def other(release: Release, **changes: Any) -> Release:
    """Change the first module."""
    return replace(release, modules=(replace(release.modules[0], **changes), *release.modules[1:]))


def keyed(release: Release, *names: str) -> Release:
    bank = release.modules[0].quiz
    changed = tuple(
        replace(make.choice(one.id, "c", outcome=one.outcome), rests_on=one.rests_on)
        if one.id in names
        else one
        for one in bank.questions
    )
    return other(release, quiz=replace(bank, questions=changed))


def test_it_holds_the_section_of_the_statement_and_the_questions_that_rest_on_the_law() -> None:
    made = refresher(OLD, NEW)
    assert made.parts == (RefresherPart("m1", "l1", "s2"),)
    assert made.items == (("m1", "m1-q1"), ("m1", "m1-q2"))
    assert made.minutes == READING + 2
    assert not made.rules
    assert not made.is_empty
    assert refresher(OLD, NEW) == made


def test_a_moved_address_a_filing_and_words_alone_have_nothing_to_refresh() -> None:
    moved = replace(ACT, url={"en": "https://a.example"})
    for new in (
        replace(OLD, version="1.0.1"),
        release("1.0.1", "There is no deadline.", moved),
        release("1.1.0", "There is no deadline.", met(ACT, material=False)),
        release("1.1.0", "There is no deadline at all.", met(ACT, material=False)),
        release("1.1.0", "There is no deadline.", met(ACT)),
    ):
        assert refresher(OLD, new).is_empty
    assert refresher(NEW, NEW) == Refresher()


def test_going_back_to_the_first_words_has_nothing_to_refresh_for_who_learned_them() -> None:
    back = release("3.0.0", "There is no deadline.", met(ACT))
    assert refresher(OLD, back).is_empty
    twice = release("3.0.0", "There is no deadline.", met(met(ACT)))
    assert refresher(NEW, twice).parts == (RefresherPart("m1", "l1", "s2"),) or refresher(NEW, twice).is_empty


def test_a_statement_is_found_where_it_is_now_and_where_it_was_once_it_is_gone() -> None:
    assert refresher(OLD, release("2.0.0", "There is a deadline.", met(ACT), where="s1")).parts == (
        RefresherPart("m1", "l1", "s1"),
    )
    assert refresher(OLD, release("2.0.0", None, met(ACT))).parts == (RefresherPart("m1", "l1", "s2"),)
    shorter = other(release("2.0.0", None, met(ACT)), lessons=(lesson(None, "l2"),))
    made = refresher(OLD, shorter)
    assert made.parts == (RefresherPart("m1", "l1", "s2", gone=True),)
    assert made.minutes == 1 + len(made.items)


def test_a_statement_of_a_question_alone_asks_that_question() -> None:
    bank = OLD.modules[0].quiz
    asked = tuple(
        replace(one, prompt=make.words("Other?")) if one.id == "m1-q1" else one for one in bank.questions
    )
    new = replace(other(OLD, quiz=replace(bank, questions=asked)), laws={"sample-act": met(ACT)})
    made = refresher(OLD, new)
    assert made.parts == ()
    assert made.items[0] == ("m1", "m1-q1")


def test_changed_keys_are_all_asked_whatever_the_time() -> None:
    names = [one.id for one in OLD.modules[0].quiz.questions]
    made = refresher(OLD, keyed(OLD, *names))
    assert [name for _, name in made.items] == names
    assert made.parts == ()


def test_questions_give_way_to_sections_but_one_is_asked() -> None:
    bank = make.quiz("m1", count=20)
    resting = replace(bank, questions=tuple(replace(one, rests_on=("sample-act",)) for one in bank.questions))
    made = refresher(other(OLD, quiz=resting), other(NEW, quiz=resting))
    assert made.minutes == AIM
    assert len(made.items) == AIM - READING
    long = [replace(one.modules[0].lessons[0], minutes=60) for one in (OLD, NEW)]
    made = refresher(
        other(OLD, quiz=resting, lessons=(long[0],)), other(NEW, quiz=resting, lessons=(long[1],))
    )
    assert len(made.items) == 1
    assert made.minutes > AIM


def test_without_questions_that_rest_on_the_law_those_about_the_lesson_are_asked() -> None:
    bank = make.quiz("m1")
    made = refresher(other(OLD, quiz=bank), other(NEW, quiz=bank))
    assert {bank.question(name).outcome for _, name in made.items} == {"o1"}  # type: ignore[union-attr]  # found
    nothing = replace(bank, questions=(make.reflection("m1-q1"),))
    assert refresher(other(OLD, quiz=nothing), other(NEW, quiz=nothing)).items == ()


def test_a_changed_outcome_asks_for_what_changed_in_its_module_and_its_questions() -> None:
    outcomes = (Outcome("o1", make.words("Another")), Outcome("o2", make.words("Two")))
    new = other(release("2.0.0", "There is no time limit."), outcomes=outcomes)
    made = refresher(OLD, new)
    assert made.parts == (RefresherPart("m1", "l1", "s2"),)
    assert {OLD.modules[0].quiz.question(name).outcome for _, name in made.items} == {"o1"}  # type: ignore[union-attr]  # found


@pytest.mark.parametrize(
    "new",
    [
        replace(OLD, course=replace(OLD.course, pass_mark=90)),
        other(OLD, quiz=replace(OLD.modules[0].quiz, draw=4)),
        replace(
            OLD, modules=(*OLD.modules, make.module("m3")), course=make.course(modules=("m1", "m2", "m3"))
        ),
    ],
    ids=["pass mark", "draw", "module more"],
)
def test_a_rule_alone_says_so_and_refreshes_nothing(new: Release) -> None:
    made = refresher(OLD, new, called=True)
    assert made.rules
    assert made.is_empty


def test_what_people_called_material_is_every_section_that_changed() -> None:
    new = release("2.0.0", "There is no time limit.")
    assert refresher(OLD, new).is_empty
    assert refresher(OLD, new, called=True).parts == (RefresherPart("m1", "l1", "s2"),)


def test_a_finder_is_a_statement_too() -> None:
    told = {name: replace(met(law), meaning=make.words("Otherwise")) for name, law in SAMPLE.laws.items()}
    what = touched(SAMPLE, replace(SAMPLE, laws=told))
    made = refresher(SAMPLE, replace(SAMPLE, laws=told))
    assert bool(what.statements) is bool(made.parts)


def test_a_text_without_headings_is_one_section() -> None:
    plain = Document("en", (Paragraph((Text("A"),)),))
    assert sections_of(plain) == {"": plain.blocks}
    assert list(sections_of(text("x"))) == ["s1", "s2"]
    assert sections_of(text("x"))["s1"][0] == Paragraph((Text("Before all."),))
    flat = [
        other(
            one,
            lessons=(replace(one.modules[0].lessons[0], documents={"en": Document("en", (box(words),))}),),
        )
        for one, words in ((OLD, "No."), (NEW, "Yes."))
    ]
    assert refresher(*flat).parts == (RefresherPart("m1", "l1", ""),)


def test_what_it_said_before_is_what_the_new_text_has_not() -> None:
    old, new = text("There is no deadline."), text("There is a deadline.")
    assert said_before(old, new, "s2") == (box("There is no deadline."),)
    assert said_before(old, old, "s2") == ()
    assert said_before(None, new, "s2") == ()
    assert said_before(old, None, "s2")[-1] == box("There is no deadline.")
    assert said_before(old, new, "none") == ()
    assert said_before(old, text("There is a deadline.", where="s1"), "s1") == (box("There is no deadline."),)


def test_modules_that_only_one_release_has_are_not_learned() -> None:
    module: Module = make.module("m2")
    assert refresher(OLD, replace(OLD, modules=(OLD.modules[0], module))).is_empty
