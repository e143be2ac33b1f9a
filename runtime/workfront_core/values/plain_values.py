"""What a value is to a type checker where a class of Python says too little: a day that is no instant, a code of one's
own that is none of another field's.

Both are told apart by a method: a `datetime` compares with nothing but instants, though it is a `date`, and generated
codes lack a method of text, though they are text. When a program runs, the gate for arguments refuses them.
"""

from __future__ import annotations

from datetime import date
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Protocol

__all__ = ["Day", "NumberCode", "OwnCode", "OwnNumber", "TextCode"]


class Day(Protocol):
    """A `date`, and no `datetime`."""

    @property
    def year(self) -> int: ...

    def isoformat(self) -> str: ...

    def __lt__(self, value: date, /) -> bool: ...


class OwnCode(Protocol):
    """A text, such as a code of the tenant's own; no member of a generated enumeration."""

    def isidentifier(self) -> bool: ...

    def casefold(self) -> str: ...


class OwnNumber(Protocol):
    """A whole number, such as a code of the tenant's own; no member of a generated enumeration."""

    def bit_count(self) -> int: ...

    def __index__(self) -> int: ...


class TextCode(StrEnum):
    """What generated enumerations of text codes are to a type checker."""

    if TYPE_CHECKING:

        @property
        def isidentifier(self) -> None: ...  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]


class NumberCode(IntEnum):
    """What generated enumerations of numeric codes are to a type checker."""

    if TYPE_CHECKING:

        @property
        def bit_count(self) -> None: ...  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
