"""What ATAG 2.0 asks of the editor itself: `docs/atag.md` names these tests."""

from __future__ import annotations

import re
from pathlib import Path

from tests.builders_content import change
from tests.builders_learning import SAMPLE
from tests.builders_pages import Reader, Sheet

GREETING = f"/workspace/{SAMPLE}/welcome/greeting"
LISTENING = f"/workspace/{SAMPLE}/welcome/listening"
FRENCH = f"courses/{SAMPLE}/welcome/draft/01-greeting.fr.md"
ALTERNATIVE = "An open door with a chair beside it"


def block(page: Sheet, words: str) -> str:
    """Return the innermost block of the editor that holds these words, up to its tools."""
    before, found, after = page.html.partition(words)
    assert found, words
    start = before.rindex('<div class="block')
    return page.html[start : len(before) + len(words) + after.index('<details class="tools">')]


def sent_by(page: Sheet, ending: str) -> dict[str, str]:
    """Return the fields of a lesson whose names end so, with what they hold."""
    return {name: values[0] for name, values in page.form("/save").items() if name.endswith(ending)}


def straight_apostrophe(site: Path) -> None:
    """Type a French text as an author may: with a finding."""
    change(site, FRENCH, "Deux choses rendent l’entrée", "Deux choses rendent l'entrée")


def test_a_picture_and_its_alternative_text_stand_in_one_block(reader: Reader) -> None:
    page = reader.get(GREETING)
    assert ALTERNATIVE in sent_by(page, ":alt").values()
    picture = block(page, ALTERNATIVE)
    assert "Alternative text" in picture
    assert re.search(r'href="[^"]+/media/door\.svg"', picture)


def test_each_part_that_makes_a_block_accessible_has_its_field(reader: Reader) -> None:
    pictured, filmed = reader.get(GREETING), reader.get(LISTENING)
    assert {name[:5] for name in sent_by(pictured, ":alt")} == {"f:en:", "f:fr:", "f:ar:"}
    assert re.search(r'name="f:en:[\d-]+:decorative"', pictured.html)
    typed = [values[0] for name, values in pictured.form("/save").items() if name.startswith("t:en:")]
    assert any(text.startswith("Two things make the entrance easy.") for text in typed), "the caption"
    assert any(text.startswith("A doorway stands open") for text in typed), "the long description"
    typed = [values[0] for name, values in filmed.form("/save").items() if name.startswith("t:en:")]
    assert any(text.startswith("A short greeting") for text in typed), "the caption"
    assert any(text.startswith("A purple square moves") for text in typed), "the transcript"
    assert re.search(r'name="f:en:[\d-]+:described"', filmed.html)
    asked = reader.get(f"{GREETING}/mark?mark=en:2")
    assert "Words in another language" in asked.html


def test_the_preview_plays_a_recording_with_its_captions_and_transcript(reader: Reader) -> None:
    shown = reader.get(f"{LISTENING}/preview").html
    found = (one for one in re.findall(r"<video.*?</video>", shown, re.DOTALL) if "lang=" not in one[:200])
    video = next(found)  # not the sign-language one, which stands beside its section
    assert 'kind="captions"' in video
    captions = re.search(r'<track[^>]+src="([^"]+)"', video)
    assert captions
    with reader.client.get(captions[1]) as answer:
        assert answer.get_data(as_text=True).startswith("WEBVTT")
    assert "A purple square moves slowly" in shown


def test_a_finding_stands_as_words_in_its_block(reader: Reader, site: Path) -> None:
    assert "Error:" not in reader.get(GREETING).html
    straight_apostrophe(site)
    page = reader.get(GREETING)
    found = block(page, "Deux choses rendent l")
    after_the_field = found.partition("</textarea>")[2]
    assert "Error:" in after_the_field
    assert "Use the curly apostrophe" in after_the_field
    assert "Canadian French typography" in after_the_field
    assert page.html.count("Error:") == 1
    outline = reader.get(f"/workspace/{SAMPLE}").html
    row = outline.partition(f'href="/en{GREETING}"')[2].partition("</tr>")[0]
    assert "1 error" in row


def test_the_outline_of_a_lesson_leads_to_its_headings_and_each_block_has_a_name(reader: Reader) -> None:
    page = reader.get(GREETING)
    outline = page.html.partition('aria-label="Outline of this lesson"')[2].partition("</nav>")[0]
    led = re.findall(r'href="#([^"]+)">([^<]+)<', outline)
    assert [words for _, words in led] == ["Say hello", "What people notice", "A rule behind the smile"]
    named = dict(
        re.findall(r'<div class="block[^"]*" id="([^"]+)" role="group" aria-label="([^"]+)"', page.html)
    )
    assert [named[anchor].partition(",")[0] for anchor, _ in led] == ["Heading"] * len(led)
    assert len(named) == page.html.count('<div class="block')
    assert len(set(named.values())) == len(named)


def test_a_deleted_block_comes_back_in_every_language(reader: Reader, site: Path) -> None:
    files = [site / FRENCH.replace(".fr.", f".{locale}.") for locale in ("en", "fr", "ar")]
    before = [file.read_bytes() for file in files]
    page = reader.get(GREETING)
    deleted = re.search(r'value="(delete=[^"]+)"', block(page, "Say hello before you ask") + page.html)
    assert deleted
    answer = reader.send(page, "/save", do=deleted[1])
    assert all(file.read_bytes() != was for file, was in zip(files, before, strict=True))
    assert reader.send(reader.go(answer.to), "/undo").told == "draft-undone"
    assert [file.read_bytes() for file in files] == before


def test_a_new_table_begins_with_its_header_row_and_a_picture_with_its_alternative(reader: Reader) -> None:
    begun = reader.get(f"{GREETING}/add?kind=table").form("/add")
    for locale in ("en", "fr"):
        caption, _, header, rule, *_ = begun[f"t:{locale}:text"][0].splitlines()
        assert caption.startswith(("Table:", "Tableau\u00a0:"))
        assert header.startswith("| ")
        assert set(rule) == {"|", "-"}
    picture = reader.get(f"{GREETING}/add?kind=figure").html
    assert picture.index('name="f:en:alt"') < picture.index('type="file"')


def test_a_copied_module_shows_its_findings_at_once(reader: Reader, site: Path) -> None:
    titles = {"title.en": "Calm desk", "title.fr": "Accueil calme"}
    reader.send(reader.get("/workspace/new"), "/workspace/new", titles)
    assert "/welcome/greeting" not in reader.get("/workspace/calm-desk/findings").html
    straight_apostrophe(site)
    module = {"module": f"{SAMPLE}/welcome"}
    copied = reader.send(reader.get("/workspace/calm-desk/new"), "/calm-desk/copy", module)
    assert copied.told == "module-copied"
    shown = reader.get("/workspace/calm-desk/findings").html
    assert "/workspace/calm-desk/welcome/greeting" in shown
    assert "Use the curly apostrophe" in shown


def test_words_are_found_in_every_language(reader: Reader, site: Path) -> None:
    change(site, FRENCH, "minute", "petite minute")
    found = reader.get(f"/workspace/{SAMPLE}/replace?find=petite+minute").html
    assert "<mark>petite minute</mark>" in found
    assert "<mark>" in reader.get(f"/workspace/{SAMPLE}/replace?find=calm+voice").html
