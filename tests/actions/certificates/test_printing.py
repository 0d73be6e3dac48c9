"""The PDF: made once, kept by its hash, the same bytes for ever."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from functools import partial
from hashlib import sha256

import pytest
from sqlalchemy import delete, select, update

from lms import jobs
from lms.actions.certificates import certifying, printing, verifying
from lms.actions.context import Context
from lms.actions.operations import background, maintenance
from lms.actions.people import accounts
from lms.core.certificates.verification import CertificateEventKind, State
from lms.core.errors import Invalid, NotAllowed, NotFound, Unavailable
from lms.core.operations.jobs import BlobErasure, CertificatePdf
from lms.core.people.actors import NOBODY, SYSTEM, Actor
from lms.rendering.certificates import certificate_pdf
from lms.storage.certificates import certificates
from lms.storage.operations import outbox
from lms.storage.tables.certificates import certificate_print
from lms.storage.tables.operations import job
from tests.builders_certificates import CODE, a_choice, a_graduate, a_learner, later


@pytest.fixture
def who(context: Context) -> Actor:
    return a_graduate(context)


def issue(context: Context, who: Actor) -> str:
    return certifying.issue(context, who, CODE, a_choice("Amina Diallo", "en", "fr"), "press")


def test_the_worker_makes_it_once_and_notes_its_hash(context: Context, who: Actor) -> None:
    number = issue(context, who)
    with pytest.raises(Unavailable) as refused:
        printing.my_pdf(context, who, CODE)
    assert refused.value.code == "certificate.not-ready"
    jobs.run_due(context)
    mine = certifying.my_certificate(context, who, CODE)
    assert mine.holding is not None
    assert mine.holding.making == "ready"
    printed = printing.my_pdf(context, who, CODE)
    assert (printed.number, printed.locales) == (number, ("en", "fr"))
    with context.database.reading() as tx:
        kept = certificates.find(tx, number)
    assert kept is not None
    made = [event for event in kept.events if event.event is CertificateEventKind.MADE]
    assert [event.digest for event in made] == [sha256(printed.content).hexdigest()]
    printing.make_pdf(context, CertificatePdf(number))
    assert printing.keep_pdf(context, SYSTEM, CertificatePdf(number), "0" * 64) is False
    assert list(context.blobs.all()) == [made[0].digest]


def test_a_download_stays_the_same_whatever_changes(
    context: Context, who: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(context, who)
    jobs.run_due(context)
    before = printing.my_pdf(context, who, CODE).content
    accounts.change_name(context, who, "Another name")
    elsewhere = replace(context.settings, issuer_name="Others", public_url="https://x.example")
    changed = replace(context, settings=elsewhere)
    certificate_pdf._press.cache_clear()  # noqa: SLF001  # the engine is loaded once a process
    with monkeypatch.context() as without:  # neither template nor engine is asked again
        without.setitem(sys.modules, "weasyprint", None)
        jobs.run_due(changed)
        assert printing.my_pdf(changed, who, CODE).content == before


def test_nobody_else_gets_it(context: Context, who: Actor) -> None:
    issue(context, who)
    jobs.run_due(context)
    with pytest.raises(NotFound) as refused:
        printing.my_pdf(context, a_learner(context, "Other"), CODE)
    assert refused.value.code == "certificate.none"


def test_a_pdf_made_too_late_is_thrown_away(
    context: Context, who: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = issue(context, who)
    put = context.blobs.put

    def erased_meanwhile(content: bytes) -> str:
        certifying.erase_mine(context, who, CODE)
        return put(content)

    class Slow:
        put = staticmethod(erased_meanwhile)
        remove = staticmethod(context.blobs.remove)

    printing.make_pdf(replace(context, blobs=Slow()), CertificatePdf(number))  # type: ignore[arg-type]  # as much of it as is used
    assert list(context.blobs.all()) == []
    printing.make_pdf(context, CertificatePdf(number))
    printing.make_pdf(context, CertificatePdf("none"))
    assert list(context.blobs.all()) == []


def test_bytes_that_a_certificate_has_are_not_erased(context: Context, who: Actor) -> None:
    issue(context, who)
    jobs.run_due(context)
    (digest,) = context.blobs.all()
    printing.erase_blob(context, BlobErasure(digest))
    assert list(context.blobs.all()) == [digest]
    certifying.erase_mine(context, who, CODE)
    jobs.run_due(context)
    assert list(context.blobs.all()) == []


def test_without_the_engine_the_work_waits(
    context: Context, who: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = issue(context, who)
    certificate_pdf._press.cache_clear()  # noqa: SLF001  # the engine is loaded once a process
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "weasyprint", None)
        jobs.run_due(context)
    mine = certifying.my_certificate(context, who, CODE)
    assert mine.holding is not None
    assert mine.holding.making == "waiting"
    later(context, minutes=2)
    jobs.run_due(context)
    assert printing.my_pdf(context, who, CODE).number == number


def test_a_name_that_no_font_can_draw_is_given_up(context: Context, who: Actor) -> None:
    certifying.issue(context, who, CODE, a_choice("Amina \U00030010"), "press")
    jobs.run_due(context)
    mine = certifying.my_certificate(context, who, CODE)
    assert mine.holding is not None
    assert mine.holding.making == "failed"


# --- made never, and said so ---------------------------------------------------------------------------
def making(context: Context, who: Actor) -> str:
    mine = certifying.my_certificate(context, who, CODE)
    assert mine.holding is not None
    return mine.holding.making


def give_up(context: Context) -> None:
    """Let the making fail for good: the fonts are missing on this machine."""
    taken = background.take_job(context, SYSTEM)
    while taken and taken.kind != CertificatePdf.kind:
        background.finish_job(context, SYSTEM, taken)
        taken = background.take_job(context, SYSTEM)
    assert taken
    assert background.give_up_job(context, SYSTEM, taken, "certificate.no-engine")


def test_what_failed_stays_so_when_its_row_is_gone_and_can_be_made_after_all(
    context: Context, who: Actor
) -> None:
    number = issue(context, who)
    give_up(context)
    assert making(context, who) == "failed"
    later(context, minutes=400 * 24 * 60)
    maintenance.prune(context, SYSTEM)
    with context.database.writing() as tx:
        outbox.forget(tx, CertificatePdf(number).key)
    assert printing.take_up_again(context, SYSTEM) == 1
    jobs.run_due(context)
    assert making(context, who) == "failed", "not even a lost row makes it 'being made' again"
    assert printing.take_up_again(context, SYSTEM) == 1
    assert making(context, who) == "failed"


def test_what_failed_is_made_when_somebody_has_it_tried_again(context: Context, who: Actor) -> None:
    issue(context, who)
    give_up(context)
    (line,) = background.jobs(context, SYSTEM)
    background.retry_job(context, SYSTEM, line.id)
    assert making(context, who) == "waiting"
    give_up(context)
    assert making(context, who) == "failed"
    assert background.retry_all(context, SYSTEM) == 1
    jobs.run_due(context)
    assert making(context, who) == "ready"


@pytest.mark.parametrize("left", ["nothing", "done"])
def test_work_that_was_lost_is_put_into_the_outbox_again(context: Context, who: Actor, left: str) -> None:
    issue(context, who)
    with context.database.writing() as tx:
        tx.execute(delete(job) if left == "nothing" else update(job).values(done_at=context.now()))
    assert making(context, who) == "waiting"
    assert printing.take_up_again(context, SYSTEM) == 1
    assert printing.take_up_again(context, SYSTEM) == 0, "it is on its way"
    jobs.run_due(context)
    assert making(context, who) == "ready"


def test_a_failure_of_an_earlier_version_is_written_on_the_certificate(context: Context, who: Actor) -> None:
    issue(context, who)
    with context.database.writing() as tx:  # it noted a failure in the outbox alone
        tx.execute(update(job).where(job.c.kind == CertificatePdf.kind).values(failed_at=context.now()))
    assert making(context, who) == "waiting"
    printing.take_up_again(context, SYSTEM)
    assert making(context, who) == "failed"


def test_nothing_is_noted_on_a_certificate_that_is_made_or_erased(context: Context, who: Actor) -> None:
    number = issue(context, who)
    jobs.run_due(context)
    with context.database.writing() as tx:
        printing.note_failure(tx, context, CertificatePdf(number))
    assert making(context, who) == "ready"
    certifying.erase_mine(context, who, CODE)
    with context.database.writing() as tx:
        printing.note_failure(tx, context, CertificatePdf(number))
        printing.note_fresh_start(tx, context, CertificatePdf("none"))
        kept = certificates.find(tx, number)
    assert kept
    assert CertificateEventKind.MAKING_FAILED not in {event.event for event in kept.events}


# --- other languages of the same certificate -----------------------------------------------------------
def prints_of(context: Context, who: Actor) -> dict[str, str]:
    mine = certifying.my_certificate(context, who, CODE)
    assert mine.holding is not None
    return dict(mine.holding.prints)


def test_another_language_is_another_print_of_the_same_number(context: Context, who: Actor) -> None:
    number = certifying.issue(context, who, CODE, a_choice("Amina Diallo", "en"), "press")
    jobs.run_due(context)
    first = printing.my_pdf(context, who, CODE).content
    settings = replace(context.settings, issuer_name="Somebody Else", public_url="https://x.example")
    later_on = replace(context, settings=settings)
    assert printing.print_mine(later_on, who, CODE, "fr") == "fr"
    assert printing.print_mine(later_on, who, CODE, "fr en") == "fr en"
    assert printing.print_mine(later_on, who, CODE, "en fr") == "fr en", "both, whichever stands first"
    assert prints_of(context, who) == {"en": "ready", "fr": "waiting", "fr en": "waiting"}
    with pytest.raises(Unavailable):
        printing.my_pdf(context, who, CODE, "fr")
    jobs.run_due(later_on)
    assert prints_of(context, who) == {"en": "ready", "fr": "ready", "fr en": "ready"}
    files = [printing.my_pdf(context, who, CODE, one) for one in ("", "en", "fr", "en fr")]
    assert [one.locales for one in files] == [("en",), ("en",), ("fr",), ("fr", "en")]
    assert {one.number for one in files} == {number}
    assert files[0].content == files[1].content == first
    assert len(set(context.blobs.all())) == 3
    with context.database.reading() as tx:
        kept = certificates.find(tx, number)
    assert kept
    assert kept.payload
    made = {event.of: event.digest for event in kept.events if event.event is CertificateEventKind.MADE}
    assert made == {kept.mark(one.locales): one.blob for one in kept.payload.prints}
    french = json.loads(kept.payload.prints[1].content)
    assert french["titles"] == {"fr": "Un accueil chaleureux"}
    assert french["issuer"] == context.settings.issuer_name, "what is printed was settled when it was issued"
    assert verifying.verify(context, NOBODY, number).state is State.VALID


def test_a_replaced_certificate_is_printed_in_the_same_languages(context: Context, who: Actor) -> None:
    old = certifying.issue(context, who, CODE, a_choice("Amina Dialo", "en"), "press")
    printing.print_mine(context, who, CODE, "fr")
    jobs.run_due(context)
    before = set(context.blobs.all())
    assert len(before) == 2
    again = partial(certifying.replace_mine, context, who, CODE, replaces=old)
    assert again(a_choice("Amina Dialo", "fr", "en"), "press-2") == old, "a language alone replaces nothing"
    new = again(a_choice("Amina Diallo", "en"), "press-3")
    assert new != old
    assert list(prints_of(context, who)) == ["en", "fr", "fr en"]
    jobs.run_due(context)
    assert set(prints_of(context, who).values()) == {"ready"}
    assert not before & set(context.blobs.all()), "the old name is in no file"
    assert verifying.verify(context, NOBODY, old).state is State.SUPERSEDED
    assert verifying.verify(context, NOBODY, new).issuer == context.settings.issuer_name
    certifying.erase_mine(context, who, CODE)
    jobs.run_due(context)
    assert list(context.blobs.all()) == [], "all prints go with the name"
    with context.database.reading() as tx:
        assert tx.execute(select(certificate_print)).first() is None


@pytest.mark.parametrize("wanted", ["es", "en en", " "])
def test_a_language_that_the_course_does_not_have_is_refused(
    context: Context, who: Actor, wanted: str
) -> None:
    issue(context, who)
    with pytest.raises(Invalid) as refused:
        printing.print_mine(context, who, CODE, wanted)
    assert refused.value.code == "certificate.choice"


def test_nothing_is_printed_of_what_is_not_there_or_revoked(context: Context, who: Actor) -> None:
    with pytest.raises(NotFound):
        printing.print_mine(context, who, CODE, "fr")
    number = issue(context, who)
    verifying.revoke(context, SYSTEM, number, "by mistake")
    with pytest.raises(NotAllowed) as refused:
        printing.print_mine(context, who, CODE, "fr")
    assert refused.value.code == "certificate.revoked"
    verifying.restore(context, SYSTEM, number, "it was")
    certifying.erase_mine(context, who, CODE)
    with pytest.raises(NotFound):
        printing.print_mine(context, who, CODE, "fr")


def test_a_print_that_failed_or_was_lost_is_made_after_all(context: Context, who: Actor) -> None:
    number = certifying.issue(context, who, CODE, a_choice("Amina Diallo", "en"), "press")
    jobs.run_due(context)
    printing.print_mine(context, who, CODE, "fr")
    give_up(context)
    assert prints_of(context, who) == {"en": "ready", "fr": "failed"}
    background.retry_all(context, SYSTEM)
    assert prints_of(context, who)["fr"] == "waiting"
    with context.database.writing() as tx:
        tx.execute(delete(job).where(job.c.key == CertificatePdf(number, "fr").key))
    assert printing.take_up_again(context, SYSTEM) == 1
    assert printing.take_up_again(context, SYSTEM) == 0
    jobs.run_due(context)
    assert prints_of(context, who) == {"en": "ready", "fr": "ready"}
