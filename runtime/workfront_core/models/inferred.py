"""Members whose types nobody has seen a server state: a value that does not fit one is kept as it came, however a row
is made.

A snapshot put together from public sources concludes some types from names. Where such a conclusion is wrong, the row
is right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ValidationError

from workfront_core.models.mismatch import STRICT, note_mismatch, top_level_errors

__all__ = ["wire_names", "without_misfits"]

R = TypeVar("R", bound=BaseModel)


def wire_names(*lines: str) -> frozenset[str]:
    """Returns the names that lines of text hold, with blanks between."""
    return frozenset(" ".join(lines).split())


def without_misfits(cls: type[R], values: Any, read: Callable[[Any], R], context: object, error: ValidationError) -> R:
    """Reads a row anew without what does not fit inferred types, which is then put in as it came.

    Raises:
        pydantic.ValidationError: the error itself, where a value does not fit a type that is known, or the row is to be
            read strictly.
    """
    misfits = top_level_errors(error)
    inferred = _inferred(cls)
    if context is STRICT or not isinstance(values, Mapping) or not misfits.keys() <= inferred.keys():
        raise error
    given: dict[str, Any] = {**values}
    row = read({key: value for key, value in given.items() if key not in misfits})
    for key, reason in misfits.items():
        note_mismatch(cls.__name__, inferred[key], given[key], reason)
        vars(row)[inferred[key]] = given[key]
        row.__pydantic_fields_set__.add(inferred[key])
    return row


def _inferred(cls: type[BaseModel]) -> Mapping[str, str]:
    """Returns the Python name of each member of an inferred type, by its own and by its wire name.

    A type that a subclass gives a member is one that somebody chose.
    """
    chosen: set[str] = set()
    found: dict[str, str] = {}
    names: Mapping[str, str] = cast("Any", cls).__workfront_shapes__.names
    for owner in cls.__mro__:
        for name in vars(owner).get("__workfront_inferred__", ()):
            python: str = names.get(name, "")
            if python and python not in chosen:
                found |= {name: python, python: python}
        chosen |= {*vars(owner).get("__annotations__", ())}
    return found
