"""A world before four laws change: the sample course says of each what was true then, in both languages.

The laws, the days and the words are those of real changes. What rests on each is a statement in a section of
its own, and a question. Somebody holds a certificate and somebody is under way, one each per language. Made
once and copied, because publishing takes seconds. Holds no test.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from lms.actions.context import Context
from lms.actions.learning import learning
from lms.actions.publishing import adopting, preparing
from lms.actions.publishing.preparing import SealRequest
from lms.core.certificates.certificate import Certificate
from lms.core.certificates.logo import Logo
from lms.core.people.actors import SYSTEM, Actor, Role
from lms.jobs import run_due
from lms.rendering.dossiers.dossier_sheet import PrintedDossier, dossier_page, sheet_of
from lms.storage.people import persons
from tests.builders import Clock, a_context
from tests.builders_content import change, sample_site
from tests.builders_learning import SAMPLE, SAMPLE_CODE, a_member
from tests.builders_renewal import Prepared, a_holder, prepared

LESSON = f"courses/{SAMPLE}/forms/draft/02-safe-notes."
QUIZ = f"quizzes/{SAMPLE}/forms/draft.yaml"
CHECKED, REVIEW = "2025-04-01", "2029-12-31"
EASTERN = ZoneInfo("America/Toronto")
Said = Mapping[str, str]  # by language


@dataclass(frozen=True, slots=True)
class Told:
    """What a course says of a law before it changes: the statement, the question and its right answer.

    `id` names the statement; the events are those that the register knew, as rows of its file.
    """

    id: str
    law: str
    place: str
    title: Said
    heading: Said
    said: Said
    asked: Said
    right: Said
    wrong: Said
    events: tuple[str, ...] = ()


def _row(day: str, event: str, en: str, fr: str, *, material: str = "true") -> str:
    """Return an event to come, or one that announces a change, as a row of a file."""
    said = f'en: "{en}", fr: "{fr}"'
    return f'- {{date: "{day}", event: {event}, material: {material}, effect: pending, {said}}}'


CLAIMS = Told(
    "claims",
    "irpa-s101-claim-eligibility",
    "ca",
    {"en": "IRPA, section 101", "fr": "LIPR, article 101"},
    {"en": "When to claim", "fr": "Quand demander l’asile"},
    {
        "en": "There is no deadline to make a refugee claim in Canada.",
        "fr": "Il n’y a pas de délai pour demander l’asile au Canada.",
    },
    {
        "en": "Somebody came 14 months ago. What do you say about a claim?",
        "fr": "Une personne est arrivée il y a 14 mois. Que dites-vous d’une demande d’asile?",
    },
    {"en": "It can be made at any time", "fr": "Elle peut se faire à tout moment"},
    {"en": "It is too late for any help", "fr": "Il est trop tard pour toute aide"},
)
EXPRESSION = Told(
    "expression",
    "ca-mb-human-rights-code",
    "ca-mb",
    {"en": "The Human Rights Code (Manitoba)", "fr": "Code des droits de la personne (Manitoba)"},
    {"en": "Gender expression", "fr": "L’expression de genre"},
    {
        "en": "Manitoba and Saskatchewan do not list gender expression.",
        "fr": "Le Manitoba et la Saskatchewan n’énumèrent pas l’expression de genre.",
    },
    {
        "en": "Does the Code of Manitoba list gender expression?",
        "fr": "Le Code du Manitoba énumère-t-il l’expression de genre?",
    },
    {"en": "No, only gender identity", "fr": "Non, seulement l’identité"},
    {"en": "No, it lists neither", "fr": "Non, il n’énumère ni l’une ni l’autre"},
)
HATE = Told(
    "hate",
    "combatting-hate-act-2026",
    "ca",
    {"en": "Combatting Hate Act", "fr": "Loi visant à lutter contre la haine"},
    {"en": "When hate is the motive", "fr": "Quand la haine est le mobile"},
    {
        "en": "Hate is not a separate offence. A judge treats it as an aggravating factor.",
        "fr": "La haine n’est pas une infraction distincte. Le juge y voit une circonstance aggravante.",
    },
    {
        "en": "How does a court treat hate as a motive?",
        "fr": "Comment un tribunal traite-t-il la haine comme mobile?",
    },
    {"en": "As an aggravating factor", "fr": "Comme une circonstance aggravante"},
    {"en": "As no concern of the court", "fr": "Comme une chose sans importance"},
    (_row("2025-03-19", "introduced", "First reading.", "Première lecture.", material="false"),),
)
DIGITAL = Told(
    "digital",
    "accessible-canada-regulations-digital",
    "ca",
    {
        "en": "Accessible Canada Regulations, digital part",
        "fr": "Règlement canadien sur l’accessibilité, partie numérique",
    },
    {"en": "Digital duties", "fr": "Les obligations numériques"},
    {
        "en": "New federal digital acessibility duties start on 5 December 2027 and 5 December 2028.",
        "fr": "De nouvelles obligations d’acessibilité numérique commencent en décembre 2027 et en 2028.",
    },
    {"en": "When do the federal digital duties start?", "fr": "Quand commencent les obligations numériques?"},
    {"en": "In December 2027", "fr": "En décembre 2027"},
    {"en": "They are in force already", "fr": "Elles sont déjà en vigueur"},
    (
        _row("2027-12-05", "in-force", "It binds the public sector.", "Elle lie le secteur public."),
        _row("2028-12-05", "applies-from", "Private employers too.", "Les employeurs privés aussi."),
    ),
)
EVERY = (CLAIMS, EXPRESSION, HATE, DIGITAL)
#: What the Code of Manitoba called gender identity in French until the same day.
OLD_TERM, NEW_TERM = "identité sexuelle", "identité de genre"


# --- the files --------------------------------------------------------------------------------------
def _entry(told: Told) -> str:
    rows = "".join(f"\n{row}" for row in told.events) or " []"
    return f"""id: {told.law}
jurisdiction: {told.place}
kind: statute
title: {{en: "{told.title["en"]}", fr: "{told.title["fr"]}"}}
title_fr_official: true
citation: {{en: "c. {told.id}", fr: "ch. {told.id}"}}
status: in-force
assented: null
in_force: null
events:{rows}
meaning: {{en: "What it asks of offices.", fr: "Ce qu’elle demande aux bureaux."}}
courses: [sample]
topics: [sample]
url: {{en: "https://www.example.org/en/{told.id}", fr: "https://www.example.org/fr/{told.id}"}}
confidence: verified
sources:
- The official text
unverified: []
source_quality: official
"""


def _section(told: Told, locale: str) -> str:
    return f"""
## {told.heading[locale]} {{#{told.id}}}

::: law {{#st-{told.id} rests-on="{told.law}" as-of={CHECKED} review-by={REVIEW}}}

{told.said[locale]}

:::
"""


def _question(told: Told) -> str:
    def pair(words: Said) -> str:
        return f'{{en: "{words["en"]}", fr: "{words["fr"]}"}}'

    because = {"en": "So the law says.", "fr": "C’est ce que dit la loi."}
    return f"""- id: f-{told.id}
  kind: choice
  outcome: o1
  rests_on: [{told.law}]
  prompt: {pair(told.asked)}
  options:
  - {{id: a, correct: true, text: {pair(told.right)}, feedback: {pair(because)}}}
  - {{id: b, text: {pair(told.wrong)}, feedback: {pair(because)}}}
"""


def site_before(folder: Path) -> Path:
    """Copy the sample site as it was before the laws changed, nothing of it sealed yet."""
    site = sample_site(folder)
    for sealed in (*site.glob(f"*/{SAMPLE}/*/1.0.0*"), site / f"courses/{SAMPLE}/releases"):
        shutil.rmtree(sealed) if sealed.is_dir() else sealed.unlink()
    for told in EVERY:
        (site / f"courses/legislation/{told.law}.yaml").write_text(_entry(told), "utf-8")
    for locale in ("en", "fr"):
        lesson = site / f"{LESSON}{locale}.md"
        lesson.write_text(
            lesson.read_text("utf-8") + "".join(_section(one, locale) for one in EVERY), "utf-8"
        )
    quiz = site / QUIZ
    quiz.write_text(quiz.read_text("utf-8") + "".join(map(_question, EVERY)), "utf-8")
    glossary = site / "courses/glossary.yaml"
    term = f"""- id: gender-identity
  term: {{en: gender identity, fr: {OLD_TERM}}}
  definition:
    en: One’s own sense of gender, as the [Code of Manitoba](law:{EXPRESSION.law}) has it.
    fr: Sens intime de son propre genre, selon le [Code du Manitoba](law:{EXPRESSION.law}).
  reviewed: "{CHECKED}"
"""
    glossary.write_text(glossary.read_text("utf-8") + term, "utf-8")
    change(
        site,
        f"{LESSON}en.md",
        "## Gender expression",
        "## Gender expression and [gender identity](term:gender-identity)",
    )
    change(
        site,
        f"{LESSON}fr.md",
        "## L’expression de genre",
        f"## L’expression de genre et l’[{OLD_TERM}](term:gender-identity)",
    )
    for file in (*site.rglob("*.md"), *site.rglob("*.yaml")):
        text = file.read_text("utf-8")
        dated = re.sub(r"as-of=\S+ review-by=[0-9-]+", f"as-of={CHECKED} review-by={REVIEW}", text)
        dated = re.sub(r'"2026-1\d-\d\d"', f'"{CHECKED}"', dated)
        file.write_text(dated, "utf-8")
    return site


# --- the world --------------------------------------------------------------------------------------
def noon(day: str, hour: int = 12, minute: int = 0) -> int:
    """Return a moment of a day in the house's time zone (milliseconds)."""
    local = datetime.fromisoformat(f"{day}T{hour:02}:{minute:02}").replace(tzinfo=EASTERN)
    return int(local.timestamp() * 1000)


@dataclass(frozen=True, slots=True)
class People:
    """Who is there: who publishes, who approves; by language who holds a certificate and who is under way.

    `numbers` are those of the certificates.
    """

    author: Actor
    reviewer: Actor
    holders: Mapping[str, Actor]
    learners: Mapping[str, Actor]
    numbers: Mapping[str, str]


def _sheet(certificate: Certificate, logo: Logo | None) -> bytes:
    """Stand in for the PDF of a certificate, which takes long to draw."""
    return repr((certificate, logo)).encode()


def _dossier(printed: PrintedDossier, locale: str) -> bytes:
    """Stand in for the PDF of a dossier: the sheet that it is made of."""
    return dossier_page(sheet_of(printed, locale)).encode()


def _quick(context: Context) -> Context:
    return replace(context, pdf=_sheet, dossier_pdf=_dossier)


@dataclass(frozen=True, slots=True)
class Before:
    """The world before, to be copied, and who is there."""

    kept: Prepared
    people: People

    def on(self, folder: Path, day: str) -> Context:
        """Return a copy of it, on a later day."""
        made = _quick(self.kept.copied(folder))
        put_on(made, day)
        return made


def put_on(context: Context, day: str, hour: int = 12, minute: int = 0) -> None:
    """Set the clock to a moment of a day."""
    assert isinstance(context.now, Clock)
    context.now.at = noon(day, hour, minute)


def _learner(context: Context, locale: str) -> Actor:
    who = a_member(context, "Lin")
    with context.database.writing() as tx:
        persons.write_profile(tx, who.person, locale=locale)
    learning.enrol(context, who, SAMPLE_CODE, locale)
    return who


def world_before(folder: Path) -> Before:
    """Publish the course as it was, and let people learn from it."""
    site = site_before(folder / "site")
    context = _quick(a_context(folder / "data", site=site, now=Clock(noon("2025-05-01"))))
    author = a_member(context, "Ana", Role.AUTHOR, Role.REVIEWER, Role.ADMIN)
    reviewer = a_member(context, "Sasha", Role.AUTHOR, Role.REVIEWER)
    why = {"en": "The first version.", "fr": "La première version."}
    preparing.seal(context, SYSTEM, SAMPLE, "1.0.0", SealRequest("Ana", why, unapproved=True))
    adopting.adopt(context, SYSTEM, SAMPLE, "1.0.0")
    context.now.move(minutes=1)  # type: ignore[attr-defined]  # the clock of tests
    held = {locale: a_holder(context, f"noor-{locale}@example.org", locale) for locale in ("en", "fr")}
    learners = {locale: _learner(context, locale) for locale in ("en", "fr")}
    run_due(context)
    people = People(
        author,
        reviewer,
        {locale: who for locale, (who, _) in held.items()},
        learners,
        {locale: number for locale, (_, number) in held.items()},
    )
    return Before(prepared(context), people)
