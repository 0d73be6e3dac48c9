"""The register, edited: each change is one file written whole, by somebody, if nobody else was quicker."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lms.actions.context import Context
from lms.actions.legislation import editing
from lms.core.errors import Conflict, Invalid, NotFound
from lms.core.legislation.entries import EnteredLaw
from lms.core.people.actors import Actor
from lms.storage.operations import audit
from tests.builders_content import change
from tests.builders_learning import refused, wait
from tests.builders_legislation import AMENDED, LAW, TODAY, a_written_site, an_author, with_event

NEW = EnteredLaw(
    jurisdiction="ca",
    kind="statute",
    status="not-yet",
    title={"en": "New Act", "fr": "Nouvelle loi"},
    meaning={"en": "It is new.", "fr": "Elle est nouvelle."},
    url={"en": "https://www.example.org/new", "fr": ""},
    topics=("sample",),
)


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return a_written_site(tmp_path)


@pytest.fixture
def author(context: Context) -> Actor:
    return an_author(context)


def file_of(tmp_path: Path, law: str = LAW) -> str:
    return (tmp_path / f"site/courses/legislation/{law}.yaml").read_text()


def test_an_event_is_added_and_every_other_byte_stays(
    context: Context, author: Actor, tmp_path: Path
) -> None:
    before = file_of(tmp_path)
    with_event(context, author)
    after = file_of(tmp_path)
    kept = [row for row in after.splitlines() if row in before.splitlines()]
    assert kept == [row if row != "status: in-force" else None for row in before.splitlines() if row in kept]
    assert set(before.splitlines()) - set(after.splitlines()) == {"status: in-force"}
    law = editing.law(context, author, LAW).line.law
    assert [one.event for one in law.events] == ["in-force", "amendment"]
    assert law.status == "amended"
    with context.database.reading() as tx:
        done = [(one.actor, one.deed, one.object) for one in audit.trail(tx)]
    assert (author.person, "legislation.add_event", f"{LAW}@{TODAY}/amendment") in done


def test_who_was_too_late_is_told(context: Context, author: Actor) -> None:
    digest = context.library.law_digest(LAW)
    with_event(context, author)
    late = replace(AMENDED, date="2026-11-01")
    with refused(Conflict, "law.changed"):
        editing.add_event(context, author, LAW, late, expected=digest)


def test_what_is_wrong_is_told_beside_its_field(context: Context, author: Actor) -> None:
    with pytest.raises(Invalid) as caught:
        editing.add_event(context, author, LAW, replace(AMENDED, date="soon"), expected="")
    assert [(one.place.file, one.rule) for one in caught.value.findings] == [("date", "law.date-form")]
    with refused(NotFound, "law.unknown"):
        editing.add_event(context, author, "nothing", AMENDED, expected="")


def test_what_was_expected_is_confirmed_once_its_day_is_here(context: Context, author: Actor) -> None:
    event = with_event(context, author, date="2026-12-01")
    digest = context.library.law_digest(LAW)
    with refused(Conflict, "law.event-not-due"):
        editing.confirm_event(context, author, LAW, event, expected=digest)
    with refused(NotFound, "law.event-unknown"):
        editing.confirm_event(context, author, LAW, "2026/none", expected=digest)
    wait(context, days=10)
    editing.confirm_event(context, author, LAW, event, expected=digest)
    assert editing.law(context, author, LAW).line.law.events[-1].effect == "in-force"


def test_an_entry_is_marked_as_read_with_its_source(context: Context, author: Actor) -> None:
    digest = context.library.law_digest("sample-code")
    told = {"source": "The gazette", "read": TODAY}
    with pytest.raises(Invalid):
        editing.mark_read(context, author, "sample-code", source="", read="", settled=(), expected=digest)
    editing.mark_read(context, author, "sample-code", **told, settled=(), expected=digest)
    law = editing.law(context, author, "sample-code").line.law
    assert (law.confidence, law.sources[-1]) == ("verified", f"The gazette (read {TODAY})")


def test_a_new_entry_gets_an_id_of_its_own(context: Context, author: Actor, tmp_path: Path) -> None:
    assert editing.add_law(context, author, NEW) == "new-act"
    assert editing.add_law(context, author, NEW) == "new-act"  # a second press
    other = replace(NEW, citation={"en": "RSC 1985, c X-2", "fr": "LRC 1985, c X-2"})
    assert editing.add_law(context, author, other) == "new-act-2"
    assert "confidence: recalled" in file_of(tmp_path, "new-act")
    with pytest.raises(Invalid):
        editing.add_law(context, author, replace(NEW, kind=""))


def test_a_law_that_was_looked_at_says_when_and_no_file_changes(
    context: Context, author: Actor, tmp_path: Path
) -> None:
    before = file_of(tmp_path)
    wait(context, days=2)
    assert editing.checked_today(context, author, LAW) == "2026-11-24"
    assert editing.law(context, author, LAW).line.checked == "2026-11-24"
    assert file_of(tmp_path) == before
    with refused(NotFound, "law.unknown"):
        editing.checked_today(context, author, "nothing")


def test_the_list_is_filtered(context: Context, author: Actor) -> None:
    every = editing.laws(context, author)
    assert len(every.lines) == every.every
    doubtful = editing.laws(context, author, doubt=True).lines
    assert doubtful
    assert all(editing.is_doubtful(line.law) for line in doubtful)
    assert {line.law.status for line in editing.laws(context, author, status="repealed").lines} <= {
        "repealed"
    }
    assert editing.laws(context, author, jurisdiction="nowhere", topic="sample").lines == ()
    assert LAW in {line.law.id for line in editing.laws(context, author, topic="sample").lines}


def test_a_file_in_another_form_is_left_as_it_is(context: Context, author: Actor, tmp_path: Path) -> None:
    change(tmp_path / "site", f"courses/legislation/{LAW}.yaml", "events:\n- {", "events: [{")
    change(tmp_path / "site", f"courses/legislation/{LAW}.yaml", 'une chaise."}', 'une chaise."}]')
    before = file_of(tmp_path)
    with pytest.raises((Conflict, Invalid)):
        with_event(context, author)
    assert file_of(tmp_path) == before
