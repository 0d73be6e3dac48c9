"""A statement that is settled by somebody who read the official text says so; otherwise its mark stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lms.actions.authoring.checked_days import settle_as_read
from lms.actions.context import Context
from lms.actions.legislation import dossiers
from lms.content.site_folder import SiteFolder
from lms.core.authoring.dossiers import Settled
from lms.core.authoring.impact import STATEMENT
from lms.core.errors import Conflict, Invalid
from lms.core.legislation.timeliness import falsified_by
from lms.core.people.actors import Actor
from tests.builders_learning import SAMPLE, refused
from tests.builders_legislation import (
    LAW,
    LESSON,
    TODAY,
    a_dossier,
    a_written_site,
    an_author,
    rewrite,
    with_event,
)

EN, FR = "Since 1 January 2020, every office", "Depuis le 1er janvier 2020, chaque bureau"
LATE = "2026-12-24"


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return a_written_site(tmp_path)


@pytest.fixture
def author(context: Context) -> Actor:
    return an_author(context)


def lines(context: Context, author: Actor, dossier: str, *locales: str) -> list[str]:
    found = dossiers.show(context, author, dossier).dossier.open_lines
    return [one.id for one in found if one.locale in locales and one.kind == STATEMENT]


def day(context: Context, locale: str) -> str:
    raw = context.library.draft_file(SAMPLE, f"{LESSON}{locale}.md").decode()
    return raw.split("as-of=")[1][:10]


def test_what_was_read_is_checked_on_that_day_and_the_mark_goes(context: Context, author: Actor) -> None:
    made = a_dossier(context, author, with_event(context, author))
    law = context.library.register().laws[LAW]
    assert falsified_by(law, day(context, "en"), TODAY)
    rewrite(context, author, "en", EN, "Every office")
    chosen = lines(context, author, made, "en")
    with pytest.raises(Invalid, match=r"law\.wrong"):
        settle_as_read(context, author, made, chosen, Settled.REWRITTEN, read=LATE)
    assert lines(context, author, made, "en") == chosen
    count = settle_as_read(context, author, made, chosen, Settled.REWRITTEN, read=TODAY)
    assert (count, day(context, "en"), day(context, "fr")) == (1, TODAY, "2026-11-01")
    assert falsified_by(law, day(context, "en"), TODAY) == ()
    rest = lines(context, author, made, "fr")
    again = settle_as_read(context, author, made, rest, Settled.STILL_TRUE, reason="It is.", read=TODAY)
    assert (again, day(context, "fr")) == (1, TODAY)


def test_without_a_day_the_mark_stays(context: Context, author: Actor) -> None:
    made = a_dossier(context, author, with_event(context, author))
    rewrite(context, author, "en", EN, "Every office")
    dossiers.settle(context, author, made, lines(context, author, made, "en"), Settled.REWRITTEN)
    assert day(context, "en") == "2026-11-01"


def test_a_later_day_stays_and_what_is_gone_asks_for_none(context: Context, author: Actor) -> None:
    made = a_dossier(context, author)
    rewrite(context, author, "en", "as-of=2026-11-01", "as-of=2026-11-21")
    file = context.settings.site / f"{LESSON}fr.md"
    file.unlink()
    chosen = lines(context, author, made, "en", "fr")
    told = {"reason": "It is.", "read": "2026-11-20"}
    assert settle_as_read(context, author, made, chosen, Settled.STILL_TRUE, **told) == 0
    assert day(context, "en") == "2026-11-21"


def test_a_lesson_that_is_gone_has_no_day(context: Context, author: Actor) -> None:
    made = a_dossier(context, author)
    chosen = lines(context, author, made, "en", "fr")
    module = context.settings.site / f"courses/{SAMPLE}/welcome/draft/module.yaml"
    module.write_text(module.read_text().replace("id: greeting", "id: farewell", 1))
    told = {"reason": "It is.", "read": TODAY}
    assert settle_as_read(context, author, made, chosen, Settled.STILL_TRUE, **told) == 0


def test_a_lesson_that_was_saved_in_the_same_moment_is_dated_by_a_second_press(
    context: Context, author: Actor
) -> None:
    class Busy(SiteFolder):
        def save(self, *_: Any) -> Mapping[str, str]:
            raise Conflict("draft.changed")

    made = a_dossier(context, author, with_event(context, author))
    chosen = lines(context, author, made, "en")
    busy = replace(context, library=Busy(context.settings.site))
    with refused(Conflict, "draft.changed"):
        settle_as_read(busy, author, made, chosen, Settled.STILL_TRUE, reason="It is.", read=TODAY)
    assert (lines(context, author, made, "en"), day(context, "en")) == ([], "2026-11-01")
    settle_as_read(context, author, made, chosen, Settled.STILL_TRUE, reason="It is.", read=TODAY)
    assert day(context, "en") == TODAY
