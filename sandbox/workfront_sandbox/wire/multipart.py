"""Bodies of several parts, as uploads send them. docs/protocol.md 11.8."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from workfront_sandbox.wire.errors import invalid

_EXTENDED_NAME: Final = re.compile(r"filename\*\s*=\s*utf-8'[^']*'([^;\s]+)", re.IGNORECASE)
"""A file name as RFC 5987 writes it."""


@dataclass(frozen=True)
class Part:
    """One part: a field, or a file where it has a file name."""

    name: str
    content: bytes
    file_name: str | None = None
    content_type: str = "application/octet-stream"

    def text(self) -> str:
        """Returns the content as text."""
        return self.content.decode("utf-8", "replace")


@dataclass
class _Reader:
    """Collects what the parser calls out."""

    parts: list[Part] = field(default_factory=list[Part])
    headers: dict[str, str] = field(default_factory=dict[str, str])
    key: bytearray = field(default_factory=bytearray)
    value: bytearray = field(default_factory=bytearray)
    content: bytearray = field(default_factory=bytearray)
    whole: bool = False

    def finish(self) -> None:
        self.whole = True

    def begin(self) -> None:
        self.headers.clear()
        self.content.clear()

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
        self.parts.append(Part(name, bytes(self.content), file_name, kind))


def parse_multipart(content_type: str, body: bytes) -> list[Part]:
    """Returns the parts of a body. Raises ApiError where it is broken."""
    _, options = parse_options_header(content_type)
    boundary = options.get(b"boundary")
    if not boundary:
        raise invalid("multipart body without a boundary")
    reader = _Reader()
    try:
        parser = _parser(boundary, reader)
        parser.write(body)
        parser.finalize()
    except (FormParserError, ValueError) as error:
        raise invalid(f"multipart body cannot be read: {error}"[:300]) from None
    if not reader.whole:
        raise invalid("multipart body cannot be read: it ends before its last boundary")
    return reader.parts


def _parser(boundary: bytes, reader: _Reader) -> MultipartParser:
    def add_to(target: bytearray, data: bytes, start: int, end: int) -> None:
        target.extend(data[start:end])

    return MultipartParser(
        boundary,
        {
            "on_part_begin": reader.begin,
            "on_part_data": lambda data, start, end: add_to(reader.content, data, start, end),
            "on_part_end": reader.end,
            "on_header_field": lambda data, start, end: add_to(reader.key, data, start, end),
            "on_header_value": lambda data, start, end: add_to(reader.value, data, start, end),
            "on_header_end": reader.end_header,
            "on_end": reader.finish,
        },
    )
