"""A closed dossier in the words of one language, as the sheet takes it.

Holds no PDF engine and decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lms.core.authoring.dossiers import DECIDED, SIGNED_OFF, Dossier, DossierLine, Settled
from lms.core.legislation.register import Law
from lms.core.locales import direction
from lms.rendering.filling import sheets
from lms.rendering.publishing.differences import statement_html
from lms.rendering.words.marks import N_, NP_
from lms.rendering.words.translator import Translator, translator_for

SETTLED: Mapping[str, str] = {
    Settled.OPEN: NP_("what became of a statement", "not settled yet"),
    Settled.REWRITTEN: NP_("what became of a statement", "rewritten"),
    Settled.STILL_TRUE: NP_("what became of a statement", "still true"),
    Settled.NOT_AFFECTED: NP_("what became of a statement", "not affected"),
    Settled.DONE: NP_("what became of a statement", "done"),
}
KINDS: Mapping[str, str] = {
    "statement": N_("Statement about the law"),
    "question": N_("Quiz question"),
    "finder": N_("Law by province or territory"),
    "mention": N_("Text that links to the law"),
    "term": N_("Glossary term"),
    "task": N_("Task"),
}


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One statement: its words, or, where it was rewritten, what became of them."""

    heading: str
    words: str
    settled: str


@dataclass(frozen=True, slots=True)
class DossierSheet:
    """A dossier as the template takes it; pairs are label and value."""

    lang: str
    dir: str
    title: str
    facts: tuple[tuple[str, str], ...]
    what: tuple[str, ...]
    lines: tuple[SheetLine, ...]
    decisions: tuple[str, ...]
    tasks: tuple[str, ...]
    signed: tuple[str, ...]
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PrintedDossier:
    """What a PDF is made of: the dossier, its law, the names of people, the days of its moments."""

    dossier: Dossier
    law: Law | None
    names: Mapping[str, str]
    days: Mapping[int, str]


def sheet_of(printed: PrintedDossier, locale: str, folder: Path | None = None) -> DossierSheet:
    """Put a dossier in words; `folder` holds the catalogues."""
    spoken = translator_for(locale, folder)
    one = printed.dossier
    title = printed.law.title.text(locale) if printed.law else one.law
    return DossierSheet(
        lang=locale,
        dir=direction(locale),
        title=spoken.gettext("Change of the law: %(law)s", law=title),
        facts=_facts(printed, spoken),
        what=tuple(part for part in one.words.splitlines() if part.strip()),
        lines=tuple(_line(line, spoken, printed) for line in one.statements if line.locale == locale),
        decisions=tuple(
            _note(note.text, note.by, note.at, printed, spoken) for note in one.notes_of(DECIDED)
        ),
        tasks=tuple(line.old for line in one.tasks),
        signed=tuple(
            _note(note.text, note.by, note.at, printed, spoken) for note in one.notes_of(SIGNED_OFF)
        ),
        words=_words(spoken),
    )


def _facts(printed: PrintedDossier, spoken: Translator) -> tuple[tuple[str, str], ...]:
    one = printed.dossier
    material = spoken.gettext("yes") if one.material else spoken.gettext("no")
    return (
        (spoken.gettext("Effective date"), spoken.date(one.effective)),
        (spoken.gettext("Can make a statement false"), material),
        (spoken.gettext("Opened"), spoken.date(printed.days[one.opened_at])),
        (spoken.gettext("Closed"), spoken.date(printed.days[one.closed_at])),
        (spoken.gettext("Number"), one.id),
    )


def _line(line: DossierLine, spoken: Translator, printed: PrintedDossier) -> SheetLine:
    kind = spoken.gettext(KINDS[line.kind])
    said = spoken.sense("what became of a statement", SETTLED[line.settled])
    when = spoken.date(printed.days[line.at])
    reason = f" – {line.reason}" if line.reason else ""
    is_new = line.settled is Settled.REWRITTEN
    words = statement_html(line.old, line.new, line.locale, spoken.locale) if is_new else line.old
    return SheetLine(f"{kind}: {line.course}, {line.place}", words, f"{said}, {when}{reason}")


def _note(text: str, by: str, at: int, printed: PrintedDossier, spoken: Translator) -> str:
    name = printed.names.get(by) or spoken.gettext("a person whose account was deleted")
    said = spoken.gettext("%(name)s, %(date)s", name=name, date=spoken.date(printed.days[at]))
    return f"{said} – {text}" if text else said


def _words(spoken: Translator) -> dict[str, str]:
    return {
        "what": spoken.gettext("What changed"),
        "statements": spoken.gettext("What our courses said and say"),
        "outcome": spoken.gettext("Outcome"),
        "nothing": spoken.gettext("No statement in this language was affected."),
        "decisions": spoken.gettext("Decisions"),
        "tasks": spoken.gettext("Tasks done"),
        "signed": spoken.gettext("Signed off"),
    }


def dossier_page(sheet: DossierSheet) -> str:
    """Fill the template."""
    return sheets().get_template("dossiers/dossier.html").render(sheet=sheet)
