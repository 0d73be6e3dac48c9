"""Where a module uses a word of the glossary first, and whether it is linked there.

Holds how terms are recognised in running text (paragraphs, lists, tables): whole words, their plurals, the
longest term first, capitals as the glossary writes them. What stands in headings, law boxes, quotes, quoted
speech, labels and links is not running text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from lms.core.checks.rules import broken
from lms.core.courses.document import (
    Checklist,
    Document,
    Emphasis,
    Figure,
    Foreign,
    Heading,
    Inline,
    InlineCode,
    InShort,
    JobAid,
    LawBox,
    Link,
    Quote,
    Recording,
    Step,
    Table,
)
from lms.core.courses.findings import Finding, Place
from lms.core.courses.walk import TITLED, Node, Run, inside, links, own_runs, text_of
from lms.core.legislation.register import Term

_APART = " | "  # stands for what is no running text, and joins nothing
_SPOKEN = re.compile(r"“[^“”]*”|«[^«»]*»")
_BEGINS = re.compile(r"(?:^|[.!?:…])[\s»”\u00a0]*$")
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_SMALL = 3  # letters of a word that has no plural of its own, such as "de"
_ALIKE = 3  # letters that two forms of one word share: sourd, sourde
_OWN_WORDS = (Heading, Quote, LawBox, Checklist, InShort, Recording, Step, *TITLED)
_WITHIN = (Quote, LawBox, Checklist, InShort, Recording)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms of one language as one pattern; group n belongs to `forms[n - 1]`: form and id of the term.

    `twins` are terms that differ from another one by a capital alone: at the beginning of a sentence nobody
    can tell which is meant.
    """

    pattern: re.Pattern[str] | None
    forms: tuple[tuple[str, str], ...]
    twins: frozenset[str]


NO_TERMS = Vocabulary(None, (), frozenset())


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a term in a lesson: linked, or found in its running text."""

    term: str
    is_linked: bool
    found: str
    line: int


# --- recognising ------------------------------------------------------------------------------------
def forms(text: str, language: str) -> tuple[str, ...]:
    """Return the forms that a glossary entry names.

    >>> forms("asexuel, asexuelle", "fr"), forms("interprète sourd ou sourde", "fr")
    (('asexuel', 'asexuelle'), ('interprète sourd', 'interprète sourde'))
    """
    plain = [part.strip() for part in _BRACKETS.sub("", text).split(",") if part.strip()]
    if language != "fr":
        return tuple(plain)
    return tuple(form for part in plain for form in _either(part))


def _either(part: str) -> tuple[str, ...]:
    first, _, other = part.partition(" ou ")
    stem, _, last = first.rpartition(" ")
    if not other or " " in other or other[:_ALIKE] != last[:_ALIKE]:
        return (part,)
    return first, f"{stem} {other}"


def _english(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{re.escape(word[:-1])}(?:y|ies)"
    if word.endswith("s"):
        return f"{re.escape(word[:-1])}s?" if not word.endswith("ss") else re.escape(word)
    return f"{re.escape(word)}(?:es|s)?" if word[-1:].isalpha() else re.escape(word)


def _french(word: str) -> str:
    if len(word) < _SMALL or not word[-1].isalpha() or word in {"des", "les", "pour", "du"}:
        return re.escape(word)
    if word.endswith(("s", "x", "z")):
        return f"{re.escape(word[:-1])}{word[-1]}?"
    return f"{re.escape(word)}[sx]?"


def _form(form: str, language: str) -> str:
    """Return the pattern of one form: in English the last word has a plural, in French each word."""
    words = form.split(" ")
    many = [_french(word) for word in words]
    if language != "fr":
        many = [*map(re.escape, words[:-1]), _english(words[-1])]
    text = r"[ \u00a0]".join(many)
    if form[:1].islower():
        text = f"[{re.escape(form[0])}{re.escape(form[0].upper())}]{text[len(re.escape(form[0])) :]}"
    return text


def vocabulary(terms: Iterable[Term], language: str) -> Vocabulary:
    """Put the terms of a language into one pattern, the longest first."""
    named = [
        (form, term.id)
        for term in terms
        if language in term.term
        for form in forms(term.term[language], language)
    ]
    ordered = sorted(named, key=lambda pair: (-len(pair[0]), pair[0][:1].islower(), pair[0]))
    lowered = [form.lower() for form, _ in ordered]
    groups = "|".join(f"({_form(form, language)})" for form, _ in ordered)
    return Vocabulary(
        re.compile(rf"(?<![\w-])(?:{groups})(?![\w-])") if ordered else None,
        tuple(ordered),
        frozenset(term for form, term in ordered if lowered.count(form.lower()) > 1),
    )


# --- reading ----------------------------------------------------------------------------------------
def _running(content: Iterable[Inline]) -> str:
    parts: list[str] = []
    for node in content:
        if isinstance(node, Emphasis):
            parts.append(_running(node.content))
        elif isinstance(node, Link | Foreign | InlineCode):
            parts.append(_APART)
        else:
            parts.append(text_of((node,)))
    return "".join(parts)


def _runs(nodes: Iterable[Node], *, running: bool = True) -> Iterator[tuple[Run, bool]]:
    """Return every stretch of words in the order of reading, and whether it is running text."""
    for node in nodes:
        own = running and not isinstance(node, _OWN_WORDS)
        yield from ((run, own and not _is_head(run)) for run in own_runs(node))
        kept = running and not isinstance(node, _WITHIN)
        aside = set(map(id, _aside(node)))
        for part in inside(node):
            yield from _runs((part,), running=kept and id(part) not in aside)


def _is_head(run: Run) -> bool:
    """Return whether a stretch of a table is its caption or names a column."""
    table = run.node
    return isinstance(table, Table) and any(run.content is head for head in (table.caption, *table.header))


def _aside(node: Node) -> Sequence[Node]:
    """Return what stands beside the text: a picture in words, the version for a client."""
    if isinstance(node, Figure):
        return node.description
    return node.client if isinstance(node, JobAid) else ()


def _matches(text: str, known: Vocabulary) -> Iterator[tuple[str, str]]:
    """Return each term that is met, with the words that were met.

    A word that the glossary writes small may have a capital where a sentence begins, and nowhere else.
    """
    if known.pattern is None:
        return
    for hit in known.pattern.finditer(text):
        form, term = known.forms[(hit.lastindex or 1) - 1]
        begins = _BEGINS.search(text[: hit.start()]) is not None
        is_raised = form[:1].islower() and hit[0][:1].isupper()
        if begins and hit[0][:1].isupper() and term in known.twins:
            continue
        if begins or not is_raised:
            yield term, hit[0]


def uses(document: Document, known: Vocabulary, names: re.Pattern[str] | None = None) -> tuple[Use, ...]:
    """Return the first use of each term in a lesson, and the first that is linked if that is another one.

    `names` are official names, in which no term is met. A link counts for its whole paragraph, item or cell.
    """
    found: dict[tuple[str, bool], Use] = {}
    for run, is_running in _runs(document.blocks):
        for link in links(run.content):
            if link.kind == "term":
                use = Use(link.target, is_linked=True, found=text_of(link.content), line=run.line)
                found.setdefault((use.term, True), use)
        text = _SPOKEN.sub(_APART, _running(run.content)) if is_running else ""
        for term, words in _matches(names.sub(_APART, text) if names else text, known):
            if (term, True) not in found:
                found.setdefault((term, False), Use(term, is_linked=False, found=words, line=run.line))
    return tuple(found.values())


def faults(
    lessons: Iterable[tuple[str, Sequence[Use]]], everyday: AbstractSet[str] = frozenset()
) -> list[Finding]:
    """Find the terms of a module (its lessons in order, in one language) whose first use is not linked.

    A word that is also an everyday word counts only in a module that links it: there its meaning is that of
    the glossary.
    """
    listed = [(file, use) for file, found in lessons for use in found]
    linked = {use.term for _, use in listed if use.is_linked}
    first: dict[str, tuple[str, Use]] = {}
    for file, use in listed:
        first.setdefault(use.term, (file, use))
    return [
        broken("term-not-linked", Place(file, use.line), found=use.found, term=term)
        for term, (file, use) in first.items()
        if not use.is_linked and (term in linked or term not in everyday)
    ]
