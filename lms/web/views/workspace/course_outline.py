"""The draft of a course: its modules and lessons, what is missing, what the check has found."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, g, render_template
from flask_babel import gettext

from lms.actions.action import Who
from lms.actions.authoring import editing
from lms.actions.publishing.reach import reaches
from lms.core.authoring.lessons.drafts import DraftCourse, DraftLesson
from lms.core.courses.findings import Severity
from lms.web.shell.current import actor, context
from lms.web.shell.i18n import current_locale
from lms.web.shell.security import STAFF, rule
from lms.web.workspace.page_model import said_findings

page = Blueprint("course_outline", __name__)


def _lesson(course: DraftCourse, module: str, lesson: DraftLesson, counts: Counter[str]) -> dict[str, object]:
    return {
        "href": f"/{current_locale()}/workspace/{course.id}/{module}/{lesson.id}{_open(course.id)}",
        "title": lesson.title,
        "lacking": [locale for locale in course.required if locale not in lesson.present],
        "errors": sum(counts[file] for file in lesson.files.values()),
    }


def _open(course: str) -> str:
    """Return which page of a lesson opens first: for whoever only reads, its preview."""
    return "" if reaches(actor(), Who.AUTHOR, course) else "/preview"


def _above() -> tuple[tuple[str, str], ...]:
    return ("/", gettext("Home")), ("/workspace", gettext("Workspace"))


@page.get("/workspace/<course>")
@rule(STAFF)
def course_outline(course: str) -> str:
    """Show the modules of a draft with their lessons."""
    draft = editing.outline(context(), actor(), course)
    findings = editing.findings(context(), actor(), course)
    g.sensitive = draft.sensitive
    counts = Counter(one.place.file for one in findings if one.severity is Severity.ERROR)
    modules = [
        {
            "id": module.id,
            "title": module.title,
            "is_whole": module.is_whole,
            "lessons": [_lesson(draft, module.id, lesson, counts) for lesson in module.lessons],
        }
        for module in draft.modules
    ]
    lessons = {file for module in draft.modules for one in module.lessons for file in one.files.values()}
    others = [one for one in findings if one.place.file not in lessons]
    return render_template(
        "pages/workspace/course.html",
        course=draft,
        base=f"/{current_locale()}/workspace/{course}",
        modules=modules,
        findings=said_findings(others),
        errors=sum(counts.values()),
        trail=[(f"/{current_locale()}{path}", words) for path, words in _above()],
    )
