"""A result together with the answer it came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from workfront_core.errors.kinds import QueryError
from workfront_core.http_library import httpx
from workfront_core.request.response import inflated

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RawResponse(Generic[T]):
    """What a call returned, and how it travelled.

    Attributes:
        status: HTTP status of the last answer.
        headers: of the last answer, in any case of letters, without cookies.
        parsed: the result.
        content: the body of the last answer, inflated.

    Examples:
        >>> from workfront_client.v22 import Workfront
        >>> from workfront_testing import in_process
        >>> with in_process() as kit, kit.client(Workfront) as wf:
        ...     answer = wf.with_raw_response(lambda wf: wf.task.count())
        >>> answer.status, answer.parsed
        (200, 0)
    """

    status: int
    headers: httpx.Headers
    parsed: T
    content: bytes = field(default=b"", repr=False)


def raw_response(responses: Sequence[httpx.Response], parsed: T) -> RawResponse[T]:
    """Returns the result with the last of the answers.

    Raises:
        QueryError: nothing was sent, as by a search that nobody has read yet.
    """
    if not responses:
        raise QueryError("The call sent nothing.", hint="Read the rows inside: lambda wf: wf.task.search().to_list().")
    last = responses[-1]
    return RawResponse(last.status_code, headers_of(last), parsed, inflated(last.content))


def headers_of(response: httpx.Response) -> httpx.Headers:
    """Returns the headers of an answer without its cookies: one of them is a credential."""
    return httpx.Headers([pair for pair in response.headers.multi_items() if pair[0].lower() != "set-cookie"])
