"""Errors without the frames they came through: the variables of those hold credentials and addresses as typed.

A traceback that shows local variables (rich, ``pytest -l``, error trackers) would show them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from workfront_core.errors.kinds import WorkfrontError

P = ParamSpec("P")
R = TypeVar("R")


def without_frames(error: WorkfrontError) -> WorkfrontError:
    """Returns the error itself without the frames it came through."""
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)


def hiding_arguments(function: Callable[P, R], /) -> Callable[P, R]:
    """Returns the function with errors that come without its frame, and without those below it."""

    @wraps(function)
    def hidden(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except WorkfrontError as error:
            del args, kwargs
            raise without_frames(error) from None

    return hidden


class HidesArguments:
    """What is made of secrets: where a class of this kind refuses its arguments, no frame shows them."""

    __slots__ = ()

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "__init__" in vars(cls):
            type.__setattr__(
                cls, "__init__", hiding_arguments(vars(cls)["__init__"])
            )  # no assignment an editor follows
