"""Documents go up in pieces over a real connection; sync and async."""

from __future__ import annotations

import io
import json
import os
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest

from tests.support.documents_kit import AT_ONCE, KEY, PROJECT, ROW, Call, both, call_sync
from tests.support.loopback import Answer, Received, loopback
from tests.support.query_fixture.services import Workfront
from workfront_client.v22 import Document, Project
from workfront_core.auth import ApiKey, Login
from workfront_core.errors import (
    AuthenticationError,
    FileError,
    ProtocolError,
    QueryError,
    RateLimited,
    ServerError,
    TransportError,
)
from workfront_core.operations.document import file_upload
from workfront_core.request.upload import Upload

HANDLE = "4c7c08fa0000002ff924e298ee148df4"


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
    with pytest.raises(FileError, match=r"none\.pdf cannot be read: No such file"):
        nothing_sent("client", tmp_path / "none.pdf")
    with pytest.raises(FileError, match="name one of its files"):
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
def test_a_pipe_is_not_sent_again_with_a_new_token(call: Call) -> None:
    """Nothing is left in it, and the error that came says more than that."""
    reading, writing = os.pipe()
    os.close(writing)
    signed_out = Answer(raw=b'{"error": {"message": "You are not currently logged in."}}', status=401)
    signed_in = Answer({"sessionID": "session-000000000000"})
    with (
        os.fdopen(reading, "rb") as source,
        loopback(lambda asked: signed_in if asked.path.endswith("/login") else signed_out) as server,
    ):
        with pytest.raises(AuthenticationError, match="not currently logged in"):
            call(server, "client", "upload", source, name="a", signing=Login("ada", "pa55word-of-the-suite"))
        assert [asked.path.rpartition("/")[2] for asked in server.asked] == ["login", "upload"]


@both
def test_an_upload_that_may_have_arrived_is_not_repeated(call: Call, plan: Path) -> None:
    with loopback(lambda _asked: Answer(raw=b"{}", status=503)) as server:
        with pytest.raises(ServerError):
            call(server, "client", "upload", plan, retry=AT_ONCE)
        assert len(server.asked) == 1
