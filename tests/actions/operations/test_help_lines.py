"""Help lines at the terminal's side: how each stands, and a confirmation that closes what waited for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lms.actions.context import Context
from lms.actions.operations import help_lines, maintenance
from lms.core.errors import Conflict, NotAllowed, NotFound
from lms.core.people.actors import NOBODY, SYSTEM, WHOLE_HOUSE
from lms.storage.operations import audit, tasks
from tests.builders import a_context
from tests.builders_content import change, sample_site
from tests.builders_learning import refused


@pytest.fixture
def own(tmp_path: Path) -> Context:
    """Return a desk over a site of its own, in which a third line has no number at all."""
    site = sample_site(tmp_path / "own")
    change(site, "courses/help-lines.yaml", '  number: "555-0102"\n', "")
    return a_context(tmp_path / "data", site=site)


def waiting(context: Context) -> list[str]:
    with context.database.reading() as tx:
        return [one.about for one in tasks.open_tasks(tx, WHOLE_HOUSE)]


def test_how_each_line_stands(own: Context) -> None:
    states = help_lines.states(own, SYSTEM)
    assert [(one.line.id, one.fresh, one.confirmed) for one in states] == [
        ("emergency", True, True),
        ("legal-aid-on", False, False),
        ("settlement", False, False),
    ]
    with refused(NotAllowed, "deed.sign-in-first"):
        help_lines.states(own, NOBODY)


def test_a_confirmation_is_written_down_and_closes_its_task(own: Context) -> None:
    maintenance.check_help_lines(own, SYSTEM)
    assert waiting(own) == ["legal-aid-on"]
    assert help_lines.confirm(own, SYSTEM, "legal-aid-on").number == "555-0101"
    assert waiting(own) == []
    fresh = a_context(own.settings.data, site=own.settings.site, database=own.database)
    assert fresh.library.help_lines()[1].checked == own.today()
    with own.database.reading() as tx:
        assert [one.facts[3:5] for one in audit.unchained(tx, 9)][-1] == (
            "help_lines.confirm",
            "legal-aid-on",
        )


def test_what_is_unknown_or_has_no_number_cannot_be_confirmed(own: Context) -> None:
    with refused(NotFound, "help-line.unknown"):
        help_lines.confirm(own, SYSTEM, "gone")
    with refused(Conflict, "help-line.without-number"):
        help_lines.confirm(own, SYSTEM, "settlement")
