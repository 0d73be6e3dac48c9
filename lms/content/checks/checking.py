"""The whole check of a site: every rule over every file, all findings at once.

Holds what is checked and in which order; the rules themselves live in `lms.core` and
`lms.content.checks.rules`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from lms.content.checks.consequences import roots_alone
from lms.content.checks.rules import courses, following, identities, needs, wording
from lms.content.checks.rules.check_context import CheckContext, a_context
from lms.content.files.files import Files, key_of, restored
from lms.content.library import Library
from lms.content.shapes.reading import Source
from lms.content.shared import glossary, helplines, register, search_words
from lms.core.checks.rules import broken
from lms.core.courses.findings import Finding, Place, Severity
from lms.core.courses.helplines import HelpLine, to_check
from lms.core.errors import Invalid
from lms.core.legislation.register import Register

_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.ADVICE: 2}
_SHARED_LOCALES = ("en", "fr")


def check_site(
    library: Library,
    today: date,
    released_ids: Mapping[str, Mapping[str, str]] | None = None,
    only: Sequence[str] = (),
) -> list[Finding]:
    """Check a site; `only` restricts to these courses, and to paths below the site.

    `released_ids` are the names (see `identities.names_of`) that the database knows beyond the seals on disk,
    by course.
    """
    files = library.files
    laws, law_faults = register.read_register(files)
    terms, term_faults = glossary.read_glossary(files)
    lines, line_faults = helplines.read_help_lines(files)
    _, word_faults = search_words.read_search_words(files)
    context = a_context(files, today, laws.laws, terms)
    findings = [*law_faults, *term_faults, *line_faults, *word_faults]
    findings += _shared(files, laws, lines, today)
    for course_id in library.courses():
        if _wanted(course_id, only):
            findings += check_course(library, course_id, context, (released_ids or {}).get(course_id, {}))
    findings += needs.faults(files, library.courses())
    return ordered(_restricted(roots_alone(findings), only))


def check_course(
    library: Library, course_id: str, context: CheckContext, released: Mapping[str, str] | None = None
) -> list[Finding]:
    """Check one course: its draft, and every seal of it.

    All its files are hashed each time; what was found for the very same bytes, register, glossary and day is
    kept.
    """
    digests = (*library.files.digests(f"courses/{course_id}"), *library.files.digests(f"quizzes/{course_id}"))
    key = key_of(digests, context.shared, context.today.isoformat(), sorted((released or {}).items()))
    found: tuple[Finding, ...] = library.files.kept(
        "course", key, lambda: tuple(_course(library, course_id, context, released))
    )
    return restored(found)


def _course(
    library: Library, course_id: str, context: CheckContext, released: Mapping[str, str] | None
) -> list[Finding]:
    findings: list[Finding] = []
    sealed: list[identities.Kinds] = [released] if released else []
    draft, newest = library.draft(course_id), None
    for version in library.versions(course_id):
        try:
            newest = library.release(course_id, version)
            sealed.append(identities.names_of(newest))
        except Invalid as fault:
            findings.extend(fault.findings)
    if newest is not None:
        findings += following.faults(draft, newest)
    return [*findings, *courses.faults(draft, sealed, context)]


def _shared(files: Files, laws: Register, lines: Sequence[HelpLine], today: date) -> list[Finding]:
    """Judge what all courses share: register, glossary, help lines, words to search by."""
    findings: list[Finding] = []
    sources = [files.yaml(f"{register.FOLDER}/{name}.yaml") for name in laws.laws]
    sources += [files.yaml(glossary.FILE), files.yaml(helplines.FILE)]
    sources += [files.yaml(search_words.FILE)] if files.exists(search_words.FILE) else []
    for source in sources:
        may_lack = ("url",) if _is_law(source) else ("avoid",)
        findings += wording.missing_locales(source, _SHARED_LOCALES, may_lack)
        findings += wording.spelling(source, _SHARED_LOCALES)
    if laws.review_by and laws.review_by < today.isoformat():
        findings.append(broken("register-review-past", Place(register.HEAD), review_by=laws.review_by))
    lines_source = files.yaml(helplines.FILE)
    stale = {line.id for line in to_check(tuple(lines), today)}
    findings += [
        broken("help-line-unchecked", lines_source.place((at,)), id=line.id)
        for at, line in enumerate(lines)
        if line.id in stale
    ]
    findings += [
        broken("help-line-source", lines_source.place((at,)), id=line.id)
        for at, line in enumerate(lines)
        if bool(line.sources) != bool(line.read)
    ]
    return findings


def _is_law(source: Source) -> bool:
    """Return whether this is a register file, whose addresses may well be missing in one language."""
    return source.file.startswith(register.FOLDER)


def _wanted(course_id: str, only: Sequence[str]) -> bool:
    """Return whether anything that was asked for lies in a course."""
    if not only:
        return True
    folders = (f"courses/{course_id}", f"quizzes/{course_id}")
    return any(
        path == course_id or any(_is_below(path, folder) or _is_below(folder, path) for folder in folders)
        for path in only
    )


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def _restricted(findings: Iterable[Finding], only: Sequence[str]) -> list[Finding]:
    """Keep the findings in the paths or courses asked for; all when nothing was."""
    folders = [
        folder
        for path in only
        for folder in ((path,) if "/" in path else (f"courses/{path}", f"quizzes/{path}", path))
    ]
    return [
        finding
        for finding in findings
        if not only or any(_is_below(finding.place.file, folder) for folder in folders)
    ]


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Put findings in the order in which one mends: what blocks first, then by file and place."""
    unique = {
        (
            _WEIGHT[found.severity],
            found.place.file,
            found.place.line,
            found.place.column,
            found.rule,
            repr(found.params),
        ): found
        for found in findings
    }
    return [unique[key] for key in sorted(unique)]
