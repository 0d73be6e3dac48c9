"""E-mail addresses as they are written to: the domain in the letters that mail servers take.

International domains follow IDNA 2008 (UTS #46, not transitional): “straße.de” is another domain than
“strasse.de”, and a letter for its owner never reaches somebody else. What may stand around a pasted address
is known in `core.people.naming`.
"""

from __future__ import annotations

import idna

from lms.core.people.naming import LONGEST_EMAIL, plain_email

_LONGEST_LABEL = 63  # RFC 1035 2.3.4


def tidy_email(typed: str) -> str:
    """Return the address as it is written to; '' when it is none.

    >>> tidy_email("Zoe <zoe@straße.example>"), tidy_email("zoe@Example.ORG"), tidy_email("zoe@here")
    ('zoe@xn--strae-oqa.example', 'zoe@example.org', '')
    """
    local, _, domain = plain_email(typed).rpartition("@")
    known = _in_ascii(domain)
    return f"{local}@{known}" if known and len(local) + len(known) < LONGEST_EMAIL else ""


def _in_ascii(domain: str) -> str:
    if domain.isascii():
        return domain if all(len(label) <= _LONGEST_LABEL for label in domain.split(".")) else ""
    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError:
        return ""
