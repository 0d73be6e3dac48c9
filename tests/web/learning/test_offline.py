"""The file to take along: handed over as a file, to whoever may read, with the size on the course page."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from flask import Flask
from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.actions.learning import learning
from lms.core.courses.document import Document, Figure
from lms.web.lessons import offline_file
from lms.web.lessons.offline_file import file_of
from tests import builders_learning as make
from tests.builders import SITE
from tests.builders_certificates import sign_in
from tests.builders_learning import SAMPLE_CODE, a_member, statements, with_sample

FILE = f"/en/c/{SAMPLE_CODE}/m1/offline"
LATER = f"/en/c/{SAMPLE_CODE}/m2/offline"


def test_the_first_module_is_handed_over_as_a_file(client: FlaskClient, context: Context) -> None:
    with_sample(context)
    got = client.get(FILE, lint=False)
    assert (
        got.headers["Content-Disposition"] == 'attachment; filename="a-warm-welcome-module-1-1.0.0-en.html"'
    )
    assert got.headers["Content-Type"].startswith("text/html")
    assert "default-src 'none'" in got.headers["Content-Security-Policy"]
    assert "unsafe" not in got.headers["Content-Security-Policy"]
    text = got.get_data(as_text=True)
    assert "data:image/svg+xml;base64," in text
    assert "Answer to question 1" in text
    french = client.get(FILE.replace("/en/", "/fr/"), lint=False)
    assert '<html lang="fr"' in french.get_data(as_text=True)


def test_later_modules_ask_for_an_account_then_for_a_start(client: FlaskClient, context: Context) -> None:
    with_sample(context)
    asked = client.get(LATER)
    assert asked.status_code == 403
    assert "Create an account to continue" in asked.get_data(as_text=True)
    who = a_member(context)
    sign_in(client, context, who)
    assert client.get(LATER).headers["Location"] == f"/en/c/{SAMPLE_CODE}"
    learning.enrol(context, who, SAMPLE_CODE, "en")
    with statements(context) as sent:
        assert client.get(LATER, lint=False).status_code == 200
    assert len(sent) == 1
    assert client.get(f"/en/c/{SAMPLE_CODE}/none/offline").status_code == 404


def test_the_course_page_says_where_it_is_and_how_large(client: FlaskClient, context: Context) -> None:
    with_sample(context)
    page = client.get(f"/en/c/{SAMPLE_CODE}").get_data(as_text=True)
    assert page.count("/offline") == 1
    size = len(client.get(FILE, lint=False).get_data())
    said = re.search(r"\((\d+) kB\)", page)
    assert said
    assert int(said[1]) == round(size / 1000)
    who = a_member(context)
    learning.enrol(context, who, SAMPLE_CODE, "en")
    sign_in(client, context, who)
    assert client.get(f"/en/c/{SAMPLE_CODE}").get_data(as_text=True).count("/offline") == 2


def test_a_file_is_made_once_a_day_and_few_are_kept(app: Flask, context: Context) -> None:
    whole = make.release()
    first, second = whole.modules
    with app.test_request_context("/en/"):
        app.preprocess_request()
        made = file_of(whole, first, "en")
        assert file_of(whole, first, "en") is made
        context.now.move(days=1)  # type: ignore[attr-defined]  # the clock of tests
        again = file_of(whole, first, "en")
        assert again is not made
        for number in range(offline_file.MOST + 1):
            file_of(make.release(f"1.0.{number}"), second, "en")
        kept = app.extensions["parvis-offline"]
        assert len(kept.files) == offline_file.MOST


def test_a_picture_that_is_gone_or_none_leaves_an_empty_place(app: Flask) -> None:
    lesson = make.lesson("l1")
    figures = tuple(Figure(name, f"media/{name}", name) for name in ("gone", "sound"))
    held = replace(lesson, documents={"en": Document("en", figures)})
    sound = hashlib.sha256((SITE / "courses/sample-course/welcome/draft/media/hello.webm").read_bytes())
    module = make.module("m1")
    module = replace(module, lessons=(held,), media={"media/sound": sound.hexdigest()})
    with app.test_request_context("/en/"):
        app.preprocess_request()
        made = file_of(make.release("1.0.0", module), module, "en").decode()
    assert made.count('src="data:image/gif;base64,') == 2
