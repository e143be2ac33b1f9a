"""A file on its way from the server: written beside its place piece by piece, then moved there whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from workfront_core.arguments import checked_callable, path_text
from workfront_core.errors.file_errors import told_as_file_errors
from workfront_core.errors.kinds import ProtocolError, QueryError
from workfront_core.foreign_text import json_or, whole_number
from workfront_core.http_library import bad_addresses, httpx
from workfront_core.request.address import is_host, is_port
from workfront_core.request.file_name import move_to_free_name, safe_file_name
from workfront_core.request.part_file import PartFile, part_file
from workfront_core.request.progress import TransferProgress

MAX_REDIRECTS: Final = 5
"""Addresses a download may be sent on to, one after the other."""

_HIDDEN: Final = ".download-"
_LARGEST_ERROR: Final = 65_536
_LONGEST_PLACE: Final = 120
_PAGES: Final = (".htm", ".html", ".xhtml")
_FOLDER_ENDS: Final = tuple(end for end in (os.sep, os.altsep) if end)
"""What ends a path that means a folder; a ``Path`` has it no more."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where an answer is written.

    Attributes:
        path: the file.
        progress: told the bytes written.
        replaces: whether a file that is there is replaced once the new one is complete; else a free name is taken.
    """

    path: Path
    progress: TransferProgress | None = None
    replaces: bool = True

    def put(self, part: PartFile) -> Path:
        """Ends a file and moves it in place; returns where it is."""
        if self.replaces:
            part.replace(self.path)
            return self.path
        return move_to_free_name(part.complete(), self.path)


def destination(
    to: str | os.PathLike[str], /, *, name: str = "", progress: TransferProgress | None = None
) -> Destination:
    """Returns the destination ``to``: a file, or a folder in which the file gets a safe form of ``name`` that is free
    there.

    Raises:
        QueryError: ``to`` is no path, is a folder and there is no name, or its folder does not exist.
        FileError: the system takes no such path.
    """
    text = _checked_path(to)
    path = Path(text)
    if progress is not None:
        checked_callable(progress, "progress=")
    with told_as_file_errors(path, "written"):
        is_folder = path.is_dir()
        if is_folder:
            path /= _own_name(name, path)
        elif text.endswith(_FOLDER_ENDS):
            raise QueryError(f"The folder {path} does not exist.", hint="Create it first.")
        if not path.parent.is_dir():
            raise QueryError(f"The folder {path.parent} does not exist.", hint="Create it first.")
    return Destination(path, progress, replaces=not is_folder)


def _checked_path(to: object) -> str:
    path = path_text(to)
    if path is None:
        raise QueryError(
            f"A download goes to the path of a file or folder, not to {to!r:.80}.", hint='Write "plan.pdf" or a Path.'
        )
    return path


def _own_name(name: str, folder: Path) -> str:
    safe = safe_file_name(name)
    if not safe:
        raise QueryError(f"{folder} is a folder, and the file has no name.", hint="Name the file in to=.")
    return safe


def file_address(root: str, address: str) -> tuple[str, bool]:
    """Returns the absolute URL of a file, and whether it is on the API's own host, the only one to be shown the
    credential.

    Args:
        root: the API root, whose host relative addresses belong to.
        address: ``downloadURL`` as the server gave it: absolute, or relative to the host.

    Raises:
        ProtocolError: the address leads away from https, holds a password, or is none.
    """
    try:
        own, url = httpx.URL(root), httpx.URL(root).join("/").join(address)
        host = url.host
        is_usable = is_host(url) and is_port(url)
    except bad_addresses() as error:
        raise ProtocolError(f"The server gave no usable address of the file: {_uncut(str(error))}.") from None
    if not is_usable:
        place = _uncut(url.netloc.decode("ascii"))
        raise ProtocolError(f"The address of the file is not usable: {place} cannot be a host with a port.")
    trusted = (url.scheme, host, url.port) == (own.scheme, own.host, own.port)
    if url.userinfo or not host or not (trusted or url.scheme in ("https", own.scheme)):
        raise ProtocolError(f"The file is at {_uncut(f'{url.scheme}://{host}')}, which is not to be trusted.")
    return str(url), trusted


def _uncut(text: str) -> str:
    """Returns a text of the other side whole, or how long it is: half of a secret that it echoes is not known as one
    where the message is cleaned.
    """
    return text if len(text) <= _LONGEST_PLACE else f"a text of {len(text):,} characters"


def redirection(response: httpx.Response) -> str | None:
    """Returns the address an answer sends the download on to, ``None`` where it does not."""
    location = response.headers.get("location", "") if response.has_redirect_location else ""
    try:
        return str(response.request.url.join(location)) if location else None
    except bad_addresses():
        return None


def receive(response: httpx.Response, target: Destination) -> httpx.Response:
    """Writes a streamed answer to its destination; returns the short answer that stands for it, or the error."""
    try:
        if not response.is_success:
            response.read()
            return response
        with _growing(response, target) as part:
            for piece in response.iter_bytes():
                part.write(piece)
            return part.response()
    finally:
        response.close()


async def receive_async(response: httpx.Response, target: Destination) -> httpx.Response:
    """Receives as `receive` does; the file is written in threads."""
    import asyncio  # a program of threads does without

    try:
        if not response.is_success:
            await response.aread()
            return response
        with _growing(response, target) as part:
            async for piece in response.aiter_bytes():
                await asyncio.to_thread(part.write, piece)
            return await asyncio.to_thread(part.response)
    finally:
        await response.aclose()


class _Download:
    """The file while it grows, under a name of its own in the destination's folder."""

    def __init__(self, response: httpx.Response, target: Destination, part: PartFile) -> None:
        self._response = response
        self._target = target
        self._total = _length(response)
        self._done = 0
        self._part = part

    def write(self, piece: bytes) -> None:
        with told_as_file_errors(self._target.path, "written"):
            self._part.file.write(piece)
        self._done += len(piece)
        if self._target.progress is not None:
            self._target.progress(self._done, self._total)

    def response(self) -> httpx.Response:
        """Moves the file in place, unless the server sent an error or a page instead of it."""
        with told_as_file_errors(self._target.path, "written"):
            return self._moved()

    def _moved(self) -> httpx.Response:
        self._part.file.flush()
        if self._is_failure():
            return _same(self._response, self._first())
        return _same(self._response, json.dumps({"data": str(self._target.put(self._part))}).encode())

    def _first(self) -> bytes:
        with self._part.path.open("rb") as file:
            return file.read(_LARGEST_ERROR)

    def _is_failure(self) -> bool:
        """Returns whether an answer that does not call itself a file is an error report or a page of a proxy."""
        if "content-disposition" in self._response.headers:
            return False
        kind = self._response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == "text/html":
            return self._target.path.suffix.lower() not in _PAGES
        return (
            kind == "application/json" and self._done <= _LARGEST_ERROR and _reports_error(self._part.path.read_bytes())
        )


@contextmanager
def _growing(response: httpx.Response, target: Destination) -> Generator[_Download]:
    with ExitStack() as stack:
        with told_as_file_errors(target.path, "written"):
            part = stack.enter_context(part_file(target.path.parent, prefix=_HIDDEN))
        yield _Download(response, target, part)


def _length(response: httpx.Response) -> int | None:
    """Returns the size of the file in bytes, where it is announced and the file travels as it is."""
    announced = whole_number(response.headers.get("content-length", ""))
    return None if "content-encoding" in response.headers else announced


def _same(response: httpx.Response, content: bytes) -> httpx.Response:
    """Returns the answer with another body, already decoded."""
    dropped = ("content-encoding", "content-length", "transfer-encoding")
    headers = [(name, value) for name, value in response.headers.multi_items() if name.lower() not in dropped]
    return httpx.Response(response.status_code, headers=headers, content=content, request=response.request)


def _reports_error(body: bytes) -> bool:
    document = json_or(body, None)
    return isinstance(document, dict) and bool(cast("dict[str, object]", document).get("error"))
