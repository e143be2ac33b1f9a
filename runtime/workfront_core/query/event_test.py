"""Tests that only the filters of event subscriptions know: that a field changed, what it was before, a whole list.

They join with other conditions by ``&`` and ``|``; a search refuses them, since it sees a row as it is
(docs/protocol.md 13.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from workfront_core.query.condition import FilterCondition, checked_condition
from workfront_core.query.origin import Origin

R = TypeVar("R")


@dataclass(frozen=True)
class EventTest(FilterCondition[R]):
    """A test of one field of an event.

    Attributes:
        key: the field's wire name.
        comparison: ``changed``, or ``containsOnly`` with the values of a list.
        values: texts of the wire.
        origin: where the field's path starts, where it was not written by wire name.
    """

    key: str
    comparison: Literal["changed", "containsOnly"]
    values: tuple[str, ...] = ()
    origin: Origin | None = field(default=None, compare=False, repr=False)

    def origins(self) -> Iterator[Origin]:
        if self.origin is not None:
            yield self.origin


@dataclass(frozen=True)
class Was(FilterCondition[R], Generic[R]):
    """A condition on the row as it was before the event."""

    part: FilterCondition[R]

    def origins(self) -> Iterator[Origin]:
        return checked_condition(self.part).origins()


def was(condition: FilterCondition[R], /) -> FilterCondition[R]:
    """Returns the condition, held against the row as it was before the event: ``was(Task.f.status == "NEW")``.

    For filters of event subscriptions; a CREATE has no row before.
    """
    return Was(checked_condition(condition))
