"""The job file: which rows were sent, and what became of each. Written before a call leaves, and after its answer.

JSON lines, appended; a line that a kill tore is cut off. The line before a call is made durable (``fsync``), and all
before with it: a machine that loses its power may lose what became of the last call, whose rows then count as under
way. docs/cli.md, Rows.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Final, Self, cast

from workfront_core.errors import QueryError, WorkfrontError

NEW, SENT, DONE, FAILED, UNKNOWN = range(5)
"""What is known of a row."""

_VERSION: Final = 1


class JobFileUnwritable(WorkfrontError):
    """A line of the job file could not be written; the call it stands for was not sent, or its answer is not noted."""


@dataclass(slots=True)
class JobFile:
    """One job, open for writing. Close it, or use it in ``with``.

    Attributes:
        path: the file.
        header: what the job is.
        states: of each row, by its number.
        problems: message and hint of the rows that failed, or whose status is unknown.
        is_finished: whether it came to its end.
    """

    path: Path
    header: Mapping[str, Any]
    states: bytearray
    problems: dict[int, tuple[str, str | None]] = field(default_factory=dict[int, tuple[str, str | None]])
    is_finished: bool = False
    _file: BinaryIO | None = None

    @classmethod
    def start(cls, path: Path, header: Mapping[str, Any]) -> Self:
        """Returns a new job, in place of one that may be there.

        Raises:
            QueryError: the file cannot be written.
        """
        found = cls(path, {"v": _VERSION, **header}, bytearray(int(header["rows"])))
        found._open()
        try:
            found.append(found.header)
        except JobFileUnwritable as error:
            found.close()
            path.unlink()
            raise QueryError(error.message, hint=error.hint) from None
        return found

    @classmethod
    def read(cls, path: Path) -> Self:
        """Returns what a job file holds, without the line that a kill tore.

        Raises:
            QueryError: there is none, or it is not a job file, or a damaged one.
        """
        try:
            content = path.read_bytes()
        except OSError as error:
            raise QueryError(f"The job file {path} cannot be read: {error.strerror or error}.") from None
        lines = content[: content.rfind(b"\n") + 1].splitlines()
        try:
            header, *entries = [cast("dict[str, Any]", json.loads(line)) for line in lines]
            found = cls(path, header, bytearray(int(header["rows"])))
            if header["v"] != _VERSION:
                raise QueryError(f"{path} was written by another version of this program.")
            for entry in entries:
                found._take(entry)
        except (ValueError, RecursionError, KeyError, TypeError, IndexError):
            again = "Begin again with --restart."
            raise QueryError(f"{path} is not a job file, or a damaged one.", hint=again) from None
        return found

    def go_on(self) -> None:
        """Opens the file to append to it; what a kill left of a line is cut off."""
        self._open(keep=self.path.read_bytes().rfind(b"\n") + 1)

    def leave(self, rows: Iterable[int]) -> None:
        """Notes rows that are about to be sent."""
        self._note({"send": list(_ranges(rows))}, durable=True)

    def answered(
        self,
        done: Sequence[int],
        *,
        failed: Mapping[int, tuple[str, str | None]],
        unknown: Mapping[int, tuple[str, str | None]],
        ids: Mapping[int, str] | None = None,
    ) -> None:
        """Notes what became of rows; ``ids`` are those of new objects."""
        entry: dict[str, Any] = {"done": list(_ranges(done))}
        entry |= {"failed": failed} if failed else {}
        entry |= {"unknown": unknown} if unknown else {}
        self._note(entry | ({"ids": ids} if ids else {}))

    def again(self, rows: Iterable[int]) -> None:
        """Notes rows that are to be sent once more."""
        self._note({"again": list(_ranges(rows))})

    def finish(self) -> None:
        """Notes that the job came to its end."""
        self._note({"finished": True}, durable=True)

    def having(self, *states: int) -> list[int]:
        """Returns the numbers of the rows in one of these states."""
        return [number for number, state in enumerate(self.states) if state in states]

    def ids(self) -> Iterator[tuple[int, str]]:
        """Yields row and ID of the objects made so far."""
        with self.path.open("rb") as file:
            for line in file:
                if line.endswith(b"\n"):
                    yield from ((int(row), one) for row, one in json.loads(line).get("ids", {}).items())

    def close(self) -> None:
        """Closes the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _open(self, *, keep: int = 0) -> None:
        try:
            self._file = cast("BinaryIO", self.path.open("ab", buffering=0))
            _lock(self._file)
            self._file.truncate(keep)
        except OSError as error:
            raise QueryError(
                f"The job file {self.path} cannot be written, or another run has it: {error.strerror or error}."
            ) from None

    def _note(self, entry: dict[str, Any], *, durable: bool = False) -> None:
        self.append(entry, durable=durable)
        self._take(json.loads(json.dumps(entry)))

    def append(self, entry: Mapping[str, Any], *, durable: bool = True) -> None:
        """Writes one line, and makes it and those before it durable."""
        if self._file is None:
            raise QueryError(f"The job file {self.path} is closed.")
        try:
            write_whole(self._file, json.dumps(entry, separators=(",", ":")).encode() + b"\n")
            if durable:
                os.fsync(self._file.fileno())
        except OSError as error:
            raise JobFileUnwritable(
                f"The job file {self.path} cannot be written: {error.strerror or error}.", hint="Make room for it."
            ) from None

    def _take(self, entry: Mapping[str, Any]) -> None:
        for start, end in entry.get("send", ()):  # a row that is settled stays so: a retry may name its neighbours
            for row in range(start, end):
                self.states[row] = SENT if self.states[row] in (NEW, SENT, UNKNOWN) else self.states[row]
        for word, state in (("done", DONE), ("again", NEW)):
            for start, end in entry.get(word, ()):
                self.states[start:end] = bytes([state]) * (end - start)
        for word, state in (("failed", FAILED), ("unknown", UNKNOWN)):
            for row, (message, hint) in entry.get(word, {}).items():
                self.states[int(row)] = state
                self.problems[int(row)] = (message, hint)
        self.is_finished = bool(entry.get("finished"))


def write_whole(file: BinaryIO, line: bytes) -> None:
    """Writes a line into a file without a buffer; a disk that fills up takes a part at a time."""
    left = memoryview(line)
    while left:
        left = left[file.write(left) or 0 :]


def _ranges(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yields sorted numbers as first and behind-the-last."""
    start = end = -1
    for row in sorted(rows):
        if row != end:
            if end > start:
                yield start, end
            start = row
        end = row + 1
    if end > start:
        yield start, end


def _lock(file: BinaryIO) -> None:
    """Takes the file for this run alone, where the system can; raises an OSError where another run has it."""
    try:
        import fcntl
    except ImportError:
        return
    fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
