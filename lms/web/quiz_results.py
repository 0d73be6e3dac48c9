"""A marked attempt as lines to draw: what was answered, what answers it, which law and lesson it rests on.

Holds the choosing of words; marks come from `core.marking`. Called by `views.quiz` and `views.results`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from flask_babel import format_decimal, gettext
from markupsafe import Markup

from lms.actions.papers import Asked, Paper
from lms.actions.results import Answered, ResultView
from lms.core.course import Release
from lms.core.marking import Remark, asked, order_given, per_cent
from lms.core.opaque import opaque
from lms.core.quiz import (
    Answers,
    ChoiceQuestion,
    GapsQuestion,
    LikertQuestion,
    MatchQuestion,
    OrderQuestion,
    Question,
    Reply,
)
from lms.web.quiz_words import Speaker

SpeakerOf = Callable[[Asked], Speaker]


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """One remark, its words already said."""

    state: str
    label: str
    about: Markup | None
    words: Markup
    then: Markup | None


@dataclass(frozen=True, slots=True)
class Line:
    """One question of a result."""

    result: str
    story: Markup
    prompt: Markup
    points: str
    given: tuple[Markup, ...]
    remarks: tuple[RemarkLine, ...]
    laws: tuple[tuple[str, str], ...]
    again: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One question of the page that is looked over before an attempt is handed in."""

    question: str
    prompt: Markup
    answers: tuple[Markup, ...]


def amount(points: Fraction | str) -> str:
    """Say points as people write them: 4.5, in French 4,5."""
    return str(format_decimal(round(float(Fraction(points)), 2), format="#,##0.##"))


def mark_words(points: str, out_of: int) -> str:
    """Say a mark in words."""
    share = per_cent(Fraction(points), out_of)
    said = {"points": amount(points), "count": out_of, "share": share}
    return str(gettext("%(points)s of %(count)s points, that is %(share)s per cent.", **said))


def result_lines(view: ResultView, speaker_of: SpeakerOf, locale: str) -> Iterator[Line]:
    """Give each question with its mark and its comments."""
    for entry in view.answered:
        speaker = speaker_of(entry.asked)
        question = asked(entry.asked.question, entry.asked.reply)
        said = speaker.asked(question.prompt)
        yield Line(
            result=str(entry.marked.result),
            story=said.story,
            prompt=said.line,
            points=_points(entry),
            given=() if entry.marked.remarks and _is_remarked(question) else _given(question, entry, speaker),
            remarks=tuple(_remark(remark, question, speaker) for remark in entry.marked.remarks),
            laws=tuple(_laws(view.paper.release, question, locale)),
            again=tuple(_again(view, entry, locale)),
        )


def _is_remarked(question: Question) -> bool:
    """Say whether the remarks repeat what was chosen."""
    return isinstance(question, ChoiceQuestion | MatchQuestion | GapsQuestion)


def _given(question: Question, entry: Answered, speaker: Speaker) -> tuple[Markup, ...]:
    return tuple(_answers(question, entry.asked.reply, speaker))


def _points(entry: Answered) -> str:
    if not entry.marked.graded:
        return ""
    return str(gettext("%(points)s of 1 point", points=amount(entry.marked.points)))


def _label(remark: Remark, question: Question) -> str:
    whole = not remark.part or isinstance(question, MatchQuestion | GapsQuestion)
    if remark.state == "missed":
        return str(gettext("Also right, and not chosen"))
    if remark.state == "right":
        return str(gettext("Right") if whole else gettext("Your answer is right"))
    return str(gettext("Not right yet") if whole else gettext("Your answer is not right yet"))


def _remark(remark: Remark, question: Question, speaker: Speaker) -> RemarkLine:
    if question.kind == "reflection":
        return RemarkLine("note", gettext("One way to answer"), None, speaker.told(remark.words), None)
    about = speaker.line(remark.chosen) if remark.chosen else None
    if remark.about and about is not None:
        about = Markup("{} – {}").format(speaker.line(remark.about), about)
    then = speaker.told(remark.then) if remark.then else None
    return RemarkLine(remark.state, _label(remark, question), about, speaker.told(remark.words), then)


def _laws(release: Release, question: Question, locale: str) -> Iterator[tuple[str, str]]:
    for name in question.rests_on:
        if name in release.laws:
            yield f"/{locale}/register/{opaque(name)}", release.laws[name].title.text(locale)


def _again(view: ResultView, entry: Answered, locale: str) -> Iterator[tuple[str, str]]:
    """Lead to the lessons that teach it, as they stand in the release that the learner is on now."""
    module = view.current.module(entry.asked.module.code)
    for lesson in entry.again:
        if module and module.lesson(lesson.code):
            href = f"/{locale}/c/{view.current.course.code}/{module.code}/{lesson.code}"
            yield href, lesson.title.text(locale)


# --- before it is handed in -----------------------------------------------------------------------------
def review_lines(paper: Paper, answers: Answers, speaker_of: SpeakerOf) -> Iterator[ReviewLine]:
    """Give each question with the answer in words."""
    for entry in paper.asked:
        reply = answers.get(entry.question.id, {})
        speaker = speaker_of(entry)
        question = asked(entry.question, reply)
        prompt = speaker.asked(question.prompt).line
        yield ReviewLine(entry.question.id, prompt, tuple(_answers(question, reply, speaker)))


def _answers(question: Question, reply: Reply, speaker: Speaker) -> Iterator[Markup]:
    match question:
        case ChoiceQuestion():
            chosen = reply.get("choice", ())
            yield from (speaker.line(option.text) for option in question.options if option.id in chosen)
        case MatchQuestion():
            yield from _matched(question, reply, speaker)
        case OrderQuestion():
            steps = {step.id: step for step in question.steps}
            yield from (speaker.line(steps[step].text) for step in order_given(question, reply))
        case GapsQuestion():
            for gap in question.gaps:
                chosen = reply.get(gap.id, ())
                yield from (speaker.line(option.text) for option in gap.options if option.id in chosen)
        case LikertQuestion():
            yield from (Markup("{}").format(point) for point in reply.get("point", ()))
        case _:
            yield from (Markup("{}").format(typed) for typed in reply.get("text", ()))


def _matched(question: MatchQuestion, reply: Reply, speaker: Speaker) -> Iterator[Markup]:
    rights = {pair.id: pair.right for pair in question.pairs} | {
        trap.id: trap.text for trap in question.distractors
    }
    for pair in question.pairs:
        for given in reply.get(pair.id, ()):
            if given in rights:
                yield Markup("{} – {}").format(speaker.line(pair.left), speaker.line(rights[given]))
