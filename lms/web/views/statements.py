"""What the site says about itself: accessibility, privacy."""

from __future__ import annotations

from flask import Blueprint, render_template

from lms.web.desk import desk
from lms.web.security import ANYONE, rule

page = Blueprint("statements", __name__)


@page.get("/accessibility")
@rule(ANYONE)
def accessibility() -> str:
    """Say what was checked and how, and what was not."""
    return render_template("pages/statements/accessibility.html", settings=desk().settings)


@page.get("/privacy")
@rule(ANYONE)
def privacy() -> str:
    """Say what is kept, why, for how long, and who answers for it."""
    return render_template("pages/statements/privacy.html", settings=desk().settings)
