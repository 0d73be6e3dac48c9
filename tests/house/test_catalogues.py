"""Catalogues: every sentence of the product is in them, in each language, set as that language is set."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.pofile import read_po

from tests.house.tree import PRODUCT, ROOT

FOLDER = ROOT / "translations"
SOURCE = "en"
LOCALES = sorted(
    {*(path.parent.parent.name for path in FOLDER.glob("*/LC_MESSAGES/messages.po")), "en", "fr"}
)
TRANSLATED = [locale for locale in LOCALES if locale != SOURCE]
NO_BREAK = "\u00a0"
ENTITY = re.compile(r"&\w+;")
HOLE = re.compile(r"%\((\w+)\)[sd]|{(\w+)}")
TEMPLATE_OPTIONS = {"silent": "false", "trim_blocks": "true", "lstrip_blocks": "true"}
#: Signs and words of the content format and of the register keep their own colon.
FORMAT_WORD = re.compile(r":::|\b(?:https|mailto|term|law|lesson|page|question|correct|Table):")
#: French as it is set in Canada: a no-break space before the colon and inside « », none before ; ! and ?.
FRENCH_FAULTS = {
    "a straight apostrophe": re.compile(r"\w'\w"),
    "a straight quotation mark": re.compile(r'"'),
    "no no-break space before a colon": re.compile(r"(?<=[^\u00a0\u202f\d]):(?=[\s)<]|$)"),
    "no no-break space before »": re.compile(r"(?<=[^\u00a0\u202f])»"),
    "a space before ; ! or ?": re.compile(r"[\s\u00a0\u202f][;!?](?!\w)"),
    "no no-break space after «": re.compile(r"«(?![\u00a0\u202f])"),
    "three dots": re.compile(r"\.\.\."),
}

Key = tuple[str | None, str | tuple[str, ...]]


def key(message: Message) -> Key:
    words = message.id
    return message.context, words if isinstance(words, str) else tuple(words)


def read(path: Path) -> Catalog:
    with path.open("rb") as stream:
        return read_po(stream, abort_invalid=True)


def said(catalog: Catalog) -> dict[Key, Message]:
    return {key(message): message for message in catalog if message.id}


@cache
def extracted() -> frozenset[Key]:
    """Give every sentence of the code and the templates, as `script/catalogues` finds them."""
    keywords = {**DEFAULT_KEYWORDS, **parse_keywords(["lazy_gettext"])}
    found = extract_from_dir(
        PRODUCT,
        method_map=[("**/templates/**", "jinja2"), ("**.py", "python")],
        options_map={"**/templates/**": TEMPLATE_OPTIONS},
        keywords=keywords,
    )
    return frozenset(
        (context, words if isinstance(words, str) else tuple(words)) for _, _, words, _, context in found
    )


def catalogue(locale: str) -> dict[Key, Message]:
    return said(read(FOLDER / locale / "LC_MESSAGES" / "messages.po"))


def faults(locale: str, wrong: Callable[[Message, list[str]], bool]) -> list[str]:
    return [
        str(message.id)
        for message in catalogue(locale).values()
        if wrong(
            message, [message.string] if isinstance(message.string, str) else list(message.string or [""])
        )
    ]


def apart(held: Iterable[object]) -> list[str]:
    """List what a catalogue has too much or too little, in a few lines."""
    return sorted(map(str, set(held) ^ set(extracted())))[:10]


def test_the_template_is_fresh() -> None:
    """`script/catalogues` brings it up to date."""
    assert apart(said(read(FOLDER / "messages.pot"))) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_each_catalogue_has_each_sentence_and_no_other(locale: str) -> None:
    assert apart(catalogue(locale)) == []


@pytest.mark.parametrize("locale", TRANSLATED)
def test_each_sentence_is_translated_by_a_person(locale: str) -> None:
    assert faults(locale, lambda message, strings: message.fuzzy or not all(strings)) == []


@pytest.mark.parametrize("locale", TRANSLATED)
def test_translations_keep_the_holes(locale: str) -> None:
    def differ(message: Message, strings: list[str]) -> bool:
        wanted = set(HOLE.findall(message.id if isinstance(message.id, str) else message.id[-1]))
        return any(set(HOLE.findall(string)) - wanted for string in strings) or wanted != set(
            HOLE.findall(strings[-1])
        )

    assert faults(locale, differ) == []


def french_faults(string: str) -> list[str]:
    text = FORMAT_WORD.sub("", ENTITY.sub("", string.replace("&nbsp;", NO_BREAK)))
    return [fault for fault, pattern in FRENCH_FAULTS.items() if pattern.search(text)]


def test_the_eye_for_french_itself() -> None:
    good = (
        f"L’avis{NO_BREAK}: «{NO_BREAK}oui{NO_BREAK}»! À 12:30, <b>voir</b>? &amp; https://a.ca; law: et :::"
    )
    assert french_faults(good) == []
    for bad in (
        "l'avis",
        'un "mot"',
        "Avis :",
        "les mots:",
        "Quoi ?",
        f"Ah{NO_BREAK}!",
        "«oui",
        "oui »",
        "etc...",
    ):
        assert len(french_faults(bad)) == 1, bad


def test_french_is_set_as_french() -> None:
    assert faults("fr", lambda _, strings: any(french_faults(string) for string in strings)) == []


def test_english_uses_typographic_signs() -> None:
    straight = [words for _, words in extracted() if re.search(r"\w'\w|\"|\.\.\.", " ".join(words))]
    assert [
        words for words in straight if isinstance(words, tuple) or re.search(r"\w'\w|\"|\.\.\.", words)
    ] == []
