"""The public side: a state and a match, never a name, and not too often."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from lms.actions import certifying, verifying
from lms.actions.desk import Desk
from lms.core.certificate import grouped
from lms.core.errors import Invalid, NotAllowed, NotFound
from lms.core.people import NOBODY
from tests.builders_certificates import CODE, a_choice, a_graduate, later


@pytest.fixture
def number(desk: Desk) -> str:
    return certifying.issue(desk, a_graduate(desk), CODE, a_choice("Zoë O’Brien-Łukasz"), "press")


def test_anybody_learns_the_state_and_never_the_name(desk: Desk, number: str) -> None:
    for typed in (grouped(number).upper(), grouped(number).replace("-", " ")):
        assert verifying.verify(desk, NOBODY, typed).number == number
    found = verifying.verify(desk, NOBODY, number)
    assert (found.version, found.completed_on, found.state.value) == ("1.0.0", "2026-11-22", "valid")
    assert "Brien" not in str(asdict(found))


@pytest.mark.parametrize("typed", ["", "0" * 26, "nothing", "' OR 1=1 --"])
def test_an_unknown_number_is_not_found(desk: Desk, number: str, typed: str) -> None:
    with pytest.raises(NotFound):
        verifying.verify(desk, NOBODY, typed)
    with pytest.raises(NotFound):
        verifying.check_name(desk, NOBODY, typed, "Zoë")


def test_a_name_matches_without_case_accents_and_spaces(desk: Desk, number: str) -> None:
    for name in ("Zoë O’Brien-Łukasz", "zoe obrien lukasz", " ZOE  O'BRIEN LUKASZ "):
        assert verifying.check_name(desk, NOBODY, number, name)
    for name in ("Zoë", "Zoë O’Brien", "O’Brien-Łukasz Zoë"):
        assert not verifying.check_name(desk, NOBODY, number, name)


def test_a_name_has_to_be_typed(desk: Desk, number: str) -> None:
    with pytest.raises(Invalid) as refused:
        verifying.check_name(desk, NOBODY, number, " - ")
    assert refused.value.findings[0].place.file == "name"


def test_guessing_names_is_slow(desk: Desk, number: str) -> None:
    other = certifying.issue(desk, a_graduate(desk, "Other"), CODE, a_choice("Other"), "press-2")
    for _ in range(verifying.NAMES_TRIED.most):
        verifying.check_name(desk, NOBODY, number, "Somebody")
    with pytest.raises(NotAllowed) as refused:
        verifying.check_name(desk, NOBODY, number, "Zoë O’Brien-Łukasz")
    assert refused.value.code == "verify.too-often"
    assert verifying.check_name(desk, NOBODY, other, "Other")
    later(desk, minutes=61)
    assert verifying.check_name(desk, NOBODY, number, "Zoë O’Brien-Łukasz")
