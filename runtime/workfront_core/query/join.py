"""What ties the rows of an EXISTS block to the rows of the search around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, NoReturn, TypeVar

from workfront_core.arguments import refuse_truth
from workfront_core.query.origin import Origin

R = TypeVar("R")
O = TypeVar("O")  # noqa: E741


@dataclass(frozen=True)
class Outer(Generic[O]):
    """A field of the object that is searched, named inside ``exists()``; build it with ``outer(User.f.id)``."""

    key: str
    origin: Origin | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Join(Generic[R, O]):
    """A field of ``R`` that equals a field of the searched object ``O``: ``Hour.f.owner_id == outer(User.f.id)``."""

    inner: str
    outer: str
    inner_origin: Origin | None = field(default=None, compare=False, repr=False)
    outer_origin: Origin | None = field(default=None, compare=False, repr=False)

    def __bool__(self) -> NoReturn:
        refuse_truth("A join, which belongs inside exists(),", hint="Give it to exists() or not_exists().")
