"""What every answer tells a browser about trust: policy, cookies, caches, hosts, where redirects lead.

Asked of every route, of refusals and of files, in a deployment at home and in one behind HTTPS.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from lms.web.shell import security
from tests.attack.addresses import everywhere
from tests.attack.population import EVERYBODY, LEARNER, NOBODY, OTHER, PASSWORD, Town, a_town
from tests.attack.saying import none_of

PUBLIC = "https://learn.example.org"
OUTSIDE = (
    "https://zq.example.org/",
    "//zq.example.org/",
    "///zq.example.org/",
    "/\\zq.example.org/",
    "\\\\zq.example.org",
    "http:zq.example.org",
    "javascript:alert(1)",
    "data:text/html,zq",
    "/en/../..//zq.example.org/",
    "/en//zq.example.org",
    "/en/courses\r\nX-Zq: 1",
    "/en/courses\t//zq.example.org",
    "/%09/zq.example.org",
    "/en/courses@zq.example.org",
    " //zq.example.org",
    "/en/sign-out",
    "/zq",
    "\0/en/courses",
    "https:///zq.example.org",
    "/.zq.example.org",
)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Return a town on one machine."""
    made = a_town(tmp_path_factory.mktemp("town") / "data")
    yield made
    made.context.database.engine.dispose()


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Return a town behind HTTPS, framed by one other site."""
    made = a_town(
        tmp_path_factory.mktemp("public") / "data",
        environ={"PUBLIC_URL": PUBLIC, "FRAME_ANCESTORS": "https://intranet.example.org"},
    )
    yield made
    made.context.database.engine.dispose()


def every_answer(town: Town, kind: str) -> Iterator[tuple[str, TestResponse]]:
    """Return an answer of every route, good and refused, and some that no route gives."""
    for route, address in everywhere(town, kind):
        browser = town.browser(kind)
        tokens = ("", town.token(browser)) if route.verb == "POST" else ("",)
        for token in tokens:
            data = {"csrf_token": token} if route.verb == "POST" else None
            answer = browser.open(address, method=route.verb, data=data, lint=False, base_url=town.base_url)
            yield f"{route.verb} {address} {answer.status_code}", answer
    browser = town.browser(kind)
    for method, address in (
        ("GET", "/zq"),
        ("PUT", "/en/"),
        ("OPTIONS", "/en/"),
        ("HEAD", "/en/"),
        ("GET", "/en"),
    ):
        answer = browser.open(address, method=method, lint=False, base_url=town.base_url)
        yield f"{method} {address} {answer.status_code}", answer
    large = browser.post("/en/sign-in", data={"who": "z" * 1_100_000}, lint=False, base_url=town.base_url)
    yield "POST too much", large


def policy_of(answer: TestResponse) -> dict[str, str]:
    """Read a content security policy."""
    parts = (
        part.strip().partition(" ") for part in answer.headers.get("Content-Security-Policy", "").split(";")
    )
    return {name: value for name, _, value in parts}


DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
TOLD = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
UNTOLD = ("Strict-Transport-Security", "Server", "X-Powered-By", "Access-Control-Allow-Origin")


def faults_of(answer: TestResponse) -> list[str]:
    """List what an answer tells wrongly, or should not tell."""
    policy = policy_of(answer)
    loose = re.findall(r"unsafe|nonce|sha256|data:|blob:|\*|https?:", " ".join(policy.values()))
    return [
        *(
            f"{name} is {policy.get(name)}"
            for name, wanted in DIRECTIVES.items()
            if policy.get(name) != wanted
        ),
        *(f"the policy allows {word}" for word in loose),
        *(
            f"{name} is {answer.headers.get(name)}"
            for name, said in TOLD.items()
            if answer.headers.get(name) != said
        ),
        *(f"{name} is told" for name in UNTOLD if answer.headers.get(name)),
    ]


@pytest.mark.parametrize("kind", [NOBODY, LEARNER, "admin"])
def test_every_answer_carries_the_whole_policy(town: Town, kind: str) -> None:
    none_of([f"{what}: {fault}" for what, answer in every_answer(town, kind) for fault in faults_of(answer)])


def test_behind_https_every_answer_says_so_and_only_the_named_site_may_frame_it(public: Town) -> None:
    wrong = [
        what
        for what, answer in every_answer(public, LEARNER)
        if not answer.headers.get("Strict-Transport-Security", "").startswith("max-age=31536000")
        or policy_of(answer).get("frame-ancestors") != "https://intranet.example.org"
    ]
    none_of(wrong)


@pytest.mark.parametrize("kind", [NOBODY, LEARNER])
def test_no_answer_is_kept_by_a_cache_unless_it_is_the_same_for_everybody(town: Town, kind: str) -> None:
    wrong = []
    for what, answer in every_answer(town, kind):
        kept = answer.headers.get("Cache-Control", "")
        if "public" in kept and (answer.headers.getlist("Set-Cookie") or "html" in str(answer.mimetype)):
            wrong.append(f"{what}: a shared answer with a cookie or a page")
        if "public" not in kept and "no-store" not in kept:
            wrong.append(f"{what}: {kept or 'nothing said'}")
        if "public" in kept and answer.status_code >= 400:
            wrong.append(f"{what}: a refusal is kept")
    none_of(wrong)


def test_every_answer_says_its_type_and_charset(town: Town) -> None:
    wrong = [
        f"{what}: {answer.headers.get('Content-Type')}"
        for what, answer in every_answer(town, LEARNER)
        if answer.get_data()
        and not re.search(
            r"(?:text/\w+; charset=utf-8|application/|image/|audio/|video/|font/)", answer.content_type
        )
    ]
    none_of(wrong)


def cookies_of(answer: TestResponse) -> Iterator[tuple[str, str]]:
    """Return name and whole line of each cookie that is set."""
    for line in answer.headers.getlist("Set-Cookie"):
        yield line.partition("=")[0], line


@pytest.mark.parametrize("which", ["town", "public"])
def test_cookies_are_closed_to_scripts_and_to_other_sites(which: str, request: pytest.FixtureRequest) -> None:
    here: Town = request.getfixturevalue(which)
    wrong, seen = [], set()
    for kind in (NOBODY, LEARNER):
        for what, answer in every_answer(here, kind):
            for name, line in cookies_of(answer):
                seen.add(name)
                flags = {"HttpOnly", "Path=/"} | ({"Secure"} if here.secure else set())
                flags |= {"SameSite=None", "Partitioned"} if here.framed else {"SameSite=Lax"}
                missing = {flag for flag in flags if flag not in line}
                if missing or "Domain=" in line or name.startswith("__Host-") is not here.secure:
                    wrong.append(f"{what}: {name} lacks {missing}: {line}")
                if "Max-Age=0" not in line and re.search(r"Max-Age=|Expires=", line):
                    wrong.append(f"{what}: {name} outlives the browser")
    none_of(wrong)
    assert len(seen) >= 3


def test_over_https_a_cookie_of_the_plain_name_counts_for_nothing(public: Town) -> None:
    """Another host of the same domain could set it."""
    browser = public.app.test_client()
    token = public.begin(public.people[LEARNER].actor)
    public.hold(browser, token)
    name = public.cookie("parvis")
    held = browser.get_cookie(name, domain=public.host)
    assert held is not None
    plain = public.app.test_client()
    plain.set_cookie(name.removeprefix("__Host-"), held.value, secure=True, domain=public.host)
    assert plain.get("/en/account", lint=False, base_url=PUBLIC).status_code == 303


def test_signing_in_gives_a_new_value_and_signing_out_leaves_nothing(town: Town) -> None:
    browser = town.app.test_client()
    browser.get("/en/sign-in")
    before = {cookie.value for cookie in (browser._cookies or {}).values()}  # noqa: SLF001  # the jar has no list of its own
    answer = browser.post(
        "/en/sign-in",
        data={"who": f"zqlogin{OTHER}", "password": PASSWORD, "csrf_token": town.token(browser)},
    )
    assert answer.status_code == 303
    held = browser.get_cookie("parvis")
    assert held is not None
    assert held.value not in before
    browser.post("/en/reading", data={"size": "largest", "csrf_token": town.token(browser)})
    gone = browser.post("/en/sign-out", data={"csrf_token": town.token(browser)})
    assert gone.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert gone.headers["Cache-Control"] == "no-store, no-cache"
    left = {name for name in ("parvis", "parvis-form", "parvis-reader") if browser.get_cookie(name)}
    assert left == set()


@pytest.mark.parametrize("way", ["/en/sign-out", "/en/sign-out-everywhere"])
def test_whoever_is_signed_out_finds_nothing_with_the_back_button(town: Town, way: str) -> None:
    browser = town.browser(OTHER)
    page = browser.get("/en/account")
    assert page.headers["Cache-Control"] == "no-store, no-cache"
    answer = browser.post(way, data={"csrf_token": town.token(browser)})
    assert "Clear-Site-Data" in answer.headers
    shown = browser.get(answer.location)
    assert shown.headers["Clear-Site-Data"] == answer.headers["Clear-Site-Data"], (
        "WebKit heeds it on a page only"
    )
    assert "Clear-Site-Data" not in browser.get(answer.location).headers
    assert browser.get("/en/account").status_code == 303


@pytest.mark.parametrize("next_", OUTSIDE)
def test_no_way_in_leads_out_of_the_site(town: Town, next_: str) -> None:
    for form, more in (
        ("/en/sign-in", {"who": f"zqlogin{OTHER}", "password": PASSWORD}),
        ("/en/sign-in/recovery", {"who": f"zqlogin{OTHER}", "code": "zq"}),
        ("/en/sign-up", {"name": "zq", "email": "zq@example.org"}),
        ("/en/sign-up/without-email", {"name": "zq", "sign_in_name": "", "password": "zq"}),
    ):
        browser = town.app.test_client()
        page = browser.get(form, query_string={"next": next_}, lint=False)
        # The form that fetches this page in another language repeats its arguments, to be judged there.
        sent = "".join(re.findall(r'<form[^>]* method="post".*?</form>', page.text, re.DOTALL))
        assert sent
        assert re.findall(r'name="next" value="([^"]+)"', sent) == []
        answer = browser.post(
            form, data={**more, "next": next_, "csrf_token": town.token(browser)}, lint=False
        )
        where = answer.headers.get("Location", "/en/")
        assert re.fullmatch(r"/[a-z]{2}/[^\\\s]*", where), where
        assert "zq.example.org" not in where
        assert "sign-out" not in where
        assert answer.headers.get("X-Zq") is None


@pytest.mark.parametrize("kind", EVERYBODY)
def test_no_redirect_and_no_page_repeats_a_forged_host(town: Town, kind: str) -> None:
    wrong = []
    forged = {
        "X-Forwarded-Host": "zq.example.org",
        "X-Forwarded-Proto": "gopher",
        "X-Forwarded-Prefix": "/zqprefix",
        "Forwarded": "host=zq.example.org",
    }
    for route, address in everywhere(town, kind, verb="GET"):
        browser = town.browser(kind)
        answer = browser.get(address, headers=forged, base_url="http://zq.example.org:81", lint=False)
        told = f"{answer.headers}\n{answer.text if 'html' in str(answer.mimetype) else ''}"
        wrong += [f"{route}: {one}" for one in ("zq.example.org", "gopher", "zqprefix") if one in told]
    none_of(wrong)


def test_an_address_from_a_proxy_counts_only_when_proxies_are_trusted(
    town: Town, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whoever could choose their address could try passwords for ever."""
    behind = a_town(tmp_path_factory.mktemp("behind") / "data", environ={"TRUSTED_PROXIES": "1"})
    statuses = {}
    for name, here in (("alone", town), ("behind", behind)):
        browser = here.app.test_client()
        token = here.token(browser)
        answers = [
            browser.post(
                "/en/sign-in",
                data={"who": "zqloginreviewer", "password": f"zq{turn}", "csrf_token": token},
                headers={"X-Forwarded-For": f"203.0.113.{turn}"},
                lint=False,
            )
            for turn in range(14)
        ]
        statuses[name] = answers[-1].status_code
    behind.context.database.engine.dispose()
    assert statuses == {"alone": 429, "behind": 422}


def test_what_the_server_says_by_itself_tells_the_same_and_loads_nothing(town: Town, public: Town) -> None:
    for one in (town, public):
        usual = one.browser(NOBODY).get("/en/", base_url=one.base_url).headers
        told = dict(security.bare_headers(one.context.settings))
        assert told.pop("Content-Security-Policy") == security.BARE_POLICY
        assert told == {name: usual[name] for name in told}
        assert set(told) | {"Content-Security-Policy"} == {
            *("Cache-Control", "Cross-Origin-Opener-Policy", "Permissions-Policy", "Referrer-Policy"),
            *("X-Content-Type-Options", "Content-Security-Policy"),
            *(("Strict-Transport-Security",) if one is public else ()),
        }
