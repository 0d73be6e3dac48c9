"""The shapes of course, module, glossary, register and help-line files: strict, frozen, nothing unknown.

Holds pydantic models and no meaning: conversion to core stands beside each reader.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from lms.core.publishing.versions import FORM

Text = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=80)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]{1,12}$")]
Ident = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=80)]
LanguageTag = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$")]
Date = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$")]
LooseDate = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?$")
]
Decimal = Annotated[str, StringConstraints(pattern=r"^-?[0-9]{1,12}(?:\.[0-9]{1,9})?$")]
Version = Annotated[str, StringConstraints(pattern=FORM)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Media = Annotated[str, StringConstraints(pattern=r"^media/[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=120)]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
Words = Annotated[dict[LanguageTag, Text], Field(min_length=1)]


class Strict(BaseModel):
    """What every shape here has in common."""

    model_config = ConfigDict(
        strict=True, frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True
    )


class FinalCheck(Strict):
    """The check at the end of a course."""

    items: Annotated[int, Field(ge=1, le=100)]


class CertificateRule(Strict):
    """When a certificate is due."""

    rule: Literal["all-modules-and-final-check"]


class Contact(Strict):
    """Whom to ask about a course."""

    name: Words | None = None
    email: Text | None = None
    url: WebAddress | None = None


class NeedEntry(Strict):
    """Another course that comes first, and why."""

    course: Slug
    why: Words


class CourseFile(Strict):
    """`courses/<id>/course.yaml`."""

    id: Slug
    code: Code
    title: Words
    subtitle: Words
    summary: Words
    sensitive: bool
    neutral_title: Words
    required_locales: Annotated[tuple[LanguageTag, ...], Field(min_length=1)]
    offered_locales: tuple[LanguageTag, ...] = ()
    hours: Decimal
    modules: Annotated[tuple[Slug, ...], Field(min_length=1)]
    pass_mark: Annotated[int, Field(ge=1, le=100)]
    final_check: FinalCheck
    certificate: CertificateRule
    needs: tuple[NeedEntry, ...] = ()
    contact: Contact | None = None


def gathered(value: object, names: frozenset[str]) -> object:
    """Put the languages of an entry, which are written beside its other keys, into one map."""
    if not isinstance(value, dict):
        return value
    own = {key: part for key, part in value.items() if key in names}
    return {**own, "words": {key: part for key, part in value.items() if key not in names}}


class OutcomeEntry(Strict):
    """An outcome: an id and, beside it, its words in each language."""

    id: Ident
    words: Words

    @model_validator(mode="before")
    @classmethod
    def _languages(cls, value: object) -> object:
        return gathered(value, frozenset({"id"}))


class LessonEntry(Strict):
    """A lesson of a module; its number in the file name is its position."""

    id: Slug
    code: Code
    title: Words
    minutes: Annotated[int, Field(ge=1, le=600)]
    outcomes: tuple[Ident, ...] = ()


class SignVideoEntry(Strict):
    """A sign-language recording of a part."""

    part: Annotated[str, Field(alias="for", pattern=r"^(?:#|term:|question:)[A-Za-z0-9][A-Za-z0-9_-]*$")]
    lang: LanguageTag
    src: Media
    small: Media | None = None
    transcript: Words | None = None


class ModuleFile(Strict):
    """`courses/<course>/<module>/draft/module.yaml`."""

    id: Slug
    code: Code
    title: Words
    minutes: Annotated[int, Field(ge=1, le=6000)]
    outcomes: Annotated[tuple[OutcomeEntry, ...], Field(min_length=1)]
    lessons: Annotated[tuple[LessonEntry, ...], Field(min_length=1)]
    quiz: Slug
    sensitive: bool = False
    sign_videos: tuple[SignVideoEntry, ...] = ()


class TermEntry(Strict):
    """One entry of `courses/glossary.yaml`."""

    id: Slug
    term: Words
    definition: Words
    avoid: dict[LanguageTag, tuple[Text, ...]] = Field(default_factory=dict)
    everyday: tuple[LanguageTag, ...] = ()
    reviewed: Date


class SearchWordsEntry(Strict):
    """Several expressions for one thing, in each language; whoever types one finds what holds any."""

    id: Slug
    words: dict[LanguageTag, Annotated[tuple[Text, ...], Field(min_length=2)]]
    reviewed: Date


_OF_EVENT = frozenset({"date", "event", "material", "effect", "certainty", "source", "read"})


class EventEntry(Strict):
    """Something that happened to a law."""

    date: LooseDate
    event: Literal[
        "introduced", "passed", "assent", "enacted", "published", "in-force", "retroactive-from", "amendment",
        "policy", "court", "deadline", "signed", "ratified", "acceded", "applies-from", "repeal",
    ]  # fmt: skip
    material: bool
    effect: Literal["in-force", "pending"]
    words: Words
    certainty: Literal["verified", "recalled"] | None = None
    source: Text | None = None
    read: Date | None = None

    @model_validator(mode="before")
    @classmethod
    def _languages(cls, value: object) -> object:
        return gathered(value, _OF_EVENT)


class LawFile(Strict):
    """`courses/legislation/<id>.yaml`."""

    id: Slug
    jurisdiction: Slug
    kind: Literal["statute", "regulation", "policy", "case", "treaty", "standard"]
    parent: Slug | None = None
    scope: Text | None = None
    related: tuple[Slug, ...] = ()
    title: Words
    title_fr_official: bool
    citation: Words
    status: Literal["in-force", "amended", "repealed", "not-yet"]
    assented: LooseDate | None
    in_force: LooseDate | None
    events: tuple[EventEntry, ...]
    meaning: Words
    courses: tuple[Slug, ...]
    topics: tuple[Slug, ...]
    url: dict[LanguageTag, WebAddress | None] | None
    confidence: Literal["verified", "recalled"]
    sources: tuple[Text, ...]
    unverified: tuple[Text, ...]
    note: Text | None = None
    binds: Words | None = None
    source_quality: Literal["official", "mixed", "secondary", "none"]
    review_by: Date | None = None


class WatchEntry(Strict):
    """What to look out for."""

    instrument: Slug
    date: LooseDate | None
    what: Text


class RegisterFile(Strict):
    """`courses/legislation/register.yaml`: the head of the register."""

    schema_version: Literal[1]
    as_of: Date
    federal_consolidation_read: Date
    review_by: Date
    watch: tuple[WatchEntry, ...] = ()


class HelpLineEntry(Strict):
    """One help line; a number that nobody has read or called is left empty.

    Whoever read it in a public source says where and when; `checked` is the day of a call, or of what
    the service itself said.
    """

    id: Slug
    regions: Annotated[tuple[Slug, ...], Field(min_length=1)]
    kind: Literal["crisis", "health", "legal", "settlement"]
    name: Words
    also: Words | None = None
    number: Text | None = None
    text: Text | None = None
    tty: Text | None = None
    hours: Words | None = None
    languages: tuple[LanguageTag, ...] = ()
    url: WebAddress | None = None
    sources: tuple[Text, ...] = ()
    read: Date | None = None
    checked: Date | None = None
    referral: Words
