"""Files of documents come down whole or not at all; sync and async."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.support.documents_kit import AT_ONCE, KEY, PROJECT, ROW, Call, Documents, both, documents, file_answer
from tests.support.loopback import Answer, Received, loopback
from tests.support.query_fixture.services import Workfront
from workfront_client.v22 import Document, Project
from workfront_core.auth import ApiKey
from workfront_core.errors import (
    InvalidRequest,
    NotFound,
    ProtocolError,
    QueryError,
    ServerError,
    TransportError,
    WorkfrontError,
)
from workfront_core.operations.document import download_steps
from workfront_core.request._sync.flow import run


@both
def test_the_file_of_a_document_is_written_to_its_place(call: Call, tmp_path: Path) -> None:
    content = os.urandom(300_000)
    seen: list[tuple[int, int | None]] = []
    target = tmp_path / "out.pdf"
    target.write_bytes(b"old")
    with loopback(documents(content)) as server:
        written = call(server, "documents", "download", ROW["ID"], target, progress=lambda *state: seen.append(state))
    assert written == target
    assert target.read_bytes() == content
    assert list(tmp_path.iterdir()) == [target]
    assert seen[-1] == (300_000, 300_000)
    assert server.last.target == "/document/download?ID=5a0d&x=%2F"
    assert server.last.headers["apikey"] == KEY
    assert server.last.headers["accept-encoding"] == "identity"


@both
def test_into_a_folder_the_file_goes_under_a_safe_form_of_its_own_name(call: Call, tmp_path: Path) -> None:
    evil = {"ID": "1", "objCode": "DOCV", "fileName": "../../etc/pass\nwd"}
    with loopback(documents(b"x", currentVersion=evil)) as server:
        assert call(server, "documents", "download", ROW["ID"], tmp_path) == tmp_path / "_.._etc_pass_wd"
    with loopback(documents(b"x")) as server:
        assert call(server, "documents", "download", ROW["ID"], tmp_path) == tmp_path / "plan.pdf"
    with loopback(documents(b"x", name="..")) as server, pytest.raises(QueryError, match="is a folder"):
        call(server, "documents", "download", ROW["ID"], tmp_path)


@both
def test_a_file_replaces_another_only_where_the_caller_names_it(call: Call, tmp_path: Path) -> None:
    written: list[Path] = []
    for content in (b"first", b"second", b"third"):
        with loopback(documents(content, name="Brief.docx")) as server:
            written.append(call(server, "documents", "download", ROW["ID"], tmp_path))
    assert [path.name for path in written] == ["Brief.docx", "Brief (2).docx", "Brief (3).docx"]
    assert [path.read_bytes() for path in written] == [b"first", b"second", b"third"]
    with loopback(documents(b"fourth")) as server:
        assert call(server, "documents", "download", ROW["ID"], written[0]) == written[0]
    assert written[0].read_bytes() == b"fourth"
    assert sorted(tmp_path.iterdir()) == sorted(written)


def test_threads_that_fill_one_folder_leave_each_file_whole(tmp_path: Path) -> None:
    def answer(asked: Received) -> Answer:
        return file_answer(asked.target.encode() * 1000)

    rows = [Document.from_wire({**ROW, "downloadURL": f"/file?{number}"}) for number in range(24)]
    with loopback(answer) as server, Workfront(server.url, auth=ApiKey(KEY)) as wf, ThreadPoolExecutor(8) as pool:
        paths = list(pool.map(lambda row: Documents(wf).download(row, tmp_path), rows))
    assert {path.read_bytes() for path in paths} == {f"/file?{number}".encode() * 1000 for number in range(24)}
    assert sorted(tmp_path.iterdir()) == sorted(paths)


@both
def test_a_row_with_its_address_loaded_saves_a_call(call: Call, tmp_path: Path) -> None:
    row = Document.from_wire({**ROW, "downloadURL": "document/download?ID=1"})
    with loopback(documents(b"x")) as server:
        call(server, "documents", "download", row, tmp_path / "a")
    assert [asked.target for asked in server.asked] == ["/document/download?ID=1"]


@pytest.mark.parametrize(
    "document",
    [
        ROW["ID"],
        Document.from_wire(ROW),
        Document.from_wire({**ROW, "name": None}),
        Document.from_wire({"ID": ROW["ID"]}),
    ],
)
def test_what_is_not_known_of_a_document_is_asked_for(document: Any, tmp_path: Path) -> None:
    with loopback(documents(b"x")) as server, Workfront(server.url, auth=ApiKey(KEY)) as wf:
        assert run(wf, download_steps(Document, document, tmp_path)) == tmp_path / "plan.pdf"
    assert [asked.path for asked in server.asked] == [f"/attask/api/v22.0/DOCU/{ROW['ID']}", "/document/download"]


def test_a_name_is_asked_for_where_the_file_needs_one(tmp_path: Path) -> None:
    row = Document.from_wire({"ID": ROW["ID"], "downloadURL": "/x"})
    with loopback(documents(b"x")) as server, Workfront(server.url, auth=ApiKey(KEY)) as wf:
        assert run(wf, download_steps(Document, row, tmp_path / "own")) == tmp_path / "own"
        assert len(server.asked) == 1
        assert run(wf, download_steps(Document, row, tmp_path)) == tmp_path / "plan.pdf"
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    "document", [None, 7, Document.from_wire({"name": "x"}), Project.from_wire({"ID": PROJECT}), {}]
)
def test_what_is_no_document_is_refused_before_anything_is_sent(document: Any, tmp_path: Path) -> None:
    with loopback(documents(b"x")) as server, Workfront(server.url, auth=ApiKey(KEY)) as wf:
        with pytest.raises(QueryError, match="is downloaded by its ID"):
            run(wf, download_steps(Document, document, tmp_path))
        assert server.asked == []


@both
def test_a_document_without_a_file_here_says_so(call: Call, tmp_path: Path) -> None:
    with loopback(documents(b"", url="")) as server, pytest.raises(NotFound, match="no file to download"):
        call(server, "documents", "download", ROW["ID"], tmp_path / "a")


@both
def test_another_host_is_not_shown_the_credential(call: Call, tmp_path: Path) -> None:
    with loopback(lambda _asked: file_answer(b"elsewhere")) as other:
        sent_on = Answer(status=302, raw=b"", headers={"Location": f"{other.url}/bucket?X-Signature=s3cr3t"})
        with loopback(lambda _asked: sent_on) as server:
            call(server, "client", "download", "/document/download?ID=1", tmp_path / "a")
            call(server, "client", "download", f"{other.url}/direct", tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes() == b"elsewhere"
    assert server.last.headers["apikey"] == KEY
    assert [asked.target for asked in other.asked] == ["/bucket?X-Signature=s3cr3t", "/direct"]
    assert all(KEY not in f"{asked.headers} {asked.target}" for asked in other.asked)


@both
@pytest.mark.parametrize(
    "address",
    [
        "ftp://files.example/x",
        "https://user:pw@files.example/x",
        "https://files.example:port/x",
        "https://files.example:99999/x",
        "http://[x",
        "https://[x",
        "https://files example/x",
        "file:///etc/passwd",
    ],
)
def test_an_address_that_is_not_to_be_trusted_is_not_asked(call: Call, tmp_path: Path, address: str) -> None:
    with loopback(documents(b"x")) as server, pytest.raises(ProtocolError):
        call(server, "client", "download", address, tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_not_fetched_in_clear_text_where_the_api_is_encrypted(tmp_path: Path) -> None:
    with Workfront("https://acme.my.workfront.com", auth=ApiKey(KEY)) as wf:
        with pytest.raises(ProtocolError, match="not to be trusted"):
            wf.download("http://files.example/x", tmp_path / "a")
        with pytest.raises(ProtocolError, match="not to be trusted"):
            wf.download("http://acme.my.workfront.com/x", tmp_path / "a")


@both
def test_a_download_cut_short_begins_anew(call: Call, tmp_path: Path) -> None:
    answers = [file_answer(b"the whole file"), Answer(raw=b"the wh", cut=True), Answer(raw=b"{}", status=503)]
    with loopback(lambda _asked: answers.pop()) as server:
        call(server, "client", "download", "/x", tmp_path / "a", retry=AT_ONCE)
    assert (tmp_path / "a").read_bytes() == b"the whole file"
    assert len(server.asked) == 3


@both
def test_redirections_end(call: Call, tmp_path: Path) -> None:
    with loopback(lambda _asked: Answer(status=302, raw=b"", headers={"Location": "/again"})) as server:
        with pytest.raises(ProtocolError):
            call(server, "client", "download", "/start", tmp_path / "a")
        assert len(server.asked) == 6


@both
@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (
            Answer(raw=b'{"error":{"message":"You may not"}}', headers={"Content-Type": "application/json"}),
            InvalidRequest,
        ),
        (Answer(raw=b"<html>Sign in", headers={"Content-Type": "text/html;charset=utf-8"}), ProtocolError),
        (Answer(raw=b"gone", status=404), NotFound),
        (Answer(raw=b"<html>Bad gateway", status=502), ServerError),
        (Answer(raw=b"half of the fi", cut=True), TransportError),
        (Answer(raw=b"no gzip", headers={"Content-Encoding": "gzip"}), ProtocolError),
    ],
)
def test_what_is_not_the_whole_file_leaves_the_old_one_untouched(
    call: Call, tmp_path: Path, answer: Answer, kind: type[WorkfrontError]
) -> None:
    target = tmp_path / "out.pdf"
    target.write_bytes(b"old")
    with loopback(lambda _asked: answer) as server, pytest.raises(kind) as raised:
        call(server, "client", "download", "/document/download?ID=1&token=s3cr3t", target)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]
    assert raised.value.request is not None
    assert raised.value.request.path == "/document/download"


@both
@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("page.html", Answer(raw=b"<html>", headers={"Content-Type": "text/html"})),
        ("a.bin", file_answer(b"<html>", **{"Content-Type": "text/html"})),
        ("data.json", Answer(raw=b'{"a":1}', headers={"Content-Type": "application/json"})),
        ("data.json", file_answer(b'{"error":"x"}', **{"Content-Type": "application/json"})),
        ("a.gz", file_answer(b"\x1f\x8b kept as it is")),
        ("empty", file_answer(b"")),
    ],
)
def test_pages_json_and_archives_are_files_too(call: Call, tmp_path: Path, name: str, answer: Answer) -> None:
    with loopback(lambda _asked: answer) as server:
        call(server, "client", "download", "/x", tmp_path / name)
    assert (tmp_path / name).read_bytes() == answer.raw
