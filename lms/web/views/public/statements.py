"""What the site says about itself: accessibility, what was checked of each release, privacy."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version as installed

from flask import Blueprint, Response, g, render_template, request
from flask_babel import gettext

from lms.actions.people.sessions import OWN_DAYS
from lms.actions.publishing import conformance as records
from lms.actions.publishing.conformance import ConformanceLine, ConformancePage
from lms.core.checks.conformance.additions import BrowserRun
from lms.core.checks.conformance.facts import Checked
from lms.core.checks.conformance.proof import LIMITS
from lms.core.errors import Unavailable
from lms.rendering.conformance import words
from lms.rendering.conformance.earl import earl as as_earl
from lms.rendering.conformance.sarif import said
from lms.rendering.conformance.sarif import sarif as as_sarif
from lms.web.shell.current import actor, context
from lms.web.shell.i18n import current_locale, voice
from lms.web.shell.security import ANYONE, rule

page = Blueprint("statements", __name__)
#: The day on which the words of the accessibility statement itself were last written.
WRITTEN = "2026-11-30"


@page.get("/accessibility")
@rule(ANYONE)
def accessibility() -> str:
    """Return what was checked and how, and what was not: of the program, and by record of each course."""
    lines: tuple[ConformanceLine, ...] = ()
    with suppress(Unavailable):  # what the program is put to is true without a database
        lines = records.overview(context(), actor())
    days = [line.checked.day for line in lines if line.checked]
    return render_template(
        "pages/statements/accessibility.html",
        settings=context().settings,
        lines=[(line, words.verdict(line.checked, voice())) for line in lines],
        proof=words.proof(installed("parvis"), voice()),
        written=max([WRITTEN, *days]),
    )


@page.get("/c/<course_code>/conformance")
@rule(ANYONE)
def conformance(course_code: str) -> str:
    """Show what was checked of the current release of a course, or of one that was current."""
    found = _record(course_code)
    record, course, locale = found.record, found.course, current_locale()
    title = course.shown_title(locale)
    return render_template(
        "pages/statements/conformance.html",
        head=found.head,
        course=course,
        record=record,
        verdict=words.verdict(record.checked, voice()),
        checked=_checked(record.checked),
        browser=words.browser(record.browser, voice()),
        engine=_engine(record.browser),
        proof=words.proof(installed("parvis"), voice()),
        manual=[
            (
                voice().date(line.check.day),
                gettext(words.SUBJECTS[line.check.subject]),
                line.check,
                _languages(line.check.languages),
                gettext(words.RESULTS[line.check.result]),
                line.name,
            )
            for line in record.manual
        ],
        limits=[gettext(words.LIMITS[limit]) for limit in LIMITS],
        window_title=gettext("Accessibility record – %(course)s", course=title) if course.sensitive else "",
    )


def _record(course_code: str) -> ConformancePage:
    found = records.published(context(), actor(), course_code, request.args.get("version", ""))
    g.sensitive = found.course.sensitive
    return found


def _checked(checked: Checked | None) -> dict[str, object] | None:
    """Return in words what the rules were put to, and each thing that they noted."""
    if checked is None:
        return None
    return {
        "basis": words.basis(checked, voice()),
        "looked": words.looked(checked, voice()),
        "languages": _languages(checked.languages),
        "noted": [
            (
                one,
                gettext(words.SEVERITIES[one.finding.severity]),
                said(one.finding, voice().gettext),
                f"{one.finding.place.file}:{one.finding.place.line}"
                if one.finding.place.line
                else one.finding.place.file,
            )
            for one in checked.noted
        ],
    }


def _languages(tags: Sequence[str]) -> str:
    return voice().series([voice().language(tag) for tag in tags])


def _engine(run: BrowserRun | None) -> str:
    if run is None:
        return ""
    told = [f"{run.engine} {run.version}", run.browser, voice().date(run.day)]
    return voice().series([one for one in told if one])


def _download(found: ConformancePage, written: str, ending: str, kind: str) -> Response:
    response = Response(written, content_type=f"{kind}; charset=utf-8")
    name = f"conformance-{found.head.code}-{found.head.version}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page.get("/c/<course_code>/conformance.json")
@rule(ANYONE)
def earl(course_code: str) -> Response:
    """Return the record as EARL in JSON-LD."""
    found = _record(course_code)
    return _download(found, as_earl(found.record, voice()), "json", "application/ld+json")


@page.get("/c/<course_code>/conformance.sarif")
@rule(ANYONE)
def sarif(course_code: str) -> Response:
    """Return the record as SARIF 2.1.0."""
    found = _record(course_code)
    return _download(found, as_sarif(found.record, voice().gettext), "sarif", "application/sarif+json")


@page.get("/privacy")
@rule(ANYONE)
def privacy() -> str:
    """Return what is kept, why, for how long, and who answers for it."""
    return render_template("pages/statements/privacy.html", settings=context().settings, own_days=OWN_DAYS)
