"""What the site says about itself: accessibility, privacy."""

from __future__ import annotations

from flask import Blueprint, render_template

from lms.actions.people.sessions import OWN_DAYS
from lms.web.shell.current import context
from lms.web.shell.security import ANYONE, rule

page = Blueprint("statements", __name__)


@page.get("/accessibility")
@rule(ANYONE)
def accessibility() -> str:
    """Return what was checked and how, and what was not."""
    return render_template("pages/statements/accessibility.html", settings=context().settings)


@page.get("/privacy")
@rule(ANYONE)
def privacy() -> str:
    """Return what is kept, why, for how long, and who answers for it."""
    return render_template("pages/statements/privacy.html", settings=context().settings, own_days=OWN_DAYS)
