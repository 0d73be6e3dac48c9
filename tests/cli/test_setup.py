"""`lms setup` and its neighbours: from an empty folder to an installation, and again without a change."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lms.actions import signing_in
from lms.app import make_desk
from lms.cli import founding
from lms.cli.data_lock import FILE, MARK, hold
from lms.cli.main import main
from lms.core.errors import Conflict, NotFound, Unavailable
from lms.core.people import NOBODY
from lms.settings import from_environment
from tests.builders import SITE
from tests.builders_accounts import HERE, PASSWORD
from tests.builders_learning import refused


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Give a new machine with the sample site."""
    return {"LMS_DATA": str(tmp_path / "data"), "LMS_SITE": str(SITE), "LANG": "en", "LC_ALL": "en"}


def run(environ: dict[str, str], *words: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, list(words), env=environ, input=typed)


def passwords(result: Result) -> dict[str, str]:
    return dict(re.findall(r"^  (\w+) +([0-9a-f-]{19})$", result.output, re.MULTILINE))


def test_an_empty_folder_becomes_an_installation(environ: dict[str, str]) -> None:
    first = run(environ, "setup")
    assert first.exit_code == 0, first.output
    assert "Published: sample-course 1.0.0" in first.output
    shown = passwords(first)
    assert set(shown) == {"learner", "author", "reviewer", "admin"}
    desk = make_desk(from_environment(environ))
    assert signing_in.sign_in(desk, NOBODY, "author", shown["author"], HERE).token
    second = run(environ, "setup")
    assert passwords(second) == shown
    assert "Published" not in second.output
    assert "up to date" in second.output


def test_a_site_that_others_can_reach_has_no_demo_accounts(environ: dict[str, str]) -> None:
    run(environ, "setup")
    public = run({**environ, "PUBLIC_URL": "https://learn.example.org"}, "setup")
    assert "Demo accounts closed: 4" in public.output
    assert passwords(public) == {}


def test_the_bundled_site_is_copied_once_and_left_alone(tmp_path: Path) -> None:
    settings = from_environment({"LMS_DATA": str(tmp_path)})
    assert founding.copy_site(settings)
    (settings.site / "courses" / "mine.yaml").touch()
    assert not founding.copy_site(settings)
    assert (settings.site / "courses" / "mine.yaml").exists()
    assert not list(tmp_path.glob("site.draft-*"))


def test_an_own_site_that_is_not_there_is_said(tmp_path: Path) -> None:
    settings = from_environment({"LMS_DATA": str(tmp_path), "LMS_SITE": str(tmp_path / "nowhere")})
    with refused(NotFound, "site.not-found"):
        founding.copy_site(settings)


def test_a_data_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with refused(Unavailable, "disk.unavailable"):
        founding.make_folders(from_environment({"LMS_DATA": str(tmp_path / "file" / "data")}))


def test_what_cannot_be_published_is_said_and_the_rest_goes_on(
    environ: dict[str, str], tmp_path: Path
) -> None:
    site = tmp_path / "site"
    CliRunner().invoke(main, ["--help"])
    for path in SITE.rglob("*"):
        if path.is_file():
            target = site / path.relative_to(SITE)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    sealed = next(path for path in site.glob("courses/*/*/1.0.0/*.md"))
    sealed.write_text(sealed.read_text() + "\nChanged after it was sealed.\n")
    result = run({**environ, "LMS_SITE": str(site)}, "setup")
    assert result.exit_code == 0
    assert "Not published: sample-course 1.0.0" in result.output
    assert "Ready" in result.output


def test_the_first_admin_is_made_at_the_terminal(environ: dict[str, str]) -> None:
    run(environ, "setup")
    made = run(
        environ, "person", "add-admin", "chief.owl", "--name", "Ana", typed=f"{PASSWORD}\n{PASSWORD}\n"
    )
    assert made.exit_code == 0, made.output
    assert len(re.findall(r"^  (?:\w{4}-){3}\w{4}$", made.output, re.MULTILINE)) == 10
    again = run(
        {**environ, "LMS_ADMIN_PASSWORD": PASSWORD}, "person", "add-admin", "chief.owl", "--name", "Ana"
    )
    assert again.exit_code == 2
    assert run(environ, "person", "give-role", "chief.owl", "author").output == "Role given\n"
    assert run(environ, "person", "give-role", "chief.owl", "author").output == "They had this role already\n"
    assert run(environ, "person", "give-role", "nobody.here", "author").exit_code == 3


def test_one_process_holds_the_data_folder(tmp_path: Path) -> None:
    with refused(Conflict, "database.not-ready"), hold(tmp_path / "nowhere"):
        pass
    with hold(tmp_path), refused(Conflict, "disk.in-use"), hold(tmp_path):
        pass
    (tmp_path / MARK).touch()
    with refused(Conflict, "restore.unfinished"), hold(tmp_path):
        pass
    with hold(tmp_path, to_restore=True):
        assert (tmp_path / FILE).exists()


def test_backup_restore_and_upgrade_at_the_terminal(environ: dict[str, str], tmp_path: Path) -> None:
    own = {**environ, "LMS_SITE": ""}
    run(own, "setup")
    file = str(tmp_path / "x.parvis")
    made = run(own, "backup", file, typed="geese\ngeese\n")
    assert made.exit_code == 0, made.output
    assert run({**own, "LMS_BACKUP_PASSPHRASE": "ducks"}, "restore", file).exit_code == 2
    elsewhere = {**own, "LMS_DATA": str(tmp_path / "other")}
    back = run(elsewhere, "restore", file, typed="geese\n")
    assert back.exit_code == 0, back.output
    assert passwords(run(elsewhere, "setup")) == passwords(run(own, "setup"))
    person = run({**own, "LMS_ADMIN_PASSWORD": PASSWORD}, "person", "add-admin", "chief.owl", "--name", "A")
    assert person.exit_code == 0
    desk = make_desk(from_environment(own))
    entered = signing_in.sign_in(desk, NOBODY, "chief.owl", PASSWORD, HERE)
    assert run(own, "backup", file, "--without-keys").exit_code == 0
    with desk.database.writing() as tx:
        tx.exec_driver_sql("UPDATE person SET erased_at = 1")
    restored = run(own, "restore", file, "--without-keys")
    assert restored.exit_code == 0, restored.output
    assert "People erased again" in restored.output
    assert entered.token
    upgraded = run(own, "upgrade")
    assert upgraded.exit_code == 0, upgraded.output
    assert len(list(Path(own["LMS_DATA"]).glob("backups/*.parvis"))) == 1


def test_mail_is_tried_at_the_terminal(environ: dict[str, str]) -> None:
    result = run(environ, "mail", "test", "zoe@example.org")
    assert result.exit_code == 0, result.output
    assert len(list(Path(environ["LMS_DATA"]).glob("mail/*.eml"))) == 1
    down = {**environ, "MAIL_URL": "smtp://127.0.0.1:1?tls=none", "MAIL_FROM": "learn@example.org"}
    assert run(down, "mail", "test", "zoe@example.org").exit_code == 6
