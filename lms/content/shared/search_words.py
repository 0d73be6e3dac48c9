"""Other words for what the courses speak of, by which people look for it: `courses/search-words.yaml`.

A site need not have the file. Nothing in it is shown, and no seal holds it.
"""

from __future__ import annotations

from lms.content.files.files import Files
from lms.content.shapes.schemas import SearchWordsEntry
from lms.content.shapes.validation import doubled, validate_list
from lms.core.courses.findings import Finding
from lms.core.publishing.site import Expressions

FILE = "courses/search-words.yaml"


def read_search_words(files: Files) -> tuple[tuple[Expressions, ...], tuple[Finding, ...]]:
    """Read all groups of expressions; entries that are not whole are left out and reported."""
    if not files.exists(FILE):
        return (), ()
    source = files.yaml(FILE)
    entries, findings = validate_list(SearchWordsEntry, source)
    faults = (*findings, *doubled(source, (entry.id for entry in entries)))
    return tuple(entry.words for entry in entries), faults
