"""The words of what goes wrong, and of what was done, while somebody writes a lesson.

Holds sentences in English, each marked for the catalogues, under their codes.
"""

from __future__ import annotations

from lms.rendering.words.marks import N_

EDITING: dict[str, str] = {
    "authoring.language-unknown": N_("This course does not have a version in “%(locale)s”."),
    "authoring.other-language": N_(
        "Your role lets you read this language, but not change it. Ask an administrator if you need to."
    ),
    "authoring.same-piece": N_(
        "Someone else has changed this block. Your text is still here: press “Save all changes” to compare "
        "the two."
    ),
    "authoring.state-unknown": N_("We cannot find this earlier text."),
    "authoring.undo-too-late": N_(
        "Someone has changed this lesson since, so we cannot undo your change in one step. Open the history "
        "to bring an earlier text back."
    ),
    "editing.cannot-join": N_(
        "Only two blocks of the same type can be joined: two paragraphs, two lists or two quotes."
    ),
    "editing.date-form": N_(
        "“%(found)s” is not a date. Enter a year, a month and a day, such as 2026-11-30."
    ),
    "editing.id-typed": N_(
        "Remove “%(found)s” at the end of the line. The site gives each block its own name, so you never "
        "need to type one."
    ),
    "editing.kind-not-here": N_("This type of block cannot be placed here."),
    "editing.no-neighbour": N_("There is no other block in that direction."),
    "editing.no-text": N_("This block does not have a text of its own to change."),
    "editing.piece-gone": N_("This block is no longer in the lesson."),
    "editing.reaches-out": N_(
        "We did not save this, because the block would run into the one before or after it. Put a paragraph "
        "between two lists, and do not begin a paragraph with “Table:” right above a table."
    ),
    "editing.text-missing": N_("Enter the text of the new block."),
    "editing.words-missing": N_("These words are not in the text. Copy them from it, then try again."),
    "editing.address-shape": N_("Enter an address that begins with https:// or mailto:."),
    "editing.choice-missing": N_("Choose what these words become."),
    "editing.too-long": N_(
        "This text is too long: one lesson in one language has room for %(kilo)s kB. Split the lesson."
    ),
    "upload.alternative-missing": N_(
        "Describe the picture in each language, or say that it is only decoration. Then choose the file "
        "again."
    ),
    "upload.captions-missing": N_("Choose a caption file (WebVTT) for each language."),
    "upload.kind": N_("This type of file cannot be used here."),
    "upload.missing": N_("Choose a file."),
    "upload.too-large": N_("This file is too large. It can have at most %(kilo)s kB."),
    "upload.damaged": N_(
        "This picture is damaged, or one of its sides is longer than %(most)s pixels. Save it again, then "
        "choose the new file."
    ),
    "upload.private": N_(
        "This picture may contain private details, such as where it was taken. Save it as JPEG or PNG, then "
        "choose the new file."
    ),
    "upload.unsafe": N_(
        "This drawing was not accepted: it contains words, or something other than shapes, such as a script "
        "or a link. Save it as a plain SVG, then choose it again."
    ),
}

EDITING_DONE: dict[str, str] = {
    "draft-brought-back": N_("The earlier text is back. The text that it replaced is still in the history."),
    "draft-saved": N_("Your changes are saved."),
    "draft-unchanged": N_("There was nothing new to save."),
    "draft-undone": N_("Your last change is undone."),
}
