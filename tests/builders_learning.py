"""Builders for learning: questions of each kind, quizzes, modules and releases made of plain core objects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event

from lms.actions.context import Context
from lms.actions.learning import learning, quizzing
from lms.actions.learning.attempt_views import AttemptView
from lms.actions.people.sessions import Visit, add_visitor, begin_session, ticket_of
from lms.actions.publishing import adopting
from lms.core.courses.course import Course, Lesson, Module, Outcome, Release
from lms.core.courses.document import Block, Document, Heading, Paragraph, Text
from lms.core.courses.quiz import (
    ChoiceQuestion,
    Gap,
    GapsQuestion,
    LikertQuestion,
    MatchQuestion,
    NumberQuestion,
    Option,
    OrderQuestion,
    Pair,
    Question,
    Quiz,
    ReflectionQuestion,
    TextQuestion,
    Verdict,
)
from lms.core.errors import ParvisError
from lms.core.locales import Words
from lms.core.people.actors import SYSTEM, Actor, Role, grants
from lms.core.publishing.adopted import Adopted
from lms.storage.people import persons, sessions
from tests.builders import Clock
from tests.builders_published import publish
from tests.builders_shelf import Shelf

VERDICT = Verdict(Words({"en": "Yes.", "fr": "Oui."}), Words({"en": "Not quite.", "fr": "Pas tout à fait."}))


def words(en: str, fr: str = "") -> Words:
    """Return a text in both languages."""
    return Words({"en": en, "fr": fr or f"{en} (fr)"})


def options(right: str = "b", ids: str = "abcd") -> tuple[Option, ...]:
    """Return options, those in `right` being right."""
    return tuple(Option(one, words(f"Option {one}"), words(f"About {one}"), one in right) for one in ids)


def choice(
    name: str = "q1", right: str = "b", *, kind: str = "choice", outcome: str = "o1"
) -> ChoiceQuestion:
    """Return a question with one right option of four (or several, by kind)."""
    return ChoiceQuestion(name, words(f"Question {name}"), outcome, (), None, kind, options(right))


def true_false(name: str = "q1", *, answer: bool = False, outcome: str = "o1") -> ChoiceQuestion:
    """Return a statement to judge."""
    found = tuple(
        Option(value, words(value), words(f"About {value}"), value == str(answer).lower())
        for value in ("true", "false")
    )
    return ChoiceQuestion(name, words(f"Statement {name}"), outcome, (), None, "true-false", found)


def match(name: str = "q1", *, outcome: str = "o1", spare: int = 1) -> MatchQuestion:
    """Return three pairs and some distractors."""
    pairs = tuple(
        Pair(one, words(f"Left {one}"), words(f"Right {one}"), words(f"About {one}")) for one in "xyz"
    )
    traps = tuple(Option(f"trap{n}", words(f"Trap {n}"), Words({"en": "", "fr": ""})) for n in range(spare))
    instead = choice(f"{name}-instead", outcome=outcome)
    return MatchQuestion(name, words(f"Match {name}"), outcome, (), words("A hint"), pairs, traps, instead)


def order(name: str = "q1", *, outcome: str = "o1", count: int = 4) -> OrderQuestion:
    """Return steps s1, s2, … in their right order."""
    steps = tuple(Option(f"s{n}", words(f"Step {n}"), Words({"en": ""})) for n in range(1, count + 1))
    instead = choice(f"{name}-instead", outcome=outcome)
    return OrderQuestion(name, words(f"Order {name}"), outcome, (), None, steps, VERDICT, instead)


def text(name: str = "q1", *accepted: str, outcome: str = "o1") -> TextQuestion:
    """Return a question with a typed answer."""
    accept = {"en": accepted or ("consent",), "fr": ("le consentement", "consentement")}
    instead = choice(f"{name}-instead", outcome=outcome)
    return TextQuestion(name, words(f"Type {name}"), outcome, (), None, accept, VERDICT, instead)


def number(
    name: str = "q1", answer: str = "30", tolerance: str = "0", unit: Words | None = None, outcome: str = "o1"
) -> NumberQuestion:
    """Return a question with a typed number."""
    instead = choice(f"{name}-instead", outcome=outcome)
    return NumberQuestion(
        name, words(f"Number {name}"), outcome, (), None, answer, tolerance, unit, VERDICT, instead
    )


def gaps(name: str = "q1", *, outcome: str = "o1") -> GapsQuestion:
    """Return a text with two gaps, `a` being right in both."""
    holes = tuple(Gap(hole, options("a", "abc")) for hole in ("g1", "g2"))
    said = words("Ask {g1}, then {g2}.")
    return GapsQuestion(name, words(f"Fill in {name}"), outcome, (), None, said, holes)


def reflection(name: str = "q1", *, outcome: str = "o1") -> ReflectionQuestion:
    """Return a question to oneself."""
    return ReflectionQuestion(name, words(f"Think of {name}"), outcome, (), None, words("A sample"))


def likert(name: str = "q1", *, outcome: str = "o1") -> LikertQuestion:
    """Return a scale."""
    return LikertQuestion(
        name, words(f"How sure {name}"), outcome, (), None, 5, words("Not sure"), words("Sure")
    )


def every_kind() -> tuple[Question, ...]:
    """Return one question of each kind, with ids that name it."""
    return (
        choice("choice"),
        choice("choices", "ac", kind="choices"),
        true_false("true-false"),
        choice("branch", kind="branch"),
        match("match"),
        order("order"),
        text("text"),
        number("number"),
        gaps("gaps"),
        reflection("reflection"),
        likert("likert"),
    )


def right_reply(question: Question) -> dict[str, tuple[str, ...]]:
    """Return the reply that gets full points."""
    if isinstance(question, ChoiceQuestion):
        return {"choice": tuple(option.id for option in question.options if option.correct)}
    if isinstance(question, MatchQuestion):
        return {pair.id: (pair.id,) for pair in question.pairs}
    if isinstance(question, OrderQuestion):
        return {"order": tuple(step.id for step in question.steps)}
    if isinstance(question, GapsQuestion):
        return {gap.id: (next(one.id for one in gap.options if one.correct),) for gap in question.gaps}
    if isinstance(question, LikertQuestion):
        return {"point": ("3",)}
    accepted = (
        next(iter(question.accept.values()))[0] if isinstance(question, TextQuestion) else "My thoughts"
    )
    return {"text": (getattr(question, "answer", accepted),)}


def document(lang: str = "en", sections: int = 2, size: int = 100) -> Document:
    """Return sections of so many words, each under a heading with an anchor (s1, s2 and so on)."""
    blocks: list[Block] = []
    for n in range(1, sections + 1):
        blocks.append(Heading(2, (Text(f"Section {n}"),), f"s{n}"))
        blocks.append(Paragraph((Text("word " * (size - 2)),)))
    return Document(lang, tuple(blocks))


def lesson(name: str = "l1", *, minutes: int = 8, sections: int = 2, digest: str = "") -> Lesson:
    """Return a lesson; its code is its id."""
    documents = {lang: document(lang, sections) for lang in ("en", "fr")}
    return Lesson(
        name, name, words(f"Lesson {name}"), minutes, documents, ("o1",), digest or f"digest-{name}"
    )


def quiz(name: str = "m1", count: int = 6, draw: int = 3, **changes: object) -> Quiz:
    """Return a bank of choice questions over two outcomes."""
    found = tuple(choice(f"{name}-q{n}", outcome=f"o{n % 2 + 1}") for n in range(1, count + 1))
    return replace(Quiz(name, "1.0.0", draw, found, f"digest-{name}"), **changes)  # type: ignore[arg-type]  # fields


def module(name: str = "m1", *, lessons: int = 2, bank: Quiz | None = None, **changes: object) -> Module:
    """Return a module; its code is its id."""
    made = Module(
        id=name,
        code=name,
        version="1.0.0",
        title=words(f"Module {name}"),
        minutes=20,
        outcomes=(Outcome("o1", words("One")), Outcome("o2", words("Two"))),
        lessons=tuple(lesson(f"l{n}", digest=f"{name}-l{n}") for n in range(1, lessons + 1)),
        quiz=bank or quiz(name),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # fields


def course(**changes: object) -> Course:
    """Return a course of two modules."""
    made = Course(
        id="sample",
        code="smpl",
        title=words("A course"),
        subtitle=words("The basics"),
        summary=words("What it is about."),
        neutral_title=words("Professional learning"),
        sensitive=False,
        required_locales=("en", "fr"),
        offered_locales=(),
        hours="1",
        modules=("m1", "m2"),
        pass_mark=80,
        final_items=4,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # fields


def release(version: str = "1.0.0", *modules: Module, **changes: object) -> Release:
    """Return a release of the course."""
    made = Release(
        course=course(),
        version=version,
        digest=f"digest-{version}",
        date="2026-11-22",
        law_as_of="2026-11-01",
        why=words("First release"),
        modules=modules or (module("m1"), module("m2")),
        terms={},
        laws={},
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # fields


def right_answers(questions: Mapping[str, Question]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return replies that get full points."""
    return {name: right_reply(question) for name, question in questions.items()}


# --- at a desk --------------------------------------------------------------------------------------
SAMPLE, SAMPLE_CODE = "sample-course", "s4mp"


@contextmanager
def refused(error: type[ParvisError], code: str) -> Iterator[None]:
    """Expect a refusal with exactly this code."""
    with pytest.raises(error) as caught:
        yield
    assert caught.value.code == code


def wait(context: Context, *, days: float) -> None:
    """Let days pass."""
    assert isinstance(context.now, Clock)
    context.now.move(days=days)


def plan(context: Context, version: str, days: float) -> Adopted:
    """Publish a version of the course on the shelf, to be current in so many days."""
    moment = context.now() + round(days * 86_400_000)
    return adopting.adopt(context, SYSTEM, "sample", version, active_from=moment)


def with_sample(context: Context) -> Context:
    """Publish the sample course at a desk."""
    publish(context, SAMPLE, "1.0.0")
    return context


def with_shelf(context: Context, *releases: Release) -> Context:
    """Return the desk releases made in memory, the first of which is published."""
    shelf: Any = Shelf(list(releases))
    made = replace(context, library=shelf)
    publish(made, releases[0].course.id, releases[0].version)
    return made


def a_member(context: Context, name: str = "Sam", *roles: Role) -> Actor:
    """Return somebody with an account."""
    person = context.new_id()
    with context.database.writing() as tx:
        persons.add_person(tx, person, "member", context.now())
        persons.add_profile(tx, person, name, "en")
        for role in (Role.LEARNER, *roles):
            persons.give_role(tx, person, role, context.now())
    return Actor(person, grants(Role.LEARNER, *roles), persons.DEFAULT_ORGANISATION)


def a_visitor(context: Context) -> Actor:
    """Return somebody who tries a first module without an account."""
    person = context.new_id()
    with context.database.writing() as tx:
        persons.add_person(tx, person, "visitor", context.now())
    return Actor(person, frozenset(), persons.DEFAULT_ORGANISATION)


def a_visit(context: Context, *, device: str = "", before: str = "") -> Visit:
    """Let somebody without an account come, before they have begun anything."""
    with context.database.writing() as tx:
        return add_visitor(tx, context, device=device, before=before)


def a_session(context: Context, actor: Actor) -> str:
    """Sign somebody in; give the value that the browser holds."""
    with context.database.writing() as tx:
        return begin_session(tx, context, actor.person)


def waiting_for(context: Context, actor: Actor, visitor: Actor) -> Actor:
    """Sign somebody in on a browser where a visitor's progress waits for "Was this you?"."""
    token = context.new_secret()
    with context.database.writing() as tx:
        sessions.begin(tx, ticket_of(token), actor.person, context.now(), visitor=visitor.person)
    return replace(actor, session=ticket_of(token))


@contextmanager
def statements(context: Context) -> Iterator[list[str]]:
    """Count what is sent to the database, but for beginning and ending transactions, and for locks."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, sql: str, *_: object) -> None:
        if sql.split(maxsplit=1)[0] not in {"BEGIN", "COMMIT", "ROLLBACK"} and "KEY UPDATE" not in sql:
            sent.append(sql)

    for engine in context.database.engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        for engine in context.database.engines:
            event.remove(engine, "before_cursor_execute", note)


def answer_all(paper: AttemptView) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return full marks to every question of an attempt."""
    return right_answers({question.id: question for question in paper.questions})


def sit(context: Context, actor: Actor, module_code: str, code: str = SAMPLE_CODE) -> AttemptView:
    """Begin a check and give its questions."""
    quizzing.start_check(context, actor, code, module_code, context.new_id())
    paper = quizzing.open_check(context, actor, code, module_code).paper
    assert paper
    return paper


def pass_check(
    context: Context, actor: Actor, module_code: str, code: str = SAMPLE_CODE
) -> quizzing.HandedIn:
    """Sit a check and get everything right."""
    paper = sit(context, actor, module_code, code)
    return quizzing.submit_check(context, actor, paper.attempt.id, answer_all(paper), known=0, confirmed=True)


def read_all(context: Context, actor: Actor, code: str = SAMPLE_CODE, *, only: str = "") -> None:
    """Read every lesson (of one module)."""
    mine = learning.my_course(context, actor, code)
    assert mine
    for module in mine.release.modules:
        for one in module.lessons:
            if only in {"", module.code}:
                learning.read_lesson(context, actor, code, module.code, one.code, locale="en")


def finish(context: Context, actor: Actor, code: str = SAMPLE_CODE) -> quizzing.HandedIn:
    """Take a course from its beginning to its end."""
    mine = learning.enrol(context, actor, code, "en")
    read_all(context, actor, code)
    for module in mine.release.modules:
        pass_check(context, actor, module.code, code)
    return pass_check(context, actor, "", code)


def with_choice(context: Context) -> tuple[Context, Actor]:
    """Return a desk where a material change has been published, and somebody who has the choice."""
    first = release("1.0.0")
    keyed = quiz("m1", questions=tuple(choice(f"m1-q{n}", "c", outcome=f"o{n % 2 + 1}") for n in range(1, 7)))
    changed = module("m1", bank=replace(keyed, digest="other"))
    second = release("2.0.0", changed, first.modules[1], parent="1.0.0", change="material")
    shelf = with_shelf(context, first, second)
    sam = a_member(shelf)
    learning.enrol(shelf, sam, "smpl", "en")
    adopting.adopt(shelf, SYSTEM, "sample", "2.0.0", active_from=shelf.now() + 1)
    shelf.now.move(minutes=1)  # type: ignore[attr-defined]  # the clock of tests
    return shelf, sam
