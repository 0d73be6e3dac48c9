"""Every course of this checkout is finished in each of its languages, page by page, to its certificate.

Without a browser, so that all lessons and checks of all courses are walked in a minute; each page passes
the linter on its way. The pages themselves are looked at by tests/pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from lms.actions.certificates import certifying
from lms.actions.context import Context
from lms.actions.publishing import adopting
from lms.content.library import Library
from lms.core.courses.course import Release
from lms.core.people.actors import SYSTEM
from lms.jobs import run_due
from lms.web.wiring import build
from tests.builders import a_context
from tests.builders_learning import a_member, finish
from tests.builders_pages import Reader, Sheet, right_fields
from tests.conftest import LintingClient
from tests.pages.server import real_site

SHELF = Library(real_site())
COURSES = [course for course in SHELF.courses() if SHELF.latest(course) is not None]
NAME = "Marie-Ève Tremblay"
NEXT_LESSON = 10_000  # bytes on the wire, once style and scripts are there


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    """Return an installation with the real courses."""
    made = a_context(tmp_path / "data", site=real_site())
    adopting.adopt_all(made, SYSTEM)
    yield made
    made.database.engine.dispose()


def led(reader: Reader, page: Sheet) -> Sheet:
    """Follow where a form led."""
    assert page.status == 303, f"{page.status} {page.html[:300]}"
    return reader.go(page.to)


def squeezed(reader: Reader, page: Sheet) -> bytes:
    """Return a page once more, as it travels."""
    path, headers = page.response.request.path, {"Accept-Encoding": "gzip"}
    return bytes(reader.client.get(path, headers=headers, lint=False).data)


def sit(reader: Reader, release: Release, address: str) -> Sheet:
    """Sit a check, everything right, and give the page of its result."""
    page = reader.begin_check(address)
    bank = {one.id: one for module in release.modules for one in module.quiz.questions}
    seen = page.form(address)["seen"]
    said = right_fields((bank[name] for name in seen), reader.locale)
    if 'value="review"' not in page.html:
        return led(reader, reader.send(page, address, said, do="check"))
    review = led(reader, reader.send(page, address, said, do="review"))
    return led(reader, reader.send(review, "/submit"))


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["en", "fr"])
@pytest.mark.parametrize("course", COURSES)
def test_a_course_leads_from_its_first_page_to_a_certificate(
    context: Context, course: str, locale: str
) -> None:
    release, app = context.library.latest(course), build(context)
    assert release
    app.test_client_class = LintingClient
    reader, who = Reader(app.test_client(), context, locale), a_member(context)
    reader.sign_in(who)
    for need in release.course.needs:
        first = context.library.latest(need.course)
        assert first
        finish(context, who, first.course.code)
    home = f"/c/{release.course.code}"
    led(reader, reader.send(reader.get(home), f"{home}/start"))
    for module in release.modules:
        for lesson in module.lessons:
            page = reader.get(f"{home}/{module.code}/{lesson.code}")
            assert f'<html lang="{locale}' in page.html
            assert len(squeezed(reader, page)) <= NEXT_LESSON
            led(reader, reader.send(page, "/read"))
        assert 'class="outcome passed' in sit(reader, release, f"{home}/{module.code}/check").html
    assert 'class="outcome passed' in sit(reader, release, f"{home}/check").html
    choice = {"name": NAME, "locales": locale}
    preview = led(reader, reader.send(reader.get(f"{home}/certificate"), "/preview", choice))
    assert NAME in preview.html
    issued = led(reader, reader.send(preview, "/certificate"))
    run_due(context)
    number = certifying.my_certificate(context, who, release.course.code).holding
    assert number
    assert release.version in issued.html
    assert re.search(rb"%PDF-", reader.client.get(f"/{locale}{home}/certificate/pdf", lint=False).data[:9])
    found = reader.client.get(f"/verify/{number.number}", follow_redirects=True)
    assert found.status_code == 200
    assert NAME not in found.text
