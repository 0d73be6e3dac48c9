"""Pictures in a module's file: as data, and empty where there is none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lms.actions.catalogue.offline_files import draw_module
from lms.actions.context import Context
from lms.actions.publishing import adopting
from lms.core.people.actors import SYSTEM
from lms.core.publishing.site import MEDIUM_DAMAGED, Trouble
from tests.builders import a_context
from tests.builders_content import sample_site
from tests.builders_learning import SAMPLE

BLANK = b"data:image/gif;base64,"


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_pictures_of_a_sealed_module_travel_inside_its_file(context: Context, locale: str) -> None:
    adopting.adopt(context, SYSTEM, SAMPLE, "1.0.0")
    release = context.library.release(SAMPLE, "1.0.0")
    module = next(one for one in release.modules if any(path.endswith(".svg") for path in one.media))
    drawn = draw_module(context, release, module, locale)
    assert b"data:image/svg+xml;base64," in drawn
    assert BLANK not in drawn


@pytest.mark.parametrize("digest", ["0" * 64, "a recording"])
def test_what_is_no_picture_leaves_an_empty_one(context: Context, digest: str) -> None:
    adopting.adopt(context, SYSTEM, SAMPLE, "1.0.0")
    release = context.library.release(SAMPLE, "1.0.0")
    module = next(one for one in release.modules if any(path.endswith(".svg") for path in one.media))
    sounds = [known for path, known in module.media.items() if path.endswith((".vtt", ".wav", ".webm"))]
    other = digest if digest.isalnum() else next(iter(sounds), "")
    assert other, "the sample module has a recording"
    changed = replace(module, media=dict.fromkeys(module.media, other))
    modules = tuple(changed if one is module else one for one in release.modules)
    assert BLANK in draw_module(context, replace(release, modules=modules), changed, "en")


def test_a_damaged_picture_leaves_an_empty_one_and_is_noted(tmp_path: Path) -> None:
    site = sample_site(tmp_path / "site")
    context = a_context(tmp_path / "data", site=site)
    adopting.adopt(context, SYSTEM, SAMPLE, "1.0.0")
    release = context.library.release(SAMPLE, "1.0.0")
    path = min((site / f"courses/{SAMPLE}/media").glob("*.svg"))
    path.write_bytes(path.read_bytes() + b" ")
    module = next(one for one in release.modules if path.stem in one.media.values())
    assert BLANK in draw_module(context, release, module, "en")
    file = path.relative_to(site).as_posix()
    assert context.kept.troubles == {Trouble(MEDIUM_DAMAGED, file)}
