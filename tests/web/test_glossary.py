"""The glossary: in the reader's order, under anchors that say nothing."""

from __future__ import annotations

from flask.testing import FlaskClient

from lms.core.opaque import opaque


def test_terms_are_explained_under_anchors_that_say_nothing(client: FlaskClient) -> None:
    page = client.get("/en/glossary").get_data(as_text=True)
    assert f'id="{opaque("chosen-name")}"' in page
    assert 'id="chosen-name"' not in page
    assert "Leave this site quickly" in page


def test_it_speaks_french(client: FlaskClient) -> None:
    assert '<html lang="fr"' in client.get("/fr/glossary").get_data(as_text=True)
