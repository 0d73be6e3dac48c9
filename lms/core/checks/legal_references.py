"""Whether the text speaks of a law without naming its entry in the register.

Holds how laws are spoken of in English and French, and the names that the register knows. A reference is
covered when its run links to a law, when it stands in a law box, or (in a quiz) when the question says what
it rests on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lms.core.checks.rules import broken
from lms.core.courses.document import LawBox
from lms.core.courses.findings import Finding, Place
from lms.core.courses.walk import Run, links
from lms.core.legislation.register import Law

_ENGLISH = re.compile(
    r"\b(?:[Ss]ub)?(?:[Ss]ection|s\.) \d+(?:\.\d+)?(?:\(\w+\))* of\b"
    r"|\bBill (?:[CS]-)?\d+\b"
    r"|\b(?:R\.)?S\.[A-Z]\.(?:[A-Z]\.)? \d{4}\b|\bSOR/\d{4}-\d+"
    r"|\b(?:[A-Z][\w’-]+ (?:(?:of|and|for|the|to|on|with) )*){1,8}(?:Act|Code|Charter|Regulations?)\b"
)
_FRENCH = re.compile(
    r"\b(?:[Aa]rticle|art\.|[Pp]aragraphe) \d+(?:\.\d+)?(?:\(\w+\))* (?:de la|de l’|du|des)\b"
    r"|\b[Pp]rojets? de loi (?:no )?(?:[CS]-)?\d+\b"
    r"|\bL\.(?:R\.)?[A-Z]\.(?:[A-Z]\.)? \d{4}\b|\bDORS/\d{4}-\d+"
    r"|\b(?:Loi|Règlement|Charte|Code) (?:de \d{4} )?(?:sur |de la |de l’|des |du |canadienne?|fédérale?"
    r"|criminel |civil |visant |modifiant |concernant |assurant )[^.,;:!?«»()]{0,60}"
)
_NAMED_KINDS = frozenset({"statute", "regulation", "treaty", "case", "policy", "standard"})
_SUBTITLE = re.compile(r"\s*[(:]|,\s+(?:section|article|s\.|definition|définition)|\u00a0:")
_WORDS_OF_A_NAME = 2
_LETTERS_OF_A_NAME = 8


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The official names in one language, longest first, each with the laws that bear it."""

    laws: Mapping[str, frozenset[str]]
    pattern: re.Pattern[str] | None

    def names(self) -> tuple[str, ...]:
        """Return the names, longest first."""
        return tuple(self.laws)


def _short(title: str) -> str:
    """Return the name by which a law goes: its title without subtitle, place or section."""
    return _SUBTITLE.split(title, maxsplit=1)[0].strip()


def _is_name(name: str) -> bool:
    capitals = [word for word in name.split() if word[:1].isupper()]
    return len(name) >= _LETTERS_OF_A_NAME and len(name.split()) >= _WORDS_OF_A_NAME and bool(capitals)


def known_names(laws: Iterable[Law], language: str) -> KnownNames:
    """Collect the official names of the register in a language."""
    found: dict[str, set[str]] = {}
    for law in laws:
        if law.kind not in _NAMED_KINDS or language not in law.title:
            continue
        title = law.title[language]
        for name in {title, title if law.kind == "case" else _short(title)}:
            if _is_name(name):
                found.setdefault(name, set()).add(law.id)
    ordered = {name: frozenset(found[name]) for name in sorted(found, key=lambda name: (-len(name), name))}
    pattern = re.compile("|".join(rf"\b{re.escape(name)}(?!\w)" for name in ordered)) if ordered else None
    return KnownNames(ordered, pattern)


def _linked(run: Run) -> tuple[str, ...]:
    if isinstance(run.node, LawBox):
        return run.node.rests_on
    return tuple(link.target for link in links(run.content) if link.kind == "law")


def _uncovered(text: str, covered: Sequence[str], language: str, names: KnownNames) -> list[str]:
    """Return the references of a text that no entry stands behind."""
    found: list[str] = []
    if names.pattern is not None:
        hits = (hit[0] for hit in names.pattern.finditer(text))
        found.extend(name for name in hits if not names.laws[name] & set(covered))
        text = names.pattern.sub("…", text)
    if covered:
        return found
    pattern = {"en": _ENGLISH, "fr": _FRENCH}.get(language)
    return found + [hit[0].strip() for hit in pattern.finditer(text)] if pattern else found


def faults(
    runs: Iterable[Run], lang: str, file: str, names: KnownNames, rests_on: Sequence[str] = ()
) -> list[Finding]:
    """Find each reference to a law that names no register entry; `rests_on` covers all runs of a question."""
    language = lang.split("-", maxsplit=1)[0]
    if rests_on:
        return []
    return [
        broken("law-reference", Place(file, run.line), found=shown)
        for run in runs
        for shown in dict.fromkeys(_uncovered(run.text, _linked(run), language, names))
    ]
