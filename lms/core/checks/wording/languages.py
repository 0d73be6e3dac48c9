"""A guess at the language of a stretch of words, by its small words, its letters or its script.

Holds the judgement "this is not in the language it says". A guess is only made where there is enough to go
by; names and single words are left alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from lms.core.checks.rules import broken
from lms.core.checks.wording.small_words import OWN_WORDS, SMALL_WORDS
from lms.core.courses.document import Emphasis, Inline, Link
from lms.core.courses.findings import Finding, Place
from lms.core.courses.walk import Run, text_of

_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"«\s*([^«»]*?)\s*»|“([^“”]*)”")
#: Letters and signs that neither English nor French is written with; in small letters, since names have them.
_FOREIGN = re.compile(r"[ñßãõøåæłşğıőűřěăđơưżźśćčšžșțąęůə\u1e00-\u1eff]")
_FOREIGN_SIGNS = re.compile(r"[¿¡]\s?\w")
_USUAL = ("en", "fr")
_LATIN = "LATIN"
_LAST_LATIN = 0x24F  # the end of Latin Extended-B
_SENTENCE = re.compile(r"(?<=[.!?…»”])\s+")
_LEAST_WORDS = 4
_LONG_SENTENCE = 8  # words; so many without a single small word are in no language that we expect
_LISTED = 3  # signs between parts; a list may do without small words
_BETWEEN = re.compile(r"[,;:]")
_LEAST_HITS = 2
_TIMES = 3
_SAMPLE = 60
#: The languages that each small word is of: a word is looked up once, however many languages there are.
_LANGUAGES_OF = {
    word: tuple(tag for tag, words in SMALL_WORDS.items() if word in words)
    for word in frozenset().union(*SMALL_WORDS.values())
}


def guess(text: str, language: str = "") -> str:
    """Return the language of a text, or nothing; `language` is the one that it says it is in.

    >>> guess("Where do you want to go?"), guess("Qui est dans la salle?"), guess("Two-Spirit")
    ('en', 'fr', '')
    >>> guess("Wo ist die Stelle für uns?", "en"), guess("Onde está o escritório?", "fr")
    ('de', 'pt')
    """
    found = _WORD.findall(text.lower())
    if len(found) < _LEAST_WORDS:
        return ""
    hits = dict.fromkeys(SMALL_WORDS, 0)
    for word in found:
        for tag in _LANGUAGES_OF.get(word, ()):
            hits[tag] += 1
    best = max(hits, key=lambda tag: hits[tag])
    against = (language,) if language in hits else _USUAL
    rival = max((hits[tag] for tag in against if tag != best), default=0)
    return best if hits[best] >= max(_LEAST_HITS, _TIMES * rival) else ""


def _is_foreign(text: str) -> bool:
    """Return whether a text has a question that is opened by a sign, or words in letters of other languages.

    >>> _is_foreign("¿Cómo estás?"), _is_foreign("xin cảm ơn bạn"), _is_foreign("Peña, jalapeño")
    (True, True, False)
    """
    if _FOREIGN_SIGNS.search(text):
        return True
    if not _FOREIGN.search(text):  # as nearly always
        return False
    words = [word for word in _WORD.findall(text) if word.islower() and _FOREIGN.search(word)]
    return len(words) >= _LEAST_HITS


def _is_unknown(text: str, language: str) -> bool:
    """Return whether a sentence of some length has not one small word of its language, whatever it is in.

    >>> _is_unknown("Maligayang pagdating sa aming tahanan, umupo po kayo muna.", "en")
    True
    >>> _is_unknown("Age, language, race, gender, faith, health, status, skills", "en")
    False
    >>> _is_unknown("Notes : messages seulement, jamais téléphone, mots neutres, pronoms choisis", "fr")
    False
    """
    for sentence in _SENTENCE.split(text):
        words = _WORD.findall(sentence.lower())
        if (
            len(words) >= _LONG_SENTENCE
            and len(_BETWEEN.findall(sentence)) < _LISTED
            and OWN_WORDS[language].isdisjoint(words)
        ):
            return True
    return False


def script(text: str) -> str:
    """Return the script of the first letters that are not Latin, such as `ARABIC`; nothing for Latin text.

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
    """Return the parts of a run that may well be foreign: quoted words and stressed words."""
    for node in content:
        if isinstance(node, Emphasis):
            yield text_of(node.content, foreign="")
        if isinstance(node, (Emphasis, Link)):
            yield from _stretches(node.content)


def _suspect(run: Run, language: str) -> str:
    own = text_of(run.content, foreign="")
    if language in SMALL_WORDS and script(own):  # those are written in Latin letters
        return own
    quoted = (hit[1] or hit[2] or "" for hit in _QUOTED.finditer(own))
    for part in (own, *quoted, *_stretches(run.content)):
        usual = language in _USUAL and (_is_foreign(part) or _is_unknown(part, language))
        if usual or guess(part, language) not in {"", language}:
            return part
    return ""


def unmarked(runs: Iterable[Run], lang: str, file: str) -> list[Finding]:
    """Find runs, and quoted or stressed words in them, that are in another language and carry no `lang`."""
    suspects = ((run, _suspect(run, lang.split("-", maxsplit=1)[0])) for run in runs)
    return [
        broken("foreign-unmarked", Place(file, run.line), found=part[:_SAMPLE])
        for run, part in suspects
        if part
    ]


def faults(runs: Iterable[Run], lang: str, file: str) -> list[Finding]:
    """Find text in another language than its file says: the whole page, or runs that carry no `lang`."""
    language, listed = lang.split("-", maxsplit=1)[0], list(runs)
    words = " ".join(text_of(run.content, foreign="") for run in listed)
    page = "" if language not in SMALL_WORDS and script(words) else guess(words, language)
    if page not in {"", language}:
        return [broken("language-wrong", Place(file, listed[0].line), expected=language, guess=page)]
    return unmarked(listed, lang, file)
