"""How to use the site, and where to turn to near the reader."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request

from lms.actions import reading
from lms.core.helplines import EVERYWHERE
from lms.web.desk import actor, desk
from lms.web.legal_words import REGIONS, choices, said
from lms.web.menus import LEAVE
from lms.web.security import ANYONE, rule

page = Blueprint("help", __name__)
PROVINCES = [code for code in REGIONS if code.startswith("ca-")]


@page.get("/help")
@rule(ANYONE)
def help() -> str:  # noqa: A001  # the page is called so
    """Explain the site, the quick exit, and how to clear a history."""
    return render_template("pages/help/help.html", leave=LEAVE)


@page.get("/support")
@rule(ANYONE)
def support() -> str:
    """List where to turn to in a province or territory; the choice travels in the address."""
    g.sensitive = True
    region = request.args.get("region", "")
    region = region if region in PROVINCES else ""
    found = reading.support(desk(), actor(), region or EVERYWHERE)
    return render_template(
        "pages/help/support.html",
        found=found,
        region=region,
        region_words=said(REGIONS, region) if region else "",
        regions=choices(REGIONS, PROVINCES),
    )
