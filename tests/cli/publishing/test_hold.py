"""`lms hold` puts a statement on hold at the terminal, lists what is, and lifts it with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lms.cli.main import main
from tests.builders import SITE, a_context
from tests.builders_learning import with_sample


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return an installation with the sample course published."""
    context = with_sample(a_context(tmp_path / "data"))
    context.database.engine.dispose()
    return tmp_path / "data"


def _run(data: Path, *arguments: str, lang: str = "C") -> Result:
    environ = {"LMS_DATA": str(data), "LMS_SITE": str(SITE), "LANG": lang}
    return CliRunner(env=environ).invoke(main, ["hold", *arguments])


def test_a_statement_is_held_listed_and_lifted(data: Path) -> None:
    assert _run(data).output == "Nothing is on hold.\n"
    done = _run(data, "sample-course", "st1", "--ask", "en=Ann", "--words", "fr=À vérifier.")
    assert done.exit_code == 0
    assert "Do not rely on it. Ask Ann." in done.output
    assert "fr: À vérifier." in done.output
    listed = _run(data, lang="fr_CA.UTF-8")
    assert "welcome/st1" in listed.output
    assert "À vérifier." in listed.output
    hold = listed.output.split()[0]
    assert _run(data, "--release", hold).exit_code == 2
    assert "Lifted: welcome/st1" in _run(data, "--release", hold, "--why", "Nothing has changed.").output
    assert _run(data, "--release", hold, "--why", "Again.").exit_code == 5


def test_what_cannot_be_held_is_refused_in_words(data: Path) -> None:
    assert _run(data, "sample-course").exit_code == 2
    assert _run(data, "sample-course", "st1", "--ask", "Ann").exit_code == 2
    assert _run(data, "none", "st1").exit_code == 3
    unknown = _run(data, "sample-course", "none", lang="fr_CA.UTF-8")
    assert unknown.exit_code == 3
    assert "Nous ne trouvons pas l’énoncé" in unknown.output
    assert _run(data, "sample-course", "sample-act", "--since", "soon").exit_code == 2
