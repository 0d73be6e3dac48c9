"""A quiz is changed question by question; nobody overwrites anybody, and untouched bytes stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from lms.actions.authoring import quiz_editing
from lms.actions.context import Context
from lms.content.site_folder import SiteFolder
from lms.core.authoring.quizzes.question_forms import digest_of
from lms.core.authoring.quizzes.question_shapes import PARTS
from lms.core.authoring.quizzes.quiz_draft import QuizDraft
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from lms.core.people.actors import NOBODY, Actor
from lms.core.publishing.site import FileChange
from tests.builders_learning import SAMPLE, refused

MODULE = "welcome"
FILE = f"quizzes/{SAMPLE}/{MODULE}/draft.yaml"


def drafted(context: Context, author: Actor) -> QuizDraft:
    return quiz_editing.quiz(context, author, SAMPLE, MODULE)


def save(context: Context, author: Actor, question: str, expected: str, **sent: Sequence[str] | str) -> str:
    fields = {name.replace("__", "."): [one] if isinstance(one, str) else one for name, one in sent.items()}
    return quiz_editing.save_question(
        context, author, SAMPLE, MODULE, question, sent=fields, expected=expected
    )


def test_one_question_is_saved_and_every_other_byte_stays(
    context: Context, author: Actor, site: Path
) -> None:
    before = (site / FILE).read_bytes()
    first, *others = drafted(context, author).entries
    digest = save(context, author, first["id"], digest_of(first), prompt__en="Who opens the door?")
    now = drafted(context, author)
    assert now.entries[0]["prompt"]["en"] == "Who opens the door?"
    assert digest_of(now.entries[0]) == digest
    assert list(now.entries[1:]) == others
    was, new = before.splitlines(), (site / FILE).read_bytes().splitlines()
    assert sum(a != b for a, b in zip(was, new, strict=True)) == 1


def test_saving_what_is_there_writes_nothing(context: Context, author: Actor, site: Path) -> None:
    before = (site / FILE).stat().st_mtime_ns
    first = drafted(context, author).entries[0]
    save(context, author, first["id"], digest_of(first), prompt__en=first["prompt"]["en"])
    assert (site / FILE).stat().st_mtime_ns == before


def test_on_one_question_the_second_is_refused_and_on_another_both_are_kept(
    context: Context, author: Actor
) -> None:
    first, second, *_ = drafted(context, author).entries
    save(context, author, first["id"], digest_of(first), prompt__en="One?")
    save(context, author, second["id"], digest_of(second), prompt__en="Two?")
    with refused(Conflict, "question.changed"):
        save(context, author, first["id"], digest_of(first), prompt__en="Three?")
    assert [one["prompt"]["en"] for one in drafted(context, author).entries[:2]] == ["One?", "Two?"]


@dataclass
class Busy(SiteFolder):
    """A site in which somebody saves another question just before each save."""

    times: int = 1

    def __init__(self, site: Path, times: int) -> None:
        super().__init__(site)
        self.times = times

    def save(self, course_id: str, changes: Mapping[str, FileChange]) -> Mapping[str, str]:
        if self.times:
            self.times -= 1
            for path in (self.files.root / file for file in changes):
                path.write_bytes(path.read_bytes() + b"# looked at\n")
        return super().save(course_id, changes)

    def __hash__(self) -> int:
        return id(self)


def test_another_part_saved_in_between_is_kept(context: Context, author: Actor, site: Path) -> None:
    first = drafted(context, author).entries[0]
    busy = replace(context, library=Busy(site, 2))
    save(busy, author, first["id"], digest_of(first), prompt__en="One?")
    assert (site / FILE).read_bytes().count(b"# looked at") == 2
    first = drafted(context, author).entries[0]
    assert first["prompt"]["en"] == "One?"
    with refused(Conflict, "draft.changed"):
        save(
            replace(context, library=Busy(site, 9)), author, first["id"], digest_of(first), prompt__en="Two?"
        )


def test_any_other_refusal_is_passed_on(context: Context, author: Actor, site: Path) -> None:
    class Full(SiteFolder):
        def save(self, *_: Any) -> Mapping[str, str]:
            raise Conflict("draft.by-hand")

    first = drafted(context, author).entries[0]
    with refused(Conflict, "draft.by-hand"):
        save(replace(context, library=Full(site)), author, first["id"], digest_of(first), prompt__en="One?")


@pytest.mark.parametrize("kind", PARTS)
def test_a_new_question_of_each_kind_passes_every_check(context: Context, author: Actor, kind: str) -> None:
    before = {str(one.finding.rule) for one in drafted(context, author).findings}
    made = quiz_editing.add_question(context, author, SAMPLE, MODULE, kind=kind, outcome="o1")
    now = drafted(context, author)
    entry = now.entry(made)
    assert entry is not None
    assert entry["kind"] == kind
    assert set(entry["prompt"]) == set(now.course.required_locales)
    assert now.findings_of(made) == ()
    assert {str(one.finding.rule) for one in now.findings} <= before


def test_a_question_moves_and_goes_and_no_id_comes_again(context: Context, author: Actor) -> None:
    ids = [one["id"] for one in drafted(context, author).entries]
    quiz_editing.move_question(context, author, SAMPLE, MODULE, ids[0], by=1)
    assert [one["id"] for one in drafted(context, author).entries][:2] == [ids[1], ids[0]]
    quiz_editing.move_question(context, author, SAMPLE, MODULE, ids[1], by=-1)
    quiz_editing.move_question(context, author, SAMPLE, MODULE, ids[0], by=-1)
    entry = drafted(context, author).entries[0]
    assert entry["id"] == ids[0]
    with refused(Conflict, "question.changed"):
        quiz_editing.remove_question(context, author, SAMPLE, MODULE, ids[0], expected="other")
    quiz_editing.remove_question(context, author, SAMPLE, MODULE, ids[0], expected=digest_of(entry))
    assert drafted(context, author).entry(ids[0]) is None
    with refused(NotFound, "question.gone"):
        save(context, author, ids[0], "")
    assert quiz_editing.add_question(context, author, SAMPLE, MODULE, kind="choice", outcome="o1") not in ids


def test_a_quiz_that_is_not_there_yet_begins_with_its_first_question(
    context: Context, author: Actor, site: Path
) -> None:
    (site / FILE).unlink()
    with refused(NotFound, "question.gone"):
        quiz_editing.set_quiz(context, author, SAMPLE, MODULE, draw="3", comments="end", expected="")
    made = quiz_editing.add_question(context, author, SAMPLE, MODULE, kind="choice", outcome="o1")
    assert [one["id"] for one in drafted(context, author).entries] == [made]
    (site / FILE).write_text(f"id: {MODULE}\ndraw: 1\nitems: none\n")
    made = quiz_editing.add_question(context, author, SAMPLE, MODULE, kind="choice", outcome="o1")
    assert drafted(context, author).place_of(made) == 0


def test_how_many_are_asked_and_when_comments_come(context: Context, author: Actor) -> None:
    def put(draw: str, comments: str, expected: str) -> Mapping[str, Any]:
        quiz_editing.set_quiz(
            context, author, SAMPLE, MODULE, draw=draw, comments=comments, expected=expected
        )
        return drafted(context, author).value

    value = put("2", "each", quiz_editing.settings_of(drafted(context, author).value))
    assert (value["draw"], value["comments"]) == (2, "each")
    with refused(Conflict, "quiz.settings-changed"):
        put("4", "end", "5 end")
    assert put("2", "each", "5 end") == value  # a second press
    assert put("3", "each", "2 each")["draw"] == 3
    value = put("3", "end", "3 each")
    assert value["draw"] == 3
    assert "comments" not in value
    for typed in ("", "0", "51", "²", "two", "0050000000", f"0001{'0' * 5000}", "007"):
        with refused(Invalid, "quiz.draw-shape"):
            put(typed, "end", "3 end")


def test_what_is_wrong_is_saved_and_said_at_its_place(context: Context, author: Actor) -> None:
    first = next(one for one in drafted(context, author).entries if one["kind"] == "choice")
    save(context, author, first["id"], digest_of(first), prompt__en="", prompt__fr="", outcome="o9")
    found = drafted(context, author).findings_of(first["id"])
    assert ("schema-missing", ()) in [(one.finding.rule, one.path) for one in found]


def test_who_may_not_and_what_is_not_there(context: Context, author: Actor, site: Path) -> None:
    with pytest.raises(NotAllowed):
        quiz_editing.quiz(context, NOBODY, SAMPLE, MODULE)
    with refused(NotFound, "course.unknown"):
        quiz_editing.quiz(context, author, "none", MODULE)
    with refused(NotFound, "module.unknown"):
        quiz_editing.quiz(context, author, SAMPLE, "none")
    with refused(Invalid, "question.kind-unknown"):
        quiz_editing.add_question(context, author, SAMPLE, MODULE, kind="essay", outcome="o1")
    with refused(Invalid, "question.outcome-unknown"):
        quiz_editing.add_question(context, author, SAMPLE, MODULE, kind="choice", outcome="o9")
    (site / FILE).write_text("items: [")
    assert not drafted(context, author).is_readable
    (site / f"courses/{SAMPLE}/course.yaml").write_text("id: x\n")
    with refused(Invalid, "draft.not-whole"):
        quiz_editing.quiz(context, author, SAMPLE, MODULE)
