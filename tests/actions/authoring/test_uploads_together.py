"""What comes with a file stands or falls with it: nothing lies among the media that no draft names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from sqlalchemy import func, select

from lms.actions.authoring import uploads
from lms.actions.authoring.uploads import Upload
from lms.actions.context import Context
from lms.content.site_folder import SiteFolder
from lms.core.authoring.lessons.drafts import LessonPlace
from lms.core.authoring.lessons.media_types import VIDEO
from lms.core.courses.course import SignVideo
from lms.core.errors import Conflict
from lms.core.people.actors import Actor
from lms.core.publishing.site import FileChange
from lms.storage.tables.authoring import draft_state
from tests.builders_learning import SAMPLE, refused

AT = LessonPlace(SAMPLE, "welcome", "greeting")
FOLDER = f"courses/{SAMPLE}/welcome/draft"
FILM = b"\x1aE\xdf\xa3 film"
VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello.\n"


class Busy(SiteFolder):
    """A site in which somebody writes one of the files just before each save."""

    def save(self, course_id: str, changes: Mapping[str, FileChange]) -> Mapping[str, str]:
        path = self.files.root / list(changes)[-1]
        path.write_bytes((path.read_bytes() if path.exists() else b"") + b"# looked at\n")
        return super().save(course_id, changes)


def media(site: Path) -> set[str]:
    return {path.name for path in (site / FOLDER / "media").iterdir()}


def noted(context: Context) -> int:
    with context.database.reading() as tx:
        return int(tx.execute(select(func.count()).select_from(draft_state)).scalar_one())


def test_a_video_whose_module_was_changed_meanwhile_leaves_no_file(
    context: Context, author: Actor, site: Path
) -> None:
    before = media(site), noted(context)
    busy, wish = replace(context, library=Busy(site)), SignVideo("#s1", "fcs", "")
    with refused(Conflict, "draft.changed"):
        uploads.sign(busy, author, AT, FILM, wish)
    assert (media(site), noted(context)) == before
    src = uploads.sign(context, author, AT, FILM, wish)
    assert media(site) == before[0] | {src.removeprefix("media/")}


def test_captions_that_cannot_be_written_leave_no_recording(
    context: Context, author: Actor, site: Path
) -> None:
    before = media(site)
    with refused(Conflict, "draft.changed"):
        uploads.upload(
            replace(context, library=Busy(site)), author, AT, Upload(FILM, {"en": VTT, "fr": VTT}), (VIDEO,)
        )
    left = media(site) - before
    assert {name.rpartition(".")[2] for name in left} == {"vtt"}  # what the other has put there, and no film
    assert len(left) == 1
