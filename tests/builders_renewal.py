"""Builders for renewals: a course in which a statement became false, its revision, certificate holders.

The sample site is copied with the paragraph as it was before the change: "There is no deadline to make a
refugee claim in Canada."
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from lms.actions.certificates import certifying, refreshing, renewing
from lms.actions.context import Context
from lms.actions.learning.attempt_views import AttemptView
from lms.actions.learning.quizzing import HandedIn, SentAnswers
from lms.actions.publishing import adopting, preparing
from lms.actions.publishing.preparing import SealRequest
from lms.content.files.files import sha256
from lms.core.people.actors import Actor, Role
from lms.core.publishing.adopted import Adopted
from lms.storage.people import persons
from tests.builders import Clock, Dice, a_context
from tests.builders_certificates import a_choice
from tests.builders_content import change, sample_site
from tests.builders_drafts import vouch_for_all
from tests.builders_learning import SAMPLE, SAMPLE_CODE, a_member, answer_all, finish
from tests.builders_published import publish as publish_as_measured

DRAFT = f"courses/{SAMPLE}/welcome/draft"
LAW, QUIZ = "courses/legislation/sample-act.yaml", f"quizzes/{SAMPLE}/welcome/draft.yaml"
EN, FR = f"{DRAFT}/01-greeting.en.md", f"{DRAFT}/01-greeting.fr.md"
SEATS = {
    EN: "Since 1 January 2020, every office must offer a seat to people who wait.",
    FR: "Depuis le 1er janvier 2020, chaque bureau doit offrir une chaise aux personnes qui attendent.",
}
NO_DEADLINE = {
    EN: "There is no deadline to make a refugee claim in Canada.",
    FR: "Il n’y a pas de délai pour demander l’asile au Canada.",
}
ONE_YEAR = {
    EN: "Most people must make a refugee claim within one year of arriving in Canada.",
    FR: "La plupart des personnes doivent demander l’asile dans l’année qui suit leur arrivée au Canada.",
}
WHY = {
    "en": "A refugee claim must now be made within one year.",
    "fr": "Il faut maintenant demander l’asile en moins d’un an.",
}
EVENT = (
    '- {date: "2026-11-20", event: amendment, material: true, effect: in-force, '
    'en: "Claims have a deadline of one year.", fr: "Les demandes ont un délai d’un an."}\n'
)
FILING = EVENT.replace("material: true", "material: false").replace("amendment", "court")


def site_before(folder: Path) -> Path:
    """Copy the sample site, with the paragraph before the change in its drafts."""
    site = sample_site(folder)
    for file, seats in SEATS.items():
        change(site, file, seats, NO_DEADLINE[file])
    return site


def staff(context: Context) -> tuple[Actor, Actor]:
    """Return an author who publishes, and somebody who approves."""
    author = a_member(context, "Ana", Role.AUTHOR, Role.ADMIN)
    return author, a_member(context, "Sasha", Role.AUTHOR, Role.REVIEWER)


def save(context: Context, author: Actor, file: str, old: str, new: str) -> None:
    """Put other words into a draft, as the workspace saves them."""
    before = context.library.draft_file(SAMPLE, file)
    text = before.decode()
    assert old in text, f"{old!r} is not in {file}"
    preparing.save_draft(
        context, author, SAMPLE, file, text.replace(old, new).encode(), expected=sha256(before)
    )


def publish(
    context: Context,
    people: tuple[Actor, Actor],
    version: str,
    why: dict[str, str] = WHY,
    *,
    active_from: int = 0,
    source: str = "",
) -> Adopted:
    """Confirm the translations, approve every language, seal and activate."""
    author, reviewer = people
    if not source:
        vouch_for_all(context, reviewer)
        seen = preparing.review(context, reviewer, SAMPLE)
        for locale in seen.languages:
            preparing.approve(context, reviewer, SAMPLE, locale, seen.digest)
    preparing.seal(context, author, SAMPLE, version, SealRequest("Ana", why, source))
    return adopting.adopt(context, author, SAMPLE, version, active_from=active_from)


def add_event(context: Context, event: str = EVENT) -> None:
    """Let the act meet something, in the register."""
    path = Path(context.settings.site) / LAW
    text = path.read_text("utf-8")
    path.write_text(text.replace("meaning:\n", f"{event}meaning:\n", 1), "utf-8")


def revise(context: Context, author: Actor) -> None:
    """Revise the statement in both languages."""
    for file, before in NO_DEADLINE.items():
        save(context, author, file, before, ONE_YEAR[file])


def with_first(context: Context) -> tuple[Actor, Actor]:
    """Publish the course with the paragraph before the change, as 1.1.0; return who publishes."""
    publish_as_measured(context, SAMPLE, "1.0.0")
    people = staff(context)
    later(context)
    publish(context, people, "1.1.0", {"en": "About claims.", "fr": "À propos de l’asile."})
    later(context)
    return people


def with_change(context: Context, people: tuple[Actor, Actor]) -> None:
    """Let the law change, and publish what follows as 2.0.0."""
    add_event(context)
    revise(context, people[0])
    publish(context, people, "2.0.0")
    later(context)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A site and its data as they stood once, to be copied for each test: publishing takes seconds."""

    folder: Path
    at: int
    thrown: int

    def copied(self, folder: Path) -> Context:
        """Return a desk of its own that goes on from there."""
        shutil.copytree(self.folder, folder, symlinks=True, dirs_exist_ok=True)
        clock, dice = Clock(self.at), Dice(thrown=self.thrown)
        return a_context(folder / "data", site=folder / "site", now=clock, random=dice)


def prepared(context: Context) -> Prepared:
    """Close a desk whose data and site stand in one folder, to be copied from now on."""
    assert isinstance(context.now, Clock)
    assert isinstance(context.random, Dice)
    context.database.engine.dispose()
    return Prepared(Path(context.settings.site).parent, context.now.at, context.random.thrown)


def later(context: Context, *, minutes: float = 1) -> None:
    """Let time pass."""
    context.now.move(minutes=minutes)  # type: ignore[attr-defined]  # the clock of tests


def a_holder(context: Context, email: str = "", locale: str = "en") -> tuple[Actor, str]:
    """Return somebody who has completed the course and holds a certificate, and its number."""
    who = a_member(context, "Noor")
    with context.database.writing() as tx:
        persons.write_profile(tx, who.person, locale=locale)
        if email:
            persons.write_profile(tx, who.person, email=email)
    finish(context, who)
    number = certifying.issue(context, who, SAMPLE_CODE, a_choice("Noor", locale), context.new_id())
    return who, number


def sit_refresher(context: Context, who: Actor, code: str = SAMPLE_CODE) -> AttemptView:
    """Begin the questions of a refresher."""
    refreshing.start(context, who, code, context.new_id())
    paper = refreshing.open_questions(context, who, code).paper
    assert paper
    return paper


def pass_refresher(context: Context, who: Actor, code: str = SAMPLE_CODE) -> HandedIn:
    """Get every question of a refresher right."""
    paper = sit_refresher(context, who, code)
    return renewing.submit(context, who, paper.attempt.id, SentAnswers(answer_all(paper), 0), confirmed=True)
