"""Which translations of a draft are current, which have to be checked, which are missing."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lms.actions.publishing import translations
from lms.core.publishing.comparing.vouching import BlockSet, SetState
from lms.rendering.publishing.difference_words import piece_words, place_words
from lms.web.shell.current import actor
from lms.web.shell.current import context as the_context
from lms.web.shell.i18n import current_locale, voice
from lms.web.shell.notices import tell
from lms.web.shell.security import AUTHOR, STAFF, rule

page = Blueprint("translation", __name__)
_MOST = 200  # sets on one page; the next come when these are done
_SHOWN = ("check", "missing", "confirmed")


def _is_shown(one: BlockSet, which: str) -> bool:
    if which == "confirmed":
        return one.state is SetState.CURRENT and one.confirmed is not None and bool(one.confirmed.by)
    return one.state.value == which


@page.get("/workspace/<course>/translation")
@rule(STAFF)
def translation(course: str) -> str:
    """Show the sets of blocks in one state, part by part; which state travels in the address."""
    found = translations.state(the_context(), actor(), course)
    locale, which = current_locale(), request.args.get("show", "check")
    which = which if which in _SHOWN else "check"
    sets = [one for one in found.sets if _is_shown(one, which)]
    parts: dict[str, list[tuple[BlockSet, str]]] = {}
    for one in sets[:_MOST]:
        title = place_words(one.place, found.release, voice(), locale)
        first = next(iter(one.pieces.values()))
        parts.setdefault(title, []).append((one, piece_words(first, voice())))
    required = found.release.course.required_locales
    return render_template(
        "pages/workspace/releases/translation.html",
        course=course,
        title=found.release.course.title.text(locale),
        found=found,
        counts={state.value: found.count(state) for state in SetState},
        confirmed=sum(_is_shown(one, "confirmed") for one in found.sets),
        which=which,
        parts=parts,
        more=max(0, len(sets) - _MOST),
        languages=(*required, *found.release.course.offered_locales),
        required=required,
    )


def _back(course: str, which: str) -> Response:
    return redirect(url_for("translation.translation", course=course, show=which, _anchor="sets"), 303)


@page.post("/workspace/<course>/translation/confirm")
@rule(AUTHOR)
def confirm(course: str) -> Response:
    """Confirm that the blocks of one set mean the same."""
    translations.confirm(the_context(), actor(), course, request.form.get("set", ""))
    tell("translation-confirmed")
    return _back(course, "check")


@page.post("/workspace/<course>/translation/undo")
@rule(AUTHOR)
def undo(course: str) -> Response:
    """Take one confirmation back."""
    translations.undo(the_context(), actor(), course, request.form.get("set", ""))
    tell("translation-undone")
    return _back(course, "confirmed")
