"""The issuer's logo: kept with the certificate as it was on that day, and nothing else of what is kept."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest

from lms import jobs
from lms.actions.certificates import certifying, printing
from lms.actions.context import Context
from lms.core.certificates.certificate import Certificate
from lms.core.certificates.logo import Logo, read_logo
from lms.core.errors import NotFound
from lms.core.people.actors import NOBODY, Actor
from tests.builders_certificates import CODE, DRAWN_LOGO, a_choice, a_graduate, png_logo

OLD, NEW = read_logo(DRAWN_LOGO), read_logo(png_logo())


@pytest.fixture
def who(context: Context) -> Actor:
    return a_graduate(context)


def with_logo(context: Context, logo: Logo | None, drawn: list[str] | None = None) -> Context:
    """Return the same house with this logo; `drawn` takes down the digest of each picture that is printed."""

    def pdf(certificate: Certificate, picture: Logo | None = None) -> bytes:
        if drawn is not None:
            drawn.append(picture.digest if picture else "")
        return f"{certificate.number} {certificate.locales}".encode()

    return replace(context, logo=logo, pdf=pdf)


def issue(context: Context, who: Actor) -> str:
    return certifying.issue(context, who, CODE, a_choice("Amina Diallo", "en"), "press")


def test_a_certificate_keeps_the_logo_that_it_was_issued_with(context: Context, who: Actor) -> None:
    drawn: list[str] = []
    preview = certifying.preview(with_logo(context, OLD), who, CODE, a_choice())
    assert preview.logo == OLD.digest
    assert list(context.blobs.all()) == []
    issue(with_logo(context, OLD), who)
    changed = with_logo(context, NEW, drawn)
    jobs.run_due(changed)
    printing.print_mine(changed, who, CODE, "fr")
    jobs.run_due(changed)
    assert drawn == [OLD.digest, OLD.digest]
    mine = certifying.my_certificate(changed, who, CODE)
    assert mine.holding is not None
    assert mine.holding.content is not None
    assert mine.holding.content.logo == OLD.digest


def test_a_certificate_without_a_logo_stays_without_one(context: Context, who: Actor) -> None:
    drawn: list[str] = []
    issue(with_logo(context, None), who)
    jobs.run_due(with_logo(context, NEW, drawn))
    assert drawn == [""]


def test_anybody_may_see_the_picture_of_a_certificate(context: Context, who: Actor) -> None:
    with pytest.raises(NotFound):
        printing.issuer_logo(context, NOBODY, OLD.digest)
    assert printing.issuer_logo(with_logo(context, OLD), NOBODY, OLD.digest) == OLD
    issue(with_logo(context, OLD), who)
    assert printing.issuer_logo(with_logo(context, NEW), NOBODY, OLD.digest) == OLD


def test_no_certificate_is_handed_out_as_a_picture(context: Context, who: Actor) -> None:
    issue(context, who)
    jobs.run_due(context)
    printed = printing.my_pdf(context, who, CODE).content
    with pytest.raises(NotFound) as refused:
        printing.issuer_logo(context, NOBODY, sha256(printed).hexdigest())
    assert refused.value.code == "logo.unknown"
