"""A guess at the language of a stretch of words: English, French, or another script.

Holds two lists of small words and the judgement "this is not in the language it says". A guess is only made
where there are enough small words; names and single words are left alone. Called by checks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from lms.core.document import Emphasis, Inline, Link
from lms.core.findings import Finding, Place
from lms.core.rules import broken
from lms.core.walk import Run, text_of

_ENGLISH = frozenset({
    "the", "and", "of", "to", "is", "are", "was", "were", "that", "this", "these", "those", "with", "for",
    "from", "you", "your", "they", "their", "them", "he", "she", "his", "her", "its", "it", "not", "have",
    "has", "had", "will", "would", "can", "could", "may", "should", "do", "does", "did", "by", "at", "be",
    "been", "which", "who", "what", "when", "where", "how", "why", "there", "then", "than", "about",
    "into", "over", "we", "our", "us", "my", "if", "but", "so", "because", "any", "some", "each", "every",
})  # fmt: skip
_FRENCH = frozenset({
    "le", "la", "les", "des", "du", "un", "une", "et", "est", "sont", "était", "que", "qui", "dans",
    "pour", "avec", "sur", "pas", "ne", "vous", "votre", "vos", "nous", "notre", "il", "elle", "ils",
    "elles", "leur", "leurs", "ce", "cette", "ces", "cet", "au", "aux", "se", "sa", "ses", "mais", "ou",
    "où", "donc", "comme", "être", "avoir", "peut", "peuvent", "fait", "quand", "comment", "pourquoi",
    "je", "tu", "mon", "ma", "mes", "y", "en", "lui", "été", "sans", "sous", "chez", "tout", "toute",
    "tous", "aussi", "très", "d", "l", "qu", "n", "s", "c", "j", "m",
})  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"«\s*([^«»]*?)\s*»|“([^“”]*)”")
_LATIN = "LATIN"
_LAST_LATIN = 0x24F  # the end of Latin Extended-B
_LEAST_WORDS = 4
_LEAST_HITS = 2
_SAMPLE = 60


def guess(text: str) -> str:
    """Give `en`, `fr` or nothing.

    >>> guess("Where do you want to go?"), guess("Qui est dans la salle?"), guess("Two-Spirit")
    ('en', 'fr', '')
    """
    found = [word.lower() for word in _WORD.findall(text)]
    if len(found) < _LEAST_WORDS:
        return ""
    english = sum(1 for word in found if word in _ENGLISH)
    french = sum(1 for word in found if word in _FRENCH)
    if max(english, french) < _LEAST_HITS or max(english, french) < 3 * min(english, french):
        return ""
    return "en" if english > french else "fr"


def script(text: str) -> str:
    """Give the script of the first letters that are not Latin, such as `ARABIC`; nothing for Latin text.

    >>> script("haere mai"), script("say مرحبا")
    ('', 'ARABIC')
    """
    for letter in text:
        if ord(letter) > _LAST_LATIN and letter.isalpha():
            name = unicodedata.name(letter, _LATIN).split()[0]
            if name not in {_LATIN, "MODIFIER"}:
                return name
    return ""


def _stretches(content: Iterable[Inline]) -> Iterator[str]:
    """Give the parts of a run that may well be foreign: quoted words and stressed words."""
    for node in content:
        if isinstance(node, Emphasis):
            yield text_of(node.content, foreign="")
        if isinstance(node, (Emphasis, Link)):
            yield from _stretches(node.content)


def _suspect(run: Run, language: str) -> str:
    own = text_of(run.content, foreign="")
    if script(own):
        return own
    quoted = (hit[1] or hit[2] or "" for hit in _QUOTED.finditer(own))
    for part in (own, *quoted, *_stretches(run.content)):
        if guess(part) not in {"", language}:
            return part
    return ""


def unmarked(runs: Iterable[Run], lang: str, file: str) -> list[Finding]:
    """Find runs, and quoted or stressed words in them, that are in another language and carry no `lang`."""
    language = lang.split("-", maxsplit=1)[0]
    if language not in {"en", "fr"}:
        return []
    suspects = ((run, _suspect(run, language)) for run in runs)
    return [
        broken("foreign-unmarked", Place(file, run.line), found=part[:_SAMPLE])
        for run, part in suspects
        if part
    ]


def faults(runs: Iterable[Run], lang: str, file: str) -> list[Finding]:
    """Find text in another language than its file says: the whole page, or runs that carry no `lang`."""
    language, listed = lang.split("-", maxsplit=1)[0], list(runs)
    page = guess(" ".join(text_of(run.content, foreign="") for run in listed))
    if language in {"en", "fr"} and page not in {"", language}:
        return [broken("language-wrong", Place(file, listed[0].line), expected=language, guess=page)]
    return unmarked(listed, lang, file)
