"""What somebody typed into a form that was refused, under the labels they know, so that they can copy it.

Everything else that a form sends (hidden fields, secrets, what was chosen but for what a message is about) is
never shown again: its names and values are ours, and say nothing to anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask_babel import gettext

from lms.rendering.words.marks import N_

#: Each field of ours in which people type words of their own, by the name under which it is sent.
LABELS: Mapping[str, str] = {
    "name": N_("Name"),
    "email": N_("Email address"),
    "sign_in_name": N_("Sign-in name"),
    "who": N_("Email address or sign-in name"),
    "number": N_("Certificate number"),
    "question": N_("What are you looking for?"),
    "text": N_("What would you like to tell us?"),
    "contact": N_("How can we reach you?"),
    "learned": N_("What training did you take?"),
    "provider": N_("Where did you take it?"),
    "period": N_("When did you take it?"),
    "since": N_("When may it have changed?"),
    "why": N_("Why are you lifting it?"),
    "words": N_("What changed"),
    "effective": N_("Effective date"),
    "date": N_("Date"),
    "words_en": N_("In English"),
    "words_fr": N_("In French"),
    "title_en": N_("Name in English"),
    "title_fr": N_("Name in French"),
    "citation_en": N_("Citation in English"),
    "citation_fr": N_("Citation in French"),
    "meaning_en": N_("What it means, in English"),
    "meaning_fr": N_("What it means, in French"),
    "url_en": N_("Address of the official text in English"),
    "url_fr": N_("Address of the official text in French"),
    "source": N_("Where you read it"),
    "read": N_("The day you read it"),
    "markdown": N_("Source"),
    "marked": N_("Which words?"),
    "address": N_("Address of the link"),
    "task": N_("New task"),
    "decision": N_("Decision and reason"),
    "sign_off": N_("Comment"),
    "how": N_("How did you check it, and what did you find?"),
    "checked_on": N_("Date of the check"),
}
#: What a message to us is about; the one choice of a form that says something by itself.
REPORT_KINDS: Mapping[str, str] = {
    "wrong": N_("Something is wrong"),
    "unclear": N_("Something is unclear"),
    "barrier": N_("Something is not accessible to me"),
    "other": N_("Something else"),
}
KIND = N_("What is your message about?")


def _answered(name: str, questions: Mapping[str, int]) -> int:
    """Return the number of the question that was answered in words; 0 for what was chosen."""
    question, _, part = name.partition(":")
    return questions.get(question, 0) if part == "text" else 0


def typed_words(sent: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return what was typed, each under its label; a quiz names its questions as `seen`, in their order."""
    fields = list(sent)
    seen = (value for name, value in fields if name == "seen")
    questions = {question: number for number, question in enumerate(seen, start=1)}
    found = list[tuple[str, str]]()
    for name, value in fields:
        if value.strip() and (number := _answered(name, questions)):
            found.append((gettext("Answer to question %(number)s", number=number), value))
        elif name == "kind" and value in REPORT_KINDS:
            found.append((gettext(KIND), gettext(REPORT_KINDS[value])))
        elif name in LABELS and value.strip():
            found.append((gettext(LABELS[name]), value))
    return found
