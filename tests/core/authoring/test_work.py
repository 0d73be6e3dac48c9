"""What waits for authors: its order, and what a filter leaves out."""

from __future__ import annotations

from lms.core.authoring.work import WorkFilter, WorkItem, WorkKind, ordered

REPORT = WorkItem(WorkKind.REPORTS, course="b", count=2)
FRENCH = WorkItem(WorkKind.APPROVAL, course="a", locale="fr", mine=True)
ENGLISH = WorkItem(WorkKind.APPROVAL, course="a", locale="en")
LINE = WorkItem(WorkKind.HELP_LINE, about="line")


def test_kinds_come_in_their_order_then_courses_and_languages() -> None:
    found = ordered((LINE, FRENCH, ENGLISH, REPORT), WorkFilter())
    assert found == (REPORT, ENGLISH, FRENCH, LINE)


def test_a_filter_leaves_out_what_was_not_asked_for() -> None:
    everything = (LINE, FRENCH, ENGLISH, REPORT)
    assert ordered(everything, WorkFilter(course="a")) == (ENGLISH, FRENCH)
    assert ordered(everything, WorkFilter(locale="fr")) == (REPORT, FRENCH, LINE)
    assert ordered(everything, WorkFilter(mine=True)) == (FRENCH,)
