"""A text may name a page of the site; a page that the site does not offer is an error."""

from __future__ import annotations

import pytest

from lms.content.markup.lessons import read_lesson
from lms.core.checks.parity import differences, skeleton
from lms.core.courses.document import SITE_PAGES
from lms.core.courses.walk import all_links


@pytest.mark.parametrize("name", sorted(SITE_PAGES))
def test_a_page_of_the_site_can_be_named(name: str) -> None:
    read = read_lesson(f"See [the page](page:{name}).\n".encode(), "01-a.en.md", "en")
    assert read.findings == ()
    assert [(link.kind, link.target) for link, _ in all_links(read.document.blocks)] == [("page", name)]


@pytest.mark.parametrize("name", ["admin", "", "support/", "../support", "SUPPORT"])
def test_any_other_page_is_an_error_and_its_words_stay(name: str) -> None:
    read = read_lesson(f"First.\n\nSee [the page](page:{name}).\n".encode(), "01-a.en.md", "en")
    assert [(found.rule, found.place.line) for found in read.findings] == [("link-page", 3)]
    assert list(all_links(read.document.blocks)) == []


def test_a_page_named_in_one_language_only_is_a_difference() -> None:
    with_link = read_lesson(b"Help is at [support near you](page:support).\n", "01-a.en.md", "en")
    without = read_lesson("De l’aide existe.\n".encode(), "01-a.fr.md", "fr")
    found = differences(
        skeleton(without.document.blocks), skeleton(with_link.document.blocks), "01-a.fr.md", "01-a.en.md"
    )
    assert [(finding.rule, finding.params["links"]) for finding in found] == [
        ("parity-links", "page:support")
    ]
