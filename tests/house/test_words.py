"""Words on the pages: one name for one thing in each language, as the glossary lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po

from tests.house.tree import ROOT

GLOSSARY = ROOT / "docs" / "glossary.md"
ROW = re.compile(r"^\|([^|]+)\|([^|]+)\|([^|]*)\|([^|]*)\|$", re.MULTILINE)
CODE = re.compile(r"%\([^)]*\)s|`[^`]*`|\blms( \w+)+")


def never(column: int) -> list[str]:
    """Return what the glossary refuses, as patterns; `column` 3 is English, 4 French."""
    _, _, table = GLOSSARY.read_text("utf-8").partition("## Names on the pages")
    rows = ROW.findall(table.partition("\n## ")[0])[2:]
    words = (one.strip() for row in rows for one in row[column - 1].split(","))
    return [re.escape(word).replace(r"\*", r"\w*") for word in words if word]


def sentences(locale: str) -> Iterator[str]:
    """Return every sentence of the interface in a language; what English says otherwise, as it says it."""
    with (ROOT / f"translations/{locale}/LC_MESSAGES/messages.po").open("rb") as file:
        for entry in read_po(file, locale=locale):
            said = entry.string if isinstance(entry.string, str) else entry.string and entry.string[0]
            told = entry.string if said or locale != "en" else entry.id
            if entry.id and told:
                yield from (told,) if isinstance(told, str) else told


@pytest.mark.parametrize(("locale", "column"), [("en", 3), ("fr", 4)])
def test_each_thing_has_one_name(locale: str, column: int) -> None:
    refused = never(column)
    assert len(refused) > 10
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(refused)})(?!\w)", re.IGNORECASE)
    plain = [CODE.sub("", sentence) for sentence in sentences(locale)]
    assert len(plain) > 1_000
    assert [one for one in plain if pattern.search(one)] == []


def test_a_name_that_the_glossary_refuses_is_found() -> None:
    assert any(re.fullmatch(one, "certificats") for one in never(4))
