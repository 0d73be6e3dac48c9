"""Findings, answers, safe fixes, find and replace in the browser."""

from __future__ import annotations

import re
from pathlib import Path

from tests.builders_content import change
from tests.builders_learning import SAMPLE
from tests.builders_pages import Reader

LESSON = f"courses/{SAMPLE}/forms/draft/01-first-form.fr.md"
QUIZ = f"quizzes/{SAMPLE}/welcome/draft.yaml"
FINDINGS = f"/workspace/{SAMPLE}/findings"


def test_a_draft_without_findings_says_so(reader: Reader) -> None:
    page = reader.get(FINDINGS)
    assert page.status == 200
    reader.locale = "fr"
    assert reader.get(FINDINGS).status == 200


def test_a_finding_is_explained_and_opened_again(reader: Reader, site: Path) -> None:
    change(site, QUIZ, "I look up and say hello", "I look up, put the pen away and say hello to the person")
    page = reader.get(FINDINGS)
    assert f"/en/workspace/{SAMPLE}/welcome/quiz/w-q01" in page.html
    key = next(re.finditer(rf'{FINDINGS}/([0-9a-f]{{64}})"', page.html))[1]
    asked = reader.get(f"{FINDINGS}/{key}")
    empty = reader.send(asked, f"/{key}")
    assert empty.status == 422
    assert reader.send(asked, f"/{key}", {"reason": "It is meant so."}).told == "finding-answered"
    shown = reader.get(FINDINGS)
    assert "It is meant so." in shown.html
    assert reader.send(shown, f"/{key}/reopen").told == "finding-open-again"


def test_a_safe_fix_is_shown_and_made(reader: Reader, site: Path) -> None:
    path = site / LESSON
    path.write_text(f"{path.read_text()}\nVoici l'aide pour demander.\n")
    page = reader.get(FINDINGS)
    assert "file=courses" in page.html
    shown = reader.get(f"{FINDINGS}/fix?file={LESSON}&rule=french-apostrophe")
    assert "l’aide" in shown.html
    assert reader.send(shown, "/fix").told == "finding-fixed"
    assert "l’aide" in path.read_text()
    assert reader.get(f"{FINDINGS}/fix").status == 404


def test_words_are_found_chosen_and_replaced(reader: Reader, site: Path) -> None:
    address = f"/workspace/{SAMPLE}/replace"
    assert reader.get(address).status == 200
    page = reader.get(f"{address}?find=HELLO&put=good+day&loosely=1")
    assert "<mark>" in page.html
    sent = reader.send(page, "/replace")
    assert "replaced in the draft" in sent.html
    assert b"good day" in (site / QUIZ).read_bytes()
    again = reader.send(page, "/replace")
    assert "changed after they were shown" in again.html
    none = reader.send(page, "/replace", {"place": "x|y|z"})
    assert none.status == 422
    assert "not in the draft" in reader.get(f"{address}?find=zzzzzz").html
    assert "more than" in reader.get(f"{address}?find=e&put=f").html


def test_words_are_not_looked_for_in_a_course_that_is_not_there(reader: Reader) -> None:
    assert reader.get("/workspace/nothing/replace").status == 404
