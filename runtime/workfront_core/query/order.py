"""Sort keys, and the parameters they become."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, NoReturn, TypeAlias, TypeVar

from workfront_core.arguments import is_several, refuse_truth
from workfront_core.errors.kinds import QueryError
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.origin import Origin, refuse_foreign
from workfront_core.request.encoding import Params

R = TypeVar("R")
Direction: TypeAlias = Literal["asc", "desc", "ciasc", "cidesc"]


@dataclass(frozen=True)
class Order(Generic[R]):
    """One sort key on rows of the object ``R``; build it with ``Task.f.name.asc()``.

    Examples:
        >>> from workfront_client.v22 import Task
        >>> print(Task.f.name.desc().key, Task.f.name.desc().direction)
        name desc
    """

    key: str
    direction: Direction = "asc"
    origin: Origin | None = field(default=None, compare=False, repr=False)

    def __bool__(self) -> NoReturn:
        refuse_truth(
            "A sort key",
            hint="Write several in a list, order_by=[Task.f.name.asc(), Task.f.id.asc()], not with and, or.",
        )


def order_parameters(
    orders: Sequence[Order[Any]], *, of: type[WorkfrontObject] | None = None, unique_by: str | None
) -> Params:
    """Returns the sort parameters; several keys are numbered in their order.

    Args:
        orders: the keys asked for, the most significant first.
        of: the object that is searched.
        unique_by: a field no two rows share, added as the last key: without it pages can repeat or lose rows.

    Raises:
        QueryError: something else than a list of sort keys, two keys on one field, a field of another object.
    """
    keys = _checked(orders)
    if of is not None:
        for key in keys:
            refuse_foreign(key.origin, of, f"order_by= of a search of {of.__name__}")
    if unique_by is not None and all(order.key != unique_by for order in keys):
        keys.append(Order(unique_by))
    if len(keys) == 1:
        return ((f"{keys[0].key}_Sort", keys[0].direction),)
    return tuple((f"{order.key}_{number}_Sort", order.direction) for number, order in enumerate(keys, 1))


def _checked(orders: Sequence[Order[Any]]) -> list[Order[Any]]:
    if not is_several(orders):
        raise QueryError("order_by= takes a list of sort keys.", hint="Write order_by=[Task.f.name.asc()].")
    keys: list[Order[Any]] = []
    for order in orders:
        if not isinstance(order, Order):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise QueryError(
                f"order_by= holds {order!r:.80}, which is not a sort key.", hint="Write it like Task.f.name.asc()."
            )
        if any(order.key == key.key for key in keys):
            raise QueryError(f"order_by= sorts by {order.key} twice; only the first one can count.")
        keys.append(order)
    return keys
