"""What a law box and the register say about a law: name, official text, doubt, what happened since.

Holds the order in which facts become words; the judgement is `core.legislation.timeliness`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from lms.core.legislation.register import Law
from lms.core.legislation.timeliness import ahead, falsified_by
from lms.rendering.lessons.anchors import Addresses
from lms.rendering.words.marks import NP_
from lms.rendering.words.translator import Translator


@dataclass(frozen=True, slots=True)
class LawFacts:
    """A law as a page names it; empty texts are not shown."""

    title_lang: str
    title: str
    gloss: str  # a courtesy translation of a title that has no official one
    citation: str
    official_url: str
    official_note: str  # when the official text is not in the reader's language
    page: str  # its page in the register
    doubt: str
    mark: str  # the doubt in two or three words, to stand where the law is named
    is_checked: bool  # whether anybody has read the official text for it
    since: tuple[str, ...]  # what happened after the statement was written
    ahead: tuple[str, ...]  # what will happen
    repealed: bool


@dataclass(frozen=True, slots=True)
class Reliance:
    """How sure several laws are, to be said in one paragraph."""

    checked: str  # the day, when any of them was checked
    in_part: tuple[LawFacts, ...]
    unchecked: tuple[LawFacts, ...]

    @classmethod
    def of(cls, laws: Sequence[LawFacts], checked: str) -> Self:
        """Put laws together by how sure they are."""
        return cls(
            checked if any(law.is_checked for law in laws) else "",
            tuple(law for law in laws if law.is_checked and law.doubt),
            tuple(law for law in laws if not law.is_checked),
        )


def held_sentence(voice: Translator, since: str, ask: str) -> str:
    """Return the sentence that a hold says as long as nobody writes another one; `ask` is who knows more."""
    return voice.gettext(
        "This may have changed on %(date)s. Do not rely on it. Ask %(who)s.", date=voice.date(since), who=ask
    )


def whom_to_ask(voice: Translator) -> str:
    """Return whom a hold says to ask as long as nobody names somebody else."""
    return voice.gettext("your manager or a legal clinic")


def mark_of(law: Law, voice: Translator) -> str:
    """Return the mark of a law that is not wholly checked; nothing for one that is."""
    if law.is_recalled:
        return voice.sense("law", NP_("law", "not checked yet"))
    return voice.sense("law", NP_("law", "still being checked")) if law.unverified else ""


def doubt_of(law: Law, voice: Translator) -> str:
    """Return how sure we are, when we are not."""
    if law.is_recalled:
        return voice.gettext("Written from general knowledge; not yet checked against the official text.")
    if law.unverified:
        return voice.gettext("Some details are still being checked against the official text.")
    return ""


def official_of(law: Law, voice: Translator) -> tuple[str, str]:
    """Return (address, note) of the official text; the note says in which language, if not the reader's."""
    tag, address = law.official_url(voice.locale)
    if not address or tag == voice.locale.split("-", maxsplit=1)[0]:
        return address, ""
    if tag == "en":
        return address, voice.gettext("official text in English only")
    return address, voice.gettext("official text in %(language)s", language=voice.language(tag))


def facts_of(law: Law, as_of: str, today: str, voice: Translator, addresses: Addresses) -> LawFacts:
    """Put together what stands under a statement."""
    (lang, title), gloss = law.title.best(voice.locale), ""
    if voice.locale.startswith("fr") and not law.title_fr_official and "en" in law.title:
        gloss, (lang, title) = (
            title,
            ("en", law.title["en"]),
        )  # content guide 8.2: the official title is quoted
    url, note = official_of(law, voice)
    return LawFacts(
        title_lang=lang,
        title=title,
        gloss="" if gloss == title else gloss,
        citation=law.citation.text(voice.locale) if law.citation.by_locale else "",
        official_url=url,
        official_note=note,
        page=addresses.law(law.id),
        doubt=doubt_of(law, voice),
        mark=mark_of(law, voice),
        is_checked=not law.is_recalled,
        since=tuple(
            voice.gettext(
                "Since %(date)s: %(what)s", date=voice.date(event.date), what=event.words.text(voice.locale)
            )
            for event in falsified_by(law, as_of, today)
        ),
        ahead=tuple(
            voice.gettext(
                "On %(date)s: %(what)s", date=voice.date(event.date), what=event.words.text(voice.locale)
            )
            for event in ahead(law, today)
        ),
        repealed=law.is_repealed,
    )
