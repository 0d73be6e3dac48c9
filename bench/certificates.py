"""Certificates: laid out warm, and the whole way from the press to the file on disk."""

from __future__ import annotations

from itertools import count

from bench.house import House
from bench.measuring import Act, Case
from bench.pages import CODE, counted
from lms import jobs
from lms.core.certificates.certificate import Certificate, grouped
from lms.core.ids import secret
from lms.core.locales import Words
from lms.rendering.certificates.certificate_pdf import pdf


def _content(house: House, number: int) -> Certificate:
    name = secret(house.context.random(16))
    return Certificate(
        number=name,
        name=f"Marie-Ève Tremblay {number}",
        titles=Words({"en": "Positive Spaces 1", "fr": "Espaces positifs 1"}),
        version="1.0.0",
        completed_on="2026-11-22",
        issued_on="2026-11-22",
        law_as_of="2026-09-30",
        hours="3",
        address=f"https://learn.example.org/verify/{grouped(name)}",
        issuer="Parvis",
        locales=("en", "fr"),
        specimen=False,
    )


def layout(house: House) -> Case:
    """Lay out a certificate in both languages, tagged, with its code; the engine is warm."""
    numbers = count()

    def prepare() -> Act:
        content = _content(house, next(numbers))
        return lambda: pdf(content)

    def facts() -> dict[str, object]:
        return {"bytes": len(pdf(_content(house, next(numbers))))}

    return Case(
        "certificate, laid out and tagged", prepare, 4, most=45.0, note="English and French", facts=facts
    )


def pipeline(house: House) -> Case:
    """Press "Issue", and let the worker make the PDF, keep it on disk and note its hash."""

    def prepare() -> Act:
        person = house.graduate(CODE)
        fields = {
            "csrf_token": house.token_of(person.asker),
            "name": "Marie-Ève Tremblay",
            "locales": "en",
            "title": "full",
            "request": house.context.new_secret(),
        }
        asked = person.asker.post(f"/en/c/{CODE}/certificate", fields)

        def act() -> object:
            asked()
            return jobs.run_due(house.context)

        return act

    note = "press, transaction, job, layout, fsync, transaction; in one language"
    return Case("certificate, whole pipeline", prepare, 2, note=note, facts=lambda: counted(house, prepare))
