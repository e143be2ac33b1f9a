"""Documents over a real connection: files go up and come down in pieces, whole or not at all; sync and async."""

from __future__ import annotations

import asyncio
import io
import json
import os
import socket
import threading
import tracemalloc
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest

from tests.support.loopback import Answer, Loopback, Received, loopback
from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from tests.support.waiting import PATIENCE
from workfront_client.v22 import Document, DocumentVersion, Project
from workfront_core.auth import ApiKey
from workfront_core.errors import (
    InvalidRequest,
    NotFound,
    ProtocolError,
    QueryError,
    RateLimited,
    ServerError,
    TransportError,
    WorkfrontError,
)
from workfront_core.operations.document import download_steps, file_upload
from workfront_core.request._sync.flow import run
from workfront_core.request.upload import Upload
from workfront_core.services._async.documents import AsyncDownloadDocument, AsyncUploadDocument, AsyncUploadVersion
from workfront_core.services._sync.documents import DownloadDocument, UploadDocument, UploadVersion
from workfront_core.transport.retry import Retry

KEY = "k3y0000000000000000000000000000000"
HANDLE = "4c7c08fa0000002ff924e298ee148df4"
PROJECT = "5a020000000000000000000000000001"
ROW = {"ID": "5a0d0000000000000000000000000001", "objCode": "DOCU", "name": "plan.pdf"}
NO_RETRY = Retry(max_retries=0)
SIZE = 24 * 1024 * 1024
AT_ONCE = Retry(initial_delay=0.001, max_delay=0.001)


class Documents(UploadDocument[Document], DownloadDocument[Document]):
    model = Document


class AsyncDocuments(AsyncUploadDocument[Document], AsyncDownloadDocument[Document]):
    model = Document


class Versions(UploadVersion[DocumentVersion]):
    model = DocumentVersion


class AsyncVersions(AsyncUploadVersion[DocumentVersion]):
    model = DocumentVersion


SERVICES: dict[str, tuple[Any, Any]] = {
    "client": (lambda wf: wf, lambda wf: wf),
    "documents": (Documents, AsyncDocuments),
    "versions": (Versions, AsyncVersions),
}


def call_sync(server: Loopback, service: str, method: str, *args: Any, retry: Retry = NO_RETRY, **options: Any) -> Any:
    with Workfront(server.url, auth=ApiKey(KEY), retry=retry) as wf:
        return getattr(SERVICES[service][0](wf), method)(*args, **options)


def call_async(server: Loopback, service: str, method: str, *args: Any, retry: Retry = NO_RETRY, **options: Any) -> Any:
    async def run() -> Any:
        async with AsyncWorkfront(server.url, auth=ApiKey(KEY), retry=retry) as wf:
            return await getattr(SERVICES[service][1](wf), method)(*args, **options)

    return asyncio.run(run())


both = pytest.mark.parametrize("call", [call_sync, call_async])
Call = Callable[..., Any]


def server_of(asked: Received) -> Answer:
    return Answer({"handle": HANDLE}) if asked.path.endswith("/upload") else Answer(ROW)


def part(asked: Received) -> tuple[str, str | None, bytes]:
    """Name, file name and content of the one part of a multipart body, as the standard library reads them."""
    head = f"Content-Type: {asked.headers['content-type']}\r\n\r\n".encode()
    _, found = BytesParser().parsebytes(head + asked.body).walk()
    name, file_name = (found.get_param(key, header="content-disposition") for key in ("name", "filename"))
    content = found.get_payload(decode=True)
    assert isinstance(name, str)
    assert isinstance(file_name, str | None)
    assert isinstance(content, bytes)
    return name, file_name, content


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.pdf"
    path.write_bytes(bytes(range(256)) * 1000)
    return path


@both
def test_a_file_is_sent_as_the_part_the_server_knows(call: Call, plan: Path) -> None:
    seen: list[tuple[int, int | None]] = []
    with loopback(server_of) as server:
        assert call(server, "client", "upload", plan, progress=lambda *state: seen.append(state)) == HANDLE
    assert (server.last.method, server.last.path) == ("POST", "/attask/api/v22.0/upload")
    assert server.last.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert server.last.headers["apikey"] == KEY
    assert int(server.last.headers["content-length"]) == len(server.last.body)
    name, file_name, content = part(server.last)
    assert (name, file_name) == ("uploadedFile", "plan.pdf")
    assert content == plan.read_bytes()
    assert seen[-1] == (256_000, 256_000)
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})


@both
def test_a_file_object_is_sent_from_where_it_stands(call: Call) -> None:
    file = io.BytesIO(b"skipped, sent")
    file.seek(9)
    with loopback(server_of) as server:
        call(server, "client", "upload", file, name="a.txt")
    assert part(server.last) == ("uploadedFile", "a.txt", b"sent")


@both
@pytest.mark.parametrize("source", [b"sent", bytearray(b"sent"), memoryview(b"sent")])
def test_bytes_are_sent_as_they_are(call: Call, source: Any) -> None:
    with loopback(server_of) as server:
        call(server, "client", "upload", source, name="a.txt")
    assert part(server.last) == ("uploadedFile", "a.txt", b"sent")
    assert server.last.headers["content-length"] == str(len(server.last.body))


def test_bytes_are_sent_again_from_their_start() -> None:
    assert file_upload(Upload(b"x", name="a")).repeatable
    answers = [Answer({"handle": HANDLE}), Answer(raw=b"{}", status=429)]
    with loopback(lambda _: answers.pop()) as server:
        call_sync(server, "client", "upload", b"whole", name="a", retry=AT_ONCE)
    assert [part(asked)[2] for asked in server.asked] == [b"whole"] * 2


@both
def test_a_pipe_is_sent_in_chunks_of_unknown_number(call: Call) -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as end:
        end.write(b"out of a pipe")
    seen: list[tuple[int, int | None]] = []
    with os.fdopen(reading, "rb") as source, loopback(server_of) as server:
        call(server, "client", "upload", source, name="a.txt", progress=lambda *state: seen.append(state))
    assert server.last.headers["transfer-encoding"] == "chunked"
    assert part(server.last)[2] == b"out of a pipe"
    assert seen == [(13, None)]


@pytest.mark.parametrize("name", ["Überblick 2026.pdf", 'a"b.pdf', "😀.txt", "a;b=c.txt"])
def test_any_file_name_arrives(name: str) -> None:
    with loopback(server_of) as server:
        call_sync(server, "client", "upload", io.BytesIO(b"x"), name=name)
    assert f'filename="{name.replace(chr(34), "%22")}"'.encode() in server.last.body


@both
def test_a_document_is_created_from_the_handle_of_its_file(call: Call, plan: Path) -> None:
    with loopback(server_of) as server:
        row = call(
            server, "documents", "upload", plan, to=("PROJ", PROJECT), folder_id="f" * 32,
            values={"description": "draft"}, fields=["description"], custom={"Region": "N"},
        )  # fmt: skip
    assert (type(row), row.name) == (Document, "plan.pdf")
    assert [asked.path for asked in server.asked] == ["/attask/api/v22.0/upload", "/attask/api/v22.0/DOCU"]
    assert server.last.query == [("fields", "description")]
    assert server.last.json == {
        "name": "plan.pdf",
        "docObjCode": "PROJ",
        "objID": PROJECT,
        "currentVersion": {"version": "v1.0", "fileName": "plan.pdf"},
        "folderIDs": ["f" * 32],
        "description": "draft",
        "DE:Region": "N",
        "handle": HANDLE,
    }


@both
def test_a_document_may_belong_to_a_row_and_have_a_name_of_its_own(call: Call, plan: Path) -> None:
    project = Project.from_wire({"ID": PROJECT, "objCode": "PROJ"})
    with loopback(server_of) as server:
        call(server, "documents", "upload", plan, to=project, name="Plan B.pdf", values={"name": "Plan B"})
    assert part(server.asked[0])[1] == "Plan B.pdf"
    assert server.last.json["name"] == "Plan B"
    assert server.last.json["currentVersion"] == {"version": "v1.0", "fileName": "Plan B.pdf"}
    assert (server.last.json["docObjCode"], server.last.json["objID"]) == ("PROJ", PROJECT)


@both
def test_a_new_version_names_its_document(call: Call, plan: Path) -> None:
    def version_of(asked: Received) -> Answer:
        return Answer({**ROW, "objCode": "DOCV"}) if asked.path.endswith("DOCV") else server_of(asked)

    with loopback(version_of) as server:
        call(server, "versions", "upload", plan, document_id=ROW["ID"], version="v2.0")
    assert server.last.path == "/attask/api/v22.0/DOCV"
    assert server.last.json == {
        "documentID": ROW["ID"], "fileName": "plan.pdf", "version": "v2.0", "handle": HANDLE
    }  # fmt: skip


@pytest.mark.parametrize("answer", [{"handle": HANDLE}, HANDLE])
@pytest.mark.parametrize("wrapped", [True, False])
def test_a_handle_is_read_in_every_form(answer: object, wrapped: bool) -> None:
    raw = json.dumps({"data": answer} if wrapped else answer).encode()
    with loopback(lambda _asked: Answer(raw=raw)) as server:
        assert call_sync(server, "client", "upload", io.BytesIO(b"x"), name="a") == HANDLE


@pytest.mark.parametrize("data", [None, {}, {"handle": ""}, 7])
def test_an_upload_without_a_handle_is_an_error(data: object) -> None:
    with loopback(lambda _asked: Answer(data)) as server, pytest.raises(ProtocolError, match="no handle"):
        call_sync(server, "client", "upload", io.BytesIO(b"x"), name="a")


def nothing_sent(service: str, *args: Any, **options: Any) -> None:
    with loopback(server_of) as server:
        try:
            call_sync(server, service, "upload", *args, **options)
        finally:
            assert server.asked == []


@pytest.mark.parametrize(
    ("source", "name", "message"),
    [
        (io.BytesIO(b"x"), None, "no name"),
        (io.BytesIO(b"x"), "", "no name"),
        (io.BytesIO(b"x"), "../a", "not a file name"),
        (io.BytesIO(b"x"), "a\r\nb", "not a file name"),
        (io.BytesIO(b"x"), "a\udc80", "not a file name"),
        (io.StringIO("x"), "a", "opened as text"),
        (b"x", None, "no name"),
        (7, "a", "binary file object or bytes are sent, not int"),
        (None, "a", "binary file object or bytes are sent, not NoneType"),
    ],
)
def test_a_source_that_cannot_be_sent_is_refused_before_anything_is(source: Any, name: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        nothing_sent("client", source, name=name)


def test_a_missing_file_is_noticed_before_anything_is_sent(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"none\.pdf"):
        nothing_sent("client", tmp_path / "none.pdf")
    with pytest.raises(IsADirectoryError):
        nothing_sent("client", tmp_path)
    closed = io.BytesIO()
    closed.close()
    with pytest.raises(QueryError, match="closed"):
        nothing_sent("client", closed, name="a")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"to": "5a02"}, "objCode and ID"),
        ({"to": ("PROJ", "")}, "ID is empty"),
        ({"to": Project.from_wire({"name": "x"})}, "objCode and ID"),
        ({"to": ("PROJ", PROJECT), "values": {"nane": "x"}}, "nane"),
        ({"to": ("PROJ", PROJECT), "fields": "name"}, "takes a list"),
        ({"to": ("PROJ", PROJECT), "folder_id": "a/b"}, "not an ID"),
    ],
)
def test_a_document_that_cannot_be_created_keeps_its_file_here(plan: Path, options: Any, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        nothing_sent("documents", plan, **options)


def test_a_file_that_shrinks_while_it_is_sent_is_an_error() -> None:
    class Shrinking(io.BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            return b""

    with loopback(server_of) as server, pytest.raises(TransportError, match="ended after 0 of 4 bytes"):
        call_sync(server, "client", "upload", Shrinking(b"four"), name="a.txt")


def test_a_request_knows_whether_its_file_can_be_sent_again(plan: Path) -> None:
    reading, writing = os.pipe()
    os.close(writing)
    with os.fdopen(reading, "rb") as source:
        pipe = Upload(source, name="a")
        assert not file_upload(pipe).repeatable
        with pipe.opened():
            pass
        with pytest.raises(QueryError, match="cannot be sent again"), pipe.opened():
            pass
    assert file_upload(Upload(plan)).repeatable
    assert file_upload(Upload(io.BytesIO(b"x"), name="a")).repeatable
    assert str(file_upload(Upload(plan)).redact_secrets().body) == '{"uploadedFile": "plan.pdf"}'


def test_a_file_sent_twice_is_whole_both_times() -> None:
    file = io.BytesIO(b"..whole")
    file.seek(2)
    request = file_upload(Upload(file, name="a"))
    with loopback(server_of) as server, Workfront(server.url, auth=ApiKey(KEY)) as wf:
        wf.send(request)
        wf.send(request)
    assert [part(asked)[2] for asked in server.asked] == [b"whole", b"whole"]


@both
def test_a_file_the_server_had_no_time_for_is_sent_again_from_its_start(call: Call, plan: Path) -> None:
    answers = [Answer({"handle": HANDLE}), Answer(raw=b"{}", status=429)]
    with loopback(lambda _asked: answers.pop()) as server:
        assert call(server, "client", "upload", plan, retry=AT_ONCE) == HANDLE
    assert [part(asked)[2] for asked in server.asked] == [plan.read_bytes()] * 2


@both
def test_a_pipe_is_never_sent_again(call: Call) -> None:
    reading, writing = os.pipe()
    os.close(writing)
    with os.fdopen(reading, "rb") as source, loopback(lambda _asked: Answer(raw=b"{}", status=429)) as server:
        with pytest.raises(RateLimited):
            call(server, "client", "upload", source, name="a", retry=AT_ONCE)
        assert len(server.asked) == 1


@both
def test_an_upload_that_may_have_arrived_is_not_repeated(call: Call, plan: Path) -> None:
    with loopback(lambda _asked: Answer(raw=b"{}", status=503)) as server:
        with pytest.raises(ServerError):
            call(server, "client", "upload", plan, retry=AT_ONCE)
        assert len(server.asked) == 1


def file_answer(content: bytes, **headers: str) -> Answer:
    named = {"Content-Type": "application/pdf", "Content-Disposition": 'attachment; filename="x"'}
    return Answer(raw=content, headers={**named, **headers})


def documents(
    content: bytes, url: str = "/document/download?ID=5a0d&x=%2F", **row: Any
) -> Callable[[Received], Answer]:
    def answer(asked: Received) -> Answer:
        if asked.path.startswith("/attask/"):
            return Answer({**ROW, "downloadURL": url, **row})
        return file_answer(content)

    return answer


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
    ["ftp://files.example/x", "https://user:pw@files.example/x", "https://files.example:port/x", "file:///etc/passwd"],
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


@both
def test_a_progress_callback_can_end_the_transfer(call: Call, tmp_path: Path) -> None:
    def stop(_done: int, _total: int | None) -> None:
        raise KeyboardInterrupt

    with loopback(documents(b"x" * 500_000)) as server:
        with pytest.raises(KeyboardInterrupt):
            call(server, "client", "download", "/x", tmp_path / "a", progress=stop)
        with pytest.raises(KeyboardInterrupt):
            call(server, "client", "upload", io.BytesIO(b"x"), name="a", progress=stop)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("direction", ["upload", "download"])
def test_a_cancelled_transfer_leaves_nothing_behind(direction: str, tmp_path: Path) -> None:
    async def run(url: str) -> None:
        async with AsyncWorkfront(url, auth=ApiKey(KEY), retry=NO_RETRY) as wf:
            loop = asyncio.get_running_loop()

            def cancel(_done: int, _total: int | None) -> None:
                loop.call_soon_threadsafe(transfer.cancel)

            transfer: asyncio.Task[str] | asyncio.Task[Path]
            if direction == "upload":
                transfer = loop.create_task(wf.upload(io.BytesIO(bytes(SIZE)), name="a", progress=cancel))
            else:
                transfer = loop.create_task(wf.download("/x", tmp_path / "a", progress=cancel))
            with pytest.raises(asyncio.CancelledError):
                await transfer

    with loopback(documents(bytes(SIZE))) as server:
        asyncio.run(run(server.url))
    assert list(tmp_path.iterdir()) == []


def test_a_destination_that_cannot_be_written_is_noticed_before_anything_is_sent(tmp_path: Path) -> None:
    with loopback(documents(b"x")) as server:
        with pytest.raises(QueryError, match="does not exist"):
            call_sync(server, "client", "download", "/x", tmp_path / "none" / "a")
        with pytest.raises(QueryError, match="is a folder"):
            call_sync(server, "client", "download", "/x", tmp_path)
    assert server.asked == []


@contextmanager
def sink_and_source() -> Generator[str]:
    """A server that keeps nothing: it drops what is sent, or sends zeros, piece by piece."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listening.accept()
        with connection, connection.makefile("rb") as reading:
            head = b"".join(iter(reading.readline, b"\r\n"))
            length = next(
                (int(line.split(b":")[1]) for line in head.split(b"\r\n") if b"content-length" in line.lower()), 0
            )
            buffer = bytearray(65_536)
            while length:
                length -= reading.readinto(memoryview(buffer)[: min(length, len(buffer))])
            body = b'{"data":{"handle":"h"}}'
            size = len(body) if head.startswith(b"POST") else SIZE
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % size)
            if head.startswith(b"POST"):
                connection.sendall(body)
                return
            for _ in range(SIZE // 65_536):
                connection.sendall(buffer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    thread.join(PATIENCE)
    listening.close()


@both
@pytest.mark.parametrize("direction", ["upload", "download"])
def test_a_large_file_never_stands_in_memory(call: Call, direction: str, tmp_path: Path) -> None:
    large = tmp_path / "large.bin"
    with large.open("wb") as file:
        file.truncate(SIZE)
    arguments = (large,) if direction == "upload" else ("/x", tmp_path / "down.bin")
    with sink_and_source() as url:
        tracemalloc.start()
        try:
            call(Loopback(url), "client", direction, *arguments)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert peak < 2 * 1024 * 1024
    if direction == "download":
        assert (tmp_path / "down.bin").stat().st_size == SIZE
