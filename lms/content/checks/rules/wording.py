"""Short texts that stand side by side in YAML files: no required language is missing, each is well written.

Holds judgements over course, module, quiz, glossary and register files alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lms.content.checks.rules.check_context import CheckContext
from lms.content.markup.markdown import has_markup, to_blocks
from lms.content.markup.report import Notebook
from lms.content.shapes.reading import Path, Source
from lms.core.checks import legal_references
from lms.core.checks.rules import broken
from lms.core.checks.wording import languages, leftovers, readability, terminology, typography
from lms.core.courses.document import Block, Paragraph, Text
from lms.core.courses.findings import Finding
from lms.core.courses.walk import Run, runs


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """One text in one language, and where it stands."""

    locale: str
    text: str
    path: Path


def _maps(value: object, path: Path) -> Iterator[tuple[Path, dict[str, object]]]:
    if isinstance(value, dict):
        yield path, value
        for key, part in value.items():
            yield from _maps(part, (*path, key))
    elif isinstance(value, tuple):
        for at, part in enumerate(value):
            yield from _maps(part, (*path, at))


def said(source: Source, locales: Sequence[str], path: Path = ()) -> Iterator[LocalizedText]:
    """Return every text of a file in the languages asked for."""
    for place, entry in _maps(_at(source.value, path), path):
        for locale in locales:
            text = entry.get(locale)
            if isinstance(text, str):
                yield LocalizedText(locale, text, (*place, locale))


def _at(value: object, path: Path) -> object:
    for key in path:
        value = value[key]  # type: ignore[index]
    return value


def missing_locales(
    source: Source, required: Sequence[str], but: Sequence[str] = ("avoid",)
) -> list[Finding]:
    """Find texts that exist in one required language and not in another, `but` for what may well lack one."""
    findings: list[Finding] = []
    for path, entry in _maps(source.value, ()):
        present = [locale for locale in required if locale in entry]
        lacking = [locale for locale in required if locale not in entry]
        if present and lacking and not set(path[-1:]) & set(but):
            findings.append(broken("locale-missing", source.place(path), locales=", ".join(lacking)))
    return findings


def _runs(source: Source, texts: Sequence[LocalizedText]) -> list[Run]:
    """Return the texts as runs; Markdown is read first, so that marked words count as marked."""
    found: list[Run] = []
    for part in texts:
        line = source.place(part.path).line
        if has_markup(part.text):
            found.extend(runs(to_blocks(part.text, line, Notebook(source.file))))
        else:
            found.append(Run(Paragraph((Text(part.text),), "", line), (Text(part.text),), line, part.text))
    return found


def spelling(source: Source, locales: Sequence[str]) -> list[Finding]:
    """Judge only how texts are set."""
    return [
        finding
        for locale in locales
        for finding in typography.faults(_runs(source, list(said(source, (locale,)))), locale, source.file)
    ]


def plain(source: Source, locales: Sequence[str]) -> Iterator[Finding]:
    """Find Markdown, and markup of any other kind, in texts that are shown as written: titles, outcomes."""
    for part in said(source, locales):
        place, notes = source.place(part.path), Notebook(source.file)
        blocks = to_blocks(part.text.strip(), place.line, notes)
        found = next((str(one.params.get("found", part.text)) for one in notes.findings), "")
        if not found and not _is_plain(blocks):
            found = part.text.strip()
        if found:
            yield broken("markup-shown", place, found=found)


def _is_plain(blocks: Sequence[Block]) -> bool:
    """Return whether Markdown finds nothing but words in a text."""
    only = blocks[0] if len(blocks) == 1 else None
    return isinstance(only, Paragraph) and all(isinstance(node, Text) for node in only.content)


def faults(
    source: Source,
    locales: Sequence[str],
    context: CheckContext,
    *,
    path: Path = (),
    rests_on: Sequence[str] = (),
) -> list[Finding]:
    """Judge texts that learners read: how they are set, their language, the laws they name, their length."""
    findings: list[Finding] = []
    for locale in locales:
        stretches, file = _runs(source, list(said(source, (locale,), path))), source.file
        findings += leftovers.wordless(tuple(stretches), file)
        names = context.known_names(locale)
        findings += typography.faults(stretches, locale, file)
        findings += languages.unmarked(stretches, locale, file)
        findings += legal_references.faults(stretches, locale, file, names, rests_on)
        findings += readability.lengths(stretches, locale, file, names.names())
        findings += terminology.avoided_words(stretches, file, context.avoided_words(locale))
    return findings
