"""`lms person`: who asks to have earlier learning recognised is listed and answered at the terminal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lms.actions import founding, recognising
from lms.actions.desk import Desk
from lms.cli.main import main
from lms.core.people import SYSTEM, Role
from lms.storage import recognitions
from tests import builders_learning as make
from tests.builders import SITE, a_desk
from tests.builders_accounts import joined
from tests.builders_needs import TOLD


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def desk(data: Path) -> Desk:
    return make.with_sample(a_desk(data))


def run(data: Path, *arguments: str) -> Result:
    environ = {"LMS_DATA": str(data), "LMS_SITE": str(SITE), "LANG": "C"}
    return CliRunner(env=environ).invoke(main, ["person", *arguments])


def ask(desk: Desk, course: str) -> str:
    """Keep a request; which course needs this one does not matter here."""
    sam, id_ = make.a_member(desk), desk.new_id()
    with desk.database.writing() as tx:
        recognitions.add(
            tx, id_, person=sam.person, house=sam.organisation, course=course, told=TOLD, now=desk.now()
        )
    return id_


def test_requests_are_listed_with_what_was_told(data: Path, desk: Desk) -> None:
    assert "Nobody waits" in run(data, "requests").output
    asked = [ask(desk, make.SAMPLE), ask(desk, "not-here")]
    listed = run(data, "requests").output
    assert [
        one for one in (*asked, "2026-11-22", "Sam", "A warm welcome", "not-here") if one not in listed
    ] == []
    assert re.search(r"Welcome at the desk, a workshop \| Lakeside school \| 2024", listed)


def test_a_request_is_answered_once(data: Path, desk: Desk) -> None:
    yes, no = ask(desk, make.SAMPLE), ask(desk, make.SAMPLE)
    assert run(data, "recognise", "0" * 26).exit_code == 3
    assert run(data, "recognise", yes).output == "Recognized\n"
    assert run(data, "recognise", yes).exit_code == 5
    assert run(data, "recognise", no, "--not-granted", " ").exit_code == 2
    assert run(data, "recognise", no, "--not-granted", "").exit_code == 2
    assert run(data, "recognise", no, "--not-granted", "Another subject.").output == "Not recognized\n"
    assert recognising.waiting(desk, SYSTEM) == ()


def test_a_role_is_given_by_name(data: Path, desk: Desk) -> None:
    joined(desk)
    assert run(data, "give-role", "lac.bleu", "author").output == "Role given\n"
    assert not founding.give_role(desk, SYSTEM, "lac.bleu", Role.AUTHOR)
