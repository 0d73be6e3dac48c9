"""What a dossier says of itself: what is left, in which languages, and which papers are made."""

from __future__ import annotations

from dataclasses import replace

from lms.core.authoring.dossiers import (
    DECIDED,
    MADE,
    TASK,
    Dossier,
    DossierLine,
    DossierNote,
    Settled,
    places,
)

EN = DossierLine("l1", "sample", "m1/l1#s1", "statement", "en", "So it is.")
FR = replace(EN, id="l2", locale="fr", settled=Settled.STILL_TRUE)
DO = DossierLine("l3", "", "", TASK, "", "Write to them.")
OPEN = Dossier("d1", "act", "", "", "It changed.", True, "2026-11", 1, "ann", lines=(EN, FR, DO))


def test_statements_and_tasks_are_parted_and_what_is_left_is_known() -> None:
    assert (OPEN.statements, OPEN.tasks, OPEN.open_lines) == ((EN, FR), (DO,), (EN, DO))
    assert OPEN.locales == ("en", "fr")
    assert places(OPEN.statements) == "m1/l1#s1 (en), m1/l1#s1 (fr)"
    assert OPEN.is_open
    assert not replace(OPEN, closed_at=2).is_open


def test_each_language_has_its_paper() -> None:
    notes = (
        DossierNote("n1", DECIDED, "", "We wait.", "ann", 1),
        DossierNote("n2", MADE, "fr", "0" * 64, "", 2),
    )
    found = replace(OPEN, notes=notes)
    assert [note.text for note in found.notes_of(DECIDED)] == ["We wait."]
    assert (found.made("fr"), found.made("en")) == ("0" * 64, "")
