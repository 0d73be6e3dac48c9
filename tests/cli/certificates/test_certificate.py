"""`lms certificate`: a number is looked up in any spelling, revoked with a reason, and given back."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lms.actions.certificates import certifying
from lms.cli.main import main
from lms.core.certificates.certificate import grouped
from tests.builders import SITE, a_context
from tests.builders_certificates import CODE, a_choice, a_graduate


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def number(data: Path) -> str:
    context = a_context(data)
    issued = certifying.issue(context, a_graduate(context), CODE, a_choice("Amina Diallo"), "press")
    context.database.engine.dispose()
    return issued


def run(data: Path, *arguments: str) -> Result:
    environ = {"LMS_DATA": str(data), "LMS_SITE": str(SITE), "LANG": "C"}
    return CliRunner(env=environ).invoke(main, ["certificate", *arguments])


def test_a_number_says_how_it_stands_and_never_whose_it_is(data: Path, number: str) -> None:
    shown = run(data, "show", number.upper())
    assert shown.exit_code == 0
    assert grouped(number) in shown.output
    assert "valid" in shown.output
    assert "It does not prove anything" in shown.output
    assert "A warm welcome" in shown.output
    assert "Learning time       about" in shown.output
    assert "Amina" not in shown.output
    assert run(data, "show", "0000").exit_code == 3


def test_worth_is_taken_and_given_with_a_reason(data: Path, number: str) -> None:
    assert run(data, "revoke", number).exit_code == 2
    assert run(data, "revoke", number, "--reason", " ").exit_code == 2
    assert run(data, "restore", number, "--reason", "never revoked").exit_code == 5
    assert run(data, "revoke", number, "--reason", "issued by mistake").exit_code == 0
    assert "revoked" in run(data, "show", number).output
    assert run(data, "restore", number, "--reason", "the mistake was ours").exit_code == 0
    assert "valid" in run(data, "show", number).output
