"""My learning: every course of one's own, how far, and what comes next."""

from __future__ import annotations

from flask import Blueprint, g, render_template

from lms.actions import recognising
from lms.actions.learning import my_learning as own_courses
from lms.actions.readying import comes_first
from lms.web.desk import actor, desk
from lms.web.i18n import current_locale
from lms.web.moments import day_words
from lms.web.security import LEARNER, rule

page = Blueprint("my_learning", __name__)


@page.get("/my-learning")
@rule(LEARNER)
def my_learning() -> str:
    """Show where one stands in each course."""
    locale, mine = current_locale(), own_courses(desk(), actor())
    first = {one.enrolled.id: comes_first(desk(), actor(), one.release, one.enrolled.facts) for one in mine}
    g.sensitive = any(one.release.course.sensitive for one in mine)
    return render_template(
        "pages/my_learning/my_learning.html",
        courses=[(one, one.standing.next(locale)) for one in mine],
        until={one.enrolled.id: day_words(one.offer.until) for one in mine if one.offer},
        is_visitor=actor().is_visitor,
        first=first,
        requests=recognising.my_requests(desk(), actor()) if actor().is_member else (),
        day_words=day_words,
    )
