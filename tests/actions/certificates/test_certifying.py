"""Issued once, replaced without a trace of the old name, erased on request."""

from __future__ import annotations

from dataclasses import replace
from threading import Barrier, Thread
from time import process_time

import pytest
from sqlalchemy import delete

from lms.actions.certificates import certifying, printing, verifying
from lms.actions.context import Context
from lms.core.certificates.certificate import CertificateChoice, grouped
from lms.core.certificates.verification import State
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound, ParvisError
from lms.core.operations.jobs import BlobErasure, CertificatePdf
from lms.core.people.actors import NOBODY, SYSTEM, Actor, Role
from lms.storage.certificates import certificates
from lms.storage.operations import outbox
from lms.storage.tables.certificates import certificate_event as happened
from tests.builders_certificates import CODE, NUMBER, a_choice, a_graduate, a_learner, later
from tests.builders_learning import refused as refused_as
from tests.databases import all_rows


def issued(
    context: Context, who: Actor, choice: CertificateChoice | None = None, press: str = "press-1"
) -> str:
    return certifying.issue(context, who, CODE, choice or a_choice(), press)


def rows(context: Context, table: str) -> int:
    with context.database.reading() as tx:
        counted = tx.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()  # noqa: S608  # names of ours
        return int(counted)


def test_only_who_has_completed_the_course_gets_one(context: Context) -> None:
    a_graduate(context)
    other = a_learner(context, "Other")
    for act in (
        lambda: certifying.my_certificate(context, other, CODE),
        lambda: certifying.preview(context, other, CODE, a_choice()),
        lambda: issued(context, other),
    ):
        with pytest.raises(NotAllowed) as refused:
            act()
        assert refused.value.code == "certificate.course-not-complete"
    with pytest.raises(NotAllowed) as refused:
        issued(context, NOBODY)
    assert refused.value.code == "deed.sign-in-first"
    with pytest.raises(NotFound):
        certifying.my_certificate(context, other, "none")


def test_a_preview_shows_all_and_issues_nothing(context: Context) -> None:
    who = a_graduate(context)
    shown = certifying.preview(context, who, CODE, a_choice("  Amina   Diallo ", "en", "fr"))
    assert (shown.name, shown.number, shown.address) == ("Amina Diallo", "", "")
    assert shown.titles.by_locale == {"en": "A warm welcome", "fr": "Un accueil chaleureux"}
    assert shown.specimen
    assert rows(context, "certificate") == 0


def test_letters_that_no_font_has_are_named_at_the_preview(context: Context) -> None:
    who, fonts = a_graduate(context), lambda text: tuple(sign for sign in text if sign in "◇◆")
    with pytest.raises(Invalid, match=r"certificate\.choice") as told:
        certifying.preview(replace(context, undrawable=fonts), who, CODE, a_choice("Rose ◆"))
    (found,) = told.value.findings
    assert (found.rule, dict(found.params)) == ("certificate.letters-missing", {"letters": "◆ (U+25C6)"})


def test_issuing_writes_everything_in_one_deed(context: Context) -> None:
    who = a_graduate(context)
    before = certifying.my_certificate(context, who, CODE)
    assert (before.holding, before.name, before.days) == (None, "Amina", ("2026-11-22",))
    number = issued(context, who)
    mine = certifying.my_certificate(context, who, CODE)
    assert mine.holding is not None
    assert mine.holding.content is not None
    assert (mine.holding.number, mine.holding.state, mine.holding.making) == (number, State.VALID, "waiting")
    assert mine.holding.content.address.endswith(f"/verify/{grouped(number)}")
    with context.database.reading() as tx:
        assert outbox.state(tx, CertificatePdf(number).key) == "waiting"
    trail = [row for row in audit(context) if row[1] == "certifying.issue"]
    assert trail == [(who.person, "certifying.issue", number)]
    assert "Amina" not in str(audit(context))


def audit(context: Context) -> list[tuple[str, str, str]]:
    with context.database.reading() as tx:
        return [tuple(row) for row in tx.exec_driver_sql("SELECT actor, deed, object FROM audit")]


def test_one_press_is_one_certificate_and_two_presses_are_still_one(context: Context) -> None:
    who = a_graduate(context)
    number = issued(context, who)
    assert issued(context, who) == number
    with pytest.raises(Conflict) as refused:
        issued(context, who, press="press-2")
    assert refused.value.code == "certificate.already-issued"
    assert rows(context, "certificate") == 1


def test_presses_at_the_same_time_make_one(context: Context) -> None:
    who = a_graduate(context)
    start, came = Barrier(4), []

    def press(name: str) -> None:
        start.wait()
        try:
            came.append(issued(context, who, press=name))
        except ParvisError as problem:
            came.append(problem.code)

    threads = [Thread(target=press, args=(name,)) for name in ("a", "a", "b", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert rows(context, "certificate") == 1
    assert rows(context, "job WHERE kind = 'certificate'") == 1
    assert len(set(came)) == 2
    assert came.count("certificate.already-issued") == 2


def test_what_cannot_be_printed_is_refused_with_every_fault(context: Context) -> None:
    who = a_graduate(context)
    wrong = a_choice(" ", "xx")
    for act in (
        lambda: certifying.preview(context, who, CODE, wrong),
        lambda: certifying.issue(context, who, CODE, wrong, "press"),
    ):
        with pytest.raises(Invalid) as refused:
            act()
        assert [one.place.file for one in refused.value.findings] == ["name", "locales"]
    assert rows(context, "certificate") == 0


@pytest.mark.parametrize("name", ["z" * 50_000, "\u0301" * 50_000 + "\u0327" * 50_000 + "z"])
def test_a_name_that_is_far_too_long_is_not_looked_at(context: Context, name: str) -> None:
    who = a_graduate(context)
    began = process_time()
    with pytest.raises(Invalid) as refused:
        certifying.preview(context, who, CODE, a_choice(name))
    assert [one.rule for one in refused.value.findings] == ["certificate.name-long"]
    assert process_time() - began < 1


def test_somebody_elses_press_is_not_answered_with_their_number(context: Context) -> None:
    first, second = a_graduate(context, "First"), a_graduate(context, "Second")
    number = issued(context, first)
    with pytest.raises(Conflict) as refused:
        issued(context, second)
    assert refused.value.code == "certificate.request-used"
    assert number not in str(refused.value)


def test_a_neutral_title_says_nothing_of_the_course(context: Context) -> None:
    who = a_graduate(context)
    number = issued(context, who, a_choice("Amina", "fr", neutral=True))
    mine = certifying.my_certificate(context, who, CODE)
    assert mine.holding is not None
    assert mine.holding.content is not None
    assert mine.holding.content.titles.by_locale == {"fr": "Formation professionnelle"}
    assert verifying.verify(context, NOBODY, number).title.text("fr") == "Formation professionnelle"


def test_replacing_supersedes_and_forgets_the_old_name(context: Context) -> None:
    who = a_graduate(context)
    old = issued(context, who, a_choice("Old Name"))
    printing.make_pdf(context, CertificatePdf(old))
    later(context)
    new = certifying.replace_mine(context, who, CODE, a_choice("New Name"), "press-2", replaces=old)
    assert certifying.replace_mine(context, who, CODE, a_choice("New Name"), "press-2", replaces=old) == new
    mine = certifying.my_certificate(context, who, CODE)
    assert mine.holding is not None
    assert mine.holding.number == new
    assert verifying.verify(context, NOBODY, old).state is State.SUPERSEDED
    with pytest.raises(NotAllowed) as refused:
        verifying.check_name(context, NOBODY, old, "Old Name")
    assert refused.value.code == "verify.no-name"
    everything = all_rows(context.database)
    assert "New Name" in everything
    assert "Old Name" not in everything


def test_replacing_needs_one_to_replace_that_was_not_revoked(context: Context) -> None:
    who = a_graduate(context)
    with pytest.raises(NotFound) as missing:
        certifying.replace_mine(context, who, CODE, a_choice(), "press", replaces=NUMBER)
    assert missing.value.code == "certificate.none"
    number = issued(context, who)
    verifying.revoke(context, SYSTEM, number, "issued by mistake")
    with pytest.raises(NotAllowed) as refused:
        certifying.replace_mine(context, who, CODE, a_choice(), "press-2", replaces=number)
    assert refused.value.code == "certificate.revoked"


@pytest.mark.parametrize(
    "other", [a_choice("Amina Diallo"), a_choice("Amina Dialo", "fr"), a_choice("Amina Dialo", neutral=True)]
)
def test_one_press_stands_for_one_choice(context: Context, other: CertificateChoice) -> None:
    who = a_graduate(context)
    number = issued(context, who, a_choice("Amina Dialo"))
    assert issued(context, who, a_choice(" Amina  Dialo ")) == number
    with refused_as(Conflict, "certificate.request-used"):
        issued(context, who, other)
    with refused_as(Conflict, "certificate.request-used"):
        certifying.replace_mine(context, who, CODE, other, "press-1", replaces=number)
    certifying.erase_mine(context, who, CODE)
    with refused_as(Conflict, "certificate.request-used"):
        issued(context, who, a_choice("Amina Dialo"))


def test_of_two_windows_the_second_is_told(context: Context) -> None:
    who = a_graduate(context)
    first = issued(context, who)
    with refused_as(Conflict, "certificate.already-issued"):
        issued(context, who, press="press-of-another-window")
    second = certifying.replace_mine(context, who, CODE, a_choice("One"), "press-2", replaces=first)
    with refused_as(Conflict, "certificate.replaced-meanwhile"):
        certifying.replace_mine(context, who, CODE, a_choice("Two"), "press-3", replaces=first)
    assert certifying.my_certificate(context, who, CODE).holding.number == second  # type: ignore[union-attr]  # has one


def states_of(context: Context, numbers: list[str]) -> list[State]:
    return [verifying.verify(context, NOBODY, number).state for number in numbers]


@pytest.mark.parametrize("ahead", [0, 1, 400])
def test_a_clock_that_was_ahead_leaves_one_live_certificate(context: Context, ahead: int) -> None:
    who = a_graduate(context)
    later(context, minutes=ahead * 24 * 60)
    numbers = [issued(context, who)]
    later(context, minutes=-ahead * 24 * 60)
    for turn in range(4):
        wanted = (a_choice(f"Name {turn}"), f"again-{turn}")
        numbers.append(certifying.replace_mine(context, who, CODE, *wanted, replaces=numbers[-1]))
        later(context)
        holding = certifying.my_certificate(context, who, CODE).holding
        assert holding is not None
        assert (holding.number, holding.making) == (numbers[-1], "waiting")
    assert states_of(context, numbers) == [State.SUPERSEDED] * 4 + [State.VALID]


@pytest.mark.parametrize("ahead", [1, 400])
def test_a_revocation_and_its_end_count_in_the_order_in_which_they_happened(
    context: Context, ahead: int
) -> None:
    number = issued(context, a_graduate(context))
    later(context, minutes=ahead * 24 * 60)
    verifying.revoke(context, SYSTEM, number, "issued by mistake")
    later(context, minutes=-ahead * 24 * 60)
    verifying.restore(context, SYSTEM, number, "it was right")
    assert states_of(context, [number]) == [State.VALID]
    verifying.revoke(context, SYSTEM, number, "it was a mistake")
    assert states_of(context, [number]) == [State.REVOKED]


def test_a_certificate_that_was_left_beside_the_line_is_superseded_too(context: Context) -> None:
    who = a_graduate(context)
    numbers = [issued(context, who)]
    for turn in range(2):
        wanted = (a_choice(f"Name {turn}"), f"again-{turn}")
        numbers.append(certifying.replace_mine(context, who, CODE, *wanted, replaces=numbers[-1]))
    with context.database.writing() as tx:  # as an older version has left them
        mine = (happened.c.event == "superseded", happened.c.number == numbers[1])
        tx.execute(delete(happened).where(*mine))
    numbers.append(
        certifying.replace_mine(context, who, CODE, a_choice("End"), "press-9", replaces=numbers[2])
    )
    assert states_of(context, numbers) == [State.SUPERSEDED] * 3 + [State.VALID]


def test_erasing_takes_name_and_pdf_and_leaves_the_fact(context: Context) -> None:
    who = a_graduate(context)
    number = issued(context, who)
    printing.make_pdf(context, CertificatePdf(number))
    (digest,) = context.blobs.all()
    later(context)
    certifying.erase_mine(context, who, CODE)
    with context.database.reading() as tx:
        kept = certificates.find(tx, number)
    assert kept is not None
    assert kept.payload is None
    printing.erase_blob(context, BlobErasure(digest))
    assert list(context.blobs.all()) == []
    found = verifying.verify(context, NOBODY, number)
    assert (found.state, found.may_check_name) == (State.VALID, False)
    mine = certifying.my_certificate(context, who, CODE)
    assert mine.holding is not None
    assert mine.holding.content is None
    for act in (
        lambda: certifying.erase_mine(context, who, CODE),
        lambda: printing.my_pdf(context, who, CODE),
    ):
        with pytest.raises(NotFound):
            act()
    assert (
        certifying.replace_mine(context, who, CODE, a_choice("Again"), "press-2", replaces=number) != number
    )


def test_a_deleted_account_leaves_numbers_without_names(context: Context) -> None:
    who = a_graduate(context)
    number = issued(context, who)
    with context.database.writing() as tx:
        assert certifying.erase_all(tx, context, who.person) == 1
    assert verifying.verify(context, NOBODY, number).may_check_name is False


def test_the_address_is_the_public_one_where_there_is_one(context: Context) -> None:
    public = replace(context, settings=replace(context.settings, public_url="https://learn.example.org/"))
    assert certifying.verify_address(public, "0" * 26).startswith("https://learn.example.org/verify/0000-")
    assert certifying.verify_address(context, "0" * 26).startswith("http://127.0.0.1:8000/verify/0000-")
    who = a_graduate(public)
    assert certifying.preview(public, who, CODE, a_choice()).specimen is False


def test_revoking_is_an_admins_deed_with_a_reason(context: Context) -> None:
    who = a_graduate(context)
    number = issued(context, who)
    admin = a_learner(context, "Admin", Role.ADMIN)
    with pytest.raises(NotAllowed):
        verifying.revoke(context, who, number, "no")
    with pytest.raises(Invalid):
        verifying.revoke(context, admin, number, "  ")
    with pytest.raises(Conflict):
        verifying.restore(context, admin, number, "was never revoked")
    verifying.revoke(context, admin, number, "issued by mistake")
    assert verifying.verify(context, NOBODY, number).state is State.REVOKED
    with pytest.raises(Conflict):
        verifying.revoke(context, admin, number, "twice")
    later(context)
    verifying.restore(context, admin, number, "the mistake was ours")
    assert verifying.verify(context, NOBODY, number).state is State.VALID
    with pytest.raises(NotFound):
        verifying.revoke(context, admin, "nothing", "no")
