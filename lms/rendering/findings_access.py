"""Words of the rules about access: headings, tables, links, pictures, recordings, languages, plain words.

Holds English sentences, each marked for the catalogues. Called by `findings`.
"""

from __future__ import annotations

from collections.abc import Mapping

from lms.rendering.findings_entry import N_, Entry

_OUTLINE = N_(
    "Many people who use a screen reader move from heading to heading; a hole in the outline loses them."
)
_LINKS = N_(
    "People who use a screen reader often hear links alone, in a list. Each has to say where it leads."
)
_TARGET = N_("A link that leads nowhere stops people who trust it.")
_ALT = N_("Whoever does not see the picture is told this text instead.")
_PLAIN = N_(
    "Plain words reach more people, above all newcomers. A formula is only a filter: the audience decides."
)
_FRENCH = N_("French in Canada is set in this way; a sign alone at the start of a line is hard to read.")
_TONGUE = N_("A screen reader needs to know the language to say words properly.")

ACCESS: Mapping[str, Entry] = {
    "link-anchor": Entry(
        N_("Nothing here is called “%(target)s”."),
        _TARGET,
        N_("Use the anchor of a heading or block that exists."),
    ),
    "link-lesson": Entry(
        N_("There is no lesson “%(target)s”."),
        _TARGET,
        N_("Write lesson: with the module’s id, a slash and the lesson’s id."),
    ),
    "link-page": Entry(
        N_("The site has no page “%(target)s” that a text can name."),
        _TARGET,
        N_("Write page: with support, help, glossary or register."),
    ),
    "link-term": Entry(
        N_("The glossary has no term “%(target)s”."),
        N_("Somebody who does not know the word would find nothing."),
        N_("Use the id of a glossary entry, or add the entry."),
    ),
    "link-address": Entry(
        N_("This address cannot be used: %(address)s"),
        N_("Only pages of the web, e-mail addresses and places of the course can be opened safely."),
        N_("Begin with https:, mailto:, term:, law:, lesson:, page: or #."),
    ),
    "link-empty": Entry(
        N_("The link to %(target)s has no words."), _LINKS, N_("Put words into the brackets.")
    ),
    "link-generic": Entry(
        N_("“%(found)s” does not say where the link leads."), _LINKS, N_("Use the name of what will open.")
    ),
    "link-bare-address": Entry(
        N_("The words of the link are an address: %(found)s"),
        N_("An address read aloud letter by letter is of no use to anyone."),
        N_("Use the name of the page as the words."),
    ),
    "link-same-words": Entry(
        N_("“%(found)s” leads to different places in this lesson."),
        _LINKS,
        N_("Use other words for one of the links."),
    ),
    "heading-level": Entry(
        N_("A heading of level %(level)s cannot be used."),
        N_("The title of the lesson is level 1 and stands in module.yaml."),
        N_("Use ##, ### or ####."),
    ),
    "heading-order": Entry(
        N_("This heading is of level %(level)s where %(expected)s is due."),
        _OUTLINE,
        N_("Go down one level at a time; choose by meaning, not by size."),
    ),
    "heading-empty": Entry(N_("The heading has no words."), _OUTLINE, N_("Write the heading, or remove it.")),
    "heading-capitals": Entry(
        N_("The heading is in capitals: %(found)s"),
        N_("Words in capitals are harder to read, and may be spelled out letter by letter."),
        N_("Write it as a sentence."),
    ),
    "heading-repeated": Entry(
        N_("“%(found)s” is already a heading, on line %(line)s."),
        N_("Two headings with the same words cannot be told apart in a list of headings."),
        N_("Say what is different about this part."),
    ),
    "heading-emphasis": Entry(
        N_("The whole paragraph is stressed: %(found)s"),
        N_("It looks like a heading and is none, so it is missing from the outline."),
        N_("Make it a real heading, or stress only the words that matter."),
    ),
    "section-long": Entry(
        N_("%(words)s words without a heading (at most %(limit)s)."),
        N_("Headings give a place to stop and to come back to."),
        N_("Add a heading where a new idea begins."),
    ),
    "list-by-hand": Entry(
        N_("This looks like a list and is none: %(found)s"),
        N_("A real list says how many items there are and lets people step from one to the next."),
        N_("Begin each item on its own line with a dash, or with a number and a full stop."),
    ),
    "table-headers": Entry(
        N_("A header cell of the table is empty (%(found)s)."),
        N_("Header cells are read before each value; without them a table is a heap of words."),
        N_("Name every column, and every row when the first column holds headers."),
    ),
    "table-caption": Entry(
        N_("The table has no caption."),
        N_("The caption tells what the table is about before one goes into it."),
        N_("Put a line right above it that begins with “Table:”."),
    ),
    "alt-missing": Entry(
        N_("The picture %(src)s has no alternative text."),
        _ALT,
        N_("Say in one sentence what the picture is for here, or mark it as decorative."),
    ),
    "alt-file-name": Entry(
        N_("The alternative text is a file name: %(found)s"), _ALT, N_("Say what the picture is for here.")
    ),
    "alt-picture-of": Entry(
        N_("The alternative text begins with what is known already: %(found)s"),
        N_("A screen reader has just said that this is a picture."),
        N_("Begin with what it shows."),
    ),
    "alt-long": Entry(
        N_("The alternative text has %(count)s characters (at most %(limit)s)."),
        N_("It is read in one breath and cannot be stopped half-way."),
        N_("Give the purpose here, and put the details into the long description."),
    ),
    "alt-decorative": Entry(
        N_("A decorative picture has an alternative text: %(found)s"),
        N_("Decoration is passed over; this text would be lost."),
        N_("Remove the text, or the word decorative."),
    ),
    "description-missing": Entry(
        N_("The picture %(src)s has no long description."),
        N_("A picture that teaches something teaches it to everybody."),
        N_("Add a container description with all that can be learnt from it."),
    ),
    "media-missing": Entry(
        N_("There is no file %(src)s."),
        N_("People would see an empty frame."),
        N_("Put the file into the module’s media folder, or correct its name."),
    ),
    "media-unused": Entry(
        N_("Nothing shows the file %(src)s."),
        N_("Files that nobody sees make every copy larger."),
        N_("Use it or remove it."),
    ),
    "picture-unsafe": Entry(
        N_("The drawing holds what a picture may not hold: %(found)s"),
        N_("Scripts, styles and outside addresses in a picture can follow the people who look at it."),
        N_("Keep shapes with a viewBox, and colours in the fill and stroke attributes."),
    ),
    "picture-words": Entry(
        N_("The drawing has words in it: %(found)s"),
        N_("Words in a picture are not translated, enlarged or read aloud."),
        N_("Use numbered markers, and put the words into the caption."),
    ),
    "picture-large": Entry(
        N_("The picture has %(bytes)s bytes (at most %(limit)s)."),
        N_("Many people learn on a phone and pay for every page."),
        N_("Make the drawing simpler, or the picture smaller."),
    ),
    "captions-missing": Entry(
        N_("The captions are missing: %(files)s"),
        N_("Whoever does not hear, or is in a loud place, reads the captions."),
        N_("Add a WebVTT file for each language, with speakers and sounds."),
    ),
    "transcript-missing": Entry(
        N_("%(src)s has no transcript."),
        N_("A transcript can be read in one’s own time, in braille, and on a slow line."),
        N_("Add a container transcript with all that is said and heard."),
    ),
    "video-undescribed": Entry(
        N_("What can be seen in %(src)s is told nowhere."),
        N_("Whoever does not see the video would miss it."),
        N_("Add a container description, or the word described when the sound tells everything."),
    ),
    "sign-part": Entry(
        N_("No part of this module is called “%(found)s”."),
        N_("The sign-language video would be shown nowhere."),
        N_("Use # with an anchor, term: with a term, or question: with a question."),
    ),
    "sensory-words": Entry(
        N_("“%(found)s” can only be followed by somebody who sees the page."),
        N_("Place, colour and shape mean nothing to whoever listens, enlarges or prints in black and white."),
        N_("Name the thing itself."),
    ),
    "language-tag": Entry(
        N_("“%(tag)s” is not a language tag."), _TONGUE, N_("Use a tag such as fr, mi or zh-Hant.")
    ),
    "language-wrong": Entry(
        N_("The page says it is “%(expected)s” but reads like “%(guess)s”."),
        _TONGUE,
        N_("Check whether the text was put into the wrong file."),
    ),
    "foreign-unmarked": Entry(
        N_("These words seem to be in another language: %(found)s"),
        _TONGUE,
        N_("Put the words in brackets, and lang= with the tag in braces behind them."),
    ),
    "term-not-linked": Entry(
        N_("“%(found)s” is not linked where this module uses it first."),
        N_("Whoever meets a word for the first time wants to know what it means here."),
        N_("Link it with term: and the id %(term)s. An everyday word can be marked so in the glossary."),
    ),
    "abbreviation": Entry(
        N_("“%(found)s” is not explained."),
        N_("An abbreviation shuts out whoever does not know it yet."),
        N_("Write the words and the abbreviation in brackets the first time, or link the glossary."),
    ),
    "word-to-avoid": Entry(
        N_("The glossary asks to avoid “%(found)s”."),
        N_("Words can hurt or be out of date."),
        N_("Use the glossary’s term, unless a person calls themselves so."),
    ),
    "reading-level": Entry(
        N_("The text is hard to read: %(formula)s %(score)s (limit %(limit)s)."),
        _PLAIN,
        N_("Part long sentences and choose shorter words."),
    ),
    "sentence-long": Entry(
        N_("A sentence has %(words)s words (at most %(limit)s): %(found)s"),
        _PLAIN,
        N_("Make two sentences of it."),
    ),
    "paragraph-long": Entry(
        N_("The paragraph has %(words)s words (at most %(limit)s)."),
        _PLAIN,
        N_("Keep one idea in each paragraph."),
    ),
    "french-colon": Entry(
        N_("A no-break space is missing before the colon: %(found)s"),
        _FRENCH,
        N_("Put a no-break space before the colon."),
    ),
    "french-guillemets": Entry(
        N_("A no-break space is missing inside « »: %(found)s"),
        _FRENCH,
        N_("Put a no-break space behind « and before »."),
    ),
    "french-space-before": Entry(
        N_("There is a space before ; ! or ?: %(found)s"), _FRENCH, N_("Remove the space.")
    ),
    "french-apostrophe": Entry(
        N_("The apostrophe is straight: %(found)s"), _FRENCH, N_("Use the curly apostrophe ’.")
    ),
    "french-quotes": Entry(
        N_("These are not French quotation marks: %(found)s"),
        _FRENCH,
        N_("Use « and », with no-break spaces."),
    ),
    "french-inclusive-form": Entry(
        N_("A form with a point, slash or bracket: %(found)s"),
        N_("Screen readers stumble over these forms, and plain language suffers."),
        N_("Use a neutral noun, “personne” with an adjective, or both words, the feminine one first."),
    ),
}
