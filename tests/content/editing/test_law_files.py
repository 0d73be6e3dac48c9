"""An entry of the register is written so that it says what it should, and every other byte stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lms.content.files.files import sha256
from lms.content.site_folder import SiteFolder
from lms.core.errors import Conflict, Invalid, NotFound
from lms.core.legislation.register import Event, Law
from lms.core.locales import Words
from tests.builders_content import SITE, change, sample_site
from tests.builders_learning import refused

FOLDER = "courses/legislation"
EVENT = Event(
    "2026-12-01", "amendment", True, "pending", Words({"en": 'It "changed": #1', "fr": "Changé."}), "recalled"
)
BLOCKS = """# A remark at the top.
id: sample-act
jurisdiction: ca
kind: statute
title:
  en: Sample Act
  fr: Loi modèle
title_fr_official: true
citation:
  en: C-1
status: in-force  # since 2020
assented: null
in_force: "2020-01-01"

events:
- date: "2020-01-01"
  event: in-force
  material: true
  effect: in-force
  en: It begins.
  fr: Elle
    commence.
# A remark between.
meaning:
  en: A chair.
  fr: Une chaise.
courses: []
topics:
- sample
url: null
confidence: verified
sources:
- The official
  text
unverified:
- one
- 'two:
  and more'
source_quality: official"""


@pytest.fixture
def site(tmp_path: Path) -> SiteFolder:
    return SiteFolder(sample_site(tmp_path / "site"))


def law_of(site: SiteFolder, law: str = "sample-act") -> Law:
    return site.register().laws[law]


def path_of(site: SiteFolder, law: str = "sample-act") -> Path:
    return site.files.root / f"{FOLDER}/{law}.yaml"


def saved(site: SiteFolder, law: Law) -> str:
    digest = site.save_law(law, expected=site.law_digest(law.id))
    text = path_of(site, law.id).read_text()
    assert (digest, law_of(site, law.id)) == (sha256(text.encode()), law)
    return text


def test_each_change_touches_its_own_rows_alone(site: SiteFolder) -> None:
    path_of(site).write_text(BLOCKS)
    law = law_of(site)
    text = saved(site, replace(law, events=(*law.events, EVENT)))
    assert "  fr: Elle\n    commence.\n- date:" in text
    assert '"It \\"changed\\": #1"\n  fr: "Changé."\n# A remark between.\n' in text
    early = replace(EVENT, date="2019")
    law = law_of(site)
    assert 'events:\n- date: "2019"\n' in saved(site, replace(law, events=(early, *law.events)))
    law = law_of(site)
    first, second, third = law.events
    text = saved(site, replace(law, events=(first, second, replace(third, effect="in-force"))))
    law = law_of(site)
    text = saved(site, replace(law, status="repealed", assented="2019", sources=(*law.sources, "true")))
    assert 'status: repealed  # since 2020\nassented: "2019"\n' in text
    assert '- The official\n  text\n- "true"\nunverified:' in text
    law = law_of(site)
    assert "unverified:\n- 'two:\n  and more'\n" in saved(site, replace(law, unverified=law.unverified[1:]))
    law = law_of(site)
    assert saved(site, replace(law, unverified=())).endswith("unverified: []\nsource_quality: official")
    kept = [
        row for row in BLOCKS.splitlines() if not row.startswith(("status", "assented", "- one", "- 'two"))
    ]
    assert [row for row in kept if row not in path_of(site).read_text()] == ["  and more'"]


def test_lists_on_one_row_stay_there(site: SiteFolder) -> None:
    law = law_of(site, "sample-code")
    text = saved(site, replace(law, unverified=(), sources=("A: b", *law.sources)[::-1]))
    assert "unverified: []" in text
    law = law_of(site, "sample-access-act")
    assert 'unverified: [assented, "in force"]' in saved(
        site, replace(law, unverified=(*law.unverified, "in force"))
    )


def test_a_new_entry_is_written_whole(site: SiteFolder) -> None:
    law = replace(law_of(site), id="another", events=(EVENT,), url={}, unverified=("all",), sources=())
    site.save_law(law, expected="")
    assert law_of(site, "another") == law
    plain = replace(law, id="plain", events=(), binds=None, related=())
    saved(site, plain)
    assert "url: null\n" in path_of(site, "plain").read_text()


def test_what_cannot_be_followed_is_refused_and_left(site: SiteFolder) -> None:
    law = law_of(site)
    wanted = replace(law, note="This field is not edited.")
    before = path_of(site).read_bytes()
    with refused(Conflict, "law.by-hand"):
        saved(site, wanted)
    with refused(Conflict, "law.changed"):
        site.save_law(law, expected="")
    with refused(NotFound, "law.unknown"):
        site.law_digest("register")
    with refused(NotFound, "law.unknown"):
        site.law_digest("../register")
    assert path_of(site).read_bytes() == before
    change(site.files.root, f"{FOLDER}/sample-act.yaml", "kind: statute", "kind: song")
    with refused(Invalid, "law.not-whole"):
        saved(site, law)
    assert SITE.exists()
