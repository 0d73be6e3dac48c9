"""The page of differences says in words what changed, in the language that is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from lms.actions.context import Context
from lms.cli.main import main
from lms.core.people.actors import Actor
from tests.builders_drafts import FR, a_workshop, an_author, edit
from tests.builders_learning import SAMPLE, a_member
from tests.builders_pages import Reader

PAGE = f"/workspace/{SAMPLE}/differences"


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return a_workshop(tmp_path)


@pytest.fixture
def author(context: Context) -> Actor:
    return an_author(context)


@pytest.fixture
def reader(client: object, context: Context, author: Actor) -> Reader:
    made = Reader(client, context)  # type: ignore[arg-type]  # the client of the fixture
    made.sign_in(author)
    return made


def test_nothing_differs_at_first(reader: Reader) -> None:
    assert "Nothing differs in this language" in reader.get(PAGE).html


def test_words_are_said_removed_added_and_replaced(reader: Reader, context: Context, author: Actor) -> None:
    edit(context, author, "Each question", "Every single question")
    page = reader.get(PAGE).html
    assert "replaced: “Each” with “Every single”" in page
    assert "<del>Each</del>" in page
    assert "<ins>Every single</ins>" in page
    assert "Changed: paragraph" in page
    assert "Nothing differs" in reader.get(f"{PAGE}?language=fr").html


def test_a_french_text_is_marked_on_an_english_page(reader: Reader, context: Context, author: Actor) -> None:
    old = context.library.draft_file(SAMPLE, FR).decode()
    line = next(one for one in old.splitlines() if len(one) > 60 and one[0].isalpha())
    edit(context, author, line, f"{line}\n\nUn paragraphe de plus.", FR)
    page = reader.get(f"{PAGE}?language=fr&from=1.0.0&to=draft").html
    assert '<p lang="fr" dir="ltr"><ins>Un paragraphe de plus.</ins></p>' in page
    assert "Ajouté" in reader.client.get(f"/fr{PAGE}?language=fr").get_data(as_text=True)


def test_strange_versions_are_not_found(reader: Reader) -> None:
    for asked in ("from=9.9.9", "to=../../etc", "language=xx", "to=" + "9" * 300):
        assert reader.client.get(f"/en{PAGE}?{asked}").status_code == 404


def test_a_member_without_the_role_is_refused(client: object, context: Context) -> None:
    made = Reader(client, context)  # type: ignore[arg-type]  # as above
    made.sign_in(a_member(context, "Lou"))
    assert made.client.get(f"/en{PAGE}").status_code == 403


def test_the_terminal_says_the_same(context: Context, author: Actor, tmp_path: Path) -> None:
    edit(context, author, "Each question", "Every single question")
    environ = {"LMS_DATA": str(tmp_path / "data"), "LMS_SITE": str(tmp_path / "site"), "LANG": "C"}
    environ["DATABASE_URL"] = context.settings.database_url
    told = CliRunner(env=environ).invoke(main, ["diff", SAMPLE])
    assert told.exit_code == 0, told.output
    assert "* replaced: “Each” with “Every single”" in told.output
    other = CliRunner(env=environ).invoke(main, ["diff", SAMPLE, "1.0.0", "draft", "--language", "fr"])
    assert "Nothing differs in this language." in other.output
    assert CliRunner(env=environ).invoke(main, ["diff", SAMPLE, "9.9.9"]).exit_code == 3
