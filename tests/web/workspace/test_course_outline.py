"""The outline of a draft leads to all that is done with it."""

from __future__ import annotations

import re

from tests.builders_learning import SAMPLE
from tests.builders_pages import Reader


def test_the_outline_leads_to_all_that_is_done_with_a_draft(reader: Reader) -> None:
    page = reader.get(f"/workspace/{SAMPLE}")
    led = set(re.findall(rf'href="/en/workspace/{SAMPLE}/([\w/-]+)"', page.html))
    course = {"findings", "replace", "new", "differences", "translation", "review", "publish"}
    assert course | {"welcome/quiz", "welcome/new"} <= led
    assert {reader.get(f"/workspace/{SAMPLE}/{more}").status for more in led} == {200}
