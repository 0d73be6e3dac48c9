"""Everything about me has every field; delete me leaves nothing that is personal, and keeps facts."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import ForeignKey

from lms.actions.certificates import certifying, verifying
from lms.actions.context import Context
from lms.actions.learning import learning
from lms.actions.operations import personal_data
from lms.actions.operations.maintenance import DAY
from lms.actions.people import codes, sessions
from lms.core.errors import Invalid
from lms.core.people.actors import NOBODY, SYSTEM
from lms.storage.operations import personal_rows
from lms.storage.tables.everything import metadata
from lms.web.words.my_data_words import HEADINGS, LABELS
from tests.builders_accounts import HERE, clock, joined, joined_by_mail, known_by
from tests.builders_certificates import CODE, a_choice, a_graduate
from tests.builders_learning import SAMPLE_CODE, a_session, a_visit, sit, with_sample

CANARIES = ("Zoé", "zoe@example.org", "Amina", "typed by me")


def everything_kept(context: Context) -> str:
    with context.database.reading() as tx:
        return str([tx.execute(table.select()).all() for table in metadata.sorted_tables])


def deleted(context: Context, known: sessions.Known, *, keep: bool = False) -> None:
    personal_data.delete_me(context, known.actor, is_sure=True, keep_certificates=keep, current="")


def test_every_table_that_leads_to_a_person_is_in_the_collection() -> None:
    def leads_to_person(table: Any) -> bool:
        targets = {key.column.table.name for key in table.foreign_keys if isinstance(key, ForeignKey)}
        return bool(targets & {"person", "enrolment", "attempt", "certificate"})

    personal = {table.name for table in metadata.sorted_tables if leads_to_person(table)}
    queried = {
        source.name
        for query in personal_rows._queries("x").values()  # noqa: SLF001  # the inventory itself is tested
        for source in metadata.sorted_tables
        if f"FROM {source.name}" in str(query) or f"JOIN {source.name} " in str(query)
    }
    assert personal - queried == set()


def test_everything_has_words_and_times_that_can_be_read(context: Context) -> None:
    with_sample(context)
    known = known_by(context, joined(context).token)
    learning.enrol(context, known.actor, SAMPLE_CODE, "en")
    sit(context, known.actor, learning.my_learning(context, known.actor)[0].release.modules[0].code)
    found = personal_data.everything(context, known.actor)
    assert set(found) == set(HEADINGS)
    assert {field for rows in found.values() for row in rows for field in row} <= set(LABELS)
    assert found["account"][0]["settings"] == {}
    assert found["courses"][0]["created_at"].startswith("2026-11-22T")
    assert found["courses"][0]["completed_at"] is None
    assert "argon2" not in str(found)


def test_every_column_that_can_be_shown_has_a_label() -> None:
    columns = {
        column.key
        for query in personal_rows._queries("x").values()  # noqa: SLF001  # the inventory itself is tested
        for column in query.selected_columns
    }
    assert columns - set(LABELS) == set()


def test_deleting_asks_whether_one_is_sure(context: Context) -> None:
    known = known_by(context, joined(context).token)
    with pytest.raises(Invalid) as caught:
        personal_data.delete_me(context, known.actor, is_sure=False, keep_certificates=False, current="")
    assert caught.value.findings[0].place.file == "is_sure"


def test_nothing_personal_is_left_after_deleting(context: Context) -> None:
    with_sample(context)
    known = joined_by_mail(context)
    learning.enrol(context, known.actor, SAMPLE_CODE, "en")
    codes.ask_to_sign_in(context, NOBODY, "zoe@example.org", locale="en", browser=HERE)
    sessions.keep_typed(context, NOBODY, known.actor.session, "/en/x", [("q", "typed by me")])
    known = sessions.recognise(context, known.actor.session)
    deleted(context, known)
    kept = everything_kept(context)
    assert [canary for canary in CANARIES if canary in kept] == []
    assert known.actor.person in kept
    assert not sessions.recognise(context, known.actor.session).actor.person


@pytest.mark.parametrize("keep", [False, True])
def test_certificates_go_on_verifying_with_a_name_only_if_wanted(context: Context, *, keep: bool) -> None:
    who = a_graduate(context)
    number = certifying.issue(context, who, CODE, a_choice("Amina Diallo"), "press-1")
    known = known_by(context, a_session(context, who))
    deleted(context, known, keep=keep)
    assert ("Amina" in everything_kept(context)) is keep
    assert verifying.verify(context, NOBODY, number).may_check_name is keep


def test_whom_a_backup_brings_back_is_erased_again(context: Context) -> None:
    known = known_by(context, joined(context).token)
    person = known.actor.person
    assert personal_data.erase_again(context, SYSTEM, [person]) == 1
    assert personal_data.erase_again(context, SYSTEM, [person]) == 0
    assert "Zoé" not in everything_kept(context)


def test_what_visitors_left_is_forgotten(context: Context) -> None:
    visit = a_visit(context)
    assert personal_data.forget_visitors(context, SYSTEM, older_than=7 * DAY) == 0
    clock(context).move(days=8)
    assert personal_data.forget_visitors(context, SYSTEM, older_than=7 * DAY) == 0, "still in a session"
    sessions.sign_out(context, visit.actor)
    assert personal_data.forget_visitors(context, SYSTEM, older_than=7 * DAY) == 1
    assert personal_data.forget_visitors(context, SYSTEM, older_than=7 * DAY) == 0
