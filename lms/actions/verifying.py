"""Certificates, as the public and an admin meet them: does it stand, is this the name, revoke, restore.

Whoever has the number learns the state, the course and the version, never a name: they type the name and are
told whether it matches, not too often. Called by `web` and `cli`.
"""

from __future__ import annotations

from dataclasses import dataclass

from lms.actions import limits
from lms.actions.certifying import commitment, standing_of
from lms.actions.deed import Who, deed, reading, record
from lms.actions.desk import Desk
from lms.core.certificate import ungrouped
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from lms.core.findings import Finding, Place, Severity
from lms.core.locales import Words
from lms.core.people import Actor
from lms.core.verification import Happening, State
from lms.storage import certificates
from lms.storage.certificates import Kept
from lms.storage.database import Tx

NAMES_TRIED = limits.Limit("certificate-name", 10, 60, "verify.too-often")  # per certificate
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Verified:
    """What anybody with the number may know; `may_check_name` is False where no name may be asked about."""

    number: str
    state: State
    title: Words
    version: str
    completed_on: str
    issued_on: str
    law_as_of: str
    specimen: bool
    sensitive: bool
    may_check_name: bool


def _find(tx: Tx, typed: str) -> Kept:
    number = ungrouped(typed)
    kept = certificates.find(tx, number) if number else None
    if kept is None:
        raise NotFound("verify.unknown")
    return kept


@reading("verifying.verify", by=Who.ANYONE)
def verify(desk: Desk, actor: Actor, typed: str) -> Verified:
    """Say whether a certificate stands, by its number in any spelling.

    Raises: NotFound `verify.unknown`.
    """
    with desk.database.reading() as tx:
        kept = _find(tx, typed)
        state = standing_of(tx, desk, kept)
    facts = kept.facts
    course = desk.library.release(facts.course_id, facts.version).course
    return Verified(
        number=facts.number,
        state=state,
        title=course.neutral_title if facts.neutral else course.title,
        version=facts.version,
        completed_on=facts.completed_on,
        issued_on=facts.issued_on,
        law_as_of=facts.law_as_of,
        specimen=facts.specimen,
        sensitive=course.sensitive and not facts.neutral,
        may_check_name=kept.payload is not None and state is not State.SUPERSEDED,
    )


@deed("verifying.check_name", by=Who.ANYONE)
def check_name(desk: Desk, actor: Actor, typed: str, name: str) -> bool:
    """Say whether this name is the one on the certificate, forgiving case, accents and spaces.

    Raises: NotFound `verify.unknown`; Invalid `verify.name`; NotAllowed `verify.too-often`, `verify.no-name`.
    """
    if not any(letter.isalnum() for letter in name):
        raise Invalid("verify.name", [Finding("verify.name-missing", Severity.ERROR, Place("name"))])
    with desk.database.writing() as tx:
        kept = _find(tx, typed)
        if kept.payload is None or standing_of(tx, desk, kept) is State.SUPERSEDED:
            raise NotAllowed("verify.no-name")
        limits.take(tx, desk, NAMES_TRIED, kept.facts.number)
    return commitment(desk, kept.facts.number, name) == kept.payload.commitment


def _judged(desk: Desk, actor: Actor, typed: str, reason: str, event: Happening) -> None:
    if not reason.strip():
        raise Invalid(
            "certificate.reason", [Finding("certificate.reason-missing", Severity.ERROR, Place("reason"))]
        )
    with desk.database.writing() as tx:
        kept = _find(tx, typed)
        is_revoked = standing_of(tx, desk, kept) is State.REVOKED
        if is_revoked is (event is Happening.REVOKED):
            raise Conflict("certificate.so-already")
        number = kept.facts.number
        certificates.add_event(
            tx,
            desk.new_id(),
            number,
            event,
            now=desk.now(),
            by=actor.person,
            reason=reason.strip()[:LONGEST_REASON],
        )
        record(tx, desk, actor, f"verifying.{event.value}", number)


@deed("verifying.revoke", by=Who.ADMIN)
def revoke(desk: Desk, actor: Actor, typed: str, reason: str) -> None:
    """Take a certificate's worth away, with a reason; an edit of the course can never do that.

    Raises: NotFound `verify.unknown`; Invalid `certificate.reason`; Conflict `certificate.so-already`.
    """
    _judged(desk, actor, typed, reason, Happening.REVOKED)


@deed("verifying.restore", by=Who.ADMIN)
def restore(desk: Desk, actor: Actor, typed: str, reason: str) -> None:
    """Take a revocation back, with a reason.

    Raises: NotFound `verify.unknown`; Invalid `certificate.reason`; Conflict `certificate.so-already`.
    """
    _judged(desk, actor, typed, reason, Happening.RESTORED)
