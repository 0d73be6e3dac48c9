"""Certificates, as the public and an admin meet them: does it stand, is this the name, revoke, restore.

Whoever has the number learns the state, the course and the version, never a name: they type the name and are
told whether it matches, not too often from one place; whoever guesses keeps nobody else from checking.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from lms.actions.action import Who, command, query, record, scope_for
from lms.actions.catalogue.lookups import shelved_one
from lms.actions.certificates.certifying import commitment
from lms.actions.certificates.standing import Due, judged, standing_of
from lms.actions.context import Context
from lms.actions.people import limits
from lms.actions.people.credentials import fault, refuse
from lms.core.certificates.certificate import LONGEST_NAME, from_json, ungrouped
from lms.core.certificates.issued import KeptCertificate, Payload
from lms.core.certificates.name_folding import FOLDINGS
from lms.core.certificates.verification import CertificateEventKind, State
from lms.core.courses.findings import Finding, Place, Severity
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from lms.core.locales import Words
from lms.core.people.actors import Actor
from lms.core.people.letters import LONGEST_LINE
from lms.storage.certificates import certificates
from lms.storage.database import Tx

NAMES_TRIED = limits.Limit("certificate-name", 10, 60, "verify.too-often")  # per certificate and origin
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Verified:
    """What anybody with the number may know; `may_check_name` is False where no name may be asked about.

    `minutes` is the length that is printed, 0 once what was printed is erased.
    """

    number: str
    state: State
    title: Words
    version: str
    completed_on: str
    issued_on: str
    law_as_of: str
    issuer: str
    minutes: int
    specimen: bool
    sensitive: bool
    may_check_name: bool
    since: str = ""  # the day since when it is to be renewed, or on which another one took its place
    code: str = ""  # of the course, in addresses; empty where its name is not said


def _find(tx: Tx, typed: str) -> KeptCertificate:
    return _found(certificates.find(tx, ungrouped(typed)))


def _found(kept: KeptCertificate | None) -> KeptCertificate:
    if kept is None:
        raise NotFound("verify.unknown")
    return kept


@query("verifying.verify", by=Who.ANYONE)
def verify(context: Context, actor: Actor, typed: str) -> Verified:
    """Return whether a certificate stands, by its number in any spelling.

    Raises: NotFound `verify.unknown`.
    """
    with context.database.reading() as tx:
        kept = _find(tx, typed)
        state, due = judged(tx, context, kept)
        facts = kept.facts
        course = shelved_one(context, tx, facts.course_id, facts.version).outline.course
    return Verified(
        number=facts.number,
        state=state,
        title=course.neutral_title if facts.neutral else course.title,
        version=facts.version,
        completed_on=facts.completed_on,
        issued_on=facts.issued_on,
        law_as_of=facts.law_as_of,
        issuer=facts.issuer,
        minutes=from_json(kept.payload.prints[0].content).length if kept.payload else 0,
        specimen=facts.specimen,
        sensitive=course.sensitive and not facts.neutral,
        may_check_name=kept.payload is not None and state is not State.SUPERSEDED,
        since=_since(context, kept, state, due),
        code="" if facts.neutral else course.code,
    )


def _since(context: Context, kept: KeptCertificate, stands: State, due: Due | None) -> str:
    """Return the day of what made a certificate less than valid; never what it is about."""
    if due is not None:
        return context.day_of(due.since)
    replaced = [one.at for one in kept.events if one.event is CertificateEventKind.SUPERSEDED]
    return context.day_of(replaced[-1]) if stands is State.SUPERSEDED else ""


@command("verifying.check_name", by=Who.ANYONE, keeps=("throttle",))
def check_name(context: Context, actor: Actor, typed: str, name: str, *, origin: str = "") -> bool:
    """Return whether this name is the one on the certificate, whatever keyboard and folding wrote it.

    Each name counts for the network address `origin` alone.

    Raises: NotFound `verify.unknown`; Invalid `verify.name`; NotAllowed `verify.too-often`, `verify.no-name`.
    """
    if len(name) > LONGEST_LINE:
        refuse("verify.name", [fault("name", "account.name-too-long", most=LONGEST_NAME)])
    if not any(letter.isalnum() for letter in name):
        raise Invalid("verify.name", [Finding("verify.name-missing", Severity.ERROR, Place("name"))])
    with context.database.reading() as tx:
        kept = _find(tx, typed)
        if kept.payload is None or standing_of(tx, context, kept) is State.SUPERSEDED:
            raise NotAllowed("verify.no-name")
    number = kept.facts.number
    limits.take(context, NAMES_TRIED.of(number, origin))
    return _is_name(context, number, kept.payload, name)


def _is_name(context: Context, number: str, payload: Payload, name: str) -> bool:
    """Compare by every folding, and all of them whichever matches: how long it takes tells nothing.

    A kept name that its commitment vouches for, by whatever folding, counts in every folding: certificates
    that were issued by an earlier one are found by what a later one understands.
    """
    typed, kept = (
        [commitment(context, number, one, folding) for folding in FOLDINGS] for one in (name, payload.name)
    )
    vouched = sum(hmac.compare_digest(one, payload.commitment) for one in kept)
    known = [payload.commitment, *(kept if vouched else [payload.commitment] * len(kept))]
    return sum(hmac.compare_digest(one, other) for one in typed for other in known) > 0


def _judged(context: Context, actor: Actor, typed: str, reason: str, event: CertificateEventKind) -> None:
    """Write a judgement of a certificate within reach; any other is as unknown as one never made."""
    if not reason.strip():
        raise Invalid(
            "certificate.reason", [Finding("certificate.reason-missing", Severity.ERROR, Place("reason"))]
        )
    scope = scope_for(actor, Who.ADMIN)
    with context.database.writing() as tx:
        kept = _found(certificates.find_within(tx, scope, ungrouped(typed)))
        is_revoked = standing_of(tx, context, kept) is State.REVOKED
        if is_revoked is (event is CertificateEventKind.REVOKED):
            raise Conflict("certificate.so-already")
        number = kept.facts.number
        certificates.add_event(
            tx,
            context.new_id(),
            number,
            event,
            now=context.now(),
            by=actor.person,
            reason=reason.strip()[:LONGEST_REASON],
        )
        whose = kept.facts.organisation_id
        record(tx, context, actor, f"verifying.{event.value}", number, organisation=whose)


@command("verifying.revoke", by=Who.ADMIN, scoped=True, keeps=("throttle",))
def revoke(context: Context, actor: Actor, typed: str, reason: str) -> None:
    """Take a certificate's worth away, with a reason; an edit of the course can never do that.

    Raises: NotFound `verify.unknown`; Invalid `certificate.reason`; Conflict `certificate.so-already`.
    """
    _judged(context, actor, typed, reason, CertificateEventKind.REVOKED)


@command("verifying.restore", by=Who.ADMIN, scoped=True, keeps=("throttle",))
def restore(context: Context, actor: Actor, typed: str, reason: str) -> None:
    """Take a revocation back, with a reason.

    Raises: NotFound `verify.unknown`; Invalid `certificate.reason`; Conflict `certificate.so-already`.
    """
    _judged(context, actor, typed, reason, CertificateEventKind.RESTORED)
