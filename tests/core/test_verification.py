"""Whether a certificate stands: only a person can revoke one, never an edit of the course."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lms.core.verification import CertificateEvent, Happening, State, state

VERSIONS = st.builds("{}.{}.{}".format, *[st.integers(0, 30)] * 3)
HARMLESS = st.sampled_from([one for one in Happening if one is not Happening.REVOKED])


def events(*happened: Happening) -> list[CertificateEvent]:
    return [CertificateEvent(one, at) for at, one in enumerate(happened)]


@given(st.lists(HARMLESS), VERSIONS, VERSIONS)
def test_nothing_but_a_revocation_revokes(happened: list[Happening], version: str, current: str) -> None:
    assert state(events(*happened), version, current) is not State.REVOKED


@given(VERSIONS, VERSIONS)
def test_a_course_that_changed_in_substance_makes_a_renewal_due(version: str, current: str) -> None:
    due = int(current.split(".", maxsplit=1)[0]) > int(version.split(".", maxsplit=1)[0])
    assert state([], version, current) is (State.RENEWAL_DUE if due else State.VALID)


def test_a_revocation_counts_until_it_is_taken_back() -> None:
    revoked = events(Happening.MADE, Happening.REVOKED)
    restored = events(Happening.REVOKED, Happening.RESTORED)
    again = events(Happening.REVOKED, Happening.RESTORED, Happening.REVOKED)
    assert state(revoked, "1.0.0", "1.0.0") is State.REVOKED
    assert state(restored, "1.0.0", "1.0.0") is State.VALID
    assert state(again, "1.0.0", "2.0.0") is State.REVOKED


def test_what_weighs_more_is_said() -> None:
    superseded = events(Happening.SUPERSEDED)
    assert state(superseded, "1.0.0", "2.0.0") is State.SUPERSEDED
    assert state(events(Happening.SUPERSEDED, Happening.REVOKED), "1.0.0", "1.0.0") is State.REVOKED
    assert state(events(Happening.RENEWAL_DUE, Happening.ERASED), "1.0.0", "1.0.0") is State.RENEWAL_DUE
