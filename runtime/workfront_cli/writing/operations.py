"""What the metadata says can be done with an object."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from workfront_core.errors import QueryError

if TYPE_CHECKING:
    from workfront_cli.data.session import Session


def operation_of(opened: Session, name: str) -> Callable[..., Any]:
    """Returns a method of the object's service.

    Raises:
        QueryError: the metadata lists no such operation.
    """
    found = getattr(opened.service, name, None)
    if found is None:
        verb = name.removesuffix("_many").replace("_", " ")
        raise QueryError(
            f"The metadata lists no {verb} for {opened.model.__name__}; nothing was sent.",
            hint=f"workfront describe {opened.model.__name__} --actions lists what it has.",
        )
    operation: Callable[..., Any] = found
    return operation
