"""`lms impact` says at the terminal what a law, or one event of it, reaches, and nobody by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lms.cli.main import main
from tests.builders_legislation import LAW, a_written_site, an_author, with_event


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an installation with the sample course published and an amendment of its law."""
    context = a_written_site(tmp_path)
    with_event(context, an_author(context))
    context.database.engine.dispose()
    return tmp_path


def _run(folder: Path, *arguments: str, lang: str = "C") -> Result:
    environ = {"LMS_DATA": str(folder / "data"), "LMS_SITE": str(folder / "site"), "LANG": lang}
    return CliRunner(env=environ).invoke(main, ["impact", *arguments])


def test_it_says_what_a_law_reaches_and_what_an_event_does(folder: Path) -> None:
    told = _run(folder, LAW)
    assert told.exit_code == 0
    assert "welcome/greeting#st1  (English, French and Arabic)" in told.output
    assert "Learners taking the course: none" in told.output
    assert "Offices must offer a drink as well." in _run(folder, LAW, "--event", "2").output
    assert "Nothing that is published is based on it." in _run(folder, LAW, "--event", "1").output
    french = _run(folder, LAW, "--event", "2", lang="fr_CA.UTF-8").output
    assert "Les bureaux offrent aussi à boire." in french
    assert "welcome/greeting#st1  (anglais, français et arabe)" in french


def test_what_it_does_not_know_is_refused_in_words(folder: Path) -> None:
    assert _run(folder, "nothing").exit_code == 3
    assert _run(folder, LAW, "--event", "9").exit_code == 3
    assert _run(folder, LAW, "--event", "0").exit_code == 2
