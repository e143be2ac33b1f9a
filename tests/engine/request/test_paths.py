"""What is the path of no file, or of one that cannot be read or written, is told in words wherever a path is taken."""

from __future__ import annotations

import asyncio
import errno
import io
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from workfront_client.v22 import AsyncWorkfront, Task, Workfront
from workfront_core import ApiKey, FileError, FileStore, QueryError, Token, WorkfrontError
from workfront_core.events import Inbox
from workfront_core.operations.document import file_upload
from workfront_core.request.upload import Upload
from workfront_core.sync.duckdb_target import DuckDB
from workfront_testing import RecordedFault, in_process

WF = Workfront("http://127.0.0.1:9", auth=ApiKey("k3y"))
DOORS: dict[str, Callable[[Any], object]] = {
    "upload": lambda path: WF.upload(path, name="plan.pdf"),
    "download": lambda path: WF.download("/attask/api/v22.0/DOCV/x/download", path),
    "export": lambda path: WF.task.search(Task.f.name == "x").export(path),
    "token": FileStore,
    "inbox": Inbox,
    "DuckDB": DuckDB,
}
NO_PATHS = ["", "a\0b.csv", "a\ud800.csv", Path("a\0b.csv"), Path("a\ud800.csv"), 5, None, ["a.csv"], {"a": 1}]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("path", NO_PATHS, ids=repr)
def test_what_is_no_path_is_refused(door: str, path: object) -> None:
    with pytest.raises(QueryError):
        DOORS[door](path)


def test_a_table_of_a_sync_goes_to_a_path(tmp_path: Path) -> None:
    target = DuckDB(tmp_path / "acme.duckdb")
    for path in NO_PATHS:
        with pytest.raises(QueryError):
            target.to_parquet("wf_task", path)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    target.close()


@pytest.mark.parametrize("name", [".", "..", "../x", "a\\b", "a\nb", "a\0b", "a\ud800", ""])
def test_a_name_that_is_a_path_names_no_file(name: str) -> None:
    with pytest.raises(QueryError, match=r"not a file name|has no name"):
        WF.upload(b"x", name=name)


PLACES = ("no folder/x.csv", "no file.csv", "a folder", "a file/x.csv", "a" * 300 + ".csv", "a loop", "a loop/x.csv")


@pytest.fixture(params=PLACES, ids=lambda place: place[:16])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A path at which no file can be read."""
    (tmp_path / "a folder").mkdir()
    (tmp_path / "a file").write_text("x", encoding="utf-8")
    (tmp_path / "a loop").symlink_to(tmp_path / "a loop")
    return tmp_path / str(request.param)


OWNER = ("TASK", "a" * 32)
READERS: dict[str, Callable[[Any, Any], Any]] = {
    "upload": lambda wf, path: wf.upload(path),
    "upload by its name": lambda wf, path: wf.upload(str(path), name="plan.pdf"),
    "document": lambda wf, path: wf.document.upload(path, to=OWNER),
    "version": lambda wf, path: wf.document_version.upload(path, document_id="a" * 32),
    "request": lambda wf, path: wf.send(file_upload(Upload(path))),
}


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_a_file_that_cannot_be_read_is_told_before_anything_is_sent(
    reader: Callable[[Any, Any], Any], place: Path
) -> None:
    async def run() -> None:
        async with kit.client(AsyncWorkfront) as wf:
            await reader(wf, place)

    with in_process() as kit:
        with kit.client(Workfront) as wf, pytest.raises(FileError, match="cannot be read") as caught:
            reader(wf, place)
        assert isinstance(caught.value, OSError)
        assert caught.value.errno
        assert caught.value.filename == str(place)
        with pytest.raises(FileError, match="cannot be read"):
            asyncio.run(run())
        with kit.client(Workfront) as wf, wf.dry_run() as dry, pytest.raises(FileError):
            reader(dry, place)
        assert not kit.log.sent


OTHER_DOORS: dict[str, Callable[[Any, Any], Any]] = {
    "download": lambda wf, path: wf.download("/attask/api/v22.0/DOCV/x/download", path),
    "document": lambda wf, path: wf.document.download("a" * 32, to=path),
    "export": lambda wf, path: wf.task.search().export(path),
    "report": lambda wf, path: wf.task.report(group_by=[Task.f.priority]).export(path),
    "inbox": lambda _, path: Inbox(path),
    "DuckDB": lambda _, path: DuckDB(path),
    "seed": lambda _, path: in_process(path).__enter__(),
    "record": lambda _, path: RecordedFault.load(path),
    "kept record": lambda _, path: RecordedFault(500).save(path),
    "token": lambda _, path: FileStore(path).load(),
    "kept token": lambda _, path: FileStore(path).save(Token("a")),
}


@pytest.mark.parametrize("door", OTHER_DOORS.values(), ids=OTHER_DOORS)
def test_whatever_a_path_leads_to_the_error_is_one_of_ours(door: Callable[[Any, Any], Any], place: Path) -> None:
    """Some are no fault: a file that is not there is a store without a token, and an export writes it."""
    with in_process() as kit, kit.client(Workfront) as wf, suppress(WorkfrontError):
        door(wf, place)


class Failing(io.BytesIO):
    """A file on a disk that fails."""

    name = "plan.pdf"

    def read(self, _size: int | None = -1, /) -> bytes:
        raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_a_disk_that_fails_while_a_file_is_sent_is_told() -> None:
    async def run() -> None:
        async with kit.client(AsyncWorkfront) as wf:
            await wf.upload(Failing(b"x"))

    with in_process() as kit:
        with kit.client(Workfront) as wf, pytest.raises(FileError, match=r"plan\.pdf cannot be read: Input/output"):
            wf.upload(Failing(b"x"))
        with pytest.raises(FileError, match=r"plan\.pdf cannot be read: Input/output"):
            asyncio.run(run())


def test_a_disk_that_is_full_ends_a_download_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    async def run() -> None:
        async with kit.client(AsyncWorkfront) as wf:
            await wf.document.download(document_id, to=tmp_path / "plan.pdf")

    with in_process({"TASK": [{"ID": "a" * 32, "name": "x"}]}) as kit, kit.client(Workfront) as wf:
        document_id = wf.document.upload(b"x", name="plan.pdf", to=OWNER).id
        monkeypatch.setattr("os.fsync", full)
        with pytest.raises(FileError, match=r"plan\.pdf cannot be written: No space"):
            wf.document.download(document_id, to=tmp_path / "plan.pdf")
        with pytest.raises(FileError, match=r"plan\.pdf cannot be written: No space"):
            asyncio.run(run())
    assert not list(tmp_path.iterdir())
