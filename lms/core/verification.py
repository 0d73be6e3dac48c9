"""Whether a certificate stands.

A pure judgement over what has happened to a certificate. Nothing here can turn an edit of the course into a
revocation: only an event that a person made, with a reason, revokes. Holds no certificate's content. Called
by `actions.certifying`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """What a certificate is worth today."""

    VALID = "valid"
    RENEWAL_DUE = "renewal-due"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"


class Happening(StrEnum):
    """What can happen to a certificate after it was issued."""

    MADE = "made"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    RESTORED = "restored"
    RENEWAL_DUE = "renewal-due"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class CertificateEvent:
    """One thing that happened; `other` is the certificate that supersedes this one."""

    event: Happening
    at: int
    reason: str = ""
    digest: str = ""
    other: str = ""


def _major(version: str) -> int:
    return int(version.split(".", maxsplit=1)[0])


def state(events: Iterable[CertificateEvent], version: str, current_version: str) -> State:
    """Judge by what happened, in its order, and by whether the course has changed in substance since.

    A revocation counts until it is taken back. A course's change alone (a higher first number) makes a
    certificate due for renewal, never revoked (design 6).

    >>> state([], "1.4.2", "1.9.0"), state([], "1.4.2", "2.0.0")
    (<State.VALID: 'valid'>, <State.RENEWAL_DUE: 'renewal-due'>)
    """
    happened = [event.event for event in events]
    verdicts = [one for one in happened if one in {Happening.REVOKED, Happening.RESTORED}]
    if verdicts and verdicts[-1] is Happening.REVOKED:
        return State.REVOKED
    if Happening.SUPERSEDED in happened:
        return State.SUPERSEDED
    if Happening.RENEWAL_DUE in happened or _major(current_version) > _major(version):
        return State.RENEWAL_DUE
    return State.VALID
