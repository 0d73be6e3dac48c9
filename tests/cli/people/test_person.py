"""`lms person`: who asks to have prior learning recognized is listed and answered at the terminal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lms.actions.context import Context
from lms.actions.learning import recognition
from lms.actions.people import granting
from lms.cli.main import main
from lms.core.people.actors import SYSTEM, Role
from lms.storage.learning import recognitions
from tests import builders_learning as make
from tests.builders import SITE, a_context
from tests.builders_accounts import joined
from tests.builders_needs import TOLD


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def context(data: Path) -> Context:
    return make.with_sample(a_context(data))


def run(data: Path, *arguments: str, answer: str = "") -> Result:
    environ = {"LMS_DATA": str(data), "LMS_SITE": str(SITE), "LANG": "C"}
    return CliRunner(env=environ).invoke(main, ["person", *arguments], input=answer)


def ask(context: Context, course: str) -> str:
    """Keep a request; which course needs this one does not matter here."""
    sam, id_ = make.a_member(context), context.new_id()
    with context.database.writing() as tx:
        recognitions.add(
            tx, id_, person=sam.person, house=sam.organisation, course=course, told=TOLD, now=context.now()
        )
    return id_


def test_requests_are_listed_with_what_was_told(data: Path, context: Context) -> None:
    assert "No one is waiting" in run(data, "requests").output
    asked = [ask(context, make.SAMPLE), ask(context, "not-here")]
    listed = run(data, "requests").output
    assert [
        one
        for one in (*asked, "22\u00a0November 2026", "Sam", "A warm welcome", "not-here")
        if one not in listed
    ] == []
    assert re.search(r"Welcome at the desk, a workshop \| Lakeside school \| 2024", listed)


def test_a_request_is_answered_once(data: Path, context: Context) -> None:
    yes, no = ask(context, make.SAMPLE), ask(context, make.SAMPLE)
    assert run(data, "recognize", "0" * 26).exit_code == 3
    assert run(data, "recognize", yes).output == "Prior learning recognized\n"
    assert run(data, "recognize", yes).exit_code == 5
    assert run(data, "recognize", no, "--not-granted", " ").exit_code == 2
    assert run(data, "recognize", no, "--not-granted", "").exit_code == 2
    assert (
        run(data, "recognize", no, "--not-granted", "Another subject.").output
        == "Prior learning not recognized\n"
    )
    assert recognition.waiting(context, SYSTEM) == ()


def test_a_role_is_given_by_name(data: Path, context: Context) -> None:
    joined(context)
    assert run(data, "give-role", "lac.bleu", "author").output == "Role assigned\n"
    assert not granting.give_role(context, SYSTEM, "lac.bleu", Role.AUTHOR)


def test_a_role_is_listed_and_taken_away(data: Path, context: Context) -> None:
    joined(context)
    assert run(data, "roles", "lac.bleu").output == "No roles.\n"
    run(data, "give-role", "lac.bleu", "author", "--course", make.SAMPLE, "--locale", "fr")
    run(data, "give-role", "lac.bleu", "reviewer")
    listed = run(data, "roles", "lac.bleu").output
    assert listed == f"author    {make.SAMPLE} and fr\nreviewer  whole site\n"
    assert run(data, "take-role", "lac.bleu", "author", "--locale", "en").output == (
        "This person does not have this role\n"
    )
    assert run(data, "take-role", "lac.bleu", "author").output == "Role removed\n"
    assert run(data, "roles", "lac.bleu").output == "reviewer  whole site\n"
    assert run(data, "take-role", "nobody.here", "author").exit_code == 3
    assert run(data, "give-role", "lac.bleu", "author", "--course", "nothing").exit_code == 3
    assert run(data, "take-role", "lac.bleu", "learner").exit_code == 2


def test_the_names_that_were_spelled_otherwise_still_work(data: Path, context: Context) -> None:
    joined(context)
    asked = ask(context, make.SAMPLE)
    assert run(data, "recognise", asked).output == "Prior learning recognized\n"
    for option in ("--organization", "--organisation"):
        for value in ([option, "nowhere"], [f"{option}=nowhere"]):
            assert run(data, "give-role", "lac.bleu", "author", *value).exit_code == 3
    helped = run(data, "--help").output + run(data, "give-role", "--help").output
    assert "recognise" not in helped
    assert "--organisation" not in helped
    assert "--organization" in helped


def test_a_question_in_french_has_a_space_before_its_colon(data: Path, context: Context) -> None:
    joined(context)
    french = {"LMS_DATA": str(data), "LMS_SITE": str(SITE), "LC_ALL": "fr_CA.UTF-8"}
    wish = ["person", "add-admin", "first.admin", "--name", "A. Person"]
    asked = CliRunner(env=french).invoke(main, wish, input="three quiet geese\n" * 2)
    assert asked.exit_code == 0, asked.output
    assert "Mot de passe\u00a0: " in asked.output
    assert "Confirmez le mot de passe\u00a0: " in asked.output


def test_the_last_admin_is_asked_about(data: Path, context: Context) -> None:
    joined(context)
    run(data, "give-role", "lac.bleu", "admin")
    asked = run(data, "take-role", "lac.bleu", "admin", answer="n\n")
    assert "the last administrator" in asked.output
    assert asked.exit_code == 1
    assert "admin" in run(data, "roles", "lac.bleu").output
    assert "Role removed" in run(data, "take-role", "lac.bleu", "admin", answer="y\n").output
    run(data, "give-role", "lac.bleu", "admin")
    assert run(data, "take-role", "lac.bleu", "admin", "--even-the-last").output == "Role removed\n"
    assert run(data, "take-role", "lac.bleu", "admin").output == "This person does not have this role\n"


def test_what_a_database_refuses_is_told_at_the_terminal(context: Context, data: Path) -> None:
    for odd in ("zo\udce9", "zo\0e"):
        told = run(data, "give-role", odd, "author")
        assert told.exit_code == 2
        assert "contains a character that we can’t save" in told.output
