"""Everything about me, on a page: words of people and no inner names; the file holds all."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from tests.builders_accounts import Hand


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_no_inner_name_is_shown_and_the_file_has_all(client: FlaskClient, locale: str) -> None:
    hand = Hand(client, locale)
    hand.join()
    hand.look("account/name")
    for name in ("Zoé-Ann", "Zoé-Lou", "Zoé-May"):
        hand.send("account/name", name=name)
        hand.look("account/name")
    hand.look("account/everything")
    main = hand.page.split("<main")[1]
    for inner in ("member", "accounts.change_name", "local:name", "{", "<code"):
        assert inner not in main, inner
    assert {"en": "Learner", "fr": "Apprenante ou apprenant"}[locale] in main
    assert "<details><summary>" in main, "what is long is folded"
    taken = json.loads(client.get(f"/{locale}/account/everything.json").get_data())
    assert taken["person"][0]["kind"] == "member"
    assert "accounts.change_name" in {row["deed"] for row in taken["deeds"]}
