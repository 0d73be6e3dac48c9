"""What differs is asked by authors, of the versions and the draft of a course that they reach."""

from __future__ import annotations

from pathlib import Path

import pytest

from lms.actions.authoring import differing
from lms.actions.context import Context
from lms.core.errors import NotAllowed, NotFound
from lms.core.people.actors import SYSTEM, Extent, Role
from lms.core.publishing.comparing.differences import Fate
from lms.storage.people import persons
from tests.builders_drafts import a_workshop, an_author, edit
from tests.builders_learning import SAMPLE, a_member, refused


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return a_workshop(tmp_path)


def test_the_draft_is_compared_with_what_it_follows(context: Context) -> None:
    who = an_author(context)
    found = differing.differences(context, who, SAMPLE)
    assert (found.old, found.new, found.difference.locale) == ("1.0.0", "draft", "en")
    assert found.difference.sections == ()
    edit(context, who, "Each question", "Every question")
    [section] = differing.differences(context, who, SAMPLE).difference.sections
    [block] = section.changes
    assert (block.fate, [run.old for run in block.runs if run.old != run.new]) == (Fate.CHANGED, ["Each"])
    assert differing.differences(context, who, SAMPLE, locale="fr").difference.sections == ()


def test_the_first_version_is_compared_with_nothing(context: Context) -> None:
    found = differing.differences(context, SYSTEM, SAMPLE, new="1.0.0")
    assert (found.old, found.new) == ("", "1.0.0")
    assert found.difference.count(Fate.ADDED) > 50


def test_what_is_not_there_is_not_found(context: Context) -> None:
    for wrong in ({"new": "9.9.9"}, {"old": "9.9.9"}, {"locale": "de"}, {"new": "../x"}):
        with refused(NotFound, "draft.locale-unknown" if "locale" in wrong else "release.unknown"):
            differing.differences(context, SYSTEM, SAMPLE, **wrong)
    with refused(NotFound, "course.unknown"):
        differing.differences(context, SYSTEM, "no-course")


def test_only_authors_of_the_course_may_ask(context: Context) -> None:
    with refused(NotAllowed, "deed.not-allowed"):
        differing.differences(context, a_member(context), SAMPLE)
    other = a_member(context, "Other")
    with context.database.writing() as tx:
        persons.give_role(tx, other.person, Role.AUTHOR, context.now(), Extent(course="elsewhere"))
