"""Results: one marked attempt with a comment on every answer, and all attempts at a course, newest first."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from lms.actions.learning.results import result as own_result
from lms.actions.learning.results import results as own_results
from lms.core.certificates.refreshers import REFRESHER
from lms.core.errors import NotFound
from lms.core.learning.progress import FINAL
from lms.rendering.words.translator import translator_for
from lms.web.quizzes.quiz_form import title_of
from lms.web.quizzes.quiz_place import check_address, place_of, short_title, speaker_of
from lms.web.quizzes.quiz_results import again_cards, mark_in_cell, mark_words, result_lines
from lms.web.shell.current import actor, context
from lms.web.shell.i18n import current_locale
from lms.web.shell.moments import moment_words
from lms.web.shell.security import LEARNER, rule

page = Blueprint("results", __name__)


@page.get("/c/<course_code>/check/result/<attempt>", defaults={"module_code": ""})
@page.get("/c/<course_code>/<module_code>/check/result/<attempt>")
@rule(LEARNER)
def result(course_code: str, module_code: str, attempt: str) -> str:
    """Show the mark, and a comment on every answer; the title says first how it went."""
    view = own_result(context(), actor(), attempt)
    paper, locale = view.paper, current_locale()
    module, marked = paper.module, paper.attempt
    code = REFRESHER if paper.is_refresher else module.code if module else ""
    if (paper.release.course.code, code) != (course_code, module_code):
        raise NotFound("attempt.unknown")
    place = place_of(paper.release, module, refresher=paper.is_refresher)
    said = {"check": short_title(module, refresher=paper.is_refresher)}
    place["heading"] = (
        gettext("Passed: %(check)s", **said)
        if marked.passed
        else gettext("Not passed yet: %(check)s", **said)
    )
    if neutral := place["window_title"]:
        place["window_title"] = (
            gettext("Passed: %(check)s", check=neutral)
            if marked.passed
            else gettext("Not passed yet: %(check)s", check=neutral)
        )
    return render_template(
        "pages/quiz/result.html",
        **place,
        attempt=marked,
        mark_words=mark_words(marked.points, marked.out_of),
        titles=[title_of(number, one) for number, one in enumerate(paper.questions, start=1)],
        lines=tuple(result_lines(view, speaker_of(paper.release))),
        cards=again_cards(view, locale),
        standing=view.standing,
        step=view.standing.next(),
        can_retry=module is None or view.current.module(module.code) is not None,
        results_href=f"{place['course_href']}/results",
        law_as_of=translator_for(locale).date(paper.release.law_as_of),
    )


@page.get("/c/<course_code>/results")
@rule(LEARNER)
def results(course_code: str) -> str | Response:
    """Show every marked attempt; whoever has not started is led to the course."""
    locale = current_locale()
    try:
        found = own_results(context(), actor(), course_code)
    except NotFound as problem:
        if problem.code != "learning.not-enrolled":
            raise
        return redirect(f"/{locale}/c/{course_code}", 302)
    course = found.release.course
    base, modules = f"/{locale}/c/{course.code}", {one.id: one for one in found.release.modules}
    g.sensitive = course.sensitive
    lines = []
    for attempt in found.attempts:
        module = modules.get(attempt.check)
        if module is None and attempt.check not in {FINAL, REFRESHER}:
            continue
        again = attempt.check == REFRESHER
        address = check_address(course.code, REFRESHER if again else module.code if module else "")
        lines.append(
            {
                "check": short_title(module, refresher=again),
                "when": moment_words(attempt.submitted_at),
                "points": mark_in_cell(attempt.points, attempt.out_of),
                "passed": attempt.passed,
                "href": f"{address}/result/{attempt.id}",
            }
        )
    shown = course.shown_title(locale)
    return render_template(
        "pages/results/results.html",
        course=course,
        course_href=base,
        standing=found.standing,
        step=found.standing.next(),
        lines=lines,
        window_title=gettext("%(course)s, results", course=shown) if course.sensitive else "",
        course_title="" if course.sensitive else shown,
        trail=[(f"/{locale}/", gettext("Home")), (base, course.title.text(locale))],
    )
