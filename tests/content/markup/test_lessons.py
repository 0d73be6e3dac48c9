"""Markdown with containers: every block, each with its line; every fault, each with its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.content.markup.attributes import parse_attributes
from lms.content.markup.lessons import read_lesson
from lms.core.courses.document import (
    Break,
    Emphasis,
    Foreign,
    Heading,
    InlineCode,
    InShort,
    Link,
    ListBlock,
    Paragraph,
    Quote,
    Table,
    Text,
)
from lms.core.courses.walk import text_of, walk


def read(text: str) -> tuple[object, ...]:
    found = read_lesson(text.encode(), "a.md", "en")
    assert found.findings == ()
    return found.document.blocks


def faults(text: str) -> list[tuple[str, int]]:
    return [(found.rule, found.place.line) for found in read_lesson(text.encode(), "a.md", "en").findings]


def test_inline_marks() -> None:
    (block,) = read("a *b* **c** `d` [e](term:x) [f]{lang=haw} \\[g\\]\\\nh &amp; i\nj {#p1}")
    assert block == Paragraph(
        (
            Text("a "),
            Emphasis((Text("b"),)),
            Text(" "),
            Emphasis((Text("c"),), strong=True),
            Text(" "),
            InlineCode("d"),
            Text(" "),
            Link("term", "x", (Text("e"),)),
            Text(" "),
            Foreign("haw", (Text("f"),)),
            Text(" [g]"),
            Break(),
            Text("h & i j"),
        ),
        "p1",
        1,
    )


@pytest.mark.parametrize(
    ("target", "kind", "rest"),
    [
        ("term:x", "term", "x"),
        ("law:y", "law", "y"),
        ("lesson:m/l#s1", "lesson", "m/l#s1"),
        ("page:support", "page", "support"),
        ("mailto:a@example.org", "mail", "a@example.org"),
        ("#s1", "anchor", "s1"),
        ("https://example.org/a", "outside", "https://example.org/a"),
    ],
)
def test_links_are_told_apart(target: str, kind: str, rest: str) -> None:
    (block,) = read(f"[w]({target})")
    assert isinstance(block, Paragraph)
    assert block.content == (Link(kind, rest, (Text("w"),)),)


def test_marks_nest() -> None:
    (block,) = read("[**a** [b]{lang=mi}](https://example.org) and [*c*]{lang=fr}")
    assert isinstance(block, Paragraph)
    link = block.content[0]
    assert isinstance(link, Link)
    assert link.content == (Emphasis((Text("a"),), strong=True), Text(" "), Foreign("mi", (Text("b"),)))
    assert block.content[2] == Foreign("fr", (Emphasis((Text("c"),)),))


@pytest.mark.parametrize(
    "text", ["[a]{lang=}", "[a]{x=y}", "[a]{lang=fr x}", "[a] {lang=fr}", "[a]{#b lang=fr}", "a [b"]
)
def test_what_is_no_foreign_run_stays_text(text: str) -> None:
    (block,) = read_lesson(text.encode(), "a.md", "en").document.blocks
    assert isinstance(block, Paragraph)
    assert all(isinstance(node, Text) for node in block.content)


def test_blocks_and_their_lines() -> None:
    blocks = read(
        "## A {#s1}\n\n- one\n\n  two\n- three\n\n3. x\n\nTable: Cap {#t1 row-headers}\n\n"
        "| a | b |\n|---|---|\n| 1 | *2* |\n\n> Said\n> more\n> — Who\n"
    )
    heading, bullets, numbers, table, quote = blocks
    assert heading == Heading(2, (Text("A"),), "s1", 1)
    assert isinstance(bullets, ListBlock)
    assert [(item.line, len(item.content)) for item in bullets.items] == [(3, 2), (6, 1)]
    assert isinstance(numbers, ListBlock)
    assert (numbers.ordered, numbers.start, numbers.line) == (True, 3, 8)
    assert isinstance(table, Table)
    assert (table.caption, table.id, table.row_headers, table.line) == ((Text("Cap"),), "t1", True, 12)
    assert table.rows == (((Text("1"),), (Emphasis((Text("2"),)),)),)
    assert quote == Quote((Paragraph((Text("Said more"),), "", 16),), (Text("Who"),), "", 16)


@pytest.mark.parametrize(
    ("text", "said", "source"),
    [
        ("> Said — not a source", "Said — not a source", ""),
        ("> Said\n>\n> — [Who](https://a.example)", "Said", "Who"),
        ("> — Who", "", "Who"),
        ("> Said — so\n> — Who", "Said — so", "Who"),
    ],
)
def test_a_quote_and_its_source(text: str, said: str, source: str) -> None:
    (quote,) = read(text)
    assert isinstance(quote, Quote)
    assert "".join(text_of(part.content) for part in quote.content if isinstance(part, Paragraph)) == said
    assert text_of(quote.source) == source


def test_a_quote_may_end_in_a_list_and_be_empty() -> None:
    (quote,) = read("> - a")
    assert isinstance(quote, Quote)
    assert quote.source == ()
    assert isinstance(read(">")[0], Quote)


@pytest.mark.parametrize(
    "text", ["| a |\n|---|", "*x*\n\n| a |\n|---|\n| 1 |", "Words.\n\n| a |\n|---|\n| 1 |"]
)
def test_a_table_without_a_caption_has_none(text: str) -> None:
    table = read(text)[-1]
    assert isinstance(table, Table)
    assert table.caption == ()


def test_a_caption_may_be_all_marks_and_french() -> None:
    (table,) = read("Tableau\u00a0: *Tout*\n| a |\n|---|\n| 1 |")
    assert isinstance(table, Table)
    assert table.caption == (Emphasis((Text("Tout"),)),)


def test_windows_line_ends_and_code_marks_do_no_harm() -> None:
    assert read("::: key-point\r\n\r\nWords.\r\n\r\n:::\r\n") == read("::: key-point\n\nWords.\n\n:::\n")
    assert faults("```\n::: x\n```\n\n~~~\n:::\n~~~") == [
        ("markdown-unsupported", 1),
        ("markdown-unsupported", 5),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a <b>c</b>", [("raw-html", 1), ("raw-html", 1)]),
        ("a\n\n<div>\nx\n</div>", [("raw-html", 3)]),
        ("![x](media/a.svg)", [("markdown-unsupported", 1)]),
        ("a\n\n---", [("markdown-unsupported", 3)]),
        ("# A", [("heading-level", 1)]),
        ("##### A", [("heading-level", 1)]),
        ("a\\\nb [c](ftp://x)", [("link-address", 2)]),
        ("[a]{lang=x_y}", [("language-tag", 1)]),
        ("## A {#s1 x=y}", [("attribute-syntax", 1)]),
        ("## A {#s1 #s2}", [("attribute-syntax", 1)]),
        ("a {#p1 flag}", [("attribute-syntax", 1)]),
        ("::: nothing\n\na\n\n:::", [("container-unknown", 1)]),
        ("::: key-point\n\na", [("container-unclosed", 1)]),
        ("a\n\n:::", [("container-stray-close", 3)]),
        ("::: key-point {#a\n\nx\n\n:::", [("attribute-syntax", 1)]),
        ('::: key-point {#a x="b}\n\nx\n\n:::', [("attribute-syntax", 1)]),
        ("::: key-point words\n\nx\n\n:::", [("attribute-syntax", 1)]),
        ("::: discussion\n\nx\n\n:::", [("container-misplaced", 1)]),
        ("::: key-point\n\n::: law\n\nx\n\n:::\n\n:::", [("container-misplaced", 3)]),
        ("::: key-point\n\n:::", [("container-content", 1)]),
        ("::: in-short\n\nx\n\n:::", [("container-content", 1)]),
        ("::: in-short\n\n- a\n- b\n- - c\n\n:::", [("container-content", 1)]),
        ("::: in-short\n\n- a\n\n:::", [("in-short-three", 1)]),
        ("::: checklist {#c1 title=x}\n\nx\n\n:::", [("container-content", 1)]),
        ("::: scenario {#c1 title=x}\n\nx\n\n:::", [("container-content", 1)]),
        ("::: branching {#c1 title=x}\n\nx\n\n:::", [("container-content", 1)]),
    ],
)
def test_each_fault_is_found_on_its_line(text: str, expected: list[tuple[str, int]]) -> None:
    found = faults(text)
    assert [one for one in found if one in expected] == expected


LAW = "::: law {#l1 rests-on=x as-of=2026-01-01 review-by=2026-06-01}"


LABEL = '::: label {{at="{0}"}}\n\n{1}\n\n:::'
LABELLED = "::: figure {{#f1 src=a alt=b}}\n\n{0}\n\n:::"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{LAW}\n\na\n\nb\n\n:::", [("container-content", 1)]),
        (f"{LAW}\n\n- a\n\n:::", [("container-content", 1)]),
        (f"{LAW.replace('2026-01-01', 'soon')}\n\na\n\n:::", [("attribute-value", 1)]),
        ("::: content-note {#n1 minutes=1 skip-to=s1}\n\na\n\n:::", [("container-content", 1)]),
        (
            "::: content-note {#n1 minutes=many skip-to=s1}\n\na\n\n:::",
            [("attribute-value", 1), ("container-content", 1)],
        ),
        ("::: figure {#f1}\n\n:::", [("attribute-missing", 1)]),
        ("::: figure {#f1 src=a colour=red}\n\n:::", [("attribute-unknown", 1)]),
        (LABELLED.format(f"{LABEL.format('20 85', 'Door')}\n\n{LABEL.format('5 5', 'Seat')}"), []),
        *(
            (LABELLED.format(LABEL.format(at, "Door")), [("attribute-value", 3)])
            for at in ("middle", "20", "21 85", "20 83", "20 105")
        ),
        (LABELLED.format(LABEL.format("20 85", "- Door")), [("container-content", 3)]),
        (LABEL.format("5 5", "Door"), [("container-misplaced", 1)]),
        ("::: step {#a}\n\nx\n\n:::", [("container-misplaced", 1)]),
        ("::: reflection {#r1}\n\n:::", [("container-content", 1)]),
    ],
)
def test_each_container_says_what_it_needs(text: str, expected: list[tuple[str, int]]) -> None:
    assert sorted(faults(text)) == sorted(expected)


BRANCHING = '::: branching {{#b1 title="x"}}\n\n::: step {{#a}}\n\n{0}\n\n:::\n\n:::'


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("Words.\n\n- [Go](#b)", []),
        ("Words.\n\n- Not a choice", []),
        ("Words.\n\n- [Go](#b)\n- Not a choice", [("container-content", 3)]),
        ("Words.\n\n- [Go](https://a.example)", []),
        ("- [Go](#b)", [("container-content", 3)]),
    ],
)
def test_choices_are_links_and_nothing_else(inside: str, expected: list[tuple[str, int]]) -> None:
    assert faults(BRANCHING.format(inside)) == expected


def test_an_unknown_container_is_read_all_the_same() -> None:
    found = read_lesson(b"::: nothing\n\n[](ftp://x)\n\n:::", "a.md", "en")
    assert [finding.rule for finding in found.findings] == ["container-unknown", "link-address"]
    assert len(found.document.blocks) == 1


def test_a_container_that_stands_twice() -> None:
    text = (
        '::: scenario {#c1 title="x"}\n\na\n\n::: discussion\n\nb\n\n:::\n\n::: discussion\n\nc\n\n:::\n\n:::'
    )
    assert faults(text) == [("container-twice", 11)]


def test_in_short_keeps_what_can_be_read() -> None:
    (block,) = read("::: in-short\n\n- a\n- *b*\n- c\n\n:::")
    assert block == InShort(((Text("a"),), (Emphasis((Text("b"),)),), (Text("c"),)), 1)


def test_a_file_that_cannot_be_decoded_is_an_empty_lesson() -> None:
    found = read_lesson(b"\xff", "a.md", "en")
    assert [finding.rule for finding in found.findings] == ["file-encoding"]
    assert found.document.blocks == ()


@pytest.mark.parametrize(
    ("text", "ident", "values", "flags", "fault"),
    [
        ("", "", {}, set(), ""),
        ("#a b=c d", "a", {"b": "c"}, {"d"}, ""),
        ('b="c d" b="e"', "", {"b": "c d"}, set(), 'b="e"'),
        ("#a #b", "a", {}, set(), "#b"),
        ('a="b', "", {}, set(), 'a="b'),
        ("A=b", "", {}, set(), "A=b"),
        ('a=""', "", {"a": ""}, set(), ""),
    ],
)
def test_attributes(text: str, ident: str, values: dict[str, str], flags: set[str], fault: str) -> None:
    found = parse_attributes(text)
    assert (found.id, dict(found.values), set(found.flags), found.fault) == (ident, values, flags, fault)


@given(st.text(alphabet='#:{}[]()*_`<>|-\\ \n"=ab1.~&!', max_size=120))
def test_nothing_raises_and_every_line_exists(text: str) -> None:
    found = read_lesson(text.encode(), "a.md", "en")
    lines = text.count("\n") + 1
    assert all(0 <= finding.place.line <= lines for finding in found.findings)
    assert all(0 <= getattr(node, "line", 0) <= lines for node in walk(found.document.blocks))


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("Say \ue000token\ue001.", [(1, 5, "U+E000"), (1, 11, "U+E001")]),
        ("One\n\nSay &#xE000;token&#57345;.", [(3, 5, "U+E000"), (3, 18, "U+E001")]),
        ('::: scenario {#s1 title="A \x00 B"}\n\nText\n\n:::', [(1, 28, "U+0000")]),
        ("[words](https://www.example.org/?\ue000)", [(1, 34, "U+E000")]),
        ("a \x07 b \x07 c", [(1, 3, "U+0007")]),
    ],
)
def test_a_character_that_nobody_can_read_is_found(text: str, where: list[tuple[int, int, str]]) -> None:
    found = [
        one for one in read_lesson(text.encode(), "a.md", "en").findings if one.rule == "character-unusable"
    ]
    assert [(one.place.line, one.place.column, one.params["found"]) for one in found] == where
