"""What learners do in a browser: open a lesson, save an answer, hand ten answers in, sign in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from sqlalchemy import event

from bench.house import PASSWORD, House, Person
from bench.measuring import Act, Case

CODE = "crs1"
LESSON = f"/en/c/{CODE}/m1/l1"
CHECK = f"/en/c/{CODE}/m1/check"
AT_ONCE = 10  # checks handed in, one after the other, in a round
_RADIO = re.compile(r'<input[^>]*type="radio"[^>]*>')
_HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
_ATTRIBUTE = re.compile(r'(name|value)="([^"]*)"')


@contextmanager
def statements(house: House) -> Iterator[list[str]]:
    """Gather the SQL that is sent meanwhile, without the beginning and the end of transactions."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.upper().startswith(("BEGIN", "COMMIT", "PRAGMA")):
            sent.append(statement)

    for engine in house.context.database.engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        for engine in house.context.database.engines:
            event.remove(engine, "before_cursor_execute", note)


def counted(house: House, prepare: Callable[[], Act]) -> dict[str, object]:
    """Do an act once more and say how many statements it took, and how large its answer was."""
    act = prepare()
    with statements(house) as sent:
        answer = act()
    body = getattr(answer, "body", b"")
    return {"statements": len(sent), "bytes sent": len(body)}


def lesson(house: House) -> Case:
    """Open a lesson, signed in, with progress, as a browser does: compressed."""
    reader = house.learner(CODE)

    def prepare() -> Act:
        return reader.asker.get(LESSON)

    return Case("lesson page, signed in", prepare, 60, ratio=0.45, facts=lambda: counted(house, prepare))


def _fields(page: str) -> dict[str, Any]:
    """Return what a browser would send from the form of a check, the first option of each question chosen."""
    fields: dict[str, Any] = {}
    for tag in _HIDDEN.findall(page):
        found = dict(_ATTRIBUTE.findall(tag))
        name, value = found.get("name", ""), found.get("value", "")
        if name in fields:
            fields[name] = [*(fields[name] if isinstance(fields[name], list) else [fields[name]]), value]
        elif name:
            fields[name] = value
    for tag in _RADIO.findall(page):
        found = dict(_ATTRIBUTE.findall(tag))
        fields.setdefault(found["name"], found["value"])
    return fields


def _begun(house: House, person: Person) -> dict[str, Any]:
    token = house.token_of(person.asker)
    person.asker.post(f"{CHECK}/start", {"csrf_token": token, "attempt": house.context.new_id()})()
    plain = {name: value for name, value in person.asker.headers.items() if name != "Accept-Encoding"}
    quiet = type(person.asker)(person.asker.app, person.asker.cookies, plain)
    return _fields(quiet.get(CHECK)().body.decode())


def save(house: House) -> Case:
    """Save the answers of a check while they are typed."""
    person = house.learner(CODE)
    fields = _begun(house, person)
    numbers = count(1)

    def prepare() -> Act:
        return person.asker.post(f"{CHECK}/save", {**fields, "save": str(next(numbers))}, expect=200)

    return Case("answers saved while typing", prepare, 25, facts=lambda: counted(house, prepare))


def submit(house: House) -> Case:
    """Hand ten answers in: keep, mark, note, lead on."""
    people = [house.learner(CODE) for _ in range(AT_ONCE + 1)]  # nobody sits two checks in one round
    turns = count()

    def prepare() -> Act:
        person = people[next(turns) % len(people)]
        return person.asker.post(CHECK, {**_begun(house, person), "do": "check-anyway"})

    return Case("ten answers handed in", prepare, AT_ONCE, most=2.0, facts=lambda: counted(house, prepare))


def sign_in(house: House) -> Case:
    """Sign in with a password (argon2id)."""
    person = house.person()

    def prepare() -> Act:
        asker = house.browser()
        asker.cookies["parvis-form"] = "measured"
        fields = {"csrf_token": house.token_of(asker), "who": person.name, "password": PASSWORD}
        return asker.post("/en/sign-in", fields)

    return Case("sign-in with a password", prepare, 4, most=30.0, facts=lambda: counted(house, prepare))
