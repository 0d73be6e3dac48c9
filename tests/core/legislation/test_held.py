"""Holds: which of them a reader sees, what they are on, and what publishing answers."""

from __future__ import annotations

from dataclasses import replace

from lms.core.legislation.held import (
    NOTHING_HELD,
    Held,
    HeldKind,
    Hold,
    HoldMark,
    Said,
    lifted_by,
    marks_from,
)
from lms.core.locales import Words

HOLD = Hold("h1", "sample", HeldKind.BOX, "m1/s1", "", "2026-11-30", Words({"en": "No."}), "ann", 1)
ON_ITEM = replace(HOLD, id="h2", kind=HeldKind.ITEM, statement="m1/q1")
ON_LAW = replace(HOLD, id="h3", kind=HeldKind.LAW, statement="", law="act")
ACT, OTHER = frozenset({"act"}), frozenset({"other"})


def said(
    *boxes: tuple[str, frozenset[str], str], items: tuple[tuple[str, frozenset[str], str], ...] = ()
) -> Said:
    return Said(frozenset(boxes), frozenset(items))


def test_a_statement_has_its_own_holds_first_and_those_of_its_laws() -> None:
    held = Held((ON_LAW, ON_ITEM, HOLD))
    assert held.on_box("m1", "s1", ["act"]) == (HOLD, ON_LAW)
    assert held.on_box("m2", "s1", []) == ()
    assert held.on_item("m1", "q1", ["act"]) == (ON_ITEM, ON_LAW)
    assert held.on_law("act") == (ON_LAW,)
    assert held.laws == {"act"}
    assert held.key == ("h3", "h2", "h1")
    assert NOTHING_HELD.on_box("m1", "s1", ["act"]) == ()


def test_marks_are_read_in_one_order() -> None:
    assert marks_from("h2=2.0.0 h1=") == (HoldMark("h1"), HoldMark("h2", "2.0.0"))
    assert marks_from("") == ()


def test_new_words_lift_the_hold_on_a_statement_in_one_language_or_both() -> None:
    before = said(("m1/s1", ACT, "en a"), ("m1/s1", ACT, "fr a"), ("m1/s2", OTHER, "en b"))
    unchanged = said(*before.boxes, ("m1/s3", ACT, "en c"))
    revised = said(("m1/s1", ACT, "en z"), ("m1/s1", ACT, "fr a"), ("m1/s2", OTHER, "en b"))
    assert lifted_by([HOLD], before, unchanged) == ()
    assert lifted_by([HOLD], before, revised) == (HOLD,)
    assert lifted_by([HOLD], before, said(("m1/s2", OTHER, "en b"))) == (HOLD,)


def test_what_the_version_before_does_not_hold_is_left_to_a_person() -> None:
    assert lifted_by([HOLD, ON_ITEM, ON_LAW], said(), said(("m1/s1", ACT, "en a"))) == ()


def test_a_whole_law_is_answered_when_every_statement_of_it_is() -> None:
    item = ("m1/q1", ACT, "q")
    before = said(("m1/s1", ACT, "en a"), ("m1/s2", ACT, "en b"), items=(item,))
    some = said(("m1/s1", ACT, "en z"), ("m1/s2", ACT, "en y"), items=(item,))
    every = said(("m1/s1", ACT, "en z"), ("m1/s2", ACT, "en y"), items=(("m1/q1", ACT, "p"),))
    assert lifted_by([ON_LAW], before, some) == ()
    assert lifted_by([ON_LAW, ON_ITEM], before, every) == (ON_LAW, ON_ITEM)
