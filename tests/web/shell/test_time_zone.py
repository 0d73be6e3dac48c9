"""The calendar of the site is a setting: days and times on pages are those of its zone, which is named."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from lms.web.wiring import build
from tests import builders_learning as make
from tests.builders import Clock, a_context
from tests.builders_pages import Reader
from tests.conftest import LintingClient


def shown(folder: Path, zone: str, moment: str, locale: str) -> str:
    """Return when somebody has signed in, as the page of sessions says it."""
    at = int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp() * 1000)
    context = a_context(folder, environ={"TIME_ZONE": zone}, now=Clock(at))
    application = build(context)
    application.test_client_class = LintingClient
    reader = Reader(application.test_client(), context, locale)
    reader.sign_in(make.a_member(context))
    assert context.today() == context.day_of(at) == context.local(at).date().isoformat()
    text = reader.get("/account/sessions").html
    return " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split())


@pytest.mark.parametrize(
    ("zone", "moment", "en", "fr"),
    [
        (
            "America/Toronto",
            "2026-12-01T04:59",
            ("30 November 2026", "11:59 p.m. EST"),
            ("30 novembre", "HNE"),
        ),
        ("America/Toronto", "2026-07-01T03:59", ("30 June 2026", "11:59 p.m. EDT"), ("30 juin", "HAE")),
        (
            "America/Vancouver",
            "2026-12-01T07:59",
            ("30 November 2026", "11:59 p.m. PST"),
            ("30 novembre", "HNP"),
        ),
        (
            "America/Vancouver",
            "2026-12-01T08:00",
            ("1 December 2026", "12:00 a.m. PST"),
            ("1er décembre", "HNP"),
        ),
        (
            "America/Whitehorse",
            "2026-12-01T06:59",
            ("30 November 2026", "11:59 p.m. Yukon Time"),
            ("30 novembre", "heure normale du Yukon"),
        ),
        ("America/Regina", "2026-07-01T05:59", ("30 June 2026", "11:59 p.m. CST"), ("30 juin", "HNC")),
        ("America/St_Johns", "2026-07-01T02:30", ("1 July 2026", "12:00 a.m. NDT"), ("1er juillet", "HAT")),
    ],
)
def test_a_time_is_that_of_the_zone_which_is_named(
    tmp_path: Path, zone: str, moment: str, en: tuple[str, str], fr: tuple[str, str]
) -> None:
    for locale, words in (("en", en), ("fr", fr)):
        text = shown(tmp_path / locale, zone, moment, locale)
        assert [one for one in words if one not in text] == [], text
