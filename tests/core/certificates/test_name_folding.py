"""A folding never changes: certificates keep hashes of what it gave. Better ones get a new number."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lms.core.certificates.name_folding import FOLDINGS, PRESENT, spellings

SAMPLE = json.loads(Path(__file__).with_name("folded_names.json").read_text("utf-8"))


@pytest.mark.parametrize("name", SAMPLE)
def test_every_folding_gives_what_it_gave_when_it_was_made(name: str) -> None:
    kept = {int(number): text for number, text in SAMPLE[name].items()}
    now = spellings(name)
    assert {number: now[number] for number in kept} == kept


def test_a_folding_is_added_and_none_is_dropped() -> None:
    assert sorted(FOLDINGS) == list(range(1, len(FOLDINGS) + 1))
    assert PRESENT in FOLDINGS
    assert set(SAMPLE["Zoë O’Brien-Łukasz"]) == {str(number) for number in FOLDINGS}


def test_nothing_folds_to_nothing() -> None:
    assert all(spellings("ʔ").values())
