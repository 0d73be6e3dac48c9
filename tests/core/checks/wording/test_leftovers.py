"""Markup that shows as text is found, whatever it is and in every language; prose is left alone."""

from __future__ import annotations

import pytest

from lms.content.markup.lessons import read_lesson
from lms.core.checks.wording.leftovers import faults, leftover, wordless
from tests.builders_content import lesson, rules, stretches


def found(text: str, lang: str = "en") -> list[str]:
    raw = text.replace("~~~", "\u00a0").encode()
    return rules(read_lesson(raw, f"01-a.{lang}.md", lang).findings)


@pytest.mark.parametrize("lang", ["en", "fr", "es", "ar"])
@pytest.mark.parametrize(
    "text",
    [
        "##~~~The first words {#s1}",
        "##At the desk {#s2}",
        "#~~~A heading",
        "-~~~one\n-~~~two",
        "-one",
        "1.~~~One",
        "1.One",
        "Read [the act](https://example.org){target=_blank} first.",
        "A word {.big} here.",
        "Hello {{ name }}.",
        "A **~~~bold** word.",
        "An ==important== word, a ~~struck~~ one.",
        "A note[^1] here.",
        "See [[Other page]].",
        "[x] done",
        "See [this] (https://example.org).",
        "See [this][ref].",
        "| a | b |",
        "A &nbps; sign.",
        "Smile :smile: now.",
        "!!! note",
        "\\textbf stays.",
        "Title\n=====",
        "_~~~word_",
        "-- Aside --- here",
        "First line.\n|\\_/|",
    ],
)
def test_what_shows_as_text_is_found_in_every_language_alike(text: str, lang: str) -> None:
    assert set(found(text, lang)) == {"markup-shown"}


@pytest.mark.parametrize(
    "text",
    [
        "## Words {#s1}\n\nText with *stress*, `code {x}` and [a link](https://a.example/a_b?c=~d).",
        "A price \\* and a \\{brace\\}, AT\\&T; 9-8-8, 2SLGBTQIA+ & more.",
        "Write to a_b@example.org, save my_file.txt; my name is ____ (in full) [optional].",
        "– Bonjour, dit-elle.",
        "#MeToo began in 2006. 3.5 hours; -5 degrees.",
        "Table: Words {#t1 row-headers}\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        "**Note**- this",
    ],
)
def test_prose_and_what_is_escaped_pass(text: str) -> None:
    assert found(text) == []


def test_each_line_is_told_once_with_its_number() -> None:
    text = "First {a} and {b} and *c*{d}.\nSecond {c}."
    lines = [one.place.line for one in read_lesson(text.encode(), "a.md", "en").findings]
    assert lines == [1, 2]


def test_lines_that_begin_with_dashes_are_a_list_by_hand() -> None:
    assert found("– one\n– two") == ["list-by-hand"]
    assert found("– one") == []


def test_titles_and_texts_of_pictures_are_no_markdown() -> None:
    title = '::: scenario {#x1 title="A *good* day"}\n\nWords.\n\n::: discussion\n\nWords.\n\n:::\n\n:::'
    picture = '::: figure {#f1 src=media/a.svg alt="A `door`"}\n\nA door.\n\n:::'
    assert rules(faults(lesson(f"{title}\n\n{picture}"), "a.md")) == ["markup-shown"] * 2
    assert leftover("> quoted", starts=False) == ""


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("👉", 1),
        ("## 🎉 {#s1}", 1),
        ("- ✓\n- …", 2),
        ("Go to [👉](https://a.example).", 1),
        ("[👉](https://a.example)", 1),
        ("👉 Here we go.", 0),
        ("Table: T {#t1}\n\n| a | b |\n|---|---|\n| – | 2 |", 0),
    ],
)
def test_a_text_without_a_word_is_found(text: str, count: int) -> None:
    assert rules(wordless(tuple(stretches(text)), "a.md")) == ["words-missing"] * count
