"""Each release carries its own record: made at sealing or adoption, and added to by people and browsers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lms.actions.authoring import findings
from lms.actions.context import Context
from lms.actions.operations import personal_data
from lms.actions.publishing import adopting, conformance, preparing
from lms.actions.publishing.preparing import SealRequest
from lms.core.checks.conformance.additions import ManualCheck
from lms.core.checks.conformance.facts import Answer, Basis
from lms.core.checks.rules import RULES
from lms.core.courses.document import Document, Figure
from lms.core.courses.findings import Severity
from lms.core.errors import Invalid, NotAllowed, NotFound
from lms.core.people.actors import NOBODY, SYSTEM, Actor, Extent, Role, grants
from lms.storage.database import Tx
from lms.storage.operations import personal_rows
from lms.storage.publishing import releases
from lms.storage.tables.publishing import conformance as conformance_table
from tests.builders import a_context
from tests.builders_content import change, sample_site
from tests.builders_learning import SAMPLE, SAMPLE_CODE, a_member, lesson, module, refused, release
from tests.builders_shelf import Shelf
from tests.core.checks.conformance.test_additions import axe

LESSON = f"courses/{SAMPLE}/forms/draft/01-first-form.en.md"
WHY = {"en": "Clearer words.", "fr": "Des mots plus clairs."}
CHECK = ManualCheck("keyboard", "Every page with Tab alone.", ("en", "fr"), "2026-11-20", "no-issues")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return sample_site(tmp_path / "site")


@pytest.fixture
def context(tmp_path: Path, site: Path) -> Context:
    made = a_context(tmp_path / "data", site=site)
    adopting.adopt(made, SYSTEM, SAMPLE, "1.0.0")
    return made


@pytest.fixture
def author(context: Context) -> Actor:
    return a_member(context, "Ana", Role.AUTHOR)


def edited(site: Path) -> None:
    """Change the English words alone, which is a warning."""
    if "Each question" in (site / LESSON).read_text("utf-8"):
        change(site, LESSON, "Each question", "Every question")


def sealed(context: Context, site: Path, version: str = "1.1.0", **wish: object) -> None:
    edited(site)
    context.now.move(minutes=1)  # type: ignore[attr-defined]  # a clock that can be moved
    said = SealRequest("Sample team", WHY, unapproved=True)
    preparing.seal(context, SYSTEM, SAMPLE, version, replace(said, **wish))  # type: ignore[arg-type]  # fields


# --- made ---------------------------------------------------------------------------------------------
def test_a_release_that_was_sealed_before_is_judged_by_its_text_when_it_is_adopted(context: Context) -> None:
    checked = conformance.published(context, NOBODY, SAMPLE_CODE).record.checked
    assert checked
    assert (checked.basis, checked.languages[:2]) == (Basis.SEALED, ("en", "fr"))
    assert checked.count(Severity.ERROR) == 0
    assert checked.looked.lessons > 0
    assert "alt-missing" in checked.rules


def test_the_check_before_sealing_is_what_the_record_holds(context: Context, site: Path) -> None:
    sealed(context, site)
    adopting.adopt(context, SYSTEM, SAMPLE, "1.1.0")
    page = conformance.published(context, NOBODY, SAMPLE_CODE)
    checked = page.record.checked
    assert checked
    assert (page.head.version, checked.basis, set(checked.rules)) == ("1.1.0", Basis.DRAFT, set(RULES))
    assert [one.answer for one in checked.noted if one.answer] == []
    assert conformance.published(context, NOBODY, SAMPLE_CODE, "1.0.0").head.version == "1.0.0"


def test_what_an_author_decided_about_a_finding_is_on_record(
    context: Context, site: Path, author: Actor
) -> None:
    edited(site)
    noted = findings.findings(context, author, SAMPLE)[0]
    findings.answer_finding(context, author, SAMPLE, noted.key, "As the act says it.")
    day = context.today()
    sealed(context, site)
    adopting.adopt(context, SYSTEM, SAMPLE, "1.1.0")
    checked = conformance.published(context, NOBODY, SAMPLE_CODE).record.checked
    assert checked
    place = noted.finding.place
    answer = Answer(noted.finding.rule, place.file, place.line, "As the act says it.", author.person, day)
    assert [one.answer for one in checked.noted if one.answer] == [answer]


def test_the_way_back_is_judged_by_the_text_that_it_brings_back(context: Context, site: Path) -> None:
    sealed(context, site)
    adopting.adopt(context, SYSTEM, SAMPLE, "1.1.0")
    back = SealRequest("Sample team", WHY, source="1.0.0")
    preparing.seal(context, SYSTEM, SAMPLE, "1.2.0", back)
    context.now.move(minutes=1)  # type: ignore[attr-defined]  # a clock that can be moved
    adopting.adopt(context, SYSTEM, SAMPLE, "1.2.0")
    found = conformance.of_release(context, SYSTEM, SAMPLE, "1.2.0").record.checked
    assert found
    assert found.basis is Basis.SEALED


def without_alternative() -> Shelf:
    """Return a shelf with a release whose picture has no alternative text."""
    shown = {lang: Document(lang, (Figure("f1", "a.svg", ""),)) for lang in ("en", "fr")}
    made = module("m1", lessons=1)
    return Shelf([release("1.0.0", replace(made, lessons=(replace(lesson(), documents=shown),)))])


def test_nothing_is_published_without_alternative_texts_and_nothing_is_written(context: Context) -> None:
    bare = replace(context, library=without_alternative())  # type: ignore[arg-type]  # a library
    with refused(Invalid, "release.lacks-alternatives"):
        adopting.adopt(bare, SYSTEM, "sample", "1.0.0")
    with refused(NotFound, "course.unknown"):
        conformance.published(bare, NOBODY, "smpl")


def test_what_was_published_before_stays_and_its_record_says_what_it_lacks(context: Context) -> None:
    bare = replace(context, library=without_alternative())  # type: ignore[arg-type]  # a library
    adopted_before(bare)
    adopting.adopt(bare, SYSTEM, "sample", "1.0.0")
    checked = conformance.published(bare, NOBODY, "smpl").record.checked
    assert checked
    assert checked.count(Severity.ERROR) > 0


def adopted_before(context: Context) -> None:
    """Adopt the release as an earlier version of the program did: without a record."""
    with context.database.writing() as tx:
        releases.adopt(tx, "sample", "1.0.0", "digest-1.0.0", now=1, by="system")


def test_what_lacks_an_alternative_is_not_sealed_again(context: Context) -> None:
    bare = replace(context, library=without_alternative())  # type: ignore[arg-type]  # a library
    with refused(Invalid, "release.findings"):
        preparing.seal(bare, SYSTEM, "sample", "1.1.0", SealRequest("Team", WHY, source="1.0.0"))


def test_a_release_of_which_nothing_is_on_record_says_so(context: Context) -> None:
    with context.database.writing() as tx:
        forget(tx)
    assert conformance.published(context, NOBODY, SAMPLE_CODE).record.checked is None
    assert [line.checked for line in conformance.overview(context, NOBODY)] == [None]


def forget(tx: Tx) -> None:
    tx.execute(conformance_table.delete())


# --- shown --------------------------------------------------------------------------------------------
def test_only_what_was_current_is_shown_to_everybody(context: Context, site: Path) -> None:
    sealed(context, site)
    adopting.adopt(context, SYSTEM, SAMPLE, "1.1.0", active_from=context.now() + 864_000_000)
    for version in ("1.1.0", "9.0.0"):
        with refused(NotFound, "release.unknown"):
            conformance.published(context, NOBODY, SAMPLE_CODE, version)
    assert conformance.of_release(context, SYSTEM, SAMPLE, "1.1.0").head.version == "1.1.0"


def test_the_list_names_each_current_release(context: Context) -> None:
    (line,) = conformance.overview(context, NOBODY)
    assert (line.head.version, line.course.id) == ("1.0.0", SAMPLE)
    assert line.checked


# --- added --------------------------------------------------------------------------------------------
def test_a_check_by_a_person_is_added_without_a_name_unless_they_agree(
    context: Context, author: Actor
) -> None:
    assert conformance.note_manual(context, author, SAMPLE, CHECK) == "1.0.0"
    (line,) = conformance.published(context, NOBODY, SAMPLE_CODE).record.manual
    assert (line.check, line.by, line.name) == (CHECK, author.person, "")
    conformance.show_name(context, author, line.id, shown=True)
    assert conformance.published(context, NOBODY, SAMPLE_CODE).record.manual[0].name == "Ana"
    conformance.show_name(context, author, line.id, shown=False)
    assert conformance.published(context, NOBODY, SAMPLE_CODE).record.manual[0].name == ""


def test_a_name_goes_with_its_account_and_the_check_stays(context: Context, author: Actor) -> None:
    conformance.note_manual(context, author, SAMPLE, CHECK, named=True)
    assert personal_data.everything(context, author)["conformance_checks"][0]["named"]
    with context.database.writing() as tx:
        personal_rows.erase(tx, author.person, context.now())
    (line,) = conformance.published(context, NOBODY, SAMPLE_CODE).record.manual
    assert (line.check, line.named, line.name) == (CHECK, False, "")


def test_nobody_shows_the_name_of_somebody_else(context: Context, author: Actor) -> None:
    conformance.note_manual(context, author, SAMPLE, CHECK)
    (line,) = conformance.published(context, NOBODY, SAMPLE_CODE).record.manual
    with refused(NotFound, "conformance.check-unknown"):
        conformance.show_name(context, a_member(context, "Bo", Role.AUTHOR), line.id, shown=True)


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"subject": "taste"}, "subject", "conformance.subject-missing"),
        ({"how": "  "}, "how", "conformance.how-missing"),
        ({"how": "x" * 2001}, "how", "conformance.how-long"),
        ({"languages": ()}, "languages", "conformance.language-missing"),
        ({"languages": ("en", "tlh")}, "languages", "conformance.language-missing"),
        ({"day": "2030-01-01"}, "checked_on", "conformance.day"),
        ({"result": ""}, "result", "conformance.result-missing"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    context: Context, author: Actor, wrong: dict[str, object], field: str, code: str
) -> None:
    with pytest.raises(Invalid) as caught:
        conformance.note_manual(context, author, SAMPLE, replace(CHECK, **wrong))  # type: ignore[arg-type]  # fields
    assert [(one.place.file, one.rule) for one in caught.value.findings] == [(field, code)]


def test_who_writes_another_course_does_not_speak_of_this_one(context: Context) -> None:
    elsewhere = Actor("p" * 26, grants(Role.AUTHOR, extent=Extent(course="other")))
    with refused(NotFound, "course.unknown"):
        conformance.note_manual(context, elsewhere, SAMPLE, CHECK)
    with refused(NotFound, "release.unknown"):
        conformance.of_release(context, SYSTEM, SAMPLE, "7.0.0")
    with refused(NotAllowed, "deed.sign-in-first"):
        conformance.note_manual(context, NOBODY, SAMPLE, CHECK)


def test_results_of_a_browser_are_added_and_the_latest_is_shown(context: Context) -> None:
    page = f"/en/c/{SAMPLE_CODE}"
    assert conformance.published(context, NOBODY, SAMPLE_CODE).record.browser is None
    conformance.take_in(context, SYSTEM, SAMPLE, [axe(page, violations=[{"id": "region"}])])
    conformance.take_in(context, SYSTEM, SAMPLE, [axe(page)])
    run = conformance.published(context, NOBODY, SAMPLE_CODE).record.browser
    assert run
    assert (run.engine, run.found) == ("axe-core", ())
