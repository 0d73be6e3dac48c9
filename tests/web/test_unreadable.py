"""A course that cannot be read harms nobody else: its own pages say so, lists leave it out, a task opens."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from lms.actions.catalogue import searching
from lms.actions.certificates import certifying, verifying
from lms.actions.context import Context
from lms.actions.learning import learning
from lms.actions.operations import tasks as overseeing
from lms.actions.publishing import adopting, preparing
from lms.actions.publishing.preparing import SealRequest
from lms.content.site_folder import SiteFolder
from lms.core.certificates.certificate import CertificateChoice
from lms.core.people.actors import NOBODY, SYSTEM, WHOLE_HOUSE, Role
from lms.core.publishing.adopted import Adopted
from lms.jobs import Worker
from lms.storage.operations import tasks
from lms.storage.publishing import releases
from lms.web.wiring import build
from tests import builders_learning as make
from tests.builders import a_context
from tests.builders_certificates import a_graduate, a_learner, sign_in
from tests.builders_content import sample_site
from tests.builders_learning import SAMPLE, SAMPLE_CODE
from tests.conftest import LintingClient
from tests.house.tree import ROOT

OWN = f"/en/c/{SAMPLE_CODE}"
OTHER = "accessibility"
LESSON = f"courses/{SAMPLE}/welcome/draft/01-greeting"


@dataclass
class World:
    """Two courses of one site, as a process sees them that has just started."""

    site: Path
    first: Context
    context: Context
    client: FlaskClient
    code: str

    def again(self) -> World:
        """Start once more."""
        context = replace(self.first, library=SiteFolder(self.site, look_again=0))
        app = build(context)
        app.test_client_class = LintingClient
        return World(self.site, self.first, context, app.test_client(), self.code)

    def statuses(self, *paths: str) -> dict[str, int]:
        return {path: self.client.get(path).status_code for path in paths}

    def text(self, path: str) -> str:
        return self.client.get(path).get_data(as_text=True)

    def tasks(self) -> list[str]:
        with self.context.database.reading() as tx:
            return [f"{one.kind} {one.about}" for one in tasks.open_tasks(tx, WHOLE_HOUSE)]

    @property
    def elsewhere(self) -> tuple[str, ...]:
        return (
            "/en/",
            "/en/courses",
            f"/en/c/{self.code}",
            "/en/glossary",
            "/en/register",
            "/en/register/changes",
            "/en/search",
            "/fr/support",
            f"/en/tell-us?course={SAMPLE_CODE}&place=course",
        )


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site of two courses with its database; adopting a real course takes seconds."""
    folder = tmp_path_factory.mktemp("two")
    site = sample_site(folder / "site")
    for part in ("courses", "quizzes"):
        shutil.copytree(ROOT / part / OTHER, site / part / OTHER)
    context = a_context(folder / "data", site=site)
    assert all(isinstance(one, Adopted) for one in adopting.adopt_all(context, SYSTEM))
    searching.rebuild(context, SYSTEM)
    context.database.engine.dispose()
    return folder


@pytest.fixture
def world(prepared: Path, tmp_path: Path) -> Iterator[World]:
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    site = tmp_path / "site"
    context = a_context(tmp_path / "data", site=site)
    context.now.move(minutes=1)  # type: ignore[attr-defined]  # the clock of tests
    with context.database.reading() as tx:
        version, _ = releases.all_current(tx, context.now())[OTHER]
    code = context.library.release(OTHER, version).course.code
    yield World(site, context, context, build(context).test_client(), code)
    context.database.engine.dispose()


def newer(world: World, version: str, words: str, why: str) -> None:
    """Seal a version with a paragraph more."""
    for tag in ("en", "fr"):
        path = world.site / f"{LESSON}.{tag}.md"
        path.write_text(path.read_text("utf-8").rstrip("\n") + f"\n\n{words}.\n", "utf-8")
    wish = SealRequest("Sample team", {"en": why, "fr": why}, unapproved=True)
    preparing.seal(world.first, SYSTEM, SAMPLE, version, wish)


def spoil(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b" ")


def sealed_lesson(site: Path, version: str = "1.0.0") -> Path:
    return min((site / f"courses/{SAMPLE}/welcome/{version}").glob("*.en.md"))


def lock(site: Path, version: str = "1.0.0") -> Path:
    return site / f"courses/{SAMPLE}/releases/{version}.yaml"


DAMAGES: dict[str, Callable[[Path], object]] = {
    "a lesson": lambda site: spoil(sealed_lesson(site)),
    "the tree": lambda site: spoil(lock(site).with_suffix(".tree.json")),
    "the lock": lambda site: lock(site).write_text("format: [", "utf-8"),
    "a quiz that is gone": lambda site: (site / f"quizzes/{SAMPLE}/welcome/1.0.0.yaml").unlink(),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_one_damaged_course_harms_nobody_else(world: World, damage: str, caplog: Any) -> None:
    who = a_learner(world.context)
    learning.enrol(world.context, who, SAMPLE_CODE, "en")
    learning.enrol(world.context, who, world.code, "en")
    DAMAGES[damage](world.site)
    with caplog.at_level(logging.ERROR):
        now = world.again()
        sign_in(now.client, now.context, who)
        assert set(now.statuses(*now.elsewhere).values()) == {200}
        assert "A warm welcome" not in now.text("/en/courses")
        assert now.text("/en/my-learning").count("/en/c/") > 0
        assert OWN not in now.text("/en/my-learning")
        own = (OWN, f"{OWN}/m1/l1", f"{OWN}/m1/check", f"{OWN}/results", f"{OWN}/m1/offline")
        assert set(now.statuses(*own).values()) == {503}
        assert "We cannot open this course right now" in now.text(OWN)
        assert "The rest of the site works" in now.text(f"{OWN}/m1/l1")
    assert now.tasks() == [f"release-unreadable {SAMPLE} 1.0.0"]
    told = [one for one in caplog.records if one.name == "lms.site"]
    assert [one.getMessage() for one in told] == [f"release-unreadable: {SAMPLE} 1.0.0"], "once"


def test_what_is_mended_is_back_at_once_and_its_task_is_closed(world: World) -> None:
    path = sealed_lesson(world.site)
    whole = path.read_bytes()
    spoil(path)
    now = world.again()
    assert now.statuses(OWN) == {OWN: 503}
    path.write_bytes(whole)
    assert now.statuses(OWN, "/en/courses") == {OWN: 200, "/en/courses": 200}
    assert "A warm welcome" in now.text("/en/courses")
    assert overseeing.look_over_site(now.context, SYSTEM) == ()
    assert now.tasks() == []
    spoil(path)
    again = now.again()
    assert again.statuses(OWN) == {OWN: 503}
    assert again.tasks() == [f"release-unreadable {SAMPLE} 1.0.0"], "opened again"


def test_a_version_that_has_not_arrived_here_is_a_state_of_its_own(world: World) -> None:
    shutil.move(world.site / f"courses/{SAMPLE}", world.site / "away")
    now = world.again()
    assert set(now.statuses(*now.elsewhere).values()) == {200}
    assert now.statuses(OWN, f"{OWN}/m1/offline") == {OWN: 503, f"{OWN}/m1/offline": 503}
    assert "is not available on this site yet" in now.text(OWN)
    assert "n’est pas encore disponible sur ce site" in now.text(f"/fr/c/{SAMPLE_CODE}")
    assert now.tasks() == [f"release-not-here {SAMPLE} 1.0.0"]
    shutil.move(world.site / "away", world.site / f"courses/{SAMPLE}")
    assert now.statuses(OWN) == {OWN: 200}


def test_the_newest_seal_that_nobody_published_harms_nobody(world: World) -> None:
    newer(world, "1.1.0", "More", "More words")
    who = make.a_member(world.context)
    spoil(lock(world.site, "1.1.0").with_suffix(".tree.json"))
    now = world.again()
    sign_in(now.client, now.context, who)
    pages = (OWN, f"{OWN}/m1/l1", *now.elsewhere)
    assert set(now.statuses(*pages).values()) <= {200, 302}
    assert now.tasks() == []


def test_a_damaged_old_version_takes_only_its_own_readers_down(world: World) -> None:
    left, moved = a_learner(world.context), a_learner(world.context, "Zoé")
    learning.enrol(world.context, left, SAMPLE_CODE, "en")
    newer(world, "1.1.0", "More", "More words")
    adopting.adopt(world.first, SYSTEM, SAMPLE, "1.1.0")
    world.first.now.move(minutes=1)  # type: ignore[attr-defined]  # the clock of tests
    learning.enrol(world.context, moved, SAMPLE_CODE, "en")
    spoil(sealed_lesson(world.site))
    spoil(lock(world.site).with_suffix(".tree.json"))
    now = world.again()
    sign_in(now.client, now.context, moved)
    assert set(now.statuses(OWN, f"{OWN}/m1/l1", *now.elsewhere).values()) == {200}
    page = now.text(OWN)
    assert "More words" in page
    assert "Version 1.0.0" in page, "what was published stays told, from the index"
    theirs = world.again()
    sign_in(theirs.client, theirs.context, left)
    assert theirs.statuses(OWN, f"{OWN}/m1/l1", "/en/my-learning") == {
        OWN: 503,
        f"{OWN}/m1/l1": 503,
        "/en/my-learning": 200,
    }


def test_only_what_was_published_is_told(world: World) -> None:
    day = 86_400_000
    newer(world, "1.1.0", "More", "PUBLISHED")
    newer(world, "1.2.0", "Even more", "SECRET REASON")
    newer(world, "1.3.0", "Evenmore", "SECRET TOO")
    adopting.adopt(world.first, SYSTEM, SAMPLE, "1.1.0")
    adopting.adopt(world.first, SYSTEM, SAMPLE, "1.2.0", active_from=world.first.now() + day)
    adopting.adopt(world.first, SYSTEM, SAMPLE, "1.3.0", active_from=world.first.now() + 2 * day)
    now = world.again()
    assert "SECRET" not in now.text(OWN), "what waits"
    adopting.withdraw(world.first, SYSTEM, SAMPLE, "1.2.0")
    world.first.now.move(days=3)  # type: ignore[attr-defined]  # the clock of tests
    page = now.text(OWN)
    assert "PUBLISHED" in page
    assert "SECRET" not in page, "what was withdrawn, and what followed it"
    assert now.statuses(f"{OWN}/questions/before?version=1.2.0") == {
        f"{OWN}/questions/before?version=1.2.0": 404
    }


def test_a_certificate_stands_whatever_becomes_of_the_files(world: World) -> None:
    amina = a_graduate(world.context)
    number = certifying.issue(
        world.context,
        amina,
        SAMPLE_CODE,
        CertificateChoice("Amina", ("en",), neutral=False),
        world.context.new_secret(),
    )
    spoil(sealed_lesson(world.site))
    now = world.again()
    assert verifying.verify(now.context, NOBODY, number).version == "1.0.0"
    assert now.statuses(f"/en/verify/{number}") == {f"/en/verify/{number}": 200}
    sign_in(now.client, now.context, amina)
    assert now.statuses(f"{OWN}/certificate") == {f"{OWN}/certificate": 200}


def test_the_search_index_leaves_a_course_out_that_cannot_be_read(world: World) -> None:
    spoil(sealed_lesson(world.site))
    now = world.again()
    assert searching.rebuild(now.context, SYSTEM) > 0
    found = searching.search(now.context, NOBODY, "accessibility", "en")
    assert any(f"c/{world.code}/" in one.address for one in found)
    assert not any(f"c/{SAMPLE_CODE}/" in one.address for one in found)


# --- pictures -------------------------------------------------------------------------------------------
def test_a_picture_that_is_no_longer_what_was_sealed_is_not_shown(world: World) -> None:
    path = min((world.site / f"courses/{SAMPLE}/media").glob("*.svg"))
    address, now = f"/media/{path.stem}", world.again()
    assert now.client.get(address, buffered=True).get_data() == path.read_bytes()
    spoil(path)
    refused = now.client.get(address)
    assert (refused.status_code, refused.headers["Cache-Control"]) == (503, "no-store, no-cache")
    assert now.again().statuses(address) == {address: 503}
    path.unlink()
    assert now.statuses(address) == {address: 503}
    assert now.tasks() == [f"medium-damaged {path.relative_to(world.site).as_posix()}"]
    admin = make.a_member(now.context, "Alex", Role.ADMIN)
    sign_in(now.client, now.context, admin)
    assert "An image or recording is damaged or missing" in now.text("/en/admin")


# --- who looks when nobody reads ------------------------------------------------------------------------
def test_the_worker_looks_over_the_site_and_says_what_it_finds(world: World) -> None:
    law = world.site / "courses/legislation/sample-act.yaml"
    now = world.again()
    now.context.library.register()
    whole = law.read_bytes()
    law.write_text("id: sample-act\ntitle: {en: “half", "utf-8")
    spoil(sealed_lesson(world.site))
    Worker(now.context).step()
    assert {one for one in now.tasks() if not one.startswith("help-line")} == {
        f"release-unreadable {SAMPLE} 1.0.0",
        "shared-file-damaged courses/legislation/sample-act.yaml",
    }
    law.write_bytes(whole)
    assert [one.kind for one in overseeing.look_over_site(now.context, SYSTEM)] == ["release-unreadable"]
    assert "shared-file-damaged" not in str(now.tasks())
    assert f"release-unreadable {SAMPLE} 1.0.0" in now.tasks()


def test_another_seal_under_the_same_number_is_noticed(world: World) -> None:
    """Whole by itself, but not what was adopted."""
    text = lock(world.site).read_text("utf-8")
    lock(world.site).write_text(text.replace("by: ", "by: Another ", 1), "utf-8")
    now = world.again()
    assert [one.about for one in overseeing.look_over_site(now.context, SYSTEM)] == [f"{SAMPLE} 1.0.0"]
    assert now.again().statuses(OWN) == {OWN: 503}


def test_a_half_saved_law_stays_in_the_register_and_opens_a_task(world: World) -> None:
    now = world.again()
    before = now.text("/en/register")
    path = world.site / "courses/legislation/sample-act.yaml"
    path.write_text(path.read_text("utf-8")[:60] + "\n  : [", "utf-8")
    assert now.text("/en/register") == before
    assert now.tasks() == ["shared-file-damaged courses/legislation/sample-act.yaml"]
    admin = make.a_member(now.context, "Alex", Role.ADMIN)
    sign_in(now.client, now.context, admin)
    assert "The last good version is shown instead" in now.text("/en/admin")


@pytest.mark.only_sqlite  # PostgreSQL lets two write at once
def test_telling_waits_for_a_busy_database(world: World) -> None:
    spoil(sealed_lesson(world.site))
    now = world.again()
    with world.first.database.writing():
        assert now.statuses("/en/courses") == {"/en/courses": 200}
    assert now.tasks() == []
    assert now.statuses("/en/courses") == {"/en/courses": 200}
    assert now.tasks() == [f"release-unreadable {SAMPLE} 1.0.0"]


# --- what is loaded -------------------------------------------------------------------------------------
def test_the_first_view_of_a_course_page_loads_no_course(world: World) -> None:
    """For somebody without an account and for a member; what it takes is measured by the bench."""
    who = a_learner(world.context)
    learning.enrol(world.context, who, world.code, "en")
    page = f"/en/c/{world.code}"
    for signed_in in (False, True):
        started = world.again()  # templates and words are made once a process
        if signed_in:
            sign_in(started.client, started.context, who)
        library: Any = SiteFolder(world.site)
        started.client.application.extensions["parvis"] = replace(world.first, library=library)
        assert started.client.get(page, lint=False).status_code == HTTPStatus.OK
        assert len(library._releases) == 0, "no course was loaded"  # noqa: SLF001  # what it kept
