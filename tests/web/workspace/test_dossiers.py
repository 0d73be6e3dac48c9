"""A change dossier in the browser, without JavaScript: from the event to the PDF."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.actions.legislation import dossiers
from lms.core.people.actors import Actor
from lms.jobs import run_due
from lms.rendering.dossiers.dossier_sheet import PrintedDossier, dossier_page, sheet_of
from tests.builders_legislation import LAW, a_dossier, a_written_site, an_author, with_event
from tests.builders_pages import Reader

HERE = "/workspace/dossiers"


def printed(found: PrintedDossier, locale: str) -> bytes:
    """Give the sheet instead of the PDF."""
    return dossier_page(sheet_of(found, locale)).encode()


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return replace(a_written_site(tmp_path), dossier_pdf=printed)


@pytest.fixture(params=["en", "fr"])
def reader(request: pytest.FixtureRequest, client: FlaskClient, context: Context) -> Reader:
    return Reader(client, context, request.param)


@pytest.fixture
def author(reader: Reader) -> Actor:
    found = an_author(reader.context)
    reader.sign_in(found)
    return found


def test_it_is_opened_from_an_event_and_filled_in(reader: Reader, author: Actor) -> None:
    assert 'class="empty"' in reader.get(HERE).html
    event = with_event(reader.context, author)
    page = reader.get(f"{HERE}/new?law={LAW}&event={event}")
    assert "2026-11-22" in page.html
    assert reader.send(page, f"{HERE}/new", {"words": ""}).status == 422
    done = reader.send(page, f"{HERE}/new")
    assert done.told == "dossier-opened"
    named = {"en": "A warm welcome, The first minute", "fr": "Un accueil chaleureux, La première minute"}
    assert named[reader.locale] in reader.go(done.to).html
    assert done.to.rpartition("/")[2] in reader.get(f"{HERE}?all=y").html
    by_hand = reader.get(f"{HERE}/new?law={LAW}")
    assert reader.send(by_hand, f"{HERE}/new", {"law": "nothing"}).status == 404
    without = reader.send(by_hand, f"{HERE}/new", {"law": "", "words": "Typed words"})
    assert (without.status, 'href="#law"' in without.html, "Typed words" in without.html) == (422, True, True)


def test_from_the_first_line_to_the_pdf(reader: Reader, author: Actor) -> None:
    made = a_dossier(reader.context, author)
    path = f"{HERE}/{made}"
    page = reader.get(path)
    lines = [one.id for one in dossiers.show(reader.context, author, made).dossier.lines]
    nothing = reader.send(page, path, {"settled": "rewritten"})
    assert (nothing.status, 'href="#settle"' in nothing.html) == (422, True)
    wrong = reader.send(page, path, {"line": lines, "settled": "still-true"})
    assert (wrong.status, wrong.html.count(" checked")) == (422, len(lines) + 1)
    late = reader.send(page, path, {"line": lines, "settled": "rewritten"})
    assert late.status == 409
    early = reader.send(wrong, path, {"reason": "It says so still.", "read": "2999-01-01"})
    assert (early.status, 'href="#read"' in early.html) == (422, True)
    settled = reader.send(early, path, {"read": "2026-11-20"})
    assert (settled.status, settled.told) == (303, "dossier-saved")
    assert 'id="reopen-line"' in reader.get(path).html

    def press(do: str, **told: str) -> int:
        return reader.send(reader.get(path), path, {"do": do, **told}).status

    assert press("task", task="Write to them.", owner=author.person) == 303
    (task,) = dossiers.show(reader.context, author, made).dossier.tasks
    assert press("sign-off", sign_off="Alone here.") == 409
    assert 'id="give-line"' in reader.get(path).html
    was = f"was-{task.id}"
    assert f'name="{was}" value="{author.person}"' in reader.get(path).html
    assert press("give", line=task.id, owner="", **{was: author.person}) == 303
    assert press("give", line=task.id, owner=author.person, **{was: author.person}) == 409
    assert press("decide", decision="We keep\x07 it.") == 422
    assert press("done", line=task.id) == 303
    assert press("reopen", line=task.id) == 303
    assert press("done", line=task.id) == 303
    assert press("decide", decision="We keep the word.") == 303
    assert press("sign-off") == 422
    assert press("sign-off", sign_off="Alone here.") == 303
    assert press("close") == 303
    assert reader.get(f"{path}/{reader.locale}.pdf").status == 503
    run_due(reader.context)
    paper = reader.get(f"{path}/{reader.locale}.pdf")
    assert paper.response.headers["Content-Type"] == "application/pdf"
    assert "We keep the word." in paper.html
    shown = reader.get(path).html
    assert f"{path}/fr.pdf" in shown
    assert "<textarea" not in shown
