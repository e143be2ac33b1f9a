"""Sort keys, and the parameters they become."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from workfront_core.request import Params

R = TypeVar("R")
Direction: TypeAlias = Literal["asc", "desc", "ciasc", "cidesc"]


@dataclass(frozen=True)
class Order(Generic[R]):
    """One sort key on rows of the object ``R``; build it with ``Task.f.name.asc()``."""

    key: str
    direction: Direction = "asc"


def order_parameters(orders: Sequence[Order[Any]], *, unique_by: str | None) -> Params:
    """Sort parameters; several keys are numbered in their order.

    Args:
        orders: the keys asked for, the most significant first.
        unique_by: a field no two rows share, added as the last key: without it pages can repeat or lose rows.
    """
    keys = list(orders)
    if unique_by is not None and all(order.key != unique_by for order in keys):
        keys.append(Order(unique_by))
    if len(keys) == 1:
        return ((f"{keys[0].key}_Sort", keys[0].direction),)
    return tuple((f"{order.key}_{number}_Sort", order.direction) for number, order in enumerate(keys, 1))
