"""Statuses that wait for approval: ``INP:A`` wants to become ``INP`` and is not approved yet (docs/protocol.md 10).

The helpers take members of the generated enums and the plain texts of tenants' own statuses alike.
"""

from __future__ import annotations

from typing import Final, TypeVar, overload

from workfront_core.arguments import checked_text, described
from workfront_core.errors.kinds import QueryError

S = TypeVar("S", bound=str)

_SUFFIX: Final = ":A"
_NULLS: Final = "A row without a status has None there; look first."


def is_pending(status: str) -> bool:
    """Returns whether the status waits for approval.

    Raises:
        QueryError: it is no text.

    Examples:
        >>> from workfront_client import is_pending
        >>> is_pending("INP:A"), is_pending("INP")
        (True, False)
    """
    return checked_text(status, "is_pending()", _NULLS).endswith(_SUFFIX)


@overload
def base_status(status: str, /) -> str: ...
@overload
def base_status(status: str, kind: type[S], /) -> S | str: ...
def base_status(status: str, kind: type[S] | type[str] = str, /) -> S | str:
    """Returns the status without its approval: ``INP`` for ``INP:A`` and for ``INP``.

    Args:
        status: a code or a member.
        kind: the enum to take the member from, where it has one: ``base_status(task.status, TaskStatus)``; a code it
            does not know stays a text.

    Raises:
        QueryError: it is no text, or ``kind`` is no enumeration of texts.

    Examples:
        >>> from workfront_client import base_status
        >>> from workfront_client.v22 import TaskStatus
        >>> base_status("INP:A"), base_status("INP:A", TaskStatus)
        ('INP', <TaskStatus.IN_PROGRESS: 'INP'>)
    """
    if not isinstance(kind, type) or not issubclass(kind, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(
            f"base_status() takes an enumeration of statuses, not {described(kind)}.", hint="Such as TaskStatus."
        )
    code = str.__str__(checked_text(status, "base_status()", _NULLS)).removesuffix(_SUFFIX)
    try:
        return kind(code)
    except ValueError:
        return code


def pending(status: str) -> str:
    """Returns the code of this status while it waits for approval: ``INP:A`` for ``INP``, for filters and comparisons.

    Raises:
        QueryError: it waits already.

    Examples:
        >>> from workfront_client import pending
        >>> pending("INP")
        'INP:A'
    """
    if is_pending(status):
        raise QueryError(f"{status} waits for approval already.", hint="Take base_status() of it first.")
    return f"{str.__str__(status)}{_SUFFIX}"
