"""What a certificate says, and who may have one.

Holds the content that is printed (frozen for ever with the certificate) and the rules about what may be
chosen. Holds no state of a certificate (see `verification`), no layout and no words. Made by
`actions.certificates.certifying`, drawn by `rendering.certificates.certificates`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from lms.core.courses.findings import Finding, Place, Severity
from lms.core.ids import ID_PATTERN
from lms.core.locales import Words
from lms.core.people.letters import composed, visible

LONGEST_NAME = 100
GROUP = 4
_LOOK_ALIKES = str.maketrans({"o": "0", "i": "1", "l": "1"})
#: What stands before a number on paper, once signs are spaces: “Certificate No.”, “Attestation nº”.
_NAMED = re.compile(
    r"^(?:(?:certificate|certificat|attestation|number|numéro|numero|num|no|nr|n|of|de|d|l) +)+"
)
_RAISED_O = str.maketrans("№º°ᵒ", "    ")
_BYTES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_ADDRESS = re.compile(r"(?:.*[?&]number=|[^?#]*/)([^/?&#]*[^\W_][^/?&#]*)", re.DOTALL)  # its last part


@dataclass(frozen=True, slots=True)
class Certificate:
    """Everything that is printed; dates are YYYY-MM-DD, `titles` has one title per printed language.

    `hours` is what `course.yaml` says; it is printed on certificates that were issued before there were
    `minutes` (decision 0078).
    """

    number: str
    name: str
    titles: Words
    version: str
    completed_on: str
    issued_on: str
    law_as_of: str
    hours: str
    address: str
    issuer: str
    locales: tuple[str, ...]
    specimen: bool
    minutes: int = 0
    place: str = ""  # where the issuer is, and who signs for it: '' unless set
    signatory: str = ""
    logo: str = ""  # SHA-256 of the issuer's picture, which is kept as it was on that day; '' unless set
    renewed_on: str = ""  # the day of the refresher; `completed_on` stays the day of the course

    @property
    def length(self) -> int:
        """Return the length of the course in minutes, as it is printed."""
        return self.minutes or round(60 * float(self.hours))


@dataclass(frozen=True, slots=True)
class CertificateChoice:
    """What the learner decides: the (tidied) name, the languages, and whether the course goes unnamed.

    `day` is the date where they were when they finished, of those that it was in the country; '' leaves it to
    the house.
    """

    name: str
    locales: tuple[str, ...]
    neutral: bool
    day: str = ""


def grouped(number: str) -> str:
    """Write a number in groups, for reading aloud and for the address.

    >>> grouped("04zs7m9qk3hj8wxv2ctr5ybnge")
    '04zs-7m9q-k3hj-8wxv-2ctr-5ybn-ge'
    """
    return "-".join(number[start : start + GROUP] for start in range(0, len(number), GROUP))


def _unquoted(run: re.Match[str]) -> str:
    """Read signs that an address writes as bytes (RFC 3986 2.1)."""
    return bytes.fromhex(run[0].replace("%", "")).decode("utf-8", "replace")


def ungrouped(typed: str) -> str:
    """Read a number as people write and paste it; '' for none.

    Any case, O for 0, I or L for 1. Letters and digits alone count: not how they are grouped, not the address
    or the words that stand before them.

    >>> ungrouped("O4ZS 7M9Q-K3HJ 8WXV-2CTR 5YBN-GE"), ungrouped("No. 04zs")
    ('04zs7m9qk3hj8wxv2ctr5ybnge', '')
    """
    found = _ADDRESS.match(typed)
    part = _BYTES.sub(_unquoted, found[1] if found else typed).translate(_RAISED_O)
    shown = visible(composed("NFKC", part)).lower()
    words = "".join(sign if sign.isalnum() else " " for sign in shown).strip()
    for text in (words, _NAMED.sub("", words, count=1)):
        number = "".join(text.split()).translate(_LOOK_ALIKES)
        if ID_PATTERN.fullmatch(number):
            return number
    return ""


def _fault(name: str) -> str:
    if not any(letter.isalpha() for letter in name):
        return "certificate.name-missing"
    return "certificate.name-long" if len(name) > LONGEST_NAME else ""


def faults(
    choice: CertificateChoice, offered: Sequence[str], days: Sequence[str] = ()
) -> tuple[Finding, ...]:
    """List what cannot be printed: a name that is none, a language or a day that there is not."""
    found = []
    if rule := _fault(choice.name):
        found.append(Finding(rule, Severity.ERROR, Place("name"), {"longest": LONGEST_NAME}))
    wanted = set(choice.locales)
    if not wanted or len(wanted) < len(choice.locales) or not wanted <= set(offered):
        found.append(Finding("certificate.language-missing", Severity.ERROR, Place("locales")))
    if choice.day and choice.day not in days:
        found.append(Finding("certificate.day-unknown", Severity.ERROR, Place("day")))
    return tuple(found)


def title_words(title: Words, locales: Sequence[str]) -> Words:
    """Keep the titles of the printed languages, each in the best language there is for it."""
    return Words({locale: title.text(locale) for locale in locales})


def to_json(certificate: Certificate) -> str:
    """Write the content so that it can be kept, the same text for the same content."""
    kept = {name: getattr(certificate, name) for name in certificate.__slots__}
    kept["titles"] = dict(certificate.titles.by_locale)
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Certificate:
    """Read the content that `to_json` wrote."""
    kept = json.loads(text)
    return Certificate(**{**kept, "titles": Words(kept["titles"]), "locales": tuple(kept["locales"])})
