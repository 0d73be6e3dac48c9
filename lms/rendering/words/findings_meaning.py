"""Words of the rules about meaning: equal languages, law, help lines, courses and questions.

Holds English sentences, each marked for the catalogues.
"""

from __future__ import annotations

from collections.abc import Mapping

from lms.rendering.words.marks import N_, RuleWords

_PARITY = N_(
    "Everyone learns the same content in every language, and people keep their place when they change "
    "languages."
)
_LAW = N_(
    "People act on what the course says about the law. When a law changes, you need to be able to "
    "find everything based on it."
)
_QUIZ = N_(
    "People should be able to answer a question because of what they know, not because of how it is written."
)

MEANING: Mapping[str, RuleWords] = {
    "parity-missing": RuleWords(
        N_("A block from %(other)s is missing here: %(block)s %(there)s"),
        _PARITY,
        N_("Add it in the same place, or remove it from the other language."),
    ),
    "parity-extra": RuleWords(
        N_("This block is not in %(other)s: %(block)s %(here)s"),
        _PARITY,
        N_("Add it to the other language, or remove it here."),
    ),
    "parity-differs": RuleWords(
        N_("%(block)s differs from %(other)s: here “%(here)s”, in the other file “%(there)s”."),
        _PARITY,
        N_("Make both the same."),
    ),
    "parity-offered": RuleWords(
        N_("%(block)s differs from %(other)s: here “%(here)s”, in the other file “%(there)s”."),
        N_("If an offered language does not have this block, people see the other language instead."),
        N_("Translate the block when you can."),
    ),
    "parity-links": RuleWords(
        N_("%(other)s has links that are missing here: %(links)s"),
        _PARITY,
        N_("Link to the same terms and laws in all languages."),
    ),
    "text-behind": RuleWords(
        N_("%(other)s has changed here since version %(version)s, but this text has not."),
        _PARITY,
        N_("Make the same change here. If the change only fixed a typo, you do not have to do anything."),
    ),
    "question-behind": RuleWords(
        N_("Question %(id)s has changed in “%(other)s” since version %(version)s, but not in “%(lang)s”."),
        _PARITY,
        N_(
            "Make the same change in both languages. If the change only fixed a typo, you do not have to "
            "do anything."
        ),
    ),
    "statement-changed": RuleWords(
        N_("What this text says about the law has changed since version %(version)s: %(laws)s"),
        _LAW,
        N_(
            "If learners need to know about the change, raise the first number of the next version, for "
            "example to 2.0.0. If the meaning stays the same, raise the second number."
        ),
    ),
    "statement-date": RuleWords(
        N_("The text has changed, but its date has not: %(laws)s"),
        _LAW,
        N_("In as-of, write the date of the law text that you read."),
    ),
    "statement-alone": RuleWords(
        N_("This text has changed, but other items based on the same law have not: %(resting)s"),
        _LAW,
        N_("Read each item again, and correct what is no longer true."),
    ),
    "law-unknown": RuleWords(
        N_("The register of laws has no entry “%(law)s”."),
        _LAW,
        N_("Use the id of an existing entry, or add the law to the register."),
    ),
    "law-repealed": RuleWords(
        N_("“%(law)s” has been repealed."),
        _LAW,
        N_("Rewrite the statement to match the law that applies now."),
    ),
    "law-reference": RuleWords(
        N_("The text mentions a law without linking to its entry: %(found)s"),
        _LAW,
        N_("Link to it with law: and the id of the entry, or put it in a law box."),
    ),
    "law-recalled": RuleWords(
        N_("The entry “%(law)s” was written from general knowledge."),
        _LAW,
        N_("Read the official text, and mark the entry as verified."),
    ),
    "law-review-past": RuleWords(
        N_("The statement “%(id)s” was due for review by %(review_by)s."),
        _LAW,
        N_("Read the law again, correct the statement if needed, and set new dates."),
    ),
    "law-date": RuleWords(
        N_("These dates cannot be right: as-of %(as_of)s, review-by %(review_by)s."),
        _LAW,
        N_(
            "The as-of date must be today or earlier, or the day of an upcoming change that the register "
            "lists for one of these laws. The review-by date must be later than the as-of date."
        ),
    ),
    "register-review-past": RuleWords(
        N_("The register of laws was due for review by %(review_by)s."),
        _LAW,
        N_("Read the entries and the list of what to watch, then set a new date."),
    ),
    "help-line-unchecked": RuleWords(
        N_("“%(id)s” has not been checked for 180 days. Its number is hidden."),
        N_("A person in danger may be able to make only one call. A wrong number could cost them that call."),
        N_(
            "Call the line to confirm the number, hours and languages, then run: lms help-line confirm "
            "%(id)s. Or find them in a public source, then update the fields “sources” and “read”."
        ),
    ),
    "help-line-source": RuleWords(
        N_("“%(id)s” gives a source without a date, or a date without a source."),
        N_(
            "Readers are told that the number was found in a public source. Someone must be able to find it "
            "again."
        ),
        N_("Fill in both: sources (where the number was read) and read (the date)."),
    ),
    "outcome-unknown": RuleWords(
        N_("The module has no learning outcome “%(id)s”."),
        N_(
            "Learning outcomes are used to choose a balanced set of questions and to suggest what to read "
            "again."
        ),
        N_("Use the id of one of the module’s learning outcomes."),
    ),
    "outcome-untested": RuleWords(
        N_("No graded question covers the learning outcome “%(id)s”."),
        N_("The quiz should cover everything the module promises to teach."),
        N_("Add a question, or remove the learning outcome."),
    ),
    "minutes-differ": RuleWords(
        N_("The module says %(minutes)s minutes, but its lessons add up to %(lessons)s."),
        N_("People plan their time with these numbers."),
        N_("Make the numbers match."),
    ),
    "quiz-few": RuleWords(
        N_("There are %(count)s graded questions, but the quiz needs %(needed)s."),
        N_("A quiz cannot ask more questions than there are to choose from."),
        N_("Add questions, or reduce the number that the quiz asks."),
    ),
    "quiz-one-right": RuleWords(
        N_("Number of options marked as correct: %(count)s. It should be %(wanted)s."),
        _QUIZ,
        N_("Mark every correct option, and only those, with correct: true."),
    ),
    "quiz-gap": RuleWords(
        N_("Blanks in the text: %(found)s. Blanks described in the question: %(expected)s."),
        _QUIZ,
        N_("Use each blank exactly once in every language."),
    ),
    "quiz-block": RuleWords(
        N_("This text contains something that cannot be displayed in its place: %(found)s"),
        N_("That part would be missing from the page, and the question would make no sense without it."),
        N_(
            "Use paragraphs and lists only. A prompt needs a paragraph that asks the question. Options and "
            "labels are lines of text without lists, and a text with blanks has no formatting."
        ),
    ),
    "quiz-all-above": RuleWords(
        N_("“%(found)s” is not a real option."),
        N_("It is easy to guess, it depends on the order of the options, and it does not help people learn."),
        N_("Use a question with more than one correct option instead."),
    ),
    "quiz-negative": RuleWords(
        N_("The question asks what is not true: %(found)s"),
        N_("It is easy to miss a “not”, especially in a second language or when listening."),
        N_("Ask what is correct, or what the person would do."),
    ),
    "quiz-length-clue": RuleWords(
        N_("The correct option is much longer than the others (%(locale)s): %(found)s"),
        _QUIZ,
        N_("Make all the options about the same length."),
    ),
    "quiz-place-clue": RuleWords(
        N_("The correct option is in position %(place)s in %(count)s of %(of)s questions."),
        _QUIZ,
        N_("Vary the position."),
    ),
    "quiz-same-options": RuleWords(
        N_("Two options have the same text: %(found)s"), _QUIZ, N_("Make them different, or remove one.")
    ),
    "quiz-typed-number": RuleWords(
        N_("The accepted answer “%(found)s” is a number."),
        N_("A number question also understands other ways of writing a number, and its unit."),
        N_("Use a question of type number instead."),
    ),
}
