"""The backup file: whoever can write one can write its hash, so what is in it is believed in nothing."""

from __future__ import annotations

import gzip
import io
import json
import random
import tarfile
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from lms.core.errors import Conflict, Invalid, ParvisError, Unavailable
from lms.storage.operations.backups import archive
from tests.builders_learning import refused

FACTS = {"made_at": "2026-11-22T12:00:00+00:00", "step": "0001", "keys": False, "tables": []}
Files = list[tuple[str, bytes]]


def sealed(inside: bytes) -> bytes:
    """Make a file whole by its own account."""
    whole = archive.FIRST_LINE + inside
    return whole + b"\nsha256:" + sha256(whole).hexdigest().encode() + b"\n"


def tar_of(files: Files, change: Callable[[tarfile.TarInfo], None] = lambda _: None) -> bytes:
    """Write a tar; `change` may forge each header."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w:gz") as tar:
        for name, content in files:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            change(entry)
            tar.addfile(entry, io.BytesIO(content))
    return raw.getvalue()


def parts_of(files: Files) -> dict[str, Any]:
    return {name: {"sha256": sha256(content).hexdigest(), "size": len(content)} for name, content in files}


def with_manifest(files: Files, **facts: object) -> Files:
    told = {**FACTS, "parts": parts_of(files), **facts}
    return [*files, (archive.MANIFEST, json.dumps(told).encode())]


def unpacked(tmp_path: Path, content: bytes) -> archive.Manifest:
    file, folder = tmp_path / "x.parvis", tmp_path / f"unpacked-{random.getrandbits(40):x}"  # a name
    file.write_bytes(content)
    folder.mkdir()
    return archive.unpack(file, folder)


def test_what_is_packed_comes_back(tmp_path: Path) -> None:
    (tmp_path / "site" / "é").mkdir(parents=True)
    (tmp_path / "site" / "é" / ("long" * 40)).write_bytes(b"x")
    file = tmp_path / "x.parvis"
    parts: dict[str, Any] = {"site": tmp_path / "site", "audit.jsonl": b"a", "rows/job": io.BytesIO(b"rows")}
    archive.pack(file, parts, FACTS)
    folder = tmp_path / "unpacked"
    folder.mkdir()
    manifest = archive.unpack(file, folder)
    assert manifest.made_at.startswith("2026")
    assert manifest.digest == archive.told_digest(file)
    assert (folder / "site" / "é" / ("long" * 40)).read_bytes() == b"x"
    assert (folder / "rows" / "job").read_bytes() == b"rows"


@pytest.mark.parametrize(
    "manifest",
    [
        b"[]",
        b"null",
        b"7",
        b'"x"',
        b"",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        json.dumps({**FACTS, "parts": []}).encode(),
        json.dumps({**FACTS, "parts": {"a": None}}).encode(),
        json.dumps({**FACTS, "parts": {}, "made_at": None}).encode(),
        json.dumps({**FACTS, "parts": {}, "made_at": "<b>now</b>"}).encode(),
        json.dumps({**FACTS, "parts": {}, "step": 3}).encode(),
        json.dumps({**FACTS, "parts": {}, "tables": {"a": 1}}).encode(),
        json.dumps({**FACTS, "parts": {}, "tables": [["a"]]}).encode(),
        json.dumps({"parts": {}}).encode(),
        b'{"parts": ' + b"9" * 5000 + b"}",
    ],
    ids=lambda content: content[:20].decode("latin-1"),
)
def test_a_forged_manifest_ends_in_words(tmp_path: Path, manifest: bytes) -> None:
    with refused(Invalid, "backup.damaged"):
        unpacked(tmp_path, sealed(tar_of([(archive.MANIFEST, manifest)])))


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../site/x",
        "site/../../x",
        "site",
        "site/",
        "site/./x",
        "keys/root.key",
        "other",
        "site/" + "a" * 256,
        "site/" + "a/" * 60 + "a",
        "site/a\nb",
        "site/\x7f",
        "database.sqlite3/x",
        ".restoring",
    ],
)
def test_a_part_that_is_not_ours_is_refused(tmp_path: Path, name: str) -> None:
    with refused(Invalid, "backup.damaged"):
        unpacked(tmp_path, sealed(tar_of(with_manifest([(name, b"x")]))))


@pytest.mark.parametrize(
    "files",
    [
        [("site/a", b"x"), ("site/a", b"x")],
        [("site/a", b"x"), ("site/a/b", b"x")],
        [("site/a/b", b"x"), ("site/a", b"x")],
        [(archive.MANIFEST, b"{}"), (archive.MANIFEST, b"{}")],
    ],
    ids=["twice", "a file, then a folder", "a folder, then a file", "two manifests"],
)
def test_names_that_cannot_stand_together_are_refused(tmp_path: Path, files: Files) -> None:
    with refused(Invalid, "backup.damaged"):
        unpacked(tmp_path, sealed(tar_of(with_manifest(files))))


@pytest.mark.parametrize(
    "kind",
    [
        tarfile.SYMTYPE,
        tarfile.LNKTYPE,
        tarfile.DIRTYPE,
        tarfile.FIFOTYPE,
        tarfile.CHRTYPE,
        tarfile.CONTTYPE,
        tarfile.GNUTYPE_SPARSE,
        tarfile.GNUTYPE_LONGNAME,
        tarfile.XGLTYPE,
        b"?",
    ],
)
def test_only_plain_files_are_taken(tmp_path: Path, kind: bytes) -> None:
    def forge(entry: tarfile.TarInfo) -> None:
        if entry.name != archive.MANIFEST:
            entry.type, entry.linkname = kind, "/etc/passwd"

    with refused(Invalid, "backup.damaged"):
        unpacked(tmp_path, sealed(tar_of(with_manifest([("site/a", b"x")]), forge)))


def test_a_long_name_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    def forge(entry: tarfile.TarInfo) -> None:
        entry.type = tarfile.XHDTYPE

    with refused(Invalid, "backup.damaged"):
        unpacked(tmp_path, sealed(tar_of([("site/a", b"0" * 1_000_000)], forge)))


def test_a_bomb_is_refused_before_it_fills_the_disk(tmp_path: Path) -> None:
    header = tarfile.TarInfo("site/big")
    header.size = 1 << 60
    bomb = gzip.compress(header.tobuf(tarfile.PAX_FORMAT) + bytes(1 << 20))
    with refused(Unavailable, "backup.no-room"):
        unpacked(tmp_path, sealed(bomb))
    header.name, header.size = archive.MANIFEST, archive.LARGEST_MANIFEST + 1
    with refused(Invalid, "backup.damaged"):
        unpacked(tmp_path, sealed(gzip.compress(header.tobuf(tarfile.PAX_FORMAT) + bytes(1 << 20))))


def test_whatever_is_changed_inside_ends_in_words(tmp_path: Path) -> None:
    """Change bytes of the tar itself, and make the hash anew, as somebody who forges would."""
    dice = random.Random(7)  # noqa: S311  # the same in each run
    good = gzip.decompress(tar_of(with_manifest([("site/a", b"x" * 600), ("rows/job", b"[]\n")])))
    for _ in range(300):
        changed = bytearray(good)
        for _ in range(dice.randrange(1, 6)):
            changed[dice.randrange(len(changed))] = dice.randrange(256)
        cut = bytes(changed)[: dice.randrange(512, len(changed) + 1)]
        with suppress(Invalid):  # nothing else may come
            unpacked(tmp_path, sealed(gzip.compress(cut)))
    for junk in (b"", b"\0" * 2000, b"\x1f\x8b", dice.randbytes(3000), gzip.compress(dice.randbytes(3000))):
        with refused(Invalid, "backup.damaged"):
            unpacked(tmp_path, sealed(junk))


def test_nothing_is_written_over_unless_that_is_wanted(tmp_path: Path) -> None:
    file = tmp_path / "x.parvis"
    archive.pack(file, {"audit.jsonl": b"one"}, FACTS)
    before = file.read_bytes()
    with refused(Conflict, "backup.exists"):
        archive.pack(file, {"audit.jsonl": b"two"}, FACTS)
    assert file.read_bytes() == before
    archive.pack(file, {"audit.jsonl": b"two"}, FACTS, replace=True)
    assert file.read_bytes() != before
    link = tmp_path / "link.parvis"
    link.symlink_to(tmp_path / "nowhere")
    with refused(Conflict, "backup.exists"):
        archive.check_free(link, replace=False)


def test_what_comes_first_under_a_name_keeps_it(tmp_path: Path) -> None:
    file, late = tmp_path / "x.parvis", tmp_path / "draft"
    file.write_bytes(b"first")
    late.write_bytes(b"second")
    with refused(Conflict, "backup.exists"):
        archive._give_name(late, file, replace=False)  # noqa: SLF001  # after both have looked
    assert file.read_bytes() == b"first"


def test_what_a_killed_backup_left_is_cleared_away_and_what_another_writes_is_not(tmp_path: Path) -> None:
    file = tmp_path / "x.parvis"
    left = tmp_path / ".x.parvis.0123.draft"
    left.touch()
    with archive._draft_of(file) as (draft, _):  # noqa: SLF001  # another process that is at it
        assert not left.exists()
        archive.pack(file, {"audit.jsonl": b"one"}, FACTS)
        assert draft.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.parvis"]


def test_a_file_that_goes_meanwhile_is_left_out_and_a_link_is_told(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "a").touch()
    (site / "link").symlink_to(tmp_path)
    assert [path.name for path in archive.files_under(site)] == ["a"]
    assert archive.links_under(site) == (site / "link",)
    archive.pack(tmp_path / "x.parvis", {"site": site, "audit.jsonl": tmp_path / "gone"}, FACTS)


def test_no_digest_where_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"")
    assert archive.told_digest(tmp_path / "x") == ""
    with pytest.raises(ParvisError):
        archive.told_digest(tmp_path / "nowhere")
