"""No answer costs more memory than it may, however small it travels: 300 MB behind 0.3 MB of gzip."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tracemalloc
import zlib
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import fault_host as fault
from tests.support.fault_host import Act, fault_host
from tests.support.query_fixture.services import Workfront
from tests.support.resilience_kit import SECRET, both, run_sync
from tests.support.token_host import token_host
from workfront_core.auth import ApiKey, Login
from workfront_core.errors import ProtocolError, QueryError, Truncated, WorkfrontError
from workfront_core.request.inflation import BoundedBody, gunzipped

HEAD = b'{"data": {"ID": "' + b"1" * 32 + b'", "name": "'
SIZE = 300 * 2**20
SIDES = ("sync", "async")
GZIP = {"Content-Encoding": "gzip", "Content-Type": "application/json"}


@cache
def bomb() -> bytes:
    """JSON that would be valid, were there room for it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    blanks = b" " * 2**20
    pieces = [packer.compress(b'{"data": "'), *(packer.compress(blanks) for _ in range(SIZE >> 20))]
    return b"".join([*pieces, packer.compress(b'"}'), packer.flush()])


WAYS = {
    "declared": (200, GZIP, "get"),
    "not declared": (200, {}, "get"),
    "of an error": (400, GZIP, "get"),
    "of an error of a server": (503, GZIP, "get"),
    "of a token": (200, GZIP, "sign in"),
    "of a refused token": (400, GZIP, "sign in"),
    "of a download's error": (404, GZIP, "download"),
    "packed twice": (200, {"Content-Encoding": "gzip, gzip"}, "get twice"),
}

CHILD = """
import json, resource, sys
import tests.engine.transport.test_answer_bounds as test
resource.setrlimit(resource.RLIMIT_AS, (test.current_memory() + 230 * 2**20,) * 2)
print(json.dumps([test.ask(*question) for question in json.loads(sys.argv[1])]))
"""


def current_memory() -> int:
    """Bytes of addresses this process has in use."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * 4096


def ask(url: str, way: str, side: str, folder: str) -> str:
    """What a client says to the answer."""
    from tests.support.resilience_kit import run_async

    auth = Login("ana@example.com", "secret-password") if way == "sign in" else ApiKey(SECRET)
    target = Path(folder) / "file.pdf"

    def job(wf: Any) -> Any:
        return wf.download("/file", target) if way == "download" else wf.task.get("1" * 32)

    try:
        {"sync": run_sync, "async": run_async}[side](url, job, auth=auth)
    except WorkfrontError as error:
        return f"{type(error).__name__}: {error.message[:200]}"
    return "answered"


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], str]:
    """What clients of one process, whose memory is bounded, say to each bomb; and that they leave no file."""
    folder = tmp_path_factory.mktemp("bombs")
    asked: dict[tuple[str, str], tuple[str, ...]] = {}
    with ExitStack() as hosts:
        for name, (status, headers, way) in WAYS.items():
            body = gzip.compress(bomb()) if way == "get twice" else bomb()
            assert len(body) < 2**20
            act = fault.reply(body, status, headers)
            url = hosts.enter_context(fault_host(lambda *_, act=act: act)).url
            asked |= {(name, side): (url, way, side, str(folder)) for side in SIDES}
        command = [sys.executable, "-c", CHILD, json.dumps([*asked.values()])]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert list(folder.iterdir()) == []
    return dict(zip(asked, json.loads(done.stdout), strict=True))


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc")
@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("name", WAYS)
def test_a_bomb_is_an_error_and_costs_little(name: str, side: str, said: dict[tuple[str, str], str]) -> None:
    assert said[name, side].startswith(("ProtocolError: The answer is", "ServerError", "ProtocolError: The token"))


@both
def test_larger_answers_are_allowed_where_somebody_wants_them(run: Any) -> None:
    text = "x" * 100_000
    row = {"data": {"ID": "1" * 32, "name": text}}
    with fault_host(lambda *_: fault.reply(row)) as host:
        assert run(host.url, lambda wf: wf.task.get("1" * 32), max_answer_bytes=200_000).name == text
        with pytest.raises(ProtocolError, match="larger than 50,000 bytes") as raised:
            run(host.url, lambda wf: wf.task.get("1" * 32), max_answer_bytes=50_000)
        assert "max_answer_bytes" in str(raised.value.hint)
        job = run(host.url, lambda wf: wf.with_options(max_answer_bytes=200_000).task.get("1" * 32), max_answer_bytes=1)
        assert job.name == text
    for wrong in (0, -1, "5", None, True):
        size: Any = wrong
        with pytest.raises(QueryError, match="max_answer_bytes"):
            Workfront(host.url, auth=ApiKey(SECRET), max_answer_bytes=size)


@both
def test_a_download_may_be_of_any_size(run: Any, tmp_path: Path) -> None:
    packed = gzip.compress(b"y" * 3_000_000)
    headers = {"Content-Encoding": "gzip", "Content-Disposition": "attachment"}
    with fault_host(lambda *_: fault.reply(packed, headers=headers)) as host:
        run(host.url, lambda wf: wf.download("/file", tmp_path / "file"), max_answer_bytes=1000)
    assert (tmp_path / "file").stat().st_size == 3_000_000


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


PACKED: dict[str, Callable[[bytes], bytes]] = {
    "": lambda body: body,
    "identity": lambda body: body,
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "GZIP": lambda body: gzip.compress(body[:7]) + gzip.compress(body[7:]),
    "gzip ": lambda body: gzip.compress(body) + b"\0\0\0",
    "deflate": zlib.compress,
    " deflate": raw_deflate,
    "gzip, deflate": lambda body: zlib.compress(gzip.compress(body)),
}


@both
@pytest.mark.parametrize("encoding", PACKED)
def test_each_encoding_is_undone(run: Any, encoding: str) -> None:
    body = PACKED[encoding](HEAD + b"long " * 50_000 + b'"}}')
    with fault_host(lambda *_: fault.reply(body, headers={"Content-Encoding": encoding})) as host:
        assert len(run(host.url, lambda wf: wf.task.get("1" * 32)).name) == 250_000
        assert host.asked[0].headers["accept-encoding"] == "gzip, deflate"


@both
def test_an_encoding_nobody_asked_for_and_a_damaged_one_are_told(run: Any) -> None:
    answers = {"br": b"\x1b", "gzip": b"\x1f\x8b\x08\0garbage-that-is-no-gzip", "deflate": b"no deflate at all"}
    for encoding, body in answers.items():
        with fault_host(
            lambda *_, body=body, encoding=encoding: fault.reply(body, headers={"Content-Encoding": encoding})
        ) as host:
            with pytest.raises(ProtocolError, match=r"compressed by 'br'|damaged"):
                run(host.url, lambda wf: wf.task.get("1" * 32))
            assert len(host.asked) == 1


@both
def test_a_packed_answer_that_ends_early_may_be_repeated_by_the_caller(run: Any) -> None:
    cut = gzip.compress(
        b'{"data": {"ID": "11111111111111111111111111111111", "name": "'
        + bytes(range(256)).hex().encode() * 99
        + b'"}}'
    )[:-200]
    with (
        fault_host(lambda *_: fault.reply(cut, headers={"Content-Encoding": "gzip"})) as host,
        pytest.raises(Truncated),
    ):
        run(host.url, lambda wf: wf.with_options(max_retries=0).task.get("1" * 32))


def test_a_token_is_read_whatever_its_encoding() -> None:
    packed = gzip.compress(b'{"data": {"sessionID": "session-000000"}}')
    acts: list[Act | None] = [fault.reply(packed, headers={"Content-Encoding": "gzip"})]
    with token_host(refuse=lambda _: acts[0], any_token=True) as host:
        with Workfront(host.url, auth=Login("ana@example.com", "secret-password")) as wf:
            assert wf.task.get("1" * 32).name == "x"
        assert host.calls[0].headers["sessionid"] == "session-000000"


@given(st.binary(max_size=3000), st.integers(1, 50), st.sampled_from(sorted(PACKED)))
def test_pieces_of_any_size_give_the_same_body(body: bytes, size: int, encoding: str) -> None:
    packed = PACKED[encoding](body)
    reader = BoundedBody(encoding, most=len(body))
    pieces = [packed[start : start + size] for start in range(0, len(packed), size)]
    assert b"".join(part for piece in pieces for part in reader.decoded(piece)) == body


BLANKS = b" " * 2**24
"""What a small body holds that is unpacked no further than 1 MB."""


def read_by(encodings: str, *, sniffs: bool = False) -> Callable[[bytes], object]:
    def read(body: bytes) -> object:
        return [*BoundedBody(encodings, most=2**20, sniffs=sniffs).decoded(body)]

    return read


UNPACKED: dict[str, tuple[bytes, Callable[[bytes], object]]] = {
    "gzip": (gzip.compress(BLANKS), read_by("gzip")),
    "deflate": (zlib.compress(BLANKS), read_by("deflate")),
    "deflate without a head": (raw_deflate(BLANKS), read_by("deflate")),
    "packed twice": (gzip.compress(gzip.compress(BLANKS)), read_by("gzip, gzip")),
    "a second member": (gzip.compress(b"{") + gzip.compress(BLANKS), read_by("gzip")),
    "that no header announces": (gzip.compress(BLANKS), read_by("", sniffs=True)),
    "gzip within gzip": (gzip.compress(BLANKS), lambda body: gunzipped(body, most=2**20)),
}


@pytest.mark.parametrize("way", UNPACKED)
def test_nothing_is_unpacked_beyond_its_bound(way: str) -> None:
    body, read = UNPACKED[way]
    tracemalloc.start()
    try:
        with pytest.raises(ProtocolError, match="larger than 1,048,576 bytes"):
            read(body)
        assert tracemalloc.get_traced_memory()[1] < 4 * 2**20
    finally:
        tracemalloc.stop()


@both
def test_gzip_that_no_header_announces_keeps_to_the_bound_of_the_client(run: Any) -> None:
    """It used to be unpacked up to a bound of its own, and once more for a raw response."""
    small = gzip.compress(b'{"data": {"ID": "' + b"1" * 32 + b'", "name": "' + b"x" * 50_000 + b'"}}')
    with fault_host(lambda _asked, _number: fault.reply(small)) as host:
        with pytest.raises(ProtocolError, match="larger than 40,000 bytes"):
            run(host.url, lambda wf: wf.task.get("1" * 32), max_answer_bytes=40_000)
        raw = run(host.url, lambda wf: wf.with_raw_response(lambda inner: inner.task.get("1" * 32)))
    assert len(raw.content) > 50_000
    assert raw.content.startswith(b'{"data"')


@given(st.binary(max_size=300), st.integers(1, 5), st.booleans())
def test_gzip_is_known_by_its_first_bytes_however_they_come(text: bytes, step: int, packed: bool) -> None:
    if text.startswith(b"\x1f"):
        text = b"{" + text
    sent = gzip.compress(text) if packed else text
    body = BoundedBody(most=1000, sniffs=True)
    came = b"".join(piece for at in range(0, len(sent), step) for piece in body.decoded(sent[at : at + step]))
    assert came == text


def test_a_file_of_gzip_stays_as_it_is(tmp_path: Path) -> None:
    packed = gzip.compress(b"a file that is gzip itself")
    with fault_host(lambda _asked, _number: fault.reply(packed)) as host:
        run_sync(host.url, lambda wf: wf.download("/file", tmp_path / "a.gz"))
    assert (tmp_path / "a.gz").read_bytes() == packed
