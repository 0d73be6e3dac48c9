"""The first page: what this is, and where somebody was."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from lms.actions.catalogue.reading import courses
from lms.actions.learning.learning import my_learning
from lms.web.lessons.module_figure import course_figure
from lms.web.shell.current import actor, context, ticket
from lms.web.shell.security import ANYONE, rule

page = Blueprint("home", __name__)
root = Blueprint("start", __name__)


@page.get("/")
@rule(ANYONE)
def home() -> str:
    """Welcome; whoever has begun something is offered to go on with it."""
    mine = my_learning(context(), actor()) if ticket() and actor().person else ()
    under_way = [(one, one.standing.next()) for one in mine if not one.standing.complete]
    return render_template(
        "pages/home/home.html",
        under_way=under_way,
        releases=courses(context(), actor()),
        course_figure=course_figure,
    )


@root.get("/")
@rule(ANYONE)
def start() -> Response:
    """Go to the first page in the language that the browser prefers."""
    response = make_response(redirect(url_for("home.home"), 302))
    response.headers["Vary"] = "Accept-Language"
    return response
