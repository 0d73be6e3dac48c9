"""The thin line under the header that shows how far somebody is.

Holds the markup alone, so that a page drawn by a template and a hole of a prepared page look the same.
"""

from __future__ import annotations

from markupsafe import Markup, escape


def progress_line(done: int, total: int, words: str = "") -> Markup:
    """Draw the line; without words, which then stand elsewhere on the page, it is for the eyes alone.

    >>> progress_line(3, 24, "Lesson 4 of 24")
    Markup('<progress class="line" value="3" max="24" aria-label="Lesson 4 of 24"></progress>')
    >>> progress_line(3, 24)
    Markup('<progress class="line" value="3" max="24" aria-hidden="true"></progress>')
    """
    said = f'aria-label="{escape(words)}"' if words else 'aria-hidden="true"'
    return Markup(f'<progress class="line" value="{done:d}" max="{total:d}" {said}></progress>')  # noqa: S704  # escaped
