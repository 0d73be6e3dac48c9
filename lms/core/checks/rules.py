"""Every rule that content is checked against: how grave it is, and the standard or house text it follows.

Holds facts only; the words of each rule (what, why, how to mend) live in `lms.rendering.words.findings`,
samples and explanations in `docs/checks.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lms.core.courses.findings import Finding, Place, Severity

_E, _W, _A = Severity.ERROR, Severity.WARNING, Severity.ADVICE


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its weight, and what it rests on."""

    severity: Severity
    reference: str


_FORMAT = "Content format"
_YAML = "YAML 1.2.2"
_LAYOUT = "Layout of a site"
_FRENCH = "Canadian French typography"
_PLAIN = "WCAG 3.1.5"
_QUIZ = "Writing good questions"
_LAW = "Legal accuracy"
_TEAM = "Notes for a team talk"
_SEAL = "Nothing sealed ever changes"

RULES: Mapping[str, Rule] = {
    # files
    "file-missing": Rule(_E, _LAYOUT),
    "file-too-large": Rule(_E, _LAYOUT),
    "file-encoding": Rule(_E, _LAYOUT),
    "character-unusable": Rule(_E, "HTML: text"),
    "id-mismatch": Rule(_E, _LAYOUT),
    "lesson-unlisted": Rule(_W, _LAYOUT),
    # YAML and schemas
    "yaml-syntax": Rule(_E, _YAML),
    "yaml-alias": Rule(_E, _YAML),
    "yaml-tag": Rule(_E, _YAML),
    "yaml-too-deep": Rule(_E, _YAML),
    "yaml-too-many": Rule(_E, _LAYOUT),
    "yaml-long-number": Rule(_E, _YAML),
    "yaml-duplicate-key": Rule(_E, _YAML),
    "schema-missing": Rule(_E, _FORMAT),
    "schema-unknown": Rule(_E, _FORMAT),
    "schema-type": Rule(_E, _FORMAT),
    "schema-choice": Rule(_E, _FORMAT),
    "schema-format": Rule(_E, _FORMAT),
    "schema-length": Rule(_E, _FORMAT),
    "schema-range": Rule(_E, _FORMAT),
    "locale-missing": Rule(_E, "Required languages"),
    # Markdown and containers
    "markdown-unsupported": Rule(_E, _FORMAT),
    "raw-html": Rule(_E, _FORMAT),
    "markup-shown": Rule(_E, _FORMAT),
    "container-unknown": Rule(_E, _FORMAT),
    "container-unclosed": Rule(_E, _FORMAT),
    "container-stray-close": Rule(_E, _FORMAT),
    "container-misplaced": Rule(_E, _FORMAT),
    "container-twice": Rule(_E, _FORMAT),
    "container-content": Rule(_E, _FORMAT),
    "attribute-syntax": Rule(_E, _FORMAT),
    "attribute-missing": Rule(_E, _FORMAT),
    "attribute-unknown": Rule(_E, _FORMAT),
    "attribute-value": Rule(_E, _FORMAT),
    "in-short-missing": Rule(_E, _FORMAT),
    "in-short-three": Rule(_E, _FORMAT),
    "branching-target": Rule(_E, _FORMAT),
    "branching-circle": Rule(_E, _FORMAT),
    "branching-unreachable": Rule(_E, _FORMAT),
    # ids
    "anchor-missing": Rule(_E, _FORMAT),
    "anchor-telling": Rule(_W, "Safe on a shared computer"),
    "duplicate-id": Rule(_E, "HTML: the id attribute"),
    "id-reserved": Rule(_E, "Names of the site itself"),
    "id-recycled": Rule(_E, "Ids are never recycled"),
    "kind-changed": Rule(_E, "Ids are never recycled"),
    # links
    "link-anchor": Rule(_E, "WCAG 2.4.4"),
    "link-lesson": Rule(_E, "WCAG 2.4.4"),
    "link-page": Rule(_E, "WCAG 2.4.4"),
    "link-term": Rule(_E, "WCAG 3.1.3"),
    "link-address": Rule(_E, "WCAG 2.4.4"),
    "link-empty": Rule(_E, "WCAG 2.4.4"),
    "link-generic": Rule(_E, "WCAG 2.4.9"),
    "link-bare-address": Rule(_E, "WCAG 2.4.9"),
    "link-same-words": Rule(_W, "WCAG 2.4.9"),
    # headings and structure
    "heading-level": Rule(_E, "WCAG 1.3.1"),
    "heading-order": Rule(_E, "WCAG 1.3.1"),
    "heading-empty": Rule(_E, "WCAG 2.4.6"),
    "heading-capitals": Rule(_E, "WCAG 3.1.5"),
    "heading-repeated": Rule(_W, "WCAG 2.4.6"),
    "heading-emphasis": Rule(_E, "WCAG 1.3.1"),
    "section-long": Rule(_W, "WCAG 2.4.10"),
    "list-by-hand": Rule(_E, "WCAG 1.3.1"),
    "table-headers": Rule(_E, "WCAG 1.3.1"),
    "table-caption": Rule(_W, "WCAG 1.3.1"),
    # pictures and recordings
    "alt-missing": Rule(_E, "WCAG 1.1.1"),
    "alt-file-name": Rule(_E, "WCAG 1.1.1"),
    "alt-says-nothing": Rule(_E, "WCAG 1.1.1"),
    "alt-picture-of": Rule(_E, "WCAG 1.1.1"),
    "alt-long": Rule(_W, "WCAG 1.1.1"),
    "alt-decorative": Rule(_E, "WCAG 1.1.1"),
    "description-missing": Rule(_W, "WCAG 1.1.1"),
    "label-long": Rule(_W, _LAYOUT),
    "label-room": Rule(_W, "WCAG 1.4.10"),
    "media-missing": Rule(_E, "WCAG 1.1.1"),
    "media-unused": Rule(_A, _LAYOUT),
    "picture-unsafe": Rule(_E, "SVG as an image"),
    "picture-words": Rule(_W, "WCAG 1.4.9"),
    "picture-large": Rule(_W, "Light pages"),
    "captions-missing": Rule(_E, "WCAG 1.2.2"),
    "transcript-missing": Rule(_E, "WCAG 1.2.1"),
    "video-undescribed": Rule(_E, "WCAG 1.2.5"),
    "sign-part": Rule(_E, "WCAG 1.2.6"),
    # words
    "words-missing": Rule(_E, "WCAG 1.1.1"),
    "sensory-words": Rule(_W, "WCAG 1.3.3"),
    "language-tag": Rule(_E, "WCAG 3.1.2"),
    "language-wrong": Rule(_E, "WCAG 3.1.1"),
    "foreign-unmarked": Rule(_W, "WCAG 3.1.2"),
    "abbreviation": Rule(_A, "WCAG 3.1.4"),
    "term-not-linked": Rule(_W, "WCAG 3.1.3"),
    "word-to-avoid": Rule(_A, "Terminology"),
    "reading-level": Rule(_A, _PLAIN),
    "sentence-long": Rule(_A, _PLAIN),
    "paragraph-long": Rule(_A, _PLAIN),
    # French
    "french-colon": Rule(_E, _FRENCH),
    "french-guillemets": Rule(_E, _FRENCH),
    "french-space-before": Rule(_E, _FRENCH),
    "french-apostrophe": Rule(_E, _FRENCH),
    "french-quotes": Rule(_W, _FRENCH),
    "french-inclusive-form": Rule(_W, "Inclusive writing, house rule"),
    # two languages
    "parity-missing": Rule(_E, "Parity of the languages"),
    "parity-extra": Rule(_E, "Parity of the languages"),
    "parity-differs": Rule(_E, "Parity of the languages"),
    "parity-offered": Rule(_W, "Parity of the languages"),
    "parity-links": Rule(_W, "Parity of the languages"),
    "text-behind": Rule(_W, "Translation without a master language"),
    "question-behind": Rule(_W, "Translation without a master language"),
    # notes for a team talk
    "facilitator-missing": Rule(_A, _TEAM),
    "facilitator-sections": Rule(_E, _TEAM),
    "facilitator-questions": Rule(_E, _TEAM),
    # law
    "law-unknown": Rule(_E, _LAW),
    "law-repealed": Rule(_E, _LAW),
    "law-reference": Rule(_W, _LAW),
    "law-recalled": Rule(_A, _LAW),
    "law-review-past": Rule(_E, _LAW),
    "law-date": Rule(_E, _LAW),
    "statement-changed": Rule(_A, _LAW),
    "statement-date": Rule(_W, _LAW),
    "statement-alone": Rule(_W, _LAW),
    "register-review-past": Rule(_W, _LAW),
    "help-line-unchecked": Rule(_A, "Help lines are checked every 180 days"),
    "help-line-source": Rule(_W, "Help lines are checked every 180 days"),
    # course and quiz
    "code-duplicate": Rule(_E, _LAYOUT),
    "need-unknown": Rule(_E, "Courses that build on each other"),
    "need-circle": Rule(_E, "Courses that build on each other"),
    "outcome-unknown": Rule(_E, _QUIZ),
    "outcome-untested": Rule(_W, _QUIZ),
    "minutes-differ": Rule(_A, "Honest minutes"),
    "quiz-few": Rule(_E, _QUIZ),
    "quiz-one-right": Rule(_E, _QUIZ),
    "quiz-gap": Rule(_E, _QUIZ),
    "quiz-block": Rule(_E, _FORMAT),
    "quiz-all-above": Rule(_E, _QUIZ),
    "quiz-negative": Rule(_W, _QUIZ),
    "quiz-length-clue": Rule(_A, _QUIZ),
    "quiz-place-clue": Rule(_A, _QUIZ),
    "quiz-same-options": Rule(_E, _QUIZ),
    "quiz-typed-number": Rule(_A, _QUIZ),
    # seals
    "seal-broken": Rule(_E, _SEAL),
    "seal-missing": Rule(_E, _SEAL),
    "seal-line-ends": Rule(_E, _SEAL),
    "seal-unreadable": Rule(_E, _SEAL),
    "seal-newer": Rule(_E, _SEAL),
}


def broken(rule: str, place: Place, /, **params: object) -> Finding:
    """Make a finding of a rule, with the weight that the rule has."""
    return Finding(rule, RULES[rule].severity, place, params)
