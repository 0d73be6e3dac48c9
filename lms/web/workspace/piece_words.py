"""What the kinds of pieces and their fields are called for people.

Holds words alone; which kinds there are is said by the site.
"""

from __future__ import annotations

from flask_babel import gettext, pgettext

from lms.core.authoring.lessons.pieces import BULLETS, HEADING, NUMBERED, OTHER, PARAGRAPH, QUOTE, TABLE
from lms.rendering.words.marks import N_, NP_

KINDS = {
    PARAGRAPH: NP_("kind of block", "Paragraph"),
    HEADING: NP_("kind of block", "Heading"),
    BULLETS: NP_("kind of block", "List"),
    NUMBERED: NP_("kind of block", "Numbered list"),
    TABLE: NP_("kind of block", "Table"),
    QUOTE: NP_("kind of block", "Quote"),
    OTHER: NP_("kind of block", "Text that is not recognized"),
    "in-short": NP_("kind of block", "In short"),
    "key-point": NP_("kind of block", "Key point"),
    "caution": NP_("kind of block", "Caution"),
    "law": NP_("kind of block", "Statement about the law"),
    "plain": NP_("kind of block", "In plain words"),
    "scenario": NP_("kind of block", "Scenario"),
    "discussion": NP_("kind of block", "Discussion"),
    "branching": NP_("kind of block", "Scenario with choices"),
    "step": NP_("kind of block", "Step"),
    "reflection": NP_("kind of block", "Reflection"),
    "checklist": NP_("kind of block", "Checklist"),
    "job-aid": NP_("kind of block", "Job aid"),
    "client": NP_("kind of block", "Version for clients"),
    "figure": NP_("kind of block", "Picture"),
    "label": NP_("kind of block", "Label on the picture"),
    "content-note": NP_("kind of block", "Content note"),
    "alternative": NP_("kind of block", "For those who skip it"),
    "video": NP_("kind of block", "Video"),
    "audio": NP_("kind of block", "Audio recording"),
    "finder": NP_("kind of block", "Law by province or territory"),
    "transcript": NP_("kind of block", "Transcript"),
    "description": NP_("kind of block", "Long description"),
}
ABOUT = {
    PARAGRAPH: N_("One idea in a few sentences."),
    HEADING: N_("Begins a section; learners can stop after each one."),
    BULLETS: N_("One line for each item."),
    NUMBERED: N_("One line for each step, in order."),
    TABLE: N_("Rows and columns, with a caption."),
    QUOTE: N_("The words of someone else, and who said them."),
    "in-short": N_("The three things to remember, at the top of the lesson."),
    "key-point": N_("One sentence, shown large."),
    "caution": N_("Something to be careful about."),
    "law": N_("What the law says, the laws it is based on and when it was checked."),
    "plain": N_("The same statement in everyday words."),
    "scenario": N_("A situation at work, then a discussion."),
    "discussion": N_("What learners see after they have thought about the situation."),
    "branching": N_("A situation in which each choice leads to another step."),
    "step": N_("One moment of the story, with its choices."),
    "reflection": N_("A question to think about; nothing is sent."),
    "checklist": N_("Items to tick off."),
    "job-aid": N_("A page to print and keep at work."),
    "client": N_("The part of the job aid to hand to a client."),
    "figure": N_("A picture with its description."),
    "label": N_("A few words placed on the picture."),
    "content-note": N_("Says what comes before it is shown, with a way to skip it."),
    "alternative": N_("What learners who skip this part read instead."),
    "video": N_("A video with captions and a transcript."),
    "audio": N_("A recording with a transcript."),
    "finder": N_("Learners choose where they work and see the law of that place."),
    "transcript": N_("Everything that is said, in writing."),
    "description": N_("What the picture shows, for people who cannot see it."),
}
FIELDS = {
    "title": N_("Title"),
    "alt": N_("Alternative text"),
    "rests-on": N_("Based on these laws"),
    "as-of": N_("Checked on"),
    "review-by": N_("Check again by"),
    "minutes": N_("Minutes that this part takes"),
    "skip-to": N_("Section to skip to"),
    "at": N_("Place on the picture: per cent from the left, then from the top"),
    "decorative": N_("This picture is only decoration"),
    "described": N_("The video also describes what is seen"),
}
#: The values of each container that people fill in.
FIELDS_OF = {
    "scenario": ("title",),
    "branching": ("title",),
    "checklist": ("title",),
    "job-aid": ("title",),
    "law": ("rests-on", "as-of", "review-by"),
    "figure": ("alt", "decorative"),
    "label": ("at",),
    "content-note": ("minutes", "skip-to"),
    "video": ("described",),
}
HINTS = {
    "alt": N_("What the picture shows, in one sentence. Do not begin with “picture of”."),
    "as-of": N_(
        "Year, month and day, such as 2026-11-30. If you prepare the text for an upcoming change that is "
        "in the register, enter the day of that change."
    ),
    "review-by": N_("Year, month and day, such as 2026-11-30."),
    "at": N_("Two numbers in steps of five, such as 40 25."),
}


def kind_words(kind: str) -> str:
    """Return what a kind of piece is called; one that the site does not know goes by its own name."""
    return str(pgettext("kind of block", KINDS[kind])) if kind in KINDS else kind


def about_words(kind: str) -> str:
    """Return what a kind of piece is for."""
    return str(gettext(ABOUT[kind])) if kind in ABOUT else ""


def field_words(name: str) -> str:
    """Return what a field of a container is called."""
    return str(gettext(FIELDS.get(name, name)))


def hint_words(name: str) -> str:
    """Return how a field is filled in; '' where that needs no words."""
    return str(gettext(HINTS[name])) if name in HINTS else ""
