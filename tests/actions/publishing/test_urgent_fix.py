"""An urgent fix is sealed while a later version waits for its day; neither undoes the other unseen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lms.actions.authoring import differing
from lms.actions.context import Context
from lms.actions.publishing import adopting, basis, foreseeing, preparing, reviewing, translations
from lms.actions.publishing.preparing import SealRequest
from lms.content.site_folder import SiteFolder
from lms.core.errors import Conflict
from lms.core.people.actors import SYSTEM, Actor, Role
from lms.storage.operations import tasks
from tests.builders import a_context
from tests.builders_content import change, sample_site
from tests.builders_learning import SAMPLE, a_member, refused

ENGLISH = f"courses/{SAMPLE}/forms/draft/01-first-form.en.md"
OTHER = f"courses/{SAMPLE}/welcome/draft/01-greeting.en.md"
WHY = {"en": "Clearer words.", "fr": "Des mots plus clairs."}
LATER = ("Each question has a reason", "A reason stands beside each question")
EVEN_LATER = "A reason is given for each question"
FIX = ("takes less than a minute", "takes a short minute")
DAY = 24 * 60 * 60 * 1000


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return sample_site(tmp_path / "site")


@pytest.fixture
def context(tmp_path: Path, site: Path) -> Context:
    made = a_context(tmp_path / "data", site=site)
    adopting.adopt(made, SYSTEM, SAMPLE, "1.0.0")
    return made


@pytest.fixture
def author(context: Context) -> Actor:
    return a_member(context, "Ana", Role.AUTHOR)


def sealed(context: Context, version: str, parent: str = "") -> str:
    """Seal the draft; return what it follows."""
    preparing.seal(context, SYSTEM, SAMPLE, version, SealRequest("a", WHY, parent=parent, unapproved=True))
    return context.library.release(SAMPLE, version).parent


def waiting(context: Context, site: Path) -> None:
    """Let a later version wait for its day."""
    change(site, ENGLISH, *LATER)
    assert sealed(context, "1.1.0") == "1.0.0"
    adopting.adopt(context, SYSTEM, SAMPLE, "1.1.0", active_from=context.now() + DAY)


def brought_back(site: Path) -> None:
    change(site, ENGLISH, LATER[1], LATER[0])


def fixed(site: Path) -> None:
    change(site, OTHER, *FIX)


def follows(context: Context) -> str:
    with context.database.reading() as tx:
        return basis.parent_of(context, tx, context.library.preview(SAMPLE))


def test_a_draft_goes_on_from_the_newest_version_that_it_was_made_from(context: Context, site: Path) -> None:
    waiting(context, site)
    assert follows(context) == "1.1.0"
    fixed(site)
    assert follows(context) == "1.1.0"
    assert sealed(context, "1.2.0") == "1.1.0"


def test_an_urgent_fix_follows_the_current_version_and_what_waits_is_cancelled_with_a_task(
    context: Context, site: Path, author: Actor
) -> None:
    waiting(context, site)
    brought_back(site)
    fixed(site)
    told = reviewing.draft_change(context, author, SAMPLE)
    assert (told.parent, told.newer, told.least) == ("1.0.0", "1.1.0", "1.1.1")
    assert reviewing.draft_review(context, author, SAMPLE).parent == "1.0.0"
    assert translations.state(context, author, SAMPLE).version == "1.0.0"
    assert differing.differences(context, author, SAMPLE).old == "1.0.0"
    assert sealed(context, told.least, "1.0.0") == "1.0.0"
    assert foreseeing.activation(context, author, SAMPLE, "1.1.1").taken_back == ("1.1.0",)
    context.now.move(minutes=1)  # type: ignore[attr-defined]  # a clock that can be moved
    assert adopting.adopt(context, SYSTEM, SAMPLE, "1.1.1").taken_back == ("1.1.0",)
    with context.database.reading() as tx:
        assert tasks.about(tx, adopting.PARENT_GONE) == [f"{SAMPLE} 1.1.0"]


def after_the_fix(context: Context, site: Path) -> None:
    """Publish a fix that what waits knows nothing of."""
    waiting(context, site)
    brought_back(site)
    fixed(site)
    sealed(context, "1.1.1")
    context.now.move(minutes=1)  # type: ignore[attr-defined]  # a clock that can be moved
    adopting.adopt(context, SYSTEM, SAMPLE, "1.1.1")


def test_a_draft_that_knows_nothing_of_the_fix_is_refused_until_it_holds_both(
    context: Context, site: Path
) -> None:
    after_the_fix(context, site)
    change(site, OTHER, FIX[1], FIX[0])
    change(site, ENGLISH, *LATER)
    with refused(Conflict, "release.undoes-parent"):
        sealed(context, "1.2.0")
    with refused(Conflict, "release.cannot-follow"):
        sealed(context, "1.2.0", "1.1.0")
    fixed(site)
    assert sealed(context, "1.2.0") == "1.1.1"


def test_a_later_version_made_without_the_fix_is_not_what_a_draft_follows(
    context: Context, site: Path
) -> None:
    waiting(context, site)
    change(site, ENGLISH, LATER[1], EVEN_LATER)
    assert sealed(context, "1.3.0") == "1.1.0"
    change(site, ENGLISH, EVEN_LATER, LATER[0])
    fixed(site)
    assert sealed(context, "1.1.1") == "1.0.0"
    context.now.move(minutes=1)  # type: ignore[attr-defined]  # a clock that can be moved
    adopting.adopt(context, SYSTEM, SAMPLE, "1.1.1")
    with context.database.reading() as tx:
        assert basis.candidates(context, tx, SAMPLE) == ("1.1.1",)


def test_what_cannot_be_read_keeps_nobody_from_sealing(context: Context, site: Path) -> None:
    waiting(context, site)
    (site / f"courses/{SAMPLE}/releases/1.0.0.yaml").unlink()
    again = replace(context, library=SiteFolder(site, cache=context.settings.data / "cache"))
    with again.database.reading() as tx:
        assert basis.candidates(again, tx, SAMPLE) == ("1.1.0",)
    fixed(site)
    assert sealed(again, "1.2.0") == "1.1.0"
