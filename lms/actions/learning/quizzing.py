"""Checks: draw questions, keep answers as one goes, mark them once.

An attempt is marked by the quiz digest, the items and the order that it was started with. Whatever is sent
twice happens once; whatever was kept is never lost. There is no time limit and no limit of attempts.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lms.actions.action import Who, command, query, record
from lms.actions.catalogue.lookups import course_id, find_module, sealed
from lms.actions.context import Context
from lms.actions.learning.attempt_views import AttemptView, digest_of, history_of, paper_of
from lms.actions.learning.completion import (
    enrolment_of,
    hold_enrolment,
    hold_sitting,
    own_sitting,
    settle,
)
from lms.actions.learning.learning import require_open
from lms.actions.legislation.held import held_for, held_questions
from lms.core.courses.course import Module, Release
from lms.core.courses.quiz import TOLD, UNGRADED, Answers, Question, Reply
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from lms.core.ids import is_id
from lms.core.learning.draw import Drawn, History, draw_final, draw_module
from lms.core.learning.marking import HasInstead, count, is_answered, mark, waits
from lms.core.learning.progress import FINAL, Progress, progress_of
from lms.core.learning.records import Attempt, Enrolled
from lms.core.learning.replies import NO_MARKS, Marks, fitted_all, marks_of, merged
from lms.core.legislation.held import Held
from lms.core.people.actors import Actor
from lms.storage.database import Tx
from lms.storage.learning import attempts

FURTHEST_SAVE = 100_000  # how far ahead a save number may be


@dataclass(frozen=True, slots=True)
class CheckView:
    """A check as its page shows it: what it is about, the open attempt if any, the last marked one.

    `waits` says that it cannot be taken, or handed in, because everything that counts in it is on hold.
    """

    release: Release
    module: Module | None
    enrolled: Enrolled
    standing: Progress
    paper: AttemptView | None
    last: Attempt | None
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """The newest save number; `late` when another page has saved since, and this one was not kept.

    `was` are the marks of what stood on the page that was kept.
    """

    number: int
    late: bool = False
    was: Marks = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What came of handing in: the marked attempt, or the questions that have no answer yet.

    `waits` when everything that counts in it is on hold: the answers are kept, and nothing is marked yet.
    """

    attempt: str
    missing: tuple[str, ...] = ()
    passed: bool = False
    complete: bool = False
    waits: bool = False


def check_of(release: Release, module_code: str) -> Module | None:
    """Return the module of a check; an empty code is the final check.

    Raises: NotFound `module.unknown`.
    """
    return find_module(release, module_code) if module_code else None


@query("quizzing.open_check", by=Who.LEARNER)
def open_check(context: Context, actor: Actor, course_code: str, module_code: str) -> CheckView:
    """Open a check: its questions where an attempt is under way, otherwise what it is about.

    Raises: NotFound `course.unknown`, `module.unknown`, `learning.not-enrolled`; NotAllowed
    `learning.sign-up-to-go-on`, `learning.needs-first`.
    """
    course = course_id(context, course_code)
    with context.database.reading() as tx:
        mine = enrolment_of(tx, actor, course)
        release = sealed(context, course, mine.version)
        module = check_of(release, module_code)
        require_open(tx, mine, release, module, actor)
        check = module.id if module else FINAL
        found = attempts.open_sitting(tx, actor.person, course, check)
        past = attempts.past(tx, mine.id) if found is None else ()
        paper = paper_of(context, tx, found) if found else None
        held = paper.held if paper else held_for(context, tx, mine.holds, release.version)
    last = next((one for one in past if one.check == check and one.is_marked), None)
    waiting = paper.waits if paper else _is_all_held(release, module, held)
    return CheckView(release, module, mine, progress_of(release, mine.facts), paper, last, waiting)


def _bank(release: Release, module: Module | None) -> list[tuple[str, Question]]:
    """Return the questions of which a check is drawn, each with its module."""
    modules = release.modules if module is None else (module,)
    return [(one.id, question) for one in modules for question in one.quiz.graded]


def _is_all_held(release: Release, module: Module | None, held: Held) -> bool:
    bank = _bank(release, module)
    return waits((question for _, question in bank), held_questions(held, bank))


@command("quizzing.start_check", by=Who.LEARNER)
def start_check(context: Context, actor: Actor, course_code: str, module_code: str, attempt_id: str) -> str:
    """Draw a check and begin an attempt; give its id, or that of the attempt that is under way.

    The browser may make the id, so that a resend begins nothing twice.

    Raises: as `open_check`; Invalid `attempt.id`; Conflict `attempt.id` when it is somebody else's;
    NotAllowed `attempt.on-hold` when every question that could be asked is on hold.
    """
    if not is_id(attempt_id):
        raise Invalid("attempt.id")
    course = course_id(context, course_code)
    with context.database.writing() as tx:
        mine = hold_enrolment(tx, actor, course)
        release = sealed(context, course, mine.version)
        module = check_of(release, module_code)
        require_open(tx, mine, release, module, actor)
        check = module.id if module else FINAL
        if found := attempts.open_sitting(tx, actor.person, course, check):
            return found.attempt.id
        held = held_for(context, tx, mine.holds, release.version)
        if _is_all_held(release, module, held):
            raise NotAllowed("attempt.on-hold")
        fresh = attempts.start(
            tx,
            attempt_id,
            enrolment=mine.id,
            check=check,
            version=release.version,
            digest=digest_of(release, module),
            items=_drawn(release, module, attempt_id, attempts.past(tx, mine.id), held),
            now=context.now(),
        )
        if fresh:
            record(tx, context, actor, "quizzing.start_check", f"{mine.id} {module_code or FINAL}")
            return attempt_id
        return already(tx, actor, attempt_id, course, check)


def already(tx: Tx, actor: Actor, attempt_id: str, course: str, check: str) -> str:
    """Return the attempt that was there before: this one, sent again, or one begun in another tab."""
    found = attempts.sitting(tx, attempt_id, actor.person)
    found = found or attempts.open_sitting(tx, actor.person, course, check)
    if found is None:
        raise Conflict("attempt.id")
    return found.attempt.id


def _drawn(
    release: Release, module: Module | None, seed: str, past: tuple[Attempt, ...], held: Held
) -> tuple[Drawn, ...]:
    check = module.id if module else FINAL
    on_hold = held_questions(held, _bank(release, module))
    history: History = replace(history_of(release, past, check), held=on_hold)
    if module:
        return draw_module(module.id, module.quiz, seed, history)
    banks = {module.id: module.quiz for module in release.modules}
    return draw_final(banks, release.course.final_items, seed, history)


# --- answers ----------------------------------------------------------------------------------------
@command("quizzing.save_answers", by=Who.LEARNER)
def save_answers(
    context: Context,
    actor: Actor,
    attempt_id: str,
    answers: Answers,
    *,
    save: int,
    known: int | None = None,
    was: Marks = NO_MARKS,
) -> Saved:
    """Keep answers as one goes, under a number that the page counts up.

    A late save changes nothing: it was overtaken on the way, or another page has saved. The page is told the
    newest number and sends again. `known` is the newest save that it has seen, `was` the marks of what stood
    on it then: what it has not changed since, or emptied, changes nothing newer than that.

    Raises: NotFound `attempt.unknown`; Conflict `attempt.submitted`; Invalid `attempt.save-number`.
    """
    with context.database.writing() as tx:
        paper = paper_of(context, tx, hold_sitting(tx, actor, attempt_id))
        saved = paper.attempt.saved
        if not paper.attempt.is_open:
            raise Conflict("attempt.submitted")
        if save > saved + FURTHEST_SAVE:
            raise Invalid("attempt.save-number")
        if save <= saved or not attempts.take_number(tx, attempt_id, save):
            return Saved(saved, late=True)
        changed = _merged(paper, answers, save if known is None else known, was)
        attempts.write_answers(tx, attempt_id, changed, save, context.now())
    return Saved(save, was=marks_of(paper.questions, fitted_all(paper.questions, answers)))


@command("quizzing.keep_answers", by=Who.LEARNER)
def keep_answers(
    context: Context, actor: Actor, attempt_id: str, answers: Answers, *, known: int, was: Marks = NO_MARKS
) -> Saved:
    """Keep a page of answers that was sent; `known` and `was` say what it has seen (`save_answers`).

    Raises: NotFound `attempt.unknown`; Conflict `attempt.submitted`.
    """
    with context.database.writing() as tx:
        paper = paper_of(context, tx, hold_sitting(tx, actor, attempt_id))
        return Saved(_keep(tx, context, paper, _merged(paper, answers, known, was)))


def _merged(paper: AttemptView, answers: Answers, known: int, was: Marks) -> dict[str, Reply]:
    sent = fitted_all(paper.questions, answers)
    return merged(paper.sitting.answers, paper.sitting.saves, sent, known, was)


def _keep(tx: Tx, context: Context, paper: AttemptView, changed: Answers) -> int:
    attempt = paper.attempt
    if not changed and attempt.is_open:
        return attempt.saved
    if not attempt.is_open or not attempts.take_number(tx, attempt.id, attempt.saved + 1):
        raise Conflict("attempt.submitted")
    attempts.write_answers(tx, attempt.id, changed, attempt.saved + 1, context.now())
    return attempt.saved + 1


@command("quizzing.ask_instead", by=Who.LEARNER)
def ask_instead(
    context: Context,
    actor: Actor,
    attempt_id: str,
    question_id: str,
    answers: Answers,
    *,
    known: int,
    instead: bool,
    was: Marks = NO_MARKS,
) -> Saved:
    """Ask a question as a choice question, or as it was first; what was typed is kept either way.

    No pass hangs on typing, ordering or matching (WCAG 2.5.7 and beyond).

    Raises: NotFound `attempt.unknown`; Conflict `attempt.submitted`; Invalid `question.no-choice`.
    """
    with context.database.writing() as tx:
        paper = paper_of(context, tx, hold_sitting(tx, actor, attempt_id))
        question = next((one for one in paper.questions if one.id == question_id), None)
        if not isinstance(question, HasInstead):
            raise Invalid("question.no-choice")
        changed = _merged(paper, answers, known, was)
        reply = {**paper.sitting.answers.get(question_id, {}), **changed.get(question_id, {})}
        if TOLD in reply:
            return Saved(_keep(tx, context, paper, changed))
        reply["instead"] = ("1",) if instead else ()
        return Saved(_keep(tx, context, paper, {**changed, question_id: reply}))


@command("quizzing.comment_now", by=Who.LEARNER)
def comment_now(
    context: Context,
    actor: Actor,
    attempt_id: str,
    question_id: str,
    answers: Answers,
    *,
    known: int,
    was: Marks = NO_MARKS,
) -> HandedIn:
    """Keep a page and have one of its answers commented on at once; from then on that answer stays.

    Names the question when it has no whole answer yet: nothing is told then.

    Raises: NotFound `attempt.unknown`; Conflict `attempt.submitted`; Invalid `question.no-comment` where the
    quiz comments at its end.
    """
    with context.database.writing() as tx:
        paper = paper_of(context, tx, hold_sitting(tx, actor, attempt_id))
        asked = next((one for one in paper.asked if one.question.id == question_id), None)
        if asked is None or not paper.comments_now:
            raise Invalid("question.no-comment")
        changed = _merged(paper, answers, known, was)
        reply = {**changed.get(question_id, paper.sitting.answers.get(question_id, {}))}
        if not is_answered(asked.question, reply):
            _keep(tx, context, paper, changed)
            return HandedIn(attempt_id, (question_id,))
        _keep(tx, context, paper, {**changed, question_id: {**reply, TOLD: ("1",)}})
        return HandedIn(attempt_id)


# --- handing in ---------------------------------------------------------------------------------------
@command("quizzing.submit_check", by=Who.LEARNER)
def submit_check(
    context: Context,
    actor: Actor,
    attempt_id: str,
    answers: Answers,
    *,
    known: int,
    confirmed: bool = False,
    was: Marks = NO_MARKS,
) -> HandedIn:
    """Hand an attempt in: keep what was sent, mark everything, note what is complete; all or nothing.

    Questions without an answer are named and nothing is marked, unless that was `confirmed`. A second press,
    a resend or a second tab gets the first result. What is on hold counts only where that is better.

    Raises: NotFound `attempt.unknown`, also for a refresher, which renews as it is handed in (`renewing`).
    """
    with context.database.writing() as tx:
        paper = paper_of(context, tx, hold_sitting(tx, actor, attempt_id))
        if paper.is_refresher:
            raise NotFound("attempt.unknown")
        return hand_in(tx, context, actor, paper, SentAnswers(answers, known, was), confirmed=confirmed)


@dataclass(frozen=True, slots=True)
class SentAnswers:
    """A page of answers, the newest save that it has seen, and the marks of what stood on it then."""

    answers: Answers
    known: int
    was: Marks = field(default_factory=dict)


def hand_in(
    tx: Tx, context: Context, actor: Actor, paper: AttemptView, sent: SentAnswers, *, confirmed: bool
) -> HandedIn:
    """Hand a held attempt in, in an open transaction; as `submit_check`."""
    attempt_id = paper.attempt.id
    if paper.attempt.is_marked:
        return _first_result(paper)
    changed = _merged(paper, sent.answers, sent.known, sent.was)
    kept = {**paper.sitting.answers, **changed}
    missing = missing_in(paper, kept)
    if paper.waits or (missing and not confirmed):
        _keep(tx, context, paper, changed)
        return HandedIn(attempt_id, () if paper.waits else missing, waits=paper.waits)
    save = paper.attempt.saved + 1
    if not attempts.submit(tx, attempt_id, save, context.now()):
        return _first_result(paper_of(context, tx, own_sitting(tx, actor, attempt_id)))
    attempts.write_answers(tx, attempt_id, changed, save, context.now())
    return _mark(tx, context, actor, paper, kept)


def _first_result(paper: AttemptView) -> HandedIn:
    return HandedIn(
        paper.attempt.id, passed=paper.attempt.passed, complete=paper.sitting.enrolled.facts.completed
    )


def missing_in(paper: AttemptView, kept: Answers) -> tuple[str, ...]:
    """Return the questions that count and have no complete answer; one that is on hold needs none."""
    held = paper.held_questions
    return tuple(
        question.id
        for question in paper.questions
        if question.kind not in UNGRADED
        and question.id not in held
        and not is_answered(question, kept.get(question.id, {}))
    )


def _mark(tx: Tx, context: Context, actor: Actor, paper: AttemptView, kept: Answers) -> HandedIn:
    """Mark a closed attempt in an open transaction."""
    attempt, mine = paper.attempt, paper.sitting.enrolled
    marked = mark(paper.questions, kept)
    counted = count(marked, paper.held_questions, paper.release.course.pass_mark)
    passed = counted.passed
    attempts.write_mark(tx, attempt.id, counted, marked.by_question, context.now())
    record(tx, context, actor, "quizzing.submit_check", attempt.id)
    if not passed or attempt.lapsed or paper.is_refresher:
        return HandedIn(attempt.id, passed=passed, complete=mine.facts.completed)
    facts = replace(mine.facts, passed=mine.facts.passed | {attempt.check})
    at = settle(tx, context, actor, replace(mine, facts=facts))
    return HandedIn(attempt.id, passed=True, complete=at.complete)
