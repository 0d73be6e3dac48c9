"""Who may open what: every route, verb and language, asked by everybody, about their own and about others'.

The expected answer comes from the rule that the view declares; a route that appears tomorrow is asked too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lms.actions.action import may
from tests.attack.addresses import PERSONAL, UNKNOWN_ID, Route, everywhere, fill, locales, parts_of, routes
from tests.attack.digest import database_of, digest
from tests.attack.population import EVERYBODY, NOBODY, OTHER, Town, a_town
from tests.attack.saying import none_of
from tests.builders_pages import told

SIGN_IN, REFUSED, IN = "sent to sign in", "refused", "let in"
TOKEN_REFUSED = "This form was open for too long"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Return one town for the whole module: everybody gets a fresh session for each request."""
    made = a_town(tmp_path_factory.mktemp("town") / "data")
    yield made
    made.context.database.engine.dispose()


def outcome(answer: TestResponse) -> str:
    """Return what became of a request, as far as access goes."""
    if answer.status_code == 303 and told(answer) in {"sign-in-first", "kept"}:
        return SIGN_IN
    if answer.status_code == 403 and 'data-refused="rule"' in answer.text:
        return REFUSED
    words = ("people with another role", "personnes qui ont un autre rôle")
    if answer.status_code == 403 and any(said in answer.text for said in words):
        return REFUSED
    return IN


def expected(town: Town, kind: str, route: Route) -> str:
    """Return what the rule of a route promises this person."""
    who = town.people[kind].actor
    if may(who, route.who):
        return IN
    return REFUSED if who.is_member else SIGN_IN


def send(town: Town, kind: str, route: Route, address: str) -> TestResponse:
    """Ask with a fresh session and, for a form, with a good token and nothing else."""
    browser = town.browser(kind)
    form = {"csrf_token": town.token(browser)} if route.verb != "GET" else None
    return browser.open(address, method=route.verb, data=form, lint=False)


@pytest.mark.parametrize("kind", EVERYBODY)
def test_each_route_lets_in_whom_its_rule_names(town: Town, kind: str) -> None:
    wrong = []
    for route, address in everywhere(town, kind):
        answer = send(town, kind, route, address)
        if answer.status_code >= 500 and answer.status_code != 503:
            wrong.append(f"{route.verb} {address}: {answer.status_code}")
        elif outcome(answer) != expected(town, kind, route):
            wrong.append(
                f"{route.verb} {address}: {outcome(answer)}, should be {expected(town, kind, route)}"
            )
    none_of(wrong)


def _same(text: str, *ids: str) -> str:
    text = re.sub(r'(name="csrf_token" value=)"[0-9a-f]+"', r"\1…", text)  # another one in every answer
    for one in ids:
        text = text.replace(one, "…").replace(one.replace("-", ""), "…")
    return text


@pytest.mark.parametrize("kind", [kind for kind in EVERYBODY if kind != OTHER])
def test_what_belongs_to_somebody_else_is_as_unknown_as_what_never_was(town: Town, kind: str) -> None:
    """Same status, same body: not even that it exists is told (ASVS 5.0 8.2)."""
    theirs, mine = parts_of(town, town.people[OTHER]), parts_of(town, town.people[kind])
    asked = [route for route in routes(town.app) if PERSONAL & set(route.parts)]
    assert asked
    wrong = []
    for route in asked:
        for locale in locales(town):
            browser = town.browser(kind)
            form = {"csrf_token": town.token(browser)} if route.verb != "GET" else None
            nothing = {**mine, **dict.fromkeys(PERSONAL, UNKNOWN_ID)}
            known = fill(town, route, {**mine, **{name: theirs[name] for name in PERSONAL}}, locale)
            unknown = fill(town, route, nothing, locale)
            answers = [
                browser.open(one, method=route.verb, data=form, lint=False) for one in (known, unknown)
            ]
            first, second = (_same(one.text, *theirs.values(), UNKNOWN_ID) for one in answers)
            if answers[0].status_code != answers[1].status_code or first != second:
                wrong.append(f"{route} tells {answers[0].status_code} / {answers[1].status_code}")
            if answers[0].status_code < 300:
                wrong.append(f"{route} opens what is not {kind}’s")
    none_of(wrong)


def test_a_post_without_its_token_is_refused_everywhere(town: Town) -> None:
    database = database_of(town.context.settings.data)
    wrong = []
    browsers = {kind: town.browser(kind) for kind in EVERYBODY}
    foreign = town.token(browsers["admin"])
    before = digest(database)
    for kind in (NOBODY, "learner", "reviewer"):
        for route, address in everywhere(town, kind, verb="POST"):
            for name, form in (
                ("no token", {}),
                ("an empty token", {"csrf_token": ""}),
                ("somebody else’s token", {"csrf_token": foreign}),
                ("a token of letters that no keyboard has", {"csrf_token": "\u202e\0é"}),
            ):
                answer = browsers[kind].post(address, data=form, lint=False)
                if answer.status_code != 403:
                    wrong.append(f"{kind} {route} with {name}: {answer.status_code}")
    none_of(wrong)
    assert digest(database) == before


def test_a_post_from_another_site_is_refused_even_with_its_token(town: Town) -> None:
    browser = town.browser("learner")
    token = town.token(browser)
    wrong = []
    for route, address in everywhere(town, "learner", verb="POST"):
        for site in ("cross-site", "same-site"):
            answer = browser.post(
                address, data={"csrf_token": token}, headers={"Sec-Fetch-Site": site}, lint=False
            )
            if answer.status_code != 403:
                wrong.append(f"{route} from {site}: {answer.status_code}")
    none_of(wrong)


def test_a_session_that_has_ended_opens_nothing(town: Town) -> None:
    browser = town.browser("learner")
    kept = browser.get_cookie(town.cookie("parvis"))
    assert kept is not None
    browser.post("/en/sign-out", data={"csrf_token": town.token(browser)}, lint=False)
    browser.set_cookie(town.cookie("parvis"), kept.value)
    assert outcome(browser.get("/en/account", lint=False)) == SIGN_IN


def test_nobody_can_end_the_session_of_somebody_else(town: Town) -> None:
    """The handle of a session names it in its owner's list and opens nothing in any other."""
    page = town.browser(OTHER).get("/en/account/sessions", lint=False).text
    handles = re.findall(r'name="session" value="([^"]+)"', page)
    assert handles
    browser = town.browser("learner")
    answers = {
        _same(
            browser.post(
                "/en/account/sessions/end",
                data={"csrf_token": town.token(browser), "session": handle},
                lint=False,
            ).text,
            handle,
        )
        for handle in (handles[0], UNKNOWN_ID)
    }
    assert len(answers) == 1
    assert town.browser(OTHER).get("/en/account/sessions", lint=False).status_code == 200


def test_every_part_of_an_address_has_something_to_fill_it(town: Town) -> None:
    known = set(parts_of(town, town.people[OTHER]))
    assert {part for route in routes(town.app) for part in route.parts} - known == set()


def _links(html: str) -> Iterator[str]:
    for address in re.findall(r'(?:href|src|action)="(/[^"#]*)', html):
        yield address.replace("&amp;", "&")


def crawl(town: Town, kind: str, browser: FlaskClient, most: int = 400) -> dict[str, int]:
    """Follow every link from every address, with GET and with HEAD; give the answers."""
    waiting = [address for _, address in everywhere(town, kind, verb="GET")]
    seen: dict[str, int] = {}
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        if address in seen:
            continue
        answer = browser.get(address, lint=False)
        seen[address] = answer.status_code
        if (head := browser.head(address, lint=False).status_code) != answer.status_code:
            seen[f"HEAD {address}"] = max(head, 599)
        if answer.mimetype == "text/html":
            waiting += [one for one in _links(answer.text) if one not in seen]
    return seen


@pytest.mark.parametrize("kind", EVERYBODY)
def test_looking_at_every_page_changes_nothing(town: Town, kind: str) -> None:
    browser = town.browser(kind)
    database = database_of(town.context.settings.data)
    before = digest(database)
    seen = crawl(town, kind, browser)
    assert digest(database) == before
    assert {address: status for address, status in seen.items() if status >= 500} == {}
    assert len(seen) > 60
