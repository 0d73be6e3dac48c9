"""My learning: every course of one's own, how far, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, g, render_template

from lms.actions.certificates import refreshing
from lms.actions.certificates.standing import Due
from lms.actions.learning import recognition
from lms.actions.learning.learning import Learning
from lms.actions.learning.learning import my_learning as own_courses
from lms.actions.learning.prerequisites import come_first
from lms.core.locales import Words
from lms.web.shell.current import actor, context, known
from lms.web.shell.moments import day_words
from lms.web.shell.security import LEARNER, rule

page = Blueprint("my_learning", __name__)


@page.get("/my-learning")
@rule(LEARNER)
def my_learning() -> str:
    """Show where one stands in each course."""
    mine = own_courses(context(), actor())
    first = come_first(context(), actor(), [(one.release, one.enrolled.facts) for one in mine])
    g.sensitive = any(one.release.course.sensitive for one in mine)
    return render_template(
        "pages/my_learning/my_learning.html",
        courses=[(one, one.standing.next()) for one in mine],
        until={one.enrolled.id: day_words(one.offer.until) for one in mine if one.offer},
        is_visitor=actor().is_visitor,
        first={one.enrolled.id: held for one, held in zip(mine, first, strict=True)},
        requests=recognition.my_requests(context(), actor()) if actor().is_member else (),
        day_words=day_words,
        is_waiting=bool(known().waiting) and actor().is_member,
        idle=context().settings.idle_minutes,
        due=_due(mine),
    )


def _due(mine: Sequence[Learning]) -> dict[str, tuple[Due, tuple[Words, ...], str]]:
    """Return which certificates are to be renewed, why and since when, by enrolment; asked of graduates."""
    if not actor().is_member or not any(one.enrolled.completed_at for one in mine):
        return {}
    found = refreshing.waiting(context(), actor())
    return {enrolment: (due, why, day_words(due.since)) for enrolment, (due, why) in found.items()}
