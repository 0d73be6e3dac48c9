"""A worker that makes certificates all day does not grow."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MEGABYTE = 1024
SCRIPT = """
import gc, sys
from lms.rendering.certificates.certificate_pdf import pdf
from lms.core.certificates.certificate import grouped
from tests.builders_certificates import a_certificate

def resident():
    gc.collect()
    for line in open("/proc/self/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1])

def make(count, start):
    for n in range(start, start + count):
        number = f"{n:026d}"
        address = "https://learn.example.org/verify/" + grouped(number)
        pdf(a_certificate(name=f"Person number {n}", number=number, address=address))
        if n % 25 == 0:
            gc.collect()  # what waits for the collector is no growth

many = int(sys.argv[1])
make(100, 0)  # caches are full after fifty
before = resident()
make(many, 100)
print(before, resident())
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
@pytest.mark.parametrize("many", [200, pytest.param(1000, marks=pytest.mark.full)])
def test_memory_does_not_grow_with_the_number_of_certificates(many: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(many)],
        check=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )
    before, after = map(int, done.stdout.split())
    assert after - before < 5 * MEGABYTE, f"{before} kB, then {after} kB"
