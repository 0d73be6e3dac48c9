"""Which law a finder shows for each place, what comes next there, and what rests on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lms.content.library import Library
from lms.core.courses.citations import has_finder, laws_under
from lms.core.legislation.finder import PLACES, place_of, places, shown, tells_of_disability
from lms.core.legislation.register import Event, Law, Watch
from lms.core.legislation.timeliness import coming
from lms.core.locales import Words
from lms.core.publishing.change import ChangeClass, change_between
from tests.builders_content import SITE, lesson
from tests.builders_lessons import a_law

ACT = a_law("act")
STANDARD = a_law("a-standard", kind="standard", topics=("accessibility",))
RULES = a_law("a-rules", kind="regulation", parent="act", topics=("web-accessibility",))
RIGHTS = a_law("rights", jurisdiction="ca-yt", topics=("human-rights",))
OLD = Library(SITE).release("sample-course", "1.0.0")


def by_id(*laws: Law) -> dict[str, Law]:
    return {law.id: law for law in laws}


def test_a_place_shows_its_acts_then_rules_then_standards() -> None:
    place = place_of("ca", by_id(STANDARD, RULES, ACT, RIGHTS))
    assert (place.own, [law.id for law in place.laws]) == (True, ["act", "a-rules", "a-standard"])
    further = replace(RULES, id="0-rules", parent="")
    kept = place_of("ca", by_id(RULES, further, replace(RULES, id="b-rules"))).laws
    assert [law.id for law in kept] == ["0-rules", "a-rules", "b-rules"]


def test_what_is_repealed_or_elsewhere_or_no_rule_is_left_out() -> None:
    laws = by_id(
        replace(ACT, status="repealed"),
        replace(STANDARD, kind="policy"),
        replace(RULES, jurisdiction="un"),
        a_law("other", topics=("privacy",)),
    )
    assert place_of("ca", laws).laws == ()
    assert shown(laws) == frozenset()


def test_without_accessibility_law_human_rights_law_is_shown() -> None:
    amending = replace(RIGHTS, id="amending", parent="rights")
    place = place_of("ca-yt", by_id(RIGHTS, amending, replace(RIGHTS, id="rule", kind="regulation")))
    assert (place.own, [law.id for law in place.laws]) == (False, ["rights"])
    assert not tells_of_disability(RIGHTS)
    assert tells_of_disability(replace(RIGHTS, topics=("human-rights", "accommodation")))


def test_all_places_of_the_country_are_there() -> None:
    assert len(PLACES) == len(set(PLACES)) == 14
    assert [place.code for place in places({})] == list(PLACES)


def _event(date: str, en: str = "Something.") -> Event:
    return Event(date, "deadline", True, "pending", Words({"en": en}))


@pytest.mark.parametrize(
    ("dates", "watched", "found"),
    [
        ((), (), ""),
        (("2020-01-01", "2026-11-22"), ("",), ""),
        (("2040", "2027-12-05"), (), "2027-12-05"),
        (("2026", "2028"), (), "2026"),
        (("2028",), ("2027-01",), "2027-01"),
        (("2027-01-31",), ("2027-01-31",), "2027-01-31"),
    ],
)
def test_the_next_date_is_the_soonest_that_is_not_over(
    dates: tuple[str, ...], watched: tuple[str, ...], found: str
) -> None:
    law = replace(ACT, events=tuple(_event(date) for date in dates))
    watch = [Watch("act", date, "A report.") for date in watched] + [
        Watch("other", "2026-12-01", "Not this.")
    ]
    ahead = coming(law, watch, "2026-11-22")
    assert (ahead.date if ahead else "") == found


def test_an_event_says_what_comes_before_the_watch_list_does() -> None:
    watch = [Watch("act", "2027-01-31", "A report.")]
    ahead = coming(replace(ACT, events=(_event("2027-01-31", "A plan."),)), watch, "2026-11-22")
    assert ahead is not None
    assert ahead.words["en"] == "A plan."
    ahead = coming(ACT, watch, "2026-11-22")
    assert ahead is not None
    assert ahead.words == Words({"en": "A report."})


def test_a_text_rests_on_what_its_finder_shows() -> None:
    laws = by_id(ACT, RIGHTS, a_law("other", topics=("privacy",)))
    text = lesson("[it](law:named)\n\n::: finder {#f1}\n\n:::\n")
    assert laws_under(text.blocks, laws) == {"named", "act", "rights"}
    assert has_finder(text.blocks)
    boxed = lesson("::: law {#s1 rests-on=boxed as-of=2026-01-01 review-by=2027-01-01}\n\nSo.\n\n:::\n")
    assert laws_under(boxed.blocks, laws) == {"boxed"}
    assert not has_finder(boxed.blocks)


def test_a_finder_that_tells_something_new_after_an_event_is_a_material_change() -> None:
    act = OLD.laws["sample-access-act"]
    event = Event("2026-12-01", "amendment", True, "in-force", Words({"en": "Changed."}))
    moved = replace(act, events=(*act.events, event))
    told = replace(moved, meaning=Words({"en": "Doors open by themselves."}))
    for law, change in ((moved, ChangeClass.INFORMATIVE), (told, ChangeClass.MATERIAL)):
        assert change_between(OLD, replace(OLD, laws={**OLD.laws, act.id: law})) is change
    watched = replace(OLD, watch=(Watch("sample-access-act", "2027-01-01", "A plan."),))
    assert change_between(OLD, watched) is ChangeClass.INFORMATIVE


def test_a_release_gives_the_register_as_it_was_sealed() -> None:
    register = OLD.register
    assert (register.as_of, register.laws, register.watch) == (OLD.law_as_of, OLD.laws, OLD.watch)
