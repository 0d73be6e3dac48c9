"""Words of the rules about access: headings, tables, links, pictures, recordings, languages, plain words.

Holds English sentences, each marked for the catalogues.
"""

from __future__ import annotations

from collections.abc import Mapping

from lms.rendering.words.marks import N_, RuleWords

_OUTLINE = N_(
    "Many people who use a screen reader move from heading to heading. If a heading or a level is "
    "missing, they can lose their way."
)
_LINKS = N_(
    "People who use a screen reader often go through a list of links, without the text around them. Each "
    "link must say where it goes."
)
_TARGET = N_("If a link does not work, the people who follow it are stuck.")
_ALT = N_("People who cannot see the picture read or hear this text instead.")
_PLAIN = N_(
    "Plain language reaches more people, especially newcomers. A formula is only a guide: think of the "
    "people who will read the text."
)
_FRENCH = N_(
    "This is how French is typed in Canada. A punctuation mark alone at the start of a line is hard to read."
)
_TONGUE = N_("A screen reader needs to know the language to pronounce the words correctly.")

ACCESS: Mapping[str, RuleWords] = {
    "link-anchor": RuleWords(
        N_("We cannot find “%(target)s” here."),
        _TARGET,
        N_("Use the anchor of an existing heading or block."),
    ),
    "link-lesson": RuleWords(
        N_("We cannot find the lesson “%(target)s”."),
        _TARGET,
        N_("Write lesson: followed by the module’s id, a slash and the lesson’s id."),
    ),
    "link-page": RuleWords(
        N_("There is no page “%(target)s” that you can link to."),
        _TARGET,
        N_("Write page: followed by support, help, glossary or register."),
    ),
    "link-term": RuleWords(
        N_("We cannot find the term “%(target)s” in the glossary."),
        N_("People who do not know the word would not find an explanation."),
        N_("Use the id of a term in the glossary, or add the term to the glossary."),
    ),
    "link-address": RuleWords(
        N_("This address cannot be used: %(address)s"),
        N_("For safety, links can only go to web pages, email addresses and places in the course."),
        N_("Start the address with https:, mailto:, term:, law:, lesson:, page: or #."),
    ),
    "link-empty": RuleWords(
        N_("The link to %(target)s has no text."),
        _LINKS,
        N_("Write the link text inside the square brackets."),
    ),
    "link-generic": RuleWords(
        N_("“%(found)s” does not say where the link goes."),
        _LINKS,
        N_("Use the name of the page or document that the link opens."),
    ),
    "link-bare-address": RuleWords(
        N_("The link text is an address: %(found)s"),
        N_("An address read aloud letter by letter does not help anyone."),
        N_("Use the name of the page as the link text."),
    ),
    "link-same-words": RuleWords(
        N_("In this lesson, links with the text “%(found)s” go to different places."),
        _LINKS,
        N_("Change the text of one of the links."),
    ),
    "heading-level": RuleWords(
        N_("You cannot use a level %(level)s heading."),
        N_("The lesson title is the level 1 heading. It is in module.yaml."),
        N_("Use ##, ### or ####."),
    ),
    "heading-order": RuleWords(
        N_("This heading is level %(level)s, but it should be level %(expected)s."),
        _OUTLINE,
        N_("Go down one level at a time. Choose the level by meaning, not by text size."),
    ),
    "heading-empty": RuleWords(N_("The heading is empty."), _OUTLINE, N_("Write the heading, or remove it.")),
    "heading-capitals": RuleWords(
        N_("The heading is in capital letters: %(found)s"),
        N_(
            "Words in capital letters are harder to read, and a screen reader may spell them out letter "
            "by letter."
        ),
        N_("Use capital letters as you would in a sentence."),
    ),
    "heading-repeated": RuleWords(
        N_("“%(found)s” is already used as a heading, on line %(line)s."),
        N_("In a list of headings, people cannot tell two identical headings apart."),
        N_("Change the heading to say what is different about this part."),
    ),
    "heading-emphasis": RuleWords(
        N_("The whole paragraph is in bold or italics: %(found)s"),
        N_("It looks like a heading but is not one, so it is missing from the outline of the page."),
        N_("Make it a real heading, or emphasize only the words that matter."),
    ),
    "section-long": RuleWords(
        N_("There are %(words)s words without a heading (maximum: %(limit)s)."),
        N_("Headings help people stop and find their place again."),
        N_("Add a heading where a new idea begins."),
    ),
    "list-by-hand": RuleWords(
        N_("This looks like a list but is not one: %(found)s"),
        N_(
            "With a real list, a screen reader says how many items there are, and people can move from "
            "one to the next."
        ),
        N_("Start each item on a new line, with a dash or with a number and a period."),
    ),
    "table-headers": RuleWords(
        N_("A header cell in the table is empty (%(found)s)."),
        N_(
            "A screen reader reads the headers before each value. Without them, a table is just a jumble "
            "of words."
        ),
        N_(
            "Write a header for every column. If the first column contains headers, write one for every "
            "row too."
        ),
    ),
    "table-caption": RuleWords(
        N_("The table has no caption."),
        N_("The caption tells people what the table is about before they read it."),
        N_("On the line just above the table, write a caption that starts with “Table:”."),
    ),
    "alt-missing": RuleWords(
        N_("The picture %(src)s has no alternative text."),
        _ALT,
        N_("Say in one sentence what the picture is for here, or mark it as decorative."),
    ),
    "alt-file-name": RuleWords(
        N_("The alternative text is a file name: %(found)s"), _ALT, N_("Say what the picture is for here.")
    ),
    "alt-says-nothing": RuleWords(
        N_("The alternative text says nothing about this picture: %(found)s"),
        _ALT,
        N_("Say in one sentence what the picture is for here, or mark it as decorative."),
    ),
    "alt-picture-of": RuleWords(
        N_("The alternative text starts with words that are not needed: %(found)s"),
        N_("A screen reader has already said that this is a picture."),
        N_("Start with what the picture shows."),
    ),
    "alt-long": RuleWords(
        N_("The alternative text is too long: %(count)s characters (maximum: %(limit)s)."),
        N_("A screen reader reads it all at once, and people cannot pause partway."),
        N_("Say here only what the picture is for. Put the details in the long description."),
    ),
    "alt-decorative": RuleWords(
        N_("This picture is marked as decorative but has alternative text: %(found)s"),
        N_("Screen readers skip decorative pictures, so this text would be lost."),
        N_("Remove the text or the word decorative."),
    ),
    "label-long": RuleWords(
        N_("This label is too long: %(count)s characters (maximum: %(limit)s): %(found)s"),
        N_("A label lies over a drawing, and the drawing is small on a phone."),
        N_("Keep two or three words. Put the rest in the caption."),
    ),
    "label-room": RuleWords(
        N_("On a phone, this label covers another label or crosses the edge of the drawing: %(found)s"),
        N_("People cannot read words that lie on top of each other."),
        N_("Move the label, or use fewer words."),
    ),
    "description-missing": RuleWords(
        N_("The picture %(src)s has no long description."),
        N_("If a picture teaches something, everyone should be able to learn it."),
        N_("Add a description container with everything people can learn from the picture."),
    ),
    "media-missing": RuleWords(
        N_("We cannot find the file %(src)s."),
        N_("People would see an empty frame."),
        N_("Put the file in the module’s media folder, or correct the file name."),
    ),
    "media-unused": RuleWords(
        N_("The file %(src)s is not used anywhere."),
        N_("Unused files make every copy of the course larger."),
        N_("Use it or remove it."),
    ),
    "picture-unsafe": RuleWords(
        N_("The drawing contains something that is not allowed: %(found)s"),
        N_(
            "Scripts, styles and outside addresses in a picture can be used to track the people who look "
            "at it."
        ),
        N_("Keep only shapes, with a viewBox. Put colours in the fill and stroke attributes."),
    ),
    "picture-words": RuleWords(
        N_("The drawing contains words: %(found)s"),
        N_("Words in a picture are not translated, enlarged or read aloud."),
        N_("Use numbered markers, and put the words in the caption."),
    ),
    "picture-large": RuleWords(
        N_("The picture file is too large: %(bytes)s bytes (maximum: %(limit)s)."),
        N_("Many people learn on a phone and pay for the data they use."),
        N_("Simplify the drawing, or make the picture smaller."),
    ),
    "captions-missing": RuleWords(
        N_("Captions are missing: %(files)s"),
        N_("People who cannot hear the sound, or who are in a noisy place, read the captions."),
        N_("Add a WebVTT file for each language. Include the speakers and the sounds."),
    ),
    "transcript-missing": RuleWords(
        N_("%(src)s has no transcript."),
        N_("People can read a transcript at their own pace, in braille or with a slow connection."),
        N_("Add a transcript container with everything that is said and heard."),
    ),
    "video-undescribed": RuleWords(
        N_("There is no description of what %(src)s shows."),
        N_("People who cannot see the video would miss this content."),
        N_(
            "Add a description container. If the sound already tells everything, add the word described "
            "instead."
        ),
    ),
    "sign-part": RuleWords(
        N_("We cannot find “%(found)s” in this module."),
        N_("The sign-language video would not appear anywhere."),
        N_("Use # followed by an anchor, term: followed by a term, or question: followed by a question."),
    ),
    "words-missing": RuleWords(
        N_("There are no words in this text: %(found)s"),
        N_(
            "An emoji or a picture made of characters sounds different in every screen reader, and some "
            "people do not know what it means."
        ),
        N_("Say it in words. You can keep an emoji after the words."),
    ),
    "sensory-words": RuleWords(
        N_("People have to see the page to understand “%(found)s”."),
        N_(
            "Position, colour and shape do not help people who listen to the page, enlarge it or print it "
            "in black and white."
        ),
        N_("Give the name of the item instead."),
    ),
    "language-tag": RuleWords(
        N_("“%(tag)s” is not a valid language code."), _TONGUE, N_("Use a code such as fr, mi or zh-Hant.")
    ),
    "language-wrong": RuleWords(
        N_("The language of the page is set to “%(expected)s”, but the text seems to be in “%(guess)s”."),
        _TONGUE,
        N_("Check if the text is in the wrong file."),
    ),
    "foreign-unmarked": RuleWords(
        N_("These words seem to be in another language: %(found)s"),
        _TONGUE,
        N_("Put the words in square brackets. Right after them, add lang= and the language code in braces."),
    ),
    "term-not-linked": RuleWords(
        N_("“%(found)s” has no link the first time this module uses it."),
        N_("People who see a word for the first time want to know what it means here."),
        N_(
            "Add a link to term: followed by the id %(term)s. If it is an everyday word, you can mark it "
            "that way in the glossary."
        ),
    ),
    "abbreviation": RuleWords(
        N_("“%(found)s” is not explained."),
        N_("People who do not know the abbreviation yet are left out."),
        N_(
            "The first time, write the words in full, then the abbreviation in brackets, or link to the "
            "glossary."
        ),
    ),
    "word-to-avoid": RuleWords(
        N_("The glossary says to avoid “%(found)s”."),
        N_("Some words hurt people or are out of date."),
        N_("Use the glossary’s term, unless the person uses this word for themselves."),
    ),
    "reading-level": RuleWords(
        N_("The text is hard to read: %(formula)s %(score)s (limit: %(limit)s)."),
        _PLAIN,
        N_("Split long sentences and choose shorter words."),
    ),
    "sentence-long": RuleWords(
        N_("This sentence has %(words)s words (maximum: %(limit)s): %(found)s"),
        _PLAIN,
        N_("Split it into two sentences."),
    ),
    "paragraph-long": RuleWords(
        N_("This paragraph has %(words)s words (maximum: %(limit)s)."),
        _PLAIN,
        N_("Keep one idea in each paragraph."),
    ),
    "french-colon": RuleWords(
        N_("A no-break space is missing before the colon: %(found)s"),
        _FRENCH,
        N_("Put a no-break space before the colon."),
    ),
    "french-guillemets": RuleWords(
        N_("A no-break space is missing inside the quotation marks « »: %(found)s"),
        _FRENCH,
        N_("Put a no-break space after « and before »."),
    ),
    "french-space-before": RuleWords(
        N_("There is a space before a semicolon, an exclamation mark or a question mark: %(found)s"),
        _FRENCH,
        N_("Remove the space."),
    ),
    "french-apostrophe": RuleWords(
        N_("The apostrophe is straight: %(found)s"), _FRENCH, N_("Use the curly apostrophe ’.")
    ),
    "french-quotes": RuleWords(
        N_("These are not French quotation marks: %(found)s"),
        _FRENCH,
        N_("Use « and », with no-break spaces."),
    ),
    "french-inclusive-form": RuleWords(
        N_("This word form contains a dot, a slash or brackets: %(found)s"),
        N_("Screen readers have trouble with these forms, and the text is harder to understand."),
        N_("Use a neutral noun, “personne” with an adjective, or both words with the feminine first."),
    ),
}
