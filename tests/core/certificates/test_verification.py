"""Whether a certificate stands: only a person can revoke one, never an edit of the course."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lms.core.certificates.verification import (
    CertificateEvent,
    CertificateEventKind,
    Making,
    State,
    making,
    state,
)

HARMLESS = st.sampled_from([one for one in CertificateEventKind if one is not CertificateEventKind.REVOKED])


def events(*happened: CertificateEventKind) -> list[CertificateEvent]:
    return [CertificateEvent(one, at) for at, one in enumerate(happened)]


@given(st.lists(HARMLESS), st.booleans())
def test_nothing_but_a_revocation_revokes(happened: list[CertificateEventKind], changed: bool) -> None:
    assert state(events(*happened), changed=changed) is not State.REVOKED


@given(st.booleans())
def test_what_was_learned_and_has_changed_in_substance_makes_a_renewal_due(changed: bool) -> None:
    assert state([], changed=changed) is (State.RENEWAL_DUE if changed else State.VALID)


def test_a_revocation_counts_until_it_is_taken_back() -> None:
    revoked = events(CertificateEventKind.MADE, CertificateEventKind.REVOKED)
    restored = events(CertificateEventKind.REVOKED, CertificateEventKind.RESTORED)
    again = events(CertificateEventKind.REVOKED, CertificateEventKind.RESTORED, CertificateEventKind.REVOKED)
    assert state(revoked, changed=False) is State.REVOKED
    assert state(restored, changed=False) is State.VALID
    assert state(again, changed=True) is State.REVOKED


def test_what_weighs_more_is_said() -> None:
    superseded = events(CertificateEventKind.SUPERSEDED)
    assert state(superseded, changed=True) is State.SUPERSEDED
    assert (
        state(events(CertificateEventKind.SUPERSEDED, CertificateEventKind.REVOKED), changed=False)
        is State.REVOKED
    )
    assert state(events(CertificateEventKind.ERASED), changed=True) is State.RENEWAL_DUE


def test_a_pdf_that_failed_stays_so_until_it_is_taken_up_again() -> None:
    failed = events(CertificateEventKind.MAKING_FAILED)
    again = events(
        CertificateEventKind.MAKING_AGAIN, CertificateEventKind.MAKING_FAILED
    )  # written at one instant, in any order
    assert making(events(), is_made=False) is Making.WAITING
    assert making(failed, is_made=False) is Making.FAILED
    assert making(again, is_made=False) is Making.WAITING
    assert making(again + failed, is_made=False) is Making.FAILED
    assert making(failed, is_made=True) is Making.READY
