"""The register, the glossary and the help lines: of the samples, and of the product itself."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from lms.content.checks.checking import check_site
from lms.content.files.files import Files
from lms.content.library import Library
from lms.content.shapes.reading import read_yaml
from lms.content.shared import glossary, helplines, register, search_words
from lms.core.courses.findings import Finding
from lms.core.courses.walk import runs
from lms.core.errors import Conflict, NotFound
from lms.core.legislation.register import Register
from lms.storage.search.expressions import others
from tests.builders_content import SITE, change, sample_site
from tests.builders_learning import refused

BUNDLED = Files(Path(__file__).parents[2])
INSTRUMENTS = 84
TERMS = 66
MARKS = 108
KEYS = {
    "id", "jurisdiction", "kind", "title", "title_fr_official", "citation", "status", "assented", "in_force",
    "events", "meaning", "courses", "topics", "url", "confidence", "sources", "unverified", "source_quality",
}  # fmt: skip
SOME_KEYS = {"parent": 10, "note": 2, "scope": 1, "related": 1, "binds": 14}
DOUBTS = {"verified": 75, "recalled": 9}
QUALITY = {"official": 33, "secondary": 24, "mixed": 18, "none": 9}


@cache
def the_register() -> tuple[Register, tuple[Finding, ...]]:
    return register.read_register(BUNDLED)


@cache
def instruments() -> list[dict[str, object]]:
    names = [name for name in BUNDLED.names(register.FOLDER) if name != "register.yaml"]
    found = [read_yaml(BUNDLED.raw(f"{register.FOLDER}/{name}") or b"", name).value for name in names]
    return [entry for entry in found if isinstance(entry, dict)]


def counted(key: str) -> dict[str, int]:
    values = [str(entry[key]) for entry in instruments()]
    return {value: values.count(value) for value in set(values)}


def test_every_instrument_of_the_source_is_there_with_every_key() -> None:
    found = instruments()
    assert len(found) == INSTRUMENTS
    assert all(entry.keys() >= KEYS for entry in found)
    extra = [key for entry in found for key in entry.keys() - KEYS]
    assert {key: extra.count(key) for key in set(extra)} == SOME_KEYS


def test_every_mark_of_doubt_is_kept() -> None:
    assert counted("confidence") == DOUBTS
    assert counted("source_quality") == QUALITY
    assert sum(len(law.unverified) for law in the_register()[0].laws.values()) == MARKS
    laws = the_register()[0].laws
    assert sum(law.is_recalled for law in laws.values()) == DOUBTS["recalled"]
    assert not laws["ca-ab-human-rights-act"].title_fr_official


def test_every_event_says_whether_it_is_material() -> None:
    laws = the_register()[0].laws.values()
    events = [event for law in laws for event in law.events]
    assert len(events) == 122
    assert sum(event.material for event in events) == 92
    assert {len(event.date) for event in events} == {4, 7, 10}


def test_the_register_of_the_product_has_no_fault() -> None:
    found, faults = the_register()
    assert faults == ()
    assert (found.as_of, found.consolidation_read, found.review_by) == (
        "2026-11-22",
        "2026-07-23",
        "2027-02-22",
    )
    assert len(found.watch) == 12
    assert found.laws["irpa-s96-convention-refugee"].parent == "irpa"


def test_the_glossary_of_the_product_is_whole() -> None:
    terms, faults = glossary.read_glossary(BUNDLED)
    assert faults == ()
    assert len(terms) == TERMS
    assert {"2slgbtqia", "deaf-culture", "deaf", "universal-design"} <= terms.keys()
    assert terms["deaf-culture"].term["en"] == "Deaf"
    assert "hearing impaired" in terms["deaf"].avoid["en"]


def test_help_lines_of_the_product_invent_no_number() -> None:
    lines, faults = helplines.read_help_lines(BUNDLED)
    assert faults == ()
    review = (BUNDLED.root / "docs/review/help-lines.md").read_text()
    for line in lines:
        assert bool(line.sources) is bool(line.read) is line.is_reachable, line.id
        assert all(source in review for source in line.sources), line.id
        assert all(one in review for one in (line.number, line.text, line.tty)), line.id
    assert [line.number for line in lines[:3]] == ["9-1-1", "9-8-8", "2-1-1"]


def test_a_reader_in_each_region_is_led_to_crisis_and_settlement_help() -> None:
    lines, _ = helplines.read_help_lines(BUNDLED)
    assert all(line.referral["en"] and line.referral["fr"] for line in lines)
    regions = {region for line in lines for region in line.regions}
    assert len(regions) == 14  # all of Canada, and each province and territory
    for kind in ("crisis", "legal", "settlement"):
        some = [line for line in lines if line.kind == kind and line.is_reachable]
        assert all(any(line.serves(region) for line in some) for region in regions), kind


def test_a_confirmation_changes_one_line_of_the_file(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    file = site / helplines.FILE
    before = file.read_text().replace("checked: null", "checked: null  # ask Zoé", 1)
    file.write_text(before)
    helplines.confirm(Files(site), "legal-aid-on", "2026-11-30")
    assert file.read_text() == before.replace("checked: null  #", 'checked: "2026-11-30"  #')
    helplines.confirm(Files(site), "settlement", "2026-11-30")
    helplines.confirm(Files(site), "emergency", "2026-12-01")
    lines, faults = helplines.read_help_lines(Files(site))
    assert faults == ()
    assert [line.checked for line in lines] == ["2026-12-01", "2026-11-30", "2026-11-30"]
    with refused(NotFound, "help-line.unknown"):
        helplines.confirm(Files(site), "gone", "2026-11-30")


def test_an_entry_that_cannot_be_edited_safely_is_left_to_a_person(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    change(site, helplines.FILE, '  checked: "2026-11-01"\n', "")
    before = (site / helplines.FILE).read_bytes()
    with refused(Conflict, "help-line.by-hand"):
        helplines.confirm(Files(site), "emergency", "2026-11-30")
    assert (site / helplines.FILE).read_bytes() == before


def test_a_law_that_points_at_nothing_is_found(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    change(
        site,
        "courses/legislation/sample-act.yaml",
        "kind: statute",
        "kind: statute\nparent: gone\nrelated: [gone]",
    )
    change(site, "courses/legislation/register.yaml", "instrument: sample-code", "instrument: gone")
    found = register.read_register(Files(site))[1]
    assert [(one.rule, one.place.line, one.params["law"]) for one in found] == [
        ("law-unknown", 4, "gone"),
        ("law-unknown", 5, "gone"),
        ("law-unknown", 6, "gone"),
    ]


def test_a_register_without_a_head_still_has_its_laws(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    (site / "courses/legislation/register.yaml").unlink()
    (site / "courses/legislation/notes.txt").write_text("x")
    change(site, "courses/legislation/sample-act.yaml", "id: sample-act", "id: other-act")
    change(site, "courses/legislation/sample-code.yaml", "kind: policy", "kind: wish")
    found, faults = register.read_register(Files(site))
    assert set(found.laws) == {"old-sample-act", "other-act", "sample-access-act", "sample-rights-act"}
    assert found.as_of == ""
    assert sorted(one.rule for one in faults) == ["file-missing", "id-mismatch", "schema-choice"]


def searchable(locale: str) -> list[str]:
    """Return the texts of the product in a language, as the search index has them."""
    library = Library(BUNDLED.root)
    texts = [
        "\n".join(run.text for run in runs(lesson.documents[locale].blocks))
        for course in library.courses()
        for module in library.release(course, library.versions(course)[-1]).modules
        for lesson in module.lessons
    ]
    texts += [f"{one.term[locale]}\n{one.definition[locale]}" for one in library.glossary().values()]
    return texts + [one.meaning.text(locale) for one in library.register().laws.values()]


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_words_to_search_by_lead_to_something_in_each_language(locale: str) -> None:
    groups, faults = search_words.read_search_words(BUNDLED)
    assert faults == ()
    assert len(groups) > 30
    texts = searchable(locale)
    assert [group for group in groups if not any(others(text, locale, [group]) for text in texts)] == []
    spelled = [one.casefold() for group in groups for one in group[locale]]
    assert sorted(one for one in set(spelled) if spelled.count(one) > 1) == []


def test_a_site_needs_no_words_to_search_by(tmp_path: Path) -> None:
    assert search_words.read_search_words(Files(tmp_path)) == ((), ())


@pytest.mark.parametrize(
    ("entry", "rule"),
    [
        ("{id: a, words: {en: [one], fr: [un, une]}, reviewed: '2026-12-01'}", "schema-length"),
        ("{id: a, words: {en: [one, two]}, reviewed: '2026-12-01'}", "locale-missing"),
    ],
)
def test_words_to_search_by_are_checked(tmp_path: Path, entry: str, rule: str) -> None:
    site = sample_site(tmp_path)
    (site / search_words.FILE).write_text(f"- {entry}\n", "utf-8")
    found = check_site(Library(site), date(2026, 11, 22))
    assert [one.rule for one in found if one.place.file == search_words.FILE] == [rule]


@pytest.mark.parametrize("file", ["courses/glossary.yaml", "courses/help-lines.yaml"])
def test_an_entry_that_stands_twice_is_found(tmp_path: Path, file: str) -> None:
    site = sample_site(tmp_path)
    text = (site / file).read_text("utf-8")
    (site / file).write_text(text + text[: text.index("\n- id: ", 5) + 1], "utf-8")
    read = glossary.read_glossary if "glossary" in file else helplines.read_help_lines
    assert [one.rule for one in read(Files(site))[1]] == ["duplicate-id"]


def test_a_law_without_a_text_in_a_language_leads_to_the_other_one() -> None:
    law = register.read_register(Files(SITE))[0].laws["sample-code"]
    assert law.url == {"en": "https://www.example.org/en/privacy"}
    assert law.official_url("fr") == ("en", "https://www.example.org/en/privacy")
