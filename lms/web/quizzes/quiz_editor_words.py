"""The words around the fields of a question: what each kind is, how it is marked, what each part is called.

Holds English sentences, each marked for the catalogues.
"""

from __future__ import annotations

from lms.rendering.words.marks import N_

#: Each kind: its name, what it asks of a learner, and how an answer is marked.
KINDS: dict[str, tuple[str, str, str]] = {
    "choice": (
        N_("One right answer"),
        N_("The learner chooses one of several answers."),
        N_("The right answer gives 1 point. Any other answer gives no point."),
    ),
    "choices": (
        N_("Several right answers"),
        N_("The learner chooses every answer that fits."),
        N_(
            "Each right answer gives a share of the point, and each wrong one takes a share away. Choosing "
            "everything gives no point."
        ),
    ),
    "true-false": (
        N_("True or false"),
        N_("The learner judges a statement."),
        N_("The right answer gives 1 point."),
    ),
    "branch": (
        N_("A decision in a situation"),
        N_("The learner decides what to do and reads what happens then."),
        N_("The right decision gives 1 point. Any other decision gives no point."),
    ),
    "match": (
        N_("Matching pairs"),
        N_("The learner matches items that belong together."),
        N_("Each right pair gives an equal share of 1 point."),
    ),
    "order": (
        N_("Steps in order"),
        N_("The learner puts steps in their right order."),
        N_(
            "The right order gives 1 point. Each step out of place takes away an equal part of it. "
            "The reverse order gives no point."
        ),
    ),
    "gaps": (
        N_("Blanks in a text"),
        N_("The learner completes a text from lists."),
        N_("Each right blank gives an equal share of 1 point."),
    ),
    "text": (
        N_("One or two typed words"),
        N_("The learner types a word or two."),
        N_(
            "Any of the words you accept gives 1 point, in either language. Accents, capital letters and "
            "extra spaces do not matter."
        ),
    ),
    "number": (
        N_("A typed number"),
        N_("The learner types a number."),
        N_("A number within the accepted distance gives 1 point. A decimal comma is the same as a point."),
    ),
    "reflection": (
        N_("A reflection"),
        N_("The learner writes freely. There is no right answer."),
        N_("This question is not marked."),
    ),
    "likert": (
        N_("A scale"),
        N_("The learner chooses a point on a scale. There is no right answer."),
        N_("This question is not marked."),
    ),
}

LABELS: dict[str, str] = {
    "prompt": N_("Question"),
    "hint": N_("Hint"),
    "options": N_("Answers to choose from"),
    "text": N_("Text"),
    "then": N_("What happens then"),
    "feedback": N_("Feedback"),
    "answer": N_("Right answer"),
    "feedback.true": N_("Feedback for “true”"),
    "feedback.false": N_("Feedback for “false”"),
    "feedback.right": N_("Feedback for a right answer"),
    "feedback.wrong": N_("Feedback for any other answer"),
    "pairs": N_("Pairs"),
    "left": N_("First item"),
    "right": N_("Matching item"),
    "distractors": N_("Extra items that match nothing"),
    "steps": N_("Steps, in their right order"),
    "gaps": N_("Blanks"),
    "accept": N_("Accepted words"),
    "tolerance": N_("Accepted distance"),
    "unit": N_("Unit"),
    "sample": N_("One possible answer"),
    "points": N_("Number of points on the scale"),
    "ends.low": N_("Words for the lowest point"),
    "ends.high": N_("Words for the highest point"),
    "instead.prompt": N_("The same question as multiple choice"),
    "instead.options": N_("Answers of the multiple-choice question"),
}

HINTS: dict[str, str] = {
    "prompt": N_("A situation first, if there is one. The last paragraph asks."),
    "hint": N_("Learners can open it. It helps without giving the answer away."),
    "options": N_(
        "Answers of similar length are harder to guess. Feedback answers the idea behind the choice."
    ),
    "text": N_("Write {1} in the text where the first blank goes, {2} for the second."),
    "accept": N_("One per line. Include other spellings."),
    "tolerance": N_("How far from the right answer a number may be. 0 accepts only the exact number."),
    "steps": N_("Learners see them in another order."),
    "instead.prompt": N_("For learners who cannot or do not want to answer in the first way."),
}

ROW_NAMES: dict[str, str] = {
    "options": N_("Answer %(number)s"),
    "instead.options": N_("Answer %(number)s"),
    "pairs": N_("Pair %(number)s"),
    "distractors": N_("Extra item %(number)s"),
    "steps": N_("Step %(number)s"),
    "gaps": N_("Blank %(number)s"),
}
