"""The PDFs of closed dossiers: each made once by the worker, kept with its hash, handed out byte for byte."""

from __future__ import annotations

from dataclasses import dataclass

from lms.actions.action import Who, command, query, record
from lms.actions.context import Context
from lms.actions.legislation.editing import LOCALES
from lms.core.authoring.dossiers import MADE, Dossier, DossierNote
from lms.core.errors import NotFound, Unavailable
from lms.core.ids import is_id
from lms.core.operations.jobs import DossierPaper
from lms.core.people.actors import SYSTEM, Actor
from lms.rendering.dossiers.dossier_sheet import PrintedDossier
from lms.storage.authoring import dossiers
from lms.storage.people import persons


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A file to hand out."""

    name: str
    content: bytes


@command("dossiers.keep_paper", by=Who.SYSTEM)
def keep_paper(context: Context, actor: Actor, work: DossierPaper, digest: str) -> bool:
    """Note which bytes are the PDF; False when there is one already."""
    with context.database.writing() as tx:
        found = dossiers.find(tx, work.dossier, hold=True)
        if found is None or found.made(work.locale):
            return False
        note = DossierNote(context.new_id(), MADE, work.locale, digest, actor.person, context.now())
        dossiers.add_note(tx, work.dossier, note)
        record(tx, context, actor, "dossiers.keep_paper", f"{work.dossier} {work.locale}")
    return True


def make_paper(context: Context, work: DossierPaper) -> None:
    """Make the PDF that a job asks for; doing it again changes nothing.

    Raises: Unavailable `certificate.no-engine`, `blob.unavailable`.
    """
    with context.database.reading() as tx:
        found = dossiers.find(tx, work.dossier)
        names = persons.names_of(tx, {note.by for note in found.notes}) if found else {}
    if found is None or found.made(work.locale):
        return
    law = context.library.register().laws.get(found.law)
    printed = PrintedDossier(found, law, names, {at: context.day_of(at) for at in _moments(found)})
    keep_paper(context, SYSTEM, work, context.blobs.put(context.dossier_pdf(printed, work.locale)))


def _moments(found: Dossier) -> set[int]:
    lines, notes = {line.at for line in found.lines}, {note.at for note in found.notes}
    return {found.opened_at, found.closed_at, *lines, *notes}


@query("dossiers.paper", by=Who.STAFF)
def paper(context: Context, actor: Actor, dossier_id: str, locale: str) -> PaperFile:
    """Hand out the PDF of a dossier in a language.

    Raises: NotFound `dossier.unknown`, also while it is open, and for another language; Unavailable
    `dossier.not-ready`, `blob.damaged`.
    """
    with context.database.reading() as tx:
        found = dossiers.find(tx, dossier_id) if is_id(dossier_id) else None
    if found is None or found.is_open or locale not in (found.locales or LOCALES):
        raise NotFound("dossier.unknown")
    digest = found.made(locale)
    if not digest:
        raise Unavailable("dossier.not-ready")
    return PaperFile(f"{found.law}-{found.id}-{locale}.pdf", context.blobs.get(digest))
