"""What the site says about itself is there in each language, and claims no more than was checked."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize("page", ["accessibility", "privacy"])
@pytest.mark.parametrize("locale", ["en", "fr"])
def test_statements_stand_in_each_language(client: FlaskClient, page: str, locale: str) -> None:
    assert client.get(f"/{locale}/{page}").status_code == 200


def test_what_was_not_tested_is_said(client: FlaskClient) -> None:
    told = client.get("/en/accessibility").get_data(as_text=True)
    for tool in ("NVDA", "VoiceOver", "TalkBack"):
        assert tool in told
    assert "we do not claim that it meets the standards" in told
