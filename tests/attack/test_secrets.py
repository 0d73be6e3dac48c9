"""What is personal stays where it belongs: never in logs, addresses, audit, done work or others' pages.

Every personal text of the town is a canary (`zqname…`, `zqmail…`); they are looked for everywhere.
"""

from __future__ import annotations

import json
import logging
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import inspect, select

from lms.actions.operations import personal_data
from lms.actions.people import codes, sessions, signing_in
from lms.actions.people.signing_in import Browser
from lms.content.library import Library
from lms.core.courses.course import Release
from lms.core.errors import ParvisError
from lms.core.legislation.register import Register
from lms.core.people.actors import NOBODY as NO_ONE
from lms.jobs import run_due
from lms.mail.mailer import Email
from lms.storage.tables.everything import metadata
from tests.attack.addresses import everywhere
from tests.attack.digest import database_of, dump
from tests.attack.population import EVERYBODY, LEARNER, NOBODY, OTHER, PASSWORD, Town, a_town
from tests.attack.saying import none_of
from tests.builders import SITE, Letterbox

CANARY = re.compile(r"zq(?:name|mail|login|print|pdf|report|contact|answer|learned|pass|secret|typed)\w*")
OF_OTHER = re.compile(rf"zq(?:name|mail|login|print|contact|answer){OTHER}")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """Return a town of one's own."""
    made = a_town(tmp_path / "data")
    yield made
    made.context.database.engine.dispose()


def rows_of(town: Town, *tables: str) -> str:
    """Return what some tables hold, as text."""
    with closing(sqlite3.connect(database_of(town.context.settings.data))) as rows:
        return "\n".join(
            str(row)
            for table in tables
            for row in rows.execute(f"SELECT * FROM {table}")  # noqa: S608  # our names
        )


@pytest.mark.parametrize("kind", [kind for kind in EVERYBODY if kind != OTHER])
def test_nobody_else_reads_what_is_personal(town: Town, kind: str) -> None:
    wrong = []
    for route, address in everywhere(town, kind):
        browser = town.browser(kind)
        form = {"csrf_token": town.token(browser)} if route.verb == "POST" else None
        answer = browser.open(address, method=route.verb, data=form, lint=False)
        told = f"{answer.headers}\n{answer.get_data().decode('utf-8', 'replace')}"
        # Authors read how to reach whoever told them something and wished to be reached.
        found = [one for one in OF_OTHER.findall(told) if (kind, one) != ("author", f"zqcontact{OTHER}")]
        wrong += [f"{route}: {one}" for one in found]
        wrong += [f"{route} repeats the address: {address}" for _ in CANARY.findall(f"{answer.location}")]
    none_of(wrong)


def test_no_address_and_no_file_name_holds_anything_personal(town: Town) -> None:
    wrong = []
    browser = town.browser(OTHER)
    for route, address in everywhere(town, OTHER, verb="GET"):
        answer = browser.get(address, lint=False)
        told = [
            *re.findall(
                r'(?:href|action|src)="([^"]*)"', answer.text if "html" in str(answer.mimetype) else ""
            )
        ]
        told += [address, answer.location or "", answer.headers.get("Content-Disposition", "")]
        wrong += [f"{route}: {one}" for one in told if CANARY.search(one) and not one.startswith("mailto:")]
    none_of(wrong)


def _work(town: Town, letters: Letterbox) -> None:
    """Ask for codes, sign in rightly and wrongly, change everything, and let the worker work."""
    context = replace(town.context, post=letters)
    here = Browser("192.0.2.77", device="zqdevice")
    for who in (f"zqmail{OTHER}@example.org", "zqmailstranger@example.org"):
        codes.ask_to_sign_in(context, NO_ONE, who, locale="en", browser=here)
    codes.ask_to_sign_up(context, NO_ONE, "zqnamenew", "zqmailnew@example.org", locale="fr", browser=here)
    for password in (PASSWORD, "zqpasswrong"):
        try:
            signing_in.sign_in(context, NO_ONE, f"zqlogin{OTHER}", password, here)
        except ParvisError:
            continue
    browser = town.browser(OTHER)
    for form in ("name", "email", "sign-in-name", "password"):
        data = {"name": "zqnamenext", "email": "zqmailnext@example.org", "sign_in_name": "zqloginnext"}
        data |= {"password": "zqpassnext herons", "current": PASSWORD, "csrf_token": town.token(browser)}
        browser.post(f"/en/account/{form}", data=data, lint=False)
    run_due(context)


def test_logs_audit_throttles_and_done_work_name_nobody(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    letters = Letterbox()
    with caplog.at_level(logging.DEBUG):
        _work(town, letters)
    assert letters.letters
    shown = [
        re.sub(r"\D", "", one)
        for letter in letters.letters
        for one in re.findall(r"\d{4} \d{4}", letter.text)
    ]
    assert shown
    kept = rows_of(
        town, "audit", "audit_chain", "throttle", "idempotency", "mailed_code", "identity", "credential"
    )
    done = rows_of(town, "job")
    for where, told in (("log", caplog.text), ("rows", kept), ("done work", done)):
        assert CANARY.findall(told) == [], where
        assert [one for one in shown if one in told] == [], where
    assert "192.0.2.77" not in caplog.text + kept + done


class Torn(Library):
    """A library that fails, once it is torn, with what was typed in its complaint."""

    is_torn = False

    def register(self) -> Register:
        """Return the register, or fail."""
        if self.is_torn:
            raise ValueError("zqtypedtext zqmailfault@example.org")
        return super().register()


def test_a_fault_of_ours_is_logged_without_what_was_typed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    town = a_town(tmp_path / "data")
    town.context.database.engine.dispose()
    library = Torn(SITE, cache=tmp_path / "cache")
    torn = a_town(tmp_path / "torn", library=library)
    library.is_torn = True
    browser = torn.browser(LEARNER)
    with caplog.at_level(logging.DEBUG):
        answer = browser.get("/en/register", lint=False)
    assert answer.status_code == 500
    incident = re.search(r"[0-9a-f]{8}", answer.text.split("number", 1)[-1])
    assert incident
    assert incident[0] in caplog.text
    assert "ValueError" in caplog.text
    assert CANARY.findall(caplog.text + answer.text) == []
    torn.context.database.engine.dispose()


class Chatty:
    """A post that fails with the address in its complaint."""

    def send(self, message: Email) -> None:
        """Fail."""
        raise ValueError(message.to)


def test_work_that_fails_is_logged_without_its_address(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    context = replace(town.context, post=Chatty())
    codes.ask_to_sign_in(
        context, NO_ONE, f"zqmail{OTHER}@example.org", locale="en", browser=Browser("192.0.2.7")
    )
    with caplog.at_level(logging.DEBUG):
        run_due(context)
    assert "ValueError" in caplog.text
    assert CANARY.findall(caplog.text) == []
    assert CANARY.findall(rows_of(town, "audit", "task")) == []


def test_a_broken_rule_of_the_database_is_logged_without_the_row(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    """SQLAlchemy repeats the parameters of a statement that failed, unless it is told not to."""
    with (
        pytest.raises(Exception, match=r"FOREIGN KEY|IntegrityError") as caught,
        town.context.database.writing() as tx,
    ):
        tx.execute(metadata.tables["profile"].insert().values(person_id="zq", name="zqnamerow", locale="en"))
    assert CANARY.findall(str(caught.value)) == []


# --- a course that is sensitive ------------------------------------------------------------------------
class Discreet(Library):
    """The sample site with its course marked sensitive."""

    def release(self, course_id: str, version: str) -> Release:
        """Return a release, its course sensitive."""
        found = super().release(course_id, version)
        return replace(found, course=replace(found.course, sensitive=True))


def test_a_sensitive_course_is_named_in_no_title_address_file_or_letter(tmp_path: Path) -> None:
    letters = Letterbox()
    town = a_town(tmp_path / "data", library=Discreet(SITE, cache=tmp_path / "data" / "cache"), post=letters)
    release = town.context.library.latest("sample-course")
    assert release is not None
    names = [*release.course.title.by_locale.values(), "sample-course", *(one.id for one in release.modules)]
    names += [text for module in release.modules for text in module.title.by_locale.values()]
    names += [
        text for module in release.modules for one in module.lessons for text in one.title.by_locale.values()
    ]
    wrong = []
    for kind in (NOBODY, LEARNER, "admin"):
        for route, address in everywhere(town, kind, verb="GET"):
            if "/workspace" in address:
                continue  # whoever writes a course need not be somebody who takes it: docs/decisions/0093
            browser = town.browser(kind)
            answer = browser.get(address, lint=False)
            html = answer.text if "html" in str(answer.mimetype) else ""
            title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
            told = [
                title[1] if title else "",
                answer.location or "",
                answer.headers.get("Content-Disposition", ""),
            ]
            told += re.findall(r'(?:href|action|src)="(/[^"]*)"', html)
            wrong += [
                f"{route}: {one}" for one in told if any(name.casefold() in one.casefold() for name in names)
            ]
    _work(town, letters)
    wrong += [
        letter.subject for letter in letters.letters for name in names if name in letter.subject + letter.text
    ]
    none_of(wrong)
    town.context.database.engine.dispose()


# --- everything about me, delete me ----------------------------------------------------------------------
#: Columns that are about a person and are not shown, each with the reason.
NOT_SHOWN = {
    "identity.id": "means nothing outside",
    "identity.subject": "a keyed hash",
    "identity.person_id": "the person’s own id, shown once",
    "credential.id": "means nothing outside",
    "credential.person_id": "as above",
    "credential.secret": "a hash that must not travel",
    "session.id": "a hash of what the browser holds",
    "session.person_id": "as above",
    "session.visitor_id": "an id that waits for an answer",
    "session.longer": "told as own_device",
    "session.was": "a hash of what the browser held before",
    "session.renewed_at": "when that hash changed",
    "audit.seq": "the place in everybody’s trail",
    "audit.actor": "the person’s own id",
    "audit.commitment": "a keyed hash",
    "draft_state.id": "means nothing outside",
    "draft_state.digest": "of the text, which is everybody’s",
    "draft_state.previous": "as above",
    "draft_state.by": "the person’s own id",
    "draft_state.batch": "means nothing outside",
    "conformance_check.id": "means nothing outside",
    "conformance_check.digest": "of the release, which is everybody’s",
    "conformance_check.by": "the person’s own id",
}
#: Tables that hold nothing of a person, or only what passes; the audit shows who published or approved.
IMPERSONAL = {
    "organisation", "mailed_code", "throttle", "adopted_release", "activation", "task", "job", "audit_chain",
    "idempotency", "search_entry", "search_word", "key_check", "survey_response", "clock", "course_code",
    "release_index", "approval", "conformance", "dossier", "dossier_line", "dossier_note", "finding_answer",
    "law_check", "statement_hold", "typo_mark", "unread_release",
}  # fmt: skip
SHOWN_AS = {
    "profile": "account", "person": "person", "role_grant": "roles", "identity": "ways_in",
    "credential": "secrets", "session": "sessions", "enrolment": "courses", "lesson_read": "lessons",
    "attempt": "attempts", "answer": "answers", "mark": "marks", "completion": "completions",
    "barrier_report": "reports", "recognition": "recognitions", "certificate": "certificates",
    "certificate_payload": "certificate_names", "certificate_print": "certificate_prints",
    "certificate_event": "certificate_events", "audit": "deeds", "renewal": "renewals",
    "renewal_notice": "renewal_notices", "draft_state": "draft_states",
    "conformance_check": "conformance_checks",
}  # fmt: skip


def test_every_table_is_personal_or_known_not_to_be() -> None:
    assert set(metadata.tables) == IMPERSONAL | set(SHOWN_AS)


def _write_and_renew(town: Town) -> None:
    """Let the victim have written and checked, too, and have renewed their certificate."""
    other, tables = town.people[OTHER], metadata.tables
    text: dict[str, object] = {"course_id": "sample-course", "at": 1}
    by, release = {"by": other.actor.person}, {**text, "version": "1.0.0", "digest": "d"}
    with town.context.database.writing() as tx:
        mine = tables["enrolment"].c.person_id == other.actor.person
        enrolment = tx.execute(select(tables["enrolment"].c.id).where(mine)).scalars().first()
        rows: dict[str, dict[str, object]] = {
            "renewal": {
                "enrolment_id": enrolment,
                "from_version": "1.0.0",
                "version": "1.1.0",
                "seq": 1,
                "at": 1,
            },
            "renewal_notice": {"number": other.number, "version": "1.1.0", "at": 1},
            "draft_state": {**text, **by, "file": "f", "digest": "d", "previous": "", "batch": "b"},
            "conformance_check": {**release, **by, "kind": "manual", "named": True, "facts": "{}"},
        }
        for name, row in rows.items():
            own = {"id": f"of-other-{name}"} if "id" in tables[name].c else {}
            tx.execute(tables[name].insert().values(**row, **own))


def test_everything_about_me_holds_every_field_of_every_table(town: Town) -> None:
    _write_and_renew(town)
    found = json.loads(town.browser(OTHER).get("/en/account/everything.json", lint=False).text)
    wrong = []
    for table, name in SHOWN_AS.items():
        if not found.get(name):
            wrong.append(f"{table}: no row")
            continue
        wrong += [
            f"{table}.{column.name}"
            for column in metadata.tables[table].columns
            if column.name not in found[name][0] and f"{table}.{column.name}" not in NOT_SHOWN
        ]
    none_of(wrong)
    told = json.dumps(found, ensure_ascii=False)
    for one in ("zqname", "zqmail", "zqlogin", "zqprint", "zqreport", "zqcontact", "zqanswer", "zqlearned"):
        assert f"{one}{OTHER}" in told, one


def test_everything_about_me_holds_nothing_about_others_and_no_secret(town: Town) -> None:
    told = town.browser(OTHER).get("/en/account/everything.json", lint=False).text
    assert {one for one in CANARY.findall(told) if not one.endswith(OTHER)} == set()
    assert "argon2" not in told


def _delete(town: Town, *, keep_certificates: bool = False) -> None:
    browser = town.browser(OTHER)
    data = {"is_sure": "y", "current": PASSWORD, "csrf_token": town.token(browser)}
    data |= {"keep_certificates": "y"} if keep_certificates else {}
    assert browser.post("/en/account/delete", data=data, lint=False).status_code == 303


def test_delete_me_leaves_no_row_no_file_and_no_trace_on_the_disk(town: Town) -> None:
    data = town.context.settings.data
    _work_of_other(town)
    _delete(town)
    run_due(replace(town.context, post=Letterbox()))
    personal = re.compile(rf"zq(?:name|mail|login|print|pdf|contact|answer|learned|device){OTHER}")
    assert [line[:120] for line in dump(database_of(data)) if personal.search(line)] == []
    town.context.database.engine.dispose()
    with closing(sqlite3.connect(database_of(data))) as rows:
        rows.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    left = {
        str(path.relative_to(data)): personal.findall(path.read_bytes().decode("latin-1"))
        for path in data.rglob("*")
        if path.is_file()
    }
    assert {name: found for name, found in left.items() if found} == {}


def _work_of_other(town: Town) -> None:
    """Let the victim wait for a code, too: their address lies in a session and in a letter."""
    here = Browser("192.0.2.8", device=f"zqdevice{OTHER}")
    codes.ask_to_sign_in(town.context, NO_ONE, f"zqmail{OTHER}@example.org", locale="en", browser=here)
    sessions.recognise(town.context, "")


def test_whoever_is_deleted_is_signed_out_everywhere_and_cannot_come_back(town: Town) -> None:
    elsewhere = town.browser(OTHER)
    _delete(town)
    assert elsewhere.get("/en/account", lint=False).status_code == 303
    browser = town.app.test_client()
    data = {"who": f"zqlogin{OTHER}", "password": PASSWORD, "csrf_token": town.token(browser)}
    assert browser.post("/en/sign-in", data=data, lint=False).status_code == 422


def test_a_certificate_verifies_without_a_name_when_its_holder_is_gone(town: Town) -> None:
    number = town.people[OTHER].number
    _delete(town)
    page = town.browser(NOBODY).get(f"/en/verify/{number}", lint=False)
    assert page.status_code == 200
    assert CANARY.findall(page.text) == []


def test_facts_stay_and_payloads_go(town: Town) -> None:
    who = town.people[OTHER].actor.person
    before = personal_data.everything(town.context, town.people[OTHER].actor)
    _delete(town)
    with town.context.database.reading() as tx:
        names = inspect(tx).get_table_names()
        assert "profile" in names
        for table in ("profile", "identity", "credential", "session", "role_grant"):
            left = tx.exec_driver_sql(f"SELECT count(*) FROM {table} WHERE person_id = ?", (who,)).scalar()  # noqa: S608  # ours
            assert left == 0, table
    assert len(before["marks"]) > 0
    assert rows_of(town, "mark")
