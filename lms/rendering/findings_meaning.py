"""Words of the rules about meaning: equal languages, law, help lines, courses and questions.

Holds English sentences, each marked for the catalogues. Called by `findings`.
"""

from __future__ import annotations

from collections.abc import Mapping

from lms.rendering.findings_entry import N_, Entry

_PARITY = N_(
    "Everybody is taught the same, whichever language they read; changing the language keeps one’s place."
)
_LAW = N_("People act on what is said about the law. What rests on it has to be found again when it changes.")
_QUIZ = N_("A question should be answered by what one knows, not by how it is made.")

MEANING: Mapping[str, Entry] = {
    "parity-missing": Entry(
        N_("A block of %(other)s is missing here: %(block)s %(there)s"),
        _PARITY,
        N_("Add it in the same place, or remove it from the other language."),
    ),
    "parity-extra": Entry(
        N_("This block is not in %(other)s: %(block)s %(here)s"),
        _PARITY,
        N_("Add it to the other language, or remove it here."),
    ),
    "parity-differs": Entry(
        N_("%(block)s is not as in %(other)s: here “%(here)s”, there “%(there)s”."),
        _PARITY,
        N_("Make both the same."),
    ),
    "parity-offered": Entry(
        N_("%(block)s is not as in %(other)s: here “%(here)s”, there “%(there)s”."),
        N_("Where an offered language has no such block, readers are shown the other language."),
        N_("Translate the block when somebody can."),
    ),
    "parity-links": Entry(
        N_("%(other)s links to what is not linked here: %(links)s"),
        _PARITY,
        N_("Link the same terms and laws in all languages."),
    ),
    "law-unknown": Entry(
        N_("The register has no entry “%(law)s”."), _LAW, N_("Use the id of an entry, or add the instrument.")
    ),
    "law-repealed": Entry(
        N_("“%(law)s” has been repealed."), _LAW, N_("Rewrite the statement on the law that stands now.")
    ),
    "law-reference": Entry(
        N_("The text names a law without its entry: %(found)s"),
        _LAW,
        N_("Link it with law: and the id of the entry, or put it into a law box."),
    ),
    "law-recalled": Entry(
        N_("The entry “%(law)s” was written from memory."),
        _LAW,
        N_("Read the official text, and mark the entry as verified."),
    ),
    "law-review-past": Entry(
        N_("The statement “%(id)s” was due to be read again by %(review_by)s."),
        _LAW,
        N_("Read the law again, correct the statement, and set new dates."),
    ),
    "law-date": Entry(
        N_("The dates cannot be right: as of %(as_of)s, review by %(review_by)s."),
        _LAW,
        N_("“As of” is a day that has been, and “review by” a later one."),
    ),
    "register-review-past": Entry(
        N_("The register was due to be read again by %(review_by)s."),
        _LAW,
        N_("Read the entries and the list of what to watch, and set a new date."),
    ),
    "help-line-unchecked": Entry(
        N_("Nobody has checked “%(id)s” for 180 days. Its number is hidden."),
        N_("A wrong number can cost somebody in danger their one call."),
        N_("Check the number, hours and languages, and write down today’s date."),
    ),
    "outcome-unknown": Entry(
        N_("The module has no outcome “%(id)s”."),
        N_("Balanced draws and “what to read again” rest on outcomes."),
        N_("Use the id of one of the module’s outcomes."),
    ),
    "outcome-untested": Entry(
        N_("No graded question asks about the outcome “%(id)s”."),
        N_("What is promised should be tested."),
        N_("Add a question, or take the outcome away."),
    ),
    "minutes-differ": Entry(
        N_("The module says %(minutes)s minutes, its lessons together %(lessons)s."),
        N_("People plan their time by these figures."),
        N_("Make the figures agree."),
    ),
    "quiz-few": Entry(
        N_("There are %(count)s graded questions, and %(needed)s are drawn."),
        N_("A check needs at least as many questions as it draws."),
        N_("Add questions, or draw fewer."),
    ),
    "quiz-one-right": Entry(
        N_("%(count)s options are right here, and %(wanted)s should be."),
        _QUIZ,
        N_("Mark the right option with correct: true, and no other."),
    ),
    "quiz-gap": Entry(
        N_("The text has the gaps %(found)s, but these are described: %(expected)s."),
        _QUIZ,
        N_("Use each gap exactly once, in every language."),
    ),
    "quiz-all-above": Entry(
        N_("“%(found)s” is not a real option."),
        N_("It can be guessed, it depends on the order, and it teaches nothing."),
        N_("Make it a question with several right options."),
    ),
    "quiz-negative": Entry(
        N_("The question asks what is not so: %(found)s"),
        N_("A “not” is easily missed, above all in a second language or when one listens."),
        N_("Ask for what is right, or for what one would do."),
    ),
    "quiz-length-clue": Entry(
        N_("The right option is much longer than the others (%(locale)s): %(found)s"),
        _QUIZ,
        N_("Make the options about equally long."),
    ),
    "quiz-place-clue": Entry(
        N_("The right option stands in place %(place)s in %(count)s of %(of)s questions."),
        _QUIZ,
        N_("Vary the place."),
    ),
    "quiz-same-options": Entry(
        N_("Two options read the same: %(found)s"), _QUIZ, N_("Make them different, or remove one.")
    ),
}
