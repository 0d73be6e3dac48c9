"""The words of what goes wrong in the authors' workspace.

Holds sentences in English, each marked for the catalogues, under their codes.
"""

from __future__ import annotations

from lms.rendering.words.marks import N_

AUTHORING: dict[str, str] = {
    "draft.by-hand": N_(
        "This file is written in a way that this form cannot change safely. Nothing was saved. Open the "
        "source of the file instead."
    ),
    "question.gone": N_("This question is no longer in the draft. Someone may have removed it."),
    "question.changed": N_("Someone saved this question after you opened it. Compare both versions below."),
    "question.kind-unknown": N_("Choose a type of question."),
    "question.outcome-unknown": N_("Choose what the question checks."),
    "quiz.settings-changed": N_(
        "Someone else has changed these settings after you opened this page. Yours are still in the form. "
        "Check them, then save again."
    ),
    "quiz.draw-shape": N_("Enter a whole number from 1 to 50."),
    "replace.nothing-typed": N_("Enter the words to find."),
    "replace.nothing-chosen": N_("Choose at least one place."),
    "replace.too-many": N_("There are more than %(most)s places. Enter more words to find fewer places."),
    "finding.gone": N_("This finding is no longer there. The text may have changed."),
    "finding.error-stays": N_("An error cannot be answered. It must be fixed before publishing."),
    "finding.reason-missing": N_("Write in a few words why this is fine as it is."),
    "finding.reason-long": N_("Keep the reason under %(most)s characters."),
    "finding.no-fix": N_("There is nothing to fix automatically here."),
    "new.title-missing": N_("Enter a title in each language."),
    "new.title-long": N_("Keep the title under %(most)s characters."),
    "new.locales-missing": N_("Choose at least one language."),
    "new.exists": N_("There is something with this name already. Try again."),
}

#: What was just done in the workspace.
AUTHORING_DONE: dict[str, str] = {
    "question-saved": N_("The question is saved in the draft."),
    "question-added": N_("The question is in the draft. Replace its words with your own."),
    "question-moved": N_("The question is moved."),
    "question-removed": N_("The question is removed from the draft."),
    "quiz-saved": N_("The settings of the quiz are saved."),
    "course-made": N_("The course has been created. Replace its text with your own."),
    "module-made": N_("The module has been created. Replace its text with your own."),
    "lesson-made": N_("The lesson has been created. Replace its text with your own."),
    "module-copied": N_("The module is copied."),
    "finding-answered": N_("Your answer is saved. It stays until the text changes."),
    "finding-open-again": N_("The finding is open again."),
    "finding-fixed": N_("The text is corrected in the draft."),
}
