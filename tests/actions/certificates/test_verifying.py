"""The public side: a state and a match, never a name, and not too often."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
from sqlalchemy import update

from lms.actions.certificates import certifying, verifying
from lms.actions.context import Context
from lms.core.certificates.certificate import from_json, grouped, to_json
from lms.core.certificates.name_folding import FOLDINGS
from lms.core.errors import Invalid, NotAllowed, NotFound
from lms.core.people.actors import NOBODY
from lms.storage.certificates import certificates
from lms.storage.tables.certificates import certificate_payload, certificate_print
from tests.builders_certificates import CODE, a_choice, a_graduate, later


@pytest.fixture
def number(context: Context) -> str:
    return certifying.issue(context, a_graduate(context), CODE, a_choice("Zoë O’Brien-Łukasz"), "press")


def test_anybody_learns_the_state_and_never_the_name(context: Context, number: str) -> None:
    for typed in (grouped(number).upper(), grouped(number).replace("-", " ")):
        assert verifying.verify(context, NOBODY, typed).number == number
    found = verifying.verify(context, NOBODY, number)
    assert (found.version, found.completed_on, found.state.value) == ("1.0.0", "2026-11-22", "valid")
    assert "Brien" not in str(asdict(found))


def test_the_length_is_that_of_the_paper_until_the_paper_is_erased(context: Context, number: str) -> None:
    with context.database.reading() as tx:
        kept = certificates.find(tx, number)
    assert kept
    assert kept.payload
    printed = from_json(kept.payload.prints[0].content)
    assert verifying.verify(context, NOBODY, number).minutes == printed.minutes > 0
    earlier = to_json(replace(printed, minutes=0, hours="2.5"))
    with context.database.writing() as tx:
        tx.execute(update(certificate_print).values(content=earlier))
    assert verifying.verify(context, NOBODY, number).minutes == 150
    with context.database.writing() as tx:
        certificates.erase_payload(tx, number)
    assert verifying.verify(context, NOBODY, number).minutes == 0


@pytest.mark.parametrize("typed", ["", "0" * 26, "nothing", "' OR 1=1 --"])
def test_an_unknown_number_is_not_found(context: Context, number: str, typed: str) -> None:
    with pytest.raises(NotFound):
        verifying.verify(context, NOBODY, typed)
    with pytest.raises(NotFound):
        verifying.check_name(context, NOBODY, typed, "Zoë")


def test_a_name_matches_without_case_accents_and_spaces(context: Context, number: str) -> None:
    for name in ("Zoë O’Brien-Łukasz", "zoe obrien lukasz", " ZOE  O'BRIEN LUKASZ "):
        assert verifying.check_name(context, NOBODY, number, name)
    for name in ("Zoë", "Zoë O’Brien", "O’Brien-Łukasz Zoë"):
        assert not verifying.check_name(context, NOBODY, number, name)


def test_a_number_is_found_as_it_is_pasted(context: Context, number: str) -> None:
    for typed in (
        certifying.verify_address(context, number),
        f"No. {grouped(number)}",
        f"\ufeff({grouped(number)})".replace("-", "\u2011"),
    ):
        assert verifying.verify(context, NOBODY, typed).number == number
        assert verifying.check_name(context, NOBODY, typed, "zoe obrien lukasz")


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Kahoʻolawe Kaʻili", ("Kaho'olawe Ka'ili", "Kaho’olawe Ka’ili", "Kahoolawe Kaili")),
        ("Þórður Guðrún", ("Thordur Gudrun", "Þordur Guðrun")),
        ("Sahaiʔa May", ("Sahai'a May", "Sahai?a May")),
        ("Jörg Müller", ("Joerg Mueller", "Jorg Muller")),
        ("Joerg Mueller", ("Jörg Müller",)),
        ("Əliyev", ("Aliyev", "Eliyev")),
    ],
)
@pytest.mark.parametrize("folding", FOLDINGS)
def test_a_certificate_of_any_time_matches_what_another_keyboard_writes(
    context: Context, name: str, typed: tuple[str, ...], folding: int
) -> None:
    mine = certifying.issue(context, a_graduate(context), CODE, a_choice(name), "press")
    then = certifying.commitment(context, mine, name, folding=folding)
    with context.database.writing() as tx:
        tx.execute(
            certificate_payload.update().where(certificate_payload.c.number == mine).values(commitment=then)
        )
    for one in (name, *typed):
        assert verifying.check_name(context, NOBODY, mine, one)
    for other in ("Somebody Else", f"{name} Q"):
        assert not verifying.check_name(context, NOBODY, mine, other)


def test_a_commitment_made_by_the_first_program_still_counts(context: Context, number: str) -> None:
    """The hash is kept as it was made then: of this key, this number and this name."""
    first = context.keys.mac("certificate-name", number, "zoeobrienlukasz")
    assert first == certifying.commitment(context, number, "Zoë O’Brien-Łukasz", folding=1)


def test_a_name_that_somebody_wrote_into_the_database_counts_for_nothing(
    context: Context, number: str
) -> None:
    with context.database.writing() as tx:
        tx.exec_driver_sql("UPDATE certificate_payload SET name = 'Someone New'")
    assert not verifying.check_name(context, NOBODY, number, "Someone New")
    assert verifying.check_name(context, NOBODY, number, "Zoë O’Brien-Łukasz")


def test_a_name_has_to_be_typed(context: Context, number: str) -> None:
    with pytest.raises(Invalid) as refused:
        verifying.check_name(context, NOBODY, number, " - ")
    assert refused.value.findings[0].place.file == "name"


def test_a_name_that_is_far_too_long_is_not_looked_at(context: Context, number: str) -> None:
    for _ in range(verifying.NAMES_TRIED.most + 1):
        with pytest.raises(Invalid) as refused:
            verifying.check_name(context, NOBODY, number, "z" * 2_000)
        assert [one.rule for one in refused.value.findings] == ["account.name-too-long"]


def test_guessing_names_is_slow(context: Context, number: str) -> None:
    other = certifying.issue(context, a_graduate(context, "Other"), CODE, a_choice("Other"), "press-2")
    for _ in range(verifying.NAMES_TRIED.most):
        verifying.check_name(context, NOBODY, number, "Somebody")
    with pytest.raises(NotAllowed) as refused:
        verifying.check_name(context, NOBODY, number, "Zoë O’Brien-Łukasz")
    assert refused.value.code == "verify.too-often"
    assert verifying.check_name(context, NOBODY, other, "Other")
    later(context, minutes=61)
    assert verifying.check_name(context, NOBODY, number, "Zoë O’Brien-Łukasz")
