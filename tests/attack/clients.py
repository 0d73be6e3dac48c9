"""Learners who answer as fast as they can, and remember what the server has acknowledged.

Holds the clients and the reading back. A client whose connection breaks sends the same again, as
the page does.
"""

from __future__ import annotations

import json
import random
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from lms.actions.context import Context
from lms.actions.learning import quizzing
from lms.core.courses.quiz import (
    ChoiceQuestion,
    LikertQuestion,
    NumberQuestion,
    Question,
    ReflectionQuestion,
    TextQuestion,
)
from lms.core.people.actors import Actor
from tests.attack.installation import Installation, Key
from tests.builders_learning import SAMPLE_CODE

CHECK = f"/en/c/{SAMPLE_CODE}/m1/check"
SAVES = 6  # answers before a check is handed in


@dataclass
class Sent:
    """One attempt as its learner knows it: what the server has said it holds, and what is in doubt."""

    id: str
    acknowledged: dict[str, str] = field(default_factory=dict)
    doubtful: dict[str, str] = field(default_factory=dict)
    begun: bool = False
    handed_in: bool = False


@dataclass
class Client(threading.Thread):
    """One learner at work."""

    site: Installation
    context: Context
    who: Actor
    key: Key
    seed: int
    attempts: list[Sent] = field(default_factory=list)
    acknowledged: int = 0
    doubtful: int = 0
    strange: list[str] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        """Sit checks until told to stop."""
        dice = random.Random(self.seed)  # noqa: S311  # a test that can be repeated
        while not self.stopping.is_set():
            self._sit(dice)

    def _send(self, path: str, good: int, **form: str) -> bool:
        """Send until it is acknowledged or it is time to stop."""
        while not self.stopping.is_set():
            answer = self.site.ask("POST", path, {**form, "csrf_token": self.key.token}, self.key.cookie)
            if answer.status == good:
                self.acknowledged += 1
                return True
            if answer.status in {0, 502, 503}:
                self.doubtful += 1
                time.sleep(0.05)
                continue
            self.strange.append(f"{path}: {answer.status} {answer.location}")
            return False
        return False

    def _sit(self, dice: random.Random) -> None:
        sent = Sent(self.context.new_id())
        self.attempts.append(sent)
        sent.begun = self._send(f"{CHECK}/start", 303, attempt=sent.id)
        if not sent.begun:
            return
        paper = quizzing.open_check(self.context, self.who, SAMPLE_CODE, "m1").paper
        if paper is None or paper.attempt.id != sent.id:
            self.strange.append(f"{sent.id} was acknowledged and is not open")
            return
        questions = [one for one in paper.questions if _reply(one, dice)[0]]
        for save in range(1, SAVES + 1):
            question = dice.choice(questions)
            name, value = _reply(question, dice)
            form = {f"{question.id}:{name}": value, f"{question.id}:seen": "1"}
            reply = json.dumps({name: [value]}, separators=(",", ":"))
            sent.doubtful[question.id] = reply
            if not self._send(
                f"{CHECK}/save", 200, attempt=sent.id, save=str(save), known=str(save - 1), **form
            ):
                return
            sent.acknowledged[question.id] = sent.doubtful.pop(question.id)
        sent.handed_in = self._send(f"{CHECK}/submit", 303, attempt=sent.id)


def _reply(question: Question, dice: random.Random) -> tuple[str, str]:
    """Return a field and what is answered in it; nothing for kinds that take several fields."""
    if isinstance(question, ChoiceQuestion):
        return "choice", dice.choice(question.options).id
    if isinstance(question, LikertQuestion):
        return "point", str(dice.randint(1, 4))
    if isinstance(question, TextQuestion | NumberQuestion | ReflectionQuestion):
        return "text", str(dice.randint(1, 10**6))
    return "", ""


def read_back(database: Path, attempts: list[Sent]) -> Iterator[str]:
    """Return what was acknowledged and is not there, or is there twice, or only half."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as rows:
        if (whole := rows.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
            yield f"torn: {whole}"
        half = rows.execute(
            "SELECT count(*) FROM attempt a LEFT JOIN mark m ON m.attempt_id = a.id"
            " WHERE (a.submitted_at IS NULL) <> (m.attempt_id IS NULL)"
        ).fetchone()[0]
        if half:
            yield f"torn: {half} attempts handed in without a mark, or the other way round"
        for sent in attempts:
            yield from _lost(rows, sent)


def _lost(rows: sqlite3.Connection, sent: Sent) -> Iterator[str]:
    kept = rows.execute(
        "SELECT submitted_at, (SELECT count(*) FROM mark WHERE attempt_id = id) FROM attempt WHERE id = ?",
        (sent.id,),
    ).fetchall()
    if sent.begun and len(kept) != 1:
        yield f"lost: attempt {sent.id} is there {len(kept)} times"
        return
    if sent.handed_in and not (kept[0][0] and kept[0][1] == 1):
        yield f"lost: attempt {sent.id} was handed in: {kept}"
    answers = dict[str, str]()
    for question, reply in rows.execute(
        "SELECT question, reply FROM answer WHERE attempt_id = ?", (sent.id,)
    ):
        if question in answers:
            yield f"doubled: {sent.id} {question}"
        answers[question] = reply
    for question, reply in sent.acknowledged.items():
        if answers.get(question) not in {reply, sent.doubtful.get(question, reply)}:
            yield f"lost: {sent.id} {question} was {reply}, is {answers.get(question)}"
