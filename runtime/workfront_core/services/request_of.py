"""The request that a method of a service would send: ``request_of(wf.task.get, task_id)``."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from copy import copy
from typing import Any, Concatenate, Final, NoReturn, ParamSpec, TypeVar, cast, overload

from workfront_core.errors.frames import without_frames
from workfront_core.errors.kinds import QueryError, WorkfrontError
from workfront_core.models.model import WorkfrontObject
from workfront_core.request.request import Request
from workfront_core.services.base import BoundService

_PAGE: Final = "operation.search(Task, [...], limit=2000) is the request for one page."
_ROW: Final = "Take the method for one object, once for each."
_FILE: Final = "Files are sent by themselves."
_SEVERAL: Final = {
    "search": _PAGE,
    "search_map": _PAGE,
    "get_many": "operation.get_many(Task, ids) is the request for one call of it.",
    "create_many": _ROW,
    "update_many": _ROW,
    "delete_many": _ROW,
    "upload": _FILE,
    "download": _FILE,
}

P = ParamSpec("P")
R = TypeVar("R", bound=WorkfrontObject)
T = TypeVar("T")


class _Captured(BaseException):
    """Carries a request out of the method that was about to send it."""

    def __init__(self, request: Request[Any]) -> None:
        self.request = request


class _RecordingClient:
    """A client that sends nothing."""

    def send(self, request: Request[Any], /) -> NoReturn:
        raise _Captured(request)


@overload
def request_of(method: Callable[P, Awaitable[T]], /, *args: P.args, **kwargs: P.kwargs) -> Request[T]: ...
@overload
def request_of(method: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Request[T]: ...
@overload  # of a method with overloads of its own mypy takes the first one above, and here the one for rows
def request_of(method: Callable[Concatenate[R, ...], Awaitable[T]], row: R, /, **options: Any) -> Request[T]: ...
@overload
def request_of(method: Callable[Concatenate[R, ...], T], row: R, /, **options: Any) -> Request[T]: ...
def request_of(method: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Request[Any]:
    """Returns the request that ``method(*args, **kwargs)`` would send; nothing is sent.

    Args:
        method: a method of a service, sync or async, that makes one call: ``wf.task.get``, ``wf.task.create``,
            an action, a named query.
        args: its arguments.
        kwargs: its named arguments.

    Raises:
        QueryError: it is no method of a service, or takes several calls or none, as ``search`` does, or the method
            refuses what it is given.

    Examples:
        >>> from workfront_client import ApiKey, request_of
        >>> from workfront_client.v22 import Workfront
        >>> with Workfront("https://acme.my.workfront.com", auth=ApiKey("k3y")) as wf:
        ...     print(request_of(wf.task.delete, "5d800000000000000000000000000001").path)
        TASK/5d800000000000000000000000000001
    """
    service: Any = getattr(method, "__self__", None)
    if not isinstance(service, BoundService):
        raise QueryError(
            f"{method!r:.80} is not a method of a service.", hint="Write request_of(wf.task.get, task_id)."
        )
    name = getattr(method, "__name__", "method")
    if name in _SEVERAL:
        raise QueryError(f"{name}() may take several calls, so it is not a single request.", hint=_SEVERAL[name])
    twin = copy(cast("object", service))
    vars(twin)["_client"] = _RecordingClient()
    bound = cast("Any", method).__func__.__get__(twin)
    try:
        result = bound(*args, **kwargs)
        if inspect.iscoroutine(result):
            result.send(None)
    except _Captured as captured:
        return captured.request
    except WorkfrontError as error:
        del args, kwargs
        raise without_frames(error) from None
    raise QueryError(f"{name}() does not make a call by itself.", hint="Take a method that reads or writes at once.")
