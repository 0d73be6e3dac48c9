"""Lists for staff come a page at a time: each row once, in order, for the same number of statements."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.actions.learning import feedback
from lms.actions.operations import tasks
from lms.core.learning.reports import Report
from lms.core.operations.paging import MOST_ROWS
from lms.core.people.actors import SYSTEM, Role
from lms.storage.learning import reports
from lms.storage.operations import tasks as rows
from lms.storage.people.persons import DEFAULT_ORGANISATION
from tests import builders_learning as make
from tests.builders_pages import Reader

LISTS = [("/admin", Role.ADMIN, r"thing-\d+"), ("/desk", Role.AUTHOR, r"words-\d+")]


def fill(context: Context, first: int, count: int) -> None:
    """Open tasks and keep reports: three at each moment, so that the order of ids matters."""
    for number in range(first, first + count):
        now = context.now() + number // 3
        with context.database.writing() as tx:
            rows.open_task(tx, context.new_id(), "job-failed", f"thing-{number}", now=now)
            report = Report(context.new_id(), "", "", "", "", "en", "wrong", f"words-{number}", "", now, 0)
            reports.add(tx, DEFAULT_ORGANISATION, report)


def pages(reader: Reader, path: str, pattern: str) -> list[list[str]]:
    """Follow the links to the next page; return what each page lists."""
    found, address = [], f"/en{path}"
    while address:
        text = reader.go(address).html
        found.append(re.findall(pattern, text))
        following = re.search(r'<a rel="next" href="([^"]+)">Next page</a>', text)
        assert ("First page" in text) is ("after=" in address)
        address = following.group(1) if following else ""
    return found


@pytest.mark.parametrize(("path", "role", "pattern"), LISTS)
def test_every_row_is_on_one_page_and_no_page_is_endless(
    client: FlaskClient, context: Context, path: str, role: Role, pattern: str
) -> None:
    reader = Reader(client, context)
    reader.sign_in(make.a_member(context, "Alex", role))
    for count in (MOST_ROWS, MOST_ROWS + 1, 2 * MOST_ROWS + 7):
        before = sum(map(len, pages(reader, path, pattern)))
        fill(context, before, count - before)
        found = pages(reader, path, pattern)
        assert [len(one) for one in found] == [
            min(MOST_ROWS, count - start) for start in range(0, count, MOST_ROWS)
        ]
        listed = [one for page in found for one in page]
        assert len(set(listed)) == count
        moments = [int(one.rpartition("-")[2]) // 3 for one in listed]
        assert moments == sorted(moments), "oldest first"


@pytest.mark.parametrize(("path", "role", "pattern"), LISTS)
def test_a_page_of_a_list_asks_the_same_however_long_it_is(
    client: FlaskClient, context: Context, path: str, role: Role, pattern: str
) -> None:
    reader = Reader(client, context)
    reader.sign_in(make.a_member(context, "Alex", role))
    counts, text = [], ""
    for count in (1, MOST_ROWS, 2 * MOST_ROWS):
        fill(context, count, count)
        reader.get(path)
        with make.statements(context) as sent:
            text = reader.get(path).html
        counts.append(len(sent))
    following = re.search(r'<a rel="next" href="([^"]+)">', text)
    assert following
    with make.statements(context) as sent:
        assert re.findall(pattern, reader.go(following.group(1)).html)
    assert {*counts, len(sent)} == {counts[0]}


@pytest.mark.parametrize(("path", "role", "pattern"), LISTS)
def test_a_later_page_that_has_become_empty_leads_back(
    client: FlaskClient, context: Context, path: str, role: Role, pattern: str
) -> None:
    reader = Reader(client, context)
    reader.sign_in(make.a_member(context, "Alex", role))
    fill(context, 0, MOST_ROWS + 1)
    mark = tasks.waiting_tasks(context, SYSTEM).following
    assert mark
    with context.database.writing() as tx:
        rows.close_others(tx, "job-failed", [], now=context.now())
    for page in (feedback.waiting_reports(context, SYSTEM) for _ in range(2)):
        for one in page.rows:
            feedback.close_report(context, SYSTEM, one.id)
    text = reader.get(f"{path}?after={mark}").html
    assert re.findall(pattern, text) == []
    assert "There is nothing else on this list." in text
    assert f'href="/en{path}">First page' in text


@pytest.mark.parametrize("mark", ["x", "A" * 400, "NSAw", "é"])
def test_a_made_up_mark_is_refused_kindly(client: FlaskClient, context: Context, mark: str) -> None:
    reader = Reader(client, context)
    reader.sign_in(make.a_member(context, "Alex", Role.ADMIN, Role.AUTHOR))
    for path, _, _ in LISTS:
        page = reader.get(f"{path}?after={mark}")
        assert page.status == 404
        assert "We cannot find this page of the list." in page.html
