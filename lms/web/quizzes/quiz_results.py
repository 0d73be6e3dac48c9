"""A marked attempt as lines to draw: what was answered, what answers it, which law and lesson it rests on.

Holds the choosing of words; marks come from `core.learning.marking`, answers and comments from
`core.learning.presenting`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from flask_babel import gettext
from markupsafe import Markup

from lms.actions.learning.attempt_views import AskedQuestion, AttemptView
from lms.actions.learning.results import ResultView
from lms.core.courses.course import Release
from lms.core.courses.opaque import opaque
from lms.core.courses.quiz import Answers
from lms.core.learning.marking import MarkedItem, Result, per_cent
from lms.core.learning.presenting import Comment, Interaction, Presented, TaggedText, comments_on, present
from lms.web.quizzes.quiz_words import Speaker
from lms.web.shell.i18n import voice

SpeakerOf = Callable[[AskedQuestion], Speaker]


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """One remark, its words already said."""

    state: str
    label: str
    about: Markup | None
    words: Markup
    then: Markup | None


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One question of a result; `points` is empty where `result` says all, `ordered`: their order counts.

    `left_out` when it was on hold and the result is better without it; `held` is what is said of it now.
    """

    result: str
    story: Markup
    prompt: Markup
    after: Markup
    points: str
    given: tuple[Markup, ...]
    ordered: bool
    remarks: tuple[RemarkLine, ...]
    laws: tuple[tuple[str, str], ...]
    left_out: bool = False
    held: tuple[Markup, ...] = ()


@dataclass(frozen=True, slots=True)
class AgainCard:
    """A lesson to read again, and the numbers of the questions that it helps with."""

    href: str
    title: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One question of the page that is looked over before an attempt is handed in."""

    question: str
    prompt: Markup
    answers: tuple[Markup, ...]
    ordered: bool


def amount(points: Fraction | str) -> str:
    """Return points as people write them: 4.5, in French 4,5."""
    return voice().number(float(Fraction(points)), 2)


def mark_words(points: str, out_of: int) -> str:
    """Return a mark as a sentence."""
    return str(gettext("%(mark)s.", mark=mark_in_cell(points, out_of)))


def mark_in_cell(points: str, out_of: int) -> str:
    """Return a mark in words, as it stands in a table."""
    share = per_cent(Fraction(points), out_of)
    said = {"points": amount(points), "count": out_of, "share": share}
    return str(gettext("%(points)s out of %(count)s points (%(share)s per cent)", **said))


def result_lines(view: ResultView, speaker_of: SpeakerOf) -> Iterator[ResultLine]:
    """Return each question with how it went and its comments."""
    for entry in view.answered:
        speaker, paper = speaker_of(entry.asked), view.paper
        line = line_of(entry.asked, entry.marked, speaker, paper.release)
        yield replace(
            line,
            left_out=entry.asked.question.id in paper.attempt.left_out,
            held=speaker.cautions(paper.holds_on(entry.asked)),
        )


def line_of(asked: AskedQuestion, marked: MarkedItem, speaker: Speaker, release: Release) -> ResultLine:
    """Return one question with how it went and its comments: each fact once."""
    reply, locale = asked.reply, speaker.locale
    shown = present(asked.question, locale, reply=reply).asked
    comments = comments_on(asked.question, marked, reply, locale)
    said = speaker.asked(shown.prompt)
    return ResultLine(
        result=str(marked.result),
        story=said.story,
        prompt=said.line,
        after=said.after,
        points=_points(marked),
        given=() if comments and shown.comments_repeat else _answers(shown, speaker),
        ordered=shown.interaction is Interaction.ORDER,
        remarks=tuple(_remark(comment, shown, speaker, marked.result) for comment in comments),
        laws=tuple(_laws(release, shown, locale)),
    )


def _points(marked: MarkedItem) -> str:
    """Return the points of an answer that is right in part; of the others the word for the result says it."""
    if marked.result is not Result.PARTLY:
        return ""
    return str(gettext("%(points)s out of 1 point", points=amount(marked.points)))


def _label(comment: Comment, shown: Presented, result: Result) -> str:
    """Return what stands above a comment; nothing where the result of the question says the same."""
    if comment.state == "note":
        return str(gettext("One possible answer"))
    if comment.state == "missed":
        return str(gettext("Also right, but you did not choose it"))
    if comment.state == "unit":
        return str(gettext("Your number is right, but the unit is not"))
    if shown.interaction is Interaction.ONE:
        return str(gettext("Your answer"))
    if not comment.chosen or result is Result.RIGHT:
        return ""
    return str(gettext("Right") if comment.state == "right" else gettext("Not right yet"))


def _remark(comment: Comment, shown: Presented, speaker: Speaker, result: Result) -> RemarkLine:
    return RemarkLine(
        state=comment.state,
        label=_label(comment, shown, result),
        about=_pair(comment.about, comment.chosen, speaker) if comment.chosen else None,
        words=speaker.told(comment.text),
        then=speaker.told(comment.then) if comment.then else None,
    )


def _laws(release: Release, shown: Presented, locale: str) -> Iterator[tuple[str, str]]:
    for name in shown.rests_on:
        if name in release.laws:
            yield f"/{locale}/register/{opaque(name)}", release.laws[name].title.text(locale)


def again_cards(view: ResultView, locale: str) -> tuple[AgainCard, ...]:
    """Return the lessons that teach what was missed, as the release has them that the learner is on now."""
    found: dict[str, AgainCard] = {}
    for number, entry in enumerate(view.answered, start=1):
        module = view.current.module(entry.asked.module.code)
        for lesson in entry.again:
            if module and module.lesson(lesson.code):
                href = f"/{locale}/c/{view.current.course.code}/{module.code}/{lesson.code}"
                before = found.get(href, AgainCard(href, lesson.title.text(locale), ()))
                found[href] = replace(before, numbers=(*before.numbers, number))
    return tuple(found.values())


# --- before it is handed in -----------------------------------------------------------------------------
def review_lines(paper: AttemptView, answers: Answers, speaker_of: SpeakerOf) -> Iterator[ReviewLine]:
    """Return each question with the answer in words."""
    for entry in paper.asked:
        speaker = speaker_of(entry)
        shown = present(entry.question, speaker.locale, reply=answers.get(entry.question.id, {})).asked
        ordered = shown.interaction is Interaction.ORDER
        line = speaker.asked(shown.prompt).line
        yield ReviewLine(entry.question.id, line, _answers(shown, speaker), ordered)


def _answers(shown: Presented, speaker: Speaker) -> tuple[Markup, ...]:
    return tuple(_pair(answer.about, answer.text, speaker) for answer in shown.answers)


def _pair(about: TaggedText | None, text: TaggedText, speaker: Speaker) -> Markup:
    said = speaker.line(text)
    return Markup("{} – {}").format(speaker.line(about), said) if about else said
