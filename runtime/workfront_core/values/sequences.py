"""Several values, where one text must not pass for a list of its characters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol, SupportsIndex, TypeAlias, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class MixedList(Protocol):
    """A list of several kinds of values, which mypy takes for a list of any objects; a list of one kind is none.

    ``names = ["name", Task.f.owner.name]`` on a line of its own is one.
    """

    def __iter__(self) -> Iterator[Any]: ...

    def __len__(self) -> int: ...

    def append(self, value: object, /) -> None: ...


class SequenceNotStr(Protocol[T_co]):
    """A list, tuple, set or the like, but not a ``str``, which finds only texts with ``in``."""

    def __iter__(self) -> Iterator[T_co]: ...

    def __len__(self) -> int: ...

    def __contains__(self, value: object, /) -> bool: ...


class ListNotStr(SequenceNotStr[T_co], Protocol[T_co]):
    """A list or tuple, whose order is kept, but not a ``str``."""

    def __getitem__(self, index: SupportsIndex, /) -> T_co: ...


AnyNumber: TypeAlias = SequenceNotStr[T] | Iterator[T]
"""Any number of values: a list, set or the like, or a generator of them, but not one text."""
