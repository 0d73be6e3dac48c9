"""Two workers: one for letters, one for the rest; neither waits for the other or takes the other's work."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from threading import Thread

import pytest

from lms.actions.certificates import certifying
from lms.actions.context import Context
from lms.actions.operations import background
from lms.actions.people import codes
from lms.core.operations.jobs import LETTERS, NO_LETTERS, CertificatePdf, Letter
from lms.core.people.actors import NOBODY, SYSTEM
from lms.jobs import Worker
from lms.mail.mailer import SmtpPost
from lms.storage.operations import clock
from tests.builders_accounts import HERE, letters
from tests.builders_certificates import CODE, a_choice, a_graduate


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """Return a mail server that takes every connection and never greets; closed, it lets go of them."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def asked_for_codes(context: Context, count: int) -> None:
    for number in range(count):
        address = f"one{number}@example.org"
        codes.ask_to_sign_up(context, NOBODY, "Zoé", address, locale="en", browser=HERE)


def beside(context: Context) -> Worker:
    return Worker(context, rounds=(), share=LETTERS, beside=True)


def waiting(context: Context) -> list[str]:
    return [line.kind for line in background.jobs(context, SYSTEM, all_of_them=True) if line.tries == 0]


def test_a_mail_server_that_never_answers_keeps_no_certificate_waiting(
    context: Context, silent: socket.socket
) -> None:
    """Six codes and a certificate: with one worker it took six times the patience for mail."""
    asked_for_codes(context, 6)
    certifying.issue(context, a_graduate(context), CODE, a_choice(), "request-1")
    trust = ssl.create_default_context()
    post = SmtpPost("127.0.0.1", silent.getsockname()[1], "none", "", "", "a@example.org", trust, 120.0)
    mail = beside(replace(context, post=post))
    thread = Thread(target=mail.run, daemon=True)
    thread.start()
    try:
        assert Worker(context, rounds=(), share=NO_LETTERS).step()
        assert CertificatePdf.kind not in waiting(context)
        assert waiting(context).count(Letter.kind) >= 5
    finally:
        mail.stop.set()
        silent.close()
        thread.join()


def test_each_worker_takes_its_share_alone(context: Context) -> None:
    asked_for_codes(context, 2)
    certifying.issue(context, a_graduate(context), CODE, a_choice(), "request-1")
    mail, worker = beside(context), Worker(context, rounds=(), share=NO_LETTERS)
    assert [mail.step() for _ in range(3)] == [True, True, False]
    assert Letter.kind not in waiting(context)
    assert CertificatePdf.kind in waiting(context)
    while worker.step():
        pass
    assert waiting(context) == []
    assert len(letters(context)) == 2


def test_the_worker_for_mail_leaves_the_clock_to_the_other_one(context: Context) -> None:
    """Two that compare the clocks would each find that the other one has moved it."""
    asked_for_codes(context, 1)
    beside(context).step()
    with context.database.reading() as tx:
        assert clock.belief(tx) is None
    Worker(context, rounds=(), share=NO_LETTERS).step()
    with context.database.reading() as tx:
        assert clock.belief(tx) is not None
