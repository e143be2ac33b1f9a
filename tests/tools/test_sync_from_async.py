"""One source for both clients: the synchronous side is what the tool makes of the asynchronous one."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from tools.sync_from_async import ENGINE, SOURCE, TARGET, generated, in_prose, main, stale, write

EVERYTHING = '''"""Reads with ``async for`` in an ``async with`` block."""

import asyncio_free
from collections.abc import AsyncIterator, Awaitable, Callable

from workfront_core.room._async.other import AsyncThing, async_run
from workfront_core.room.plain import Plain


class AsyncReader(AsyncThing):
    """An `AsyncReader`: ``await reader.read()``."""

    async def read(self, call: Callable[[], Awaitable[int]]) -> AsyncIterator[int]:
        async with self.open() as rows:
            async for row in rows:
                yield await async_run(row)

    async def __aenter__(self) -> "AsyncReader":
        return [row async for row in self.read(Plain)]
'''
SYNC = '''# Generated from ../_async/reader.py by `python -m tools.sync_from_async`. Not to be edited.
"""Reads with ``for`` in a ``with`` block."""

from collections.abc import Callable, Iterator

from workfront_core.room._sync.other import Thing, run
from workfront_core.room.plain import Plain


class Reader(Thing):
    """An `Reader`: ``reader.read()``."""

    def read(self, call: Callable[[], int]) -> Iterator[int]:
        with self.open() as rows:
            for row in rows:
                yield run(row)

    def __enter__(self) -> "Reader":
        return [row for row in self.read(Plain)]
'''


@pytest.fixture
def engine(tmp_path: Path) -> Path:
    source = tmp_path / "room" / SOURCE / "reader.py"
    source.parent.mkdir(parents=True)
    source.write_text(EVERYTHING)
    return tmp_path


def test_the_checked_in_files_are_what_the_tool_writes() -> None:
    files = generated()
    assert len(files) > 10
    assert stale(files) == []


def test_everything_asynchronous_is_taken_out_of_code_and_prose(engine: Path) -> None:
    assert list(generated(engine).values()) == [SYNC]


def test_a_file_that_is_missing_changed_or_left_over_is_noticed_and_mended(engine: Path) -> None:
    target = engine / "room" / TARGET / "reader.py"
    left_over = target.with_name("gone.py")
    files = generated(engine)
    assert stale(files, engine) == [target]
    write(files, engine)
    assert stale(files, engine) == []
    target.write_text(SYNC.replace("rows", "lines"))
    left_over.write_text("")
    assert stale(files, engine) == [left_over, target]
    write(files, engine)
    assert target.read_text() == SYNC
    assert not left_over.exists()


def test_writing_twice_changes_nothing(engine: Path) -> None:
    write(generated(engine), engine)
    assert stale(generated(engine), engine) == []


def test_a_check_says_which_file_is_wrong_and_what_to_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["sync_from_async", "--check"])
    assert main() == 0
    wrong = ENGINE / "services" / TARGET / "reading.py"
    monkeypatch.setattr("tools.sync_from_async.generated", lambda: {wrong: ""})
    assert main() == 1
    said = capsys.readouterr().err
    assert str(wrong.relative_to(ENGINE)) in said
    assert "python -m tools.sync_from_async" in said


@pytest.mark.parametrize("path", sorted(ENGINE.glob(f"*/{TARGET}/*.py")), ids=lambda path: path.stem)
def test_nothing_generated_awaits_or_names_the_other_side(path: Path) -> None:
    text = path.read_text()
    asynchronous = (ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith, ast.Await)
    assert not [node for node in ast.walk(ast.parse(text)) if isinstance(node, asynchronous)]
    assert "import asyncio" not in text
    assert "asynchronous" not in text
    assert in_prose(text.partition("\n")[2]) == text.partition("\n")[2]
