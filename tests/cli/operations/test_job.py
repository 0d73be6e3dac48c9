"""`lms job`: what failed is listed without what it carries, and tried again by number or all at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lms.actions.context import Context
from lms.actions.operations import background
from lms.cli.main import main
from lms.core.operations.jobs import CertificatePdf, Job, Letter, ReleaseActivated, Work
from lms.core.people.actors import SYSTEM
from lms.storage.operations import outbox
from tests.builders import SITE, a_context

WORKS: tuple[Work, ...] = (
    Letter("answered", "zoe@example.org", "en", "l1"),
    CertificatePdf("n1"),
    ReleaseActivated("sample"),
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def failed(context: Context) -> list[Job]:
    """Let each kind of work fail for good."""
    found = []
    for number, work in enumerate(WORKS):
        with context.database.writing() as tx:
            outbox.put(tx, context, f"{work.kind}:{number}", work)
        job = background.take_job(context, SYSTEM)
        assert job
        background.give_up_job(context, SYSTEM, job, "mail.unavailable")
        found.append(job)
    context.database.engine.dispose()
    return found


def run(data: Path, *arguments: str, language: str = "C") -> Result:
    environ = {"LMS_DATA": str(data), "LMS_SITE": str(SITE), "LANG": language}
    return CliRunner(env=environ).invoke(main, ["job", *arguments])


def test_where_nothing_failed_that_is_said(data: Path) -> None:
    a_context(data).database.engine.dispose()
    assert run(data, "list").output == "No tasks have failed.\n"
    assert run(data, "list", "--all").output == "No tasks are waiting, and none have failed.\n"


def test_what_failed_is_listed_and_names_nobody(data: Path) -> None:
    found = failed(a_context(data))
    listed = run(data, "list")
    assert listed.exit_code == 0, listed.output
    assert all(job.id in listed.output for job in found)
    assert "Creating the PDF of a certificate 1" in listed.output
    assert "Moving learners to a new version 2" in listed.output
    assert "failed, attempts: 1, mail.unavailable" in listed.output
    assert "lms job retry" in listed.output
    assert "zoe" not in listed.output
    assert "Envoi d’un message" in run(data, "list", language="fr_CA.UTF-8").output


def test_one_of_them_is_tried_again_or_all(data: Path) -> None:
    first, *others = failed(a_context(data))
    assert run(data, "retry", first.id).output == "Tasks that will be tried again: 1\n"
    assert first.id not in run(data, "list").output
    assert first.id in run(data, "list", "--all").output
    assert "waiting, attempts: 0" in run(data, "list", "--all").output
    assert run(data, "retry", "--all").output == f"Tasks that will be tried again: {len(others)}\n"
    assert run(data, "list").output == "No tasks have failed.\n"


@pytest.mark.parametrize(("arguments", "code"), [((), 2), (("x", "--all"), 2), (("x",), 3)])
def test_what_cannot_be_tried_again_is_said(data: Path, arguments: tuple[str, ...], code: int) -> None:
    failed(a_context(data))
    assert run(data, "retry", *arguments).exit_code == code


def test_what_has_not_failed_is_not_tried_again(data: Path) -> None:
    first, *_ = failed(a_context(data))
    run(data, "retry", first.id)
    again = run(data, "retry", first.id)
    assert again.exit_code == 5
    assert "has not failed" in again.output
