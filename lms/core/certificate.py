"""What a certificate says, and who may have one.

Holds the content that is printed (frozen for ever with the certificate) and the rules about what may be
chosen. Holds no state of a certificate (see `verification`), no layout and no words. Made by
`actions.certifying`, drawn by `rendering.certificates`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from lms.core.findings import Finding, Place, Severity
from lms.core.ids import ID_PATTERN
from lms.core.locales import Words

LONGEST_NAME = 100
GROUP = 4
_LOOK_ALIKES = str.maketrans({"o": "0", "i": "1", "l": "1"})
_APART = re.compile(r"[\s\-–—_.]+")


@dataclass(frozen=True, slots=True)
class Certificate:
    """Everything that is printed; dates are YYYY-MM-DD, `titles` has one title per printed language."""

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


@dataclass(frozen=True, slots=True)
class Choice:
    """What the learner decides: the (tidied) name, the languages, and whether the course goes unnamed."""

    name: str
    locales: tuple[str, ...]
    neutral: bool


def grouped(number: str) -> str:
    """Write a number in groups, for reading aloud and for the address.

    >>> grouped("04zs7m9qk3hj8wxv2ctr5ybnge")
    '04zs-7m9q-k3hj-8wxv-2ctr-5ybn-ge'
    """
    return "-".join(number[start : start + GROUP] for start in range(0, len(number), GROUP))


def ungrouped(typed: str) -> str:
    """Read a number as people write it: any case, spaces or hyphens, O for 0, I or L for 1; '' for none.

    >>> ungrouped("O4ZS 7M9Q-K3HJ 8WXV-2CTR 5YBN-GE")
    '04zs7m9qk3hj8wxv2ctr5ybnge'
    """
    number = _APART.sub("", typed).lower().translate(_LOOK_ALIKES)
    return number if ID_PATTERN.fullmatch(number) else ""


def _fault(name: str) -> str:
    if not any(letter.isalpha() for letter in name):
        return "certificate.name-missing"
    return "certificate.name-long" if len(name) > LONGEST_NAME else ""


def faults(choice: Choice, offered: Sequence[str]) -> tuple[Finding, ...]:
    """List what cannot be printed: a name that is none, or a language that the course does not have."""
    found = []
    if rule := _fault(choice.name):
        found.append(Finding(rule, Severity.ERROR, Place("name"), {"longest": LONGEST_NAME}))
    wanted = set(choice.locales)
    if not wanted or len(wanted) < len(choice.locales) or not wanted <= set(offered):
        found.append(Finding("certificate.language-missing", Severity.ERROR, Place("locales")))
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
