"""The PDF engine in a process of its own: the same bytes, gone when idle, and no worker ends with it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

import pytest

from lms.core.certificates.certificate import Certificate
from lms.core.errors import Invalid, Unavailable
from lms.rendering.certificates.apart import Apart
from lms.rendering.certificates.certificate_pdf import pdf
from tests.rendering.certificates.test_certificate_pdf import in_locales


@pytest.fixture
def apart() -> Iterator[Apart]:
    """Give a process that is ended with the test."""
    made = Apart(idle=6.0)
    yield made
    made.end()


def child() -> int:
    """Give the number of the only process below this one; 0 without one."""
    with open(f"/proc/self/task/{os.getpid()}/children", encoding="ascii") as file:  # noqa: PTH123  # a file of the system
        found = file.read().split()
    return int(found[0]) if found else 0


@pytest.fixture
def certificate() -> Certificate:
    """Give one to print."""
    return in_locales("en")


def test_it_makes_the_same_bytes_and_ends_when_nobody_asks(apart: Apart, certificate: Certificate) -> None:
    assert apart.pdf(certificate) == pdf(certificate)
    first = child()
    assert apart.pdf(certificate) == pdf(certificate)
    assert child() == first
    until = time.monotonic() + 40
    while child():
        assert time.monotonic() < until
        apart.tidy()
        time.sleep(0.05)
    assert apart.pdf(certificate).startswith(b"%PDF")


def test_a_process_that_is_killed_is_replaced(apart: Apart, certificate: Certificate) -> None:
    apart.pdf(certificate)
    os.kill(child(), signal.SIGKILL)
    assert apart.pdf(certificate).startswith(b"%PDF")


def test_a_refusal_comes_back_as_it_is(apart: Apart, certificate: Certificate) -> None:
    odd = in_locales("en", name="Amina \U00011f04")
    with pytest.raises(Invalid) as here:
        pdf(odd)
    with pytest.raises(Invalid) as there:
        apart.pdf(odd)
    assert (there.value.code, there.value.params) == (here.value.code, here.value.params)


def test_an_engine_that_ends_its_process_is_no_engine(apart: Apart) -> None:
    with pytest.raises(Unavailable) as refused:
        apart.pdf(None)  # type: ignore[arg-type]  # nothing that can be printed
    assert refused.value.code == "certificate.no-engine"
