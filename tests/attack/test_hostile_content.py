"""Hostile content in the workspace: a calm page in the reader’s language, nothing run, nothing outside.

What is typed into forms is attacked in `test_bad_input`; here: what stands in files, and what is uploaded.
"""

from __future__ import annotations

import gzip
import re
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from io import BytesIO, RawIOBase
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.attack.population import AUTHOR, Town, a_town
from tests.attack.saying import none_of
from tests.builders_learning import SAMPLE
from tests.builders_pages import Reader

HOME = f"/workspace/{SAMPLE}"
LESSON = f"{HOME}/welcome/greeting"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">%s<path d="M0 0h8v8z"/></svg>'
LONGEST = 4.0  # seconds of work for one page, however busy the machine
MOST_MEMORY = 64_000_000  # bytes that one page may take on top
MOST_PAGE = 1_000_000  # bytes of one page
HUGE = 500_000_000  # bytes that an upload claims
LOCALES = ("en", "fr")

#: What a text may hold that must never be an element, an address or a script on a page.
TEXTS = {
    "markup": "<script>zqscript()</script>\n\n"
    '<img src=x onerror="zqevent()">\n\n<svg onload=zqevent()></svg>\n\n'
    "<!-- <script>zqcomment()</script> --><zq-tag>\n\n"
    '::: figure {#f9 src="media/x.svg" alt="\\"><zq-tag onload=zq()>"}\n\n:::\n\n'
    '::: checklist {#c9 title="</title><script>zqtitle()</script>"}\n\n- One\n\n:::',
    "comment that is never closed": "Words <!-- zqcomment\n\n<script>zqcomment()</script>",
    "addresses": "[zq](javascript:zq()) [zq](JaVaScRiPt&#58;zq()) [zq](&#106;avascript:zq())\n\n"
    "[zq](data:text/html;base64,PHNjcmlwdD4=) ![zq](data:image/svg+xml,<svg/onload=zq()>)\n\n"
    "[zq](java\tscript:zq()) [zq](<java\nscript:zq()>) [zq][1] <javascript:zq()> <vbscript:zq()>\n\n"
    "[1]: javascript:zq()",
    "paths": '::: figure {#f8 src=../../../../zqoutside alt="zq"}\n\n:::\n\n'
    '::: figure {#f9 src=file:/zqoutside alt="zq"}\n\n:::',
    "many brackets": "[" * 5000 + "zq",
    "many quotes": "> " * 2000 + "zq",
    "many lists": "\n".join(" " * at + "- zq" for at in range(400)),
    "many containers": "::: key-point\n\n" * 400 + "zq\n\n" + ":::\n\n" * 400,
    "many stars": "*a **b " * 5000,
}
SHOWN = re.compile(
    r"(?i)<zq-|<script(?![^>]*\bsrc=\")|\bon(?:error|load)\s*=\s*[\"']?zq"
    r"|(?:href|src|action|data)=\"\s*(?:javascript|vbscript|data:text)"
)
PAGES = (
    LESSON,
    f"{LESSON}/preview",
    f"{LESSON}/source?in=en",
    HOME,
    f"{HOME}/differences",
    f"{HOME}/publish",
)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Return one town for the whole module."""
    made = a_town(tmp_path_factory.mktemp("town") / "data")
    yield made
    made.context.database.engine.dispose()


@pytest.fixture
def browser(town: Town) -> FlaskClient:
    """Return a browser of an author."""
    return town.browser(AUTHOR)


@pytest.fixture
def site(town: Town) -> Iterator[Path]:
    """Return the site, which is put back as it was."""
    folder = town.context.settings.site
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    yield folder
    for path in [path for path in folder.rglob("*") if path.is_file() and path not in before]:
        path.unlink()
    for path, raw in before.items():
        if not path.is_file() or path.read_bytes() != raw:
            path.write_bytes(raw)


def faults_of(browser: FlaskClient, locale: str, path: str) -> list[str]:
    """Open a page; return what is wrong with the answer."""
    began = time.process_time()
    answer = browser.get(f"/{locale}{path}", lint=False)
    took, said = time.process_time() - began, answer.text
    wrong = [f"status {answer.status_code} {said[:80]}"] if answer.status_code >= 500 else []
    wrong += [f"took {took:.1f} s"] if took > LONGEST else []
    wrong += [f"{len(answer.data)} bytes"] if len(answer.data) > MOST_PAGE else []
    wrong += [f"{hit[0]!r} is on the page" for hit in SHOWN.finditer(_without_fields(said))]
    wrong += [] if f'<html lang="{locale}' in said else [f"not a page in {locale}"]
    return [f"{locale} {path}: {one}" for one in wrong]


def _without_fields(page: str) -> str:
    """Leave out what stands in a field for typing, where it is shown as it was typed and escaped."""
    return re.sub(r"(?s)(<textarea[^>]*>)[^<]*</textarea>", r"\1</textarea>", page)


@pytest.mark.parametrize("what", TEXTS)
def test_what_a_text_holds_never_becomes_a_script_on_any_page(
    town: Town, browser: FlaskClient, site: Path, what: str
) -> None:
    reader = Reader(browser, town.context, lint=False)
    page = reader.get(f"{LESSON}/source?in=en")
    sent = reader.send(page, "/source", {"source": f"## Head {{#s1}}\n\n{TEXTS[what]}\n"})
    assert sent.status in {303, 422}, sent.html[:200]
    none_of([one for at, path in enumerate(PAGES) for one in faults_of(browser, LOCALES[at % 2], path)])
    assert not list(site.parent.rglob("*zqoutside*"))


# --- files as somebody pulls them ---------------------------------------------------------------------------
BOMB = "a: &a [zq, zq]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
YAML = {
    "an alias bomb": BOMB,
    "deep lists": "a: " + "[" * 100_000,
    "deep mappings": "{a: " * 50_000,
    "deep blocks": "\n".join(" " * at + "a:" for at in range(1500)),
    "a number of 200,000 digits": "minutes: " + "9" * 200_000,
    "a huge exponent": "minutes: 1e999999999",
    "a key that is a number": "9" * 200_000 + ": 1",
    "a type of another program": "a: !!python/object/apply:os.system ['touch zqtouched']",
    "many entries": "\n".join(f"k{at}: 1" for at in range(150_000)),
    "many long numbers": "\n".join(["- " + "9" * 20] * 80_000),
    "many signs of control": "\x01\n" * 900_000,
    "not utf-8": "a: \udcff\udcfe",
}
FILES = {
    f"courses/{SAMPLE}/welcome/draft/module.yaml": HOME,
    f"quizzes/{SAMPLE}/welcome/draft.yaml": f"{HOME}/welcome/quiz",
    "courses/legislation/sample-act.yaml": "/workspace/laws",
}


@pytest.mark.parametrize("what", YAML)
def test_a_file_of_the_site_that_is_meant_to_hurt_is_a_finding_on_a_page(
    browser: FlaskClient, site: Path, what: str
) -> None:
    content, wrong = YAML[what].encode("utf-8", "surrogateescape"), []
    for at, (file, path) in enumerate(FILES.items()):
        before = (site / file).read_bytes()
        (site / file).write_bytes(content)
        wrong += [f"{file}: {one}" for one in faults_of(browser, LOCALES[at % 2], path)]
        (site / file).write_bytes(before)
    none_of(wrong)
    assert not [*site.parent.rglob("zqtouched"), *Path().glob("zqtouched")]


# --- what is uploaded ---------------------------------------------------------------------------------------
class Stream(RawIOBase):
    """A body of a length that nobody has, which knows how much of it was read."""

    def __init__(self, begin: bytes) -> None:
        super().__init__()
        self.begin, self.taken = begin, 0

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill what was asked for, up to the claimed length."""
        room = memoryview(buffer)  # type: ignore[arg-type]  # what io gives
        size = min(len(room), HUGE - self.taken)
        part, self.begin = self.begin[:size], self.begin[size:]
        self.taken += size
        room[:size] = part.ljust(size, b"z")
        return size


def _form(town: Town, browser: FlaskClient) -> bytes:
    """Return the beginning of a form that carries a file."""
    head = f'--zq\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{town.token(browser)}\r\n'
    file = '--zq\r\nContent-Disposition: form-data; name="file"; filename="../../zqout.png"\r\n\r\n'
    return f"{head}{file}".encode() + b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(
    ("address", "claimed"),
    [
        (f"{LESSON}/add?kind=figure", True),
        (f"{LESSON}/source", True),
        (f"{HOME}/publish/seal", True),
        (f"{LESSON}/add?kind=figure", False),
    ],
)
def test_an_upload_of_500_mb_is_refused_before_it_is_read(
    town: Town, browser: FlaskClient, site: Path, address: str, claimed: bool
) -> None:
    sized = {"CONTENT_LENGTH": str(HUGE)} if claimed else {"wsgi.input_terminated": True}
    for locale in LOCALES:
        with closing(Stream(_form(town, browser))) as body:
            tracemalloc.start()
            answer = browser.post(
                f"/{locale}{address}",
                content_type="multipart/form-data; boundary=zq",
                environ_overrides={"wsgi.input": body, **sized},
                lint=False,
            )
            most = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        assert answer.status_code == 413, answer.text[:200]
        assert f'<html lang="{locale}' in answer.text
        assert body.taken < 2_000_000, f"{body.taken} bytes were read"
        assert most < MOST_MEMORY, f"{most} bytes were held"
    assert not list(site.parent.rglob("zqout*"))


def test_an_upload_that_is_cut_leaves_nothing(town: Town, browser: FlaskClient, site: Path) -> None:
    before = sorted(site.rglob("*"))
    for locale in LOCALES:
        answer = browser.post(
            f"/{locale}{LESSON}/add?kind=figure",
            input_stream=BytesIO(_form(town, browser) + b"z" * 1000),
            content_length=150_000,
            content_type="multipart/form-data; boundary=zq",
            lint=False,
        )
        assert 400 <= answer.status_code < 500
        assert f'<html lang="{locale}' in answer.text
    assert sorted(site.rglob("*")) == before


def _zipped() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../zqout.svg", SVG % bytes(5_000_000))
    return made.getvalue()


DRAWINGS = {
    "script": SVG % b"<script>zq()</script>",
    "event": SVG % b'<g onload="zq()"/>',
    "link": SVG % b'<a href="javascript:zq()"><path d="M0 0"/></a>',
    "foreign": SVG % b'<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>',
    "from outside": SVG % b'<image href="https://zq.example.org/x.png"/>',
    "entities": b'<!DOCTYPE svg [<!ENTITY a "zq"><!ENTITY b "&a;&a;&a;&a;">]>' + SVG % b"<text>&b;</text>",
    "a file": b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:/zqoutside">]>' + SVG % b"<text>&x;</text>",
    "style": SVG % b"<style>@import url(https://zq.example.org/x.css)</style>",
    "packed": gzip.compress(SVG % bytes(5_000_000)),
    "zip": _zipped(),
    "page": b"<!doctype html><script>zq()</script>",
    "nothing": b"",
}


def test_a_drawing_that_could_do_more_than_be_looked_at_is_refused(
    town: Town, browser: FlaskClient, site: Path
) -> None:
    before = sorted(site.rglob("*"))
    for at, (what, drawing) in enumerate(DRAWINGS.items()):
        locale = LOCALES[at % 2]
        reader = Reader(browser, town.context, locale, lint=False)
        page = reader.get(f"{LESSON}/add?kind=figure")
        sent = {f"f:{tag}:alt": f"zq drawing {tag}" for tag in ("en", "fr", "ar")}
        fields = {**page.form("/add"), **sent, "file": (BytesIO(drawing), "../../zqout.svg")}
        answer = browser.post(page.address("/add"), data=fields, lint=False)
        assert answer.status_code == 422, f"{what}: {answer.status_code}"
        assert f'<html lang="{locale}' in answer.text, what
        assert "zq drawing en" in unescape(answer.text), f"{what}: what was typed is lost"
    assert sorted(site.rglob("*")) == before
    assert not list(site.parent.rglob("zqout*"))


NAMES = ["..%2f..%2f..%2fcourse.yaml", "%2e%2e%2fmodule.yaml", ".hidden", "..", "a%00.svg", "x" * 300]


def test_a_path_in_the_name_of_a_medium_leads_nowhere(browser: FlaskClient) -> None:
    for at, name in enumerate(NAMES):
        answer = browser.get(f"/{LOCALES[at % 2]}{LESSON}/media/{name}", lint=False)
        assert answer.status_code == 404, name
        assert b"required_locales" not in answer.data, name


def test_a_number_of_200000_digits_in_a_field_is_no_fault_of_ours(town: Town, browser: FlaskClient) -> None:
    law, digits = next(iter(town.context.library.register().laws)), "9" * 200_000
    for locale in LOCALES:
        data = {"csrf_token": town.token(browser), "settled": digits, "source": "zq", "read": "2026-11-22"}
        answer = browser.post(f"/{locale}/workspace/laws/{law}/read", data=data, lint=False)
        assert answer.status_code < 500, answer.text[:80]
        assert answer.status_code == 303 or f'<html lang="{locale}' in answer.text
