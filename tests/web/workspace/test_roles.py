"""Which staff role opens which page of the workspace; no page leads anybody to one that is refused."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from typing import cast
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from lms.actions.action import Who, may
from lms.actions.context import Context
from lms.core.people.actors import Extent, Role
from lms.storage.people import persons
from tests.builders_drafts import EN, a_workshop, an_author, edit
from tests.builders_learning import SAMPLE, a_member
from tests.builders_legislation import LAW, a_dossier, with_event
from tests.builders_pages import Reader

#: What whoever has a staff role reads; everything else in the workspace is for those who write.
READS = {
    "course_outline.course_outline",
    "differences.differences",
    "draft_findings.draft_findings",
    "lesson_history.lesson_history",
    "lesson_history.past_state",
    "lesson_preview.draft_medium",
    "lesson_preview.lesson_preview",
    "lesson_source.lesson_source",
    "my_work.work",
    "publish.publish",
    "quiz_try.marked_try",
    "quiz_try.quiz_try",
    "review.review",
    "translation.translation",
    "workspace_dossiers.change",  # which of its buttons, says the action: a reviewer signs off and closes
    "workspace_dossiers.listed",
    "workspace_dossiers.paper",
    "workspace_dossiers.show",
    "workspace_holds.listed",
    "workspace_impact.show",
    "workspace_laws.law",
    "workspace_laws.laws",
}
SAMPLES = 3  # pages that are opened of each address
FILES = {"lesson_preview.draft_medium"}  # no page
OTHERS = {
    "manual_checks.show_name": Who.MEMBER,
    "my_work.confirm_line": Who.ADMIN,
    "publish.activate": Who.ADMIN,
    "publish.back": Who.ADMIN,
    "publish.read": Who.REVIEWER,
    "publish.seal": Who.ADMIN,
    "publish.withdraw": Who.ADMIN,
    "review.approve": Who.REVIEWER,
}
_LINK = re.compile(r'<(?:a [^>]*?href|form[^>]*? action)="(/en/workspace[^"#]*)[^"]*"([^>]*)>')


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """Return a site with something of everything: a changed draft, a law that changed, a dossier."""
    made = a_workshop(tmp_path_factory.mktemp("roles"))
    author = an_author(made)
    edit(made, author, "Each question has", "Every question has", EN)
    a_dossier(made, author, with_event(made, author))
    return made


def rule_of(app: Flask, endpoint: str) -> Who:
    return cast("Who", vars(app.view_functions[endpoint])["rule"])


def rules(app: Flask) -> Iterator[tuple[Rule, Who]]:
    for one in app.url_map.iter_rules():
        if "/workspace" in one.rule:
            yield one, rule_of(app, one.endpoint)


def test_the_pages_of_the_workspace_name_who_opens_them(client: FlaskClient) -> None:
    found = {one.endpoint: who for one, who in rules(client.application)}
    wanted = dict.fromkeys(found, Who.AUTHOR) | dict.fromkeys(READS, Who.STAFF) | OTHERS
    assert found == wanted


def links(page: str) -> set[tuple[str, str]]:
    """Return the addresses of a page within the workspace, with the method by which they are asked."""
    return {
        ("POST" if 'method="post"' in match[0] else "GET", match[1].replace("&amp;", "&"))
        for match in _LINK.finditer(page)
    }


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADMIN, Role.AUTHOR])
def test_nobody_is_led_to_what_they_may_not_do(client: FlaskClient, context: Context, role: Role) -> None:
    who = a_member(context, "Kim", role)
    reader = Reader(client, context)
    reader.sign_in(who)
    adapter = client.application.url_map.bind("")
    waiting, seen = deque(["/en/workspace"]), {"/en/workspace"}
    opened, count = set[str](), Counter[str]()
    while waiting:
        address = waiting.popleft()
        page = client.get(address)
        assert page.status_code == 200, (address, page.status_code)
        opened.add(adapter.match(urlsplit(address).path)[0])
        for method, link in sorted(links(page.get_data(as_text=True))):
            endpoint = adapter.match(urlsplit(link).path, method=method)[0]
            assert may(who, rule_of(client.application, endpoint)), (address, method, link)
            if (
                method == "GET"
                and endpoint in READS - FILES
                and link not in seen
                and count[endpoint] < SAMPLES
            ):
                count[endpoint] += 1
                seen.add(link)
                waiting.append(link)
    lacking = {"lesson_preview.draft_medium", "quiz_try.marked_try"}
    lacking |= {"workspace_dossiers.paper", "workspace_dossiers.change"}
    if role is Role.AUTHOR:  # their way to these leads over the editors
        lacking |= {
            "lesson_history.past_state",
            "lesson_history.lesson_history",
            "lesson_preview.lesson_preview",
        }
        lacking |= {"lesson_source.lesson_source", "quiz_try.quiz_try"}
    assert opened == READS - lacking


def test_a_role_for_one_course_opens_that_course_alone(client: FlaskClient, context: Context) -> None:
    who = a_member(context, "Lou")
    with context.database.writing() as tx:
        persons.give_role(tx, who.person, Role.REVIEWER, context.now(), Extent(course="elsewhere"))
    reader = Reader(client, context)
    reader.sign_in(who)
    assert SAMPLE not in reader.get("/workspace").html
    told = {reader.get(f"/workspace/{course}/review").status for course in (SAMPLE, "nowhere")}
    assert told == {404}
    assert reader.get(f"/workspace/laws/{LAW}").status == 403
    with context.database.writing() as tx:
        persons.give_role(tx, who.person, Role.REVIEWER, context.now(), Extent(course=SAMPLE, locale="fr"))
    page = reader.get(f"/workspace/{SAMPLE}/review").html
    assert "Approve: French" in page
    assert "Approve: English" not in page
    assert reader.send(reader.get(f"/workspace/{SAMPLE}/review"), "/review/approve").status == 303


@pytest.mark.parametrize("role", [None, Role.LEARNER])
def test_whoever_has_no_staff_role_sees_nothing_of_it(
    client: FlaskClient, context: Context, role: Role | None
) -> None:
    reader = Reader(client, context)
    if role:
        reader.sign_in(a_member(context, "Max"))
    for path in ("", f"/{SAMPLE}", f"/{SAMPLE}/review", "/laws", "/dossiers"):
        assert reader.get(f"/workspace{path}").status in {303, 403}
