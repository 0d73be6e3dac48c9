"""How to use the site, and where to turn to near the reader."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request

from lms.actions.catalogue import reading
from lms.core.courses.helplines import EVERYWHERE
from lms.core.courses.opaque import opaque
from lms.web.shell.current import actor, context
from lms.web.shell.i18n import current_locale
from lms.web.shell.security import ANYONE, rule
from lms.web.words.legal_words import REGIONS, choices, said

page = Blueprint("help", __name__)
PROVINCES = [code for code in REGIONS if code.startswith("ca-")]


@page.get("/help")
@rule(ANYONE)
def help() -> str:  # noqa: A001  # the page is called so
    """Explain the site, the quick exit, and how to clear a history."""
    return render_template("pages/help/help.html")


@page.get("/support")
@rule(ANYONE)
def support() -> str:
    """List where to turn to in a province or territory; the choice travels in the address."""
    g.sensitive = True
    region = request.args.get("region", "")
    region = region if region in PROVINCES else ""
    found = reading.support(context(), actor(), region or EVERYWHERE)
    return render_template(
        "pages/help/support.html",
        found=found,
        code=opaque,
        region=region,
        region_words=said(REGIONS, region) if region else "",
        regions=choices(REGIONS, PROVINCES, current_locale()),
    )
