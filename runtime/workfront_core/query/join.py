"""What ties the rows of an EXISTS block to the rows of the search around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, NoReturn, TypeVar

from workfront_core.errors.kinds import QueryError

R = TypeVar("R")
O = TypeVar("O")  # noqa: E741


@dataclass(frozen=True)
class Outer(Generic[O]):
    """A field of the object that is searched, named inside ``exists()``; build it with ``outer(User.f.id)``."""

    key: str


@dataclass(frozen=True)
class Join(Generic[R, O]):
    """A field of ``R`` that equals a field of the searched object ``O``: ``Hour.f.owner_id == outer(User.f.id)``."""

    inner: str
    outer: str

    def __bool__(self) -> NoReturn:
        raise QueryError("A join is no condition by itself.", hint="Give it to exists() or not_exists().")
