"""Statements that somebody settles in a dossier after reading the official text: their day of checking moves.

Holds that one act. Until the day moves, learners are told that the text may be out of date, also when it has
just been corrected: nobody has said that they looked at the law.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from lms.actions.action import Who, command
from lms.actions.authoring.editing import save_lesson
from lms.actions.context import Context
from lms.actions.legislation import dossiers
from lms.actions.legislation.editing import require_no_faults
from lms.core.authoring.dossiers import DossierLine
from lms.core.authoring.impact import STATEMENT
from lms.core.authoring.lessons.changes import SetFields
from lms.core.authoring.lessons.drafts import LessonDraft, LessonPlace
from lms.core.authoring.lessons.edits import Edit
from lms.core.authoring.lessons.pieces import walk
from lms.core.errors import NotFound
from lms.core.legislation.entries import read_day_faults
from lms.core.people.actors import Actor


@command(
    "authoring.settle_as_read",
    by=Who.AUTHOR,
    keeps=("dossier_line", "draft_state", "audit"),  # what is settled stays, and a second press goes on
)
def settle_as_read(
    context: Context,
    actor: Actor,
    dossier_id: str,
    lines: Collection[str],
    settled: str,
    *,
    reason: str = "",
    read: str,
) -> int:
    """Settle lines whose author read the official text on a day; return how many texts now say that day.

    The day stands in the draft, in the languages that are settled by it; one that is later stays. What is no
    statement in a lesson (a question, a link, a term) has no day of its own.

    Where a lesson was saved in the very same moment the lines are settled and its day is not moved: the same
    press once more moves it.

    Raises: as `dossiers.settle`; Invalid `law.wrong` for a day that is none or has not come; Conflict
    `draft.changed`; Unavailable `disk.write-failed`.
    """
    require_no_faults(read_day_faults(read, context.today()))
    dossiers.settle(context, actor, dossier_id, lines, settled, reason=reason)
    found = dossiers.show(context, actor, dossier_id).dossier.statements
    chosen = [line for line in found if line.id in set(lines) and line.kind == STATEMENT]
    moved = 0
    for place in dict.fromkeys(map(_place, chosen)):
        try:
            draft = context.library.draft_lesson(place)
        except NotFound:  # gone from the draft, or a text beside the lessons
            continue
        edits = list(_edits(draft, [line for line in chosen if _place(line) == place], read))
        if edits:
            save_lesson(context, actor, place, edits)
        moved += len(edits)
    return moved


def _place(line: DossierLine) -> LessonPlace:
    module, _, lesson = line.place.partition("#")[0].partition("/")
    return LessonPlace(line.course, module, lesson)


def _edits(draft: LessonDraft, lines: Iterable[DossierLine], read: str) -> Iterator[Edit]:
    wanted = {(line.locale, line.place.partition("#")[2]) for line in lines}
    for locale, text in draft.texts.items():
        for place, piece in walk(text.root):
            is_meant = piece.kind == "law" and (locale, piece.id) in wanted
            if is_meant and piece.values.get("as-of", "") < read:
                yield Edit(locale, text.digest, SetFields(place, {"as-of": read}))
