"""My work in the browser: each line leads to its next step, filters travel in the address."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from tests.builders_drafts import a_workshop, an_admin, an_author, edit
from tests.builders_learning import SAMPLE, a_member, wait
from tests.builders_pages import Reader


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return a_workshop(tmp_path)


@pytest.fixture(params=["en", "fr"])
def reader(request: pytest.FixtureRequest, client: FlaskClient, context: Context) -> Reader:
    return Reader(client, context, request.param)


def test_each_line_leads_to_its_next_step(reader: Reader) -> None:
    ana = an_author(reader.context)
    edit(reader.context, ana, "Each question has", "Every question has")
    reader.sign_in(ana)
    page = reader.get("/workspace").html
    base = f"/{reader.locale}/workspace"
    for address in (
        f"{base}/{SAMPLE}",
        f"{base}/{SAMPLE}/translation",
        f"{base}/{SAMPLE}/review",
        f"{base}/laws",
    ):
        assert f'href="{address}"' in page
    assert f'href="{base}/{SAMPLE}/review"' not in reader.get("/workspace?course=other").html
    assert 'id="mine" name="mine" type="checkbox" value="y" checked' in reader.get("/workspace?mine=y").html


def test_a_help_line_is_confirmed_by_one_press_of_an_admin(reader: Reader) -> None:
    robin = an_admin(reader.context)
    wait(reader.context, days=400)
    reader.sign_in(robin)
    before = reader.get("/workspace").html.count("/confirm")
    line = reader.get("/workspace").html.split("/workspace/help-lines/")[1].split("/")[0]
    action = f"/workspace/help-lines/{line}/confirm"
    assert reader.send(reader.get("/workspace"), action).to == f"/{reader.locale}/workspace"
    assert reader.get("/workspace").html.count("/confirm") == before - 1


def test_it_is_for_authors(reader: Reader) -> None:
    reader.sign_in(a_member(reader.context, "Noor"))
    assert reader.get("/workspace").status == 403
