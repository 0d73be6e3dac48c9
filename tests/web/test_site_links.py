"""Every page of the site that a lesson may name is there."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from lms.core.courses.document import SITE_PAGES


@pytest.mark.parametrize("name", sorted(SITE_PAGES))
def test_a_page_that_a_text_names_opens(client: FlaskClient, name: str) -> None:
    assert client.get(f"/en/{name}").status_code == 200
