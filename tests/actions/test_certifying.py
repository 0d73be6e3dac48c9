"""Issued once, replaced without a trace of the old name, erased on request."""

from __future__ import annotations

from dataclasses import replace
from threading import Barrier, Thread

import pytest

from lms.actions import certifying, printing, verifying
from lms.actions.desk import Desk
from lms.core.certificate import Choice, grouped
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound, ParvisError
from lms.core.people import NOBODY, SYSTEM, Actor, Role
from lms.core.verification import State
from lms.storage import certificates, outbox
from tests.builders_certificates import CODE, a_choice, a_graduate, a_learner, later


def issued(desk: Desk, who: Actor, choice: Choice | None = None, press: str = "press-1") -> str:
    return certifying.issue(desk, who, CODE, choice or a_choice(), press)


def rows(desk: Desk, table: str) -> int:
    with desk.database.reading() as tx:
        counted = tx.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()  # noqa: S608  # names of ours
        return int(counted)


def test_only_who_has_completed_the_course_gets_one(desk: Desk) -> None:
    a_graduate(desk)
    other = a_learner(desk, "Other")
    for act in (
        lambda: certifying.my_certificate(desk, other, CODE),
        lambda: certifying.preview(desk, other, CODE, a_choice()),
        lambda: issued(desk, other),
    ):
        with pytest.raises(NotAllowed) as refused:
            act()
        assert refused.value.code == "certificate.course-not-complete"
    with pytest.raises(NotAllowed) as refused:
        issued(desk, NOBODY)
    assert refused.value.code == "deed.sign-in-first"
    with pytest.raises(NotFound):
        certifying.my_certificate(desk, other, "none")


def test_a_preview_shows_all_and_issues_nothing(desk: Desk) -> None:
    who = a_graduate(desk)
    shown = certifying.preview(desk, who, CODE, a_choice("  Amina   Diallo ", "en", "fr"))
    assert (shown.name, shown.number, shown.address) == ("Amina Diallo", "", "")
    assert shown.titles.by_locale == {"en": "A warm welcome", "fr": "Un accueil chaleureux"}
    assert shown.specimen
    assert rows(desk, "certificate") == 0


def test_issuing_writes_everything_in_one_deed(desk: Desk) -> None:
    who = a_graduate(desk)
    before = certifying.my_certificate(desk, who, CODE)
    assert (before.holding, before.name, before.completed_on) == (None, "Amina", "2026-11-22")
    number = issued(desk, who)
    mine = certifying.my_certificate(desk, who, CODE)
    assert mine.holding is not None
    assert mine.holding.content is not None
    assert (mine.holding.number, mine.holding.state, mine.holding.making) == (number, State.VALID, "waiting")
    assert mine.holding.content.address.endswith(f"/verify/{grouped(number)}")
    with desk.database.reading() as tx:
        assert outbox.state(tx, certifying.printing_key(number)) == "waiting"
    trail = [row for row in audit(desk) if row[1] == "certifying.issue"]
    assert trail == [(who.person, "certifying.issue", number)]
    assert "Amina" not in str(audit(desk))


def audit(desk: Desk) -> list[tuple[str, str, str]]:
    with desk.database.reading() as tx:
        return [tuple(row) for row in tx.exec_driver_sql("SELECT actor, deed, object FROM audit")]


def test_one_press_is_one_certificate_and_two_presses_are_still_one(desk: Desk) -> None:
    who = a_graduate(desk)
    number = issued(desk, who)
    assert issued(desk, who) == number
    with pytest.raises(Conflict) as refused:
        issued(desk, who, press="press-2")
    assert refused.value.code == "certificate.already-issued"
    assert rows(desk, "certificate") == 1


def test_presses_at_the_same_time_make_one(desk: Desk) -> None:
    who = a_graduate(desk)
    start, came = Barrier(4), []

    def press(name: str) -> None:
        start.wait()
        try:
            came.append(issued(desk, who, press=name))
        except ParvisError as problem:
            came.append(problem.code)

    threads = [Thread(target=press, args=(name,)) for name in ("a", "a", "b", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert rows(desk, "certificate") == 1
    assert rows(desk, "job WHERE kind = 'certificate'") == 1
    assert len(set(came)) == 2
    assert came.count("certificate.already-issued") == 2


def test_what_cannot_be_printed_is_refused_with_every_fault(desk: Desk) -> None:
    who = a_graduate(desk)
    wrong = a_choice(" ", "xx")
    for act in (
        lambda: certifying.preview(desk, who, CODE, wrong),
        lambda: certifying.issue(desk, who, CODE, wrong, "press"),
    ):
        with pytest.raises(Invalid) as refused:
            act()
        assert [one.place.file for one in refused.value.findings] == ["name", "locales"]
    assert rows(desk, "certificate") == 0


def test_somebody_elses_press_is_not_answered_with_their_number(desk: Desk) -> None:
    first, second = a_graduate(desk, "First"), a_graduate(desk, "Second")
    number = issued(desk, first)
    with pytest.raises(Conflict) as refused:
        issued(desk, second)
    assert refused.value.code == "certificate.request-used"
    assert number not in str(refused.value)


def test_a_neutral_title_says_nothing_of_the_course(desk: Desk) -> None:
    who = a_graduate(desk)
    number = issued(desk, who, a_choice("Amina", "fr", neutral=True))
    mine = certifying.my_certificate(desk, who, CODE)
    assert mine.holding is not None
    assert mine.holding.content is not None
    assert mine.holding.content.titles.by_locale == {"fr": "Formation professionnelle"}
    assert verifying.verify(desk, NOBODY, number).title.text("fr") == "Formation professionnelle"


def test_replacing_supersedes_and_forgets_the_old_name(desk: Desk) -> None:
    who = a_graduate(desk)
    old = issued(desk, who, a_choice("Old Name"))
    printing.make_pdf(desk, {"number": old})
    later(desk)
    new = certifying.replace_mine(desk, who, CODE, a_choice("New Name"), "press-2")
    assert certifying.replace_mine(desk, who, CODE, a_choice("New Name"), "press-2") == new
    mine = certifying.my_certificate(desk, who, CODE)
    assert mine.holding is not None
    assert mine.holding.number == new
    assert verifying.verify(desk, NOBODY, old).state is State.SUPERSEDED
    with pytest.raises(NotAllowed) as refused:
        verifying.check_name(desk, NOBODY, old, "Old Name")
    assert refused.value.code == "verify.no-name"
    with desk.database.reading() as tx:
        everything = str([list(tx.exec_driver_sql(f"SELECT * FROM {name}")) for name in names(desk)])  # noqa: S608  # names of ours
    assert "New Name" in everything
    assert "Old Name" not in everything


def names(desk: Desk) -> list[str]:
    with desk.database.reading() as tx:
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%search%'"
        return list(tx.exec_driver_sql(query).scalars())


def test_replacing_needs_one_to_replace_that_was_not_revoked(desk: Desk) -> None:
    who = a_graduate(desk)
    with pytest.raises(NotFound) as missing:
        certifying.replace_mine(desk, who, CODE, a_choice(), "press")
    assert missing.value.code == "certificate.none"
    verifying.revoke(desk, SYSTEM, issued(desk, who), "issued by mistake")
    with pytest.raises(NotAllowed) as refused:
        certifying.replace_mine(desk, who, CODE, a_choice(), "press-2")
    assert refused.value.code == "certificate.revoked"


def test_erasing_takes_name_and_pdf_and_leaves_the_fact(desk: Desk) -> None:
    who = a_graduate(desk)
    number = issued(desk, who)
    printing.make_pdf(desk, {"number": number})
    (digest,) = desk.blobs.all()
    later(desk)
    certifying.erase_mine(desk, who, CODE)
    with desk.database.reading() as tx:
        kept = certificates.find(tx, number)
    assert kept is not None
    assert kept.payload is None
    printing.erase_blob(desk, {"digest": digest})
    assert list(desk.blobs.all()) == []
    found = verifying.verify(desk, NOBODY, number)
    assert (found.state, found.may_check_name) == (State.VALID, False)
    mine = certifying.my_certificate(desk, who, CODE)
    assert mine.holding is not None
    assert mine.holding.content is None
    for act in (lambda: certifying.erase_mine(desk, who, CODE), lambda: printing.my_pdf(desk, who, CODE)):
        with pytest.raises(NotFound):
            act()
    assert certifying.replace_mine(desk, who, CODE, a_choice("Again"), "press-2") != number


def test_a_deleted_account_leaves_numbers_without_names(desk: Desk) -> None:
    who = a_graduate(desk)
    number = issued(desk, who)
    with desk.database.writing() as tx:
        assert certifying.erase_all(tx, desk, who.person) == 1
    assert verifying.verify(desk, NOBODY, number).may_check_name is False


def test_the_address_is_the_public_one_where_there_is_one(desk: Desk) -> None:
    public = replace(desk, settings=replace(desk.settings, public_url="https://learn.example.org/"))
    assert certifying.verify_address(public, "0" * 26).startswith("https://learn.example.org/verify/0000-")
    assert certifying.verify_address(desk, "0" * 26).startswith("http://127.0.0.1:8000/verify/0000-")
    who = a_graduate(public)
    assert certifying.preview(public, who, CODE, a_choice()).specimen is False


def test_revoking_is_an_admins_deed_with_a_reason(desk: Desk) -> None:
    who = a_graduate(desk)
    number = issued(desk, who)
    admin = a_learner(desk, "Admin", Role.ADMIN)
    with pytest.raises(NotAllowed):
        verifying.revoke(desk, who, number, "no")
    with pytest.raises(Invalid):
        verifying.revoke(desk, admin, number, "  ")
    with pytest.raises(Conflict):
        verifying.restore(desk, admin, number, "was never revoked")
    verifying.revoke(desk, admin, number, "issued by mistake")
    assert verifying.verify(desk, NOBODY, number).state is State.REVOKED
    with pytest.raises(Conflict):
        verifying.revoke(desk, admin, number, "twice")
    later(desk)
    verifying.restore(desk, admin, number, "the mistake was ours")
    assert verifying.verify(desk, NOBODY, number).state is State.VALID
    with pytest.raises(NotFound):
        verifying.revoke(desk, admin, "nothing", "no")
