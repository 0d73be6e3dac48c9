"""The tags of a release: every class of a course, a quiz, a survey, a law and a term in sealed files.

A table and nothing else; `document_tags` holds those of lessons. A tag and a pinned absence stay as they are
for ever; a field that is added comes with the absence that all older files mean (see
`docs/sealed-format.md`).
"""

from __future__ import annotations

from lms.core.courses.course import Course, Lesson, Module, Need, Outcome, Release, SignVideo
from lms.core.courses.quiz import (
    ChoiceQuestion,
    Gap,
    GapsQuestion,
    LikertQuestion,
    MatchQuestion,
    NumberQuestion,
    Option,
    OrderQuestion,
    Pair,
    Quiz,
    ReflectionQuestion,
    TextQuestion,
    Verdict,
)
from lms.core.courses.survey import ConfidenceTask, Survey
from lms.core.legislation.register import Event, Law, Term, Watch
from lms.core.locales import Words
from lms.core.publishing.document_tags import DOCUMENT_KINDS
from lms.core.publishing.tags import Tag, Tags

QUIZ_KINDS = (
    Tag("option", Option, ("id", "text", "feedback"), {"correct": False, "then": None}),
    Tag("pair", Pair, ("id", "left", "right", "feedback")),
    Tag("gap", Gap, ("id", "options")),
    Tag("verdict", Verdict, ("right", "wrong")),
    Tag(
        "choice-question", ChoiceQuestion, ("id", "prompt", "outcome", "rests_on", "hint", "kind", "options")
    ),
    Tag(
        "match-question",
        MatchQuestion,
        ("id", "prompt", "outcome", "rests_on", "hint", "pairs", "distractors", "instead"),
        {"kind": "match"},
    ),
    Tag(
        "order-question",
        OrderQuestion,
        ("id", "prompt", "outcome", "rests_on", "hint", "steps", "feedback", "instead"),
        {"kind": "order"},
    ),
    Tag(
        "text-question",
        TextQuestion,
        ("id", "prompt", "outcome", "rests_on", "hint", "accept", "feedback", "instead"),
        {"kind": "text"},
    ),
    Tag(
        "number-question",
        NumberQuestion,
        ("id", "prompt", "outcome", "rests_on", "hint", "answer", "tolerance", "unit", "feedback", "instead"),
        {"kind": "number"},
    ),
    Tag(
        "gaps-question",
        GapsQuestion,
        ("id", "prompt", "outcome", "rests_on", "hint", "text", "gaps"),
        {"kind": "gaps"},
    ),
    Tag(
        "reflection-question",
        ReflectionQuestion,
        ("id", "prompt", "outcome", "rests_on", "hint", "sample"),
        {"kind": "reflection"},
    ),
    Tag(
        "likert-question",
        LikertQuestion,
        ("id", "prompt", "outcome", "rests_on", "hint", "points", "low", "high"),
        {"kind": "likert"},
    ),
    Tag(
        "quiz", Quiz, ("id", "version", "draw", "questions"), {"digest": "", "marked": {}, "comments": "end"}
    ),
)

LAW_KINDS = (
    Tag(
        "event",
        Event,
        ("date", "event", "material", "effect", "words"),
        {"certainty": "", "source": "", "read": ""},
    ),
    Tag(
        "law",
        Law,
        (
            "id",
            "jurisdiction",
            "kind",
            "title",
            "title_fr_official",
            "citation",
            "status",
            "assented",
            "in_force",
            "events",
            "meaning",
            "courses",
            "topics",
            "url",
            "confidence",
            "sources",
            "unverified",
            "source_quality",
        ),
        {"review_by": "", "parent": "", "scope": "", "related": (), "note": "", "binds": None},
    ),
    Tag("watch", Watch, ("law", "date", "what")),
    Tag("term", Term, ("id", "term", "definition", "reviewed", "avoid")),
)

COURSE_KINDS = (
    Tag("words", Words, ("by_locale",)),
    Tag("task", ConfidenceTask, ("id", "text")),
    Tag("survey", Survey, ("confidence", "intention", "obstacles")),
    Tag("outcome", Outcome, ("id", "words")),
    Tag("sign-video", SignVideo, ("part", "lang", "src"), {"small": "", "transcript": None}),
    Tag("lesson", Lesson, ("id", "code", "title", "minutes", "documents"), {"outcomes": (), "digest": ""}),
    Tag(
        "module",
        Module,
        ("id", "code", "version", "title", "minutes", "outcomes", "lessons", "quiz"),
        {"sensitive": False, "sign_videos": (), "media": {}, "digest": "", "facilitator": {}},
    ),
    Tag("need", Need, ("course", "why")),
    Tag(
        "course",
        Course,
        (
            "id",
            "code",
            "title",
            "subtitle",
            "summary",
            "neutral_title",
            "sensitive",
            "required_locales",
            "offered_locales",
            "hours",
            "modules",
            "pass_mark",
            "final_items",
        ),
        {"survey": None, "needs": ()},
    ),
    Tag(
        "release",
        Release,
        ("course", "version", "date", "law_as_of", "why", "modules", "terms", "laws"),
        {"parent": "", "change": "", "by": "", "watch": ()},
        unwritten={"digest": ""},
    ),
)

#: Everything that reaches a sealed file.
SEALED = Tags(*DOCUMENT_KINDS, *QUIZ_KINDS, *LAW_KINDS, *COURSE_KINDS)
