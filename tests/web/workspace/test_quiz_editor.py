"""The quiz of a draft in the browser: nobody types an id, nothing that was typed is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from lms.actions.authoring import quiz_editing
from lms.actions.context import Context
from lms.core.authoring.quizzes.question_shapes import PARTS
from lms.core.authoring.quizzes.quiz_draft import QuizDraft
from lms.core.people.actors import Actor
from tests.builders_learning import SAMPLE
from tests.builders_pages import Reader

ROOT = f"/workspace/{SAMPLE}/welcome/quiz"
FILE = f"quizzes/{SAMPLE}/welcome/draft.yaml"


def drafted(context: Context, author: Actor) -> QuizDraft:
    return quiz_editing.quiz(context, author, SAMPLE, "welcome")


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_every_question_opens_and_saved_as_it_is_changes_no_byte(
    reader: Reader, context: Context, author: Actor, site: Path, locale: str
) -> None:
    reader.locale = locale
    before = (site / FILE).read_bytes()
    listed = reader.get(ROOT)
    for entry in drafted(context, author).entries:
        assert f"{ROOT}/{entry['id']}" in listed.html
        page = reader.get(f"{ROOT}/{entry['id']}")
        assert page.status == 200
        sent = reader.send(page, f"/{entry['id']}")
        assert (sent.status, sent.told) == (303, "question-saved")
    assert (site / FILE).read_bytes() == before


@pytest.mark.parametrize("kind", PARTS)
def test_a_new_question_of_each_kind_is_filled_in(
    reader: Reader, context: Context, author: Actor, kind: str
) -> None:
    made = reader.send(reader.get(f"{ROOT}/new"), "/new", {"kind": kind})
    assert made.told == "question-added"
    page = reader.go(made.to)
    sent = reader.send(page, made.to.rpartition("/")[2], {"prompt.en": "What now?"}, then="next")
    assert sent.to == f"/en{ROOT}"
    assert drafted(context, author).entries[-1]["prompt"]["en"] == "What now?"


def test_rows_are_added_moved_marked_and_taken_out(reader: Reader, context: Context, author: Actor) -> None:
    entry = next(one for one in drafted(context, author).entries if one["kind"] == "choice")
    first, second, *others = [option["id"] for option in entry["options"]]
    sent = reader.send(
        reader.get(f"{ROOT}/{entry['id']}"),
        f"/{entry['id']}",
        {
            "options.+1.text.en": "A new answer",
            "options.+1.text.fr": "Une nouvelle réponse",
            "options.+1.feedback.en": "Why?",
            "options:right": "+1",
            f"options.{first}:at": "2",
            **({f"options.{others[0]}:remove": "1"} if others else {}),
        },
    )
    assert sent.told == "question-saved"
    now = drafted(context, author).entry(entry["id"])
    assert now is not None
    ids = [option["id"] for option in now["options"]]
    assert ids[:2] == [second, first]
    assert not set(others[:1]) & set(ids)
    assert [option["id"] for option in now["options"] if option.get("correct")] == [ids[-1]]
    assert now["options"][-1]["text"] == {"en": "A new answer", "fr": "Une nouvelle réponse"}


def test_two_at_one_question_lose_nothing(reader: Reader, context: Context, author: Actor) -> None:
    entry = drafted(context, author).entries[0]
    page = reader.get(f"{ROOT}/{entry['id']}")
    reader.send(page, f"/{entry['id']}", {"prompt.en": "The first was faster?"})
    late = reader.send(page, f"/{entry['id']}", {"prompt.en": "The second came later?"})
    assert late.status == 409
    assert "The first was faster?" in late.html
    assert "The second came later?" in late.html
    assert drafted(context, author).entries[0]["prompt"]["en"] == "The first was faster?"
    reader.send(late, f"/{entry['id']}")
    assert drafted(context, author).entries[0]["prompt"]["en"] == "The second came later?"


def test_what_is_wrong_stands_beside_its_field(reader: Reader, context: Context, author: Actor) -> None:
    entry = next(one for one in drafted(context, author).entries if one["kind"] == "choice")
    sent = reader.send(reader.get(f"{ROOT}/{entry['id']}"), f"/{entry['id']}", {"prompt.fr": ""})
    shown = reader.go(sent.to)
    assert "p.prompt-found" in shown.html
    assert "fr" in shown.html


def test_moving_and_removing_ask_first(reader: Reader, context: Context, author: Actor) -> None:
    ids = [one["id"] for one in drafted(context, author).entries]
    moved = reader.send(reader.get(ROOT), f"/{ids[0]}/move")
    assert (moved.told, moved.to) == ("question-moved", f"/en{ROOT}#q-{ids[0]}")
    reader.send(reader.go(moved.to), f"/{ids[0]}/move", {"to": "up"})
    assert [one["id"] for one in drafted(context, author).entries] == ids
    removed = reader.send(reader.get(f"{ROOT}/{ids[0]}/remove"), "/remove")
    assert removed.told == "question-removed"
    assert reader.get(f"{ROOT}/{ids[0]}").status == 404


def test_settings_are_kept_or_said_to_be_wrong(reader: Reader) -> None:
    page = reader.get(ROOT)
    assert reader.send(page, "/settings", {"draw": "2"}).told == "quiz-saved"
    wrong = reader.send(page, "/settings", {"draw": "many"})
    assert wrong.status == 422
    assert 'value="many"' in wrong.html


def test_a_kind_that_is_none_is_refused(reader: Reader) -> None:
    wrong = reader.send(reader.get(f"{ROOT}/new"), "/new", {"kind": "essay"})
    assert wrong.status == 422


def test_a_file_that_cannot_be_read_says_so(reader: Reader, site: Path) -> None:
    (site / FILE).write_text("items: [")
    assert "cannot be shown as a form" in reader.get(ROOT).html
    (site / FILE).unlink()
    assert "No questions yet" in reader.get(ROOT).html


def test_the_quiz_is_tried_and_nothing_is_kept(reader: Reader) -> None:
    page = reader.get(f"{ROOT}/try")
    tried = reader.send(page, "/try")
    assert tried.status == 200
    assert "None of this is saved" in tried.html
    assert reader.get(f"{ROOT}/try?draw=x").html.count('value="1"') >= 1
    assert reader.get(f"/workspace/{SAMPLE}/none/quiz/try").status == 404


def test_a_question_is_tried_as_multiple_choice_and_back(reader: Reader) -> None:
    pages = (reader.get(f"{ROOT}/try?draw={number}") for number in range(1, 9))
    page = next(one for one in pages if 'name="instead"' in one.html)
    question = page.html.split('name="instead" value="')[1].split('"')[0]
    turned = reader.send(page, "/try", instead=question)
    assert f'name="{question}:instead"' in turned.html
    back = reader.send(turned, "/try", first=question)
    assert f'name="{question}:instead"' not in back.html
