"""Short texts that stand side by side in YAML files: no required language is missing, each is well written.

Holds judgements over course, module, quiz, glossary and register files alike. Called by `courses` and
`checking`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lms.content.markdown import has_markup, to_blocks
from lms.content.reading import Path, Source
from lms.content.report import Notebook
from lms.content.rules.context import Context
from lms.core import languages, legal_references, readability, terminology, typography
from lms.core.document import Paragraph, Text
from lms.core.findings import Finding
from lms.core.rules import broken
from lms.core.walk import Run, runs


@dataclass(frozen=True, slots=True)
class Said:
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


def said(source: Source, locales: Sequence[str], path: Path = ()) -> Iterator[Said]:
    """Give every text of a file in the languages asked for."""
    for place, entry in _maps(_at(source.value, path), path):
        for locale in locales:
            text = entry.get(locale)
            if isinstance(text, str):
                yield Said(locale, text, (*place, locale))


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


def _runs(source: Source, texts: Sequence[Said]) -> list[Run]:
    """Give the texts as runs; one that holds Markdown is read first, so that marked words count as marked."""
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


def faults(
    source: Source, locales: Sequence[str], context: Context, *, path: Path = (), rests_on: Sequence[str] = ()
) -> list[Finding]:
    """Judge texts that learners read: how they are set, their language, the laws they name, their length."""
    findings: list[Finding] = []
    for locale in locales:
        stretches, file = _runs(source, list(said(source, (locale,), path))), source.file
        names = context.known_names(locale)
        findings += typography.faults(stretches, locale, file)
        findings += languages.unmarked(stretches, locale, file)
        findings += legal_references.faults(stretches, locale, file, names, rests_on)
        findings += readability.lengths(stretches, locale, file, names.names())
        findings += terminology.avoided_words(stretches, file, context.avoided_words(locale))
    return findings
