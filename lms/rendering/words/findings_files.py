"""Words of the rules about files: layout, YAML, schemas, Markdown, containers, ids, seals.

Holds English sentences, each marked for the catalogues.
"""

from __future__ import annotations

from collections.abc import Mapping

from lms.rendering.words.marks import N_, RuleWords

_YAML = N_("If a file can be read in two ways, sooner or later it will be read the wrong way.")
_SHAPE = N_("The site reads only what the format describes, so a typing error is never mistaken for content.")
_MARKDOWN = N_(
    "Only blocks described in the format keep their meaning on screen, on paper and when read aloud."
)
_IDS = N_(
    "Progress, attempts and links depend on these names. If one name means two things, someone loses "
    "their work."
)
_SEAL = N_("Certificates refer to this exact version of the files. Sealed files must never change.")

FILES: Mapping[str, RuleWords] = {
    "file-missing": RuleWords(
        N_("The file %(file)s is missing."),
        N_("Another file refers to this one, so it must exist in every required language."),
        N_("Add the file, or remove its name from the list that includes it."),
    ),
    "file-too-large": RuleWords(
        N_("The file is larger than %(limit)s bytes."),
        N_("Very large text files slow down every check and every start-up of the site."),
        N_("Split it into smaller files."),
    ),
    "file-encoding": RuleWords(
        N_("The file is not saved in UTF-8."),
        N_("Only UTF-8 stores accents and all writing systems reliably."),
        N_("Save the file again as UTF-8."),
    ),
    "character-unusable": RuleWords(
        N_("%(found)s is a character that cannot be displayed."),
        N_(
            "Control characters and private-use characters appear as a box or not at all. They stop "
            "screen readers and can prevent the whole page from being displayed."
        ),
        N_("Delete it, or replace it with the character you meant."),
    ),
    "id-mismatch": RuleWords(
        N_("The id is “%(id)s”. According to the file or folder name, it should be “%(expected)s”."),
        N_("Files are found by their name and location. Two names for the same thing are confusing."),
        N_("Use the same id inside the file and in the file or folder name."),
    ),
    "lesson-unlisted": RuleWords(
        N_("The file %(file)s is not part of any lesson."),
        N_("No one will see it, because module.yaml does not list it with this number and name."),
        N_("List the lesson in module.yaml, rename the file or delete it."),
    ),
    "yaml-syntax": RuleWords(
        N_("This YAML cannot be read: %(problem)s."),
        _YAML,
        N_(
            "Check this line and the one above it. The cause is often a colon, a quotation mark or an indent."
        ),
    ),
    "yaml-alias": RuleWords(
        N_("Anchors and aliases (& and *) are not allowed."),
        N_("They can make a small file grow so large that the site stops."),
        N_("Write the text out in full where it is needed."),
    ),
    "yaml-tag": RuleWords(
        N_("The tag %(tag)s is not allowed."),
        N_("Because of a tag, the program could run code that no one meant to run."),
        N_("Remove the tag. If it is meant to be text, put it in quotation marks."),
    ),
    "yaml-too-deep": RuleWords(
        N_("This is nested more than %(limit)s levels deep."),
        _YAML,
        N_("Remove some levels. No course file needs that many."),
    ),
    "yaml-too-many": RuleWords(
        N_("This list or group has more than %(limit)s entries."),
        N_("Very large text files slow down every check and every start-up of the site."),
        N_("Remove some entries. No course file needs that many."),
    ),
    "yaml-long-number": RuleWords(
        N_("This number has more than %(limit)s digits."),
        N_("Very long numbers cannot be stored exactly."),
        N_("Put it in quotation marks so that it is treated as text."),
    ),
    "yaml-duplicate-key": RuleWords(
        N_("The key “%(key)s” appears twice."),
        _YAML,
        N_("Keep only one of them."),
    ),
    "schema-missing": RuleWords(N_("“%(key)s” is missing."), _SHAPE, N_("Add it.")),
    "schema-unknown": RuleWords(
        N_("“%(key)s” is not recognized here."), _SHAPE, N_("Correct the spelling, or remove it.")
    ),
    "schema-type": RuleWords(
        N_("The value of “%(key)s” is the wrong type (%(expected)s)."),
        _SHAPE,
        N_(
            "Put text in quotation marks, but not numbers. Write a list with dashes. For yes or no, write "
            "true or false."
        ),
    ),
    "schema-choice": RuleWords(
        N_("“%(key)s” must be one of these values: %(expected)s."),
        _SHAPE,
        N_("Choose one of the values in the list."),
    ),
    "schema-format": RuleWords(
        N_("The value of “%(key)s” is not in the expected format (%(expected)s)."),
        _SHAPE,
        N_("Write ids as lower-case words joined by hyphens. Write dates as YYYY-MM-DD in quotation marks."),
    ),
    "schema-length": RuleWords(
        N_("“%(key)s” is too short or too long (limit: %(limit)s)."),
        _SHAPE,
        N_(
            "Add what is missing, or shorten it. If there is no text, remove the key instead of leaving "
            "it empty."
        ),
    ),
    "schema-range": RuleWords(
        N_("The value of “%(key)s” is out of range (limit: %(limit)s)."),
        _SHAPE,
        N_("Use a value within the range."),
    ),
    "locale-missing": RuleWords(
        N_("The text is missing in: %(locales)s."),
        N_("People learn in the language they choose, so a required language must be complete."),
        N_("Add the text in each language listed."),
    ),
    "markdown-unsupported": RuleWords(
        N_("“%(found)s” cannot be used in a lesson."),
        _MARKDOWN,
        N_(
            "Use a block from the content format. For a picture, use a figure container with alternative "
            "text."
        ),
    ),
    "raw-html": RuleWords(
        N_("HTML is not allowed: %(found)s"),
        N_("HTML in a lesson causes problems in other formats and can be unsafe."),
        N_("Use Markdown or a container. Write &lt; to show the character itself."),
    ),
    "markup-shown": RuleWords(
        N_("These characters would appear on the page as they are: %(found)s"),
        N_(
            "What Markdown does not recognize is displayed as text and read aloud character by character. A "
            "no-break space after ## or a dash is a common cause."
        ),
        N_(
            "Use the syntax in the content format, with an ordinary space. If you mean the character itself, "
            "put a backslash in front of it where Markdown is read."
        ),
    ),
    "container-unknown": RuleWords(
        N_("There is no container called “%(name)s”."), _MARKDOWN, N_("Use one of these: %(known)s.")
    ),
    "container-unclosed": RuleWords(
        N_("The container “%(name)s” is not closed."),
        N_("Everything after it would become part of it."),
        N_("Add a line with ::: where the container should end."),
    ),
    "container-stray-close": RuleWords(
        N_("This ::: does not close any container."),
        N_("A container may have been closed too early."),
        N_("Remove the line, or find the container it was meant to close."),
    ),
    "container-misplaced": RuleWords(
        N_("“%(name)s” cannot be placed in “%(around)s”."),
        _MARKDOWN,
        N_("Move it. Also check that no ::: is missing above it."),
    ),
    "container-twice": RuleWords(
        N_("“%(name)s” appears here twice."), _MARKDOWN, N_("Put both texts in one container.")
    ),
    "container-content": RuleWords(
        N_("Expected in “%(name)s”: %(expected)s."),
        _MARKDOWN,
        N_("Correct the content. The content format lists what each container must contain."),
    ),
    "attribute-syntax": RuleWords(
        N_("This syntax is not recognized: %(found)s"),
        N_("Text in braces becomes an id or a property of the block. A typo there is easy to miss."),
        N_("Write an id with #. Write values as key=value. Put text with spaces in quotation marks."),
    ),
    "attribute-missing": RuleWords(
        N_("“%(name)s” is missing “%(attribute)s”."), _MARKDOWN, N_("Add it in the braces after the name.")
    ),
    "attribute-unknown": RuleWords(
        N_("“%(attribute)s” is not a recognized attribute of “%(name)s”."),
        _MARKDOWN,
        N_("Correct the spelling, or remove it."),
    ),
    "attribute-value": RuleWords(
        N_("In “%(name)s”, “%(attribute)s” cannot be “%(found)s”."),
        _MARKDOWN,
        N_(
            "Write dates as YYYY-MM-DD, minutes as a whole number, and places on a drawing as two numbers "
            "from 0 to 100 in steps of 5."
        ),
    ),
    "in-short-missing": RuleWords(
        N_("The lesson does not start with an “in-short” container."),
        N_(
            "Three lines at the top help people decide whether to read on. They also help people who read "
            "slowly."
        ),
        N_("Add an in-short container with three items before everything else."),
    ),
    "in-short-three": RuleWords(
        N_("Number of items in “in-short”: %(count)s."),
        N_("Three short lines are easy to remember."),
        N_("Write exactly three items."),
    ),
    "branching-target": RuleWords(
        N_("There is no step called “%(target)s”."),
        N_("Anyone who chooses this would be stuck."),
        N_("Use the id of a step in the same scenario."),
    ),
    "branching-circle": RuleWords(
        N_("The choices in the step “%(step)s” eventually lead back to it."),
        N_("On paper, or without scripts, a loop never ends."),
        N_("Make the choice lead to a later step."),
    ),
    "branching-unreachable": RuleWords(
        N_("No choice leads to the step “%(step)s”."),
        N_("Nobody will read it."),
        N_("Add a choice that leads there, or remove the step."),
    ),
    "anchor-missing": RuleWords(
        N_("The heading “%(found)s” has no anchor."),
        N_("With an anchor, people keep their place when they change languages or return later."),
        N_("Add one after the heading, such as #s1 in braces. Use the same anchor in all languages."),
    ),
    "anchor-telling": RuleWords(
        N_("The anchor “%(id)s” reveals the topic of the section."),
        N_("Anchors are saved in the browser history, where someone else may read them."),
        N_("Use a neutral anchor, such as s1."),
    ),
    "duplicate-id": RuleWords(
        N_("The id “%(id)s” is used twice."),
        _IDS,
        N_("Replace one of them with a new id that has never been used."),
    ),
    "facilitator-missing": RuleWords(
        N_("The module “%(module)s” has no notes for a team discussion."),
        N_("Many agencies learn as a team. One printed page helps someone lead a safe discussion."),
        N_("Write facilitator.<language>.md in the same folder as the lessons, in every required language."),
    ),
    "facilitator-sections": RuleWords(
        N_(
            "The notes for a team discussion do not follow the four-section layout. Sections found: "
            "%(found)s."
        ),
        N_("The person who leads a discussion finds the same four parts every time, on screen and on paper."),
        N_(
            "Write four ## headings with these anchors, in this order: %(wanted)s. Put nothing before the "
            "first heading."
        ),
    ),
    "facilitator-questions": RuleWords(
        N_("Number of numbered questions: %(count)s. There should be three."),
        N_("Three good questions fill half an hour. With more questions, no one has time to think."),
        N_(
            "Under the heading with the anchor #questions, write one numbered list of exactly three "
            "questions."
        ),
    ),
    "need-unknown": RuleWords(
        N_("The prerequisite course “%(course)s” is not on this site."),
        N_("No one could meet this prerequisite, so no one could start the course."),
        N_("Write the folder name of a course on this site, or remove the prerequisite."),
    ),
    "need-circle": RuleWords(
        N_("These prerequisites form a loop: “%(course)s” cannot come before this course."),
        N_("If two courses require each other, or a course requires itself, no one can ever start them."),
        N_("Decide which course comes first, then remove its prerequisite."),
    ),
    "code-duplicate": RuleWords(
        N_("The code “%(id)s” is used twice."),
        _IDS,
        N_("Replace one of them with a new code that has never been used."),
    ),
    "id-reserved": RuleWords(
        N_("The site itself uses the name “%(id)s” here."),
        N_(
            "If an id and a name of the site are the same, answers, links or pages end up in the wrong place."
        ),
        N_("Choose another id."),
    ),
    "id-recycled": RuleWords(
        N_("The name “%(id)s” was already used in an earlier version (%(was)s)."),
        _IDS,
        N_(
            "Choose a new name. A name from a sealed version is never reused, even after the item is removed."
        ),
    ),
    "kind-changed": RuleWords(
        N_("The type of %(id)s changed from “%(was)s” to “%(now)s”."),
        N_("Earlier answers to this question could no longer be read."),
        N_("Give the new question a new id."),
    ),
    "seal-broken": RuleWords(
        N_("This file in %(course)s %(version)s has changed since it was sealed."),
        _SEAL,
        N_("Restore the sealed file from a copy. To make a correction, create a new version."),
    ),
    "seal-missing": RuleWords(
        N_("This file is missing from %(course)s %(version)s."),
        _SEAL,
        N_("Restore the sealed file from a copy."),
    ),
    "seal-line-ends": RuleWords(
        N_(
            "Only the line endings of %(course)s %(version)s have changed since it was sealed (files: "
            "%(count)s)."
        ),
        _SEAL,
        N_(
            "Git or an editor changed them. Get the files again with git config core.autocrlf false, or copy "
            "them from the original."
        ),
    ),
    "seal-unreadable": RuleWords(
        N_("The sealed lessons of %(course)s %(version)s cannot be read (%(problem)s)."),
        _SEAL,
        N_("Use a version of Parvis that is at least as recent as the one that sealed them."),
    ),
    "seal-newer": RuleWords(
        N_(
            "A newer version of Parvis sealed %(course)s %(version)s in format %(found)s. The version "
            "installed here only reads formats up to %(known)s."
        ),
        _SEAL,
        N_("Upgrade Parvis. The sealed files are fine: do not change them."),
    ),
}
