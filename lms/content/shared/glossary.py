"""The glossary: terms by id, each with its words to use and to avoid per language."""

from __future__ import annotations

from lms.content.files.files import Files
from lms.content.shapes.schemas import TermEntry
from lms.content.shapes.validation import doubled, validate_list
from lms.content.shapes.wording import words
from lms.core.courses.findings import Finding
from lms.core.legislation.register import Term

FILE = "courses/glossary.yaml"


def to_term(entry: TermEntry) -> Term:
    """Return the core term of an entry."""
    return Term(entry.id, words(entry.term), words(entry.definition), entry.reviewed, dict(entry.avoid))


def everyday(files: Files) -> frozenset[tuple[str, str]]:
    """Return (id, language) of the terms that are also everyday words, which need not be meant as terms."""
    entries, _ = validate_list(TermEntry, files.yaml(FILE))
    return frozenset((entry.id, tag) for entry in entries for tag in entry.everyday)


def read_glossary(files: Files) -> tuple[dict[str, Term], tuple[Finding, ...]]:
    """Read all terms; entries that are not whole are left out and reported."""
    source = files.yaml(FILE)
    entries, findings = validate_list(TermEntry, source)
    terms: dict[str, Term] = {}
    for entry in entries:
        terms.setdefault(entry.id, to_term(entry))
    return terms, (*findings, *doubled(source, (entry.id for entry in entries)))
