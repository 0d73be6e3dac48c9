"""What a law box and the register say about a law: name, official text, doubt, what happened since.

Holds the order in which facts become words; the judgement is `core.timeliness`. Called by `blocks` and `web`.
"""

from __future__ import annotations

from dataclasses import dataclass

from lms.core.legislation import Law
from lms.core.timeliness import ahead, falsified_by
from lms.rendering.anchors import Addresses
from lms.rendering.words import Voice


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
    since: tuple[str, ...]  # what happened after the statement was written
    ahead: tuple[str, ...]  # what will happen
    repealed: bool


def doubt_of(law: Law, voice: Voice) -> str:
    """Say how sure we are, when we are not."""
    if law.is_recalled:
        return voice.gettext("Written from general knowledge; not yet checked against the official text.")
    if law.unverified:
        return voice.gettext("Some details are still being checked against the official text.")
    return ""


def official_of(law: Law, voice: Voice) -> tuple[str, str]:
    """Give (address, note) of the official text; the note says in which language, if not the reader's."""
    tag, address = law.official_url(voice.locale)
    if not address or tag == voice.locale.split("-", maxsplit=1)[0]:
        return address, ""
    if tag == "en":
        return address, voice.gettext("official text in English only")
    return address, voice.gettext("official text in: %(language)s", language=voice.language(tag))


def facts_of(law: Law, as_of: str, today: str, voice: Voice, addresses: Addresses) -> LawFacts:
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
