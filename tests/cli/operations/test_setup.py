"""`lms setup` and its neighbours: from an empty folder to an installation, and again without a change."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lms.actions.people import signing_in
from lms.app import make_context
from lms.cli.main import main
from lms.cli.operations import setup_steps
from lms.cli.operations.data_lock import FILE, hold, is_in_use
from lms.cli.saying import _of_the_system
from lms.core.errors import Conflict, NotFound, Unavailable
from lms.core.people.actors import NOBODY
from lms.settings import from_environment
from lms.storage.operations.backups.swap import MARK
from tests.builders import SITE
from tests.builders_accounts import HERE, PASSWORD
from tests.builders_learning import refused

PHRASE = "three quiet geese"


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Return a new machine with the sample site."""
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
    context = make_context(from_environment(environ))
    assert signing_in.sign_in(context, NOBODY, "author", shown["author"], HERE).token
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
    assert setup_steps.copy_site(settings)
    assert (settings.site / ".gitattributes").read_text("utf-8") == "courses/** -text\nquizzes/** -text\n"
    (settings.site / "courses" / "mine.yaml").touch()
    assert not setup_steps.copy_site(settings)
    assert (settings.site / "courses" / "mine.yaml").exists()
    assert not list(tmp_path.glob("site.draft-*"))


def test_an_own_site_that_is_not_there_is_said(tmp_path: Path) -> None:
    settings = from_environment({"LMS_DATA": str(tmp_path), "LMS_SITE": str(tmp_path / "nowhere")})
    with refused(NotFound, "site.not-found"):
        setup_steps.copy_site(settings)


def test_a_data_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with refused(Unavailable, "disk.unavailable"):
        setup_steps.make_folders(from_environment({"LMS_DATA": str(tmp_path / "file" / "data")}))


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
    assert run(environ, "person", "give-role", "chief.owl", "author").output == "Role assigned\n"
    assert (
        run(environ, "person", "give-role", "chief.owl", "author").output
        == "This person already has this role\n"
    )
    assert run(environ, "person", "give-role", "nobody.here", "author").exit_code == 3


def test_one_process_holds_the_data_folder(tmp_path: Path) -> None:
    with refused(Conflict, "database.not-ready"), hold(tmp_path / "nowhere"):
        pass
    with refused(Unavailable, "disk.unavailable"), hold(Path("/proc")):  # where nobody makes a file
        pass
    assert not is_in_use(tmp_path)
    with hold(tmp_path), refused(Conflict, "disk.in-use"), hold(tmp_path):
        pass
    (tmp_path / MARK).touch()
    with refused(Conflict, "restore.unfinished"), hold(tmp_path):
        pass
    with hold(tmp_path, to_restore=True):
        assert (tmp_path / FILE).exists()
        assert is_in_use(tmp_path)


ORPHAN = """
import os, sys, time
from pathlib import Path
from lms.cli.operations.data_lock import hold
with hold(Path(sys.argv[1])):
    if os.fork():
        os.kill(os.getpid(), 9)
    print("left behind", flush=True)
    time.sleep(float(sys.argv[2]))
    os._exit(0)
"""


def an_orphan(data: Path, seconds: float) -> subprocess.Popen[str]:
    """Give a process of a site whose supervisor was killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", ORPHAN, str(data), str(seconds)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "left behind\n"
    assert process.wait() == -9
    return process


def test_what_outlives_its_supervisor_keeps_a_restore_away_and_what_is_ending_is_waited_for(
    tmp_path: Path,
) -> None:
    with an_orphan(tmp_path, 4):
        assert is_in_use(tmp_path)
        for to_restore in (True, False):
            with refused(Conflict, "disk.in-use"), hold(tmp_path, to_restore=to_restore, patience=0.2):
                pass
        with hold(tmp_path, to_restore=True, patience=60):
            assert is_in_use(tmp_path)
    assert not is_in_use(tmp_path)


def test_backup_restore_and_upgrade_at_the_terminal(environ: dict[str, str], tmp_path: Path) -> None:
    own = {**environ, "LMS_SITE": ""}
    run(own, "setup")
    file = str(tmp_path / "x.parvis")
    made = run(own, "backup", file, typed=f"{PHRASE}\n{PHRASE}\n")
    assert made.exit_code == 0, made.output
    assert run({**own, "LMS_BACKUP_PASSPHRASE": "ducks"}, "restore", file).exit_code == 2
    elsewhere = {**own, "LMS_DATA": str(tmp_path / "other")}
    back = run(elsewhere, "restore", file, typed=f"{PHRASE}\n")
    assert back.exit_code == 0, back.output
    assert passwords(run(elsewhere, "setup")) == passwords(run(own, "setup"))
    person = run({**own, "LMS_ADMIN_PASSWORD": PASSWORD}, "person", "add-admin", "chief.owl", "--name", "A")
    assert person.exit_code == 0
    context = make_context(from_environment(own))
    entered = signing_in.sign_in(context, NOBODY, "chief.owl", PASSWORD, HERE)
    assert run(own, "backup", file, "--without-keys").exit_code == 5
    assert run(own, "backup", file, "--without-keys", "--replace").exit_code == 0
    with context.database.writing() as tx:
        tx.exec_driver_sql("UPDATE person SET erased_at = 1")
    restored = run(own, "restore", file, "--without-keys")
    assert restored.exit_code == 0, restored.output
    assert "People whose data was erased again" in restored.output
    assert re.search(r"is kept in /\S+/before-restore-1 until \d+\u00a0\w+ \d{4}\.", restored.output)
    assert entered.token
    upgraded = run(own, "upgrade")
    assert upgraded.exit_code == 0, upgraded.output
    assert "The keys stay where they are" in upgraded.output
    assert "The backup is kept until" in upgraded.output
    (told,) = Path(own["LMS_DATA"]).glob("backups/*.parvis")
    assert str(told) in upgraded.output
    sealed = run({**own, "LMS_BACKUP_PASSPHRASE": PHRASE}, "upgrade")
    assert "the keys (protected by your passphrase)" in sealed.output
    assert len(list(Path(own["LMS_DATA"]).glob("backups/*.parvis"))) == 2


def test_a_passphrase_is_asked_for_twice_and_a_weak_one_is_refused(
    environ: dict[str, str], tmp_path: Path
) -> None:
    run(environ, "setup")
    file = tmp_path / "x.parvis"
    for typed, said in (
        ("a\n", "easy to guess"),
        ("passwordpassword\n", "easy to guess"),
        (f"{PHRASE}\nthree quiet ducks\n", "do not match"),
        ("", "need a passphrase"),
        (f"{PHRASE}\n", "need a passphrase"),
    ):
        result = run(environ, "backup", str(file), typed=typed)
        assert result.exit_code == 2, result.output
        assert said in result.output
        assert not file.exists()
    given = run({**environ, "LMS_BACKUP_PASSPHRASE": "geese"}, "backup", str(file))
    assert given.exit_code == 2
    assert run(environ, "restore").exit_code == 2


def test_the_passphrase_is_asked_for_in_french_typography(environ: dict[str, str], tmp_path: Path) -> None:
    run(environ, "setup")
    french = {**environ, "LC_ALL": "fr_CA.UTF-8"}
    asked = run(french, "backup", str(tmp_path / "x.parvis"), typed="")
    assert "Phrase secrète pour les clés\u00a0: " in asked.output


def test_what_is_half_restored_is_finished_and_serves_nobody_before(
    environ: dict[str, str], tmp_path: Path
) -> None:
    run(environ, "setup")
    (Path(environ["LMS_DATA"]) / MARK).touch()
    for command in (["serve"], ["setup"], ["backup", str(tmp_path / "x")], ["upgrade"]):
        result = run(environ, *command)
        assert result.exit_code == 5, command
        assert "A restore was interrupted" in result.output


def test_a_refusal_of_the_system_is_said_in_words(environ: dict[str, str], tmp_path: Path) -> None:
    kinds = (errno.EACCES, errno.ENOSPC, errno.EROFS, errno.ENOENT, errno.EIO)
    said = {_of_the_system(OSError(number, os.strerror(number), "/x")) for number in kinds}
    assert len(said) == len(kinds)
    assert all("/x" in words and "Errno" not in words for words in said)
    run(environ, "setup")
    keys = Path(environ["LMS_DATA"]) / "keys" / "root.key"
    keys.unlink()
    keys.parent.rmdir()
    keys.parent.touch()
    result = run(environ, "mail", "test", "zoe@example.org")
    assert result.exit_code == 6
    assert "Errno" not in result.output


def test_mail_is_tried_at_the_terminal(environ: dict[str, str]) -> None:
    result = run(environ, "mail", "test", "zoe@example.org")
    assert result.exit_code == 0, result.output
    assert len(list(Path(environ["LMS_DATA"]).glob("mail/*.eml"))) == 1
    down = {**environ, "MAIL_URL": "smtp://127.0.0.1:1?tls=none", "MAIL_FROM": "learn@example.org"}
    assert run(down, "mail", "test", "zoe@example.org").exit_code == 6
