"""Two who publish at the same instant, and a disk that refuses: clear words, nothing half published."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.actions.publishing import adopting, preparing
from lms.actions.publishing.preparing import Sealed, SealRequest
from lms.content.site_folder import SiteFolder
from lms.core.people.actors import SYSTEM, Actor
from lms.core.publishing.site import Sealing
from lms.storage.database import open_database
from lms.storage.publishing import releases
from tests.builders_drafts import EN, FR, a_workshop, an_admin, an_author, edit, vouch_for_all
from tests.builders_learning import SAMPLE
from tests.builders_pages import Reader
from tests.databases import HERE
from tests.races import at_once, refusals, returned

WHY = {"en": "Clearer words.", "fr": "Des mots plus clairs."}
WISH = SealRequest("Sample team", WHY)
NOTE = {"why-en": WHY["en"], "why-fr": WHY["fr"]}
NO_ROOM = 512  # bytes that a file may have, on a disk that is full


@pytest.fixture
def context(tmp_path: Path) -> Context:
    """Return a site whose draft was changed in both languages, confirmed and approved."""
    made = a_workshop(tmp_path)
    ana, bea = an_author(made), an_author(made, "Bea")
    edit(made, ana, "Each question has", "Every question has", EN)
    edit(made, ana, "Chaque question a", "Toute question a", FR)
    vouch_for_all(made, ana)
    digest = preparing.review(made, bea, SAMPLE).digest
    for locale in ("en", "fr"):
        preparing.approve(made, bea, SAMPLE, locale, digest)
    return made


@pytest.fixture
def admin(context: Context) -> Actor:
    return an_admin(context)


def elsewhere(context: Context) -> Context:
    """Return what another process has: its own connections, its own reading of the site."""
    database = HERE.keep(open_database(HERE.url(context.settings.data)))
    return replace(context, database=database, library=SiteFolder(context.settings.site))


def is_whole(context: Context, *versions: str) -> bool:
    """Return whether exactly these versions are sealed, to the byte."""
    library = elsewhere(context).library
    return library.versions(SAMPLE) == versions and not any(library.verify(SAMPLE, one) for one in versions)


# --- two at once ------------------------------------------------------------------------------------------
def test_two_who_seal_the_same_version_at_once_have_made_the_same(context: Context, admin: Actor) -> None:
    places = [elsewhere(context) for _ in range(2)]
    came = at_once(*(lambda at=at: preparing.seal(at, admin, SAMPLE, "1.1.0", WISH) for at in places))
    assert refusals(came) == []
    assert sorted(one.was_there for one in returned(came)) == [False, True]
    assert len({one.digest for one in returned(came)}) == 1
    assert is_whole(context, "1.0.0", "1.1.0")
    published = at_once(*(lambda at=at: adopting.adopt(at, admin, SAMPLE, "1.1.0") for at in places))
    assert refusals(published) == []
    with context.database.reading() as tx:
        waiting = [one.version for one in releases.activations(tx, SAMPLE) if not one.cancelled_at]
    assert sorted(waiting) == ["1.0.0", "1.1.0"]


def test_two_who_seal_the_same_draft_under_two_numbers_have_made_one(context: Context, admin: Actor) -> None:
    places = {number: elsewhere(context) for number in ("1.1.0", "1.2.0")}
    came = at_once(
        *(
            lambda at=at, number=number: preparing.seal(at, admin, SAMPLE, number, WISH)
            for number, at in places.items()
        )
    )
    (done,) = returned(came)
    assert isinstance(done, Sealed)
    assert set(refusals(came)) <= {"release.cannot-follow", "release.unchanged"}
    assert is_whole(context, "1.0.0", done.version)


def test_what_is_saved_while_another_seals_is_sealed_by_nobody(context: Context, admin: Actor) -> None:
    ana, approved = an_author(context, "Ana"), context.library.draft_file(SAMPLE, EN)
    later = approved.replace(b"Every question has", b"Any question has")
    here, there = elsewhere(context), elsewhere(context)
    expected = sha256(approved).hexdigest()
    came = at_once(
        lambda: preparing.seal(here, admin, SAMPLE, "1.1.0", WISH),
        lambda: preparing.save_draft(there, ana, SAMPLE, EN, later, expected=expected),
    )
    assert context.library.draft_file(SAMPLE, EN) == later, "what was saved is there"
    assert set(refusals(came)) <= {"draft.changed", "release.not-approved", "release.translations-unchecked"}
    done = [one for one in returned(came) if isinstance(one, Sealed)]
    assert is_whole(context, "1.0.0", *("1.1.0" for _ in done))
    sealed = context.settings.site / f"courses/{SAMPLE}/forms/1.1.0/01-first-form.en.md"
    assert not done or sealed.read_bytes() == approved


# --- a disk without room ------------------------------------------------------------------------------------
@contextmanager
def no_room() -> Iterator[None]:
    """Let no file of this process grow."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (NO_ROOM, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def press(client: FlaskClient, locale: str, address: str, **fields: str) -> tuple[int, str]:
    """Send a form of the page for publishing."""
    home = f"/{locale}/workspace/{SAMPLE}"
    page = client.get(f"{home}/publish").get_data(as_text=True)
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    answer = client.post(f"{home}/publish/{address}", data={"csrf_token": token, **fields})
    return answer.status_code, answer.get_data(as_text=True)


SAID = {"en": "Check if the disk is full or read-only.", "fr": "Vérifiez"}


@pytest.mark.parametrize("locale", ["en", "fr"])
@pytest.mark.parametrize("how", ["full", "in the way"])
def test_where_nothing_can_be_written_nothing_is_published_and_a_second_press_does_it(
    client: FlaskClient, context: Context, admin: Actor, locale: str, how: str
) -> None:
    Reader(client, context).sign_in(admin)
    client.get(f"/{locale}/workspace/{SAMPLE}/publish")  # what it keeps in memory, it has
    site, before = context.settings.site, sorted(context.settings.site.rglob("*"))
    if how == "full":
        with no_room():
            status, page = press(client, locale, "seal", version="1.1.0", **NOTE)
    else:
        way = site / f"courses/{SAMPLE}/releases/1.1.0.tree.json"
        way.mkdir()
        status, page = press(client, locale, "seal", version="1.1.0", **NOTE)
        way.rmdir()
    assert status == 503
    assert f'<html lang="{locale}' in page
    assert SAID[locale] in page
    assert WHY[locale].replace("’", "&#39;") in page, "what was typed is lost"
    assert is_whole(context, "1.0.0")
    if how == "full":
        assert not [path for path in sorted(site.rglob("*")) if path not in before and path.is_file()]
    assert press(client, locale, "seal", version="1.1.0", **NOTE)[0] == 303
    assert is_whole(context, "1.0.0", "1.1.0")
    assert press(client, locale, "activate", version="1.1.0", when="now")[0] == 303


def test_what_was_sealed_when_the_database_was_away_is_published_by_a_second_press(
    context: Context, admin: Actor
) -> None:
    """The folder is there, the row is not: the same press finds its own seal."""
    context.library.seal(SAMPLE, "1.1.0", Sealing("Sample team", WHY, context.today(), parent="1.0.0"))
    done = preparing.seal(context, admin, SAMPLE, "1.1.0", replace(WISH, by="Sample team"))
    assert done.was_there
    assert adopting.adopt(context, admin, SAMPLE, "1.1.0").fresh
    assert preparing.seal(context, SYSTEM, SAMPLE, "1.1.0", replace(WISH, unapproved=True)).was_there
