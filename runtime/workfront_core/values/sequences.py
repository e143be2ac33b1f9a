"""Several values, where one text must not pass for a list of its characters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, TypeVar

T_co = TypeVar("T_co", covariant=True)


class SequenceNotStr(Protocol[T_co]):
    """A list, tuple, set or the like, but not a ``str``, which finds only texts with ``in``."""

    def __iter__(self) -> Iterator[T_co]: ...

    def __len__(self) -> int: ...

    def __contains__(self, value: object, /) -> bool: ...
