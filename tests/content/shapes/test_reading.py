"""YAML 1.2 with places: every surprise is refused with its line, and nothing raises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.content.shapes.reading import MAX_BYTES, MOST_FAULTS, read_yaml


def read(text: str) -> object:
    source = read_yaml(text.encode(), "a.yaml")
    assert source.findings == ()
    return source.value


def faults(text: str) -> list[tuple[str, int, int]]:
    source = read_yaml(text.encode(), "a.yaml")
    return [(found.rule, found.place.line, found.place.column) for found in source.findings]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: no\nb: NO\nc: on", {"a": "no", "b": "NO", "c": "on"}),
        ("a: true\nb: False", {"a": True, "b": False}),
        ("a: ~\nb:\nc: null", {"a": None, "b": None, "c": None}),
        ("a: 1\nb: -2\nc: 1.10\nd: .inf", {"a": 1, "b": -2, "c": 1.1, "d": float("inf")}),
        ("a: \"1\"\nb: 'true'", {"a": "1", "b": "true"}),
        ("a: 2026-11-22\nb: 12:30:45\nc: 0o17", {"a": "2026-11-22", "b": "12:30:45", "c": "0o17"}),
        ("true: a\n1: b", {"true": "a", "1": "b"}),
        ("- a\n- [b, {c: d}]\n- - e", ("a", ("b", {"c": "d"}), ("e",))),
        ("a: {}\nb: []", {"a": {}, "b": ()}),
        ("a: |\n  x\n  y\n", {"a": "x\ny\n"}),
        ("", None),
        ("just words", "just words"),
        ("\ufeffa: 1", {"a": 1}),
        ("a: {b: Why not?, c: 'd'}", {"a": {"b": "Why not?", "c": "d"}}),
        (
            'a: b\u2028c\nd: "e\u2029f"\ng\u2028h: {i: j\u2028k}',
            {
                "a": "b\u2028c",
                "d": "e\u2029f",
                "g\u2028h": {"i": "j\u2028k"},
            },
        ),
        ("a: |\n  x\u2028y\n  z\n", {"a": "x\u2028y\nz\n"}),
    ],
)
def test_values_are_what_yaml_1_2_says(text: str, value: object) -> None:
    assert read(text) == value


def test_every_part_knows_its_place() -> None:
    source = read_yaml(b"a:\n  b: [x,\n    y]\n", "a.yaml")
    assert source.places == {
        (): (1, 1),
        ("a",): (1, 1),
        ("a", "b"): (2, 3),
        ("a", "b", 0): (2, 7),
        ("a", "b", 1): (3, 5),
    }
    assert (source.place(("a", "b", 1)).line, source.place(("a", "z", "y")).line) == (3, 1)
    assert read_yaml(b"", "a.yaml").place(("a",)).line == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: [1\nb: 2", [("yaml-syntax", 2, 2)]),
        ("a: 1\na: 2", [("yaml-duplicate-key", 2, 1)]),
        ("a: &x 1\nb: *x", [("yaml-alias", 1, 4)]),
        ("a: *x", [("yaml-alias", 1, 4)]),
        ("a: &x [1]", [("yaml-alias", 1, 4)]),
        ("a: !!str 1", [("yaml-tag", 1, 4)]),
        ("a: !!python/object:os.system [x]", [("yaml-tag", 1, 4)]),
        ("a: " + "9" * 19, [("yaml-long-number", 1, 4)]),
        ("[" * 21 + "]" * 21, [("yaml-too-deep", 1, 21)]),
        ("a:" + "\n- b" * 5001 + "\n- !!str c", [("yaml-too-many", 5003, 3)]),
        ("a:" + "\n- b" * 5000, []),
        ("".join(f"k{at}: 1\n" for at in range(5001)) + "z: !!str 1", [("yaml-too-many", 5002, 1)]),
        ("? [a]\n: b", [("yaml-syntax", 1, 3)]),
        ("a: 1\n---\nb: 2", [("yaml-syntax", 2, 1)]),
        ("a: \x07", [("character-unusable", 1, 4)]),
        ('a: "\\UFFFFFFFF"', [("yaml-syntax", 1, 7)]),
        ("a: *so*, b", [("yaml-alias", 1, 7)]),
        ("a: & b", [("yaml-alias", 1, 5)]),
        ("a: b\x85c", [("character-unusable", 1, 4)]),
        ("a: b\u2028c\ue000", [("character-unusable", 1, 4)]),
        ("\ta: 1", [("yaml-syntax", 1, 1)]),
    ],
)
def test_each_surprise_is_refused_where_it_stands(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert faults(text) == expected


def test_a_file_that_leaves_no_sign_to_stand_in_is_refused() -> None:
    assert faults("a: \u2028" + "".join(map(chr, range(0xE000, 0xF8FF))))


def test_several_faults_are_told_at_once() -> None:
    assert [rule for rule, _, _ in faults("a: 1\na: !!str 2\nb: " + "1" * 30)] == [
        "yaml-duplicate-key",
        "yaml-tag",
        "yaml-long-number",
    ]


@pytest.mark.parametrize("text", ["\x01\n" * 900_000, "- !!str a\n" * 101, '- "\\x01"\n' * 101])
def test_no_more_than_a_hundred_faults_of_one_file_are_told(text: str) -> None:
    found = read_yaml(text.encode(), "a.yaml").findings
    assert [one.place.line for one in found] == list(range(1, MOST_FAULTS + 1))


def test_a_file_that_is_no_utf_8_or_too_large_is_refused() -> None:
    assert [found.rule for found in read_yaml("é".encode("latin-1"), "a.yaml").findings] == ["file-encoding"]
    assert [found.rule for found in read_yaml(b" " * (MAX_BYTES + 1), "a.yaml").findings] == [
        "file-too-large"
    ]


@given(st.text(alphabet="ab:-[]{}!&*?|>'\"\\ \n\t#,0é~", max_size=60))
def test_nothing_raises(text: str) -> None:
    read_yaml(text.encode(), "a.yaml")


@given(st.binary(max_size=80))
def test_no_bytes_raise(raw: bytes) -> None:
    read_yaml(raw, "a.yaml")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('a: "x \\0 y"\n', [(1, 4, "U+0000")]),
        ('a: "\\uE000token\\uE001"\n', [(1, 4, "U+E000"), (1, 4, "U+E001")]),
        ("a:\n- b\n- c \ue000 d\n", [(3, 3, "U+E000")]),
        ('"k\\x07": 1\n', [(1, 1, "U+0007")]),
        ('a: "&#xE000;"\n', [(1, 4, "U+E000")]),
        ("a: b\nc: d \x00 e \x00\n", [(2, 6, "U+0000")]),
        ("# a note \x1b\na: b\n", [(1, 10, "U+001B")]),
        ("a: b \x7f\n", [(1, 6, "U+007F")]),
    ],
)
def test_a_character_that_nobody_can_read_is_said_where_it_stands(
    text: str, where: list[tuple[int, int, str]]
) -> None:
    found = read_yaml(text.encode(), "a.yaml").findings
    assert {one.rule for one in found} == {"character-unusable"}
    assert [(one.place.line, one.place.column, one.params["found"]) for one in found] == where


def test_lines_of_other_systems_are_no_fault() -> None:
    source = read_yaml(b'a: b\r\nc: "d\\te"\r\n', "a.yaml")
    assert (source.value, source.findings) == ({"a": "b", "c": "d\te"}, ())
