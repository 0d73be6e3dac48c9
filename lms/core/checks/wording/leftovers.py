"""Markup that is shown as text, and text in which nothing can be read: signs where words belong.

What Markdown does not know, it shows as it stands: braces behind a link, a heading whose space is a no-break
space, marks of another notation. Holds which signs prose does not have, in every language alike; a sign that
an author means is written with a backslash before it, or as code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lms.core.checks.rules import broken
from lms.core.courses.document import Document, Figure
from lms.core.courses.findings import Finding, Place
from lms.core.courses.walk import TITLED, Run, links, text_of, walk

#: Anywhere in a line; addresses are taken out before.
_SIGNS = re.compile(
    r"""\{[^{}]*\}? | \}                                 # attributes, templates
      | \*+ | `+ | \\ | \^ | \|                          # stress, code, escapes, notes, tables
      | ~~ | (?<!\S)~[^\s~]+~ | == | \+\+[^\s+]+\+\+     # struck out, lowered, marked, added
      | (?<!\w)_+(?=[^\W_]) | (?<=[^\W_])_+(?!\w)        # stress
      | \#{2,} | :{3,} | (?<![\w:])::(?=\w) | -{3,}      # headings, containers, rules
      | (?<!\S):[a-z][a-z0-9_+-]*:(?!\w)                 # names of signs
      | </?[A-Za-z][^<>]*> | <!--                        # HTML
      | &(?:\#\d+|\#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);
      | \]\( | \]\[ | \[\[ | \[[\^!/] | \[[ xX]?\](?=\s)""",
    re.VERBOSE,
)
#: At the beginning of a line.
_STARTS = re.compile(
    r"""\#+(?=\s) | >                                    # headings, quotes
      | [-+](?:[^\S ]|(?=[^\W\d_])) | \d{1,3}[.)](?:[^\S ]|(?=[^\W\d]))   # lists
      | !!!|\.\.\s""",
    re.VERBOSE,
)
_PARTED_LINK = re.compile(r"\]\s+\((?=[a-z]+:\S|#)")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")
_DASHES = re.compile(r"[\s–—-]+")
_AROUND = 24


def leftover(line: str, *, starts: bool = True) -> str:
    """Return the first stretch of a line that is markup and no word; `starts` says that a line begins here.

    >>> leftover("## The first words"), leftover("the act{target=_blank}")
    ('## The first words', '{target=_blank}')
    >>> leftover("Write to us – today (or call)."), leftover("2SLGBTQIA+, 9-8-8 & more")
    ('', '')
    """
    words = _ADDRESS.sub(lambda found: "x" * len(found[0]), line)
    met = _STARTS.match(words) if starts else None
    met = met or _SIGNS.search(words) or _PARTED_LINK.search(line)
    if met is None:
        return ""
    return line[met.start() : max(met.end(), met.start() + _AROUND)].strip(" ")


def is_wordless(text: str) -> bool:
    """Return whether a text is there, and nothing in it can be said: no letter, no digit; dashes say "none".

    >>> is_wordless("👉"), is_wordless("…"), is_wordless("–"), is_wordless("é"), is_wordless(" ")
    (True, True, False, False, False)
    """
    return bool(text.strip()) and not any(sign.isalnum() for sign in text) and not _DASHES.fullmatch(text)


def wordless(runs: tuple[Run, ...], file: str) -> Iterator[Finding]:
    """Find stretches without a word, and links in them: a picture made of signs, an emoji alone."""
    for run in runs:
        parts = (run.text,) if is_wordless(run.text) else (text_of(one.content) for one in links(run.content))
        for part in parts:
            if is_wordless(part):
                yield broken("words-missing", Place(file, run.line), found=part.strip())


def faults(document: Document, file: str) -> Iterator[Finding]:
    """Find markup in what is no Markdown: titles of boxes, texts of pictures."""
    for node in walk(document.blocks):
        text = node.title if isinstance(node, TITLED) else node.alt if isinstance(node, Figure) else ""
        if found := leftover(text):
            yield broken("markup-shown", Place(file, node.line), found=found)
