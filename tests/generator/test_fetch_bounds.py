"""No metadata costs more memory than it may, however small it travels: 300 MB behind 0.3 MB of gzip."""

from __future__ import annotations

import subprocess
import sys
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.support import fault_host as fault
from tests.support.fault_host import Act, fault_host
from tests.support.loopback import Received
from workfront_core.transport.response_body import MOST as LARGEST

SIZE = 300 * 2**20
CHILD = """
import resource, signal, sys
from pathlib import Path
from workfront_codegen.cli import app
import workfront_codegen.fetch, workfront_core.client._async.client, asyncio, ssl, idna
used = int(Path("/proc/self/statm").read_text().split()[0]) * 4096
resource.setrlimit(resource.RLIMIT_AS, (used + 256 * 2**20,) * 2)
app(sys.argv[1:])
"""


@cache
def bomb(start: bytes, unit: bytes, end: bytes) -> bytes:
    """A document of 300 MB, packed."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = unit * (2**20 // len(unit))
    pieces = [packer.compress(start), *(packer.compress(block) for _ in range(SIZE >> 20)), packer.compress(end)]
    return b"".join([*pieces, packer.flush()])


def blanks() -> bytes:
    return bomb(b'{"data": {"objects": "', b" ", b'"}}')


def many() -> bytes:
    return bomb(b'{"data": {"objects": {"a": [', b"{},", b"0]}}}")


GZIP = {"Content-Encoding": "gzip"}
WAYS: dict[str, Callable[[], Act]] = {
    "declared": lambda: fault.reply(blanks(), 200, GZIP),
    "not declared": lambda: fault.reply(blanks()),
    "of many small things": lambda: fault.reply(many(), 200, GZIP),
    "of an error": lambda: fault.reply(blanks(), 400, GZIP),
    "not packed": lambda: fault.reply(b'{"data": {"objects": "' + b" " * (LARGEST + 1) + b'"}}'),
}
"""Made when they are sent: they take seconds."""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc")
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("place", ["index", pytest.param("document", marks=pytest.mark.long)])
def test_a_bomb_is_one_line_and_costs_little(place: str, way: Callable[[], Act], tmp_path: Path) -> None:
    index = fault.reply({"data": {"objects": {"Task": {"objCode": "TASK"}}}})
    harmful = way()

    def answer(asked: Received, _number: int) -> Act:
        return index if place == "document" and asked.path.endswith("v22.0/metadata") else harmful

    done = fetched_by_a_child(answer, tmp_path)
    assert done.returncode == 1, done.stderr[-400:]
    assert done.stderr.startswith(f"error: {'TASK' if place == 'document' else 'index of objects'}")
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def fetched_by_a_child(answer: Callable[[Received, int], Act], folder: Path) -> subprocess.CompletedProcess[str]:
    with fault_host(answer) as host:
        arguments = ["fetch", "--url", host.url, "--api-version", "v22.0", "--out", str(folder)]
        return subprocess.run([sys.executable, "-c", CHILD, *arguments], capture_output=True, text=True, check=False)
