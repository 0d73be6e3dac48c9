"""A backup made under load holds one moment, whole; a damaged one is refused whole."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from lms.actions.learning import learning
from tests.attack.clients import Client, read_back
from tests.attack.digest import count, database_of, digest, dump
from tests.attack.installation import Installation, installed, key_for
from tests.attack.saying import none_of
from tests.builders_learning import SAMPLE_CODE, a_member

PASSPHRASE = {"LMS_BACKUP_PASSPHRASE": "three quiet herons wade"}
pytestmark = pytest.mark.slow


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Installation]:
    """Return an installation that ends with the test."""
    made = installed(tmp_path)
    yield made
    made.end()


def state(data: Path) -> dict[str, str]:
    """Return what a data folder holds and what counts: rows, keys, blobs, site."""
    found = {"rows": digest(database_of(data))} if database_of(data).exists() else {}
    for part in ("keys", "blobs", "site"):
        for path in sorted((data / part).rglob("*")):
            if path.is_file():
                found[str(path.relative_to(data))] = sha256(path.read_bytes()).hexdigest()
    return found


def _at_work(site: Installation) -> list[Client]:
    context = site.context()
    people = [a_member(context, f"zq{number}") for number in range(3)]
    for who in people:
        learning.enrol(context, who, SAMPLE_CODE, "en")
    clients = [Client(site, site.context(), who, key_for(context, who), at) for at, who in enumerate(people)]
    context.database.engine.dispose()
    for one in clients:
        one.start()
    return clients


def _rest(clients: list[Client]) -> None:
    for one in clients:
        one.stopping.set()
    for one in clients:
        one.join(30)
        one.context.database.engine.dispose()


def test_a_backup_under_load_holds_everything_that_was_acknowledged_before_it_and_restores_the_same_twice(
    site: Installation, tmp_path: Path
) -> None:
    site.start()
    clients = _at_work(site)
    time.sleep(3)
    before = [attempt for one in clients for attempt in list(one.attempts) if attempt.handed_in]
    file = tmp_path / "parvis.backup"
    assert site.run("backup", str(file), **PASSPHRASE).returncode == 0
    time.sleep(1)
    _rest(clients)
    site.end()
    assert before
    later = dump(database_of(site.data))
    held = []
    for turn in (1, 2):
        result = site.run("restore", str(file), **PASSPHRASE)
        assert result.returncode == 0, result.stderr
        held.append(state(site.data))
        none_of(list(read_back(database_of(site.data), before)))
        assert count(database_of(site.data), "attempt") >= len(before), turn
    assert held[0] == held[1]
    assert dump(database_of(site.data)) != later, "the backup holds what came after it"
    elsewhere = Installation(
        tmp_path / "other" / "data", {**site.environ, "LMS_DATA": str(tmp_path / "other" / "data")}
    )
    elsewhere.data.parent.mkdir()
    result = elsewhere.run("restore", str(file), **PASSPHRASE)
    assert result.returncode == 0, result.stderr
    assert state(elsewhere.data)["rows"] == held[0]["rows"]
    assert {name: one for name, one in state(elsewhere.data).items() if name.startswith("keys/")} == {
        name: one for name, one in held[0].items() if name.startswith("keys/")
    }
    site.start()
    assert site.get("/en/courses", clients[0].key.cookie).status == 200


def test_a_damaged_backup_is_refused_whole(site: Installation, tmp_path: Path) -> None:
    """One changed byte anywhere, a file cut short, a longer one, two put together: nothing is touched."""
    file = tmp_path / "good"
    assert site.run("backup", str(file), **PASSPHRASE).returncode == 0
    whole, dice = file.read_bytes(), random.Random(5)  # noqa: S311  # a test that can be repeated
    damaged = [
        b"",
        b"PARVIS-BACKUP-1\n",
        whole[:-1],
        whole[: len(whole) // 2],
        whole + b"\n",
        whole + whole,
        b"\0" * 9000,
    ]
    for _ in range(13):
        at = dice.randrange(len(whole))
        damaged.append(whole[:at] + bytes([whole[at] ^ (1 << dice.randrange(8))]) + whole[at + 1 :])
    before = state(site.data)
    context = site.context()
    from lms.actions.operations.backing_up import restore  # noqa: PLC0415  # a command each would take a minute
    from lms.core.errors import Invalid  # noqa: PLC0415  # as above
    from lms.core.people.actors import SYSTEM  # noqa: PLC0415  # as above

    bad = tmp_path / "bad"
    for number, content in enumerate(damaged):
        bad.write_bytes(content)
        with pytest.raises(Invalid, match=r"backup\.damaged"):
            restore(context, SYSTEM, bad, PASSPHRASE["LMS_BACKUP_PASSPHRASE"])
        assert state(site.data) == before, number
    with pytest.raises(Invalid, match=r"backup\.passphrase"):
        restore(context, SYSTEM, file, "another passphrase altogether")
    assert state(site.data) == before
    assert [path.name for path in site.data.iterdir() if path.name.startswith((".restore", ".backup"))] == []
    context.database.engine.dispose()


def test_no_restore_while_the_site_is_serving(site: Installation, tmp_path: Path) -> None:
    file = tmp_path / "good"
    assert site.run("backup", str(file), **PASSPHRASE).returncode == 0
    late = a_member(site.context(), "zqlate").person  # not in the backup
    site.start()
    before = state(site.data)
    result = site.run("restore", str(file), **PASSPHRASE)
    assert result.returncode == 5
    assert {**state(site.data), "rows": ""} == {**before, "rows": ""}  # the worker may write rows meanwhile
    assert count(database_of(site.data), "person", f"id = '{late}'") == 1
    assert site.get("/en/courses").status == 200


def test_a_backup_is_for_its_owner_alone_and_holds_no_key_in_the_clear(
    site: Installation, tmp_path: Path
) -> None:
    file = tmp_path / "good"
    assert site.run("backup", str(file), **PASSPHRASE).returncode == 0
    assert file.stat().st_mode & 0o077 == 0
    from lms.storage.operations.backups import archive  # noqa: PLC0415  # only here

    folder = tmp_path / "unpacked"
    folder.mkdir()
    archive.unpack(file, folder)
    root = (site.data / "keys" / "root.key").read_text("ascii").strip()
    for path in folder.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            assert root.encode() not in raw, path.name
            assert bytes.fromhex(root) not in raw, path.name
