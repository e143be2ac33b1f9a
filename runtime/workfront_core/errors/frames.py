"""Errors without the frames they came through: the variables of those hold credentials and addresses as typed.

A traceback that shows local variables (rich, ``pytest -l``, error trackers) would show them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import wraps
from inspect import iscoroutinefunction, isfunction
from typing import Any, Final, ParamSpec, TypeVar

from workfront_core.errors.kinds import QueryError, WorkfrontError, redact_error
from workfront_core.errors.redaction import redact_text

P = ParamSpec("P")
R = TypeVar("R")


def without_frames(error: WorkfrontError) -> WorkfrontError:
    """Returns the error itself without the frames it came through."""
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)


def bare(error: WorkfrontError, secrets: Collection[str]) -> WorkfrontError:
    """Returns the error itself, without what the other side echoed and without the frames that hold what came over the
    wire; its cause stays linked.
    """
    if error.request is not None:  # its path may be one that the server gave
        error.request = replace(error.request, path=redact_text(error.request.path, secrets))
    error.__context__ = None
    return redact_error(error, secrets).with_traceback(None)


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


def hiding_call(function: Callable[..., Any], /) -> Callable[..., Any]:
    """Returns a method, of either side, with errors that come without its frame and without those below it.

    What made a call fail stays linked to the error; what made its arguments be refused does not, since that holds them.
    """

    async def awaited(*args: Any, **kwargs: Any) -> Any:
        try:
            return await function(*args, **kwargs)
        except BaseException as error:
            del args, kwargs
            raise _shown(error)  # noqa: B904 - it is the same error

    def called(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except BaseException as error:
            del args, kwargs
            raise _shown(error)  # noqa: B904 - it is the same error

    return wraps(function)(awaited if iscoroutinefunction(function) else called)


def _shown(error: BaseException) -> BaseException:
    """Returns the error itself; one of ours without its frames, and where it refused arguments without its causes."""
    if isinstance(error, QueryError):
        return without_frames(error)
    return error.with_traceback(None) if isinstance(error, WorkfrontError) else error


class HidesCalls:
    """What is given values to send, passwords among them: errors of such calls come without the frames that hold them.

    Checkers and editors see the methods as they are written.
    """

    __slots__ = ()

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        for name in _SENDING & vars(cls).keys():
            if isfunction(vars(cls)[name]):  # `wf.update` is the service of an object type
                type.__setattr__(cls, name, hiding_call(vars(cls)[name]))


_SENDING: Final = frozenset(
    {"action", "call", "copy", "create", "create_many", "download", "ensure", "named_query", "request", "save"}
    | {"update", "update_many"}
)
"""Methods that take values, parameters or addresses of any kind."""


class HidesArguments:
    """What is made of secrets: where a class of this kind refuses its arguments, no frame shows them."""

    __slots__ = ()

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "__init__" in vars(cls):
            type.__setattr__(
                cls, "__init__", hiding_arguments(vars(cls)["__init__"])
            )  # no assignment an editor follows
