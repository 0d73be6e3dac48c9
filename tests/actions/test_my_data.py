"""Everything about me has every field; delete me leaves nothing that is personal, and keeps facts."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import ForeignKey

from lms.actions import certifying, codes, learning, my_data, sessions, verifying
from lms.actions.desk import Desk
from lms.actions.keeping import DAY
from lms.core.errors import Invalid
from lms.core.people import NOBODY, SYSTEM
from lms.storage import belongings
from lms.storage.tables import metadata
from lms.web.my_data_words import HEADINGS, LABELS
from tests.builders_accounts import HERE, clock, joined, joined_by_mail, known_by
from tests.builders_certificates import CODE, a_choice, a_graduate
from tests.builders_learning import SAMPLE_CODE, a_session, sit, with_sample

CANARIES = ("Zoé", "zoe@example.org", "Amina", "typed by me")


def everything_kept(desk: Desk) -> str:
    with desk.database.reading() as tx:
        return str([tx.execute(table.select()).all() for table in metadata.sorted_tables])


def deleted(desk: Desk, known: sessions.Known, *, keep: bool = False) -> None:
    my_data.delete_me(desk, known.actor, known, is_sure=True, keep_certificates=keep, current="")


def test_every_table_that_leads_to_a_person_is_in_the_collection() -> None:
    def leads_to_person(table: Any) -> bool:
        targets = {key.column.table.name for key in table.foreign_keys if isinstance(key, ForeignKey)}
        return bool(targets & {"person", "enrolment", "attempt", "certificate"})

    personal = {table.name for table in metadata.sorted_tables if leads_to_person(table)}
    queried = {
        source.name
        for query in belongings._queries("x").values()  # noqa: SLF001  # the inventory itself is tested
        for source in metadata.sorted_tables
        if f"FROM {source.name}" in str(query) or f"JOIN {source.name} " in str(query)
    }
    assert personal - queried == set()


def test_everything_has_words_and_times_that_can_be_read(desk: Desk) -> None:
    with_sample(desk)
    known = known_by(desk, joined(desk).token)
    learning.enrol(desk, known.actor, SAMPLE_CODE, "en")
    sit(desk, known.actor, learning.my_learning(desk, known.actor)[0].release.modules[0].code)
    found = my_data.everything(desk, known.actor)
    assert set(found) == set(HEADINGS)
    assert {field for rows in found.values() for row in rows for field in row} <= set(LABELS)
    assert found["account"][0]["settings"] == {}
    assert found["courses"][0]["created_at"].startswith("2026-11-22T")
    assert found["courses"][0]["completed_at"] is None
    assert "argon2" not in str(found)


def test_every_column_that_can_be_shown_has_a_label() -> None:
    columns = {
        column.key
        for query in belongings._queries("x").values()  # noqa: SLF001  # the inventory itself is tested
        for column in query.selected_columns
    }
    assert columns - set(LABELS) == set()


def test_deleting_asks_whether_one_is_sure(desk: Desk) -> None:
    known = known_by(desk, joined(desk).token)
    with pytest.raises(Invalid) as caught:
        my_data.delete_me(desk, known.actor, known, is_sure=False, keep_certificates=False, current="")
    assert caught.value.findings[0].place.file == "is_sure"


def test_nothing_personal_is_left_after_deleting(desk: Desk) -> None:
    with_sample(desk)
    known = joined_by_mail(desk)
    learning.enrol(desk, known.actor, SAMPLE_CODE, "en")
    codes.ask_to_sign_in(desk, NOBODY, "zoe@example.org", locale="en", browser=HERE)
    sessions.keep_typed(desk, NOBODY, known.actor.session, "/en/x", [("q", "typed by me")])
    known = sessions.recognise(desk, known.actor.session)
    deleted(desk, known)
    kept = everything_kept(desk)
    assert [canary for canary in CANARIES if canary in kept] == []
    assert known.actor.person in kept
    assert not sessions.recognise(desk, known.actor.session).actor.person


@pytest.mark.parametrize("keep", [False, True])
def test_certificates_go_on_verifying_with_a_name_only_if_wanted(desk: Desk, *, keep: bool) -> None:
    who = a_graduate(desk)
    number = certifying.issue(desk, who, CODE, a_choice("Amina Diallo"), "press-1")
    known = known_by(desk, a_session(desk, who))
    deleted(desk, known, keep=keep)
    assert ("Amina" in everything_kept(desk)) is keep
    assert verifying.verify(desk, NOBODY, number).may_check_name is keep


def test_whom_a_backup_brings_back_is_erased_again(desk: Desk) -> None:
    known = known_by(desk, joined(desk).token)
    person = known.actor.person
    assert my_data.erase_again(desk, SYSTEM, [person]) == 1
    assert my_data.erase_again(desk, SYSTEM, [person]) == 0
    assert "Zoé" not in everything_kept(desk)


def test_what_visitors_left_is_forgotten(desk: Desk) -> None:
    visit = sessions.start_visit(desk, NOBODY)
    assert my_data.forget_visitors(desk, SYSTEM, older_than=7 * DAY) == 0
    clock(desk).move(days=8)
    assert my_data.forget_visitors(desk, SYSTEM, older_than=7 * DAY) == 0, "still in a session"
    sessions.sign_out(desk, visit.actor)
    assert my_data.forget_visitors(desk, SYSTEM, older_than=7 * DAY) == 1
    assert my_data.forget_visitors(desk, SYSTEM, older_than=7 * DAY) == 0
