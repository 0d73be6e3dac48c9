"""The sites that pages are looked at on: each a desk of another kind, made once and served while tests run.

Holds the desks and no check.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask, Response, before_render_template, request_finished
from jinja2 import Template

from lms.actions.catalogue.searching import rebuild
from lms.actions.context import Context
from lms.actions.legislation import holds
from lms.actions.publishing import adopting, preparing
from lms.actions.publishing.preparing import SealRequest
from lms.core.people.actors import SYSTEM
from tests.builders import SITE, Clock, a_context
from tests.builders_content import change, sample_site
from tests.builders_drafts import FR, a_workshop, an_author, edit
from tests.builders_holds import hold
from tests.builders_learning import SAMPLE as COURSE
from tests.builders_learning import with_sample
from tests.pages.server import Live, real_site, serving
from tests.pages.shelves import Amended, Building, Curious, Discreet, Renewed, Telling, Thorough, Torn, Wordy

OLD, NEW = "1.0.0", "2.0.0"
NEXT, NEXT_CODE = "next-course", "n3xt"
POSITIVE_SPACES = "positive-spaces-1"
SAID = {
    "en": "This may have changed on 20\u00a0November 2026. Do not rely on it. Ask the legal clinic.",
    "fr": "Ceci a peut-être changé le 20\u00a0novembre 2026. Ne vous y fiez pas. Demandez à la clinique.",
}


def sample(folder: Path) -> Context:
    """Return the sample site, published, its words in the search index (else the worker puts them there)."""
    context = with_sample(a_context(folder))
    rebuild(context, SYSTEM)
    return context


def public(folder: Path) -> Context:
    """Return the sample site with an address of its own, so that its certificates count."""
    return with_sample(a_context(folder, environ={"PUBLIC_URL": "http://localhost"}))


def discreet(folder: Path) -> Context:
    """Return the sample site with a sensitive course."""
    return with_sample(a_context(folder, library=Discreet(SITE, cache=folder / "cache")))


def thorough(folder: Path) -> Context:
    """Return the sample site with checks that ask everything."""
    return with_sample(a_context(folder, library=Thorough(SITE, cache=folder / "cache")))


def held(folder: Path) -> Context:
    """Return the thorough site with a statement, a question, a law and a whole quiz on hold."""
    context = thorough(folder)
    again = hold(context, ("item", "welcome/w-q01"), course=COURSE, said=SAID)
    holds.release_hold(context, SYSTEM, again, "We read the official text today. Nothing has changed.")
    whole = (("item", f"forms/f-q0{number}") for number in range(1, 6))
    for about in (("law", "sample-access-act"), *whole, ("item", "welcome/w-q02"), ("box", "welcome/st1")):
        hold(context, about, course=COURSE, said=SAID)
    return context


def workspace(folder: Path) -> Context:
    """Return a copy of the sample site, whose drafts are written."""
    return with_sample(a_context(folder, site=sample_site(folder / "site")))


def telling(folder: Path) -> Context:
    """Return the sample site with checks that comment at once."""
    return with_sample(a_context(folder, library=Telling(SITE, cache=folder / "cache")))


def curious(folder: Path) -> Context:
    """Return the sample site with a course that asks, and has been there for a year."""
    context = a_context(folder, library=Curious(SITE, cache=folder / "cache"))
    assert isinstance(context.now, Clock)
    context.now.move(days=-365)
    with_sample(context)
    context.now.move(days=365)
    return context


def building(folder: Path) -> Context:
    """Return the sample site with a course that builds on another one."""
    context = with_sample(a_context(folder, library=Building(SITE, cache=folder / "cache")))
    adopting.adopt(context, SYSTEM, NEXT, OLD)
    return context


def wordy(folder: Path) -> Context:
    """Return the sample site as text alone."""
    return with_sample(a_context(folder, library=Wordy(SITE, cache=folder / "cache")))


def renewed(folder: Path) -> Context:
    """Return the sample site with a newer release."""
    context = with_sample(a_context(folder, library=Renewed(SITE, cache=folder / "cache")))
    assert isinstance(context.now, Clock)
    context.now.move(minutes=1)
    adopting.adopt(context, SYSTEM, COURSE, NEW)
    return context


def amended(folder: Path) -> Context:
    """Return the sample site after a law has changed."""
    context = with_sample(a_context(folder, library=Amended(SITE, cache=folder / "cache")))
    assert isinstance(context.now, Clock)
    context.now.move(minutes=1)
    adopting.adopt(context, SYSTEM, COURSE, NEW)
    context.now.move(minutes=1)
    return context


def drafted(folder: Path) -> Context:
    """Return a site with a version that waits for its day, and a draft that was changed since it was read."""
    context = a_workshop(folder)
    rebuild(context, SYSTEM)
    ana, remi = an_author(context), an_author(context, "Rémi")
    edit(context, ana, "Each question has", "Every question has")
    edit(context, ana, "Chaque question a", "Toute question a", FR)
    why = {"en": "Forms say why they ask.", "fr": "Les formulaires disent pourquoi ils demandent."}
    preparing.seal(context, SYSTEM, COURSE, "1.1.0", SealRequest(ana.person, why, unapproved=True))
    later = context.now() + 30 * 86_400_000
    adopting.adopt(context, SYSTEM, COURSE, "1.1.0", active_from=later)
    edit(context, ana, "A short form is a kind form.", "A short form is a kind and clear form.")
    digest = preparing.review(context, remi, COURSE).digest
    preparing.approve(context, remi, COURSE, "en", digest)
    edit(context, ana, "Leave room for other answers.", "Leave room for answers of one’s own.")
    return context


def torn(folder: Path) -> Context:
    """Return a site with an inner fault."""
    return with_sample(a_context(folder, library=Torn(SITE, cache=folder / "cache")))


def bare(folder: Path) -> Context:
    """Return a site on its first day: nothing is there."""
    site = folder / "no-courses"
    (site / "courses").mkdir(parents=True)
    return a_context(folder, site=site)


def unpublished(folder: Path) -> Context:
    """Return a whole site of which nothing is published yet, so that nothing waits for anybody."""
    return a_context(folder)


def mailing(folder: Path) -> Context:
    """Give the sample site with a mail server named in its settings; letters still go into the letterbox."""
    return with_sample(
        a_context(folder, environ={"MAIL_URL": "smtp://127.0.0.1:9", "MAIL_FROM": "parvis@example.org"})
    )


def real(folder: Path) -> Context:
    """Return the courses that this checkout brings, published."""
    context = a_context(folder, site=real_site())
    adopting.adopt_all(context, SYSTEM)
    return context


def drafting(folder: Path) -> Context:
    """Return a copy of the sample site whose draft has something to put right, and something to explain."""
    site = sample_site(folder / "site")
    lesson = site / f"courses/{COURSE}/forms/draft/01-first-form.fr.md"
    lesson.write_text(f"{lesson.read_text()}\nDemandez d'abord ce qu'il faut.\n")
    longer = "I look up, put the pen away and say hello to the person"
    change(site, f"quizzes/{COURSE}/welcome/draft.yaml", "I look up and say hello", longer)
    return with_sample(a_context(folder, site=site))


def has_real_course() -> bool:
    """Return whether the first real course is sealed."""
    return any((real_site() / "courses" / POSITIVE_SPACES / "releases").glob("*.yaml"))


WORLDS: dict[str, Callable[[Path], Context]] = {
    "sample": sample,
    "discreet": discreet,
    "public": public,
    "thorough": thorough,
    "held": held,
    "telling": telling,
    "workspace": workspace,
    "curious": curious,
    "building": building,
    "wordy": wordy,
    "renewed": renewed,
    "amended": amended,
    "torn": torn,
    "drafted": drafted,
    "bare": bare,
    "unpublished": unpublished,
    "mailing": mailing,
    "drafting": drafting,
    "real": real,
}


def _plain(data: bytes, packed: str | None) -> bytes:
    return zlib.decompress(data, wbits=zlib.MAX_WBITS | 32) if packed in {"gzip", "deflate"} else data


@dataclass
class Atlas:
    """Worlds that are served as soon as somebody wants to see them, and until the tests are over."""

    folder: Path
    drawn: list[str] = field(default_factory=list)  # templates that were drawn since this was last cleared
    sent: str = ""  # the page that was sent last, before a browser made something of it
    spoil: Callable[[str], str] = str  # a fault that a test plants in every page that is sent
    _live: dict[str, Live] = field(default_factory=dict)
    _open: ExitStack = field(default_factory=ExitStack)

    def world(self, name: str) -> Live:
        """Return a world, served."""
        if name not in self._live:
            self._live[name] = self._served(name, self.folder / name)
        return self._live[name]

    def fresh(self, name: str, folder: Path) -> Live:
        """Return a world of its own, in which nothing has happened yet; ended with the others."""
        return self._served(name, folder)

    def _served(self, name: str, folder: Path) -> Live:
        live = self._open.enter_context(serving(WORLDS[name](folder)))
        before_render_template.connect(self._note, live.app)
        request_finished.connect(self._keep, live.app)
        return live

    def _note(self, _app: Flask, template: Template, **_: object) -> None:
        self.drawn.append(template.name or "")

    def _keep(self, _app: Flask, response: Response, **_: object) -> None:
        if response.mimetype != "text/html" or response.status_code in {301, 302, 303, 304}:
            return
        came = _plain(response.get_data(), response.content_encoding).decode()
        self.sent = self.spoil(came)
        if self.sent != came:
            response.headers.remove("Content-Encoding")
            response.set_data(self.sent)

    def close(self) -> None:
        """Stop serving."""
        self._open.close()
