"""The members of a JSON list in a file, one at a time, however many there are."""

from __future__ import annotations

from collections.abc import Iterator
from json import JSONDecodeError, JSONDecoder
from typing import Final, TextIO

MOST: Final = 1 << 24
"""Letters that one row of a file may have: a thousand times what fields of formatted text hold."""

_PART: Final = 1 << 16
_BLANKS: Final = " \t\r\n"


class NoList(ValueError):
    """A file holds JSON of another kind, or none."""


class RowTooLong(ValueError):
    """A row has more than `MOST` letters."""


def list_members(file: TextIO, part: int = _PART) -> Iterator[object]:
    """Yields the members of a JSON list.

    Args:
        file: read from where it stands.
        part: letters read at a time, more where a member is longer.

    Raises:
        NoList: the file does not begin with one.
        RowTooLong: a member, or the blanks before it, are longer than `MOST`.
        ValueError: it is no JSON from here on.
    """
    text = _Text(file, part)
    if text.next_letter() != "[":
        raise NoList
    text.skip()
    if text.next_letter() == "]":
        text.skip()
    else:
        while True:
            yield text.value()
            following = text.next_letter()
            text.skip()
            if following == "]":
                break
    if text.next_letter():
        raise ValueError("there is more behind the list")


class _Text:
    """The part of a file that is read and not yet used."""

    def __init__(self, file: TextIO, size: int) -> None:
        self._file = file
        self._size = size
        self._part = ""
        self._at = 0
        self._decoder = JSONDecoder()

    def next_letter(self) -> str:
        """Returns the next letter that is no blank, and stops before it; an empty text at the end."""
        while True:
            while self._at < len(self._part):
                if self._part[self._at] not in _BLANKS:
                    return self._part[self._at]
                self._at += 1
            if not self._read():
                return ""

    def skip(self) -> None:
        """Goes past one letter."""
        self._at += 1

    def value(self) -> object:
        """Returns the value that begins here and has a comma or the list's end behind it, and stops before that."""
        self.next_letter()
        while True:
            value, end, problem = self._decoded()
            if problem is None:
                self._at = end
                return value
            if not self._read():
                raise ValueError(problem)

    def _decoded(self) -> tuple[object, int, str | None]:
        """Returns a value, where it ends, and why it is none as far as the text is read."""
        try:
            value, end = self._decoder.raw_decode(self._part, self._at)
        except JSONDecodeError as error:
            return None, 0, error.msg
        except RecursionError:
            raise ValueError("too deeply nested") from None
        while self._part[end : end + 1] in tuple(_BLANKS):
            end += 1
        return value, end, None if self._part[end : end + 1] in (",", "]") else "a comma or the list's end is missing"

    def _read(self) -> bool:
        """Reads as much as there is already, at least a part, and returns whether there was more."""
        left = self._part[self._at :]
        if len(left) > MOST:
            raise RowTooLong
        more = self._file.read(max(self._size, len(left)))
        self._part, self._at = left + more, 0
        return bool(more)
