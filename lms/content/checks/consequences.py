"""What follows from another finding and is therefore not told: one slip in a file, one finding.

A file that cannot be read makes its other language look different, its ids look missing and links to it look
broken. Only the root is told; the rest, if there is any, shows once the root is mended.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from lms.core.courses.findings import Finding

#: Rules about a file that could not be read at all, or only in part.
ROOTS = frozenset({"file-encoding", "file-too-large", "yaml-syntax", "container-unclosed"})
_LINKS = frozenset({"link-lesson", "link-anchor"})
#: What only a shared file can answer, by the beginning of its path.
_SHARED = {
    "courses/glossary.yaml": frozenset({"link-term", "term-not-linked"}),
    "courses/legislation/": frozenset({"law-unknown", "law-reference", "link-page"}),
}
_OF_A_FOLDER = frozenset({"file-missing", "lesson-unlisted", "need-unknown", "quiz-few"})


def roots_alone(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Return findings without those that follow from a file that could not be read.

    >>> from lms.core.checks.rules import broken
    >>> from lms.core.courses.findings import Place
    >>> slip = broken("file-encoding", Place("courses/c/m/draft/01-a.en.md", 3))
    >>> blamed = broken("parity-extra", Place("courses/c/m/draft/01-a.fr.md", 1), other="01-a.en.md")
    >>> [found.rule for found in roots_alone([slip, blamed])]
    ['file-encoding']
    """
    found = tuple(findings)
    unread = {one.place.file for one in found if one.rule in ROOTS}
    return (one for one in found if one.rule in ROOTS or not _follows(one, unread))


def _follows(finding: Finding, unread: Collection[str]) -> bool:
    """Return whether a finding is about an unread file, its other language, or a way into it."""
    file = finding.place.file
    folder = file.rpartition("/")[0]
    if file in unread:
        return True
    if finding.rule.startswith("parity-"):
        return f"{folder}/{finding.params.get('other', '')}" in unread
    if finding.rule in _LINKS:
        return any(_leads_into(str(finding.params.get("target", "")), other, file) for other in unread)
    if any(finding.rule in rules and _any_below(start, unread) for start, rules in _SHARED.items()):
        return True
    return finding.rule in _OF_A_FOLDER and f"{folder}/module.yaml" in unread


def _any_below(start: str, files: Collection[str]) -> bool:
    return any(file.startswith(start) for file in files)


def _leads_into(target: str, unread: str, file: str) -> bool:
    """Return whether a link that was not found would lead into an unread file of the same course."""
    course, there = file.split("/")[1:2], unread.split("/")
    module, _, lesson = target.partition("#")[0].partition("/")
    if there[1:2] != course:
        return False
    return not lesson or (module in there and (there[-1] == "module.yaml" or lesson in there[-1]))
