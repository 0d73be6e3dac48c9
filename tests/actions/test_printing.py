"""The PDF: made once, kept by its hash, the same bytes for ever."""

from __future__ import annotations

import sys
from dataclasses import replace
from hashlib import sha256

import pytest

from lms import jobs
from lms.actions import accounts, certifying, printing
from lms.actions.desk import Desk
from lms.core.errors import NotFound, Unavailable
from lms.core.people import SYSTEM, Actor
from lms.core.verification import Happening
from lms.rendering import certificate_pdf
from lms.storage import certificates
from tests.builders_certificates import CODE, a_choice, a_graduate, a_learner, later


@pytest.fixture
def who(desk: Desk) -> Actor:
    return a_graduate(desk)


def issue(desk: Desk, who: Actor) -> str:
    return certifying.issue(desk, who, CODE, a_choice("Amina Diallo", "en", "fr"), "press")


def test_the_worker_makes_it_once_and_notes_its_hash(desk: Desk, who: Actor) -> None:
    number = issue(desk, who)
    with pytest.raises(Unavailable) as refused:
        printing.my_pdf(desk, who, CODE)
    assert refused.value.code == "certificate.not-ready"
    jobs.run_due(desk)
    mine = certifying.my_certificate(desk, who, CODE)
    assert mine.holding is not None
    assert mine.holding.making == "ready"
    printed = printing.my_pdf(desk, who, CODE)
    assert printed.name == f"certificate-{number[:6]}.pdf"
    with desk.database.reading() as tx:
        kept = certificates.find(tx, number)
    assert kept is not None
    made = [event for event in kept.events if event.event is Happening.MADE]
    assert [event.digest for event in made] == [sha256(printed.content).hexdigest()]
    printing.make_pdf(desk, {"number": number})
    assert printing.keep_pdf(desk, SYSTEM, number, "0" * 64) is False
    assert list(desk.blobs.all()) == [made[0].digest]


def test_a_download_stays_the_same_whatever_changes(
    desk: Desk, who: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(desk, who)
    jobs.run_due(desk)
    before = printing.my_pdf(desk, who, CODE).content
    accounts.change_name(desk, who, "Another name")
    elsewhere = replace(desk.settings, issuer_name="Others", public_url="https://x.example")
    changed = replace(desk, settings=elsewhere)
    certificate_pdf._press.cache_clear()  # noqa: SLF001  # the engine is loaded once a process
    with monkeypatch.context() as without:  # neither template nor engine is asked again
        without.setitem(sys.modules, "weasyprint", None)
        jobs.run_due(changed)
        assert printing.my_pdf(changed, who, CODE).content == before


def test_nobody_else_gets_it(desk: Desk, who: Actor) -> None:
    issue(desk, who)
    jobs.run_due(desk)
    with pytest.raises(NotFound) as refused:
        printing.my_pdf(desk, a_learner(desk, "Other"), CODE)
    assert refused.value.code == "certificate.none"


def test_a_pdf_made_too_late_is_thrown_away(desk: Desk, who: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    number = issue(desk, who)
    put = desk.blobs.put

    def erased_meanwhile(content: bytes) -> str:
        certifying.erase_mine(desk, who, CODE)
        return put(content)

    class Slow:
        put = staticmethod(erased_meanwhile)
        remove = staticmethod(desk.blobs.remove)

    printing.make_pdf(replace(desk, blobs=Slow()), {"number": number})  # type: ignore[arg-type]  # as much of it as is used
    assert list(desk.blobs.all()) == []
    printing.make_pdf(desk, {"number": number})
    printing.make_pdf(desk, {"number": "none"})
    assert list(desk.blobs.all()) == []


def test_bytes_that_a_certificate_has_are_not_erased(desk: Desk, who: Actor) -> None:
    issue(desk, who)
    jobs.run_due(desk)
    (digest,) = desk.blobs.all()
    printing.erase_blob(desk, {"digest": digest})
    assert list(desk.blobs.all()) == [digest]
    certifying.erase_mine(desk, who, CODE)
    jobs.run_due(desk)
    assert list(desk.blobs.all()) == []


def test_without_the_engine_the_work_waits(desk: Desk, who: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    number = issue(desk, who)
    certificate_pdf._press.cache_clear()  # noqa: SLF001  # the engine is loaded once a process
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "weasyprint", None)
        jobs.run_due(desk)
    mine = certifying.my_certificate(desk, who, CODE)
    assert mine.holding is not None
    assert mine.holding.making == "waiting"
    later(desk, minutes=2)
    jobs.run_due(desk)
    assert printing.my_pdf(desk, who, CODE).name.startswith(f"certificate-{number[:6]}")


def test_a_name_that_no_font_can_draw_is_given_up(desk: Desk, who: Actor) -> None:
    certifying.issue(desk, who, CODE, a_choice("Amina \U00030010"), "press")
    jobs.run_due(desk)
    mine = certifying.my_certificate(desk, who, CODE)
    assert mine.holding is not None
    assert mine.holding.making == "failed"
