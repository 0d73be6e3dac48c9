"""What a record says of the program's own proof in browsers is what the tests do."""

from __future__ import annotations

import re

from lms.core.checks.conformance.proof import LIMITS, PROOF
from lms.rendering.conformance import words
from tests.house.tree import ROOT


def test_the_proof_that_is_named_is_the_one_that_is_run() -> None:
    engine = (ROOT / "tests/pages/axe.py").read_text("utf-8")
    oldest = re.search(r"^OLDEST = .* else \((\d+), (\d+)\)$", engine, re.MULTILINE)
    assert oldest
    assert PROOF.at_least == ".".join(oldest.groups())
    assert PROOF.engine in engine
    matrix = (ROOT / "tests/pages/test_matrix.py").read_text("utf-8")
    assert f"PHONE, DESKTOP = {', '.join(map(str, PROOF.widths))}" in matrix
    states = sum(
        len(re.findall(r"^\s+(?:\*?\(?\s*)State\(", path.read_text("utf-8"), re.MULTILINE))
        for path in (ROOT / "tests/pages").glob("states_*.py")
    )
    assert states >= PROOF.states


def test_each_limit_has_its_words() -> None:
    assert set(LIMITS) == set(words.LIMITS)
