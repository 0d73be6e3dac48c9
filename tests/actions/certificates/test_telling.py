"""Holders are told once each, in their language, without a word about which course it was."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from lms.actions.certificates import certifying, refreshing, telling
from lms.actions.context import Context
from lms.actions.people import accounts, emails, mail_choice
from lms.actions.publishing import adopting
from lms.core.errors import NotFound
from lms.core.operations.jobs import HoldersToTell, Letter
from lms.core.people.actors import NOBODY, SYSTEM, Actor
from lms.mail.mailer import Email
from lms.storage.certificates import renewals
from lms.storage.people import persons
from lms.storage.tables.certificates import renewal_notice
from tests import builders_learning as make
from tests.actions.certificates.test_renewing_in_memory import FIRST, keyed
from tests.builders_accounts import letters
from tests.builders_certificates import a_choice
from tests.builders_learning import refused
from tests.builders_renewal import later, pass_refresher

NEW = replace(keyed(), why=make.words("Now it is c.", "C’est maintenant c."))


@pytest.fixture
def desk(context: Context) -> Context:
    return make.with_shelf(context, FIRST, NEW)


def holder(desk: Context, email: str = "", locale: str = "en") -> Actor:
    who = make.a_member(desk)
    with desk.database.writing() as tx:
        persons.write_profile(tx, who.person, locale=locale)
        if email:
            persons.write_profile(tx, who.person, email=email)
    make.finish(desk, who, "smpl")
    certifying.issue(desk, who, "smpl", a_choice(), desk.new_id())
    return who


def publish(desk: Context) -> None:
    later(desk)
    adopting.adopt(desk, SYSTEM, "sample", "2.0.0")
    later(desk)


def told(desk: Context) -> int:
    with desk.database.reading() as tx:
        return int(tx.execute(select(func.count()).select_from(renewal_notice)).scalar_one())


def renewal_letters(desk: Context) -> list[Email]:
    return [one for one in letters(desk) if "/refresher" in one.text]


def test_each_holder_is_told_once_in_their_language(desk: Context) -> None:
    holder(desk, "ana@example.org")
    holder(desk, "luc@example.org", "fr")
    holder(desk)
    make.a_member(desk)
    publish(desk)
    ana, luc = sorted(renewal_letters(desk), key=lambda one: one.to)
    assert (ana.to, luc.to) == ("ana@example.org", "luc@example.org")
    assert ana.subject == "Course update"
    assert "Now it is c." in ana.text
    assert "C’est maintenant c." in luc.text
    assert "/en/c/smpl/refresher" in ana.text
    assert "/fr/c/smpl/refresher" in luc.text
    for one in (ana, luc):
        assert "A course" not in one.subject + one.text
        assert "/mail/" in one.text
    assert told(desk) == 3
    for _ in range(2):
        assert telling.tell_holders(desk, HoldersToTell("sample")) is None
    assert len(renewal_letters(desk)) == 2


def test_it_is_done_some_at_a_time_and_a_batch_may_be_done_twice(desk: Context) -> None:
    for number in range(5):
        holder(desk, f"p{number}@example.org")
    later(desk)
    adopting.adopt(desk, SYSTEM, "sample", "2.0.0")
    first = telling.tell_some(desk, SYSTEM, HoldersToTell("sample"), at_a_time=2)
    assert first.told == 2
    again = telling.tell_some(desk, SYSTEM, HoldersToTell("sample"), at_a_time=2)
    assert again == replace(first, told=0)
    rest, count = first.rest, first.told
    while rest:
        done = telling.tell_some(desk, SYSTEM, rest, at_a_time=2)
        rest, count = done.rest, count + done.told
    assert count == 5
    assert len(renewal_letters(desk)) == 5


def test_a_key_that_waits_already_sends_nothing_more(desk: Context) -> None:
    who = holder(desk, "ana@example.org")
    publish(desk)
    telling.tell_some(desk, SYSTEM, HoldersToTell("sample"))
    with desk.database.writing() as tx:
        (held,) = renewals.of_person(tx, who.person)
        assert not renewals.tell(tx, held.number, "2.0.0", desk.now())
    assert len(renewal_letters(desk)) == 1


def test_a_sensitive_course_keeps_the_note_for_the_page(context: Context) -> None:
    quiet = replace(NEW, course=make.course(sensitive=True))
    desk = make.with_shelf(context, FIRST, quiet)
    holder(desk, "ana@example.org")
    publish(desk)
    (ana,) = renewal_letters(desk)
    assert "Now it is c." not in ana.text


def test_who_has_renewed_or_has_nothing_to_renew_is_not_told(desk: Context) -> None:
    who = holder(desk, "ana@example.org")
    later(desk)
    adopting.adopt(desk, SYSTEM, "sample", "2.0.0")
    pass_refresher(desk, who, "smpl")
    assert renewal_letters(desk) == []
    assert told(desk) == 0


def test_optional_mail_can_be_turned_off_and_waits_on_my_learning(desk: Context) -> None:
    quiet, late = holder(desk, "ana@example.org"), holder(desk, "luc@example.org")
    mail_choice.choose(desk, quiet, wanted=False)
    assert not mail_choice.mine(desk, quiet)
    assert accounts.my_account(desk, quiet).mail_off_at
    publish(desk)
    telling.tell_some(desk, SYSTEM, HoldersToTell("sample"))
    mail_choice.choose(desk, late, wanted=False)
    assert renewal_letters(desk) == []
    assert len(refreshing.waiting(desk, quiet)) == 1
    mail_choice.choose(desk, quiet, wanted=True)
    assert mail_choice.mine(desk, quiet)


def test_the_link_in_a_letter_turns_them_off_without_signing_in(desk: Context) -> None:
    who = holder(desk, "ana@example.org")
    publish(desk)
    (ana,) = renewal_letters(desk)
    key = mail_choice.mail_key(desk, who.person)
    assert f"/mail/{key}" in ana.text
    assert who.person not in ana.text
    assert mail_choice.by_link(desk, NOBODY, key)
    mail_choice.choose_by_link(desk, NOBODY, key, wanted=False)
    assert not mail_choice.by_link(desk, NOBODY, key)
    for wrong in ("", who.person, "0" * 22):
        with refused(NotFound, "mail.unknown-link"):
            mail_choice.by_link(desk, NOBODY, wrong)
        with refused(NotFound, "mail.unknown-link"):
            mail_choice.choose_by_link(desk, NOBODY, wrong, wanted=False)


def test_an_optional_letter_to_nobody_is_not_sent(desk: Context) -> None:
    emails.send_letter(
        desk, Letter("renewal", "gone@example.org", "en", desk.new_id(), link="https://x.example")
    )
    assert letters(desk) == []
