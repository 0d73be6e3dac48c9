"""The size of a module's file: in the language asked for, else in one that there is, else unknown."""

import pytest

from lms.core.locales import Words
from lms.core.publishing.release_head import ReleaseHead

DAY = "2026-01-01"
TITLE = Words({"en": "Course"})
HEAD = ReleaseHead(
    "course",
    "1.0.0",
    "c0de",
    "digest",
    "",
    "first",
    DAY,
    DAY,
    60,
    TITLE,
    TITLE,
    ("en", "fr"),
    sizes={"m1": {"en": 10, "fr": 12}, "m2": {}},
)


@pytest.mark.parametrize(
    ("module", "locale", "size"),
    [("m1", "fr", 12), ("m1", "ar", 10), ("m2", "en", 0), ("gone", "en", 0)],
)
def test_a_size_is_known_or_zero(module: str, locale: str, size: int) -> None:
    assert HEAD.size(module, locale) == size
