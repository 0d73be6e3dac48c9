"""What somebody enters into the register: whether it is whole, and what the entry says afterwards."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lms.core.legislation.entries import (
    EnteredEvent,
    EnteredLaw,
    event_faults,
    event_of,
    in_force_now,
    is_address,
    law_faults,
    law_id,
    law_of,
    read_again,
    read_faults,
    with_event,
)
from lms.core.legislation.register import Event
from lms.core.legislation.timeliness import ahead, falsified_by
from lms.core.locales import Words
from tests.builders_lessons import a_law

TODAY, BOTH = "2026-11-22", ("en", "fr")
SAID = {"en": "It changed.", "fr": "Elle a changé."}
GOOD = EnteredEvent("2026-11-01", "amendment", "yes", words=SAID)
LONG = "x" * 2001


def faults(**changes: object) -> dict[str, str]:
    entered = replace(GOOD, **changes)  # type: ignore[arg-type]  # fields
    return dict(
        event_faults(entered, a_law(events=(event_of(replace(GOOD, date="2026"), TODAY),)), TODAY, BOTH)
    )


def test_a_whole_event_has_no_fault() -> None:
    assert faults() == {}
    assert faults(certainty="verified", source="The gazette", read=TODAY) == {}


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"event": "party"}, {"event": "law.event-missing"}),
        ({"date": "22 Nov"}, {"date": "law.date-form"}),
        ({"date": "2026-13"}, {"date": "law.date-form"}),
        ({"date": "2026"}, {"date": "law.event-twice"}),
        ({"material": ""}, {"material": "law.material-missing"}),
        ({"words": {"en": "So."}}, {"words_fr": "law.words-missing"}),
        ({"words": {"en": LONG, "fr": "So."}}, {"words_en": "law.words-too-long"}),
        ({"source": LONG}, {"source": "law.words-too-long"}),
        ({"certainty": "verified"}, {"source": "law.source-missing", "read": "law.read-day"}),
        (
            {"certainty": "verified", "source": LONG, "read": "2026-11-23"},
            {"source": "law.words-too-long", "read": "law.read-day"},
        ),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(changes: dict[str, object], fault: dict[str, str]) -> None:
    assert faults(**changes) == fault


@pytest.mark.parametrize("event", ["introduced", "assent", "court"])
def test_what_announces_a_change_never_counts_as_in_force(event: str) -> None:
    made = event_of(replace(GOOD, event=event), TODAY)
    law = with_event(a_law(events=(), status="not-yet", assented=""), made)
    assert (made.effect, law.status, made.changes_the_law) == ("pending", "not-yet", False)
    assert falsified_by(law, "2026-01-01", "2030-01-01") == ()
    assert ahead(law, "2026-01-01") == ()
    assert law.assented == ("2026-11-01" if event == "assent" else "")


@pytest.mark.parametrize(
    ("date", "effect"), [("2026-11-22", "in-force"), ("2026", "pending"), ("2027-01-01", "pending")]
)
def test_what_is_dated_ahead_is_pending(date: str, effect: str) -> None:
    assert event_of(replace(GOOD, date=date), TODAY).effect == effect


@pytest.mark.parametrize(
    ("event", "before", "after"),
    [
        ("repeal", "amended", "repealed"),
        ("in-force", "not-yet", "in-force"),
        ("amendment", "in-force", "amended"),
        ("amendment", "repealed", "repealed"),
        ("deadline", "in-force", "in-force"),
    ],
)
def test_the_law_stands_as_its_event_says(event: str, before: str, after: str) -> None:
    law = a_law(events=(), status=before, in_force="")
    made = with_event(law, event_of(replace(GOOD, event=event), TODAY))
    assert made.status == after
    later = event_of(replace(GOOD, event=event, date="2027-01-01"), TODAY)
    waiting = with_event(law, later)
    assert waiting.status == before
    come = in_force_now(waiting, later)
    assert (come.status, come.events[0].effect) == (after, "in-force")


def test_events_stand_in_the_order_of_their_dates() -> None:
    law = a_law(events=())
    for date in ("2026-05-01", "2020", "2026-11-01"):
        law = with_event(law, event_of(replace(GOOD, date=date), TODAY))
    assert [one.date for one in law.events] == ["2020", "2026-05-01", "2026-11-01"]
    other = Event("2021", "court", False, "pending", Words({"en": "Filed."}))
    assert in_force_now(with_event(law, other), other).events[1].effect == "in-force"


def test_what_was_read_keeps_its_source_and_drops_the_doubts_it_settled() -> None:
    law = a_law(confidence="recalled", sources=(), unverified=("a", "b"), source_quality="none")
    made = read_again(law, " The  gazette ", TODAY, ("a",))
    assert (made.confidence, made.sources) == ("verified", ("The gazette (read 2026-11-22)",))
    assert (made.unverified, made.source_quality) == (("b",), "official")
    assert read_again(replace(law, source_quality="secondary"), "x", TODAY, ()).source_quality == "mixed"
    assert read_faults("x", TODAY, TODAY) == ()


def test_a_new_entry_says_what_was_not_read() -> None:
    entered = EnteredLaw(
        "ca-qc",
        "statute",
        "not-yet",
        title={"en": "An Act", "fr": "Loi d’été"},
        meaning=SAID,
        url={"en": "https://example.org", "fr": ""},
    )
    assert law_faults(entered, TODAY, {"ca-qc"}, BOTH) == ()
    made = law_of(entered, law_id(entered, {"ca-qc-an-act"}))
    assert (made.id, made.confidence, made.source_quality) == ("ca-qc-an-act-2", "recalled", "none")
    assert (made.citation, dict(made.url)) == (made.title, {"en": "https://example.org"})
    read = law_of(replace(entered, source="Gazette", read=TODAY, citation={"en": "C-1"}), "x")
    assert (read.confidence, read.sources, read.citation["en"]) == (
        "verified",
        ("Gazette (read 2026-11-22)",),
        "C-1",
    )
    wrong = replace(entered, kind="song", url={"fr": "nowhere"}, read="soon")
    assert dict(law_faults(wrong, TODAY, {"ca-qc"}, BOTH)) == {
        "kind": "law.choice-missing",
        "url_fr": "law.address-form",
        "source": "law.source-missing",
        "read": "law.read-day",
    }


def test_no_entry_takes_the_name_of_something_else() -> None:
    assert law_id(EnteredLaw("ca", title={"en": "Register"}), ()) == "register-2"
    assert law_id(EnteredLaw("ca", title={"en": "法"}), ()) == "law"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("https://example.org/a?b=c", True),
        ("http://[::1]/", True),
        ("http://[::1", False),
        ("https://:80", False),
        ("https://example.org:99999", False),
        ("ftp://example.org", False),
    ],
)
def test_an_address_is_one_that_can_be_opened(text: str, *, is_one: bool) -> None:
    assert is_address(text) is is_one
