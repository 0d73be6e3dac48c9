"""Whether a certificate stands.

A pure judgement over what has happened to a certificate. Nothing here can turn an edit of the course into a
revocation: only an event that a person made, with a reason, revokes. Holds no certificate's content. Called
by `actions.certificates.certifying`.
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


class CertificateEventKind(StrEnum):
    """What can happen to a certificate after it was issued."""

    MADE = "made"
    MAKING_FAILED = "making-failed"
    MAKING_AGAIN = "making-again"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    RESTORED = "restored"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class CertificateEvent:
    """One thing that happened; `other` is the certificate that supersedes this one, `of` a print's mark."""

    event: CertificateEventKind
    at: int
    reason: str = ""
    digest: str = ""
    other: str = ""
    of: str = ""


def state(events: Iterable[CertificateEvent], *, changed: bool) -> State:
    """Judge by what happened, in its order, and by whether what was learned has `changed` in substance since.

    A revocation counts until it is taken back. A course's change alone makes a certificate one whose renewal
    is due, never revoked (design 6); when it matters is judged by `refreshers`.

    >>> state([], changed=False), state([], changed=True)
    (<State.VALID: 'valid'>, <State.RENEWAL_DUE: 'renewal-due'>)
    """
    happened = [event.event for event in events]
    verdicts = [
        one for one in happened if one in {CertificateEventKind.REVOKED, CertificateEventKind.RESTORED}
    ]
    if verdicts and verdicts[-1] is CertificateEventKind.REVOKED:
        return State.REVOKED
    if CertificateEventKind.SUPERSEDED in happened:
        return State.SUPERSEDED
    return State.RENEWAL_DUE if changed else State.VALID


class Making(StrEnum):
    """How the PDF of a print stands."""

    READY = "ready"
    WAITING = "waiting"
    FAILED = "failed"


def making(events: Iterable[CertificateEvent], *, is_made: bool, of: str = "") -> Making:
    """Judge by what happened how a print's PDF stands; each failure counts until the work is taken up again.

    >>> making([CertificateEvent(CertificateEventKind.MAKING_FAILED, 1)], is_made=False)
    <Making.FAILED: 'failed'>
    """
    if is_made:
        return Making.READY
    happened = [event.event for event in events if event.of == of]
    failures, fresh_starts = (
        happened.count(one) for one in (CertificateEventKind.MAKING_FAILED, CertificateEventKind.MAKING_AGAIN)
    )
    return Making.FAILED if failures > fresh_starts else Making.WAITING
