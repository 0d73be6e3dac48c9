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
SHORT = 2  # words: what is longer says itself which sense it has
ONE_SENSE = ROOT / "tests" / "house" / "words_with_one_sense.txt"
LOCALES = sorted(
    {*(path.parent.parent.name for path in FOLDER.glob("*/LC_MESSAGES/messages.po")), "en", "fr"}
)
TRANSLATED = [locale for locale in LOCALES if locale != SOURCE]
NO_BREAK = "\u00a0"
ENTITY = re.compile(r"&\w+;")
HOLE = re.compile(r"%\((\w+)\)[sd]|{(\w+)(?:!r)?}")
TEMPLATE_OPTIONS = {"silent": "false", "trim_blocks": "true", "lstrip_blocks": "true"}
#: Signs and words of the content format and of the register keep their own colon.
FORMAT_WORD = re.compile(r":::|\b(?:https|mailto|term|law|lesson|page|question|correct|Table):")
#: French as it is set in Canada: a no-break space before the colon and inside « », none before ; ! and ?.
FRENCH_FAULTS = {
    "a straight apostrophe": re.compile(r"\w'\w"),
    "a straight quotation mark": re.compile(r'"'),
    "no no-break space before a colon": re.compile(r"(?<=[^\u00a0\u202f\d]):(?=[\s)<]|$)"),
    "no no-break space before »": re.compile(r"(?<=[^\u00a0\u202f])»"),
    "a space before ; ! or ?": re.compile(r"(?<!«)[\s\u00a0\u202f][;!?](?!\w)"),  # a sign that is quoted may
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
    """Return every sentence of the code and the templates, as `script/catalogues` finds them."""
    keywords = {**DEFAULT_KEYWORDS, **parse_keywords(["lazy_gettext", "NP_:1c,2", "NN_:1,2"])}
    found = extract_from_dir(
        PRODUCT,
        method_map=[
            ("**/templates/**", "jinja2"),
            ("cli/**.py", "tests.house.help_texts:extract"),
            ("**.py", "python"),
        ],
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


@pytest.mark.parametrize("locale", LOCALES)
def test_a_plural_has_each_of_its_forms(locale: str) -> None:
    """English, where it is written again at all, too; Babel counts an entry with an empty form as done."""
    forms = read(FOLDER / locale / "LC_MESSAGES" / "messages.po").num_plurals
    found = {message.id: tuple(message.string or ()) for message in catalogue(locale).values()}
    counted = {words: said for words, said in found.items() if isinstance(words, tuple)}
    assert forms == 2
    assert [words for words, said in counted.items() if len(said) != forms] == []
    assert [words for words, said in counted.items() if any(said) and not all(said)] == []


def test_the_law_has_a_date_in_one_wording() -> None:
    french = {words: message.string for (_, words), message in catalogue("fr").items()}
    dated = {words: said for words, said in french.items() if "law as of" in str(words).lower()}
    assert len(dated) > 2
    assert [words for words, said in dated.items() if "État du droit au" not in str(said)] == []
    assert [
        said for words, said in french.items() if "État du droit au" in str(said) and words not in dated
    ] == []


@pytest.mark.parametrize("locale", TRANSLATED)
def test_translations_keep_the_holes(locale: str) -> None:
    def differ(message: Message, strings: list[str]) -> bool:
        told = [message.id] if isinstance(message.id, str) else list(message.id)
        holes = [set(HOLE.findall(sentence)) for sentence in told]
        known = set().union(*holes)
        return any(set(HOLE.findall(string)) - known for string in strings) or holes[-1] != set(
            HOLE.findall(strings[-1])
        )

    assert faults(locale, differ) == []


def french_faults(string: str) -> list[str]:
    text = FORMAT_WORD.sub("", ENTITY.sub("", string.replace("&nbsp;", NO_BREAK)))
    return [fault for fault, pattern in FRENCH_FAULTS.items() if pattern.search(text)]


def test_the_eye_for_french_itself() -> None:
    good = (
        f"L’avis{NO_BREAK}: «{NO_BREAK}oui{NO_BREAK}»! À 12:30, <b>voir</b>? &amp; https://a.ca; law: et :::"
        f" «{NO_BREAK}!{NO_BREAK}»"
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


def used_in_several_places() -> set[str]:
    """Return short words without a stated sense that stand in more than one file."""
    found = read(FOLDER / "messages.pot")
    return {
        message.id
        for message in found
        if isinstance(message.id, str) and message.id and message.context is None
        if len(message.id.split()) <= SHORT and len({place for place, _ in message.locations}) > 1
    }


def test_a_word_with_two_senses_has_two_entries() -> None:
    """Somebody has looked at each short word that is used twice; another sense takes `pgettext` or `NP_`."""
    looked_at = set(ONE_SENSE.read_text("utf-8").splitlines())
    assert sorted(used_in_several_places() - looked_at) == []
    assert sorted(looked_at - used_in_several_places()) == []
