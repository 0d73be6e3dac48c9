"""The forms of the register editor: an event, a new entry, what was read."""

from __future__ import annotations

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField

from lms.core.legislation.entries import KINDS, LAW_KINDS, STANDINGS, EnteredEvent, EnteredLaw
from lms.core.legislation.register import RECALLED, VERIFIED
from lms.web.shell.forms import Form
from lms.web.shell.i18n import current_locale
from lms.web.words import legal_words

_EN, _FR = "en", "fr"


def _yes_no() -> list[tuple[str, str]]:
    return [("yes", gettext("Yes")), ("no", gettext("No"))]


class EventForm(Form):
    """Something that happened to a law, or will."""

    event = SelectField(lazy_gettext("What happened"), validate_choice=False)
    date = StringField(lazy_gettext("Date"))
    words_en = StringField(lazy_gettext("In English"))
    words_fr = StringField(lazy_gettext("In French"))
    material = RadioField(lazy_gettext("Can it make a statement in a course false?"), validate_choice=False)
    certainty = RadioField(
        lazy_gettext("Did you read it in an official text?"), default=RECALLED, validate_choice=False
    )
    source = StringField(lazy_gettext("Where you read it"))
    read = StringField(lazy_gettext("The day you read it"))

    def fill(self) -> None:
        """Put the choices into words."""
        kinds = [(kind, legal_words.happened(kind)) for kind in KINDS]
        self.event.choices = [("", gettext("Choose…")), *kinds]
        self.material.choices = _yes_no()
        self.certainty.choices = [(VERIFIED, gettext("Yes")), (RECALLED, gettext("Not yet"))]

    def entered(self) -> EnteredEvent:
        """Return what was typed."""
        return EnteredEvent(
            date=(self.date.data or "").strip(),
            event=self.event.data or "",
            material=self.material.data or "",
            certainty=self.certainty.data or RECALLED,
            source=self.source.data or "",
            read=(self.read.data or "").strip(),
            words={_EN: self.words_en.data or "", _FR: self.words_fr.data or ""},
        )


class ReadForm(Form):
    """That an entry was read in an official text."""

    source = StringField(lazy_gettext("Where you read it"))
    read = StringField(lazy_gettext("The day you read it"))
    settled = SelectMultipleField(lazy_gettext("What you were able to check"), validate_choice=False)


class LawForm(Form):
    """A new entry of the register."""

    title_en = StringField(lazy_gettext("Name in English"))
    title_fr = StringField(lazy_gettext("Name in French"))
    official = BooleanField(lazy_gettext("The French name is official"))
    jurisdiction = SelectField(lazy_gettext("Where it applies"), validate_choice=False)
    kind = SelectField(lazy_gettext("Type"), validate_choice=False)
    status = SelectField(lazy_gettext("Status"), validate_choice=False)
    citation_en = StringField(lazy_gettext("Citation in English"))
    citation_fr = StringField(lazy_gettext("Citation in French"))
    meaning_en = StringField(lazy_gettext("What it means, in English"))
    meaning_fr = StringField(lazy_gettext("What it means, in French"))
    url_en = StringField(lazy_gettext("Address of the official text in English"))
    url_fr = StringField(lazy_gettext("Address of the official text in French"))
    topics = SelectMultipleField(lazy_gettext("Subject"), validate_choice=False)
    source = StringField(lazy_gettext("Where you read it"))
    read = StringField(lazy_gettext("The day you read it"))

    def fill(self, places: tuple[str, ...], topics: tuple[str, ...]) -> None:
        """Put the choices into words."""
        locale, first = current_locale(), ("", gettext("Choose…"))
        words = legal_words
        self.jurisdiction.choices = [first, *words.choices(words.REGIONS, places, locale)]
        self.kind.choices = [first, *words.choices(words.KINDS, LAW_KINDS, locale)]
        self.status.choices = [first, *((one, words.said(words.STATUSES, one)) for one in STANDINGS)]
        self.topics.choices = words.choices(words.TOPICS, topics, locale)

    def _both(self, name: str) -> dict[str, str]:
        return {tag: (self._fields[f"{name}_{tag}"].data or "").strip() for tag in (_EN, _FR)}

    def entered(self) -> EnteredLaw:
        """Return what was typed."""
        return EnteredLaw(
            jurisdiction=self.jurisdiction.data or "",
            kind=self.kind.data or "",
            status=self.status.data or "",
            title=self._both("title"),
            official=bool(self.official.data),
            citation=self._both("citation"),
            meaning=self._both("meaning"),
            url=self._both("url"),
            topics=tuple(self.topics.data or ()),
            source=self.source.data or "",
            read=(self.read.data or "").strip(),
        )
