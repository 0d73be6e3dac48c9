"""A certificate's words and its two sheets, one to print and one on a page, from the same content.

Holds how a certificate is said in each of its languages and which template shows it; no PDF engine (that is
in `certificate_pdf`, in the worker alone), and it decides nothing.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from lms.core.certificates.certificate import Certificate, grouped
from lms.core.certificates.logo import Logo
from lms.core.checks.wording.scripts import script_of, width
from lms.core.locales import direction
from lms.rendering.certificates.qr import qr_path, qr_picture
from lms.rendering.filling import sheets
from lms.rendering.words.marks import NP_
from lms.rendering.words.translator import Translator, translator_for

#: Sizes of the printed name, largest first, and how many ems of each fit on a line; then for two.
_NAME_SIZES = ((44, 13.5), (36, 16.5), (29, 20.5), (26, 23))
_TWO_LINES = ((22, 27),)
_LEAST_NAME = 15  # points
#: The same for a course's title, over the whole sheet and in half of it.
_COURSE_SIZES = {1: ((20, 56), (17, 70)), 2: ((20, 13), (17, 31), (14, 38))}
_LEAST_COURSE = 12
_FILE_DIGITS = 6  # of the number
_FILE = ("file name", NP_("file name", "certificate"))
_FILE_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A certificate in one of its languages."""

    lang: str
    dir: str
    heading: str
    deed: str
    course: str
    course_size: int
    when: str
    length: str
    version: str
    law: str
    issued: str
    number: str
    verify: str
    specimen: str


@dataclass(frozen=True, slots=True)
class CertificateSheet:
    """A certificate as both templates take it."""

    title: str
    number: str
    name: str
    name_lines: str
    name_lang: str
    name_dir: str
    name_size: int
    columns: tuple[Column, ...]
    address: str
    issuer: str
    signatory: str
    logo: str
    issued_on: str
    specimen: bool
    qr: str
    qr_side: int
    qr_words: str


def _column(certificate: Certificate, said: Translator) -> Column:
    course = certificate.titles.text(said.locale)
    return Column(
        lang=said.locale,
        dir=said.direction,
        heading=said.gettext("Certificate of completion"),
        deed=said.gettext("has completed the course"),
        course=course,
        course_size=_size(course, _COURSE_SIZES[min(len(certificate.locales), 2)], _LEAST_COURSE),
        when=said.gettext("on %(date)s", date=said.date(certificate.completed_on)),
        length=said.gettext("%(length)s of learning", length=said.about(certificate.length)),
        version=_version(certificate, said),
        law=said.gettext("Law as of %(date)s", date=said.date(certificate.law_as_of)),
        issued=said.gettext(
            "Issued by %(issuer)s on %(date)s",
            issuer=_issuer(certificate),
            date=said.date(certificate.issued_on),
        ),
        number=said.gettext("Certificate number"),
        verify=said.gettext("Anyone can verify it at"),
        specimen=said.gettext("Specimen, not proof of training"),
    )


def _version(certificate: Certificate, said: Translator) -> str:
    version = certificate.version
    if not certificate.renewed_on:
        return said.gettext("Course version %(version)s", version=version)
    day = said.date(certificate.renewed_on)
    return said.gettext("Course version %(version)s, renewed on %(date)s", version=version, date=day)


def _issuer(certificate: Certificate) -> str:
    return f"{certificate.issuer} ({certificate.place})" if certificate.place else certificate.issuer


def _size(text: str, sizes: tuple[tuple[int, float], ...], least: int) -> int:
    wide = width(text)
    return next((size for size, room in sizes if wide <= room), least)


def _lines(name: str) -> str:
    """Break a name that needs two lines at the space nearest to its middle."""
    spaces = [place for place, sign in enumerate(name) if sign == " "]
    if width(name) <= _NAME_SIZES[-1][1] or not spaces:
        return name
    middle = min(spaces, key=lambda place: abs(width(name[:place]) - width(name[place:])))
    return f"{name[:middle]}\n{name[middle + 1 :]}"


def sheet(certificate: Certificate, locale: str = "", folder: Path | None = None) -> CertificateSheet:
    """Return a certificate in its languages; `locale` is the reader's, `folder` holds the catalogues."""
    columns = tuple(_column(certificate, translator_for(one, folder)) for one in certificate.locales)
    reader = translator_for(locale or certificate.locales[0], folder)
    script = script_of(certificate.name)
    lines = _lines(certificate.name)
    sizes = _TWO_LINES if width(certificate.name) > _NAME_SIZES[-1][1] else _NAME_SIZES
    path, side = qr_path(certificate.address)
    return CertificateSheet(
        title=f"{columns[0].heading} – {columns[0].course} – {certificate.name}",
        number=grouped(certificate.number),
        name=certificate.name,
        name_lines=lines,
        name_lang=script.lang,
        name_dir="rtl" if script.rtl else "ltr",
        name_size=_size(max(lines.split("\n"), key=width), sizes, _LEAST_NAME),
        columns=columns,
        address=certificate.address,
        issuer=certificate.issuer,
        signatory=certificate.signatory,
        logo=certificate.logo,
        issued_on=certificate.issued_on,
        specimen=certificate.specimen,
        qr=path,
        qr_side=side,
        qr_words=reader.gettext("QR code that opens %(address)s", address=certificate.address),
    )


def file_name(number: str, locales: tuple[str, ...], folder: Path | None = None) -> str:
    """Return a name for the PDF that tells nothing of the course or the person: “attestation-04zs7m.pdf”."""
    said = (translator_for(one, folder).sense(*_FILE) for one in locales)
    words = [word for word in said if _FILE_WORD.fullmatch(word)]
    return "-".join([*dict.fromkeys(words or ["certificate"]), number[:_FILE_DIGITS]]) + ".pdf"


def print_page(certificate: Certificate, logo: Logo | None = None, folder: Path | None = None) -> str:
    """Write the page that becomes the PDF; its language is the first of the certificate's.

    `logo` is the picture that the certificate bears.
    """
    shown = sheet(certificate, folder=folder)
    template = sheets().get_template("certificates/sheet.html")
    return template.render(
        sheet=shown,
        picture=qr_picture(certificate.address),
        logo=f"data:{logo.type};base64,{b64encode(logo.content).decode()}" if logo else "",
    )


def web_page(certificate: Certificate, locale: str, folder: Path | None = None) -> Markup:
    """Write the same content as a part of a page in the reader's language, under a second-level heading."""
    shown = sheet(certificate, locale, folder)
    template = sheets().get_template("certificates/page.html")
    return Markup(template.render(sheet=shown, locale=locale, direction=direction))  # noqa: S704  # autoescaped above
