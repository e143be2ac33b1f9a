"""A file on its way to the server: read piece by piece while it is sent, never whole into memory."""

from __future__ import annotations

import errno
import io
import os
import stat
from collections.abc import AsyncIterator, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, TypeAlias, cast

from workfront_core.arguments import checked_callable, checked_text, is_utf8, path_text
from workfront_core.errors.file_errors import told_as_file_errors
from workfront_core.errors.kinds import QueryError, TransportError
from workfront_core.http_library import byte_stream, httpx
from workfront_core.request.progress import TransferProgress

Source: TypeAlias = str | os.PathLike[str] | IO[bytes] | bytes
"""A path, a file object opened in binary mode, which is sent from its current position on, or the bytes themselves."""

Files: TypeAlias = Mapping[str, tuple[str, IO[bytes]]]
"""The file parts of a multipart body by part name."""

PART_NAME: Final = "uploadedFile"
"""The only part name the server takes, docs/protocol.md 11.8."""


class Upload:
    """A file to send as the one part of a multipart body.

    Args:
        source: path, binary file object or bytes; a path is opened anew each time it is sent.
        name: file name the server sees; by default the one of the path or file object. Bytes need one.
        progress: told the bytes read for sending.

    Raises:
        QueryError: no name can be told, the name is none, or the source gives no bytes.
        FileError: there is no such file, or it cannot be read.
    """

    part_name: Final = PART_NAME
    __slots__ = ("_file", "_progress", "_spent", "_start", "name")

    def __init__(self, source: Source, /, *, name: str | None = None, progress: TransferProgress | None = None) -> None:
        self.name: str = _checked_name(_name_of(source) if name is None else name)
        self._file = _binary(source)
        self._start = self._file.tell() if not isinstance(self._file, Path) and self._file.seekable() else 0
        self._progress = None if progress is None else checked_callable(progress, "progress=")
        self._spent = False

    @property
    def repeatable(self) -> bool:
        """Whether it can be sent a second time: a path and a seekable file can, a pipe cannot."""
        return isinstance(self._file, Path) or self._file.seekable()

    @contextmanager
    def opened(self) -> Generator[Files]:
        """Opens the file as the HTTP client takes it.

        Raises:
            FileError: the path cannot be read.
            QueryError: the source was sent before and cannot go back to its start.
        """
        if self._spent and not self.repeatable:
            raise QueryError(f"{self.name} was read to its end and cannot be sent again.", hint="Open it again.")
        self._spent = True
        if isinstance(self._file, Path):
            with told_as_file_errors(self._file, "read"):
                file = self._file.open("rb")
            with file:
                yield self._part(file)
        else:
            yield self._part(self._file)

    def _part(self, file: IO[bytes]) -> Files:
        return {PART_NAME: (self.name, cast("IO[bytes]", _Reader(file, self._start, self.name, self._progress)))}

    def __repr__(self) -> str:
        return f"Upload({self.name!r})"


@contextmanager
def opened(upload: Upload | None) -> Generator[Files | None]:
    """Opens the file parts of a body; none without an upload."""
    if upload is None:
        yield None
        return
    with upload.opened() as files:
        yield files


def threaded(request: httpx.Request) -> httpx.AsyncByteStream:
    """Returns the body of a request, its pieces read in a thread: a slow disk does not hold up the event loop."""
    return cast("httpx.AsyncByteStream", byte_stream(_Threaded, request)(request.stream))


class _Threaded:
    def __init__(self, stream: object) -> None:
        self._stream = cast("httpx.SyncByteStream", stream)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        import asyncio  # a program of threads does without

        pieces = iter(self._stream)
        while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
            yield piece

    async def aclose(self) -> None:
        """Closes nothing: the file is its owner's."""


class _Reader:
    """The file from where its owner left it, counted while it is read, and exactly as long as it was at the start."""

    def __init__(self, file: IO[bytes], start: int, name: str, progress: TransferProgress | None) -> None:
        self._file = file
        self._start = start
        self._name = name
        self._progress = progress
        self._done = 0
        self._size = max(file.seek(0, os.SEEK_END) - start, 0) if file.seekable() else None

    def tell(self) -> int:
        return self._done

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        if self._size is None:
            raise io.UnsupportedOperation("the source can be read once, from start to end")
        self._done = self._size + offset if whence == os.SEEK_END else offset
        self._file.seek(self._start + self._done)
        return self._done

    def read(self, size: int = -1) -> bytes:
        left = size if self._size is None else self._size - self._done
        with told_as_file_errors(self._name, "read"):
            piece = self._file.read(left if size < 0 else min(size, left))
        self._done += len(piece)
        if not piece and self._size is not None and self._done < self._size:
            raise TransportError(
                f"{self._name} ended after {self._done} of {self._size} bytes; was it changed while it was sent?"
            )
        if piece and self._progress is not None:
            self._progress(self._done, self._size)
        return piece


def _binary(source: Source) -> Path | IO[bytes]:
    if isinstance(source, str | os.PathLike):
        if path_text(source) is None:
            raise QueryError(f"{source!r:.80} is not the path of a file.", hint='Write "plan.pdf" or a Path.')
        return _readable(Path(source))
    if isinstance(source, bytes | bytearray | memoryview):
        return io.BytesIO(source)
    if isinstance(cast("object", source), io.TextIOBase):
        raise QueryError("The file is opened as text.", hint='Open it in binary mode: open(path, "rb").')
    if not hasattr(source, "read") or not hasattr(source, "seekable"):
        raise QueryError(
            f"A path, a binary file object or bytes are sent, not {type(source).__name__}.",
            hint='Write the path as text, or open the file: open(path, "rb").',
        )
    if source.closed:
        raise QueryError("The file object is closed.")
    return source


def _readable(path: Path) -> Path:
    """Returns the path of a file that is there; a pipe is not opened before it is sent."""
    with told_as_file_errors(path, "read"):
        if stat.S_ISDIR(path.stat().st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not os.access(path, os.R_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return path


def _name_of(source: Source) -> str:
    if isinstance(source, str | os.PathLike):
        return Path(source).name
    name = getattr(source, "name", None)  # files without a name of their own have a number here, or nothing
    return Path(name).name if isinstance(name, str) else ""


def _checked_name(name: str) -> str:
    if not checked_text(name, "name="):
        raise QueryError("The file has no name.", hint='Give it one: name="plan.pdf".')
    is_path = name in (".", "..") or "/" in name or "\\" in name
    if is_path or not is_utf8(name) or any(ord(character) < 32 for character in name):
        raise QueryError(
            f"{name!r} is not a file name: it holds a path, a control character or bytes that are not text.",
            hint='Give it one: name="plan.pdf".',
        )
    return name
