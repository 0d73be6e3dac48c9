"""The survey of a course: strict, in all languages, sealed with the course; a course may go without."""

from __future__ import annotations

from pathlib import Path

import pytest

from lms.content.checks.checking import check_site
from lms.content.checks.rules.identities import names_of
from lms.content.drafts.surveys import read_survey
from lms.content.library import Library
from lms.content.sealing import seal
from lms.content.shapes.reading import read_yaml
from lms.core.errors import Invalid
from lms.core.publishing.release_tags import SEALED
from tests.builders_content import TODAY, beyond, change, sample_site

COURSE = "sample-course"
FILE = f"courses/{COURSE}/survey.yaml"
SURVEY = """confidence:
- {id: c1, en: "Ask which name to use", fr: "Demander quel nom utiliser"}
- {id: c2, en: "Explain why you ask", fr: "Expliquer la raison d’une question"}
- {id: c3, en: "Find the right office", fr: "Trouver le bon bureau"}
intention:
- {id: i1, en: "Read your form again", fr: "Relire votre formulaire"}
- {id: i2, en: "Talk with your team", fr: "Parler avec votre équipe"}
obstacles:
- {id: b1, en: "Not enough time", fr: "Le manque de temps"}
- {id: b2, en: "Not enough space", fr: "Le manque de place"}
- {id: b3, en: "Old forms", fr: "Des formulaires anciens"}
- {id: b4, en: "Something else", fr: "Autre chose"}
"""
FIRST = {"by": "Sample team", "why": {"en": "A survey.", "fr": "Un sondage."}, "date": "2026-11-22"}


def with_survey(folder: Path, text: str = SURVEY) -> Path:
    site = sample_site(folder)
    (site / FILE).write_text(text, "utf-8")
    return site


def faults(text: str) -> list[tuple[str, int]]:
    return [(one.rule, one.place.line) for one in read_survey(read_yaml(text.encode(), "survey.yaml"))[1]]


def test_a_survey_is_read() -> None:
    survey, found = read_survey(read_yaml(SURVEY.encode(), "survey.yaml"))
    assert survey is not None
    assert found == ()
    assert [len(part) for part in (survey.confidence, survey.intention, survey.obstacles)] == [3, 2, 4]
    assert (survey.obstacles[0].id, survey.obstacles[0].text["fr"]) == ("b1", "Le manque de temps")
    assert SEALED.built(SEALED.plain(survey)) == survey


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("- {id: c3", "- {id: c3, more: 1", ("schema-format", 4)),
        ('- {id: c3, en: "Find the right office", fr: "Trouver le bon bureau"}\n', "", ("schema-length", 1)),
        ('- {id: b4, en: "Something else", fr: "Autre chose"}\n', "", ("schema-length", 8)),
        ("id: i2", "id: c2", ("duplicate-id", 7)),
        ('"Old forms"', '"Old\\nforms"', ("schema-format", 11)),
        ("obstacles:", "barriers:", ("schema-unknown", 8)),
    ],
)
def test_each_fault_of_a_survey_has_its_rule(old: str, new: str, fault: tuple[str, int]) -> None:
    assert old in SURVEY
    assert fault in faults(SURVEY.replace(old, new))


def test_a_course_has_the_survey_beside_it_or_none(tmp_path: Path) -> None:
    site = with_survey(tmp_path)
    assert beyond(check_site(Library(site), TODAY)) == []
    survey = Library(site).preview(COURSE).course.survey
    assert survey is not None
    assert survey.intention[0].text["en"] == "Read your form again"
    assert Library(site).release(COURSE, "1.0.0").course.survey is None


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (', fr: "Autre chose"', "", "locale-missing"),
        ("d’une", "d'une", "french-apostrophe"),
    ],
)
def test_its_words_are_judged(tmp_path: Path, old: str, new: str, rule: str) -> None:
    site = with_survey(tmp_path, SURVEY.replace(old, new))
    assert {(one["rule"], one["file"]) for one in beyond(check_site(Library(site), TODAY))} == {(rule, FILE)}


def test_it_is_sealed_with_its_own_words(tmp_path: Path) -> None:
    site = with_survey(tmp_path)
    done = seal(Library(site), COURSE, "1.1.0", **FIRST)  # type: ignore[arg-type]
    assert done.release.change == "informative"
    (site / FILE).unlink()
    survey = Library(site).release(COURSE, "1.1.0").course.survey
    assert survey is not None
    assert survey.confidence[0].text["fr"] == "Demander quel nom utiliser"
    lock = read_yaml((site / f"courses/{COURSE}/releases/1.1.0.yaml").read_bytes(), "lock").value
    assert lock["snapshots"]["survey"]["obstacles"][3]["en"] == "Something else"  # type: ignore[index]


def test_a_survey_that_is_not_whole_is_not_sealed(tmp_path: Path) -> None:
    site = with_survey(tmp_path, "confidence: []\n")
    assert Library(site).preview(COURSE).course.survey is None
    with pytest.raises(Invalid):
        seal(Library(site), COURSE, "1.1.0", **FIRST)  # type: ignore[arg-type]


def test_a_task_keeps_its_part_and_a_dropped_one_stays_away(tmp_path: Path) -> None:
    site = with_survey(tmp_path)
    names = names_of(seal(Library(site), COURSE, "1.1.0", **FIRST).release)  # type: ignore[arg-type]
    assert names["task c1"] == "confidence"
    change(site, FILE, "id: b4", "id: x4")
    change(site, FILE, "id: i2", "id: b4")
    assert [one["rule"] for one in beyond(check_site(Library(site), TODAY))] == ["id-recycled"]
