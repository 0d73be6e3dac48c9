"""The glossary: in the reader's order, under anchors that say nothing."""

from __future__ import annotations

from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.core.courses.opaque import opaque
from tests.builders_learning import SAMPLE_CODE, with_sample


def test_terms_are_explained_under_anchors_that_say_nothing(client: FlaskClient) -> None:
    page = client.get("/en/glossary").get_data(as_text=True)
    assert f'id="{opaque("chosen-name")}"' in page
    assert 'id="chosen-name"' not in page
    assert "Leave quickly" in page


def test_it_speaks_french(client: FlaskClient) -> None:
    assert '<html lang="fr"' in client.get("/fr/glossary").get_data(as_text=True)


def test_words_lead_to_their_lessons_and_can_be_those_of_a_course(
    client: FlaskClient, context: Context
) -> None:
    with_sample(context)
    page = client.get("/en/glossary?course=s4mp").get_data(as_text=True)
    assert f"/en/c/{SAMPLE_CODE}/m1/l1" in page
    assert '<option value="s4mp" selected>' in page
    nothing = client.get("/en/glossary?course=none").get_data(as_text=True)
    assert "No terms from this course in the glossary" in nothing
