"""Values of a block that cannot be right are refused, and everything typed is shown again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.builders_pages import Reader
from tests.web.workspace.test_writing import (  # noqa: F401  # fixtures
    BASE,
    WORDS,
    author,
    context,
    field_with,
    raw,
    reader,
    site,
)


@pytest.mark.parametrize(
    ("field", "typed"),
    [(":alt", "A new door\uffff"), (":alt", "A new\x07 door"), (":review-by", "next year")],
)
def test_a_value_that_cannot_be_right_is_refused_and_shown_again(
    reader: Reader,  # noqa: F811
    site: Path,  # noqa: F811
    field: str,
    typed: str,
) -> None:
    before, page = raw(site), reader.get(BASE)
    name = next(one for one in page.form("/save") if one.startswith("f:en:") and one.endswith(field))
    other = field_with(page, WORDS)
    answer = reader.send(page, "/save", {name: typed, other: f"{WORDS} Kept."}, do="save")
    assert answer.status == 422
    assert f'name="{name}"' in answer.html
    assert ("next year" if "next" in typed else "door") in answer.html
    assert not re.search("[\x07\uffff]", answer.html)
    assert typed.encode() not in raw(site)
    assert raw(site) in {before, before.replace(WORDS.encode(), f"{WORDS} Kept.".encode())}
