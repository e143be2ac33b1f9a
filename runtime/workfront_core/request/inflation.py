"""Bodies decompressed piece by piece, and never beyond a bound: 0.3 MB of gzip can be 300 MB of blanks."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from typing import Final

from workfront_core.errors.kinds import ProtocolError

ACCEPTED: Final = "gzip, deflate"
"""The encodings that are asked for."""

_PIECE: Final = 65_536
_ZLIB: Final = zlib.MAX_WBITS
_GZIP: Final = zlib.MAX_WBITS | 16
_NAME: Final = re.compile(r"[a-z0-9-]{1,12}")
"""What an encoding is called; a longer text may be the beginning of a secret that was echoed."""

_GZIP_MAGIC: Final = b"\x1f\x8b"


class BoundedBody:
    """A body on its way in: takes pieces as they travel, gives them decoded.

    Args:
        encodings: of the header ``Content-Encoding``.
        most: bytes the decoded body may have, ``None`` for any number.
        hint: what to do about a larger one.
        sniffs: whether gzip that no header announces is known by its first bytes; not for files, which may be gzip.

    Raises:
        ProtocolError: an encoding that was not asked for.
    """

    def __init__(self, encodings: str = "", *, most: int | None, hint: str | None = None, sniffs: bool = False) -> None:
        names = [name.strip().lower() for name in encodings.split(",")]
        self._inflaters = [_Inflater(name) for name in reversed(names) if name not in ("", "identity")]
        self._most = most
        self._hint = hint
        self._size = 0
        self._sniffs = sniffs and not self._inflaters
        self._held = b""

    def decoded(self, piece: bytes) -> Iterator[bytes]:
        """Yields the bytes of one piece, in pieces of 64 KB at most where it is compressed.

        Raises:
            ProtocolError: it is damaged, or the body is larger than it may be.
        """
        if self._sniffs:
            piece = self._sniffed(piece)
        pieces: Iterable[bytes] = (piece,)
        for inflater in self._inflaters:
            pieces = inflater.inflated(pieces)
        for decoded in pieces:
            self.check(decoded)
            yield decoded

    def _sniffed(self, piece: bytes) -> bytes:
        """Returns the bytes to go on with: none while they may still become the mark of gzip."""
        self._held += piece
        if len(self._held) < len(_GZIP_MAGIC) and _GZIP_MAGIC.startswith(self._held):
            return b""
        self._sniffs = False
        if self._held.startswith(_GZIP_MAGIC):
            self._inflaters = [_Inflater("gzip")]
        return self._held

    def check(self, piece: bytes) -> None:
        """Counts a decoded piece.

        Raises:
            ProtocolError: the body is larger than it may be.
        """
        self._size += len(piece)
        if self._most is not None and self._size > self._most:
            raise ProtocolError(f"The answer is larger than {self._most:,} bytes.", hint=self._hint)


class _Inflater:
    """Undoes one encoding."""

    def __init__(self, name: str) -> None:
        if name not in ("gzip", "x-gzip", "deflate"):
            shown = repr(name) if _NAME.fullmatch(name) else "something without a name"
            raise ProtocolError(f"The answer is compressed by {shown}, which was not asked for.")
        self._is_gzip = name != "deflate"
        self._stream = zlib.decompressobj(_GZIP if self._is_gzip else _ZLIB)
        self._is_begun = self._is_gzip
        self._head = b""

    def inflated(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        try:
            for piece in pieces:
                yield from self._all_of(self._head + piece)
        except zlib.error as error:
            raise ProtocolError(f"The answer is damaged: {error}.") from None

    def _all_of(self, data: bytes) -> Iterator[bytes]:
        self._head = b"" if self._is_begun or len(data) > 1 else data  # two bytes tell what is meant by deflate
        while data and not self._head:
            if self._stream.eof:
                if self._is_gzip and len(data) < len(_GZIP_MAGIC) and _GZIP_MAGIC.startswith(data):
                    self._head = data  # perhaps the beginning of a further member
                    return
                if not self._is_gzip or not data.startswith(_GZIP_MAGIC):
                    return  # padding behind the end
                self._stream = zlib.decompressobj(_GZIP)
            piece = self._step(data)
            yield piece
            data = self._stream.unconsumed_tail or self._stream.unused_data
            while len(piece) == _PIECE and not data:
                piece = self._stream.decompress(b"", _PIECE)
                yield piece

    def _step(self, data: bytes) -> bytes:
        try:
            return self._stream.decompress(data, _PIECE)
        except zlib.error:
            if self._is_begun:
                raise
            self._stream = zlib.decompressobj(-_ZLIB)  # what many servers call deflate
            return self._stream.decompress(data, _PIECE)
        finally:
            self._is_begun = True


def gunzipped(body: bytes, *, most: int) -> bytes:
    """Returns what a body in the form of gzip holds.

    Raises:
        ProtocolError: it is larger than ``most`` bytes.
        EOFError: it ends before its end.
        zlib.error: it is damaged.
    """
    stream = zlib.decompressobj(_GZIP)
    whole = stream.decompress(body, most + 1)
    if len(whole) > most:
        raise ProtocolError(f"The answer is larger than {most:,} bytes.")
    if not stream.eof:
        raise EOFError("compressed file ended before its end was reached")
    return whole
