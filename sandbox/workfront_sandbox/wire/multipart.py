"""Bodies of several parts, as uploads send them. docs/protocol.md 11.8."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Final
from urllib.parse import unquote

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from workfront_sandbox.wire.errors import invalid

_EXTENDED_NAME: Final = re.compile(r"filename\*\s*=\s*utf-8'[^']*'([^;\s]+)", re.IGNORECASE)
"""A file name as RFC 5987 writes it."""
_IN_MEMORY: Final = 1024 * 1024
"""How many bytes of a part that comes from the network are kept in memory; more go to a file."""
_PIECE: Final = 256 * 1024


@dataclass(frozen=True)
class Part:
    """One part: a field, or a file where it has a file name. What it holds is read from its beginning."""

    name: str
    data: IO[bytes] = field(repr=False)
    file_name: str | None = None
    content_type: str = "application/octet-stream"

    def text(self) -> str:
        """Returns the content as text."""
        self.data.seek(0)
        return self.data.read().decode("utf-8", "replace")


@dataclass
class _Reader:
    """Collects what the parser calls out."""

    opened: Callable[[], IO[bytes]]
    parts: list[Part] = field(default_factory=list[Part])
    headers: dict[str, str] = field(default_factory=dict[str, str])
    key: bytearray = field(default_factory=bytearray)
    value: bytearray = field(default_factory=bytearray)
    files: list[IO[bytes]] = field(default_factory=list[IO[bytes]])
    whole: bool = False

    def finish(self) -> None:
        self.whole = True

    def begin(self) -> None:
        self.headers.clear()
        self.files.append(self.opened())

    def end_header(self) -> None:
        self.headers[self.key.decode("latin-1").lower()] = self.value.decode("latin-1")
        self.key.clear()
        self.value.clear()

    def end(self) -> None:
        shown = self.headers.get("content-disposition", "")
        _, options = parse_options_header(shown)
        name = options.get(b"name", b"").decode("utf-8", "replace")
        plain = options[b"filename"].decode("utf-8", "replace") if b"filename" in options else None
        extended = _EXTENDED_NAME.search(shown)
        file_name = unquote(extended[1]) if extended else plain
        kind = self.headers.get("content-type", "application/octet-stream")
        self.parts.append(Part(name, self.files[-1], file_name, kind))


class Multipart:
    """A body of several parts that is read as it comes, of which memory holds no more than a piece.

    Attributes:
        size: how many bytes came.
    """

    def __init__(self, content_type: str, most: int, opened: Callable[[], IO[bytes]] | None = None) -> None:
        """Begins with the type of the body, the bytes it may have, and what opens a place for each part."""
        self.size: int = 0
        self._most = most
        self._reader = _Reader(opened or _on_disk)
        self._problem = ""
        boundary = parse_options_header(content_type)[1].get(b"boundary")
        if boundary:
            self._parser = _parser(boundary, self._reader)
        else:
            self._problem = "multipart body without a boundary"

    def write(self, data: bytes) -> None:
        """Reads on; what comes after too many bytes, or after something that cannot be read, is let pass."""
        self.size += len(data)
        if self._problem or self.size > self._most:
            return
        try:
            self._parser.write(data)
        except (FormParserError, ValueError) as error:
            self._problem = f"multipart body cannot be read: {error}"

    def parts(self) -> list[Part]:
        """Returns the parts of the body, after all of it came. Raises ApiError where it is broken."""
        if not self._problem and not self._reader.whole:
            self._problem = "multipart body cannot be read: it ends before its last boundary"
        if self._problem:
            raise invalid(self._problem[:300])
        return self._reader.parts

    def close(self) -> None:
        """Lets go of what the parts hold."""
        for file in self._reader.files:
            file.close()


def is_multipart(content_type: str) -> bool:
    """Returns whether a body of a type has several parts."""
    return content_type.partition(";")[0].strip().lower() == "multipart/form-data"


def parse_multipart(content_type: str, body: bytes) -> list[Part]:
    """Returns the parts of a body that is there. Raises ApiError where it is broken."""
    reader = Multipart(content_type, len(body), BytesIO)
    for start in range(0, len(body), _PIECE):
        reader.write(body[start : start + _PIECE])
    return reader.parts()


def _on_disk() -> IO[bytes]:
    """Returns a place that is in memory as long as little is written there."""
    return SpooledTemporaryFile(_IN_MEMORY)


def _parser(boundary: bytes, reader: _Reader) -> MultipartParser:
    def add_to(target: bytearray, data: bytes, start: int, end: int) -> None:
        target.extend(data[start:end])

    def write_to_part(data: bytes, start: int, end: int) -> None:
        reader.files[-1].write(memoryview(data)[start:end])

    return MultipartParser(
        boundary,
        {
            "on_part_begin": reader.begin,
            "on_part_data": write_to_part,
            "on_part_end": reader.end,
            "on_header_field": lambda data, start, end: add_to(reader.key, data, start, end),
            "on_header_value": lambda data, start, end: add_to(reader.value, data, start, end),
            "on_header_end": reader.end_header,
            "on_end": reader.finish,
        },
    )
