"""What is wrong with a draft: list it, answer what may stay with a reason, put right what a machine can.

An answer holds until its block changes; an error cannot be answered. A safe fix changes no word and is shown
before it is made. Nothing here keeps anybody from saving.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from lms.actions.action import Who, command, query, record
from lms.actions.context import Context
from lms.actions.publishing.answered import Answered, answered
from lms.actions.publishing.preparing import save_draft
from lms.actions.publishing.reach import require_course
from lms.content.editing.texts import pieces_of, with_pieces
from lms.content.shapes.reading import read_yaml
from lms.core.authoring.draft_texts import FIXES, TextPiece, fixed
from lms.core.authoring.finding_answers import DraftFinding, FindingAnswer
from lms.core.authoring.lessons.pieces import Piece, piece_on
from lms.core.courses.findings import Severity
from lms.core.errors import Conflict, Invalid, NotFound
from lms.core.people.actors import Actor
from lms.storage.authoring import finding_answers

MOST_REASON = 500


@query("authoring.findings", by=Who.STAFF, scoped=True)
def findings(context: Context, actor: Actor, course: str) -> tuple[DraftFinding, ...]:
    """Return every finding of a draft with its answer, those that must be fixed first.

    Raises: NotFound `course.unknown`.
    """
    require_course(actor, context, Who.STAFF, course)
    return _findings(context, course)


def _findings(context: Context, course: str) -> tuple[DraftFinding, ...]:
    every = answered(context, course, context.library.check(course, context.today()))
    texts = {one.finding.place.file: one.text for one in every if one.finding.place.file.endswith(".md")}
    roots = {file: context.library.pieces(text.encode()) for file, text in texts.items()}
    return tuple(_line(one, course, roots) for one in every)


def _line(one: Answered, course: str, roots: Mapping[str, Piece]) -> DraftFinding:
    found, text = one.finding, one.text
    room, _, rest = found.place.file.partition(f"/{course}/")
    module = rest.partition("/")[0] if "/" in rest else ""
    question = _question(text, found.place.line) if room == "quizzes" else ""
    can_fix, root = found.rule in FIXES and bool(text), roots.get(found.place.file)
    place, piece = (piece_on(root, found.place.line) if root else None) or ((), None)
    return DraftFinding(found, one.key, one.answer, module, question, can_fix, piece, place)


def _question(text: str, line: int) -> str:
    """Return the id of the question on a line of a quiz file; empty outside of any."""
    source = read_yaml(text.encode(), "")
    begun = [
        (at, path)
        for path, (at, _) in source.places.items()
        if path[:1] == ("items",) and path[1:] and not path[2:] and at <= line
    ]
    if not begun or not isinstance(source.value, dict):
        return ""
    entry = source.value["items"][max(begun)[1][1]]
    return str(entry.get("id", "")) if isinstance(entry, dict) else ""


def _found(context: Context, course: str, key: str) -> DraftFinding:
    for one in _findings(context, course):
        if one.key == key:
            return one
    raise NotFound("finding.gone")


@query("authoring.finding", by=Who.AUTHOR)
def finding(context: Context, actor: Actor, course: str, key: str) -> DraftFinding:
    """Return one finding by its key.

    Raises: NotFound `course.unknown`, `finding.gone`.
    """
    return _found(context, course, key)


@command("authoring.answer_finding", by=Who.AUTHOR)
def answer_finding(context: Context, actor: Actor, course: str, key: str, reason: str) -> bool:
    """Answer a finding with a reason; return False when it was answered already.

    Raises: NotFound `course.unknown`, `finding.gone`; Invalid `finding.reason-missing`,
    `finding.reason-long`; Conflict `finding.error-stays`.
    """
    reason = reason.strip()
    if not reason:
        raise Invalid("finding.reason-missing")
    if len(reason) > MOST_REASON:
        raise Invalid("finding.reason-long", most=MOST_REASON)
    one = _found(context, course, key).finding
    if one.severity is Severity.ERROR:
        raise Conflict("finding.error-stays")
    given = FindingAnswer(course, one.rule, one.place.file, key, reason, actor.person, context.now())
    with context.database.writing() as tx:
        is_new = finding_answers.add(tx, context.new_id(), given)
        if is_new:
            record(tx, context, actor, "authoring.answer_finding", f"{course} {one.rule} {key}")
    return is_new


@command("authoring.reopen_finding", by=Who.AUTHOR)
def reopen_finding(context: Context, actor: Actor, course: str, key: str) -> bool:
    """Take an answer back; return False when there was none.

    Raises: NotFound `course.unknown`.
    """
    if course not in context.library.courses():
        raise NotFound("course.unknown", course=course)
    with context.database.writing() as tx:
        was = finding_answers.remove(tx, course, key)
        if was:
            record(tx, context, actor, "authoring.reopen_finding", f"{course} {key}")
    return was


# --- what a machine can put right -----------------------------------------------------------------------
@query("authoring.fix", by=Who.AUTHOR)
def fix(
    context: Context, actor: Actor, course: str, file: str, rule: str
) -> tuple[str, list[tuple[TextPiece, str]]]:
    """Return the digest of a file, and what the safe fix of a rule would change in it.

    Raises: NotFound `course.unknown`, `draft.unknown-file`; Invalid `finding.no-fix`.
    """
    raw = context.library.draft_file(course, file)
    pieces = pieces_of(raw, file)
    changes = fixed(pieces, rule)
    if not changes:
        raise Invalid("finding.no-fix")
    return sha256(raw).hexdigest(), [(pieces[at], text) for at, text in changes.items()]


@command("authoring.make_fix", by=Who.AUTHOR)
def make_fix(context: Context, actor: Actor, course: str, file: str, rule: str, *, expected: str) -> int:
    """Make the safe fix of a rule in a file as it was shown; return how many texts changed.

    Raises: NotFound `course.unknown`, `draft.unknown-file`; Invalid `finding.no-fix`; Conflict
    `draft.changed`, `draft.by-hand`; Unavailable `disk.write-failed`.
    """
    raw = context.library.draft_file(course, file)
    changes = fixed(pieces_of(raw, file), rule)
    if not changes:
        raise Invalid("finding.no-fix")
    save_draft(context, actor, course, file, with_pieces(raw, file, changes), expected=expected)
    return len(changes)
