"""Whatever is seen or heard can be had another way."""

from __future__ import annotations

import pytest

from lms.core.checks.alternatives import faults
from tests.builders_content import lesson, rules

DESCRIBED = "\n\n::: description\n\nAll of it.\n\n:::"
TRANSCRIPT = "\n\n::: transcript\n\nAll of it.\n\n:::"


def found(head: str, inside: str = "") -> list[str]:
    return rules(faults(lesson(f"::: {head}\n\nCaption.{inside}\n\n:::"), "a.md"))


@pytest.mark.parametrize(
    ("head", "inside"),
    [
        ('figure {#f1 src=media/a.svg alt="A door and a chair"}', DESCRIBED),
        ('figure {#f1 src=media/door.svg alt="Door"}', DESCRIBED),
        ("figure {#f1 src=media/a.svg decorative}", ""),
        ("video {#v1 src=media/a.webm described}", TRANSCRIPT),
        ("video {#v1 src=media/a.webm}", TRANSCRIPT + DESCRIBED),
        ("audio {#a1 src=media/a.wav}", TRANSCRIPT),
    ],
)
def test_what_has_its_alternative_passes(head: str, inside: str) -> None:
    assert found(head, inside) == []


@pytest.mark.parametrize(
    ("head", "inside", "expected"),
    [
        ("figure {#f1 src=media/a.svg}", DESCRIBED, "alt-missing"),
        ('figure {#f1 src=media/a.svg alt="a.svg"}', DESCRIBED, "alt-file-name"),
        ('figure {#f1 src=media/front-door.svg alt="front-door"}', DESCRIBED, "alt-file-name"),
        ('figure {#f1 src=media/a.svg alt="IMG_2034"}', DESCRIBED, "alt-file-name"),
        *(
            (f'figure {{#f1 src=media/a.svg alt="{alt}"}}', DESCRIBED, "alt-says-nothing")
            for alt in (
                "image",
                "Photo",
                "The picture",
                "Une illustration",
                "Imagen",
                "图片",
                "…",
                "👉",
                "Figure 2",
                "png",
                "x",
            )
        ),
        ('figure {#f1 src=media/a.svg alt="Image of a door"}', DESCRIBED, "alt-picture-of"),
        ('figure {#f1 src=media/a.svg alt="Une image d’une porte"}', DESCRIBED, "alt-picture-of"),
        (f'figure {{#f1 src=media/a.svg alt="{"long " * 26}"}}', DESCRIBED, "alt-long"),
        ('figure {#f1 src=media/a.svg decorative alt="A line"}', "", "alt-decorative"),
        ('figure {#f1 src=media/a.svg alt="A door"}', "", "description-missing"),
        ("video {#v1 src=media/a.webm described}", "", "transcript-missing"),
        ("video {#v1 src=media/a.webm}", TRANSCRIPT, "video-undescribed"),
    ],
)
def test_each_fault_is_found(head: str, inside: str, expected: str) -> None:
    assert found(head, inside) == [expected]


def test_an_alternative_that_repeats_the_caption_says_nothing() -> None:
    text = f'::: figure {{#f1 src=media/a.svg alt="The door."}}\n\nThe door{DESCRIBED}\n\n:::'
    assert rules(faults(lesson(text), "a.md")) == ["alt-says-nothing"]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("20 20 Open door", "80 20 A seat"), []),
        (("50 20 Open door", "50 50 A seat"), []),
        (("50 50 Open door", "55 50 A seat"), ["label-room"]),
        (("0 50 Open door",), ["label-room"]),
        (("50 100 Open door",), ["label-room"]),
        ((f"50 50 {'long ' * 7}",), ["label-long"]),
    ],
)
def test_labels_have_room_on_a_phone(labels: tuple[str, ...], expected: list[str]) -> None:
    shown = ""
    for label in labels:
        across, down, words = label.split(" ", maxsplit=2)
        shown += f'\n\n::: label {{at="{across} {down}"}}\n\n{words}\n\n:::'
    assert found('figure {#f1 src=media/a.svg alt="A door and a chair"}', shown + DESCRIBED) == expected
