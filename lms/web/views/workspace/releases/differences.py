"""What differs between two versions of a course, in one language, block by block and word by word."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_babel import gettext

from lms.actions.authoring import differing
from lms.core.publishing.comparing.differences import Fate
from lms.rendering.publishing.differences import difference_html
from lms.web.shell.current import actor
from lms.web.shell.current import context as the_context
from lms.web.shell.i18n import current_locale, voice
from lms.web.shell.security import STAFF, rule

page = Blueprint("differences", __name__)
_LONGEST = 40


def version_words(name: str) -> str:
    """Return what a version is called on a page."""
    return str(gettext("Draft")) if name == differing.DRAFT else name


@page.get("/workspace/<course>/differences")
@rule(STAFF)
def differences(course: str) -> str:
    """Show what differs; which versions and which language travels in the address."""
    asked = {name: request.args.get(name, "").strip()[:_LONGEST] for name in ("from", "to", "language")}
    found = differing.differences(
        the_context(), actor(), course, asked["from"], asked["to"], locale=asked["language"]
    )
    locale = current_locale()
    counts = {fate.value: found.difference.count(fate) for fate in Fate}
    return render_template(
        "pages/workspace/releases/differences.html",
        found=found,
        course=course,
        title=found.release.course.title.text(locale),
        counts=counts,
        drawn=difference_html(found.difference, found.release, locale),
        versions=[(name, version_words(name)) for name in found.versions],
        languages=[(tag, voice().language(tag)) for tag in found.languages],
        named=version_words,
    )
