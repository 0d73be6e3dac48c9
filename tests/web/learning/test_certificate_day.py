"""The date on the certificate is asked for where it was two dates in the country, if the house wants that."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from lms.rendering.words.translator import translator_for
from lms.web.wiring import build
from tests.builders import Clock, a_context
from tests.builders_certificates import CODE, a_graduate, sign_in
from tests.builders_pages import Reader
from tests.conftest import LintingClient

LATE, NOON = "2026-11-29T21:30", "2026-11-29T12:00"
BASE = f"/c/{CODE}/certificate"


def a_reader(folder: Path, at: str, whose: str, locale: str = "en") -> Reader:
    """Return the browser of somebody who finished in Vancouver at this time."""
    context = a_context(folder, environ={"CERTIFICATE_DAY": whose})
    assert isinstance(context.now, Clock)
    vancouver = ZoneInfo("America/Vancouver")
    context.now.at = round(datetime.fromisoformat(at).replace(tzinfo=vancouver).timestamp() * 1000)
    app = build(context)
    app.test_client_class = LintingClient
    reader = Reader(app.test_client(), context, locale)
    sign_in(reader.client, context, a_graduate(context))
    return reader


@pytest.mark.parametrize(("at", "whose"), [(LATE, "house"), (NOON, "learner"), (NOON, "house")])
def test_nobody_is_asked_for_what_is_sure(at: str, whose: str, tmp_path: Path) -> None:
    assert "Date on the certificate" not in a_reader(tmp_path, at, whose).get(BASE).html


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_the_date_that_was_chosen_is_the_one_that_is_printed(locale: str, tmp_path: Path) -> None:
    reader = a_reader(tmp_path, LATE, "learner", locale)
    page = reader.get(BASE)
    assert page.form(f"{BASE}/preview")["day"] == ["2026-11-30"], "the house's, as long as nobody chooses"
    seen = reader.go(reader.send(page, f"{BASE}/preview", {"day": "2026-11-29"}).to)
    there, here = (translator_for(locale).date(f"2026-11-{day}") for day in (29, 30))
    assert there in seen.html
    reader.send(seen, BASE)
    assert there in reader.get(BASE).html
    assert here in reader.get(BASE).html, "the day on which it was issued"
    changed = reader.get(f"{BASE}/change")
    assert changed.form(f"{BASE}/preview")["day"] == ["2026-11-29"]


def test_a_date_that_was_made_up_is_refused_at_its_place(tmp_path: Path) -> None:
    reader = a_reader(tmp_path, LATE, "learner")
    refused = reader.send(reader.get(BASE), f"{BASE}/preview", {"day": "2026-01-01"})
    assert refused.status == 422
    assert "Choose the date on the certificate." in refused.html
    assert '<a href="#day' in refused.html
