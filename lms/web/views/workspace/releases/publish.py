"""The four acts of publishing: sealing, activating, moving learners, certificates; each explained first."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lms.actions.action import Who, may
from lms.actions.publishing import adopting, foreseeing, preparing, reviewing, translations
from lms.actions.publishing.preparing import SealRequest
from lms.actions.publishing.reviewing import DraftChange, DraftReview
from lms.core.authoring.effects import Foreseen
from lms.core.authoring.impact import crowd
from lms.core.errors import Conflict, Invalid, NotFound, ParvisError, Unavailable
from lms.core.people.actors import EVERYTHING, Extent
from lms.core.publishing.comparing.vouching import SetState
from lms.rendering.dossiers.crowds import people
from lms.rendering.publishing.difference_words import fate_words, piece_words, place_words
from lms.rendering.words.marks import N_
from lms.web.shell.current import actor
from lms.web.shell.current import context as the_context
from lms.web.shell.i18n import current_locale, voice
from lms.web.shell.moments import moment_words
from lms.web.shell.notices import tell
from lms.web.shell.security import ADMIN, AUTHOR, REVIEWER, STAFF, rule
from lms.web.words.refusals import status_of, words_of

page = Blueprint("publish", __name__)
ZONES = {
    "America/St_Johns": N_("Newfoundland time"),
    "America/Halifax": N_("Atlantic time"),
    "America/Toronto": N_("Eastern time"),
    "America/Winnipeg": N_("Central time"),
    "America/Regina": N_("Saskatchewan time"),
    "America/Edmonton": N_("Mountain time"),
    "America/Vancouver": N_("Pacific time"),
    "UTC": N_("Coordinated Universal Time (UTC)"),
}
_MOST_BLOCKS = 12
_DAY_AND_TIME = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Draft:
    """What the page says of the draft: how much it changes, who has read it, what still waits."""

    change: DraftChange
    review: DraftReview
    lacking: tuple[str, ...]
    unchecked: int


def _draft(course: str) -> Draft | None:
    """Return how the draft stands; None while it cannot be read as a whole."""
    context = the_context()
    with suppress(Invalid):
        review = reviewing.draft_review(context, actor(), course)
        # Whoever seals has not read it for others.
        sealing = {actor().person} if may(actor(), Who.ADMIN) else set()
        others = [{one.person for one in language.given} - sealing for language in review.languages]
        lacking = tuple(one.locale for one, read in zip(review.languages, others, strict=True) if not read)
        state = translations.state(context, actor(), course)
        waiting = len(state.sets) - state.count(SetState.CURRENT)
        return Draft(reviewing.draft_change(context, actor(), course), review, lacking, waiting)
    return None


def _foreseen(course: str, versions: tuple[foreseeing.SealedVersion, ...]) -> dict[str, Foreseen]:
    found: dict[str, Foreseen] = {}
    for one in versions:
        if one.state in {"sealed", "waiting"}:
            with suppress(Invalid, NotFound, Unavailable):
                found[one.version] = foreseeing.activation(
                    the_context(), actor(), course, one.version, active_from=one.active_from
                )
    return found


def _blocks(draft: Draft) -> list[tuple[str, str, str]]:
    """Return the blocks that make the change as large as it is: where, what became of it, its words."""
    locale, spoken = current_locale(), voice()
    return [
        (
            f"{place_words(one.place, draft.review.release, spoken, locale)} ({spoken.language(tag)})",
            f"{fate_words(one.block, spoken)} – {piece_words(one.block.piece, spoken)}",
            one.block.piece.text,
        )
        for tag, heavy in draft.change.weighty.items()
        for one in heavy[:_MOST_BLOCKS]
    ]


def _problem(refusal: ParvisError | None, title: str) -> tuple[str, str]:
    """Return why an act was refused, course and languages named, and where on the page to put that right."""
    if refusal is None:
        return "", ""
    params = dict(refusal.params) | ({"course": title} if "course" in refusal.params else {})
    tags = [tag for tag in str(params.get("locales", "")).split(", ") if tag]
    is_why = refusal.code == "release.reason-missing"
    if is_why:
        tags = [tag for tag in tags if not request.form.get(f"why-{tag}", "").strip()] or tags
    if tags:
        params["locales"] = voice().series([voice().language(tag) for tag in tags])
    if is_why:
        where = "back-why" if "earlier" in request.form else "why"
        return words_of(refusal.code, params), f"#{where}-{tags[0]}"
    return words_of(refusal.code, params), "#acts"


def _page(course: str, refusal: ParvisError | None = None) -> tuple[str, int]:
    context = the_context()
    versions = foreseeing.versions(context, actor(), course)
    draft = _draft(course)
    typed = request.form if refusal else {}
    title = draft.review.release.course.title.text(current_locale()) if draft else course
    problem, problem_at = _problem(refusal, title)
    shown = render_template(
        "pages/workspace/releases/publish.html",
        course=course,
        title=title,
        draft=draft,
        lacking_words=[voice().language(tag) for tag in draft.lacking] if draft else [],
        blocks=_blocks(draft) if draft else [],
        versions=versions,
        foreseen=_foreseen(course, versions),
        may_publish=may(actor(), Who.ADMIN, EVERYTHING),
        may_read=may(actor(), Who.REVIEWER, Extent(course=course)),
        unread=reviewing.unread(context, actor(), course),
        typed=typed,
        problem=problem,
        problem_at=problem_at,
        problems=int(bool(problem)),
        zones=_zones(),
        home_zone=str(context.settings.calendar),
        moment_of=moment_words,
        day_of=lambda moment: day_and_time(moment, context.settings.calendar),
        people=lambda count: people(crowd(count), voice()),
        place_of=lambda one: (
            place_words(one.place, draft.review.release, voice(), current_locale()) if draft else ""
        ),
        name_of=lambda person: draft.review.names.get(person, "") if draft else "",
    )
    return shown, status_of(refusal) if refusal else HTTPStatus.OK


@page.get("/workspace/<course>/publish")
@rule(STAFF)
def publish(course: str) -> tuple[str, int]:
    """Show the four acts, and what each would do."""
    return _page(course)


def _done(course: str, act: Callable[[], str]) -> Response | tuple[str, int]:
    """Do one act, or show the page again with what was typed and why not."""
    try:
        key = act()
    except (Invalid, Conflict, Unavailable) as refusal:
        return _page(course, refusal)
    tell(key)
    return redirect(url_for("publish.publish", course=course), 303)


def _wish(source: str = "") -> SealRequest:
    given = request.form
    why = {name.removeprefix("why-"): words.strip() for name, words in given.items() if name[:4] == "why-"}
    parent, alone = given.get("parent", ""), given.get("alone", "")
    return SealRequest(actor().person, why, source, parent, alone=alone, locale=current_locale())


@page.post("/workspace/<course>/publish/seal")
@rule(ADMIN)
def seal(course: str) -> Response | tuple[str, int]:
    """Seal the draft as a version."""

    def act() -> str:
        version = request.form.get("version", "").strip()
        preparing.seal(the_context(), actor(), course, version, _wish())
        return "release-sealed"

    return _done(course, act)


@page.post("/workspace/<course>/publish/back")
@rule(ADMIN)
def back(course: str) -> Response | tuple[str, int]:
    """Seal what an earlier version said once more: the way back, for all languages and the quizzes."""

    def act() -> str:
        given = request.form
        wish = _wish(given.get("earlier", ""))
        preparing.seal(the_context(), actor(), course, given.get("version", "").strip(), wish)
        return "release-sealed"

    return _done(course, act)


def day_and_time(moment: int, zone: ZoneInfo) -> tuple[str, str]:
    """Return the day and the time of a moment (milliseconds) in a time zone, as the form asks for them.

    >>> day_and_time(1784347200000, ZoneInfo("America/Toronto"))
    ('2026-07-18', '00:00')
    """
    local = datetime.fromtimestamp(moment / 1000, zone)
    return f"{local:%Y-%m-%d}", f"{local:%H:%M}"


def _zones() -> Mapping[str, str]:
    """Return the zones to choose from, by name: that of the house is always one of them."""
    home = str(the_context().settings.calendar)
    return ZONES if home in ZONES else {home: home, **ZONES}


def moment_in(day: str, time: str, zone: str, zones: Mapping[str, str] = ZONES) -> int:
    """Return the moment of a day and a time in a named zone (milliseconds).

    Raises: Invalid `publish.moment-shape`.

    >>> moment_in("2026-07-18", "00:00", "America/Toronto")
    1784347200000
    """
    typed = f"{day.strip()}T{time.strip() or '00:00'}"
    try:
        is_shaped = zone in zones and _DAY_AND_TIME.fullmatch(typed) is not None
        local = datetime.fromisoformat(typed if is_shaped else "").replace(tzinfo=ZoneInfo(zone))
        moment = int(local.timestamp() * 1000)
        is_there = (
            "T".join(day_and_time(moment, ZoneInfo(zone))) == typed
        )  # not so in the hour left out in spring
    except (ValueError, OverflowError) as fault:
        raise Invalid("publish.moment-shape") from fault
    if not is_there:
        raise Invalid("publish.moment-shape")
    return moment


@page.post("/workspace/<course>/publish/activate")
@rule(ADMIN)
def activate(course: str) -> Response | tuple[str, int]:
    """Publish a sealed version, now or at a moment; one that waits is moved to it."""

    def act() -> str:
        given = request.form
        when = 0
        if given.get("when") == "later":
            when = moment_in(given.get("day", ""), given.get("time", ""), given.get("zone", ""), _zones())
        adopting.adopt(the_context(), actor(), course, given.get("version", ""), active_from=when)
        return "release-scheduled" if when > the_context().now() else "release-published"

    return _done(course, act)


@page.post("/workspace/<course>/publish/withdraw")
@rule(ADMIN)
def withdraw(course: str) -> Response | tuple[str, int]:
    """Cancel a version that waits for its day."""

    def act() -> str:
        adopting.withdraw(the_context(), actor(), course, request.form.get("version", ""))
        return "release-withdrawn"

    return _done(course, act)


@page.post("/workspace/<course>/publish/typo")
@rule(AUTHOR)
def typo(course: str) -> Response | tuple[str, int]:
    """Mark a block as nothing but a typo, or take that back."""

    def act() -> str:
        undo = request.form.get("undo") == "1"
        reviewing.mark_typo(the_context(), actor(), course, request.form.get("block", ""), undo=undo)
        return "typo-unmarked" if undo else "typo-marked"

    return _done(course, act)


@page.post("/workspace/<course>/publish/read")
@rule(REVIEWER)
def read(course: str) -> Response | tuple[str, int]:
    """Say that one has read a version that its only author had published."""

    def act() -> str:
        reviewing.read_release(the_context(), actor(), course, request.form.get("version", ""))
        return "release-read"

    return _done(course, act)
