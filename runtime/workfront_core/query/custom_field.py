"""The path of a custom field by its name, without a package that knows it."""

from __future__ import annotations

from typing import Any, TypeVar, overload

from workfront_core.errors.kinds import QueryError
from workfront_core.query.custom_paths import custom_path
from workfront_core.query.field_kinds import CustomPath
from workfront_core.query.path import ObjectPath

__all__ = ["custom"]

R = TypeVar("R")


@overload
def custom(name: str, /) -> CustomPath[Any]: ...
@overload
def custom(name: str, /, *, of: ObjectPath[R]) -> CustomPath[R]: ...
def custom(name: str, /, *, of: ObjectPath[Any] | None = None) -> CustomPath[Any]:
    """Returns the path of a custom field by its parameter name (not its label): ``custom("Region")`` is ``DE:Region``.

    Args:
        name: with or without ``DE:``.
        of: the object that carries the form, where it is not the root: ``custom("Budget", of=Task.f.project)``.

    Raises:
        QueryError: the name is empty.

    Examples:
        >>> from workfront_client import custom
        >>> from workfront_client.v22 import Task
        >>> print((custom("Region") == "North") & (custom("Budget", of=Task.f.project) > 1000))
        DE:Region = 'North' and project.DE:Budget > 1000
    """
    if of is not None and not isinstance(of, ObjectPath):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(f"of= takes the path of an object, not {of!r:.80}.", hint="Write of=Task.f.project.")
    return custom_path(name, of)
