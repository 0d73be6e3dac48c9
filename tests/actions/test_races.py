"""Two learner actions at the same instant end as one after the other would, in one order or the other.

Every pair of what a learner can do in a course is done at once, each by a connection of its own, and compared
with both orders. Then what must happen once though many ask for it: accounts, codes, certificates, releases.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement

import pytest
from sqlalchemy import func, select

from lms.actions import visits
from lms.actions.certificates import certifying
from lms.actions.context import Context
from lms.actions.learning import learning, moving, quizzing
from lms.actions.learning.attempt_views import AttemptView
from lms.actions.people import accounts, codes, sessions, visitors
from lms.actions.people.sessions import Known
from lms.actions.people.signing_in import Entered
from lms.actions.publishing import adopting
from lms.core.certificates.certificate import CertificateChoice
from lms.core.errors import ParvisError
from lms.core.learning.progress import progress_of
from lms.core.people.actors import NOBODY, SYSTEM, Actor
from lms.storage.database import Tx, open_database
from lms.storage.learning import enrolments
from lms.storage.people import sessions as session_rows
from lms.storage.tables.certificates import certificate
from lms.storage.tables.learning import attempt, completion, enrolment, mark
from lms.storage.tables.people import identity, person, profile
from tests import builders_learning as make
from tests.builders_accounts import HERE as BROWSER
from tests.builders_accounts import PASSWORD, code_in, joined_by_mail, known_by, letters
from tests.databases import HERE
from tests.races import at_once, refusals, returned

CODE, COURSE = "smpl", "sample"
ROUNDS = {"sqlite": 1, "postgresql": 3}
MANY = 8
AMINA = CertificateChoice("Amina", ("en",), neutral=False)


def elsewhere(context: Context) -> Context:
    """Return the same desk with connections of its own, as another process has."""
    return replace(context, database=HERE.keep(open_database(HERE.url(context.settings.data))))


def a_course(context: Context) -> Context:
    """Publish a short course and, for later, a material change of it."""
    only = make.module("m1", lessons=1)
    keyed = make.quiz("m1", questions=tuple(make.choice(f"m1-q{n}", "c") for n in range(1, 7)))
    changed = replace(make.module("m1", lessons=1, bank=replace(keyed, digest="other")))
    second = make.release("2.0.0", changed, parent="1.0.0", change="material")
    return make.with_shelf(context, make.release("1.0.0", only), second)


@dataclass(frozen=True)
class Learner:
    """Somebody who has one lesson to read and a final check to hand in, and a choice to make."""

    actor: Actor
    known: Known
    paper: AttemptView
    press: str


def a_learner(context: Context) -> Learner:
    """Bring somebody to the last two steps; on a shared computer they have read the lesson as a visitor."""
    actor, visitor = make.a_member(context), make.a_visitor(context)
    for one in (actor, visitor):
        learning.enrol(context, one, CODE, "en")
    learning.read_lesson(context, visitor, CODE, "m1", "l1", locale="en")
    make.pass_check(context, actor, "m1", CODE)
    paper = make.sit(context, actor, "", CODE)
    ticket = context.new_secret()
    with context.database.writing() as tx:
        session_rows.begin(tx, ticket, actor.person, context.now(), visitor=visitor.person)
    known = sessions.recognise(context, ticket)
    return Learner(known.actor, known, paper, context.new_secret())


def read(context: Context, who: Learner) -> object:
    return learning.read_lesson(context, who.actor, CODE, "m1", "l1", locale="en")


def submit(context: Context, who: Learner) -> object:
    answers = make.answer_all(who.paper)
    return quizzing.submit_check(
        context, who.actor, who.paper.attempt.id, answers, known=0, confirmed=True
    ).attempt


def save(context: Context, who: Learner) -> object:
    one = dict(list(make.answer_all(who.paper).items())[:1])
    return quizzing.save_answers(context, who.actor, who.paper.attempt.id, one, save=1)


def place(context: Context, who: Learner) -> object:
    return learning.keep_place(context, who.actor, CODE, "m1", "l1", anchor="s1", locale="en")


def enrol(context: Context, who: Learner) -> object:
    return learning.enrol(context, who.actor, CODE, "en").enrolled.id


def start(context: Context, who: Learner) -> object:
    return quizzing.start_check(context, who.actor, CODE, "m1", context.new_id())


def issue(context: Context, who: Learner) -> object:
    return certifying.issue(context, who.actor, CODE, AMINA, who.press)


def move(context: Context, who: Learner) -> object:
    return moving.move_now(context, who.actor, CODE)


def stay(context: Context, who: Learner) -> object:
    return moving.stay(context, who.actor, CODE)


def join(context: Context, who: Learner) -> object:
    return visits.answer(context, who.actor, was_me=True)


Does = Callable[[Context, Learner], object]
ACTIONS: tuple[Does, ...] = (read, submit, save, place, enrol, start, issue, move, stay, join)
PAIRS = [pytest.param(*pair, id="-".join(one.__name__ for one in pair)) for pair in
         combinations_with_replacement(ACTIONS, 2)]  # fmt: skip


def rows(tx: Tx, table: object, *conditions: object) -> int:
    query = select(func.count()).select_from(table)  # type: ignore[arg-type]  # tables and joins of ours
    return int(tx.execute(query.where(*conditions)).scalar_one())  # type: ignore[arg-type]  # the same


def as_it_stands(context: Context, who: Learner) -> dict[str, object]:
    """Return what is true of a learner's course, without ids and times."""
    with context.database.reading() as tx:
        mine = enrolments.find(tx, who.actor.person, COURSE)
        assert mine
        theirs = attempt.c.enrolment_id == mine.id
        state: dict[str, object] = {
            "version": mine.version,
            "read": dict(mine.facts.read),
            "passed": mine.facts.passed,
            "stays": bool(mine.stays_until),
            "completed": bool(mine.completed_at),
            "completions": rows(tx, completion, completion.c.enrolment_id == mine.id),
            "attempts": Counter(
                (row.check, row.saved, bool(row.submitted_at), bool(row.lapsed_at))
                for row in tx.execute(select(attempt).where(theirs))
            ),
            "marks": rows(tx, mark.join(attempt), theirs),
            "certificates": rows(tx, certificate, certificate.c.person_id == who.actor.person),
            "enrolments": rows(tx, enrolment, enrolment.c.person_id == who.actor.person),
        }
    release = context.library.release(COURSE, mine.version)
    complete = progress_of(release, mine.facts).complete
    assert complete == bool(mine.completed_at) or mine.completed_at, "complete, and never noted"
    return state


def said(came: object) -> str:
    return came.code if isinstance(came, ParvisError) else "done"


def one_by_one(context: Context, who: Learner, *actions: Does) -> list[str]:
    found = []
    for action in actions:
        try:
            found.append(said(action(context, who)))
        except ParvisError as refused:
            found.append(refused.code)
    return found


def with_change(context: Context, learners: list[Learner]) -> None:
    """Let the material change become current, as the choice that these learners have."""
    adopting.adopt(context, SYSTEM, COURSE, "2.0.0", active_from=context.now() + 1)
    getattr(context.now, "move")(minutes=1)  # noqa: B009  # the tests' clock
    assert learners


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_two_at_once_end_as_one_after_the_other(context: Context, one: Does, other: Does) -> None:
    shelf = a_course(context)
    rounds = ROUNDS[shelf.database.engine.dialect.name]
    learners = [a_learner(shelf) for _ in range(rounds + 2)]
    with_change(shelf, learners)
    forth, back, *racing = learners
    first = (one_by_one(shelf, forth, one, other), as_it_stands(shelf, forth))
    second = (one_by_one(shelf, back, other, one)[::-1], as_it_stands(shelf, back))
    second_desk = elsewhere(shelf)
    for who in racing:
        came = at_once(lambda who=who: one(shelf, who), lambda who=who: other(second_desk, who))  # type: ignore[misc]  # bound
        assert ([said(each) for each in came], as_it_stands(shelf, who)) in (first, second)


def test_many_finish_at_the_same_instant_and_all_complete(context: Context) -> None:
    """The last lesson is read in one tab while the final check is handed in in another, by everybody."""
    shelf = a_course(context)
    learners = [a_learner(shelf) for _ in range(MANY)]
    places = [elsewhere(shelf) for _ in range(2 * MANY)]
    came = at_once(
        *(lambda at=at, who=who: read(at, who) for at, who in zip(places[:MANY], learners, strict=True)),
        *(lambda at=at, who=who: submit(at, who) for at, who in zip(places[MANY:], learners, strict=True)),
    )
    assert refusals(came) == []
    assert [as_it_stands(shelf, who)["completed"] for who in learners] == [True] * MANY


# --- what happens once --------------------------------------------------------------------------------------
def counted(context: Context, table: object, *conditions: object) -> int:
    with context.database.reading() as tx:
        return rows(tx, table, *conditions)


def many(context: Context, action: Callable[[Context, int], object]) -> list[object]:
    """Do something many times at the same instant, each from another process."""
    places = [elsewhere(context) for _ in range(MANY)]
    return at_once(*(lambda at=at, n=n: action(at, n) for n, at in enumerate(places)))


def test_one_sign_in_name_makes_one_account(context: Context) -> None:
    make.with_sample(context)
    before = counted(context, person)
    came = many(
        context,
        lambda at, n: visitors.sign_up(
            at, NOBODY, f"Zoé {n}", "heron", PASSWORD, locale="en", browser=BROWSER
        ),
    )
    assert refusals(came) == ["account.wrong"] * (MANY - 1)
    assert counted(context, person) == before + 1


def test_one_address_makes_one_account_whatever_window_confirms_first(context: Context) -> None:
    make.with_sample(context)
    before = counted(context, person)
    windows = []
    for _ in range(3):
        token = codes.ask_to_sign_up(context, NOBODY, "Zoé", "zoe@example.org", locale="en", browser=BROWSER)
        windows.append((known_by(context, token), code_in(letters(context)[-1])))
    places = [elsewhere(context) for _ in windows]
    came = at_once(
        *(
            lambda at=at, known=known, typed=typed: codes.confirm(at, known.actor, typed, BROWSER)
            for at, (known, typed) in zip(places, windows, strict=True)
        )
    )
    assert refusals(came) == []
    assert counted(context, person) == before + 1
    assert counted(context, identity, identity.c.issuer == "local:email") == 1
    actors = {known_by(context, entered.token).actor.person for entered in returned(came)}
    assert len(actors) == 1


def test_one_code_lets_in_once(context: Context) -> None:
    make.with_sample(context)
    joined_by_mail(context)
    token = codes.ask_to_sign_in(context, NOBODY, "zoe@example.org", locale="en", browser=BROWSER)
    known, typed = known_by(context, token), code_in(letters(context)[-1])
    came = many(context, lambda at, _: codes.confirm(at, known.actor, typed, BROWSER))
    # Who comes after the one who got in takes over from them, as often as a code may be tried.
    entered = [one.token for one in returned(came) if isinstance(one, Entered)]
    assert sum(known_by(context, token).actor.is_member for token in entered) == 1
    assert set(refusals(came)) <= {"code.ended", "code.none", "code.wrong"}


def test_two_accounts_cannot_take_one_address(context: Context) -> None:
    make.with_sample(context)
    waiting = []
    for n in range(2):
        entered = visitors.sign_up(
            context, NOBODY, f"Zoé {n}", f"heron{n}", PASSWORD, locale="en", browser=BROWSER
        )
        known = known_by(context, entered.token)
        codes.ask_for_address(context, known.actor, "zoe@example.org", locale="en", browser=BROWSER)
        waiting.append((sessions.recognise(context, known.actor.session), code_in(letters(context)[-1])))
    places = [elsewhere(context) for _ in waiting]
    came = at_once(
        *(
            lambda at=at, known=known, typed=typed: codes.confirm_address(at, known.actor, typed)
            for at, (known, typed) in zip(places, waiting, strict=True)
        )
    )
    assert refusals(came) == ["account.email-taken"]
    assert counted(context, identity, identity.c.issuer == "local:email") == 1


@pytest.mark.parametrize("same", [True, False])
def test_one_course_gives_one_certificate(context: Context, same: bool) -> None:
    shelf = a_course(context)
    who = a_learner(shelf)
    read(shelf, who)
    submit(shelf, who)
    presses = [who.press] * MANY if same else [context.new_secret() for _ in range(MANY)]
    came = many(shelf, lambda at, n: certifying.issue(at, who.actor, CODE, AMINA, presses[n]))
    assert counted(shelf, certificate) == 1
    assert len(set(returned(came))) == 1


def test_one_release_is_activated_once(context: Context) -> None:
    shelf = a_course(context)
    came = many(shelf, lambda at, _: adopting.adopt(at, SYSTEM, COURSE, "2.0.0").active_from)
    assert refusals(came) == []
    assert len(set(came)) == 1
    with shelf.database.reading() as tx:
        query = "SELECT count(*) FROM activation WHERE version = '2.0.0' AND cancelled_at IS NULL"
        assert tx.exec_driver_sql(query).scalar() == 1


def test_two_accounts_cannot_take_one_sign_in_name(context: Context) -> None:
    make.with_sample(context)
    holders = []
    for n in range(2):
        entered = visitors.sign_up(
            context, NOBODY, f"Zoé {n}", f"heron{n}", PASSWORD, locale="en", browser=BROWSER
        )
        holders.append(known_by(context, entered.token))
    places = [elsewhere(context) for _ in holders]
    came = at_once(
        *(
            lambda at=at, known=known: accounts.change_sign_in_name(at, known.actor, "crane", PASSWORD)
            for at, known in zip(places, holders, strict=True)
        )
    )
    assert refusals(came) == ["account.wrong"]
    assert counted(context, profile, profile.c.sign_in_name == "crane") == 1
    assert counted(context, identity) == 2


def test_two_presses_of_a_code_at_the_same_instant_both_get_in(context: Context) -> None:
    """The slow hashing lies between the try and the use: both are right before either is first."""
    make.with_sample(context)
    token = codes.ask_to_sign_up(context, NOBODY, "Zoé", "zoe@example.org", locale="en", browser=BROWSER)
    known, typed = known_by(context, token), code_in(letters(context)[-1])
    places = [elsewhere(context) for _ in range(2)]
    came = at_once(
        *(lambda at=at: codes.confirm(at, known.actor, typed, BROWSER, password=PASSWORD) for at in places)
    )
    assert refusals(came) == []
    assert counted(context, person, person.c.kind == "member") == 1


def test_two_presses_for_an_address_at_the_same_instant_are_one(context: Context) -> None:
    make.with_sample(context)
    entered = visitors.sign_up(context, NOBODY, "Zoé", "heron", PASSWORD, locale="en", browser=BROWSER)
    known = known_by(context, entered.token)
    codes.ask_for_address(context, known.actor, "zoe@example.org", locale="en", browser=BROWSER)
    waiting = sessions.recognise(context, known.actor.session)
    typed, places = code_in(letters(context)[-1]), [elsewhere(context) for _ in range(2)]
    came = at_once(*(lambda at=at: codes.confirm_address(at, waiting.actor, typed) for at in places))
    assert refusals(came) == []
    assert counted(context, identity, identity.c.issuer == "local:email") == 1
