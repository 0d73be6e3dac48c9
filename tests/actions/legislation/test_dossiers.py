"""A change dossier: every statement is settled before a course is sealed, and every reason is kept."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from lms.actions.context import Context
from lms.actions.legislation import dossier_papers, dossiers
from lms.actions.legislation.dossiers import NewDossier
from lms.actions.publishing import preparing
from lms.actions.publishing.preparing import SealRequest
from lms.core.authoring.dossiers import Settled
from lms.core.errors import Conflict, Invalid, NotFound, Unavailable
from lms.core.operations.jobs import DossierPaper
from lms.core.people.actors import SYSTEM, Actor
from lms.jobs import run_due
from lms.rendering.dossiers.dossier_sheet import PrintedDossier
from tests.builders_learning import SAMPLE, a_member, refused, wait
from tests.builders_legislation import (
    LAW,
    a_dossier,
    a_written_site,
    an_author,
    rewrite,
    settle_all,
    with_event,
)

WISH = SealRequest("Sample team", {"en": "A drink.", "fr": "À boire."}, unapproved=True)
EN, FR = "Since 1 January 2020, every office", "Depuis le 1er janvier 2020, chaque bureau"


def printed(found: PrintedDossier, locale: str) -> bytes:
    """Stand in for the engine, which is proved in its own room."""
    return f"{found.dossier.id} {locale} {sorted(found.names.values())}".encode()


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return replace(a_written_site(tmp_path), dossier_pdf=printed)


@pytest.fixture
def author(context: Context) -> Actor:
    return an_author(context)


def lines(context: Context, author: Actor, dossier: str, locale: str = "") -> list[str]:
    found = dossiers.show(context, author, dossier).dossier
    return [one.id for one in found.open_lines if locale in {"", one.locale}]


def test_it_holds_each_statement_in_each_language(context: Context, author: Actor) -> None:
    event = with_event(context, author)
    made = a_dossier(context, author, event)
    found = dossiers.show(context, author, made)
    assert {(one.place, one.locale) for one in found.dossier.statements} >= {
        ("welcome/greeting#st1", "en"),
        ("welcome/greeting#st1", "fr"),
        ("welcome/quiz#w-q03", "fr"),
    }
    assert found.dossier.open_lines == found.dossier.lines
    assert (author.person, "Ana") in found.staff
    assert a_dossier(context, author, event) == made
    assert [one.id for one, _ in dossiers.waiting(context, author)] == [made]
    by_hand = a_dossier(context, author, report=context.new_id())
    assert by_hand != made


def test_what_is_missing_is_told(context: Context, author: Actor) -> None:
    with pytest.raises(Invalid) as caught:
        dossiers.open_dossier(context, author, NewDossier(LAW, words="", material="", effective="x"))
    assert {one.place.file for one in caught.value.findings} == {"words", "material", "effective"}
    with pytest.raises(Invalid):
        a_dossier(context, author, words="x" * 2001)
    for name in ("nothing", context.new_id()):
        with refused(NotFound, "dossier.unknown"):
            dossiers.show(context, author, name)


def test_rewritten_is_believed_of_the_draft_alone(context: Context, author: Actor) -> None:
    made = a_dossier(context, author)
    english = [
        one.id
        for one in dossiers.show(context, author, made).dossier.statements
        if (one.place, one.locale) == ("welcome/greeting#st1", "en")
    ]
    with refused(Conflict, "dossier.not-rewritten"):
        dossiers.settle(context, author, made, english, Settled.REWRITTEN)
    rewrite(context, author, "en", EN, "Since today, every office")
    assert dossiers.settle(context, author, made, english, Settled.REWRITTEN) == 1
    (line,) = [one for one in dossiers.show(context, author, made).dossier.lines if one.id in english]
    assert (line.settled, line.new.startswith("Since today")) == (Settled.REWRITTEN, True)
    dossiers.reopen_line(context, author, made, line.id)
    assert line.id in lines(context, author, made)


@pytest.mark.parametrize(
    ("settled", "reason", "field"),
    [
        ("", "", "settled"),
        ("done", "", "settled"),
        ("still-true", " ", "reason"),
        ("still-true", "x" * 2001, "reason"),
    ],
)
def test_everything_else_asks_for_a_reason(
    context: Context, author: Actor, settled: str, reason: str, field: str
) -> None:
    made = a_dossier(context, author)
    with pytest.raises(Invalid) as caught:
        dossiers.settle(context, author, made, lines(context, author, made), settled, reason=reason)
    assert [one.place.file for one in caught.value.findings] == [field]
    with refused(NotFound, "dossier.line-unknown"):
        dossiers.settle(context, author, made, [context.new_id()], settled, reason=reason)
    with pytest.raises(Invalid) as caught:
        dossiers.settle(context, author, made, [], settled, reason=reason)
    assert [one.place.file for one in caught.value.findings] == ["lines"]


def test_no_course_is_sealed_while_a_statement_is_open(context: Context, author: Actor) -> None:
    made = a_dossier(context, author)
    with pytest.raises(Conflict) as caught:
        preparing.seal(context, SYSTEM, SAMPLE, "2.0.0", WISH)
    assert caught.value.code == "release.dossier-open"
    assert "welcome/greeting#st1 (fr)" in str(caught.value.params["places"])
    assert "(ar)" not in str(caught.value.params["places"])
    rewrite(context, author, "en", EN, "Since today, every office")
    rewrite(context, author, "fr", FR, "Depuis aujourd’hui, chaque bureau")
    rewritten = [
        one.id
        for one in dossiers.show(context, author, made).dossier.statements
        if one.place == "welcome/greeting#st1" and one.locale in {"en", "fr"}
    ]
    dossiers.settle(context, author, made, rewritten, Settled.REWRITTEN)
    settle_all(context, author, made)
    rewrite(context, author, "fr", "Depuis aujourd’hui, chaque bureau", FR)
    with pytest.raises(Conflict) as caught:
        preparing.seal(context, SYSTEM, SAMPLE, "2.0.0", WISH)
    assert caught.value.params["places"] == "welcome/greeting#st1 (fr)"
    rewrite(context, author, "fr", FR, "Depuis aujourd’hui, chaque bureau")
    assert preparing.seal(context, SYSTEM, SAMPLE, "2.0.0", WISH).version == "2.0.0"


def test_a_course_without_a_dossier_goes_on(context: Context) -> None:
    dossiers.require_settled_statements(context, SAMPLE, {"en", "fr"})


def test_tasks_have_owners_and_are_done(context: Context, author: Actor) -> None:
    made = a_dossier(context, author)
    task = dossiers.add_task(context, author, made, "Write to the partners.", author.person)
    me = author.person
    dossiers.give(context, author, made, task, "", shown=me)
    with refused(Conflict, "dossier.owner-changed"):
        dossiers.give(context, author, made, task, me, shown=me)
    for _ in range(2):  # a second press
        dossiers.give(context, author, made, task, me, shown="")
    learner = a_member(context, "Léa").person
    with pytest.raises(Invalid):
        dossiers.give(context, author, made, task, learner, shown=me)
    with pytest.raises(Invalid):
        dossiers.add_task(context, author, made, "More.", learner)
    with pytest.raises(Invalid):
        dossiers.add_task(context, author, made, " ")
    with refused(NotFound, "dossier.line-unknown"):
        dossiers.give(context, author, made, context.new_id(), "", shown="")
    statement = lines(context, author, made, "en")[0]
    with pytest.raises(Invalid):
        dossiers.settle(context, author, made, [task, statement], "done")
    dossiers.settle(context, author, made, [task], "done")
    (line,) = dossiers.show(context, author, made).dossier.tasks
    assert (line.owner, line.settled) == (author.person, Settled.DONE)


def test_it_is_signed_off_by_somebody_else_and_closed_with_a_pdf_in_each_language(
    context: Context, author: Actor
) -> None:
    made, reviewer = a_dossier(context, author), an_author(context, "Rémi")
    for do in (dossiers.sign_off, dossiers.close):
        with refused(Conflict, "dossier.unsettled"):
            do(context, author, made)
    dossiers.decide(context, author, made, "We keep the word office, because the act does.")
    with pytest.raises(Invalid):
        dossiers.decide(context, author, made, "x" * 2001)
    settle_all(context, author, made)
    with refused(Conflict, "dossier.not-signed-off"):
        dossiers.close(context, author, made)
    for words in ("", "x" * 2001):
        with pytest.raises(Invalid):
            dossiers.sign_off(context, author, made, words)
    dossiers.sign_off(context, reviewer, made)
    dossiers.close(context, author, made)
    with refused(Unavailable, "dossier.not-ready"):
        dossier_papers.paper(context, author, made, "en")
    with refused(NotFound, "dossier.unknown"):
        dossier_papers.paper(context, author, made, "de")
    run_due(context)
    paper = dossier_papers.paper(context, author, made, "fr")
    assert paper.content == f"{made} fr ['Ana', 'Rémi']".encode()
    assert paper.name == f"{LAW}-{made}-fr.pdf"
    with refused(Conflict, "dossier.closed"):
        dossiers.decide(context, author, made, "More.")
    assert dossiers.waiting(context, author) == ()
    assert dossiers.waiting(context, author, law=LAW, closed=True)


def test_a_second_press_adds_nothing(context: Context, author: Actor) -> None:
    made, other = a_dossier(context, author), an_author(context, "Bo")
    for who in (author, author, other):
        dossiers.decide(context, who, made, "We keep the word. ")
    assert [one.by for one in dossiers.show(context, author, made).dossier.notes_of("decision")] == [
        author.person,
        other.person,
    ]
    first = dossiers.add_task(context, author, made, "Write to them.")
    assert dossiers.add_task(context, author, made, "Write to them. ") == first
    assert dossiers.add_task(context, author, made, "Write to them.", author.person) != first
    dossiers.settle(context, author, made, [first], "done")
    assert dossiers.add_task(context, author, made, "Write to them.") != first


def test_what_somebody_has_said_of_a_line_is_not_overwritten(context: Context, author: Actor) -> None:
    made, other = a_dossier(context, author), an_author(context, "Bo")
    first, second = lines(context, author, made, "en")[:2]
    assert dossiers.settle(context, author, made, [first], Settled.STILL_TRUE, reason="Read today.") == 1
    for reason, settled in (("Read today.", Settled.STILL_TRUE), ("Not ours.", Settled.NOT_AFFECTED)):
        with refused(Conflict, "dossier.line-settled"):
            dossiers.settle(context, other, made, [first, second], settled, reason=reason)
    assert second in lines(context, author, made)
    again = dossiers.settle(context, author, made, [first], Settled.STILL_TRUE, reason="Read today. ")
    both = dossiers.settle(context, author, made, [first, second], Settled.STILL_TRUE, reason="Read today.")
    assert (again, both) == (0, 1)
    dossiers.reopen_line(context, other, made, first)
    assert dossiers.settle(context, other, made, [first], Settled.NOT_AFFECTED, reason="Not ours.") == 1


def test_what_is_settled_after_a_sign_off_asks_for_another_one(context: Context, author: Actor) -> None:
    made, reviewer = a_dossier(context, author), an_author(context, "Rémi")
    settle_all(context, author, made)
    wait(context, days=1)
    dossiers.sign_off(context, reviewer, made)
    wait(context, days=1)
    (line, *_) = dossiers.show(context, author, made).dossier.lines
    dossiers.reopen_line(context, author, made, line.id)
    settle_all(context, author, made, "Something else.")
    with refused(Conflict, "dossier.not-signed-off"):
        dossiers.close(context, author, made)
    dossiers.sign_off(context, reviewer, made)
    dossiers.close(context, author, made)


def test_a_second_press_opens_no_second_dossier(context: Context, author: Actor) -> None:
    made = a_dossier(context, author)
    assert a_dossier(context, author) == made
    assert a_dossier(context, author, words="Something else has changed.") != made
    assert a_dossier(context, an_author(context, "Bo")) != made


def test_a_pdf_is_made_once(context: Context, author: Actor) -> None:
    made = a_dossier(context, author)
    work = DossierPaper(made, "en")
    assert dossier_papers.keep_paper(context, SYSTEM, work, "0" * 64)
    assert not dossier_papers.keep_paper(context, SYSTEM, work, "1" * 64)
    dossier_papers.make_paper(context, work)
    dossier_papers.make_paper(context, DossierPaper(context.new_id(), "en"))
    for name in ("nothing", context.new_id(), made):
        with refused(NotFound, "dossier.unknown"):
            dossier_papers.paper(context, author, name, "en")


def test_a_course_whose_releases_are_gone_is_shown_by_its_id(context: Context, author: Actor) -> None:
    made = a_dossier(context, author)
    assert SAMPLE in dossiers.show(context, author, made).titles
    shutil.rmtree(Path(context.settings.site) / f"courses/{SAMPLE}/releases")
    found = dossiers.show(context, author, made)
    assert found.titles == {}
    assert {one.course for one in found.dossier.statements} == {SAMPLE}
