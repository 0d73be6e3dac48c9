"""The linter of pages sees each fault that it is for, and none on a good page."""

from __future__ import annotations

import pytest

from tests.page_lint import lint

PAGE = """<!doctype html><html lang="en" dir="ltr"><head><title>A page</title></head>
<body><header><details><summary>Menu</summary><p>x</p></details></header>
<main><h1>A page</h1>{}</main></body></html>"""


def test_a_good_page_has_no_fault() -> None:
    good = """
<figure><img src="x.svg" alt="A door"><figcaption>A door</figcaption></figure>
<table><thead><tr><th scope="col">A</th></tr></thead><tbody><tr><td>B</td></tr></tbody></table>
<p role="status" tabindex="-1" autofocus>Saved.</p><p role="status"></p>
<p role="status" data-saved="Saved.">Not saved yet.</p>
"""
    assert lint(PAGE.format(good)) == []


@pytest.mark.parametrize(
    ("fault", "body"),
    [
        ("role row on a native tr", "<table><tbody><tr role=row><td>A</td></tr></tbody></table>"),
        ("role cell on a native td", "<table><tbody><tr><td role=cell>A</td></tr></tbody></table>"),
        (
            "figcaption is neither first nor last in its figure",
            "<figure><img src=x alt=x><figcaption>A</figcaption><p>B</p></figure>",
        ),
        ("what was done does not take the focus: 'Saved.'", "<p role=status>Saved.</p>"),
        ("outside every landmark: 'More'", "</main><details><summary>More</summary></details><main>"),
        ("2 h1", "<h1>Again</h1>"),
        ("id 'a' stands twice", "<p id=a>A</p><p id=a>B</p>"),
        ("input 'x' has no label", "<input name=x>"),
    ],
)
def test_the_linter_sees(fault: str, body: str) -> None:
    assert fault in lint(PAGE.format(body))
