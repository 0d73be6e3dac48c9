"""Notes for a team talk: open to whoever may see the course, in the reader's language."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from lms.actions.catalogue import reading
from lms.actions.context import Context
from lms.core.errors import NotFound
from lms.core.people.actors import NOBODY
from tests.builders_learning import SAMPLE_CODE, statements, with_sample, with_shelf

PAGE = f"/c/{SAMPLE_CODE}/m1/facilitator"


def test_anybody_can_open_the_notes(client: FlaskClient, context: Context) -> None:
    with_sample(context)
    page = client.get(f"/en{PAGE}").get_data(as_text=True)
    for words in ("Team discussion", 'id="timing"', 'id="not"', "<caption", "Listen for signs"):
        assert words in page
    french = client.get(f"/fr{PAGE}").get_data(as_text=True)
    assert "Déroulement" in french
    assert "Listen for" not in french


def test_a_module_that_is_not_there_has_none(client: FlaskClient, context: Context) -> None:
    with_sample(context)
    assert client.get(f"/en/c/{SAMPLE_CODE}/m9/facilitator").status_code == 404
    assert client.get("/en/c/gone/m1/facilitator").status_code == 404


def test_a_module_without_notes_has_no_such_page(context: Context) -> None:
    release = context.library.release("sample-course", "1.0.0")
    bare = replace(release, modules=tuple(replace(module, facilitator={}) for module in release.modules))
    assert reading.facilitator(with_shelf(context, release), NOBODY, SAMPLE_CODE, "m1")
    with pytest.raises(NotFound):
        reading.facilitator(with_shelf(context, bare), NOBODY, SAMPLE_CODE, "m1")


def test_the_page_asks_what_is_current_and_what_is_on_hold(client: FlaskClient, context: Context) -> None:
    with_sample(context)
    for _ in range(2):
        with statements(context) as sent:
            client.get(f"/en{PAGE}")
        assert len(sent) == 2
