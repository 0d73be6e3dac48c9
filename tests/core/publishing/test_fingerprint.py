"""Digests of blocks: as documented, computed here once more by following the page alone."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from lms.core.courses.document import Link, Paragraph, Text
from lms.core.locales import Words
from lms.core.publishing.fingerprint import canonical, digest
from lms.core.publishing.release_tags import SEALED

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/sealed-format.md").read_text("utf-8")
VECTORS = json.loads((ROOT / "tests/formats/vectors.json").read_text("utf-8"))
TITLES = [one["title"] for one in VECTORS]
WHITE = "\t\n\x0b\x0c\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)


# --- the page ---------------------------------------------------------------------------------------
def _tables() -> dict[str, tuple[list[str], dict[str, Any]]]:
    """Read the tables of the page: tag -> keys that are always there, keys that may be absent."""
    found = {}
    for tag, always, may in re.findall(r"^\| `([a-z-]+)` \| (.*?) \| (.*?) \|$", PAGE, re.MULTILINE):
        absent = re.findall(r"`(\w+)`: [^;`]+, `([^`]+)`", may)
        found[tag] = re.findall(r"`(\w+)`: ", always), {key: json.loads(value) for key, value in absent}
    return found


TABLES = _tables()


def test_the_page_lists_every_tag_every_key_and_every_absence() -> None:
    code = {
        kind.tag: (
            [part.key for part in kind.parts if part.key in kind.required],
            {key: SEALED.plain(value) for key, value in kind.absent.items()},
        )
        for kind in SEALED.kinds
    }
    assert code == TABLES


def _said(value: Any, loosely: bool) -> Any:
    """Follow the page; nothing of the product is used."""
    if isinstance(value, str):
        return re.sub(f"[{WHITE}]+", " ", value).strip(" ")
    if isinstance(value, list):
        return [_said(part, loosely) for part in value]
    if not isinstance(value, dict):
        return value
    if "_" not in value:
        return {key: _said(part, loosely) for key, part in value.items()}
    gone = {"line", "version", "digest"}
    if loosely:
        editorial = {"figure": {"alt"}, "law": {"url", "sources"}, "event": {"source", "read"}}
        gone |= editorial.get(value["_"], set())
        gone |= {"target"} if (value["_"], value.get("kind")) == ("link", "outside") else set()
    absent = TABLES[value["_"]][1]
    said = {key: part if key == "_" else _said(part, loosely) for key, part in value.items()}
    return {
        key: part
        for key, part in said.items()
        if key not in gone and not (key in absent and part == absent[key])
    }


def _jcs(value: Any) -> str:
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{_jcs(key)}:{_jcs(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_jcs, value)) + "]"
    if isinstance(value, str):
        short = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
        parts = (short.get(one) or (f"\\u{ord(one):04x}" if one < " " else one) for one in value)
        return '"' + "".join(parts) + '"'
    return {"None": "null", "True": "true", "False": "false"}.get(str(value), str(value))


# --- the vectors ------------------------------------------------------------------------------------
@pytest.mark.parametrize("vector", VECTORS, ids=TITLES)
def test_the_product_gives_what_the_vectors_say(vector: dict[str, Any]) -> None:
    node = SEALED.built(vector["plain"])
    assert canonical(node).decode() == vector["canonical"]
    assert digest(node) == vector["digest"]
    assert digest(node, loose=True) == vector["loose"]


@pytest.mark.parametrize("vector", VECTORS, ids=TITLES)
def test_whoever_follows_the_page_gets_the_same(vector: dict[str, Any]) -> None:
    assert _jcs(_said(vector["plain"], loosely=False)) == vector["canonical"]
    for loosely, name in ((False, "digest"), (True, "loose")):
        text = _jcs(_said(vector["plain"], loosely))
        assert sha256(text.encode()).hexdigest() == vector[name]


@pytest.mark.parametrize("name", ["full", "bare"])
def test_a_release_with_everything_has_one_digest(name: str) -> None:
    tree = json.loads((ROOT / f"tests/formats/2/{name}.tree.json").read_bytes())["release"]
    release = SEALED.built(tree)
    for loosely in (False, True):
        assert sha256(_jcs(_said(tree, loosely)).encode()).hexdigest() == digest(release, loose=loosely)


def test_the_page_shows_true_vectors() -> None:
    shown = [one for one in VECTORS if one["digest"] in PAGE]
    assert len(shown) >= 5
    for one in shown:
        assert one["canonical"] in PAGE
        assert one["loose"] in PAGE
        assert json.dumps(one["plain"], ensure_ascii=False) in PAGE


# --- what counts ------------------------------------------------------------------------------------
def test_white_space_is_what_the_page_lists_and_nothing_else() -> None:
    plain = digest(Text("a b"))
    assert {digest(Text(f"a{one}b")) for one in WHITE} == {plain}
    assert digest(Text(f" {WHITE}a{WHITE}b{WHITE}")) == plain
    assert plain not in {digest(Text(f"a{one}b")) for one in "\u200b\u00ad\u2060\x1c"}


def test_what_is_written_differently_and_says_the_same_has_the_same_digest() -> None:
    one, other = Words({"en": "Yes", "fr": "Oui"}), Words({"fr": "Oui", "en": "Yes"})
    assert digest(one) == digest(other)
    assert digest(Paragraph((Text("a"),), line=1)) == digest(Paragraph((Text("a"),), line=2))


def test_what_says_something_else_has_another_digest() -> None:
    nodes = [
        Text("a"),
        Text("b"),
        Paragraph((Text("a"),)),
        Paragraph((Text("a"),), id="a"),
        Paragraph((Text("a"), Text("b"))),
        Paragraph((Text("ab"),)),
        Link("term", "a", (Text("a"),)),
        Link("law", "a", (Text("a"),)),
        ("a", "b"),
        ("ab",),
    ]
    assert len({digest(node) for node in nodes}) == len(nodes)
    assert digest(True) != digest(1)
