"""Notes for a team talk in files: in all languages or none, alike in each, sealed with their module."""

from __future__ import annotations

from pathlib import Path

from lms.content.checks.checking import check_site
from lms.content.library import Library
from lms.content.sealing import seal
from tests.builders_content import TODAY, beyond, change, sample_site

COURSE = "sample-course"
FOLDER = f"courses/{COURSE}/welcome/draft"
ENGLISH, FRENCH = f"{FOLDER}/facilitator.en.md", f"{FOLDER}/facilitator.fr.md"


def found(site: Path) -> list[tuple[str, str]]:
    findings = beyond(check_site(Library(site), TODAY))
    return [(one["rule"], one["file"].rpartition("/")[2]) for one in findings]


def test_notes_in_one_language_ask_for_the_others(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    (site / FRENCH).unlink()
    assert found(site) == [("file-missing", "facilitator.fr.md")]


def test_notes_have_the_same_bones_in_each_language(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    change(site, FRENCH, "- Aucun nom de cliente", "- Rien de plus.\n- Aucun nom de cliente")
    assert found(site) == [("parity-differs", "facilitator.fr.md")]
    (site / FOLDER / "facilitator.ar.md").write_text("## توقيت {#timing}\n", "utf-8")
    assert ("parity-offered", "facilitator.ar.md") in found(site)


def test_notes_are_judged_like_lessons_and_their_links_are_followed(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    change(
        site,
        ENGLISH,
        "Everyone may pass, without a reason.",
        "Read [the act](law:gone) and [this](lesson:no/no).",
    )
    assert {("law-unknown", "facilitator.en.md"), ("link-lesson", "facilitator.en.md")} < set(found(site))


def test_notes_are_sealed_with_their_module_and_with_what_they_name(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    for file, words in ((ENGLISH, "Everyone may pass"), (FRENCH, "Chaque personne peut passer son tour")):
        change(site, file, words, f"[{words}](law:old-sample-act)")
    why = {"en": "Notes.", "fr": "Notes."}
    release = seal(Library(site), COURSE, "1.1.0", by="Sample team", why=why, date="2026-11-22").release
    assert (release.change, "old-sample-act" in release.laws) == ("informative", True)
    assert [module.version for module in release.modules] == ["1.1.0", "1.0.0"]
    (site / ENGLISH).unlink()
    again = Library(site).release(COURSE, "1.1.0")
    assert set(again.modules[0].facilitator) == {"en", "fr"}
    (site / FOLDER.replace("draft", "1.1.0") / "facilitator.fr.md").write_text("Other words.", "utf-8")
    assert [one.rule for one in Library(site).verify(COURSE, "1.1.0")] == ["seal-broken"]
