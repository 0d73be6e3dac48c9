"""Words of the rules about files: layout, YAML, schemas, Markdown, containers, ids, seals.

Holds English sentences, each marked for the catalogues. Called by `findings`.
"""

from __future__ import annotations

from collections.abc import Mapping

from lms.rendering.findings_entry import N_, Entry

_YAML = N_("A file that can be read in two ways will one day be read in the wrong one.")
_SHAPE = N_(
    "The engine reads only what the format describes, so that a typing slip is never taken for content."
)
_MARKDOWN = N_(
    "Only blocks that the format knows are shown with the right meaning on screen, on paper and read aloud."
)
_IDS = N_(
    "Progress, attempts and links hang on these names. A name that means two things loses somebody’s work."
)
_SEAL = N_("A certificate stands for exactly these bytes. Nothing that was sealed may change.")

FILES: Mapping[str, Entry] = {
    "file-missing": Entry(
        N_("The file %(file)s is missing."),
        N_("Something names this file, so it must be there in every required language."),
        N_("Add the file, or take its name out of the list that asks for it."),
    ),
    "file-too-large": Entry(
        N_("The file is larger than %(limit)s bytes."),
        N_("Very large text files make every check and every start slow."),
        N_("Part it into smaller files."),
    ),
    "file-encoding": Entry(
        N_("The file is not written in UTF-8."),
        N_("Accents and other scripts are only safe in UTF-8."),
        N_("Save the file again as UTF-8."),
    ),
    "id-mismatch": Entry(
        N_("The id is “%(id)s”, but this place belongs to “%(expected)s”."),
        N_("A file is found by its place; two names for one thing lead people astray."),
        N_("Use the same name in the file and in the folder or file name."),
    ),
    "lesson-unlisted": Entry(
        N_("The file %(file)s belongs to no lesson."),
        N_("Nobody will ever see it, because module.yaml does not list it under this number and name."),
        N_("List the lesson in module.yaml, rename the file, or remove it."),
    ),
    "yaml-syntax": Entry(
        N_("This is not readable YAML: %(problem)s."),
        _YAML,
        N_(
            "Look at this line and the one above: a colon, a quotation mark or the indent is often the cause."
        ),
    ),
    "yaml-alias": Entry(
        N_("Anchors and aliases (& and *) are not allowed."),
        N_("They can blow a small file up until the site stops."),
        N_("Write the text out where it is needed."),
    ),
    "yaml-tag": Entry(
        N_("The tag %(tag)s is not allowed."),
        N_("Tags can make a reader run things that nobody meant to run."),
        N_("Remove the tag; put the text in quotation marks if it must stay text."),
    ),
    "yaml-too-deep": Entry(
        N_("This is nested more than %(limit)s levels deep."),
        _YAML,
        N_("Take levels away; no file of a course needs so many."),
    ),
    "yaml-long-number": Entry(
        N_("This number has more than %(limit)s digits."),
        N_("Very long numbers are not kept exactly."),
        N_("Put it in quotation marks so that it is text."),
    ),
    "yaml-duplicate-key": Entry(
        N_("The key “%(key)s” stands here for the second time."),
        _YAML,
        N_("Keep one of the two."),
    ),
    "schema-missing": Entry(N_("“%(key)s” is missing."), _SHAPE, N_("Add it.")),
    "schema-unknown": Entry(
        N_("“%(key)s” is not known here."), _SHAPE, N_("Correct the spelling, or remove it.")
    ),
    "schema-type": Entry(
        N_("“%(key)s” has the wrong kind of value (%(expected)s)."),
        _SHAPE,
        N_("Write a text in quotation marks, a number without them, a list with dashes, true or false."),
    ),
    "schema-choice": Entry(
        N_("“%(key)s” must be one of: %(expected)s."), _SHAPE, N_("Choose one of the values in the list.")
    ),
    "schema-format": Entry(
        N_("“%(key)s” is not written as expected (%(expected)s)."),
        _SHAPE,
        N_("Ids are lower-case words joined by hyphens, dates are YYYY-MM-DD in quotation marks."),
    ),
    "schema-length": Entry(
        N_("“%(key)s” has too few or too many parts (limit: %(limit)s)."),
        _SHAPE,
        N_("Add what is missing, or shorten it. An empty text is left out altogether."),
    ),
    "schema-range": Entry(
        N_("“%(key)s” is out of range (limit: %(limit)s)."), _SHAPE, N_("Use a value inside the range.")
    ),
    "locale-missing": Entry(
        N_("The text is missing in: %(locales)s."),
        N_("Everybody learns in the language they chose; a required language may have no holes."),
        N_("Write the text in this language too."),
    ),
    "markdown-unsupported": Entry(
        N_("“%(found)s” cannot be used in a lesson."),
        _MARKDOWN,
        N_("Use a block of the content format. A picture is a figure container, with its alternative text."),
    ),
    "raw-html": Entry(
        N_("HTML is not allowed: %(found)s"),
        N_("HTML in a lesson breaks other formats and can be unsafe."),
        N_("Use Markdown or a container. Write &lt; for the sign itself."),
    ),
    "container-unknown": Entry(
        N_("There is no container called “%(name)s”."), _MARKDOWN, N_("Use one of: %(known)s.")
    ),
    "container-unclosed": Entry(
        N_("The container “%(name)s” is never closed."),
        N_("Everything behind it would belong to it."),
        N_("Add a line with ::: where it ends."),
    ),
    "container-stray-close": Entry(
        N_("This ::: closes nothing."),
        N_("A container may have been closed too early."),
        N_("Remove the line, or look for the container that it was meant for."),
    ),
    "container-misplaced": Entry(
        N_("“%(name)s” cannot stand in “%(around)s”."),
        _MARKDOWN,
        N_("Move it. A ::: that is missing above has the same effect."),
    ),
    "container-twice": Entry(
        N_("“%(name)s” stands here twice."), _MARKDOWN, N_("Put both texts into one container.")
    ),
    "container-content": Entry(
        N_("“%(name)s” needs: %(expected)s."),
        _MARKDOWN,
        N_("Add what is missing. The content format says what each container holds."),
    ),
    "attribute-syntax": Entry(
        N_("This is not understood: %(found)s"),
        N_("What stands in braces becomes an id or a fact of the block; a slip there is easily lost."),
        N_("Write an id with #, values as key=value, and words with spaces in quotation marks."),
    ),
    "attribute-missing": Entry(
        N_("“%(name)s” has no “%(attribute)s”."), _MARKDOWN, N_("Add it in the braces behind the name.")
    ),
    "attribute-unknown": Entry(
        N_("“%(name)s” does not know “%(attribute)s”."), _MARKDOWN, N_("Correct the spelling, or remove it.")
    ),
    "attribute-value": Entry(
        N_("“%(attribute)s” of “%(name)s” cannot be “%(found)s”."),
        _MARKDOWN,
        N_("Dates are written as YYYY-MM-DD, minutes as a whole number."),
    ),
    "in-short-missing": Entry(
        N_("The lesson does not begin with “in short”."),
        N_("Three lines at the top let people decide whether to read on, and help those who read slowly."),
        N_("Add a container in-short with three items before everything else."),
    ),
    "in-short-three": Entry(
        N_("“In short” has %(count)s items."),
        N_("Three short lines can be kept in mind."),
        N_("Write exactly three items."),
    ),
    "branching-target": Entry(
        N_("No step is called “%(target)s”."),
        N_("Somebody who chooses this would be stuck."),
        N_("Use the id of a step of the same scenario."),
    ),
    "branching-circle": Entry(
        N_("From the step “%(step)s” one comes back to it."),
        N_("On paper, and without scripts, a circle never ends."),
        N_("Let the choice lead on to a step that comes later."),
    ),
    "branching-unreachable": Entry(
        N_("Nothing leads to the step “%(step)s”."),
        N_("Nobody will read it."),
        N_("Add a choice that leads there, or remove the step."),
    ),
    "anchor-missing": Entry(
        N_("The heading “%(found)s” has no anchor."),
        N_("The anchor keeps one’s place when one changes the language or comes back later."),
        N_("Add one behind the heading, such as #s1 in braces, the same in all languages."),
    ),
    "anchor-telling": Entry(
        N_("The anchor “%(id)s” tells what the section is about."),
        N_("Anchors stay in the browser history, where somebody else may read them."),
        N_("Use a neutral one, such as s1."),
    ),
    "duplicate-id": Entry(
        N_("The id “%(id)s” is used twice."), _IDS, N_("Give one of the two a new id that was never used.")
    ),
    "facilitator-missing": Entry(
        N_("The module “%(module)s” has no notes for a team talk."),
        N_("Many agencies learn together. One printed page helps somebody lead a talk that is safe."),
        N_("Write facilitator.<language>.md beside the lessons, in every required language."),
    ),
    "facilitator-sections": Entry(
        N_("The notes for a team talk do not have their four sections: %(found)s."),
        N_("Whoever leads a talk finds the same four parts on every page, and so do printed copies."),
        N_("Write four ## headings with these anchors, in this order, and nothing before them: %(wanted)s."),
    ),
    "facilitator-questions": Entry(
        N_("There are %(count)s numbered questions instead of three."),
        N_("Three good questions fill half an hour; more of them leave nobody time to think."),
        N_("Write one numbered list with exactly three questions under the heading “questions”."),
    ),
    "need-unknown": Entry(
        N_("The course needs “%(course)s”, which this site does not hold."),
        N_("Nobody could ever meet this need, so nobody could start the course."),
        N_("Write the folder name of a course of this site, or remove the need."),
    ),
    "need-circle": Entry(
        N_("This need leads in a circle: “%(course)s” cannot come before this course."),
        N_("Courses that wait for each other, or for themselves, can never be started."),
        N_("Decide which course comes first, and remove the need of that one."),
    ),
    "code-duplicate": Entry(
        N_("The code “%(id)s” is used twice."),
        _IDS,
        N_("Give one of the two a new code that was never used."),
    ),
    "id-recycled": Entry(
        N_("The name “%(id)s” belonged to something else before (%(was)s)."),
        _IDS,
        N_("Take a new name. What is gone from a release keeps its name for ever."),
    ),
    "kind-changed": Entry(
        N_("The %(id)s was of the kind %(was)s and is now %(now)s."),
        N_("Old answers to this question could no longer be read."),
        N_("Give the new question a new id."),
    ),
    "seal-broken": Entry(
        N_("This file of the release %(course)s %(version)s is no longer what was sealed."),
        _SEAL,
        N_("Bring the sealed file back from a copy. A correction is a new version."),
    ),
    "seal-missing": Entry(
        N_("This file of the release %(course)s %(version)s is gone."),
        _SEAL,
        N_("Bring the sealed file back from a copy."),
    ),
    "seal-unreadable": Entry(
        N_("The sealed lessons of %(course)s %(version)s cannot be read (%(problem)s)."),
        _SEAL,
        N_("Use a version of Parvis that is at least as new as the one that sealed them."),
    ),
}
