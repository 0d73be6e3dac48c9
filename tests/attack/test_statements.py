"""How many statements a page asks of the database: the same for one lesson read and for fifty."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

import pytest

from tests.attack.addresses import everywhere
from tests.attack.digest import database_of
from tests.attack.population import LEARNER, NOBODY, VISITOR, Town, a_town
from tests.attack.saying import none_of
from tests.builders_learning import statements

MOST = 12  # on any page but the one that shows everything about oneself
EVERYTHING = 24  # one for each table that holds something of theirs, and who they are
LESSON = "/c/s4mp/m1/l1"


@dataclass
class Crawl:
    """One town, and how many statements each page asked of its database: crawled once for all tests."""

    town: Town
    first: dict[str, dict[str, int]] = field(default_factory=dict)
    grown: dict[str, dict[str, int]] = field(default_factory=dict)

    def before(self, kind: str) -> dict[str, int]:
        """Give the counts of somebody as they came."""
        if kind not in self.first:
            self.first[kind] = counted(self.town, kind)
        return self.first[kind]

    def after(self, kind: str) -> dict[str, int]:
        """Give the counts of somebody who has done much more since."""
        if kind not in self.grown:
            self.before(kind)
            grow(self.town, kind)
            self.grown[kind] = counted(self.town, kind)
        return self.grown[kind]


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawl]:
    """Give a town of this module's own; nothing but `grow` changes it."""
    made = a_town(tmp_path_factory.mktemp("town") / "data")
    yield Crawl(made)
    made.context.database.engine.dispose()


def counted(town: Town, kind: str) -> dict[str, int]:
    """Count the statements of each page, once it has been drawn before."""
    found = {}
    for _route, address in everywhere(town, kind, verb="GET"):
        browser = town.browser(kind)
        browser.get(address, lint=False)
        with statements(town.context) as sent:
            browser.get(address, lint=False)
        found[address] = len(sent)
    return found


def grow(town: Town, kind: str) -> None:
    """Let somebody have read fifty lessons, tried forty times, and have twenty sessions."""
    who = town.people[kind].actor
    for _ in range(20):
        town.begin(who)
    with closing(sqlite3.connect(database_of(town.context.settings.data), timeout=10)) as rows, rows:
        (mine,) = rows.execute("SELECT id FROM enrolment WHERE person_id = ?", (who.person,)).fetchone()
        rows.executemany(
            "INSERT INTO lesson_read (enrolment_id, module, lesson, digest, locale, at)"
            " VALUES (?, 'm9', ?, '', 'en', 0)",
            [(mine, f"l{number}") for number in range(50)],
        )
        rows.executemany(
            'INSERT INTO attempt (id, enrolment_id, "check", version, digest, items, started_at,'
            " submitted_at)"
            " VALUES (?, ?, 'welcome', '1.0.0', '', '[]', 1, 2)",
            [(f"zq{kind[0]}{number:023}", mine) for number in range(40)],
        )
        rows.executemany(
            "INSERT INTO mark (attempt_id, points, out_of, passed, items, at) VALUES (?, '0', 1, 0, '{}', 2)",
            [(f"zq{kind[0]}{number:023}",) for number in range(40)],
        )


@pytest.mark.parametrize("kind", [LEARNER, VISITOR])
def test_no_page_asks_more_when_there_is_more(crawl: Crawl, kind: str) -> None:
    before, after = crawl.before(kind), crawl.after(kind)
    none_of([f"{page}: {before[page]}, then {after[page]}" for page in before if before[page] != after[page]])
    none_of(
        [
            f"{page}: {number}"
            for page, number in after.items()
            if number > (EVERYTHING if "everything" in page else MOST)
        ]
    )


@pytest.mark.parametrize("kind", [LEARNER, VISITOR, NOBODY])
def test_each_language_asks_the_same(crawl: Crawl, kind: str) -> None:
    found = crawl.before(kind)
    english = {page.removeprefix("/en"): number for page, number in found.items() if page.startswith("/en/")}
    none_of(
        [
            f"{page}: {number}, in English {english[page[3:]]}"
            for page, number in found.items()
            if page[3:] in english and number != english[page[3:]]
        ]
    )


@pytest.mark.parametrize("kind", [LEARNER, VISITOR, "admin"])
def test_a_lesson_asks_at_most_two(crawl: Crawl, kind: str) -> None:
    found = crawl.before(kind)
    lessons = {page: number for page, number in found.items() if page.endswith(LESSON)}
    assert lessons
    assert max(lessons.values()) <= 2, lessons


def test_a_file_asks_nothing(crawl: Crawl) -> None:
    found = crawl.before(LEARNER)
    assert {
        page: number for page, number in found.items() if page.startswith(("/assets", "/media", "/robots"))
    } == {page: 0 for page in found if page.startswith(("/assets", "/media", "/robots"))}
