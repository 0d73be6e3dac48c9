"""The register of laws: one file per instrument, and its head.

Holds the conversion to core; every mark of doubt is kept as it stands.
"""

from __future__ import annotations

from lms.content.files.files import Files
from lms.content.shapes.schemas import EventEntry, LawFile, RegisterFile
from lms.content.shapes.validation import validate
from lms.content.shapes.wording import maybe, words
from lms.core.checks.rules import broken
from lms.core.courses.findings import Finding
from lms.core.legislation.register import Event, Law, Register, Watch

FOLDER = "courses/legislation"
HEAD = f"{FOLDER}/register.yaml"


def _event(entry: EventEntry) -> Event:
    return Event(
        date=entry.date,
        event=entry.event,
        material=entry.material,
        effect=entry.effect,
        words=words(entry.words),
        certainty=entry.certainty or "",
        source=entry.source or "",
        read=entry.read or "",
    )


def to_law(found: LawFile) -> Law:
    """Return the core law of a register file."""
    return Law(
        id=found.id,
        jurisdiction=found.jurisdiction,
        kind=found.kind,
        title=words(found.title),
        title_fr_official=found.title_fr_official,
        citation=words(found.citation),
        status=found.status,
        assented=found.assented or "",
        in_force=found.in_force or "",
        events=tuple(_event(entry) for entry in found.events),
        meaning=words(found.meaning),
        courses=found.courses,
        topics=found.topics,
        url={tag: address for tag, address in (found.url or {}).items() if address},
        confidence=found.confidence,
        sources=found.sources,
        unverified=found.unverified,
        source_quality=found.source_quality,
        review_by=found.review_by or "",
        parent=found.parent or "",
        scope=found.scope or "",
        related=found.related,
        note=found.note or "",
        binds=maybe(found.binds),
    )


def _laws(files: Files) -> tuple[dict[str, Law], list[Finding]]:
    laws: dict[str, Law] = {}
    findings: list[Finding] = []
    for name in files.names(FOLDER):
        file = f"{FOLDER}/{name}"
        if file == HEAD or not name.endswith(".yaml"):
            continue
        source = files.yaml(file)
        found, faults = validate(LawFile, source)
        findings.extend(faults)
        if found is None:
            continue
        if found.id != name.removesuffix(".yaml"):
            params = {"id": found.id, "expected": name.removesuffix(".yaml")}
            findings.append(broken("id-mismatch", source.place(("id",)), **params))
        laws[found.id] = to_law(found)
    return laws, findings


def _kin(files: Files, laws: dict[str, Law]) -> list[Finding]:
    """Find laws that point at an instrument which the register does not hold."""
    findings: list[Finding] = []
    for law in laws.values():
        for path, target in [
            (("parent",), law.parent),
            *((("related", at), to) for at, to in enumerate(law.related)),
        ]:
            if target and target not in laws:
                place = files.yaml(f"{FOLDER}/{law.id}.yaml").place(path)
                findings.append(broken("law-unknown", place, law=target))
    return findings


def read_register(files: Files) -> tuple[Register, tuple[Finding, ...]]:
    """Read the whole register; what is not whole is left out and reported."""
    laws, findings = _laws(files)
    source = files.yaml(HEAD)
    head, faults = validate(RegisterFile, source)
    findings = [*faults, *findings, *_kin(files, laws)]
    if head is None:
        return Register("", "", "", laws), tuple(findings)
    for at, entry in enumerate(head.watch):
        if entry.instrument not in laws:
            place = source.place(("watch", at, "instrument"))
            findings.append(broken("law-unknown", place, law=entry.instrument))
    watch = tuple(Watch(entry.instrument, entry.date or "", entry.what) for entry in head.watch)
    return Register(head.as_of, head.federal_consolidation_read, head.review_by, laws, watch), tuple(findings)
