"""Builders for drafts: a site that may be written, people who write and publish, and their edits."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from lms.actions.context import Context
from lms.actions.publishing import preparing, translations
from lms.core.people.actors import Actor, Role
from lms.core.publishing.comparing.vouching import SetState
from tests.builders import Clock, a_context
from tests.builders_content import sample_site
from tests.builders_learning import SAMPLE, a_member
from tests.builders_published import publish

EN = f"courses/{SAMPLE}/forms/draft/01-first-form.en.md"
FR = f"courses/{SAMPLE}/forms/draft/01-first-form.fr.md"
QUIZ = f"quizzes/{SAMPLE}/forms/draft.yaml"


def a_workshop(folder: Path) -> Context:
    """Return a desk whose site may be written, its first version current."""
    made = a_context(folder / "data", site=sample_site(folder / "site"))
    publish(made, SAMPLE, "1.0.0")
    assert isinstance(made.now, Clock)
    made.now.move(minutes=1)
    return made


def an_author(context: Context, name: str = "Ana") -> Actor:
    """Return somebody who writes and reads, and no more."""
    return a_member(context, name, Role.AUTHOR, Role.REVIEWER)


def an_admin(context: Context, name: str = "Robin") -> Actor:
    """Return somebody who may publish."""
    return a_member(context, name, Role.ADMIN)


def edit(context: Context, who: Actor, find: str, put: str, file: str = EN) -> str:
    """Put other words into a file of the draft, as its editor does."""
    old = context.library.draft_file(SAMPLE, file)
    content = old.decode().replace(find, put, 1).encode()
    assert content != old, f"{find!r} is not in {file}"
    return preparing.save_draft(context, who, SAMPLE, file, content, expected=sha256(old).hexdigest())


def vouch_for_all(context: Context, who: Actor) -> None:
    """Confirm that every set of blocks of the draft means the same in each language."""
    for one in translations.state(context, who, SAMPLE).sets:
        if one.state is SetState.CHECK:
            translations.confirm(context, who, SAMPLE, one.key)
